"""Document numbers and symbols: their letters may be mended, their digits and joints never.

A code changes only to a form that is known with its marks: whole, or part by part where every part is then known.
"""

from collections.abc import Callable, Sequence

import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.symbols import Symbols
from vnreport_ocr.model import Correction
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.tokens import JOINED_SYMBOL, Kind

_CODE = regex.compile(
    r"(?P<number>\d[\d.]*[a-z]?(?:[/]\d{4})?[-/–])(?P<symbol>\p{L}[\p{L}\d&]*(?:[-/–.]\p{L}[\p{L}\d&]*)*)"
)
_JOINT = regex.compile(r"([-/–.])")
_CONFIDENCE = TUNING.codes.confidence

Mend = Callable[[str, Symbols], str | None]


def mended_codes(text: str, items: Sequence[Item], language: Language) -> list[Correction]:
    """Return the corrections of the codes and symbols of a line that was misread."""
    symbols = language.symbols
    begun = {item.start for item in items if item.bound and item.kind is Kind.WORD}
    joined = [match for match in JOINED_SYMBOL.finditer(text) if match.start() in begun] if begun else []
    found = [(match.start(), match[0], mend_symbol(match[0], symbols)) for match in joined]
    return _corrections(items, symbols, mend_symbol) + _as_corrections(found)


def mended_whole_codes(_text: str, items: Sequence[Item], language: Language) -> list[Correction]:
    """Return the corrections of a line's codes whose whole symbol is known; of a text that its author typed, only they
    are surely slips.
    """
    return _corrections(items, language.symbols, mend_whole)


def _corrections(items: Sequence[Item], symbols: Symbols, mend: Mend) -> list[Correction]:
    codes = [item for item in items if item.kind is Kind.CODE]
    return _as_corrections([(item.start, item.text, mend_code(item.text, symbols, mend)) for item in codes])


def _as_corrections(found: Sequence[tuple[int, str, str | None]]) -> list[Correction]:
    return [
        Correction(start, before, after, "symbol", _CONFIDENCE, "a known symbol")
        for start, before, after in found
        if after is not None
    ]


def mend_whole(symbol: str, symbols: Symbols) -> str | None:
    """Return the common symbol that one in a text which an author typed stands for."""
    return None if any(c.isdigit() for c in symbol) else symbols.mend_typed(symbol)


def mend_symbol(symbol: str, symbols: Symbols) -> str | None:
    """Return a known symbol for a damaged one, whole or part by part."""
    if symbol in symbols or any(c.isdigit() for c in symbol):
        return None
    whole = symbols.mend(symbol)
    if whole is not None:
        return whole
    parts = _JOINT.split(symbol)
    if len(parts) < 3:
        return None
    mended = [part if n % 2 or part in symbols else symbols.mend(part) or part for n, part in enumerate(parts)]
    return "".join(mended) if mended != parts and all(part in symbols for part in mended[::2]) else None


def mend_code(text: str, symbols: Symbols, mend: Mend = mend_symbol) -> str | None:
    """Return the code with its symbol made right, or None where nothing is to be mended."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    symbol = mend(found["symbol"], symbols)
    return None if symbol is None else found["number"] + symbol
