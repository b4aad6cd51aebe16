"""What goes to a worker and what comes back: small values, never a text."""

from typing import Annotated, NamedTuple

from msgspec import Meta

from vnreport_ocr.jobs.messages import Failure, Trouble, is_fault, may_pass, trouble

FolderName = Annotated[str, Meta(pattern=r"\A[\w-]*\Z")]
"""A name that a worker gives a folder of its own: never a way out of the folder it lies in."""

OutputName = Annotated[str, Meta(pattern=r"\A(?!/)(?!(?s:.*/)?\.\.(?:/|\Z))")]
"""An output as a worker names it, below the output folder."""


class FileJob(NamedTuple):
    """Read a whole file, or as much of it as fits into ``split_after`` seconds, and write its outputs."""

    ticket: int
    name: str
    limit: float
    recipe: str


class PageJob(NamedTuple):
    """Read a page of a long file, or a few short ones, and lay them into the spool."""

    ticket: int
    name: str
    limit: float
    spool: str
    numbers: tuple[int, ...]


class JoinJob(NamedTuple):
    """Put a long file together out of its spooled pages and write its outputs."""

    ticket: int
    name: str
    limit: float
    spool: str
    numbers: tuple[int, ...]
    sha256: str
    without: str | None = None
    """Why no page is to be drawn and no copy of the original made: what went over its limits when it was tried."""


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


class Beat(NamedTuple):
    """A sign of life of a file job: these pages are begun, or all are read; the first tells what the file has."""

    begun: tuple[int, ...]
    numbers: tuple[int, ...]
    spool: FolderName
    sha256: str
    together: tuple[int, ...] = ()


class FileDone(NamedTuple):
    """A file whose outputs are in their place."""

    sha256: str
    pages: tuple[PageMark, ...]
    outputs: tuple[tuple[OutputName, int], ...]
    letterhead: tuple[tuple[str, str], ...]
    decisions: str = ""
    """A name for the decisions of a person that are in it."""


class FileSplit(NamedTuple):
    """A file too long for one worker: the pages in ``spooled`` are read, the others are open."""

    sha256: str
    spool: FolderName
    numbers: tuple[int, ...]
    spooled: tuple[int, ...]
    tried: tuple[tuple[int, Trouble], ...]
    """Pages that failed in a way that may pass, and how."""

    together: tuple[int, ...] = ()
    """How many pages go with one job, one job after the other; where nothing is said, one does."""


class PagesDone(NamedTuple):
    """Pages of a long file are in the spool; what is wrong with those that were not read."""

    troubles: tuple[tuple[int, Trouble], ...]


Result = FileDone | FileSplit | PagesDone | Trouble


def result_of(job: Job, said: object, beat: Beat | None) -> Result:
    """Return what came of a job: what its worker said, or what its worker's end means.

    Where one page of a file stopped the worker, each page is a job of its own from there on.
    """
    if isinstance(said, Failure):
        said = trouble(said.error, ends_run=True if said.unopened else None)
    if isinstance(said, Trouble) and isinstance(job, FileJob) and beat is not None and _is_of_a_page(said, beat):
        # Whose fault it is among several shows when each is read by itself.
        tried = ((beat.begun[0], said),) if len(beat.begun) == 1 else ()
        return FileSplit(beat.sha256, beat.spool, beat.numbers, (), tried, beat.together)
    if not isinstance(said, FileDone | FileSplit | PagesDone | Trouble):
        raise TypeError(f"a worker answered {said!r:.100}")
    return said


def _is_of_a_page(said: Trouble, beat: Beat) -> bool:
    """Whether other pages may be read: one went over its limits, or met a fault of the program."""
    return may_pass(said.error_class) or (is_fault(said.error_class) and bool(beat.begun) and len(beat.numbers) > 1)
