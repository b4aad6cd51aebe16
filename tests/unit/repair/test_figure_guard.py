"""A figure within a word goes only where it is a letter that was misread, and hardly anything else."""

import pytest

import vnreport_ocr
from vnreport_ocr.repair.chance import NEVER
from vnreport_ocr.repair.figure_guard import has_misread_figures, least_to_lose_figures, loses_figures

READ_IN_ENGLISH = """Uy ban nhan dan tinh dé nghi cac s6, nganh bao cao két qua thuc hién nhiém vu trong n4m nay.
Cac dia phuong da hoan thanh viéc sap xép don vi hanh chinh cap x4 theo ding ké hoach cla tinh.
Thuong truc Héi déng nhan dan huyén t6 chirc giam sat viéc quan ly dat dai va trat tu xay dung.
Nhiéu h6 dan da nhan du tién bdi thuong va ban giao mat bang cho chu dau tu.
"""
KEPT = [
    "Anh Galaxy S6 dau tién co mat o thi truong",
    "Mau xe Haval H6 dang duoc ban nhiéu nhat",
    "Xe Hyundai Grand i10 vua chinh thirc dugc gidi thiéu",
    "May quay Insta360 X6 co hai ong kinh",
    "Cong thuc tinh o C6: lay tong cua hai cot",
    "So ké toan theo mau so S3b-DNSN kém theo thong tu",
    "Ban thanh toan vao ngay T+3 theo quy dinh",
    "Tham so N=0: do tim tuyét doi",
    "Bang xép hang cua doi U.23 nam nay",
    "Cac yéu to X1→n va diéu kién n≥6 duoc tinh nhu sau",
    "Theo khoan 1a Diéu nay va phu luc B6",
    "Theo cac khoan 1, 2, 3, 4, 5 va6 Diéu nay",
    "b6) Viéc khai thac duoc thuc hién dén khi hoan thanh",
    "Noi dung nay da duoc quy dinh tai cong van71 cua tinh",
]


@pytest.mark.parametrize("line", KEPT)
def test_labels_and_formulas_keep_their_figures(line: str) -> None:
    page = vnreport_ocr.clean_text(READ_IN_ENGLISH * 6 + line + "\n" + READ_IN_ENGLISH * 6).pages[0]
    repaired = next(one.text for one in page.lines if one.raw == line)

    wanted = [word for word in line.split() if any(c.isdigit() for c in word)]
    digits = [[c for c in word if c.isdigit()] for word in wanted]
    found = [[c for c in word if c.isdigit()] for word in repaired.split() if any(c.isdigit() for c in word)]
    assert [one for one in found if one in digits] == digits


def test_letters_that_were_read_as_figures_are_mended() -> None:
    text = vnreport_ocr.clean_text(READ_IN_ENGLISH * 6).text

    for phrase in ("các sở, ngành", "cấp xã", "tổ chức", "Nhiều hộ dân", "năm nay"):
        assert text.count(phrase) == 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("S3b", "Ia"),
        ("hoi71", "hội"),
        ("Ref1", "Oải"),
        ("T+3", "Uy"),
        ("N=0", "Ia"),
        ("n≥6", "U"),
        ("U.23", "ở"),
        ("i10", "I"),
        ("va1", "và"),
        ("1an10", "lan"),
    ],
)
def test_what_no_letter_looks_like_is_never_lost(before: str, after: str) -> None:
    assert least_to_lose_figures(before, after, misread=True) == NEVER


def test_a_figure_within_a_word_may_be_a_speck() -> None:
    assert least_to_lose_figures("l1anh", "lành", misread=True) < NEVER


def test_a_label_must_be_surer_than_a_small_word() -> None:
    small = least_to_lose_figures("x4", "xã", misread=True)
    assert small < least_to_lose_figures("S6", "Số", misread=True) == least_to_lose_figures("x4", "xã", misread=False)


def test_only_sure_letters_show_that_figures_are_misread() -> None:
    sure, unsure = ("x4", "xã", 0.99), ("c6", "cổ", 0.7)
    assert has_misread_figures([sure] * 3 + [unsure])
    assert not has_misread_figures([sure, sure] + [unsure] * 9)


def test_digits_that_stay_are_no_loss() -> None:
    assert not loses_figures("nam2", "năm2")
    assert loses_figures("nam2", "năm3")
