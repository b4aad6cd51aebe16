"""Paragraphs of a Word file to lines, each knowing which elements of the file its letters stand in."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, NamedTuple

from vnreport_ocr.model import Line, Role, Style, Token
from vnreport_ocr.sources.fontcharsets import Decode, settled_fonts
from vnreport_ocr.vietnamese.letters import nfc


class FontRun(NamedTuple):
    """A stretch of text of one font."""

    text: str
    font: str
    bold: bool = False
    plain: bool = False
    """Whether it was put in by Word and is in no charset of its font."""
    element: Any = None
    """The element of lxml that holds the text; None where it stands in no text of the file."""


class Paragraph(NamedTuple):
    """The lines of a paragraph, what part it plays, and whether a page begins with it."""

    lines: tuple[tuple[FontRun, ...], ...]
    role: Role
    new_page: bool


class StyledPiece(NamedTuple):
    """Where the letters of an element stand in what was read of its line."""

    run: FontRun
    start: int
    end: int


class SetLine(NamedTuple):
    """A line with the elements that it was read from."""

    line: Line
    pieces: tuple[StyledPiece, ...]

    def with_lead(self, lead: str, role: Role) -> "SetLine":
        """Put something before a line that is not in its elements, as the mark before a note."""
        raw = self.line.raw.lstrip()
        shift = len(lead) - (len(self.line.raw) - len(raw))
        pieces = tuple(
            StyledPiece(run, max(len(lead), start + shift), max(len(lead), end + shift))
            for run, start, end in self.pieces
        )
        return SetLine(Line(lead + raw, end="\n", role=role), pieces)


def set_lines(paragraph: Paragraph, by_font: dict[str, Decode]) -> Iterator[SetLine]:
    """Yield the lines of a paragraph that say something, old fonts decoded."""
    for runs in paragraph.lines:
        raw = ""
        tokens: list[Token] = []
        pieces: list[StyledPiece] = []
        for (font, bold, plain), group in groupby(runs, key=lambda run: (run.font, run.bold, run.plain)):
            together = list(group)
            start = place = len(raw)
            text, cuts = _converted([run.text for run in together], _converter(font, by_font, plain=plain))
            raw += text
            for word in text.split():
                place = raw.index(word, place)
                tokens.append(Token(word, place, style=Style(bold=bold)))
                place += len(word)
            edges = [start, *(start + cut for cut in cuts)]
            pieces += map(StyledPiece, together, edges, edges[1:])
        if raw.strip():
            yield SetLine(Line(raw, tuple(tokens), role=paragraph.role, end="\n\n"), tuple(pieces))


Convert = Callable[[str], str]


def _converter(font: str, by_font: dict[str, Decode], *, plain: bool) -> Convert:
    """Return what turns text of a font into composed Unicode."""
    if plain or font not in by_font:
        return nfc

    def convert(text: str) -> str:
        decode = settled_fonts({font: text.split()}, by_font)[font]
        return nfc("".join(decode(part) if part.strip() else part for part in _words(text)))

    return convert


def _converted(texts: Sequence[str], convert: Convert) -> tuple[str, list[int]]:
    """Return the text of neighbours in one font, and where each of them ends in it.

    A letter may be cut by the end of one, as a vowel from its mark: it belongs to the one in which it begins.
    """
    whole = "".join(texts)
    said = convert(whole)
    ends, most = [], 0
    for end in accumulate(map(len, texts)):
        most = max(most, len(said) if end == len(whole) else min(len(said), len(convert(whole[:end]))))
        ends.append(most)
    return said, ends


def _words(text: str) -> list[str]:
    """Words and the spaces between them."""
    return ["".join(part) for _, part in groupby(text, key=str.isspace)]
