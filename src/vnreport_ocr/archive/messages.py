"""What goes to a worker and what comes back: small values, never a text."""

from typing import NamedTuple

from vnreport_ocr import errors
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.options import Options


class Context(NamedTuple):
    """What every job of a run has in common."""

    folder: str
    out: str
    options: Options
    formats: tuple[str, ...]
    backend: str
    split_after: float
    worker_bytes: int


class FileJob(NamedTuple):
    """Read a whole file, or as much of it as fits into ``split_after`` seconds, and write its outputs."""

    ticket: int
    name: str
    limit: float
    recipe: str


class PageJob(NamedTuple):
    """Read one page of a long file and lay it into the spool."""

    ticket: int
    name: str
    limit: float
    spool: str
    number: int


class JoinJob(NamedTuple):
    """Put a long file together out of its spooled pages and write its outputs."""

    ticket: int
    name: str
    limit: float
    spool: str
    numbers: tuple[int, ...]
    sha256: str


Job = FileJob | PageJob | JoinJob


class PageMark(NamedTuple):
    """What the ledger keeps of a page."""

    number: int
    source: str
    damage: str
    quality: float
    words: int
    corrections: int
    doubts: int
    seconds: float
    error: str | None = None
    error_class: str | None = None
    attention: str | None = None
    """Why a person must look at the page, besides its error and its quality; None where nothing speaks for it."""


class Trouble(NamedTuple):
    """Why something failed, as it is kept and told."""

    error_class: str
    problem: str
    cure: str
    ends_run: bool = False

    @property
    def may_pass(self) -> bool:
        """Whether another try may go better: want of memory or time, never the file itself."""
        return may_pass(self.error_class)


class Beat(NamedTuple):
    """A sign of life of a file job: page ``page`` is begun, the file has these pages."""

    page: int
    numbers: tuple[int, ...] = ()
    spool: str = ""
    sha256: str = ""


class FileDone(NamedTuple):
    """A file whose outputs are in their place."""

    sha256: str
    pages: tuple[PageMark, ...]
    outputs: tuple[tuple[str, int], ...]
    letterhead: tuple[tuple[str, str], ...]


class FileSplit(NamedTuple):
    """A file too long for one worker: the pages in ``spooled`` are read, the others are open."""

    sha256: str
    spool: str
    numbers: tuple[int, ...]
    spooled: tuple[int, ...]
    tried: tuple[tuple[int, Trouble], ...]
    """Pages that failed in a way that may pass, and how."""


class PageDone(NamedTuple):
    """A page of a long file is in the spool."""

    number: int
    trouble: Trouble | None


class Retiring(NamedTuple):
    """The worker has grown too large and makes room for a new one; what it has not begun is given back."""


Result = Beat | FileDone | FileSplit | PageDone | Trouble


def may_pass(error_class: str | None) -> bool:
    """Whether an error of this class is worth another try."""
    kind = getattr(errors, error_class or "", None)
    return isinstance(kind, type) and issubclass(kind, (errors.EngineTimeoutError, errors.EngineKilledError))


def ends_run(error_class: str | None) -> bool:
    """Whether an error of this class means that this machine lacks what every other page needs too."""
    kind = getattr(errors, error_class or "", None)
    return isinstance(kind, type) and issubclass(kind, errors.SetupError)


def trouble(error: VnocrError, *, ends_run: bool | None = None) -> Trouble:
    """The trouble that an error stands for; a machine that lacks something ends the run."""
    ends = isinstance(error, errors.SetupError) if ends_run is None else ends_run
    where = f"page {error.page}: " if error.page is not None else ""
    return Trouble(type(error).__name__, where + error.problem, error.advice, ends)


def named_trouble(error_class: str | None, problem: str) -> Trouble:
    """The trouble of a page that came back with the name of an error class, or with none."""
    kind = getattr(errors, error_class or "", None)
    if not (isinstance(kind, type) and issubclass(kind, VnocrError)):
        kind = errors.EngineError
    return Trouble(kind.__name__, problem, kind.cure)


def as_error(found: Trouble, file: str | None = None) -> VnocrError:
    """The error that a trouble stands for, to be raised where the run is ended by it."""
    kind = getattr(errors, found.error_class, VnocrError)
    if not (isinstance(kind, type) and issubclass(kind, VnocrError)):
        kind = VnocrError
    return kind(found.problem, file=file, cure=found.cure)
