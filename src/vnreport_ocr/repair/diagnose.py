"""Which damage a passage has, and how bad it is.

What tells the kinds apart: the share of words with a letter that only Vietnamese has (nearly
none in text read in another language, more than half in prose), the share of words whose bare
letters are those of a syllable (few in English or French), and single letters standing apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.model import Correction, Damage
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.vietnamese.letters import bones, has_vietnamese_letter
from vnreport_ocr.vietnamese.tokens import Kind

PASSAGE_WORDS = 90
_ENOUGH = 8
_PURE_LOW = 0.12
_PURE_GOOD = 0.25
_BONES_LOW = 0.5
_STRIPPED_BONES = 0.9
_STRIPPED_MARKED = 0.015
_LIGHT = 0.02
_LEAST_ERRORS = 0.001
_STILL_WRONG = 0.5
_MISREAD_STEPS = ("decode:clean", "decode:light")


@dataclass(frozen=True, slots=True)
class Signs:
    """What was counted in a stretch of text."""

    words: int = 0
    pure: int = 0
    marked: int = 0
    bones: int = 0
    unknown: int = 0

    def __add__(self, other: "Signs") -> "Signs":
        return Signs(
            self.words + other.words,
            self.pure + other.pure,
            self.marked + other.marked,
            self.bones + other.bones,
            self.unknown + other.unknown,
        )

    def share(self, count: int) -> float:
        """A count as a share of the words."""
        return count / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines from ``start`` to ``end`` with one kind of damage.

    ``error_rate`` is a guess from the signs; ``misread`` is what the corrections so far say of the whole document.
    """

    start: int
    end: int
    damage: Damage
    error_rate: float
    misread: float = 0.0


def count_signs(items: Sequence[Item], language: Language) -> Signs:
    """The signs of the items of one line."""
    found = [_word_signs(item.text, language) for item in items if item.kind is Kind.WORD and len(item.text) > 1]
    if not found:
        return Signs()
    return Signs(len(found), *(sum(column) for column in zip(*found, strict=True)))


@lru_cache(maxsize=50_000)
def _word_signs(word: str, language: Language) -> tuple[bool, bool, bool, bool]:
    """Whether a word has a purely Vietnamese letter, any mark, a syllable's bare letters, and is unknown."""
    return (
        has_vietnamese_letter(word),
        not word.isascii(),
        bones(word) in language.skeletons,
        language.lexicon.number(word) is None,
    )


def kind_of(signs: Signs) -> Damage | None:
    """The damage that the signs show, or None where there are too few."""
    if signs.words < _ENOUGH:
        return None
    pure = signs.share(signs.pure)
    if pure >= _PURE_GOOD:
        return Damage.LIGHT if signs.share(signs.unknown) > _LIGHT else Damage.CLEAN
    if signs.share(signs.bones) < _BONES_LOW:
        return Damage.FOREIGN
    if pure >= _PURE_LOW:
        return Damage.LIGHT
    if signs.share(signs.marked) <= _STRIPPED_MARKED and signs.share(signs.bones) >= _STRIPPED_BONES:
        return Damage.STRIPPED
    return Damage.WRONG_LANGUAGE


def fragments(items: Sequence[Item], language: Language) -> int:
    """How many pieces of torn words stand among the items of a line."""
    return sum(item.kind is Kind.WORD and item.gap > 0 and _is_fragment(item, language) for item in items)


def _is_fragment(item: Item, language: Language) -> bool:
    if len(item.text) == 1:
        return item.text.isalpha() and item.text.lower() not in "àởýạ"
    return len(item.text) <= 3 and _is_scrap(item, language)


def _is_scrap(item: Item, language: Language) -> bool:
    return language.lexicon.number(item.text) is None and any(c.islower() for c in item.text.lower())


def divide(lines: Parsed, language: Language) -> list[Passage]:
    """The passages of a text, each with its damage; short ones follow the whole."""
    signs = [lines.fact("signs", n, lambda items: count_signs(items, language)) for n in range(len(lines))]
    whole = sum(signs, Signs())
    general = kind_of(whole) or _guess(whole)
    passages: list[Passage] = []
    start, gathered = 0, Signs()
    for number, of_line in enumerate(signs):
        gathered = gathered + of_line
        if gathered.words >= PASSAGE_WORDS or number + 1 == len(lines):
            passages.append(_passage(start, number + 1, gathered, general))
            start, gathered = number + 1, Signs()
    return passages


def _guess(signs: Signs) -> Damage:
    """The damage of a text too short to tell: repaired only where nothing else is possible."""
    if not signs.words:
        return Damage.EMPTY
    if signs.pure:
        return Damage.LIGHT if signs.unknown else Damage.CLEAN
    if signs.bones <= signs.words / 2:
        return Damage.FOREIGN
    return Damage.WRONG_LANGUAGE if signs.unknown else Damage.STRIPPED


def _passage(start: int, end: int, signs: Signs, general: Damage) -> Passage:
    kind = kind_of(signs) or general
    if kind is Damage.STRIPPED and general is Damage.WRONG_LANGUAGE:
        kind = general
    unknown = signs.share(signs.unknown)
    return Passage(start, end, kind, min(0.5, _LEAST_ERRORS + 2.5 * unknown))


def raised(passages: Sequence[Passage], texts: Sequence[str], made: Sequence[Sequence[Correction]]) -> list[Passage]:
    """The passages with error rates no lower than what the corrections made so far speak for.

    An engine that has misread many words of a document has misread more that look right.
    """
    words = sum(text.count(" ") + 1 for text in texts)
    wrong = sum(_is_misreading(correction) for corrections in made for correction in corrections)
    rate = _STILL_WRONG * wrong / max(1, words)
    if rate <= _LEAST_ERRORS:
        return list(passages)
    return [replace(passage, error_rate=max(passage.error_rate, rate), misread=rate) for passage in passages]


def _is_misreading(correction: Correction) -> bool:
    return correction.step in _MISREAD_STEPS and correction.reason not in ("torn apart", "run together")
