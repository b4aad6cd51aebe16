"""What became of printed figures and lines is counted as a person would count it."""

import pytest

from tools.bench import printed
from tools.bench.figures import Read, SignLines, Wrong, is_special, page_words, sign_lines, signs_table, tally_words
from vnreport_ocr.model import Cell, Doubt, Line, Page, Table


def read(text: str, *doubted: str) -> list[Read]:
    return [Read(word, word in doubted) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "doubted", "counts"),
    [
        ("ngày 12/4/2019, có 46 hộ", (), (2, 0, 0, 0, 0)),
        ("ngày 12/4/2019. có 46 hộ", ("46",), (2, 0, 0, 0, 1)),
        ("ngày 12/4/2019, có 45 hộ", (), (2, 0, 1, 0, 0)),
        ("ngày 12/4/2019, có 45 hộ", ("45",), (2, 1, 0, 0, 0)),
        ("ngày 12/4/2019, có hộ", (), (2, 0, 0, 1, 0)),
    ],
)
def test_figures_by_what_became_of_them(
    text: str, doubted: tuple[str, ...], counts: tuple[int, int, int, int, int]
) -> None:
    found = tally_words("ngày 12/4/2019, có 46 hộ", read(text, *doubted))
    assert (found.figures, found.flagged, found.unflagged, found.lost, found.doubted) == counts
    assert found.all_wrong == sum(counts[1:4])


def test_wrong_ones_are_told() -> None:
    assert tally_words("có 46 hộ", read("có 4ó hộ")).wrong == (Wrong("46", "4ó", False),)


def test_words_of_lines_and_tables_with_their_doubts() -> None:
    line = Line("có 46 hộ", doubts=(Doubt(3, "46", "why"),))
    page = Page(1, (line,), (Table((Cell(0, 0, (Line("12"),)),), 0),))
    assert list(page_words(page)) == [Read("12", False), Read("có", False), Read("46", True), Read("hộ", False)]


def test_lines_of_signs() -> None:
    truth = ("rộng 12 m² đất", "II. NHIỆM VỤ", "đạt ≥ 80% thôn")
    lines = (Line("rộng 12 m² đất"), Line("II. NHIEM VỤ"), Line("đạt > 80% thôn", doubts=(Doubt(4, ">", "why"),)))
    sums, silent = sign_lines(truth, Page(1, lines))
    assert (sums, silent) == (SignLines(3, 2, 1, 0), [])
    assert "66.7%" in signs_table([("made", sums)])


def test_what_is_special() -> None:
    assert all(map(is_special, ("12", "m²", "≥", "XIII", "5‰")))
    assert not any(map(is_special, ("Viên", "và", "km")))


def test_the_same_seed_makes_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "fonts", lambda: ["DejaVuSans"])
    one, other = (printed.figure_pages(printed.SCANS[2], 1)[0] for _ in range(2))
    assert one.lines == other.lines
    assert one.picture.tobytes() == other.picture.tobytes()
    assert sum(any(c.isdigit() for c in word) for word in one.text.split()) > 40
    pages = printed.sign_pages("DejaVuSans", 200, raised=True)
    assert sum(len(page.lines) for page in pages) > 80
