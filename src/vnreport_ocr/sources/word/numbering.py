"""The numbers and bullets that Word puts before paragraphs by itself: they are in no run, but a reader sees them."""

import re
from typing import Any, Final

from vnreport_ocr.sources.word.package import W, value

_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS: Final = 9


class Numbering:
    """Counts on through the document, level by level."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - an element of lxml
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._own: dict[tuple[str, int], tuple[str, str, int]] = {}
        """The levels that a list has in its own way, other than those of its kind."""
        self._anew: dict[tuple[str, int], int] = {}
        """Where a list counts anew, until it has: lists of one kind count on."""
        self._list: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        for kind in root.iter(f"{W}abstractNum"):
            name = kind.get(f"{W}abstractNumId") or ""
            for level in kind.iter(f"{W}lvl"):
                self._levels[name, _number(level.get(f"{W}ilvl"), 0)] = _look(level)
        for one in root.iter(f"{W}num"):
            identity = one.get(f"{W}numId") or ""
            self._list[identity] = value(one, "abstractNumId") or ""
            for other in one.iterfind(f"{W}lvlOverride"):
                place = _number(other.get(f"{W}ilvl"), 0)
                start, level = value(other, "startOverride"), other.find(f"{W}lvl")
                if start is not None:
                    self._anew[identity, place] = _number(start, 1)
                if level is not None:
                    self._own[identity, place] = _look(level)

    def next(self, numbered: Any) -> str:  # noqa: ANN401 - an element of lxml
        """Return what stands before the next paragraph of a list, with a blank behind it; nothing for other ones."""
        identity = value(numbered, "numId") or "0"
        kind = self._list.get(identity)
        level = _number(value(numbered, "ilvl"), 0)
        if kind is None or identity == "0" or (kind, level) not in self._levels:
            return ""
        counts = self._counts.setdefault(kind, [None] * _LEVELS)
        shape, text, start = self._look(identity, kind, level)
        before, anew = counts[level], self._anew.pop((identity, level), None)
        counts[level] = anew if anew is not None else start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if shape == "bullet":
            return "- "
        if shape == "none":
            return ""

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            inner, _, first = self._look(identity, kind, place)
            count = counts[place]
            return written(first if count is None else count, inner)

        label = re.sub(r"%([1-9])", shown, text)
        return f"{label} " if label else ""

    def _look(self, identity: str, kind: str, level: int) -> tuple[str, str, int]:
        """Return the shape, the text and the start of a level of a list."""
        return self._own.get((identity, level)) or self._levels.get((kind, level), ("decimal", "", 1))


def _look(level: Any) -> tuple[str, str, int]:  # noqa: ANN401 - an element of lxml
    return value(level, "numFmt") or "decimal", value(level, "lvlText") or "", _number(value(level, "start"), 1)


def written(number: int, shape: str) -> str:
    """Return a number as a list writes it."""
    if shape in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in ("upperRoman", "lowerRoman"):
        rest, roman = number, ""
        for worth, sign in _ROMAN:
            roman += sign * (rest // worth)
            rest %= worth
        return roman.upper() if shape == "upperRoman" else roman
    return f"{number:02}" if shape == "decimalZero" else str(number)


def _number(text: str | None, otherwise: int) -> int:
    """Return a level or a start as a number within reason."""
    return (
        min(int(text), _LEVELS - 1 if otherwise == 0 else 30_000) if text is not None and text.isdigit() else otherwise
    )
