"""The values that flow from source to output: evidence, decisions, and what they make together.

Evidence (what was read) is never changed; decisions (corrections) are always explained.
Text is what comes of replaying the decisions over the evidence.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on the page in points (1/72 inch), origin at the upper left."""

    left: float
    top: float
    right: float
    bottom: float


class Style(NamedTuple):
    """How a token was set, as far as it is known."""

    size: float | None = None
    bold: bool = False
    superscript: bool = False


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


class Role(StrEnum):
    """What part a line plays on its page."""

    BODY = "body"
    HEADING = "heading"
    LETTERHEAD = "letterhead"
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


@dataclass(frozen=True, slots=True)
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
        """The cell's text in one line."""
        return " ".join(line.text for line in self.lines).strip()


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; it stands before line number ``before_line`` of its page."""

    cells: tuple[Cell, ...]
    before_line: int
    box: Box | None = None

    def rows(self) -> list[list[str]]:
        """The table as rows of cell texts, a spanned place being empty."""
        height = max((cell.row + cell.row_span for cell in self.cells), default=0)
        width = max((cell.column + cell.column_span for cell in self.cells), default=0)
        grid = [[""] * width for _ in range(height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid


class Reading(NamedTuple):
    """A fact read from the letterhead, with how sure it is."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the first page says of the document; absent where it is not certain."""

    issuer: Reading | None = None
    number: Reading | None = None
    place: Reading | None = None
    date: Reading | None = None
    kind: Reading | None = None
    title: Reading | None = None
    signer: Reading | None = None


@dataclass(frozen=True, slots=True)
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

    @property
    def text(self) -> str:
        """The page's text, line ends as they were read."""
        return "".join(line.text + line.end for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document."""

    pages: tuple[Page, ...]
    name: str = ""
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(page.text for page in self.pages)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of the document, in reading order."""
        return tuple(c for page in self.pages for line in page.lines for c in line.corrections)

    @property
    def quality(self) -> float:
        """Mean quality of the pages, each weighing as much as it has text."""
        weights = [max(1, sum(len(line.raw) for line in page.lines)) for page in self.pages]
        total = sum(weights)
        return sum(p.quality * w for p, w in zip(self.pages, weights, strict=True)) / total if total else 1.0
