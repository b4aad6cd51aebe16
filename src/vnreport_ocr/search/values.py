"""Figures of tables as numbers: Vietnamese notation (``1.234,5``), bounds (``Trên 80``), and what is not a number."""

import re
from typing import Final, NamedTuple

from vnreport_ocr.search.units import UNIT

_NUMBER: Final = re.compile(
    r"(?P<bound>>=|<=|[><\N{GREATER-THAN OR EQUAL TO}\N{LESS-THAN OR EQUAL TO}]|"
    r"(?:trên|dưới|khoảng|ước|đạt|gần|hơn)\s)?"
    r"\s*(?P<open>\()?(?P<sign>[-+\N{MINUS SIGN}]\s?)?(?P<number>\d[\d.,\s]*?)\s*(?P<percent>%)?(?P<close>\))?",
    re.IGNORECASE,
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN: Final = re.compile(r"\d+(?:,\d+)?")
_POINT: Final = re.compile(r"\d+\.\d+")
_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED: Final = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")
_SPAN: Final = re.compile(r"\d[\d.,]*\s*%?\s*[-\N{EN DASH}]\s*\d[\d.,]*\s*%?")
_BOUNDS: Final = {
    ">": ">", "<": "<", ">=": ">=", "<=": "<=", "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=", "trên": ">", "hơn": ">", "dưới": "<", "gần": "<",
}  # fmt: skip
_APPROXIMATE: Final = ("khoảng", "ước")


_WITH_UNIT: Final = re.compile(rf"(?P<value>[^%]*\d)\s*(?P<unit>(?!%){UNIT})", re.IGNORECASE)
_NOTE_MARK: Final = re.compile(r"(?<=\d)\s?(?:[\u00b9\u00b2\u00b3\u2070-\u2079]+|\(\*+\)|\*+)$")
"""The sign of a footnote behind a figure."""
_FROM_ON: Final = re.compile(
    r"(?:từ\s+)?(?P<number>\S+?\s?%?)\s+(?:trở\s+(?P<up>lên|xuống))|(?:ít|tối)\s+(?:nhất|thiểu)\s+(?P<least>\S+\s?%?)|"
    r"(?:nhiều\s+nhất|tối\s+đa|không\s+quá)\s+(?P<most>\S+\s?%?)",
    re.IGNORECASE,
)
"""A number with words that make it a minimum or a maximum."""


class Value(NamedTuple):
    """A figure of a table."""

    number: float | None
    bound: str = ""
    unit: str = ""
    doubt: str = ""


def value_of(text: str) -> Value | None:
    """Return the number in a cell; None if there is none, a value without a number if that is unsure."""
    said = " ".join(text.split())
    if _SPAN.fullmatch(said):
        return Value(None, "", "%" if "%" in said else "", "it is a range, not a single number")
    if behind := _WITH_UNIT.fullmatch(said):
        value = value_of(behind["value"])
        return value and value._replace(unit=behind["unit"])
    found = _NUMBER.fullmatch(_NOTE_MARK.sub("", said))
    if found is None:
        return _bounded(said)
    number, doubt = _number(_SPACED.sub(".", found["number"].strip()))
    unit = "%" if found["percent"] else ""
    if number is None:
        return Value(None, "", unit, doubt)
    if bool(found["open"]) != bool(found["close"]):
        return Value(None, "", unit, "it lacks a bracket")
    if found["open"]:
        # Bookkeepers write what is lacking in brackets; a number of an item stands in them too.
        return Value(None, "", unit, "it is in brackets")
    if found["sign"] and "+" not in found["sign"]:
        number = -number
    word = (found["bound"] or "").strip().lower()
    if word in _APPROXIMATE:
        doubt = doubt or "it is given as an estimate"
    return Value(number, _BOUNDS.get(word, ""), unit, doubt)


def _bounded(said: str) -> Value | None:
    found = _FROM_ON.fullmatch(said)
    if found is None:
        return None
    value = value_of(found["number"] or found["least"] or found["most"])
    if value is None or value.bound:
        return None
    is_most = bool(found["most"]) or (found["up"] or "").lower() == "xuống"
    return value._replace(bound="<=" if is_most else ">=")


def _number(text: str) -> tuple[float | None, str]:
    """Return the number, and what speaks against it."""
    if _GROUPED.fullmatch(text):
        doubt = "its first figures may be lost" if text.startswith("0") else ""
        return float(text.replace(".", "").replace(",", ".")), doubt
    if _PLAIN.fullmatch(text):
        doubt = "it may be a number in thousands" if re.fullmatch(r"[1-9]\d{0,2},\d{3}", text) else ""
        return float(text.replace(",", ".")), doubt
    if _POINT.fullmatch(text):
        return float(text), "a point stands where a comma is usual"
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", "")), "commas stand where points are usual"
    return None, "it is not written like a number"
