"""Documents read by a crew: opened, counted and read page by page, in their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, TypeVar, cast

from vnreport_ocr.errors import (
    EngineKilledError,
    PageMemoryError,
    PageTimeoutError,
    SetupError,
    VnocrError,
    internal_error,
)
from vnreport_ocr.jobs.crew import ClosedError, Crew, Ticket
from vnreport_ocr.jobs.limits import Limits, copy_limits, opening_limits, page_limits, text_limits
from vnreport_ocr.jobs.messages import Failure
from vnreport_ocr.jobs.original import OrderedOriginal
from vnreport_ocr.jobs.pages import (
    Copied,
    CopyFile,
    DrawPage,
    LookAtPage,
    OpenedFile,
    OpenFile,
    PageContext,
    PagesRead,
    ReadPages,
)
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.unchanged import FileState, check_unchanged

_AHEAD: Final = 4
"""Pages a worker that are read before they are asked for."""

_LOOK_EVERY: Final = 1.0
_TRIES: Final = 2
"""How often a page is given to a worker that is killed; most often it was another's fault."""

_OPENING: Final = {"text": text_limits, "docx": page_limits}
"""A text, or a Word file, is read as a whole when its pages are counted."""

_CURES: Final[dict[type[VnocrError], str]] = {
    PageTimeoutError: "Allow more with --page-timeout, or split the file.",
    PageMemoryError: "Allow more with --page-memory, or split the file.",
}
"""What helps where a file cannot be opened within its limits: no page of it can be left out."""

_Order = TypeVar("_Order", ReadPages, LookAtPage)
_Answers = SimpleQueue[tuple[int, object]]


class DocumentReader:
    """Reads documents with the workers of a crew, which is asked for with every order: an idle one ends."""

    def __init__(self, crew: Callable[[], Crew], options: Options) -> None:
        self._crew = crew
        self._options = options
        self._context = PageContext(options)

    def open(self, path: Path, shown: str | None = None) -> OpenedFile:
        """Open a file and count its pages; raises what is wrong with it."""
        # What is no file is told without a worker.
        limits = _OPENING.get(kind_of(path), opening_limits)(self._options)
        result = self._ask(OpenFile(str(path), shown or str(path)), limits)
        if isinstance(result, Failure):
            if type(result.error) in _CURES:
                result.error.advice = _CURES[type(result.error)]
            result.error.file = result.error.file or shown or str(path)
            raise result.error
        if isinstance(result, VnocrError):
            raise result
        return cast("OpenedFile", result)

    def pages(self, path: Path, opened: OpenedFile, shown: str | None = None) -> Iterator[Page]:
        """Read the pages in their order; one that cannot be read is marked so."""
        if opened.is_slow:
            self._crew().hurry()
        orders = (ReadPages(str(path), shown or str(path), numbers) for numbers in opened.groups())
        yield from self._read(path, orders, opened.state)

    def _read(self, path: Path, orders: Iterable[ReadPages], state: FileState | None) -> Iterator[Page]:
        for order, result in self._in_order(orders, self._page_limits(path)):
            check_unchanged(path, state, order.shown)
            if isinstance(result, PagesRead) and _are_those_of(result.pages, order):
                yield from result.pages
            elif not isinstance(result, Failure) or result.unopened or isinstance(result.error, SetupError):
                raise _error(result)
            elif len(order.numbers) > 1:  # whose it is shows when each is read by itself
                yield from self._read(path, (order._replace(numbers=(one,)) for one in order.numbers), state)
            else:
                yield _unread(order.numbers[0], order.shown, result.error)

    def draw(self, path: Path, page: Page) -> bytes | None:
        """Draw a page that was read, for a person to look at; None where there is nothing to draw or it cannot be."""
        if page.size is None:
            return None
        order = DrawPage(str(path), str(path), page.number, page.posture)
        result = self._ask(order, page_limits(self._options), tries=1)
        return result if isinstance(result, bytes) else None

    def original(self, path: Path, shown: str | None = None, state: FileState | None = None) -> OrderedOriginal:
        """Return the file for what is to be made of it, in the state in which it was opened."""
        return OrderedOriginal(self, path, shown or str(path), state)

    def copy(self, path: Path, shown: str, wish: str, pages: Path, target: Path) -> tuple[str, ...]:
        """Make a copy of a file with pages that lie in another; returns what is to be said of it."""
        result = self._ask(CopyFile(str(path), shown, wish, str(pages), str(target)), copy_limits(self._options))
        if isinstance(result, Copied):
            return result.remarks
        raise _error(result)

    def looks(self, path: Path, opened: OpenedFile) -> Iterator[object]:
        """Look at the pages in their order: what ``inspection`` says of each, or the error that hindered it."""
        orders = (LookAtPage(str(path), str(path), number) for number in opened.numbers)
        for order, result in self._in_order(orders, self._page_limits(path)):
            if isinstance(result, Failure | VnocrError):
                error = _error(result)
                error.file, error.page = error.file or str(path), error.page or order.number
                yield error
            else:
                yield result

    def _ask(self, order: object, limits: Limits, tries: int = _TRIES) -> object:
        """Give one order and wait for what comes of it."""
        answers: _Answers = SimpleQueue()
        for attempt in range(tries):
            ticket = self._submit(order, limits, answers, 0)
            _, result = self._next(answers, [ticket])
            if not (_was_killed(result) and attempt + 1 < tries):
                break
        return result

    def _page_limits(self, path: Path) -> Limits:
        return text_limits(self._options) if kind_of(path) == "text" else page_limits(self._options)

    def _in_order(self, orders: Iterable[_Order], limits: Limits) -> Iterator[tuple[_Order, object]]:
        answers: _Answers = SimpleQueue()
        arrived: dict[int, object] = {}
        tickets: dict[int, Ticket] = {}
        tries: dict[int, int] = {}
        waiting = enumerate(orders)
        ahead: deque[tuple[int, _Order]] = deque()
        try:
            while True:
                for place, order in islice(waiting, self._crew().most * _AHEAD - len(ahead)):
                    tickets[place] = self._submit(order, limits, answers, place)
                    ahead.append((place, order))
                if not ahead:
                    return
                place, order = ahead.popleft()
                while place not in arrived:
                    came, result = self._next(answers, tickets.values())
                    tries[came] = tries.get(came, 0) + 1
                    if _was_killed(result) and tries[came] < _TRIES:
                        again = order if came == place else next(other for at, other in ahead if at == came)
                        tickets[came] = self._submit(again, limits, answers, came)
                    else:
                        arrived[came] = result
                        del tickets[came]
                yield order, arrived.pop(place)
        finally:
            for ticket in tickets.values():
                ticket.cancelled = True

    def _submit(self, order: object, limits: Limits, answers: _Answers, place: int) -> Ticket:
        def listen(said: object, ended: bool) -> None:
            if ended:
                answers.put((place, said))

        for _ in range(_TRIES):
            try:
                return self._crew().submit(self._context, order, limits, listen)
            except ClosedError:
                continue
        raise SetupError("The workers have ended.")

    def _next(self, answers: _Answers, tickets: Iterable[Ticket]) -> tuple[int, object]:
        """Wait for the next answer; every order has one in the end, also where its worker has none."""
        while True:
            try:
                return answers.get(timeout=_LOOK_EVERY)
            except Empty:
                if all(ticket.crew_ended() for ticket in tickets) and answers.empty():
                    raise SetupError("The workers have ended.") from None


def _was_killed(result: object) -> bool:
    return isinstance(result, Failure) and isinstance(result.error, EngineKilledError)


def _error(result: object) -> VnocrError:
    if isinstance(result, Failure):
        return result.error
    return result if isinstance(result, VnocrError) else internal_error(f"answer {result!r:.100}")


def _are_those_of(pages: Sequence[Page], order: ReadPages) -> bool:
    return tuple(page.number for page in pages) == order.numbers


def _unread(number: int, name: str, error: VnocrError) -> Page:
    from vnreport_ocr.pipeline import unread  # loads what no other page makes the parent load

    error.file, error.page = error.file or name, error.page or number
    return unread(number, error)
