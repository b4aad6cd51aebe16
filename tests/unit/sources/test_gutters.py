from collections.abc import Sequence

import pytest

from vnreport_ocr.model import Box
from vnreport_ocr.sources.gutters import order_in_zones, with_gutters
from vnreport_ocr.sources.order import reading_order

HEIGHT = 10.0
LINE = ("nhân", "dân", "các", "thôn", "góp", "công", "sửa", "đường")

Word = tuple[str, Box]


def line(words: Sequence[str], left: float, top: float, wide: float) -> list[Word]:
    """Words that fill a width."""
    step = wide / len(words)
    return [(w, Box(left + n * step, top, left + (n + 1) * step - 3, top + HEIGHT)) for n, w in enumerate(words)]


def columns(count: int, gap: float, rows: int = 10) -> list[list[Word]]:
    """Rows across all columns, each as one fragment as a reader of glyphs may give them."""
    wide = (500 - gap * (count - 1)) / count
    return [
        [
            word
            for c in range(count)
            for word in line([f"{c}{r}{w}" for w in LINE], 50 + c * (wide + gap), 100 + 13 * r, wide - 1)
        ]
        for r in range(rows)
    ]


def read(fragments: list[list[Word]]) -> list[str]:
    parts, zones = with_gutters(fragments, lambda word: word[1], lambda word: word[0])
    boxes = [Box(p[0][1].left, p[0][1].top, p[-1][1].right, p[0][1].bottom) for p in parts]
    texts = [" ".join(word for word, _ in part) for part in parts]
    return [" ".join(texts[i] for i in ordered.members) for ordered in order_in_zones(boxes, texts, zones)]


@pytest.mark.parametrize(("count", "gap"), [(2, 24), (2, 11), (3, 20), (3, 11)])
def test_columns_are_read_one_after_the_other_however_narrow_the_gutter(count: int, gap: float) -> None:
    said = read(columns(count, gap))
    assert said == [" ".join(f"{c}{r}{w}" for w in LINE) for c in range(count) for r in range(10)]


def test_columns_of_short_indented_paragraphs_under_headings_are_columns() -> None:
    """Hardly three lines in a row begin at the gutter, and every third is far from full."""
    heights = [100 + 16 * row for row in range(9)]
    shape = "haffaeafe"  # a heading, first lines of paragraphs, full lines, and their ends
    wide, indent = {"h": 80, "a": 205, "f": 225, "e": 60}, {"h": 0, "a": 20, "f": 0, "e": 0}

    def column(name: str, left: float) -> list[list[Word]]:
        return [
            line(
                [f"{name}{row}{word}" for word in LINE[: 2 if kind in "he" else 8]],
                left + indent[kind],
                top,
                wide[kind],
            )
            for row, (kind, top) in enumerate(zip(shape, heights, strict=True))
        ]

    left, right = column("L", 60), column("R", 310)
    said = read([[*one, *other] for one, other in zip(left, right, strict=True)])
    assert [text[0] for text in said] == ["L"] * 9 + ["R"] * 9


def test_what_stands_over_and_under_the_columns_is_read_before_and_after() -> None:
    title = line(["TIN", "TỪ", "CÁC", "XÃ", "TRONG", "HUYỆN"], 150, 60, 300)
    foot = line(["Hết", "bản", "tin", "của", "tháng", "này", "và", "quý"], 50, 300, 500)
    said = read([title, *columns(2, 20), foot])
    assert (said[0], said[-1]) == ("TIN TỪ CÁC XÃ TRONG HUYỆN", "Hết bản tin của tháng này và quý")
    assert said[1].startswith("00")
    assert said[11].startswith("10")


def test_a_table_without_rulings_keeps_its_rows() -> None:
    rows = [[*line(["Xã", f"{n}"], 50, 100 + 13 * n, 60), *line([f"{n},5"], 300, 100 + 13 * n, 30)] for n in range(12)]
    assert with_gutters(rows, lambda word: word[1], lambda word: word[0])[1] == []


def test_one_column_with_wide_spaces_stays_one() -> None:
    rows = [line(LINE, 50, 100 + 13 * n, 500) for n in range(12)]
    assert with_gutters(rows, lambda word: word[1], lambda word: word[0])[1] == []


def rows_of(*pairs: tuple[str, str]) -> list[str]:
    boxes, texts = [], []
    for number, (left, right) in enumerate(pairs):
        top = 100.0 + 18 * number
        boxes += [Box(80, top, 80 + 6 * len(left), top + 12), Box(300, top, 300 + 6 * len(right), top + 12)]
        texts += [left, right]
    return [" ".join(texts[i] for i in ordered.members) for ordered in reading_order(boxes, texts)]


def test_a_label_stands_beside_its_value() -> None:
    form = (("Tên ngành:", "Quản trị kinh doanh"), ("Trình độ:", "Đại học chính quy"), ("Họ và tên", ": Vũ Thị Lan"))
    assert rows_of(*form) == [" ".join(pair) for pair in form]


@pytest.mark.parametrize("right", ["KT. GIÁM ĐỐC", "Hà Nam, ngày 3 tháng 4 năm 2019"])
def test_halves_of_a_letter_are_no_form(right: str) -> None:
    said = rows_of(("Nơi nhận:" if "KT" in right else "Số:", right), ("- Như trên;", "PHÓ GIÁM ĐỐC"))
    assert said[0] in ("Nơi nhận:", "Số:")


def test_a_column_goes_on_below_the_end_of_its_neighbour() -> None:
    fragments = columns(2, 20)
    wide = 240.0
    more = [line([f"0{r}{w}" for w in LINE], 50, 100 + 13 * r, wide - 1) for r in range(10, 14)]
    foot = line(["Hết", "bản", "tin", "của", "tháng", "này", "và", "quý"], 50, 100 + 13 * 15, 500)
    said = read([*fragments, *more, foot])
    assert [text[:2] for text in said[:14]] == ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", *["01"] * 4]
    assert said[14].startswith("10")
    assert said[-1].startswith("Hết")


def test_a_short_heading_over_a_full_line_stands_under_the_columns() -> None:
    head = line(["Tin", "khác"], 50, 100 + 13 * 11, 60)
    foot = line(["Hết", "bản", "tin", "của", "tháng", "này", "và", "quý"], 50, 100 + 13 * 12, 500)
    assert read([*columns(2, 20), head, foot])[-2:] == ["Tin khác", "Hết bản tin của tháng này và quý"]
