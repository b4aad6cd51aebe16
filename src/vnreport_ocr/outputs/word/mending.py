"""Repaired text put back into the elements of a Word file that it was read from, run by run."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from vnreport_ocr.model import Line
from vnreport_ocr.outputs.word.runs import writable
from vnreport_ocr.sources.word.lines import StyledPiece
from vnreport_ocr.sources.word.package import W
from vnreport_ocr.spans import changed_stretches
from vnreport_ocr.vietnamese.charsets import font_hint

_PARTS = re.compile(r"\s+|\S+")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_FAMILIES: Final = (
    ("arial", "Arial"),
    ("helve", "Arial"),
    ("avant", "Arial"),
    ("swiss", "Arial"),
    ("cour", "Courier New"),
)
_USUAL: Final = "Times New Roman"


class WordChange(NamedTuple):
    """A stretch of what was read, and what stands there now."""

    start: int
    end: int
    text: str


class Set(NamedTuple):
    """An element with the stretch of the final text that it holds now."""

    element: Any
    start: int
    end: int


def mended(line: Line, pieces: Sequence[StyledPiece]) -> list[Set]:
    """Write the final text of a line into its elements; where each stretch of it stands now.

    What was changed over several runs goes word by word into them where the words are as many as before, else into the
    first: no letter of the final text is lost, and none is written twice.
    """
    texts = [line.raw[piece.start : piece.end] for piece in pieces]
    for change in reversed(list(changes_of(line))):
        touched = [number for number in _touched(pieces, change) if pieces[number].run.element is not None]
        for number in reversed(touched):
            start = pieces[number].start
            low, high = max(0, change.start - start), max(0, min(len(texts[number]), change.end - start))
            put = change.text if number == touched[0] else ""
            texts[number] = texts[number][:low] + put + texts[number][max(low, high) :]
    found, place = [], 0
    for piece, text in zip(pieces, texts, strict=True):
        if piece.run.element is not None:
            _write(piece.run.element, text)
            found.append(Set(piece.run.element, place, place + len(text)))
        place += len(text)
    return found


def changes_of(line: Line) -> Iterator[WordChange]:
    """Yield what corrections changed in a line, word by word where the words are as many as before."""
    text = line.text
    for stretch in changed_stretches(line):
        start, end, raw_start, raw_end = stretch.span
        before, after = _PARTS.findall(line.raw[raw_start:raw_end]), _PARTS.findall(text[start:end])
        if len(before) != len(after):
            yield WordChange(raw_start, raw_end, text[start:end])
            continue
        for old, new in zip(before, after, strict=True):
            if old != new:
                yield WordChange(raw_start, raw_start + len(old), new)
            raw_start += len(old)


def _touched(pieces: Sequence[StyledPiece], change: WordChange) -> list[int]:
    """Return number the pieces that a change lies in; what takes nothing away follows what is before it."""
    if change.start < change.end:
        return [n for n, piece in enumerate(pieces) if piece.start < change.end and change.start < piece.end]
    beside = [n for n, piece in enumerate(pieces) if piece.start <= change.start <= piece.end]
    return [n for n in beside if pieces[n].run.element is not None][:1]


def _write(element: Any, text: str) -> None:  # noqa: ANN401 - an element of lxml
    text = writable(text)
    if text == (element.text or ""):
        return
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")


def modern_font(element: Any, font: str) -> None:  # noqa: ANN401 - an element of lxml
    """Give the run of an element a font of Unicode in the place of one that has other letters in its codes."""
    if font_hint(font).charset is None:
        return
    look = look_of(element.getparent())
    fonts = look.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        style = look.find(f"{W}rStyle")
        look.insert(0 if style is None else 1, fonts)
    fonts.attrib.clear()
    low = font.lower()
    family = next((modern for sign, modern in _FAMILIES if sign in low), _USUAL)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(f"{W}{name}", family)


def look_of(run: Any) -> Any:  # noqa: ANN401 - elements of lxml
    """Return the properties of a run, made where it has none."""
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.Element(f"{W}rPr")
        run.insert(0, look)
    return look
