import pytest

from vnreport_ocr.structure.outline import Outline, rank_of


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Chương II", "chapter"),
        ("PHẦN THỨ NHẤT", "part"),
        ("Mục 1", "section"),
        ("Điều 5. Hiệu lực", "article"),
        ("II. TÌNH HÌNH", "roman"),
        ("V - Kiến nghị", "roman"),
        ("1. Kinh tế", "arabic"),
        ("1- Sở Y tế:", "arabic"),
        ("2.1. Nông nghiệp", "decimal"),
        ("a) Về trồng trọt", "letter"),
        ("Phụ lục I", "annex"),
        ("BÁO CÁO", None),
        ("2015 là năm được mùa", None),
        ("Mục tiêu chung", None),
        ("Phần lớn các xã", None),
    ],
)
def test_ranks_are_told_by_their_numbers(text: str, rank: str | None) -> None:
    assert rank_of(text) == rank


def levels(*texts: str) -> list[int]:
    outline = Outline()
    return [outline.level(text) for text in texts]


def test_a_law_with_chapters_and_sections() -> None:
    texts = (
        "Chương I",
        "Điều 1. Phạm vi",
        "Mục 1",
        "Điều 2. Hồ sơ",
        "Điều 3. Thời hạn",
        "Chương II",
        "Điều 4. Hiệu lực",
    )
    assert levels(*texts) == [2, 3, 3, 4, 4, 2, 3]


def test_a_report_with_numerals_figures_and_letters() -> None:
    texts = (
        "I. TÌNH HÌNH",
        "1. Kinh tế",
        "1.1. Nông nghiệp",
        "a) Trồng trọt",
        "2. Xã hội",
        "II. NHIỆM VỤ",
        "1. Mục tiêu",
    )
    assert levels(*texts) == [2, 3, 4, 5, 3, 2, 3]


def test_a_law_without_chapters_begins_with_its_articles() -> None:
    assert levels("Điều 1. Phạm vi", "Điều 2. Hiệu lực", "Phụ lục I", "1. Biểu mẫu") == [2, 2, 2, 3]


def test_a_line_without_a_number_stands_outside_of_the_order() -> None:
    assert levels("Chương I", "QUYẾT ĐỊNH:", "Điều 1. Phạm vi") == [2, 0, 3]
