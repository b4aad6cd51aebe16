"""Whether a decision becomes a correction, or a doubt because it is not sure enough."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER, UNKNOWN
from vnreport_ocr.model import Correction, Damage, Doubt
from vnreport_ocr.options import Options
from vnreport_ocr.repair.authors import Authors, is_written_so
from vnreport_ocr.repair.chance import COSTS, NEVER, Change, least_confidence
from vnreport_ocr.repair.codes import mended_codes, mended_whole_codes
from vnreport_ocr.repair.collocation import Collocation, Slot, collocations
from vnreport_ocr.repair.decision import Decision, RoundResult
from vnreport_ocr.repair.diagnose import TRUSTED, Passage
from vnreport_ocr.repair.figure_guard import (
    LABELLED,
    ends_in_label,
    follows_foreign_name,
    has_misread_figures,
    is_item,
    is_label,
    is_word_and_number,
    least_to_lose_figures,
    loses_figures,
)
from vnreport_ocr.repair.figure_words import number_follows
from vnreport_ocr.repair.flags import close_gaps, flag_impossible, flag_signs, unsure_to_keep
from vnreport_ocr.repair.items import Item, Parsed, is_glued
from vnreport_ocr.repair.looks import (
    has_syllables,
    is_before_capital,
    is_capital_slip,
    is_far,
    is_foreign,
    is_foreign_name,
    is_initial,
    is_misread_capital,
    is_symbol,
)
from vnreport_ocr.repair.policy import Policy
from vnreport_ocr.repair.punctuation import mend_signs
from vnreport_ocr.repair.recurrence import Pair, Recurrence, raised_again
from vnreport_ocr.repair.tempering import Strangeness
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones, place_tone, shown_style, strip_marks
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.variants import are_variants

_MANY_UNKNOWN = TUNING.acceptance.many_unknown

_MANY_SLIPS, _LEAST_SLIPS = TUNING.acceptance.many_slips, TUNING.acceptance.least_slips

_LONG = TUNING.acceptance.long
_UNITS = frozenset(("ha", "km", "kg", "cm", "mm", "tấn", "tạ", "yến", "lít", "gam", "mét", "hộ", "người"))
"""Words for what is counted: replacing one changes what a figure means."""

_SHORTEST_LEFT = TUNING.acceptance.shortest_left

_NAMES_MARKS = regex.compile("[áéíóúýàèãõÁÉÍÓÚÝÀÈÃÕ]")
"""Letters that Vietnamese shares with other languages, which also occur in their names (``Málaga``)."""

_ENGINES_LEAVE = regex.compile("[éèÉÈ]")
"""Those of them that an engine rarely adds to a bare letter, as it does with the dot of an i (``Huaweí``)."""

_AUTHORS_SIGN = regex.compile(r'[&:"]|\p{Lu}\.')
"""A sign that a writer puts on a word, or an abbreviation joined to a name (``C.Mác``)."""

_MANY_LOST = 2
"""An engine does not lose this many letters of a word."""

_LOAN = regex.compile(r"(?=.*[aeiouy])[a-z]{3,}", regex.IGNORECASE)
"""Plain letters that are not a piece of a torn syllable (``nh``, ``ngh``)."""


SlipCounts = Mapping[tuple[str, str], int]
"""How often a document has had which change."""


class Acceptance:
    """Accepts decisions as corrections, or reports them as doubts, according to the strictness requested."""

    def __init__(self, language: Language, options: Options) -> None:
        self._language = language
        self._cost = COSTS[options.strictness]
        self._named = frozenset(word for term in options.terms for word in term.split())

    def weigh(
        self,
        lines: Parsed,
        passages: Sequence[Passage],
        policies: Sequence[Policy],
        decisions: Iterable[Decision],
        style: str,
        slips: SlipCounts,
        mended: Set[tuple[str, str]] = frozenset(),
    ) -> RoundResult:
        """Return the corrections and doubts that come of decisions; ``style`` says where tones are written, ``slips``
        and ``mended`` what earlier rounds have changed.
        """
        corrections: list[list[Correction]] = [[] for _ in lines.texts]
        doubts: list[list[Doubt]] = [[] for _ in lines.texts]
        of_line = {n: p for p in passages for n in range(p.start, p.end)}
        damage = {n: p.damage for n, p in of_line.items()}
        decisions = list(decisions)
        kept = unsure_to_keep(decisions, damage)
        changes = [
            decision
            for decision in decisions
            if decision.before != decision.after and not _is_spelling(of_line[decision.item.line], decision)
        ]
        many_slips = self._has_many_slips(lines, changes)
        words = sum(map(len, lines.items))
        strangeness = Strangeness(self._language, of_line, least_confidence(Change.WORD, self._cost))
        changes, strange = strangeness.temper(changes, mended, words)
        weighed = self._weighed(lines, of_line, changes, slips, many_slips=many_slips and not strange)
        for decision, accepted in self._alone(weighed, damage):
            item, before, after = decision.item, decision.before, _as_written(decision, damage, style)
            if accepted:
                reason, confidence = self._reason(decision), round(decision.confidence, 3)
                step = f"decode:{damage[item.line].name.lower()}"
                corrections[item.line].append(Correction(item.start, before, after, step, confidence, reason))
            else:
                doubts[item.line].append(Doubt(item.start, before, f"may be {after!r}"))
        for number, passage in of_line.items():
            if passage.damage is not Damage.FOREIGN:
                misread = passage.damage not in TRUSTED or _is_misread(passage)
                mend = mended_codes if misread else mended_whole_codes
                corrections[number] += lines.derived(number, mend, self._language)
        close_gaps(lines, policies, corrections)
        for mine, signs in zip(corrections, mend_signs(lines, passages, self._language), strict=True):
            mine += signs
        flag_signs(lines, damage, doubts)
        flag_impossible(lines, damage, corrections, doubts, self._named)
        return RoundResult(
            [tuple(sorted(found, key=lambda c: -c.start)) for found in corrections],
            [tuple(sorted(found)) for found in doubts],
            kept,
        )

    def _weighed(
        self,
        lines: Parsed,
        of_line: Mapping[int, Passage],
        changes: list[Decision],
        slips: SlipCounts,
        *,
        many_slips: bool,
    ) -> list[tuple[Decision, bool]]:
        """Return changes, as sure as the whole document makes them, with whether each is sure enough by itself."""
        damage = {number: passage.damage for number, passage in of_line.items()}
        recurrence = Recurrence(lines.texts)
        authors = Authors(self._language, lines.texts, recurrence)
        figures_misread = has_misread_figures((d.before, d.after, d.confidence) for d in changes)
        weighed: list[tuple[Decision, bool]] = []
        for decision, collocation in zip(changes, self._collocations(changes, damage), strict=True):
            passage = of_line[decision.item.line]
            if terms := [] if collocation.usual else self._terms(decision, collocation):
                collocation = collocation._replace(recurs=any(recurrence.recurs(*term) for term in terms))
                decision = self._remembered(decision, terms, recurrence)
            if times := slips.get((decision.before, decision.after), 0):
                decision = decision._replace(confidence=raised_again(decision.confidence, times))
            if decision.item.text.islower() and is_before_capital(lines.texts[decision.item.line], decision.item):
                # The two make no term, however often they do in small letters.
                collocation = collocation._replace(usual=True)
            if loses_figures(decision.before, decision.after):
                least = self._least_to_lose_figures(lines, decision, misread=figures_misread)
            else:
                named = recurrence.has_name(decision.before, decision.after)
                least = self._least(passage, decision, collocation, many_slips=many_slips, named=named)
            accepted = decision.confidence >= least and not authors.keep(
                decision.item, decision.before, decision.after, trusted=passage.damage in TRUSTED,
                typed=_is_typed(passage) and not collocation.recurs,
            )  # fmt: skip
            weighed.append((decision, accepted))
        return weighed

    def _alone(
        self, weighed: Sequence[tuple[Decision, bool]], damage: Mapping[int, Damage]
    ) -> Iterator[tuple[Decision, bool]]:
        """Yield decisions with whether they are accepted: a good word is not changed for the sake of a neighbour whose
        own change was not accepted, since its confidence took that for granted.
        """
        refused = [
            decision
            for decision, accepted in weighed
            if not accepted and decision.before.replace(" ", "") != decision.after.replace(" ", "")
        ]
        ends = {(decision.item.line, decision.item.start + len(decision.before)) for decision in refused}
        starts = {(decision.item.line, decision.item.start) for decision in refused}
        for decision, accepted in weighed:
            line, start = decision.item.line, decision.item.start
            beside = (line, start - 1) in ends or (line, start + len(decision.before) + 1) in starts
            depends = beside and damage[line] in TRUSTED and self._is_known(decision.before)
            yield decision, accepted and not depends

    def _collocations(self, changes: Sequence[Decision], damage: dict[int, Damage]) -> list[Collocation]:
        """For each change in mostly correct text, how well the word to be replaced fits its place."""
        asked = [n for n, change in enumerate(changes) if damage[change.item.line] in TRUSTED]
        number = self._language.lexicon.number
        slots = [
            Slot(beside[0], number(before) or UNKNOWN, beside[1], number(after) or UNKNOWN)
            for _, before, after, _, beside in map(changes.__getitem__, asked)
        ]
        found = [Collocation()] * len(changes)
        for n, collocation in zip(asked, collocations(slots, self._language), strict=True):
            found[n] = collocation
        return found

    def _has_many_slips(self, lines: Parsed, changes: Sequence[Decision]) -> bool:
        """Whether so many changes are sure that a word which may be right is likelier a slip than in other texts."""
        bar = least_confidence(Change.WORD, self._cost)
        sure = sum(change.confidence >= bar for change in changes)
        return sure >= _LEAST_SLIPS and sure > _MANY_SLIPS * sum(map(len, lines.items))

    def _terms(self, decision: Decision, collocation: Collocation) -> list[tuple[Pair, Pair]]:
        """Return the terms that a decision makes, each behind the two words that stand in its place."""
        if not (collocation.term_before or collocation.term_after):
            return []
        first, second = (self._language.lexicon.entries[number].text for number in decision.beside)
        before = [((first, decision.before), (first, decision.after))] if collocation.term_before else []
        after = [((decision.before, second), (decision.after, second))] if collocation.term_after else []
        return before + after

    def _remembered(self, decision: Decision, terms: Sequence[tuple[Pair, Pair]], recurrence: Recurrence) -> Decision:
        """Make a decision surer the more often the document uses the terms it completes."""
        confidence = decision.confidence
        if 0 < confidence < 1:
            for slip, term in terms:
                confidence = recurrence.raised(confidence, slip, term)
        return decision._replace(confidence=confidence)

    def _least(
        self, passage: Passage, decision: Decision, collocation: Collocation, *, many_slips: bool, named: bool = False
    ) -> float:
        """Return how sure a decision must be before the text is changed."""
        if passage.damage in TRUSTED and not named:
            marks = _ENGINES_LEAVE if _is_misread(passage) else _NAMES_MARKS
            if self._loses_foreign_marks(decision.before, decision.after, marks):
                return NEVER
        kind = self._kind(passage, decision, collocation, many_slips=many_slips)
        if kind is Change.NAME and named and _is_misread(passage):
            kind = Change.WORD
        return NEVER if kind is None else least_confidence(kind, self._cost)

    def _least_to_lose_figures(self, lines: Parsed, decision: Decision, *, misread: bool) -> float:
        """Return how sure a decision must be that takes figures for letters; what is numbered keeps its number."""
        item, before, after = decision.item, decision.before, decision.after
        behind = lines.texts[item.line][item.start + len(before) :]
        word = decision.beside[0]
        named = self._language.lexicon.entries[word].text
        numbered = named in LABELLED or (word != UNKNOWN and number_follows(word, self._language))
        ahead = lines.texts[item.line][: item.start]
        numbered = numbered or ends_in_label(ahead) or follows_foreign_name(ahead)
        if (is_label(before) and numbered) or (item.opens and is_item(before, behind)):
            return NEVER
        if word == NUMBER and is_word_and_number(before):
            return NEVER
        return least_to_lose_figures(before, after, misread=misread)

    def _kind(
        self, passage: Passage, decision: Decision, collocation: Collocation, *, many_slips: bool
    ) -> Change | None:
        """Return what kind of change a decision is, or None for one that is never made, however sure it is: one that
        loses a word beside another (``thời điểm t`` without its ``t``), or nearly all letters of one.
        """
        before, after = decision.before, decision.after
        if len(after) == 1 and len(before) > _SHORTEST_LEFT:
            return None
        if passage.damage in TRUSTED and not passage.torn and " " in before and after in before.split(" "):
            return None
        if passage.damage in TRUSTED and is_symbol(before):
            return Change.NO_WORD if after in self._language.symbols else None
        own, is_case = _is_typed(passage), before.lower() == after.lower()
        if own and self._is_authors(before, after):
            return None
        if passage.damage in TRUSTED and not is_case and self._is_loan(before):
            return Change.WORD if passage.is_misread and not is_far(before, after) else None
        if is_case:
            meant = is_written_so(decision.item) or not self._is_known(before.lower())
            return None if passage.damage in TRUSTED and meant else Change.CASE
        if passage.loss is not None and passage.loss.is_little:
            return Change.USUAL if before.istitle() else Change.TERM
        if passage.damage not in TRUSTED:
            return Change.RUINED
        if is_initial(before) and not is_legal(before):
            return None
        if has_syllables(before) and len(before) - len(after) >= _MANY_LOST and " " not in before + after:
            return None
        known = all(self._is_word(word) for word in (before.split() if " " in after else [before]))
        if not decision.item.opens and is_capital_slip(before, after) and not (own and known):
            return Change.WORD if collocation.usual else _of_no_word(many_slips=many_slips)
        if is_foreign_name(before) or (own and (is_initial(before) or is_foreign(before))):
            return Change.NAME
        if known and not _UNITS.isdisjoint((before.lower(), after.lower())):
            return Change.NAME
        named = before.istitle() and not decision.item.opens
        if is_far(before, after) and (named or (not known and len(before) >= _LONG)):
            return None if named else Change.USUAL
        if not known:
            return _of_no_word(many_slips=many_slips)
        other_name = named and after.istitle()
        if named and not collocation.recurs and (not other_name or (own and not many_slips)):
            # A name within a sentence hardly becomes a common word, nor another name where somebody typed it.
            return Change.NAME
        makes_term = many_slips and (collocation.term_before or collocation.term_after)
        if collocation.usual or (other_name and not makes_term):
            return Change.USUAL
        if own and not many_slips:
            # Who typed a text without slips hardly made just this one, and the word is one.
            return Change.USUAL
        return Change.TERM if many_slips and collocation.breaks_term and before.islower() else Change.WORD

    def _is_authors(self, before: str, after: str) -> bool:
        """Whether a word was written by the author of a text that no engine has misread, strange as it may look."""
        if before.lower() == after.lower():
            return before.islower() or before.istitle()
        if before == after.replace(" ", ""):
            return self._cost > COSTS["bold"]
        strange = not self._is_known(before)
        glued = is_glued(before) and not is_misread_capital(before, after)
        return glued or _AUTHORS_SIGN.search(before) is not None or (strange and is_far(before, after))

    def _loses_foreign_marks(self, before: str, after: str, marks: regex.Pattern[str]) -> bool:
        """Whether a foreign name would only lose marks that its own language writes (``Mbappé``)."""
        if after != strip_marks(before) or is_legal(after) or not marks.search(before):
            return False
        return not self._is_known(before)

    def _is_loan(self, word: str) -> bool:
        """Whether a word is known although its letters form no syllable (``int``, ``web``)."""
        known = _LOAN.fullmatch(word) is not None and self._is_known(word)
        return known and bones(word) not in self._language.skeletons

    def _is_known(self, word: str) -> bool:
        """Whether a word occurs somewhere, however rarely."""
        return self._language.lexicon.number(word) is not None

    def _is_word(self, word: str) -> bool:
        """Whether a word may well be right as it is, as far as it alone can show."""
        number = self._language.lexicon.number(word)
        return number is not None and (word.istitle() or not self._language.doubtful[number])

    def _reason(self, decision: Decision) -> str:
        before, after = decision.before, decision.after
        if before.lower() == after.lower():
            return "its case does not fit the line"
        if before.replace(" ", "") == after.replace(" ", ""):
            return "run together" if " " in after else "torn apart"
        if " " in before and " " not in after:
            return "torn apart and misread"
        if " " not in before and not self._is_known(before):
            return "no such word"
        return "does not fit the words around it"


def _of_no_word(*, many_slips: bool) -> Change:
    return Change.SLIPPED if many_slips else Change.NO_WORD


def _as_written(decision: Decision, damage: Mapping[int, Damage], style: str) -> str:
    """Return what a decision writes: a capital only where one may stand, tones where the word or the text has them."""
    item, before, after = decision.item, decision.before, decision.after
    if before.islower() and after.istitle() and damage[item.line] in TRUSTED and not _may_begin(item, after):
        after = after.lower()
    if after.isascii():
        return after
    own = shown_style(before) or style
    return " ".join([place_tone(word, own) for word in after.split(" ")])


def _may_begin(item: Item, after: str) -> bool:
    """Whether a small word may have had a capital: where a sentence begins, and of an ``I`` that was read as ``l``."""
    return item.opens or item.capitals or item.text[0] + after[0] == "lI"


def _is_typed(passage: Passage) -> bool:
    """Whether a passage is as its author wrote it, apart from typing errors."""
    return passage.damage in TRUSTED and not passage.torn and not _is_misread(passage)


def _is_spelling(passage: Passage, decision: Decision) -> bool:
    """Whether a decision only replaces one correct spelling by another; engines confuse marks, and rarely letters."""
    before, after = decision.before, decision.after
    if passage.damage not in TRUSTED or not are_variants(before, after):
        return False
    return _is_typed(passage) or bones(before) != bones(after)


def _is_misread(passage: Passage) -> bool:
    """Whether an engine has been at work, and not only an author in a hurry."""
    return passage.is_misread or passage.strange >= _MANY_UNKNOWN
