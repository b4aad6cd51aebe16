import pytest

from vnreport_ocr.errors import UsageError
from vnreport_ocr.sources.selection import grouped, select, selected_pages


@pytest.mark.parametrize(
    ("wish", "pages"),
    [
        (None, [1, 2, 3, 4, 5]),
        ("2", [2]),
        ("1-3,5", [1, 2, 3, 5]),
        ("4-", [4, 5]),
        ("-2", [1, 2]),
        ("5,1,1-2", [1, 2, 5]),
        (" 2 - 3 ", [2, 3]),
        ("3-99", [3, 4, 5]),
    ],
)
def test_pages_as_people_write_them(wish: str | None, pages: list[int]) -> None:
    assert selected_pages(wish, 5) == pages


@pytest.mark.parametrize("wish", ["", "a", "3-2", "0", "1,,2", "-", "6", "1-2-3"])
def test_what_names_no_page_is_refused(wish: str) -> None:
    with pytest.raises(UsageError):
        selected_pages(wish, 5)


def test_pages_are_chosen_as_they_come() -> None:
    pages = iter("abcde")
    assert list(select("2-3", pages)) == [(2, "b"), (3, "c")]
    assert list(pages) == ["d", "e"], "nothing is read behind the last page that was wished for"
    assert list(select("4-", "abcde")) == [(4, "d"), (5, "e")]


def test_pages_that_do_not_come_are_told_in_the_end() -> None:
    pages = select("1,9", "ab")
    assert next(pages) == (1, "a")
    with pytest.raises(UsageError, match="no page 9"):
        next(pages)


def test_pages_go_together_as_long_as_something_is_said() -> None:
    assert list(grouped([1, 2, 5, 7, 8], (3,))) == [(1, 2, 5), (7,), (8,)]
    assert list(grouped([1, 2], ())) == [(1,), (2,)]
    assert not list(grouped([], (4,)))
