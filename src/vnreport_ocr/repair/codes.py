"""Document numbers: the letters of a symbol may be mended, its digits never."""

import regex

from vnreport_ocr.language.symbols import Symbols

_CODE = regex.compile(
    r"(?P<number>\d[\d.]*[a-z]?(?:[/]\d{4})?[-/–])(?P<symbol>\p{L}[\p{L}\d&]*(?:[-/–.]\p{L}[\p{L}\d&]*)*)"
)
_JOINT = regex.compile(r"([-/–.])")


def mend_code(text: str, symbols: Symbols) -> str | None:
    """The code with its symbol made right, or None where nothing is to be mended."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    symbol = mend_symbol(found["symbol"], symbols)
    return None if symbol is None else found["number"] + symbol


def mend_symbol(symbol: str, symbols: Symbols) -> str | None:
    """A known symbol for a damaged one, whole or part by part."""
    if symbol in symbols or any(c.isdigit() for c in symbol):
        return None
    whole = symbols.mend(symbol)
    if whole is not None:
        return whole
    parts = _JOINT.split(symbol)
    if len(parts) < 3:
        return None
    mended = [part if n % 2 or part in symbols else symbols.mend(part) or part for n, part in enumerate(parts)]
    return None if mended == parts else "".join(mended)
