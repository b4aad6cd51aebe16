"""What becomes of a decision: a correction, or a doubt where it is not sure enough."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex
from rapidfuzz.distance import Levenshtein

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import SENTENCE, UNKNOWN
from vnreport_ocr.model import Correction, Damage, Doubt
from vnreport_ocr.options import Options
from vnreport_ocr.repair.codes import mended_codes, mended_whole_codes
from vnreport_ocr.repair.collocation import Collocation, Slot, collocations
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.policy import Policy
from vnreport_ocr.repair.punctuation import mend_signs
from vnreport_ocr.repair.recurrence import Recurrence
from vnreport_ocr.vietnamese.letters import bones, place_tone
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import Kind, looks_like_symbol

_LEVEL = {"bold": 0, "normal": 1, "careful": 2}
_GOOD_WORD = (0.6, 0.95, 0.98)
_GOOD_PAIR = (0.9, 0.995, 0.999)
_TERM = (0.6, 0.8, 0.95)
_CASE_ONLY = (0.3, 0.5, 0.9)
_NO_WORD = (0.3, 0.7, 0.9)
_RUINED = (0.0, 0.3, 0.8)
"""The least confidence by strictness: for a word that may well be right; for one that goes well with its neighbours, or
looks like a foreign word or an initial; for one that has lost its term; for its case alone; for what is no word; and
for text that is wrong nearly everywhere."""

TRUSTED = (Damage.CLEAN, Damage.LIGHT)
"""Text most of whose words are right."""

_NEVER = 1.1
_FIGURE = 0.5
"""The least confidence of a change of what holds a figure."""

_SHORTEST_SYMBOL = 3
_MANY_UNKNOWN = 0.15
_MISREAD = 0.002
"""In text with fewer errors, words that were run together are the author's own and are only pointed at."""

_MANY_SLIPS, _LEAST_SLIPS = 0.0006, 2
"""The share of words, and how many of them, that make a text one with many slips; of what is printed fewer are."""

_FAR = 3
"""Of so many letters one may be wrong where a person wrote them."""

_GAP_CONFIDENCE = 0.95
_STRANGE_MARK = regex.compile(r"[®©¢¥£¤§¬¦]|(?<![\w.+-])@|@(?![\w-])")
_LETTERED_FIGURE = regex.compile(r"(?<![\p{L}\d])(?:\d+[OolI|S]\d*|[OlI|]\d+[.,/]\d+)(?![\p{L}\d])")

_AUTHORS_SIGN = regex.compile(r'[&:"]|\p{Lu}\.')
"""A sign at a word that a writer sets, or an abbreviation that clings to a name (``C.Mác``)."""

_SPOILT_UNIT = regex.compile(r"(?<=\d )[kcd]?m[ỶÝỲŶŸỸỴỷýỳŷÿỹỵ?\u02c6°^](?![\p{L}\d])")
"""What an engine makes of ``m²`` and ``m³``; which of the two it was, only a person can see."""

_FLAGGED = (
    (_STRANGE_MARK, "a sign that may stand for a footnote mark"),
    (_LETTERED_FIGURE, "a letter among figures"),
    (_SPOILT_UNIT, "a unit whose raised figure was misread"),
)


class Decision(NamedTuple):
    """What the decoder chose for an item, or for several that it joined."""

    item: Item
    before: str
    after: str
    confidence: float
    beside: tuple[int, int] = (SENTENCE, SENTENCE)
    """The words that were decided before it and after it."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Corrections and doubts by line; those of a line are in the order in which they are applied."""

    corrections: list[tuple[Correction, ...]]
    doubts: list[tuple[Doubt, ...]]

    @classmethod
    def nothing(cls, lines: int) -> "RoundResult":
        """A round that found nothing."""
        return cls([()] * lines, [()] * lines)


class Acceptance:
    """Accepts decisions as corrections, or reports them as doubts, by the strictness that was asked for."""

    def __init__(self, language: Language, options: Options) -> None:
        self._language = language
        self._level = _LEVEL[options.strictness]

    def weigh(
        self,
        lines: Parsed,
        passages: Sequence[Passage],
        policies: Sequence[Policy],
        decisions: Iterable[Decision],
        style: str,
    ) -> RoundResult:
        """Decisions to corrections and doubts; ``style`` says where the tone is written."""
        corrections: list[list[Correction]] = [[] for _ in lines.texts]
        doubts: list[list[Doubt]] = [[] for _ in lines.texts]
        of_line = {n: p for p in passages for n in range(p.start, p.end)}
        damage = {n: p.damage for n, p in of_line.items()}
        changes = [decision for decision in decisions if decision.before != decision.after]
        recurrence = Recurrence(lines.texts)
        many_slips = self._has_many_slips(lines, changes)
        for decision, collocation in zip(changes, self._collocations(changes, damage), strict=True):
            decision = self._remembered(decision, collocation, recurrence)
            item, before, after = decision.item, decision.before, decision.after
            if before.islower() and after.istitle() and damage[item.line] in TRUSTED and not _may_begin(item, after):
                after = after.lower()
            if not after.isascii():
                after = " ".join([place_tone(word, style) for word in after.split(" ")])
            if decision.confidence >= self._threshold(of_line[item.line], decision, collocation, many_slips=many_slips):
                reason = self._reason(decision)
                step = f"decode:{damage[item.line].name.lower()}"
                confidence = round(decision.confidence, 3)
                corrections[item.line].append(Correction(item.start, before, after, step, confidence, reason))
            else:
                doubts[item.line].append(Doubt(item.start, before, f"may be {after!r}"))
        for number, passage in of_line.items():
            if passage.damage is not Damage.FOREIGN:
                misread = passage.damage not in TRUSTED or _is_misread(passage)
                mend = mended_codes if misread else mended_whole_codes
                corrections[number] += lines.derived(number, mend, self._language)
        _close_gaps(lines, policies, corrections)
        for mine, signs in zip(corrections, mend_signs(lines, passages), strict=True):
            mine += signs
        _flag_signs(lines, damage, doubts)
        return RoundResult(
            [tuple(sorted(found, key=lambda c: -c.start)) for found in corrections],
            [tuple(sorted(found)) for found in doubts],
        )

    def _collocations(self, changes: Sequence[Decision], damage: dict[int, Damage]) -> list[Collocation]:
        """Of each change in text that is right for the most part, how the word that would be replaced stands there."""
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
        sure = sum(change.confidence >= _GOOD_WORD[self._level] for change in changes)
        return sure >= _LEAST_SLIPS and sure > _MANY_SLIPS * sum(map(len, lines.items))

    def _remembered(self, decision: Decision, collocation: Collocation, recurrence: Recurrence) -> Decision:
        """A decision that is the surer the more often the document has the term that it makes."""
        _, before, after, confidence, beside = decision
        if collocation.usual or not 0 < confidence < 1:
            return decision
        first, second = (self._language.lexicon.entries[number].text for number in beside)
        if collocation.term_before:
            confidence = recurrence.raised(confidence, (first, before), (first, after))
        if collocation.term_after:
            confidence = recurrence.raised(confidence, (before, second), (after, second))
        return decision._replace(confidence=confidence)

    def _threshold(self, passage: Passage, decision: Decision, collocation: Collocation, *, many_slips: bool) -> float:
        """How sure a decision must be before the text is changed."""
        before, after = decision.before, decision.after
        if passage.damage in TRUSTED and _is_symbol(before):
            return _NO_WORD[self._level] if after in self._language.symbols else _NEVER
        own = passage.damage in TRUSTED and not _is_misread(passage)
        if own and self._is_authors(before, after):
            return _NEVER
        if before.lower() == after.lower():
            return _CASE_ONLY[self._level]
        if passage.damage not in TRUSTED:
            figure = any(c.isdigit() for c in before)
            return max(_FIGURE, _RUINED[self._level]) if figure else _RUINED[self._level]
        known = all(self._is_word(word) for word in (before.split() if " " in after else [before]))
        foreign = _is_name(before) or (own and (_is_initial(before) or _is_foreign(before)))
        if foreign or (collocation.usual and known):
            return _GOOD_PAIR[self._level]
        if many_slips and collocation.breaks_term and known and before.islower():
            return _TERM[self._level]
        return (_GOOD_WORD if known else _NO_WORD)[self._level]

    def _is_authors(self, before: str, after: str) -> bool:
        """Whether a word was set by the author of a text that no engine has misread, strange as it may look."""
        if before.lower() == after.lower():
            return before.islower() or before.istitle()
        if before == after.replace(" ", ""):
            return self._level > 0
        strange = self._language.lexicon.number(before) is None
        return _AUTHORS_SIGN.search(before) is not None or (strange and _is_far(before, after))

    def _is_word(self, word: str) -> bool:
        """Whether a word may well be right as it stands, as far as it alone can tell."""
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
        if " " not in before and self._language.lexicon.number(before) is None:
            return "no such word"
        return "does not fit the words around it"


def _may_begin(item: Item, after: str) -> bool:
    """Whether a small word may have had a capital: where a sentence begins, and of an ``I`` that was read as ``l``."""
    return item.opens or item.capitals or after[0] + item.text[0] == "Il"


def _is_far(before: str, after: str) -> bool:
    """Whether so many bare letters differ that a writer hardly meant the one where he wrote the other."""
    one, other = (bones(text.replace(" ", "")) for text in (before, after))
    return Levenshtein.distance(one, other) > max(1, len(one) // _FAR)


def _is_symbol(word: str) -> bool:
    return len(word) >= _SHORTEST_SYMBOL and word.isupper() and word.isalpha() and looks_like_symbol(word)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_foreign(word: str) -> bool:
    """Whether a word has plain letters that no syllable has in this order; shorter ones may be slips of one letter."""
    return len(word) > 3 and word.isascii() and word.isalpha() and not is_legal(word)


def _is_name(word: str) -> bool:
    """Whether a word looks like a foreign name: a capital, plain letters, and no syllable."""
    return word.isascii() and len(word) > 3 and word.istitle() and not is_legal(word)


def _is_misread(passage: Passage) -> bool:
    """Whether an engine has been at work, and not only an author in haste."""
    return passage.misread >= _MISREAD or passage.error_rate >= _MANY_UNKNOWN


def _close_gaps(lines: Parsed, policies: Sequence[Policy], corrections: list[list[Correction]]) -> None:
    """Take out the blank before a comma or full stop where a line was letter-spaced."""
    for number, items in enumerate(lines.items):
        if not policies[number].loose:
            continue
        text = lines.texts[number]
        for item in items:
            start = len(text[: item.start].rstrip())
            dots = text[item.start : item.start + 2] == ".."
            if item.kind in (Kind.PAUSE, Kind.STOP) and 0 < start < item.start and not dots:
                gap = text[start : item.start]
                corrections[number].append(Correction(start, gap, "", "spacing", _GAP_CONFIDENCE, "torn apart"))


def _flag_signs(lines: Parsed, damage: dict[int, Damage], doubts: list[list[Doubt]]) -> None:
    """Point at signs that an engine writes for footnote numbers, at letters among figures, and at spoilt units."""
    for number, mine in enumerate(doubts):
        for found, of_any_text in lines.derived(number, _flags, None):
            if of_any_text or damage.get(number) in TRUSTED:
                mine.append(found)


def _flags(text: str, _items: Sequence[Item], _context: None) -> list[tuple[Doubt, bool]]:
    """Return what is to be pointed at in a line, and whether it is whatever damage the text has."""
    return [
        (Doubt(found.start(), found.group(), reason), pattern is not _STRANGE_MARK)
        for pattern, reason in _FLAGGED
        for found in pattern.finditer(text)
    ]
