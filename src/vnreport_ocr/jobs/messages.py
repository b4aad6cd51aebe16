"""What goes to a worker and what comes back, whatever the work is."""

import errno
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from vnreport_ocr import errors
from vnreport_ocr.errors import VnocrError, internal_error

Tell = Callable[[object], None]
"""Gives news of an order in hand; with it a new stretch begins, which may use as much as the limits allow."""


class OrderHandler(Protocol):
    """Whatever does orders inside a worker."""

    def perform(self, order: object, tell: Tell) -> object:
        """Do an order and return what came of it; errors on purpose are returned, not raised."""
        ...


class Vocabulary(NamedTuple):
    """The kinds of values that may be said; whatever else arrives is refused."""

    orders: tuple[type[Any], ...]
    answers: tuple[type[Any], ...]
    """News and results; errors, failures and nothing are always among them."""


class Context(Protocol):
    """What many orders have in common; it travels to a worker once and is equal to others that say the same."""

    def vocabulary(self) -> Vocabulary:
        """Return what its orders and their answers are."""
        ...

    def prepare(self) -> None:
        """Load what every handler of this kind needs, before workers are forked."""
        ...

    def open(self) -> OrderHandler:
        """Open the handler, in the worker."""
        ...


class Order(NamedTuple):
    """Something to be done, with the context where it is another than that of the order before."""

    context: Context | None
    order: object
    keep: int
    """Bytes that the worker may hold afterwards; one that holds more retires."""


class Opened(NamedTuple):
    """The handler for the next order is open. ``used`` here and below: the worker's processor seconds so far."""

    used: float


class News(NamedTuple):
    """News of the order in hand; what it uses is counted from here on."""

    used: float
    news: object


class Done(NamedTuple):
    """The order in hand is done."""

    used: float
    result: object


class Retiring(NamedTuple):
    """The worker has grown large and makes room for a new one; what it has not begun is given back."""

    used: float


class Failure(NamedTuple):
    """What comes of an order that no handler could answer: its worker went over a limit, died or hung, or the
    handler could not be opened.
    """

    error: VnocrError
    unopened: bool = False


class Trouble(NamedTuple):
    """Why something failed, as it is kept and told."""

    error_class: str
    problem: str
    cure: str
    ends_run: bool = False

    @property
    def may_pass(self) -> bool:
        """Whether another try may go better now: a worker was killed or hung."""
        return _is_kind(self.error_class, errors.EngineTimeoutError, errors.EngineKilledError)


def may_pass(error_class: str | None) -> bool:
    """Whether the next run may do better: want of memory or time, never the file itself."""
    of_limits = (errors.PageTimeoutError, errors.PageMemoryError)
    return _is_kind(error_class, errors.EngineTimeoutError, errors.EngineKilledError, *of_limits)


def is_fault(error_class: str | None) -> bool:
    """Whether an error of this class is one of the program itself."""
    return error_class == VnocrError.__name__


def ends_run(error_class: str | None) -> bool:
    """Whether an error of this class means that this machine lacks what every other page needs too."""
    return _is_kind(error_class, errors.SetupError)


def _is_kind(error_class: str | None, *kinds: type[VnocrError]) -> bool:
    kind = getattr(errors, error_class or "", None)
    return isinstance(kind, type) and issubclass(kind, kinds)


def trouble(error: VnocrError, *, ends_run: bool | None = None) -> Trouble:
    """Return the trouble that an error stands for; a machine that lacks something ends the run."""
    ends = isinstance(error, errors.SetupError) if ends_run is None else ends_run
    where = f"page {error.page}: " if error.page is not None else ""
    return Trouble(type(error).__name__, where + error.problem, error.advice, ends)


def named_trouble(error_class: str | None, problem: str) -> Trouble:
    """Return the trouble of a page that came back with the name of an error class, or with none."""
    kind = getattr(errors, error_class or "", None)
    if not (isinstance(kind, type) and issubclass(kind, VnocrError)):
        kind = errors.EngineError
    return Trouble(kind.__name__, problem, kind.cure)


def as_error(found: Trouble, file: str | None = None) -> VnocrError:
    """Return the error that a trouble stands for, to be raised where the run is ended by it."""
    kind = getattr(errors, found.error_class, VnocrError)
    if not (isinstance(kind, type) and issubclass(kind, VnocrError)):
        kind = VnocrError
    return kind(found.problem, file=file, cure=found.cure)


def _is_want_of_memory(error: BaseException) -> bool:
    """Whether the system refused memory, also to a library that was to be loaded."""
    if isinstance(error, ImportError):
        return "failed to map segment" in str(error) or "allocate memory" in str(error)
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM)


def fault(error: Exception) -> VnocrError:
    """Turn an internal error into an error that travels, with the place where it happened."""
    if _is_want_of_memory(error):
        return errors.EngineKilledError("There was not enough memory for it.")
    if errors.lacks_open_files(error):
        return errors.OpenFilesError("Too many files are open.")
    *_, last = traceback.extract_tb(error.__traceback__)
    made = internal_error(error, f"; {Path(last.filename).name}, line {last.lineno}")
    made.add_note("".join(traceback.format_exception(error)))  # for --debug
    return made
