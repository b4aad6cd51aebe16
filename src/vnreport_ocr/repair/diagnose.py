"""Which damage a passage has, and how bad it is.

What tells the kinds apart: the share of words with a letter that only Vietnamese has (nearly
none in text read in another language, more than half in prose), the share of words whose bare
letters are those of a syllable (few in English or French), and single letters collocation apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.model import Correction, Damage
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.loss import Loss, estimate, kept_marks, lacks_marks
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.charset_tables import is_toned
from vnreport_ocr.vietnamese.letters import bones, has_vietnamese_letter, strip_marks
from vnreport_ocr.vietnamese.syllables import LETTER_WORDS, is_legal
from vnreport_ocr.vietnamese.tokens import Kind

PASSAGE_WORDS = TUNING.diagnose.passage_words
TRUSTED = (Damage.CLEAN, Damage.LIGHT)
"""Text most of whose words are right."""

_ENOUGH = TUNING.diagnose.enough
_PURE_LOW = TUNING.diagnose.pure_low
_PURE_GOOD = TUNING.diagnose.pure_good
_BONES_LOW = TUNING.diagnose.bones_low
_STRIPPED_BONES = TUNING.diagnose.stripped_bones
_STRIPPED_MARKED = TUNING.diagnose.stripped_marked
_LIGHT = TUNING.diagnose.light
_LEAST_ERRORS = TUNING.diagnose.least_errors
_MISREAD = TUNING.acceptance.misread
_STILL_WRONG = TUNING.diagnose.still_wrong
_WORD = Kind.WORD
_LONGEST_FRAGMENT = TUNING.diagnose.longest_fragment
_TORN_LINE = TUNING.diagnose.torn_line

_TORN_LEAST = TUNING.diagnose.torn_least
_TORN_SHARE = TUNING.diagnose.torn_share

_SPELT_LEAST = TUNING.diagnose.spelt_least
_MANY_TORN = TUNING.diagnose.many_torn
_TORN_PASSAGES = TUNING.diagnose.torn_passages
_OFTEN_TOGETHER = TUNING.diagnose.often_together
_MARKED = (Damage.CLEAN, Damage.LIGHT)
_LEAST_LACKING, _LACKING_SHARE, _LACKING_TO_ODD = (
    TUNING.diagnose.least_lacking,
    TUNING.diagnose.lacking_share,
    TUNING.diagnose.lacking_to_odd,
)

_TELLING_WORDS = TUNING.diagnose.telling_words
_FEW_PLAIN = TUNING.diagnose.few_plain

_MISREAD_STEPS = ("decode:clean", "decode:light")


class Signs(NamedTuple):
    """What was counted in a stretch of text."""

    words: int = 0
    pure: int = 0
    marked: int = 0
    bones: int = 0
    unknown: int = 0
    lacking: int = 0
    """Words that are none as they are, but are with further marks."""
    odd: int = 0
    """Words that are unknown and are none with further marks either."""
    foreign: int = 0
    """Words that are unknown and may be foreign names by their look."""
    spelt: int = 0
    """Letters that stand alone, in lines where one of them is purely Vietnamese."""

    @classmethod
    def together(cls, counted: Sequence["Signs"]) -> "Signs":
        """Add up the signs of several stretches."""
        return cls(*map(sum, zip(*counted, strict=True)))

    def share(self, count: int) -> float:
        """Compute a count as a share of the words."""
        return count / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines from ``start`` to ``end`` with one kind of damage.

    ``error_rate`` is a guess from the signs; ``misread`` is what the corrections so far say of the whole document;
    ``torn`` says whether much of it is letter-spaced, which is repaired line by line, whatever the damage is.
    """

    start: int
    end: int
    damage: Damage
    error_rate: float
    misread: float = 0.0
    strange: float = 0.0
    """The same guess without capitalised words, which may be names."""
    by_engine: bool = False
    """Whether an engine read it here; otherwise somebody typed it."""
    torn: bool = False
    loss: Loss | None = None
    """Which marks were lost, if only some of them were."""

    @property
    def is_misread(self) -> bool:
        """Whether the corrections so far tell that an engine has misread the document."""
        return self.misread >= _MISREAD

    @property
    def told(self) -> Damage:
        """The damage to report to a person."""
        return Damage.LETTER_SPACED if self.torn else self.damage


def count_signs(items: Sequence[Item], language: Language) -> Signs:
    """Return the signs of the items of one line."""
    words = [item.text for item in items if item.kind is _WORD]
    letters = [word for word in words if len(word) == 1 and word.isalpha()]
    spelt = len(letters) if any(map(has_vietnamese_letter, letters)) else 0
    words = [word for word in words if len(word) > 1]
    if not words:
        return Signs(spelt=spelt)
    known = [_word_signs(word, language) for word in words]
    pure, marked, bare, unknown, lacking, odd, foreign = map(sum, zip(*known, strict=True))
    return Signs(len(words), pure, marked, bare, unknown, lacking, odd, foreign, spelt)


@lru_cache(maxsize=50_000)
def _word_signs(word: str, language: Language) -> tuple[bool, bool, bool, bool, bool, bool, bool]:
    """Whether a word has a purely Vietnamese letter, any mark, a syllable's bare letters; is unknown; lacks marks; is
    unknown, lacks none and is no code in capitals; is unknown and may be a name.
    """
    unknown, lacking = language.lexicon.number(word) is None, lacks_marks(word, language)
    return (
        has_vietnamese_letter(word),
        not word.isascii(),
        bones(word) in language.skeletons,
        unknown,
        lacking,
        unknown and not lacking and not word.isupper(),
        unknown and word.istitle() and not _is_of_two(word, language),
    )


def _is_of_two(word: str, language: Language) -> bool:
    """Whether a word is two, run together, that often stand side by side (``Tỉnhuỷ``)."""
    small = word.lower()
    pairs = [(small[:cut], small[cut:]) for cut in range(2, len(word) - 1)]
    likely = [pair for pair in pairs if all(map(is_legal, pair))]
    return any(language.ngrams.explain(pair)[1].log_probability > _OFTEN_TOGETHER for pair in likely)


def kind_of(signs: Signs) -> Damage | None:
    """Return the damage that the signs show, or None where there are too few."""
    if signs.words < _ENOUGH:
        return None
    pure = signs.share(signs.pure)
    if pure >= _PURE_GOOD:
        return Damage.LIGHT if signs.share(signs.unknown) > _LIGHT else Damage.CLEAN
    if signs.share(signs.bones) < _BONES_LOW:
        return Damage.LIGHT if signs.spelt > signs.words else Damage.FOREIGN
    if pure >= _PURE_LOW:
        return Damage.LIGHT
    if signs.share(signs.marked) <= _STRIPPED_MARKED and signs.share(signs.bones) >= _STRIPPED_BONES:
        return Damage.STRIPPED
    # In what was read in another language at least one word in eleven is none.
    return Damage.WRONG_LANGUAGE if signs.odd else Damage.CLEAN


def fragments(items: Sequence[Item], language: Language) -> int:
    """Count the pieces of torn words among the items of a line."""
    torn = 0
    for place, item in enumerate(items):
        if len(item.text) <= _LONGEST_FRAGMENT and item.kind is _WORD:
            apart = item.gap > 0 or (place + 1 < len(items) and items[place + 1].gap > 0)
            torn += apart and _is_fragment(item, language)
    return max(0, torn - _listed([item.text for item in items])) if torn > _TORN_LINE else torn


_NEXT = TUNING.diagnose.next

_LISTED = TUNING.diagnose.listed


def _listed(texts: Sequence[str]) -> int:
    """Count single letters in alphabetical order: column heads, answers to choose from."""
    found = run = 0
    last = ""
    for text in [*texts, ""]:
        letter = strip_marks(text).lower() if len(text) == 1 and not is_toned(text) else ""
        letter = letter if letter.isascii() else ""
        follows = bool(letter and last) and 0 <= ord(letter) - ord(last) <= _NEXT
        if not follows:
            found += run if run >= _LISTED else 0
            run = 0
        run += 1
        last = letter
    return found


def _is_fragment(item: Item, language: Language) -> bool:
    if len(item.text) == 1:
        return item.text.isalpha() and item.text.lower() not in LETTER_WORDS
    return len(item.text) <= _LONGEST_FRAGMENT and _is_scrap(item, language)


def _is_scrap(item: Item, language: Language) -> bool:
    return language.lexicon.number(item.text) is None and any(c.islower() for c in item.text.lower())


def divide(lines: Parsed, language: Language) -> list[Passage]:
    """Return the passages of a text, each with its damage; short ones follow the whole."""
    signs = [lines.derived(number, _line_signs, language) for number in range(len(lines))]
    whole = Signs.together(signs)
    general = kind_of(whole) or _guess(whole)
    everywhere, no_strokes, short = _lacks_marks(whole), _has_no_strokes(whole, lines), _is_half_typed(whole)
    passages: list[Passage] = []
    stripped: list[int] = []
    start = words = 0
    for number, of_line in enumerate(signs):
        words += of_line.words
        if words >= PASSAGE_WORDS or number + 1 == len(lines):
            gathered = Signs.together(signs[start : number + 1])
            passage = _passage(start, number + 1, gathered, general)
            passages.append(replace(passage, torn=_is_torn(passage, gathered, lines, language)))
            lacking = _lacks_marks(gathered) or (everywhere and gathered.lacking > 0) or no_strokes or short
            if passage.damage in _MARKED and lacking:
                stripped.append(len(passages) - 1)
            start, words = number + 1, 0
    return _with_losses(passages, stripped, lines)


def _lacks_marks(signs: Signs) -> bool:
    """Whether text has lost some of its marks: where its words are wrong, it is mostly for want of marks."""
    lacking = signs.lacking
    return lacking >= max(_LEAST_LACKING, _LACKING_SHARE * signs.words) and lacking >= _LACKING_TO_ODD * signs.odd


def _is_half_typed(signs: Signs) -> bool:
    """Whether a text is short, and its words are syllables of which some have marks and others may lack them."""
    some = 0 < signs.words < _ENOUGH and signs.pure > 0 and not signs.odd
    return some and signs.words - signs.marked >= _FEW_PLAIN and signs.share(signs.bones) >= _STRIPPED_BONES


def _has_no_strokes(signs: Signs, lines: Parsed) -> bool:
    """Whether a text has its marks but no ``đ`` at all, which one word in ten of right text has."""
    if signs.words < _TELLING_WORDS or signs.share(signs.pure) < _PURE_GOOD:
        return False
    return not any("đ" in text or "Đ" in text for text in lines.texts)


def _with_losses(passages: list[Passage], stripped: Sequence[int], lines: Parsed) -> list[Passage]:
    """Work out which marks are lost in passages that lost only some: from their own words, and from those of all."""
    words = [[word for n in range(p.start, p.end) for word in _words(lines.items[n])] for p in passages]
    whole = kept_marks(word for number in stripped for word in words[number]) if stripped else None
    for number in stripped:
        loss = estimate(kept_marks(words[number], whole))
        passages[number] = replace(passages[number], damage=Damage.STRIPPED, loss=loss)
    return passages


def _words(items: Sequence[Item]) -> list[str]:
    return [item.text for item in items if item.kind is _WORD]


def _line_signs(_text: str, items: Sequence[Item], language: Language) -> Signs:
    return count_signs(items, language)


def _line_fragments(_text: str, items: Sequence[Item], language: Language) -> int:
    return fragments(items, language)


def torn_pieces(lines: Parsed, number: int, language: Language) -> int:
    """Count the pieces of torn words in a line."""
    return lines.derived(number, _line_fragments, language)


def _is_torn(passage: Passage, signs: Signs, lines: Parsed, language: Language) -> bool:
    """Whether a passage that is otherwise Vietnamese has many torn words."""
    if passage.damage not in (Damage.CLEAN, Damage.LIGHT):
        return False
    torn = 0
    for number in range(passage.start, passage.end):
        if torn_pieces(lines, number, language) >= _TORN_LINE:
            torn += _side_by_side(lines.items[number], language)
    return torn >= max(_TORN_LEAST, _TORN_SHARE * (signs.words + torn))


def _side_by_side(items: Sequence[Item], language: Language) -> int:
    """Count the pieces of torn words next to another piece; a single one may be a name (``ông A và bà B``)."""
    torn = [item.kind is Kind.WORD and _is_fragment(item, language) for item in items]
    return sum(one and two and item.gap > 0 for one, two, item in zip(torn, torn[1:], items[1:], strict=False))


def prevailing(passages: Sequence[Passage]) -> Damage:
    """Return the damage of a whole text: that of most lines, but letter-spaced where that is most of what is wrong."""
    shares: dict[Damage, int] = {}
    for passage in passages:
        shares[passage.damage] = shares.get(passage.damage, 0) + passage.end - passage.start
    most = max(shares, key=lambda damage: shares[damage]) if shares else Damage.EMPTY
    torn = sum(passage.torn for passage in passages)
    other = sum(passage.told is Damage.LIGHT for passage in passages)
    notable = torn >= _MANY_TORN * len(passages) or (torn >= _TORN_PASSAGES and torn > other)
    return Damage.LETTER_SPACED if torn and notable and most in (Damage.CLEAN, Damage.LIGHT) else most


def _guess(signs: Signs) -> Damage:
    """Return the damage of a text too short to judge: repaired only if nothing else is possible."""
    if signs.spelt >= max(_SPELT_LEAST, signs.words):
        return Damage.LIGHT
    if not signs.words:
        return Damage.EMPTY
    if signs.pure:
        return Damage.LIGHT if signs.unknown else Damage.CLEAN
    if signs.bones <= signs.words / 2:
        return Damage.FOREIGN
    return Damage.WRONG_LANGUAGE if signs.odd else Damage.STRIPPED


def _passage(start: int, end: int, signs: Signs, general: Damage) -> Passage:
    kind = kind_of(signs) or general
    if kind is Damage.STRIPPED and general is Damage.WRONG_LANGUAGE:
        kind = general
    rates = (_LEAST_ERRORS + 2.5 * signs.share(count) for count in (signs.unknown, signs.unknown - signs.foreign))
    error_rate, strange = (min(0.5, rate) for rate in rates)
    return Passage(start, end, kind, error_rate, strange=strange)


def raised(passages: Sequence[Passage], texts: Sequence[str], made: Sequence[Sequence[Correction]]) -> list[Passage]:
    """Return the passages with error rates no lower than what the corrections made so far speak for.

    An engine that has misread many words of a document has misread more that look right.
    """
    words = sum(text.count(" ") + 1 for text in texts)
    wrong = sum(_is_misreading(correction) for corrections in made for correction in corrections)
    rate = _STILL_WRONG * wrong / max(1, words)
    if rate <= _LEAST_ERRORS:
        return list(passages)
    return [replace(passage, error_rate=max(passage.error_rate, rate), misread=rate) for passage in passages]


def as_misread(passages: Sequence[Passage], least: float) -> list[Passage]:
    """Return the passages as of an engine that misreads at least so great a share of the words of clean print.

    Its slips are syllables for the most part, so that the words by themselves do not show them.
    """
    return [
        replace(
            passage,
            damage=Damage.LIGHT if passage.damage is Damage.CLEAN else passage.damage,
            error_rate=max(passage.error_rate, least),
            by_engine=True,
        )
        for passage in passages
    ]


def _is_misreading(correction: Correction) -> bool:
    """Whether a correction tells of an engine; what was taken for a slip in a name may have been its own spelling."""
    made = correction.step in _MISREAD_STEPS and correction.reason not in ("torn apart", "run together")
    return made and not correction.before.istitle()
