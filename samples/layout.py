"""Where every line of the samples stands: A4 pages in points, set in a free font with Vietnamese letters."""

import itertools
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import wording
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 85.0, 553.0, 60.0, 785.0
SIZE, LEADING, INDENT = 13.5, 18.6, 28.0
CAPITALS_SIZE = 11.5
FONTS = Path(os.environ.get("VNOCR_FONTS", "/usr/share/fonts/truetype"))
"""Where Debian keeps the fonts; ``VNOCR_FONTS`` names another folder with the same folders in it."""
FACES = {
    "regular": "freefont/FreeSerif",
    "bold": "freefont/FreeSerifBold",
    "italic": "freefont/FreeSerifItalic",
    "capitals": "dejavu/DejaVuSerifCondensed-Bold",
}
"""Headings in capitals have a face of their own, as old offices set them in a font of capitals.
Debian packages: fonts-freefont-ttf, fonts-dejavu-extra."""


class Set(NamedTuple):
    """A line of type: its page, the left end of its foot measured from the top of the page, its paragraph."""

    page: int
    x: float
    y: float
    text: str
    face: str
    size: float = SIZE
    paragraph: int = 0


def register() -> None:
    """Make the faces known to reportlab."""
    for face, file in FACES.items():
        path = FONTS / f"{file}.ttf"
        if not path.exists():
            raise SystemExit(
                f"{path} is missing. Install it: sudo apt-get install fonts-freefont-ttf fonts-dejavu-extra"
            )
        if face not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(face, str(path)))


def width(text: str, face: str, size: float) -> float:
    """How wide a text is set."""
    return float(pdfmetrics.stringWidth(text, face, size))


def wrap(text: str, face: str, first: float, rest: float) -> list[str]:
    """Break a paragraph into lines, the first one narrower by its indent."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer, face, SIZE) > (rest if lines else first):
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _centred(texts: tuple[str, ...], faces: tuple[str, ...], middle: float, y: float) -> list[Set]:
    found = []
    for text, face in zip(texts, itertools.chain(faces, itertools.repeat(faces[-1])), strict=False):
        size = CAPITALS_SIZE if face == "capitals" else SIZE
        found.append(Set(0, middle - width(text, face, size) / 2, y, text, face, size))
        y += LEADING
    return found


def report() -> list[Set]:
    """List the lines of the report, in reading order."""
    register()
    lines = _centred(wording.LETTERHEAD.left, ("capitals", "regular"), 165, TOP + 20)
    lines += _centred(wording.LETTERHEAD.right, ("capitals", "italic"), 425, TOP + 20)
    lines += _centred(wording.TITLE, ("capitals", "bold"), (LEFT + RIGHT) / 2, TOP + 105)
    lines = [line._replace(paragraph=number) for number, line in enumerate(lines)]
    page, y = 0, TOP + 105 + 3.4 * LEADING
    for number, text in enumerate(wording.BODY, len(lines)):
        face = "capitals" if text in wording.HEADINGS else "bold" if text in wording.SUBHEADINGS else "regular"
        size = CAPITALS_SIZE if face == "capitals" else SIZE
        for row, part in enumerate(wrap(text, face, RIGHT - LEFT - INDENT, RIGHT - LEFT)):
            if y > BOTTOM:
                page, y = page + 1, TOP
            lines.append(Set(page, LEFT + (0 if row else INDENT), y, part, face, size, number))
            y += LEADING
        y += 3
    return lines + _closing(page, y + LEADING, lines[-1].paragraph + 1)


def prose(texts: Iterable[str]) -> list[Set]:
    """Set plain texts, a paragraph for each line, one text behind the other, each from a new page."""
    register()
    lines: list[Set] = []
    page, number = -1, 0
    for text in texts:
        page, y = page + 1, TOP
        for paragraph in text.splitlines():
            for row, part in enumerate(wrap(paragraph, "regular", RIGHT - LEFT - INDENT, RIGHT - LEFT)):
                if y > BOTTOM:
                    page, y = page + 1, TOP
                lines.append(Set(page, LEFT + (0 if row else INDENT), y, part, "regular", SIZE, number))
                y += LEADING
            y, number = y + 3, number + 1
    return lines


def _closing(page: int, y: float, first: int) -> list[Set]:
    lines = []
    for row, text in enumerate(wording.CLOSING.recipients):
        face, size = ("regular", 11.0) if row else ("bold", SIZE)
        lines.append(Set(page, LEFT, y + row * 14.5, text, face, size, first + row))
    faces = ("capitals", "capitals", "bold")
    for row, (text, face) in enumerate(zip(wording.CLOSING.signature, faces, strict=True)):
        size = CAPITALS_SIZE if face == "capitals" else SIZE
        foot = y + (100.0 if row == 2 else row * LEADING)
        lines.append(Set(page, 420 - width(text, face, size) / 2, foot, text, face, size, first + len(lines)))
    return lines


class Cell(NamedTuple):
    """A cell of the table: its corners and its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    face: str


def table() -> tuple[list[Set], list[Cell]]:
    """Build the annex: its title, and the cells of its table."""
    register()
    title = _centred(wording.TABLE_TITLE, ("capitals", "bold"), WIDTH / 2, TOP + 30)
    edges = [60, 92, 268, 346, 416, 486, 546]
    cells = []
    top = TOP + 75.0
    for number, row in enumerate(wording.TABLE):
        height = 34.0 if number == 0 else 27.0
        cells += [
            Cell(edges[column], top, edges[column + 1], top + height, text, "regular" if number else "bold")
            for column, text in enumerate(row)
        ]
        top += height
    return title, cells
