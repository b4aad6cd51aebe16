"""Pages that are partly text and partly picture: their own text corrects what was read."""

from vnreport_ocr.model import AS_IT_IS, Box, Line, Page, Posture, Table, Token
from vnreport_ocr.reading.overlay import TOLD_EXACTLY, with_own_text

SIZE = (595.0, 842.0)


def line(text: str, left: float, top: float, sure: float | None = None) -> Line:
    tokens, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        tokens.append(Token(word, start, Box(left + 6 * start, top, left + 6 * (start + len(word)), top + 12), sure))
        start += len(word)
    return Line(text, tuple(tokens))


def page(*lines: Line, posture: Posture = AS_IT_IS, tables: tuple[Table, ...] = ()) -> Page:
    return Page(1, lines, tables, source="ocr", size=SIZE, posture=posture)


READ = (
    line("CÔNG BÁO/Số 31/Ngày 2-5-2019", 100, 20, 0.9),
    line("Bãi bỏ khoản 4 của quy chế này.", 80, 100, 0.9),
    line("KT. THỦ TƯ ÔNG", 380, 400, 0.5),
)


def test_a_line_that_the_layer_holds_is_told_as_the_layer_says_it() -> None:
    told = with_own_text(page(*READ), page(line("KT. THỦ TƯỚNG", 380, 401)))
    assert [found.raw for found in told.lines] == [READ[0].raw, READ[1].raw, "KT. THỦ TƯỚNG"]
    assert [(words.text, words.reason) for words in told.left_out] == [("TƯ", TOLD_EXACTLY), ("ÔNG", TOLD_EXACTLY)]
    assert told.notes == ("the page's own text told 1 lines differently, and 0 that had not been read",)


def test_what_was_not_read_is_put_in_at_its_height() -> None:
    told = with_own_text(page(*READ), page(line("PHÓ THỦ TƯỚNG", 380, 420), line("Người ký: Trần A", 80, 60)))
    assert [found.raw for found in told.lines] == [
        READ[0].raw, "Người ký: Trần A", READ[1].raw, READ[2].raw, "PHÓ THỦ TƯỚNG",
    ]  # fmt: skip


def test_tables_move_with_what_is_put_in_above_them() -> None:
    below = Table((), before_line=2)
    told = with_own_text(page(*READ, tables=(below,)), page(line("Người ký: Trần A", 80, 60)))
    assert told.tables[0].before_line == 3


def test_pieces_of_one_line_are_taken_together() -> None:
    pieces = (line("CÔNG BÁO/Số", 100, 20, 0.9), line("81/Ngày 2-5-2019", 172, 20, 0.4))
    told = with_own_text(page(*pieces, READ[1]), page(READ[0]))
    assert [found.raw for found in told.lines] == [READ[0].raw, READ[1].raw]
    assert [words.text for words in told.left_out] == ["81/Ngày"]
    apart = with_own_text(page(READ[0]), page(*pieces))
    assert [found.raw for found in apart.lines] == ["CÔNG BÁO/Số 81/Ngày 2-5-2019"]
    assert [token.start for token in apart.lines[0].tokens] == [0, 5, 12, 20]


def test_what_says_something_else_in_the_same_place_changes_nothing() -> None:
    given = page(*READ)
    assert with_own_text(given, page(line("www.example.vn/abc", 380, 400))) == given


def test_a_page_that_was_turned_or_has_another_size_is_left_as_read() -> None:
    layer = page(line("KT. THỦ TƯỚNG", 380, 401))
    turned = page(*READ, posture=Posture(90, 0.0))
    assert with_own_text(turned, layer) == turned
    small = Page(1, READ, source="ocr", size=(300.0, 400.0))
    assert with_own_text(small, layer) == small
