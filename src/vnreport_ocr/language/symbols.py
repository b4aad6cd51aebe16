"""Symbols of document numbers (``NQ-HĐND``, ``QĐ/TW``) and abbreviations, found by their shape."""

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Hamming

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.vietnamese.letters import strip_marks

_HEADER = "# vnocr symbols 1"
_SHAPES = str.maketrans("ĐPÐƯÙÚÛÜÂĂÔƠÊ", "DDDUUUUUAAOOE")
_ALIKE = ("DO", "DB", "EBF", "FP", "MN", "ITL", "CGO", "OQ", "UV", "tr", "rf", "lTI", "eg")
"""Letters that engines take for one another; a printed H is never read as T, so ``KH/HU`` is not ``KH/TU``."""

_NEVER = ("ĐP", "PD", "DP", "ƯU")
"""A printed P is not read as Đ, nor D for P, and a U is not read as Ư."""

_PROVINCE = re.compile(r"(?<![^\W_])TU(?![^\W_])")
"""The committee of a province; ``TƯ`` is the centre's."""

_OFFICE = re.compile(r"(?<![^\W_])P")

_NEAR_LEAST = 20
_DOMINANT = 20


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
        """Return the one known symbol that a damaged one stands for, or None where it is known, unclear or strange."""
        return self._mend(symbol)

    def mend_typed(self, symbol: str) -> str | None:
        """Return the common symbol that a typed one stands for: it lacks marks, or a small letter is another.

        A typed capital is what it is (``BTG`` is a body, as ``BTC`` is), and a P that begins a part is an office.
        """
        mended = self.mend(symbol)
        if mended is None or self.counts.get(mended.replace("–", "-"), 0) < _NEAR_LEAST:
            return None
        alike = all(shape(one) == shape(other) or one.islower() for one, other in zip(symbol, mended, strict=True))
        offices = [match.start() for match in _OFFICE.finditer(symbol)]
        return mended if alike and all(mended[place] == "P" for place in offices) else None

    def _look_up(self, symbol: str) -> str | None:
        if symbol.replace("–", "-") in self.counts or len(symbol) < 3:
            return None
        form = shape(symbol)
        found = [known for known in self._by_shape.get(form, ()) if self._is_target(symbol, known)]
        if not found and len(form) >= 5 and "-" in form:
            found = self._near(symbol, form)
        if not found:
            return None
        ranked = sorted(found, key=lambda known: (-self.counts[known], known))
        if len(ranked) > 1 and self.counts[ranked[0]] < _DOMINANT * self.counts[ranked[1]]:
            return None
        return "".join(k if k.isalpha() else s for k, s in zip(ranked[0], symbol, strict=True))

    def _near(self, symbol: str, form: str) -> list[str]:
        """Known symbols that differ in the shape of one letter."""
        return [
            known
            for other in self._shapes_by_size.get(len(form), ())
            if Hamming.distance(form, other, score_cutoff=1) <= 1
            for known in self._by_shape[other]
            if self.counts[known] >= _NEAR_LEAST and self._is_target(symbol, known)
        ]

    def _is_target(self, read: str, known: str) -> bool:
        """Return whether a symbol may stand for a known one that has all its marks."""
        doubled = known.replace("DD", "Đ")
        bare = doubled != known and self.counts.get(doubled, 0) > self.counts[known]
        return not bare and _may_be(read, known)


def _may_be(read: str, known: str) -> bool:
    """Whether every sign of a symbol may have been read so: a Đ is no P, a small letter no capital."""
    if len(read) != len(known) or _PROVINCE.findall(read) != _PROVINCE.findall(known):
        return False
    return all(map(_sign_may_be, read.replace("–", "-"), known))


def _sign_may_be(read: str, known: str) -> bool:
    if read == known:
        return True
    if len(strip_marks(read)) == 1 and read != strip_marks(read) and known == strip_marks(known):
        return False  # no mark is lost
    if not (read.isalpha() and known.isalpha()):
        return False
    if shape(read) == shape(known):
        return not (read.islower() and known.isupper()) and read + known not in _NEVER
    # What a P is taken for (Đ) tells nothing of what that is taken for: an office (``PNV``) is no ministry (``BNV``).
    pairs = ((read, known), (_bare(read), _bare(known)))
    return any(one in group and other in group for one, other in pairs for group in _ALIKE)


def _bare(sign: str) -> str:
    return strip_marks(sign).upper()


def open_symbols(path: Path) -> Symbols:
    """Read the dictionary file."""
    try:
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not lines or not lines[0].startswith(_HEADER):
            raise DictionaryError("It is not a symbol list of this version.", file=str(path))
        if not text.endswith("\n"):
            raise DictionaryError("It is truncated.", file=str(path))
        counts = {symbol: int(count) for symbol, count in (line.split("\t") for line in lines[1:])}
    except (OSError, ValueError) as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem
    return Symbols(counts)
