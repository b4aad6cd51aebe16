"""The values that flow from source to output: evidence, decisions, and what they make together.

Evidence (what was read) is never changed; decisions (corrections) are always explained.
Text is what comes of replaying the decisions over the evidence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from vnreport_ocr.columns import in_columns
from vnreport_ocr.plurals import many

_SHOWN: Final = 40
"""Characters of a text that a short description shows."""


class Box(NamedTuple):
    """A rectangle on the page in points (1/72 inch), origin at the upper left."""

    left: float
    top: float
    right: float
    bottom: float


class Posture(NamedTuple):
    """How a page picture was laid to be read: turned clockwise, then turned about its middle until lines run level.

    The boxes of such a page are those of the picture as it lies then; ``skew`` is by how many degrees lines fell.
    """

    turn: int = 0
    skew: float = 0.0


AS_IT_IS: Final = Posture()


class Style(NamedTuple):
    """How a token was set, as far as it is known."""

    size: float | None = None
    bold: bool = False
    superscript: bool = False
    italic: bool = False


class Token(NamedTuple):
    """A stretch of a line as the source gave it: evidence, never changed."""

    text: str
    start: int
    box: Box | None = None
    confidence: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    style: Style | None = None


class Correction(NamedTuple):
    """A decision: at ``start`` the text said ``before`` and now says ``after``."""

    start: int
    before: str
    after: str
    step: str
    confidence: float
    reason: str = ""


class Doubt(NamedTuple):
    """A place that was left as it is and that a person should look at (offsets in the final text)."""

    start: int
    text: str
    reason: str


class LeftOut(NamedTuple):
    """Words of the evidence that stand in no line and in no table, and why; nothing else may be missing."""

    text: str
    reason: str
    box: Box | None = None
    confidence: float | None = None
    as_noise: bool = False
    """Whether it was taken for no writing: then it may be some after all, where it looks like words or figures."""


class Role(StrEnum):
    """What part a line plays on its page."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    QUOTE = "quote"
    LETTERHEAD = "letterhead"
    STAMP = "stamp"
    FURNITURE = "furniture"
    FOOTNOTE = "footnote"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    TABLE = "table"


class Damage(StrEnum):
    """What is wrong with a stretch of text."""

    CLEAN = "clean"
    LIGHT = "lightly damaged"
    STRIPPED = "stripped of its marks"
    WRONG_LANGUAGE = "read in another language"
    LETTER_SPACED = "letter-spaced"
    LEGACY = "legacy charset"
    FOREIGN = "not Vietnamese"
    EMPTY = "empty"


class ReplayError(ValueError):
    """A correction that does not fit the text it is replayed over."""


def replay(raw: str, corrections: tuple[Correction, ...]) -> str:
    """Apply corrections in their order; each ``start`` counts in the text as it then stands."""
    text = raw
    for correction in corrections:
        end = correction.start + len(correction.before)
        if text[correction.start : end] != correction.before:
            found = text[correction.start : end]
            raise ReplayError(f"expected {correction.before!r} at {correction.start}, found {found!r}")
        text = text[: correction.start] + correction.after + text[end:]
    return text


def place_after(start: int, corrections: tuple[Correction, ...]) -> int:
    """Return where in the corrected text stands what stood at ``start`` of the text as it was read.

    A place within what a correction replaced is that where the replacement begins.
    """
    place = start
    for correction in corrections:
        end = correction.start + len(correction.before)
        if place >= end and (place > correction.start or not correction.before):
            place += len(correction.after) - len(correction.before)
        elif place > correction.start:
            place = correction.start
    return place


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A line as it was read (``raw``) and the decisions made about it."""

    raw: str
    tokens: tuple[Token, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    role: Role = Role.BODY
    end: str = "\n"

    @property
    def text(self) -> str:
        """The line with every correction applied."""
        return replay(self.raw, self.corrections) if self.corrections else self.raw

    def __repr__(self) -> str:
        """Say what it reads and what was decided, not every word with its box."""
        return f"<Line {_short(self.text)}{_counted(self.corrections, self.doubts)}>"


_DIVIDED: Final = re.compile(r"[\dA-ZĐ]-$")
"""How a line ends that divides a number or a symbol at its hyphen; nothing else is ever hyphenated."""


def between(text: str, more: str) -> str:
    """Return what stands between a line and the next one once they are joined."""
    return "" if not text or (_DIVIDED.search(text) and more[:1].isupper()) else " "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``lines`` were read from it alone."""

    row: int
    column: int
    lines: tuple[Line, ...]
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None

    @property
    def text(self) -> str:
        """The cell's text in one line; a number that was divided at its hyphen closes up."""
        whole = ""
        for line in self.lines:
            whole += between(whole, line.text) + line.text
        return whole.strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; it stands before line number ``before_line`` of its page.

    One that ``continues`` goes on where the page before ended; ``repeated`` of its first rows are that table's head.
    """

    cells: tuple[Cell, ...]
    before_line: int
    box: Box | None = None
    continues: bool = False
    repeated: int = 0

    def rows(self) -> list[list[str]]:
        """Return the table as rows of cell texts, a spanned place being empty; cells in one place stand together."""
        height = max((cell.row + cell.row_span for cell in self.cells), default=0)
        width = max((cell.column + cell.column_span for cell in self.cells), default=0)
        grid = [[""] * width for _ in range(height)]
        for cell in self.cells:
            before = grid[cell.row][cell.column]
            grid[cell.row][cell.column] = f"{before} {cell.text}".strip() if before else cell.text
        return grid

    @property
    def text(self) -> str:
        """The table in aligned columns, a line a row."""
        return in_columns(self.rows())


class Reading(NamedTuple):
    """A fact read from the letterhead: where it stands, how sure it is, and why a person should look at it."""

    text: str
    confidence: float
    box: Box | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a page says of its document, in the words of the rules for official papers; absent where it says nothing.

    The head stands on the first page, what begins with ``recipients`` on the last one of the text.
    """

    superior: Reading | None = None
    issuer: Reading | None = None
    number: Reading | None = None
    symbol: Reading | None = None
    place: Reading | None = None
    date: Reading | None = None
    kind: Reading | None = None
    title: Reading | None = None
    urgency: Reading | None = None
    secrecy: Reading | None = None
    arrival: Reading | None = None
    addressees: tuple[Reading, ...] = ()
    recipients: tuple[Reading, ...] = ()
    authority: Reading | None = None
    post: Reading | None = None
    rank: Reading | None = None
    signer: Reading | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page: its lines, where they came from, and how far they can be trusted."""

    number: int
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    source: str = "text"
    damage: Damage = Damage.CLEAN
    quality: float = 1.0
    size: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None
    letterhead: Letterhead | None = None
    error_class: str | None = None  # the name of the class in errors.py: says whether another try may help
    incomplete: str | None = None
    """Why a part of what the page shows, or of what follows it, could not be seen; what could be seen was read."""
    left_out: tuple[LeftOut, ...] = ()
    """What was read and stands neither in a line nor in a table."""
    posture: Posture = AS_IT_IS
    """How the page was laid for its boxes to be where they are."""
    attached: tuple[str, ...] = ()
    """Names of files that are attached to the page, on the first page also those of the document; none was read."""
    unfitting: tuple[str, ...] = ()
    """Decisions of a person whose place was not found on this page."""

    def pieces(self) -> Iterator[tuple[Line, ...] | Table]:
        """Stretches of lines and the tables between them, in reading order."""
        start = 0
        for table in sorted(self.tables, key=lambda table: table.before_line):
            stop = min(table.before_line, len(self.lines))
            if stop > start:
                yield self.lines[start:stop]
            yield table
            start = max(start, stop)
        if start < len(self.lines):
            yield self.lines[start:]

    @property
    def text(self) -> str:
        """The page as it is printed: line ends as they were read, tables in columns; an unread page says so."""
        if self.error is not None:
            return f"[page {self.number} was not read]\n"
        parts: list[str] = []
        for piece in self.pieces():
            parts.extend([set_apart(parts, piece.text)] if isinstance(piece, Table) else printed(piece))
        return ended("".join(parts), self.source)

    def all_lines(self) -> Iterator[Line]:
        """Every line of the page and of the cells of its tables, in reading order."""
        for piece in self.pieces():
            if isinstance(piece, Table):
                for cell in piece.cells:
                    yield from cell.lines
            else:
                yield from piece

    @property
    def words(self) -> int:
        """How many words the page has, those of its tables included."""
        return sum(len(line.text.split()) for line in self.all_lines())

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of the page, in reading order."""
        return tuple(correction for line in self.all_lines() for correction in line.corrections)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every doubt of the page, in reading order; the offsets count in the line or cell that each stands in."""
        return tuple(doubt for line in self.all_lines() for doubt in line.doubts)

    def __repr__(self) -> str:
        """Say what the page is in one short line."""
        if self.error is not None:
            return f"<Page {self.number}: not read: {self.error}>"
        tables = f", {many(len(self.tables), 'table')}" if self.tables else ""
        words = f"{many(self.words, 'word')}{tables}{_counted(self.corrections, self.doubts)}"
        return f"<Page {self.number}: {self.source}, {words}, quality {self.quality:.2f}>"


def printed(lines: tuple[Line, ...]) -> Iterator[str]:
    """Lines of print with their ends."""
    return (line.text + line.end for line in lines)


def set_apart(before: list[str], text: str) -> str:
    """Return a table's text with an empty line around it, given what stands before."""
    lead = "" if not before or before[-1].endswith("\n\n") else "\n"
    return f"{lead}{text}\n"


def ended(text: str, source: str) -> str:
    """Return a page's text with one end of line behind it; a text file's own ends stay."""
    return text if source == "text" or not text else text.rstrip("\n") + "\n"


def lead(page: Page, text: str, begun: bool) -> str:
    """Return what parts a page's text from that of the pages before it: an empty line, nothing within a text file."""
    return "\n" if begun and text and page.source != "text" else ""


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "\N{HORIZONTAL ELLIPSIS}")


def _counted(corrections: tuple[Correction, ...], doubts: tuple[Doubt, ...]) -> str:
    counts = ((len(corrections), "correction"), (len(doubts), "doubt"))
    return "".join(f", {many(number, what)}" for number, what in counts if number)
