"""A figure as the engine read it weighed against what its shapes say."""

import re
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadWord
from vnreport_ocr.sources.ocr.look import DOUBTED, FIGURES, SETTLED, WordLook, agreed, left_open, mended
from vnreport_ocr.sources.ocr.spelling import Spelled
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.vietnamese.letters import digits_of
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import ROMAN

STEP: Final = "picture:figures"
_REASON: Final = "its shapes are these figures"
_WELL_FORMED: Final = "a number is written so"
_AROUND: Final = ".,;:()[]\"'\u201c\u201d"
_ALIKE: Final = frozenset("IlOoQSsBZzGgqb|!§óÓÖöØøŠŒÑ?&{}\\[]\u2044=~+$£Ã")
"""What an engine makes of figures."""

_ALWAYS: Final = frozenset("óÓ§ŠØ")
"""Single letters that are no word and no unit."""

_PLAIN = re.compile(r"[\d.,/:;()%‰+\-–]*\d[\d.,/:;()%‰+\-–]*")
_MARKED: Final = "À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĨĩŨũƠ-ơƯ-ưẠ-ỹ§ŠØ"
_SPOILT = re.compile(
    rf"(?<=[\d.,])[{_MARKED}]+(?![^\W\d_])|(?<![^\W_])[{_MARKED}](?=[.,]?\d)|(?<![^\W_])[SBOIlZ](?=\d+[/-])"
)
"""Letters that stand for figures, beside other figures."""

_MIXED = re.compile(
    r"[A-ZĐ]{1,6}[-.]?\d+[^\W_]*(?:[./\-][^\W_]+)*|\d[\d./]*[/\-][^\W\d_].*|\d[\d.,\-]*[^\W\d_]{1,4}(?:[./]\S*)?|"
    r"[^\W\d_]{2,}[.:,;/(\-]\d+.*|.*\d[²³°‰%₫].*|"
    r"\d{1,2}[hg]\d{2}|\d{2}[A-ZĐ]{1,2}\d?-\d{3}(?:\.?\d{2}|\d)|[Kk][Mm]\d+\+\d{3}|"
    r"\d+(?:,\d+)?(?:x\d+(?:,\d+)?)+|\d{1,3}(?:-\d{1,3})?:\d{4}/[A-ZĐ]+|[<>≤≥]\d[\d.,]*[%‰]?"
)
"""Words of letters and figures as they are written: labels, numbers of documents, numbers with a unit or compared,
times (``7h30``), plates of cars, places on a road (``Km12+300``), sizes (``2,5x4``), standards (``01-1:2018/BYT``).
"""

_LABEL = re.compile(r"[A-ZĐ]\d{1,3}[.,;:)]?")
_GROUPED = re.compile(r"(?<=\d)[:;,](?=\d{3}(?!\d))")
"""What a point before three figures is taken for."""

_ODD: Final = TUNING.weighing.odd
_NUMBER = re.compile(
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|\d+(?:,\d+)?%?|\d+(?:,\d+)?[-\u2013]\d+(?:,\d+)?%?|"
    r"0\d+(?:[.\-]\d+)*|\d+(?:[/\-]\d+)+|\d+(?:\.\d+){2,}|\d{1,2}:\d{2}"
)
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,2}([/.\-])\d{1,2}\1(?:19|20)\d{2}")
"""Numbers of two groups or more, and dates: their signs vouch for each other."""
_CLEAR: Final = TUNING.weighing.clear

_UNSURE, _RIVAL = TUNING.weighing.unsure, TUNING.weighing.rival
_DIM, _STRONG = TUNING.weighing.dim, TUNING.weighing.strong
_CLEAR_CODE, _CLEAR_WELL = TUNING.weighing.clear_code, TUNING.weighing.clear_well
_HALF: Final = TUNING.weighing.half
_DIMLY: Final = TUNING.weighing.dimly
_SHORT: Final = TUNING.weighing.short
_LIKELY: Final = TUNING.weighing.likely
_TRUSTED: Final = TUNING.weighing.trusted

_LITTLE, _MUCH, _VERY_MUCH = TUNING.weighing.little, TUNING.weighing.much, TUNING.weighing.very_much
_SETTLING, _SETTLING_ALONE, _SETTLING_ONE = (3.5, 0.5), (6.0, 0.6), (4.0, 0.8)
"""By how much, and how surely, the shapes must say another figure for it to stand without a doubt: where the engine
thought of it itself, where it did not, and for a figure that stands alone."""

_KNOWN: Final = TUNING.weighing.known
_PRIOR: Final = ((0.955, 3.0), (0.9, 2.2), (0.8, 1.2), (0.6, 0.4))
"""What the engine's own sureness weighs."""


def is_figure_like(text: str) -> bool:
    """Whether a word has figures, or is what an engine makes of some."""
    core = text.strip(_AROUND)
    if any(c.isdigit() for c in core):
        return True
    if len(core) < 2 or not any(c.isalnum() for c in core):
        return core in _ALWAYS
    if ROMAN.fullmatch(core):
        return False
    return len(core) <= 6 and all(c in _ALIKE or c in FIGURES for c in core) and not is_legal(core.lower())


def may_be_figure(word: ReadWord) -> bool:
    """Whether a word without a figure was thought to have some."""
    core = word.text.strip(_AROUND)
    if not 0 < len(core) <= _SHORT or core.islower() or word.confidence >= _TRUSTED:
        return False
    return any(digits_of(text) for text, _ in word.alternatives)


def weigh_word(look: WordLook) -> ReadWord:
    """The word, left open with the number that its shapes show where they clearly show one rather than its letters."""
    spelled, lattice = look.spell(FIGURES)
    clear = spelled.chance >= _CLEAR and _is_number(spelled.text)
    if look.word.confidence < _UNSURE and (label := _likely_label(look.word)) is not None:
        return left_open(look.word, [label])
    if not clear or lattice.score(look.word.text) > spelled.value - _MUCH:
        return look.word
    return left_open(look.word, [spelled.text])


def _likely_label(word: ReadWord) -> str | None:
    """Return the label with figures (``A11``) that capitals were nearly as likely to be (``AM``)."""
    if not word.text.strip(_AROUND).isupper():
        return None
    return next((text for text, weight in word.alternatives if weight >= _RIVAL and _LABEL.fullmatch(text)), None)


def weigh(look: WordLook) -> ReadWord:
    """Return the word as it stands, with what it is instead, or left open between two readings."""
    text = look.word.text
    if _PLAIN.fullmatch(text) or _is_spoilt(look.word):
        return _weigh_number(look)
    return _weigh_code(look)


def _is_spoilt(word: ReadWord) -> bool:
    """Whether letters in a word stand for figures: all of it looks like them, and another reading is figures."""
    core = _with_figures(word.text).strip(_AROUND)
    if any(c.isalpha() and c not in _ALIKE for c in core) and not any(_is_number(t) for t, _ in word.alternatives):
        return False
    return all(c in _ALIKE or c in FIGURES for c in core) or any(_is_number(t) for t, _ in word.alternatives)


def _with_figures(text: str) -> str:
    """Return a word with a figure in the place of each letter that stands for one."""
    return _SPOILT.sub(lambda found: "0" * len(found[0]), text)


def is_written_number(text: str) -> bool:
    """Whether a word is written as a number is, or as a word of figures and letters."""
    core = text.strip(_AROUND)
    return _is_number(core) or (_MIXED.fullmatch(core) is not None and _SPOILT.search(core) is None)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip(_AROUND)) is not None


def _weigh_number(look: WordLook) -> ReadWord:
    word = look.word
    text = word.text
    spelled, lattice = look.spell(FIGURES)
    lead, core, tail = _parts(text)
    other = _parts(spelled.text)[1]
    plain = _PLAIN.fullmatch(text) is not None
    if other == core:
        return agreed(word, points=plain and not _is_number(core))
    if not plain and not _SPOILT.search(text) and lattice.score(text) > spelled.value - _LITTLE:
        return agreed(word) if lattice.score(text) > _LIKELY * len(text) else _unclear(look, plain)
    if not other or spelled.chance < _CLEAR:
        strong = _is_number(other) and spelled.chance >= _DIM and spelled.value - lattice.score(text) >= _STRONG
        return left_open(word, [lead + other + tail]) if strong else _unclear(look, plain)
    whole = lead + other + tail
    known = any(_parts(said)[1] == other for said, _ in word.alternatives)
    if not plain:
        # A dollar before a number is a sign of its own, however much it looks like a 5.
        if len(other) != len(core) or not _is_number(other) or core[0] == "$":
            return left_open(word, [whole])
        sure = (known or spelled.chance > 0.6) and _points(other) >= _points(core)
        return mended(word, whole, STEP, SETTLED if sure else DOUBTED, _REASON)
    if core.endswith(other) or core.startswith(other):
        return word  # the engine's box of the word leaves a part of it out
    if digits_of(other) == digits_of(core):
        return _separators(word, lead, core, tail, other)
    return _outweighed(word, (core, other), whole, spelled, spelled.value - lattice.score(text))


def _outweighed(word: ReadWord, cores: tuple[str, str], whole: str, spelled: Spelled, margin: float) -> ReadWord:
    """Return a plain number by its shapes where these outweigh the engine's confidence; ``cores`` is read and shown."""
    core, other = cores
    known = any(_parts(said)[1] == other for said, _ in word.alternatives)
    weight = margin - prior(word.confidence) + _KNOWN * known
    if margin < _LITTLE or weight < -1.5:
        return word
    if weight < _MUCH or not _is_number(other) or len(digits_of(other)) < len(digits_of(core)):
        return left_open(word, [whole])
    least_margin, least_chance = _SETTLING if known else _SETTLING_ALONE
    if len(digits_of(core)) == 1:
        least_margin, least_chance = _SETTLING_ONE
    sure = margin >= least_margin and spelled.chance >= least_chance and (known or word.confidence < _TRUSTED)
    sure = sure and _points(other) >= _points(core)
    return mended(word, whole, STEP, SETTLED if sure else DOUBTED, _REASON)


def _separators(word: ReadWord, lead: str, core: str, tail: str, other: str) -> ReadWord:
    """Return the same figures with other signs between them: the well-formed number of the two."""
    whole = lead + other + tail
    well, other_well = _is_number(core), _is_number(other)
    if other_well and not well and len(other) >= len(core):
        return mended(word, whole, STEP, SETTLED, _WELL_FORMED)
    if _WHOLE.fullmatch(core) and not _WHOLE.fullmatch(other) and len(other) < len(core):
        return agreed(word)  # the shapes passed over a sign without which the number would be none
    if well and other_well and word.confidence < 0.95:
        return left_open(word, [whole])
    if well:
        return word if other_well else agreed(word)
    pointed = _GROUPED.sub(".", core)
    if _is_number(pointed):
        known = any(_parts(said)[1] == pointed for said, _ in word.alternatives)
        return mended(word, lead + pointed + tail, STEP, SETTLED if known else DOUBTED, _WELL_FORMED)
    return left_open(word, []) if set(core) & set(":;") and digits_of(core) != core else word


def _unclear(look: WordLook, plain: bool) -> ReadWord:
    """Shapes that nothing can be made of: the engine's word stands, open where the engine doubts it or it is none."""
    word = look.word
    if word.text[0] == "(" and any(text[0].isalnum() and text[1:] == word.text[1:] for text, _ in word.alternatives):
        return left_open(word, [])
    if plain and word.confidence >= 0.8 and _is_number(word.text):
        return word
    read = digits_of(word.text)
    rivals = [text for text, _ in word.alternatives if _is_number(text) and digits_of(text) != read][:1]
    if plain and not rivals and _is_number(word.text) and word.confidence >= _HALF:
        return word
    return left_open(word, rivals)


def _weigh_code(look: WordLook) -> ReadWord:
    """Weigh a word of figures and letters: its letters stay, its figures may be others."""
    word = look.word
    text = _with_figures(word.text)
    ways = [(one.respell(text), one) for one in (look.lattice, look.own) if one is not None]
    spelled, lattice = max(ways, key=lambda way: way[0].value)
    other = spelled.text
    if word.confidence < (_ODD if not _MIXED.fullmatch(text.strip(_AROUND)) else _HALF):
        number = look.spell(FIGURES)[0]
        return left_open(word, [number.text] if number.chance >= _CLEAR and _is_number(number.text) else [])
    if not other or spelled.chance < _CLEAR_CODE:
        return word
    if other == word.text:
        likely = lattice.score(text) > _LIKELY * len(text)
        return agreed(word) if likely else word if word.confidence >= _DIMLY else left_open(word, [])
    if text != word.text:
        return mended(word, other, STEP, DOUBTED if spelled.chance < _CLEAR_WELL else SETTLED, _REASON)
    margin = spelled.value - lattice.score(word.text, any_letter=True)
    known = any(digits_of(said) == digits_of(other) for said, _ in word.alternatives)
    weight = margin - prior(word.confidence) + _KNOWN * known
    if margin < 2 * _LITTLE or weight < 0:
        return word
    if weight >= _VERY_MUCH and known:
        return mended(word, other, STEP, SETTLED, _REASON)
    return left_open(word, [other])


def _parts(text: str) -> tuple[str, str, str]:
    """Return what stands before a number, the number, and what stands behind it."""
    core = text.strip(_AROUND)
    start = text.find(core) if core else 0
    return text[:start], core, text[start + len(core) :]


def prior(confidence: float) -> float:
    """Return what the engine's own sureness of a figure weighs, in nats."""
    return next((weight for least, weight in _PRIOR if confidence >= least), 0.0)


def _points(text: str) -> int:
    return sum(c in ".,:;/-" for c in text)
