import random

import pytest

from vnreport_ocr.sources.text import pages as textpages
from vnreport_ocr.sources.text.pages import cut_pages, page_lines


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a\n"]),
        ("\f", ["\f"]),
        ("a\fb\f\fc\n", ["a\f", "b\f", "\f", "c\n"]),
        ("1\n2\r3\r\n4\r\n5\n", ["1\n2\r3\r\n", "4\r\n5\n"]),
        ("1\n2\n\r", ["1\n2\n\r"]),
        ("mot hai ba bon nam sau bay tam chin", ["mot hai ", "ba bon ", "nam sau bay tam chin"]),
        ("x" * 35, ["x" * 10, "x" * 10, "x" * 15]),
        ("x\u2028" * 3 + "\n" + "y" * 9 + "\nz", ["x\u2028" * 3 + "\n" + "y" * 9 + "\n", "z"]),
    ],
)
def test_pages_are_the_same_however_the_text_comes(
    text: str, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textpages, "LONGEST", 3)
    monkeypatch.setattr(textpages, "_FULL", 10)
    dice = random.Random(1)
    assert list(cut_pages([text])) == pages
    assert list(cut_pages(text)) == pages
    for _ in range(20):
        cut = dice.randint(0, len(text))
        assert list(cut_pages([text[:cut], "", text[cut:]])) == pages


def test_a_page_that_grows_too_long_ends_between_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textpages, "LONGEST", 20)
    before = "".join(f"dòng {number}\n" for number in range(15))
    table = "Chỉ tiêu\n\nNăm 2031\n\n12\n13\n14\n"
    for gap in ("\n\n", "\n \n", "\r\n\r\n"):
        assert list(cut_pages([before, gap, table])) == [before + gap, table]
    run_on = "".join(f"dòng\r\n{number}\r\n" for number in range(15))
    assert [len(page.splitlines()) for page in cut_pages(run_on)] == [20, 10]  # nothing parts it
    early = "a\n\n\nb\n" + "x\n" * 30
    assert [page.count("\n") for page in cut_pages(early)] == [20, 14]  # a page stays long


def test_every_letter_of_a_long_text_is_on_one_page() -> None:
    dice = random.Random(2)
    text = "".join(dice.choice(["chữ ", "\n", "\n\n", "\r\n", "\f", "x" * 90]) for _ in range(30_000))
    pages = list(cut_pages([text]))
    assert "".join(pages) == text
    assert all(len(page_lines(page)) <= textpages.LONGEST for page in pages)


def test_a_page_comes_before_the_rest_is_asked_for() -> None:
    pages = cut_pages(f"trang {number}\f" for number in range(10**9))
    assert [next(pages), next(pages)] == ["trang 0\f", "trang 1\f"]


def test_lines_keep_their_ends() -> None:
    lines = page_lines("một\r\nhai\rba\n\nbốn")
    assert [(line.raw, line.end) for line in lines] == [
        ("một", "\r\n"), ("hai", "\r"), ("ba", "\n"), ("", "\n"), ("bốn", "")
    ]  # fmt: skip


def test_empty_lines_are_one_value() -> None:
    lines = page_lines("\n" * 1000 + "\r\n")
    assert len(lines) == 1001
    assert len(set(map(id, lines))) == 2
