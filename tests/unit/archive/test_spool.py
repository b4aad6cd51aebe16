"""Pages set aside: whole or not there, one by one or a few together."""

from pathlib import Path

import pytest

from vnreport_ocr.archive.spool import Timed, drop_page, get_pages, put_pages, spooled_numbers
from vnreport_ocr.model import Line, Page


def page(number: int, *, error: str | None = None) -> Timed:
    lines = () if error else (Line(f"Điều {number}", end="\n"),)
    return Timed(Page(number, lines, error=error), number / 8)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "spool"


def test_what_was_put_in_comes_out_in_the_order_asked_for(spool: Path) -> None:
    pages = [page(number) for number in (1, 2, 3, 5, 8, 13)]
    put_pages(spool, pages[:1])
    put_pages(spool, pages[4:])
    put_pages(spool, pages[1:4])
    numbers = [one.page.number for one in pages]
    assert spooled_numbers(spool) == set(numbers)
    assert list(get_pages(spool, numbers)) == pages
    assert list(get_pages(spool, (2, 5, 13))) == [pages[1], pages[3], pages[5]]
    assert len(list(spool.iterdir())) == 3


def test_a_page_that_was_not_read_can_be_taken_out_again(spool: Path) -> None:
    put_pages(spool, [page(1), page(2, error="It took too long."), page(3)])
    drop_page(spool, 2)
    assert spooled_numbers(spool) == {1, 3}
    put_pages(spool, [page(2)])
    assert list(get_pages(spool, (1, 2, 3))) == [page(1), page(2), page(3)]


@pytest.mark.parametrize("numbers", [(4,), (4, 5, 6)])
def test_what_a_power_cut_has_shortened_is_not_there(numbers: tuple[int, ...], spool: Path) -> None:
    put_pages(spool, [page(number) for number in numbers])
    (path,) = spool.iterdir()
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        assert not spooled_numbers(spool)
    path.write_bytes(data + b"\n")
    assert not spooled_numbers(spool)
    path.write_bytes(data)
    assert spooled_numbers(spool) == set(numbers)


def test_pages_read_again_one_by_one_stand_beside_those_together(spool: Path) -> None:
    put_pages(spool, [page(number) for number in range(1, 5)])
    put_pages(spool, [page(2)])
    assert list(get_pages(spool, (1, 2, 3, 4))) == [page(number) for number in range(1, 5)]


def test_a_page_that_is_not_there_is_told(spool: Path) -> None:
    put_pages(spool, [page(1), page(2)])
    with pytest.raises(FileNotFoundError):
        list(get_pages(spool, (1, 2, 3)))
