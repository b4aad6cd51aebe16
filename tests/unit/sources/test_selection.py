import pytest

from vnreport_ocr.errors import UsageError
from vnreport_ocr.sources.selection import selected_pages


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
