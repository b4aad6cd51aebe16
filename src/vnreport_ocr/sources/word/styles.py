"""Which font and weight a run has, and what rank a paragraph has, through the styles of a Word file."""

from typing import Any, Final

from vnreport_ocr.sources.word.package import W, value

_MOST_STEPS: Final = 12
"""Styles that are based on one another; a file in which they go round is followed no further."""
_OFF: Final = ("0", "false", "off", "none")


class Styles:
    """Asks a run, then its styles, then those they are based on, then what holds for the document."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - an element of lxml
        self._styles = {s.get(f"{W}styleId"): s for s in root.iter(f"{W}style")} if root is not None else {}
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self._font = _font_of(defaults) or "Times New Roman"
        self._default = next(
            (s.get(f"{W}styleId") for s in self._styles.values()
             if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in ("1", "true")), None)  # fmt: skip

    def font(self, run: Any, paragraph_style: str | None) -> str:  # noqa: ANN401 - an element of lxml
        """Return the font of a run."""
        look = run.find(f"{W}rPr")
        found = _font_of(look)
        for name in (value(look, "rStyle"), paragraph_style or self._default):
            found = found or next((f for s in self._chain(name) if (f := _font_of(s.find(f"{W}rPr")))), None)
        return found or self._font

    def bold(self, run: Any, paragraph_style: str | None) -> bool:  # noqa: ANN401 - an element of lxml
        """Return whether a run is bold."""
        look = run.find(f"{W}rPr")
        looks = [look, *(s.find(f"{W}rPr") for n in (value(look, "rStyle"), paragraph_style) for s in self._chain(n))]
        for one in looks:
            sign = one.find(f"{W}b") if one is not None else None
            if sign is not None:
                return sign.get(f"{W}val", "1") not in _OFF
        return False

    def heading(self, paragraph_style: str | None, look: Any) -> bool:  # noqa: ANN401 - an element of lxml
        """Return whether a paragraph is a heading: it or its style has a level in the outline."""
        levels = [
            value(look, "outlineLvl"),
            *(value(s.find(f"{W}pPr"), "outlineLvl") for s in self._chain(paragraph_style)),
        ]
        level = next((level for level in levels if level is not None), None)
        return level is not None and level.isdigit() and int(level) < 9

    def title(self, paragraph_style: str | None) -> bool:
        """Return whether a paragraph has the style of a title."""
        return any((value(s, "name") or "").lower() in ("title", "subtitle") for s in self._chain(paragraph_style))

    def numbering(self, paragraph_style: str | None) -> Any:  # noqa: ANN401 - an element of lxml
        """Return the numbering that a paragraph has by its style."""
        for style in self._chain(paragraph_style):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None

    def _chain(self, name: str | None) -> list[Any]:
        found: list[Any] = []
        while name in self._styles and len(found) < _MOST_STEPS:
            found.append(self._styles[name])
            name = value(self._styles[name], "basedOn")
        return found


def _font_of(look: Any) -> str | None:  # noqa: ANN401 - an element of lxml
    fonts = look.find(f"{W}rFonts") if look is not None else None
    if fonts is None:
        return None
    found: str | None = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or fonts.get(f"{W}cs")
    return found
