"""Roman numerals counted stroke by stroke: engines take ``II`` for ``I``, ``III`` for ``IH``, ``I`` for ``1``."""

import re
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadWord
from vnreport_ocr.sources.ocr.look import DOUBTED, SETTLED, WordLook, agreed, left_open, mended
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import ROMAN

STEP: Final = "picture:numerals"
_LIKE = re.compile(r"(?P<lead>[(\"\u201c]?)(?P<core>[IVXLCHJTl|!1ỊịÍ\[\]]{1,7})(?P<tail>[.,:;)\u201d\"]*)")
_BEFORE: Final = frozenset(
    [
        "khóa",
        "khoá",
        "quý",
        "kỳ",
        "chương",
        "mục",
        "phần",
        "hạng",
        "cấp",
        "loại",
        "vực",
        "vùng",
        "tầng",
        "lần",
        "thứ",
        "kỷ",
        "hội",
        "số",
        "bậc",
        "tập",
        "quyển",
        "đợt",
        "khu",
        "nhóm",
        "bảng",
        "biểu",
        "giai",
        "tổ",
        "ương",
        "và",
        "đến",
        "hoặc",
    ]
)
"""Words that a Roman numeral stands behind."""

_COUNTED: Final = "its strokes were counted"
_ENDS: Final = ".,:;)"
_CLEAR: Final = TUNING.numerals.clear
_MUCH, _VERY_MUCH = TUNING.numerals.much, TUNING.numerals.very_much
_READ: Final = TUNING.numerals.read


def is_numeral_like(text: str) -> bool:
    """Whether a word may be a Roman numeral, well read or not."""
    found = _LIKE.fullmatch(text)
    return found is not None and (not found["core"].isdigit() or len(found["core"]) < 4)


def mend_numeral(look: WordLook) -> ReadWord:
    """Return the word as its shapes count it."""
    found = _LIKE.fullmatch(look.word.text)
    if found is None:
        return look.word
    lead, core, tail = found["lead"], found["core"], found["tail"]
    heads = look.opens and tail[:1] in (".", ")", ":", "") and in_capitals(look.rest)
    named = look.before.lower().strip("(") in _BEFORE
    if core.isdigit():
        return _heading(look, core, tail) if heads and tail[:1] == "." else look.word
    if _is_word(core) and not (named or (heads and tail[:1])):
        return look.word
    if not (heads or named or (look.opens and tail[:1] in (".", ":")) or (len(core) > 1 and set(core) & set("IVX"))):
        return look.word
    spelled, lattice = look.spell("IVX" + _ENDS + '("')
    counted = spelled.text.strip(_ENDS + '("')
    if not counted or not ROMAN.fullmatch(counted) or spelled.chance < 0.05:
        return look.word if ROMAN.fullmatch(core) else left_open(look.word, [])
    if counted == core:
        plain = spelled.chance >= _CLEAR or look.word.confidence >= _READ
        return agreed(look.word) if plain else left_open(look.word, [])
    whole = f"{lead}{counted}{tail}"
    if not ROMAN.fullmatch(core) or core in ("L", "C"):
        sure = SETTLED if spelled.chance >= _CLEAR else DOUBTED
        return mended(look.word, whole, STEP, sure, _COUNTED)
    margin = spelled.value - lattice.score(look.word.text)
    if margin >= _MUCH and spelled.chance >= _CLEAR:
        sure = SETTLED if margin >= _VERY_MUCH else DOUBTED
        return mended(look.word, whole, STEP, sure, _COUNTED)
    return look.word


def _is_word(core: str) -> bool:
    """Whether what may be a numeral is a word (``VỊ``) or an abbreviation (``VT``, the office that keeps the files)."""
    return "T" in core or "H" in core[:1] or (not core.isascii() and is_legal(core.lower()))


def _heading(look: WordLook, core: str, tail: str) -> ReadWord:
    """``1.`` before a heading in capitals: a figure, or the numeral that looks like it."""
    _, lattice = look.spell("1I.")
    upright = max(lattice.score(letter * len(core) + tail) for letter in "Il|")
    margin = upright - lattice.score(core + tail)
    if margin >= 1.0 and set(core) == {"1"}:
        sure = SETTLED if margin >= _MUCH else DOUBTED
        return mended(look.word, "I" * len(core) + tail, STEP, sure, "a Roman numeral by its shape")
    return look.word


def in_capitals(rest: str) -> bool:
    """Whether most of some letters are capitals."""
    letters = [c for c in rest if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
