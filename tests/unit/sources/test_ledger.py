from vnreport_ocr.model import Box, Cell, Line, Table, Token
from vnreport_ocr.sources.ledger import with_rows

HIGH = 12.0


def cell(row: int, column: int, *lines: str, tops: tuple[float, ...] = ()) -> Cell:
    left = 50.0 + 100 * column
    places = tops or tuple(100.0 + 50 * row + 15 * n for n in range(len(lines)))
    made = tuple(
        Line(text, (Token(text, 0, Box(left, top, left + 6 * len(text), top + HIGH), None),))
        for text, top in zip(lines, places, strict=True)
    )
    return Cell(row, column, made, box=Box(left, 95 + 50 * row, left + 100, 145 + 50 * row))


def rows(*cells: Cell) -> list[list[str]]:
    return with_rows(Table(cells, 0)).rows()


def test_columns_of_figures_beside_each_other_are_rows() -> None:
    found = rows(
        *(cell(0, n, text) for n, text in enumerate(("TT", "Khoản chi", "Tiền"))),
        cell(1, 0, "1", "2", "3"),
        cell(1, 1, "Sửa cổng", "Mua ghế", "Quét vôi"),
        cell(1, 2, "1.250", "980,5", "410"),
        *(cell(2, n, text) for n, text in enumerate(("", "Cộng", "2.640,5"))),
    )
    assert found == [
        ["TT", "Khoản chi", "Tiền"],
        ["1", "Sửa cổng", "1.250"],
        ["2", "Mua ghế", "980,5"],
        ["3", "Quét vôi", "410"],
        ["", "Cộng", "2.640,5"],
    ]


def test_an_entry_of_two_lines_stays_with_its_figures() -> None:
    found = rows(
        cell(0, 0, "1", "2", "3", tops=(100, 130, 145)),
        cell(0, 1, "Sửa cổng và", "tường rào", "Mua ghế", "Quét vôi"),
        cell(0, 2, "1.250", "980", "410", tops=(100, 130, 145)),
    )
    assert [row[1] for row in found] == ["Sửa cổng và tường rào", "Mua ghế", "Quét vôi"]


def test_words_in_several_lines_are_one_cell() -> None:
    cells = (cell(0, 0, "Số hộ", "dùng nước", "của thôn"), cell(0, 1, "Số hộ", "còn lại", "của xã"), cell(0, 2, "12"))
    assert rows(*cells) == [["Số hộ dùng nước của thôn", "Số hộ còn lại của xã", "12"]]


def test_figures_at_other_heights_make_no_rows() -> None:
    cells = (cell(0, 0, "1", "2", "3"), cell(0, 1, "12", "15", "20", tops=(107, 124, 139)))
    assert rows(*cells) == [["1 2 3", "12 15 20"]]
