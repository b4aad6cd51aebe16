from collections.abc import Sequence
from dataclasses import replace

from tests.unit.structure.helpers import SIZE, letter, line
from vnreport_ocr.model import Line, Page, Role
from vnreport_ocr.outputs.markdown import MarkdownStream
from vnreport_ocr.outputs.text import TextStream
from vnreport_ocr.structure.blocks import BlockKind, Blocks
from vnreport_ocr.structure.roles import with_roles

FULL = "Các xã ven sông đã hoàn thành việc nạo vét kênh mương trước mùa mưa, tổng"
LAST = "chiều dài là 12,4 km, vượt kế hoạch của huyện."
LEFT = 60.0


def filled(text: str, top: float, left: float = LEFT) -> Line:
    """A line that reaches the right margin."""
    made = line(text, left, top)
    last = made.tokens[-1]
    assert last.box is not None
    return Line(text, (*made.tokens[:-1], last._replace(box=last.box._replace(right=540.0))), end=made.end)


def page(number: int, *lines: Line) -> Page:
    return Page(number, with_roles(lines, SIZE), source="layer", size=SIZE)


def read(*pages: Page) -> list[tuple[BlockKind, str]]:
    blocks = Blocks()
    found = [block for one in pages for block in blocks.page(one)]
    return [(block.kind, block.text) for block in (*found, *blocks.end())]


def test_a_paragraph_goes_on_where_its_line_is_full_and_ends_where_it_is_not() -> None:
    made = page(1, filled(FULL, 100, 88), line(LAST, LEFT, 118), filled(FULL, 136, 88), line(LAST, LEFT, 154))
    assert read(made) == [(BlockKind.PARAGRAPH, f"{FULL} {LAST}")] * 2


def test_a_dash_at_the_margin_under_a_full_line_is_no_item() -> None:
    made = page(1, filled("Căn cứ kế hoạch của Hội đồng Khoa học", 100, 88), line("- Công nghệ huyện;", LEFT, 118))
    assert [kind for kind, _ in read(made)] == [BlockKind.PARAGRAPH]


def test_items_and_their_second_lines() -> None:
    made = page(
        1,
        filled("- Phòng Kinh tế theo dõi việc gieo trồng của các xã và tổng hợp hằng", 100, 88),
        line("tuần.", LEFT, 118),
        line("- Phòng Tài chính cấp kinh phí.", 88, 136),
    )
    assert [kind for kind, _ in read(made)] == [BlockKind.ITEM, BlockKind.ITEM]


def test_a_paragraph_goes_over_the_page_round_its_furniture_and_its_notes() -> None:
    number = line("2", 295, 30)
    one, two = page(1, filled(FULL, 700, 88)), page(2, number, line(LAST, LEFT, 80))
    assert read(one, two) == [(BlockKind.PARAGRAPH, f"{FULL} {LAST}"), (BlockKind.FURNITURE, "2")]


def test_a_finished_paragraph_and_a_new_one_stay_apart_over_the_page() -> None:
    one = page(1, filled(FULL, 682, 88), line(LAST, LEFT, 700))
    two = page(2, filled(FULL, 80, 88), line(LAST, LEFT, 98))
    assert [kind for kind, _ in read(one, two)] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_dots_that_lead_to_a_page_number_are_lines_of_their_own() -> None:
    made = page(
        1,
        line("I. Mở đầu .................................. 3", 60, 100),
        line("II. Đất đai ................................ 9", 60, 118),
    )
    assert [kind for kind, _ in read(made)] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_an_unread_page_closes_what_was_open() -> None:
    found = read(page(1, filled(FULL, 700, 88)), Page(2, error="unread"), page(3, line(LAST, LEFT, 80)))
    assert [kind for kind, _ in found] == [BlockKind.PARAGRAPH, BlockKind.UNREAD, BlockKind.PARAGRAPH]


def markdown(*pages: Page) -> str:
    stream = MarkdownStream()
    return "".join([*map(stream.page, pages), stream.end()])


def test_a_letter_as_markdown() -> None:
    text = markdown(Page(1, with_roles(letter(), SIZE), source="ocr", size=SIZE))
    assert "\n# TỜ TRÌNH Về việc phân bổ vốn đầu tư công đợt hai\n" in text
    assert "\nNơi nhận:  \n- Như trên;\n" in text
    assert "\nTM. ỦY BAN NHÂN DÂN  \nCHỦ TỊCH  \nTrần Văn Bình\n" in text


def test_headings_over_several_lines_are_one_heading_of_the_right_level() -> None:
    made = page(
        1,
        line("Chương II", 260, 100, bold=True),
        line("TỔ CHỨC THỰC HIỆN", 220, 118, bold=True),
        line("Điều 5. Trách nhiệm của trưởng thôn", 88, 140, bold=True),
        filled(FULL, 160, 88),
        line(LAST, LEFT, 178),
    )
    assert markdown(made).startswith(
        "## Chương II TỔ CHỨC THỰC HIỆN\n\n### Điều 5. Trách nhiệm của trưởng thôn\n\nCác xã"
    )


def noted(number: int, mark: str) -> Page:
    lines = [
        filled(f"Sản lượng chè búp tươi đạt 5.120 tấn{mark} trong vụ, năng suất bình quân tăng", 100 + 18 * n, 88)
        for n in range(6)
    ]
    note = line(f"{mark} Số liệu của trạm khuyến nông.", LEFT, 720, size=10)
    return page(number, *lines, note)


def test_notes_are_linked_and_their_names_are_not_used_twice() -> None:
    text = markdown(noted(1, "¹"), noted(2, "¹"), noted(3, "²"))
    assert "5.120 tấn[^1] trong" in text
    assert "[^1]: Số liệu của trạm khuyến nông." in text
    assert "5.120 tấn[^1-p2] trong" in text
    assert "[^1-p2]: Số liệu" in text
    assert "[^2]: Số liệu" in text


def test_a_raised_figure_without_a_note_stays_what_it_is() -> None:
    assert "420 m²" in markdown(page(1, line("Diện tích sân phơi là 420 m² mỗi thôn.", LEFT, 100)))


def test_a_quoted_amendment_is_one_quotation() -> None:
    quoted = tuple(
        replace(line(text, LEFT, 100 + 20 * n), role=Role.QUOTE)
        for n, text in enumerate(("“1. Một là.", "2. Hai là.”"))
    )
    assert markdown(Page(1, quoted, source="layer", size=SIZE)) == "> “1. Một là.\n>\n> 2\\. Hai là.”\n"


def test_reflowed_text_keeps_every_word_in_its_order() -> None:
    stream = TextStream(reflow=True)
    pages = (noted(1, "¹"), Page(2, with_roles(letter(), SIZE), source="ocr", size=SIZE))
    text = "".join([*map(stream.page, pages), stream.end()])
    assert sorted(text.split()) == sorted(word for made in pages for word in made.text.split())


def test_a_note_that_goes_over_pages_is_one_note() -> None:
    begun, rest, last = noted(1, "¹"), noted(2, ""), noted(3, "")
    going_on = [
        replace(one, lines=(*one.lines[:-1], *(line(said, LEFT, 700 + 12 * n, size=10) for n, said in enumerate(of))))
        for one, of in (
            (rest, ("của huyện theo báo cáo quý một đã gửi các xã trong tháng trước và được rà soát,",
                    "bổ sung số liệu của những hộ mới trồng ở các thôn vùng cao theo kế hoạch chung")),
            (last, ("đã được phê duyệt từ đầu năm của tỉnh và được các xã thực hiện theo đúng tiến độ",
                    "mà huyện đã giao cho từng hợp tác xã trồng chè trên địa bàn trong ba năm gần đây.")),
        )
    ]  # fmt: skip
    pages = [begun, *(replace(one, lines=with_roles(with_gap(one.lines), SIZE)) for one in going_on)]
    text = markdown(*pages)
    assert text.count("[^1]: ") == 1
    note = text[text.index("[^1]: ") :]
    assert "khuyến nông. của huyện theo" in note
    assert note.rstrip().endswith("trong ba năm gần đây.")
    assert "\n    " not in text


def with_gap(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with room between the text and its notes."""
    return tuple(replace(one, end="\n\n" if n == 5 else one.end, role=Role.BODY) for n, one in enumerate(lines))


def entries(top: float, *placed: tuple[float, str]) -> Line:
    """A line whose entries stand far apart."""
    raw, tokens = "", []
    for left, text in placed:
        raw = f"{raw} {text}".strip()
        start = len(raw) - len(text)
        tokens += [t._replace(start=start + t.start) for t in line(text, left, top).tokens]
    return Line(raw, tuple(tokens))


def test_labels_with_their_values_and_rows_without_rulings_are_lines_of_their_own() -> None:
    made = page(
        1,
        filled(FULL, 100, 88),
        line(LAST, LEFT, 118),
        entries(136, (LEFT, "Nơi ở:"), (230, "thôn Gò, xã Bình An")),
        entries(154, (LEFT, "Số máy:"), (230, "0912")),
        entries(172, (LEFT, "Xóm Gò"), (230, "1.120"), (330, "20,0")),
        entries(190, (LEFT, "xóm Bến"), (230, "1.344"), (330, "14,0")),
    )
    assert len(read(made)) == 5


def test_a_value_goes_on_under_itself() -> None:
    made = page(
        1,
        filled(FULL, 100),
        entries(136, (LEFT, "Nơi ở:"), (230, "thôn Gò, xã Bình An, huyện")),
        line("An Phú", 230, 154),
        entries(172, (LEFT, "Số máy:"), (230, "0912")),
    )
    assert [text for _, text in read(made)][1:] == ["Nơi ở: thôn Gò, xã Bình An, huyện An Phú", "Số máy: 0912"]


def test_what_an_item_names_stands_over_the_text_that_tells_it() -> None:
    made = page(1, line("- Nguồn nước", 88, 100), filled(FULL, 118, 105), line(LAST, LEFT, 136))
    assert [kind for kind, _ in read(made)] == [BlockKind.ITEM, BlockKind.PARAGRAPH]


def test_an_ornament_is_no_item() -> None:
    assert [kind for kind, _ in read(page(1, line("- HẾT -", 270, 400)))] != [BlockKind.ITEM]


def test_a_paragraph_below_an_item_that_had_room_for_it_is_one_of_its_own() -> None:
    made = page(
        1,
        filled("6. Các hộ gửi đơn về trưởng thôn trước khi họp thôn, trưởng thôn tập hợp;", 82),
        line("7. Thời hạn đề nghị là năm năm, tính từ tháng 01/2026", LEFT, 100),
        filled("Chúng tôi xin cam đoan những điều ghi trên đây là đúng với thực tế của thôn", 118, 88),
        line("và chịu trách nhiệm trước xã.", LEFT, 136),
    )
    assert [kind for kind, _ in read(made)] == [BlockKind.PARAGRAPH] * 3
    assert read(made)[1][1].endswith("01/2026")


def test_the_power_of_a_measure_is_no_call_of_a_note() -> None:
    notes = [line(f"{mark} Theo sổ theo dõi của trạm.", LEFT, 700 + 12 * n, size=10) for n, mark in enumerate("¹²")]
    body = [filled(FULL, 100 + 18 * n) for n in range(6)]
    stream = MarkdownStream()
    text = stream.page(page(1, *body, line("Vườn ươm² rộng 240 m², giao năm 2021¹.", LEFT, 208), *notes)) + stream.end()
    assert "Vườn ươm[^2] rộng 240 m², giao năm 2021[^1]." in text
