"""Units, signs and marks that the engine's model has not: known by the number before them and by their shapes."""

import re
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadWord
from vnreport_ocr.sources.ocr.look import DOUBTED, OPEN, SETTLED, WordLook, is_numeric, left_open, mended
from vnreport_ocr.sources.ocr.shapes import RAISED
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.vietnamese.letters import digits_of
from vnreport_ocr.vietnamese.syllables import is_legal

STEP: Final = "picture:signs"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ"
_DIGITS: Final = "0123456789"
_ENDS: Final = ".,;:)"
_CLEAR, _SEEN = TUNING.units.clear, TUNING.units.seen
_FAINT: Final = TUNING.units.faint
_PLAIN_TO_SEE: Final = TUNING.units.plain_to_see
_BARE: Final = TUNING.units.bare
_ALSO: Final = TUNING.units.also

_UNIT = re.compile(
    r"(?P<lead>\(?(?:[\d.,]+|(?:[^\W\d_]+/){1,2})?)(?P<unit>[kcdm]?m)(?P<junk>[^\s/.,;:)]{0,2})(?P<tail>(?:/\S*)?[.,;:)]*)"
)
_RUN_ON = re.compile(r"m[7?Z23](?P<rest>[^\W\d_]+(?:/\S+|[.,;]*))")
"""A raised figure and the stroke behind it, read as one sign."""

_COUNTED = frozenset({"triệu", "nghìn", "ngàn", "tỷ", "tỉ", "vạn", "trăm"})
_ALONE: Final = frozenset("<>+=xX*#zZ«»≥≤±÷-\u2013%?")
_COMPARING: Final = "<>≤≥"
_COMPARED = re.compile(r"(?P<lead>\(?)(?P<sign>[<>])(?P<rest>\d.*)")
_SIGNS: Final = "<>≤≥±×÷+=-x"
_MILLE = re.compile(r"(?P<lead>.*\d)(?P<sign>%[^\s.,;:)%]{0,2}|%%)(?P<tail>[.,;:)]*)")
_PLUS = re.compile(r"(?P<lead>\(?)(?P<sign>[+#*z])(?P<rest>\d.*)")
_DONG = re.compile(r"(?P<lead>[\d.,]*)(?P<sign>[đdổởõ])(?P<tail>(?:/\w+)?[.,;:)]*)")
_MICRO = re.compile(r"(?P<sign>[utnhkHLlIpưư])(?P<rest>g(?:/\S*)?[.,;:)]*)")
_DEGREE = re.compile(r"(?P<lead>\(?\d+(?:,\d+)?)(?P<sign>[\"\u201d'*º?\u2019])(?P<tail>C?[.,;:)]*)")
_FOR_ONE: Final = frozenset("!'`")
"""What an engine makes of the raised figure 1; no sentence ends where a small letter follows."""

_NOTED = re.compile(r"(?P<lead>[^\W\d_]{2,})(?P<sign>[!'\"\u201d?°»*`\u2019^7]{1,2})(?P<tail>[.,;:)]*)")


def mend_units(look: WordLook) -> ReadWord:
    """Return the word with its unit, sign or mark as its shapes show it; itself where it has none."""
    for find in (_alone, _compared, _degree, _mille, _plus, _dong, _unit, _noted):
        found = find(look)
        if found is not None:
            return found
    return look.word


def is_unit_like(text: str, before: str) -> bool:
    """Whether a word without a figure may hold a sign worth looking at."""
    if len(text) == 1:
        return text in _ALONE or text in "đdm"
    counted = is_numeric(before) or before in _COUNTED
    if counted and any(one.fullmatch(text) for one in (_UNIT, _DONG, _MICRO)):
        return True
    return "/m" in text or _NOTED.fullmatch(text) is not None


def _after_number(look: WordLook) -> bool:
    return is_numeric(look.before) or look.before in _COUNTED


def _alone(look: WordLook) -> ReadWord | None:
    """Look at a sign between blanks."""
    text = look.word.text
    if len(text) != 1 or text not in _ALONE or not (is_numeric(look.after) or is_numeric(look.before)):
        return None
    spelled, _ = look.spell(_SIGNS)
    if text in "xX" and not (is_numeric(look.after) and (is_numeric(look.before) or spelled.chance > _PLAIN_TO_SEE)):
        return None
    if len(spelled.signs) != 1:
        return left_open(look.word, list("≥≤") if text in _COMPARING else []) if text in _COMPARING else None
    if spelled.text == text or (spelled.text == "-" and text == "\u2013"):
        rivals = {">": ["≥"], "<": ["≤"]}.get(text, [])
        return left_open(look.word, rivals) if rivals and spelled.chance < _CLEAR else None
    if spelled.chance < _SEEN:
        return left_open(look.word, [spelled.text]) if text in _COMPARING else None
    return _told(look, spelled.text, spelled.chance)


def _compared(look: WordLook) -> ReadWord | None:
    """Look at a sign of comparison that touches its number: it is never silently another."""
    found = _COMPARED.fullmatch(look.word.text)
    if found is None:
        return None
    with_line = {"<": "≤", ">": "≥"}[found["sign"]]
    other = f"{found['lead']}{with_line}{found['rest']}"
    spelled, _ = look.spell(_DIGITS + ".,%‰():;" + _COMPARING)
    sign = next((sign for sign in spelled.signs if sign.text in _COMPARING), None)
    if sign is None or sign.share < _CLEAR:
        return left_open(look.word, [other])
    shown = digits_of(spelled.text) == digits_of(found["rest"])
    return _told(look, other, sign.share, whole=shown) if sign.text == with_line else None


def _told(look: WordLook, text: str, chance: float, least: float = _CLEAR, *, whole: bool = True) -> ReadWord:
    """Return the word as its shapes show it, with a doubt where they are not clear.

    Shapes that show a sign alone, not the ``whole`` of the word, do not settle a word that the engine hardly read.
    """
    sure = SETTLED if chance >= least and (whole or look.word.confidence >= OPEN) else DOUBTED
    return mended(look.word, text, STEP, sure, "recognised by its shape")


def _unit(look: WordLook) -> ReadWord | None:
    """Square and cubic metres, and micrograms a cubic metre."""
    text, spelled_chance = _with_micro(look)
    found = re.fullmatch(r"(?P<lead>.*?/)(?P<unit>m)(?P<junk>[^\s/.,;:)]{0,2})(?P<tail>[.,;:)]*)", text)
    found = found if found and text[0] == "µ" else _UNIT.fullmatch(text)
    if found is None and _after_number(look) and (run := _RUN_ON.fullmatch(text)):
        return left_open(look.word, [f"m{raised}/{run['rest']}" for raised in "³²"])
    if found is None or not (found["lead"] or _after_number(look)):
        return _told(look, text, spelled_chance) if text != look.word.text else None
    lead, unit, junk, tail = found["lead"], found["unit"], found["junk"], found["tail"]
    spelled, _ = look.spell(_LETTERS + _DIGITS + "²³/.,;:()µ")
    raised = re.search("m([²³])", spelled.text)
    if raised is None and junk and not lead and junk not in "23":
        # Something stands behind the letter, and it is no letter: which of the two is it?
        spelled, _ = look.spell("kcdm²³/.,;:")
        raised = re.search("m([²³])", spelled.text)
    if raised is None:
        if junk and junk not in ("2", "3", "l", "g") and (lead or not is_legal((unit + junk).lower())):
            return left_open(look.word, [f"{lead}{unit}²{tail}", f"{lead}{unit}³{tail}"])
        if not junk and any(weight >= _ALSO and _has_junk(said) for said, weight in look.word.alternatives):
            return left_open(look.word, [f"{lead}{unit}²{tail}", f"{lead}{unit}³{tail}"])
        return _told(look, text, spelled_chance) if text != look.word.text else None
    sign = spelled.signs[raised.start(1)]
    whole = f"{lead}{unit}{raised[1]}{tail}"
    if sign.chance < _FAINT or (not junk and sign.chance < _SEEN):
        return left_open(look.word, [whole])
    others = _odds(look, raised[1])
    return _told(
        look, whole, min(others, spelled_chance) if junk else min(others, sign.chance), 0.4 if not junk else 0.75
    )


def _has_junk(said: str) -> bool:
    """Whether a reading has something behind a unit that is no letter, as a raised figure is read."""
    found = _UNIT.fullmatch(said)
    return found is not None and found["junk"] != "" and not any(c.isalpha() for c in found["junk"])


def _with_micro(look: WordLook) -> tuple[str, float]:
    """Return a word with the sign of micro at its head where its shape shows one, and how sure that is."""
    text = look.word.text
    micro = _MICRO.fullmatch(text)
    if micro and _after_number(look):
        spelled, _ = look.spell(_LETTERS + "µ/.,;:²³")
        if spelled.text[:1] == "µ" and spelled.signs[0].chance >= (0.9 if micro["sign"] == "k" else _CLEAR):
            return f"µ{micro['rest']}", spelled.signs[0].chance
    return text, 1.0


def _odds(look: WordLook, raised: str) -> float:
    """How sure it is that the raised figure of a unit is this one and not the other."""
    spelled, _ = look.spell("kcdm²³/.,;:()" + _DIGITS)
    return next((sign.share for sign in spelled.signs if sign.text == raised), 0.0)


def _mille(look: WordLook) -> ReadWord | None:
    """Per mille, which the engine takes for per cent with something behind it."""
    found = _MILLE.fullmatch(look.word.text)
    if found is None:
        return None
    spelled, _ = look.spell(_DIGITS + ".,%‰()")
    chance = spelled.chance_of("‰")
    if chance >= (_SEEN if len(found["sign"]) > 1 else _BARE) and "%" not in spelled.text:
        return _told(look, f"{found['lead']}‰{found['tail']}", chance)
    return None


def _plus(look: WordLook) -> ReadWord | None:
    """Look at a sign before a number."""
    found = _PLUS.fullmatch(look.word.text)
    if found is None:
        return None
    spelled, _ = look.spell(_DIGITS + ".,%‰()±+-")
    chance = spelled.chance_of("±")
    if chance >= _SEEN:
        return _told(look, f"{found['lead']}±{found['rest']}", chance)
    if found["sign"] == "+" and "+" in spelled.text:
        return None
    return left_open(look.word, [f"{found['lead']}±{found['rest']}"])


def _dong(look: WordLook) -> ReadWord | None:
    """Mend the sign of the currency, which the engine takes for its letter."""
    found = _DONG.fullmatch(look.word.text)
    if found is None or not (found["lead"] or _after_number(look)):
        return None
    spelled, _ = look.spell(_LETTERS + _DIGITS + ".,/;:)₫")
    chance = spelled.chance_of("₫")
    return _told(look, f"{found['lead']}₫{found['tail']}", chance, 0.7) if chance >= _CLEAR else None


def _degree(look: WordLook) -> ReadWord | None:
    """Mend the sign for degrees behind a number, which the engine takes for a quotation mark."""
    found = _DEGREE.fullmatch(look.word.text)
    if found is None:
        return None
    spelled, _ = look.spell(_DIGITS + ".,;:)°C\"'?")
    chance = spelled.chance_of("°")
    shown = digits_of(spelled.text) == digits_of(found["lead"])
    told = f"{found['lead']}°{found['tail']}"
    return _told(look, told, chance, whole=shown) if chance >= _CLEAR else None


def _noted(look: WordLook) -> ReadWord | None:
    """Raise the number of a footnote behind a word."""
    found = _NOTED.fullmatch(look.word.text)
    if found is None or not is_legal(found["lead"].lower()):
        return None
    marks = "".join(RAISED)
    spelled, _ = look.spell(_LETTERS + marks + "!?\"'.,;:°")
    last = [sign for sign in spelled.signs if sign.text not in _ENDS][-1:]
    if not last or last[0].text not in RAISED:
        inside = look.after[:1].islower() and found["sign"] in _FOR_ONE
        return left_open(look.word, [f"{found['lead']}¹{found['tail']}"]) if inside else None
    whole = f"{found['lead']}{last[0].text}{found['tail']}"
    if last[0].chance >= _CLEAR:
        return _told(look, whole, last[0].chance, whole=False)
    return left_open(look.word, [whole])
