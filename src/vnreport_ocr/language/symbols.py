"""Symbols of document numbers (``NQ-HĐND``, ``QĐ/TW``) and abbreviations, found by their shape."""

from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from vnreport_ocr.errors import DictionaryError

_HEADER = "# vnocr symbols 1"
_SHAPES = str.maketrans("ĐPÐƯÙÚÛÜÂĂÔƠÊ", "DDDUUUUUAAOOE")
_NEAR = 1
_NEAR_LEAST = 20


def shape(symbol: str) -> str:
    """Equal for symbols that an engine without Vietnamese takes for one another."""
    return symbol.upper().translate(_SHAPES).replace("–", "-").replace("/", "-")


class Symbols:
    """The known symbols, with their counts."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self._by_shape: dict[str, list[str]] = defaultdict(list)
        for symbol in counts:
            self._by_shape[shape(symbol)].append(symbol)
        self._shapes_by_size: dict[int, list[str]] = defaultdict(list)
        for form in self._by_shape:
            self._shapes_by_size[len(form)].append(form)
        self._mend = lru_cache(maxsize=4096)(self._look_up)

    def __contains__(self, symbol: str) -> bool:
        return symbol in self.counts

    def mend(self, symbol: str) -> str | None:
        """The one known symbol that a damaged one stands for, or None where it is known, unclear or strange."""
        return self._mend(symbol)

    def _look_up(self, symbol: str) -> str | None:
        if symbol in self.counts or len(symbol) < 3:
            return None
        form = shape(symbol)
        found = self._by_shape.get(form)
        if found is None and len(form) >= 5 and "-" in form:
            found = self._near(form, (len(form),)) or self._near(form, (len(form) - 1, len(form) + 1))
        if not found:
            return None
        ranked = sorted(found, key=lambda known: (-self.counts[known], known))
        if len(ranked) > 1 and self.counts[ranked[0]] < 20 * self.counts[ranked[1]]:
            same_signs = [known for known in ranked if _signs(known) == _signs(symbol)]
            ranked = same_signs if len(same_signs) == 1 else []
        return ranked[0] if ranked else None

    def _near(self, form: str, sizes: tuple[int, ...]) -> list[str]:
        """Known symbols whose shape differs in one sign."""
        return [
            known
            for size in sizes
            for other in self._shapes_by_size.get(size, ())
            if Levenshtein.distance(form, other, score_cutoff=_NEAR) <= _NEAR
            for known in self._by_shape[other]
            if self.counts[known] >= _NEAR_LEAST
        ]


def _signs(symbol: str) -> str:
    return "".join(c for c in symbol if not c.isalpha())


def open_symbols(path: Path) -> Symbols:
    """Read the dictionary file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        if not lines or not lines[0].startswith(_HEADER):
            raise DictionaryError("is no list of symbols of this version.", file=path.name)
        counts = {symbol: int(count) for symbol, count in (line.split("\t") for line in lines[1:])}
    except (OSError, ValueError) as problem:
        raise DictionaryError(f"cannot be read ({problem}).", file=path.name) from problem
    return Symbols(counts)
