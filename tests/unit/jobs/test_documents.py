"""Documents read page by page: short pages with one order, and what happens when one of them cannot be read."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from vnreport_ocr.errors import EngineKilledError, VnocrError
from vnreport_ocr.jobs.crew import Crew, Listener
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.jobs.messages import Failure, fault
from vnreport_ocr.jobs.pages import OpenedFile, OpenFile, PageContext, PagesRead, ReadPages
from vnreport_ocr.model import Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

TEXT = "Kính gửi:\fỦy ban nhân dân xã\f\fbao cao\f"


class Answering:
    """A crew whose orders are answered at once."""

    most = 1

    def __init__(self, answer: Callable[[ReadPages], object]) -> None:
        self._answer = answer
        self.ordered: list[tuple[int, ...]] = []

    def submit(self, _context: object, order: ReadPages, _limits: object, listen: Listener) -> object:
        self.ordered.append(getattr(order, "numbers", ()))
        listen(self._answer(order), True)
        return self

    def crew_ended(self) -> bool:
        return False


def read(path: Path, crew: Answering, opened: OpenedFile) -> list[Page]:
    return list(DocumentReader(lambda: cast("Crew", crew), Options()).pages(path, opened))


def pages(order: ReadPages) -> PagesRead:
    return PagesRead(tuple(Page(number, (Line(str(number)),)) for number in order.numbers))


@pytest.mark.parametrize(
    ("numbers", "together", "groups"),
    [
        ((1, 2, 3), (), [(1,), (2,), (3,)]),
        ((1, 2, 5, 7), (2, 2), [(1, 2), (5, 7)]),
        ((1, 2, 3), (2,), [(1, 2), (3,)]),
        ((1, 2, 3), (0, -1, 9, 4), [(1,), (2,), (3,)]),  # from a worker that was taken over
        ((), (3,), []),
    ],
)
def test_pages_go_in_groups(
    numbers: tuple[int, ...], together: tuple[int, ...], groups: list[tuple[int, ...]], tmp_path: Path
) -> None:
    opened = OpenedFile(numbers, {}, False, together=together)
    assert list(opened.groups()) == groups
    (tmp_path / "a.txt").touch()
    crew = Answering(pages)
    assert [page.number for page in read(tmp_path / "a.txt", crew, opened)] == list(numbers)
    assert crew.ordered == groups


def test_a_page_that_kills_its_worker_takes_no_other_page_along(tmp_path: Path) -> None:
    def answer(order: ReadPages) -> object:
        return Failure(EngineKilledError("Its worker was killed.")) if 3 in order.numbers else pages(order)

    (tmp_path / "a.txt").touch()
    crew = Answering(answer)
    found = read(tmp_path / "a.txt", crew, OpenedFile((1, 2, 3, 4, 5, 6), {}, False, together=(2, 3, 1)))
    assert [page.text.strip() for page in found] == ["1", "2", "[page 3 was not read]", "4", "5", "6"]
    assert [page.error_class for page in found] == [None, None, "EngineKilledError", None, None, None]
    assert crew.ordered.count((3,)) == 2  # a page has two tries, alone as well


def test_an_answer_of_other_pages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    crew = Answering(lambda order: pages(order._replace(numbers=(7, 8))))
    with pytest.raises(VnocrError, match="answer"):
        read(tmp_path / "a.txt", crew, OpenedFile((1, 2), {}, False, together=(2,)))


class TestInTheWorker:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        return tmp_path / "a.txt"

    def test_short_pages_are_read_as_each_by_itself(self, path: Path) -> None:
        handler = PageContext(Options()).open()
        opened = handler.perform(OpenFile(str(path), "a.txt"), lambda _: None)
        assert isinstance(opened, OpenedFile)
        assert (opened.numbers, opened.together) == ((1, 2, 3, 4), (4,))
        read = handler.perform(ReadPages(str(path), "a.txt", opened.numbers), lambda _: None)
        alone = [handler.perform(ReadPages(str(path), "a.txt", (number,)), lambda _: None) for number in (1, 2, 3, 4)]
        assert isinstance(read, PagesRead)
        assert alone == [PagesRead((page,)) for page in read.pages]

    def test_a_fault_of_ours_costs_its_page(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails_on_the_second(self: Pipeline, number: int, text: str) -> Page:
            if number == 2:
                raise IndexError("no such place")
            return Page(number, (Line(text),))

        monkeypatch.setattr(Pipeline, "_text_page", fails_on_the_second)
        handler = PageContext(Options()).open()
        crew = Answering(lambda order: handler.perform(order, lambda _: None))
        found = read(path, crew, OpenedFile((1, 2, 3, 4), {}, False, together=(3,)))
        assert [page.error_class for page in found] == [None, "VnocrError", None, None]
        assert str(found[1].error).startswith(f"{path}, page 2: An internal error (IndexError: no such place")
        assert crew.ordered == [(1, 2, 3), (4,), (1,), (2,), (3,)]

    def test_a_fault_where_a_file_is_opened_names_the_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Pipeline, "page_numbers", lambda *_: [][0])
        handler = PageContext(Options()).open()
        crew = Answering(lambda order: handler.perform(order, lambda _: None))
        with pytest.raises(VnocrError, match=r"a\.txt: An internal error \(IndexError"):
            DocumentReader(lambda: cast("Crew", crew), Options()).open(path)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("/usr/lib/some.so: failed to map segment from shared object"),
        ImportError("libsome.so.1: cannot allocate memory in static TLS block"),
    ],
)
def test_want_of_memory_is_no_internal_error(error: Exception) -> None:
    assert isinstance(fault(error), EngineKilledError)
    assert "memory" in fault(error).problem


def test_other_faults_stay_internal_errors() -> None:
    with pytest.raises(ImportError) as caught:
        raise ImportError("No module named 'some'")
    assert "internal error" in fault(caught.value).problem
