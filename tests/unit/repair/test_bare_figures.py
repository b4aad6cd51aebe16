"""Figures that stand alone: words where no figure can stand, figures everywhere else."""

import pytest

from tests.unit.repair.helpers import language, mended
from vnreport_ocr.repair.bare_figures import BareFigures
from vnreport_ocr.repair.items import Parsed


def weighed(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    lines = Parsed(text.split("\n"))
    result = BareFigures(language()).weigh(lines, set(range(len(lines))))
    made = [(correction.before, correction.after) for mine in result.corrections for correction in mine]
    return made, [doubt.text for mine in result.doubts for doubt in mine]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Huyện đã kiểm soát 6 nhiễm ở các bến xe.", [("6", "ô")]),
        ("Cán bộ trẻ, nhất 13 người dân tộc thiểu số, được cử đi học.", [("13", "là")]),
        ("Chủ tịch xã đã trả 101 chất vấn của đại biểu.", [("101", "lời")]),
        ("Các tầng 16p nhân dân học tập tư tưởng của Bác.", [("16p", "lớp")]),
        ("Ngành Lao động - Thương binh và X4 hội của tỉnh", [("X4", "Xã")]),
        (
            "Nghị quyết Đại hội lần thứ X1V, khoá XV1I và Khu vực I11",
            [("I11", "III"), ("XV1I", "XVII"), ("X1V", "XIV")],
        ),
        ("Số hộ khá giả chiếm tỷ 18 42,5% số hộ của thôn.", [("18", "lệ")]),
    ],
)
def test_a_figure_where_none_can_stand_is_a_word(text: str, made: list[tuple[str, str]]) -> None:
    assert weighed(text)[0] == made


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị họp ngày 14 tháng 6 năm 2023 tại hội trường 6 của huyện.",
        "Có 13 xã, 16 tổ dân phố và 18 hợp tác xã dự họp.",
        "Kết luận 16 tổ chức đảng có vi phạm.",
        "Trẻ dưới 6 tuổi và người từ 18 tuổi trở lên.",
        "Đợt 10, tổ 4, khu phố 6, phường 14, quận 10",
        "Quốc lộ 13, đường tỉnh 16, cầu số 6, cột mốc 101",
        "Khu vực X1, loại V1, mẫu B1V và quý 11",
        "Phòng 4m, dãy 1a, thửa X4, mẫu H5",
        "16 | 13 | 14,5 | 18 | 6",
        "Chỉ tiêu 10 12 14 16 18",
        "6 nhiễm",
    ],
)
def test_a_figure_stays_where_figures_are_at_home(text: str) -> None:
    assert weighed(text)[0] == []


def test_words_read_as_figures_come_out_of_a_text_in_another_language_and_its_figures_stay() -> None:
    read = (
        "Uy ban nhan dan huyén da chi dao cac xa kiém soat 6 nhiém moi trudng 6 cac bén xe,\n"
        "thu gom rac thai sinh hoat 6 13 xa, thi tran va x& ly nudc thai ciia 16 co s6 san xuat;\n"
        "can bo tré, nhat 13 ngudi dan toc thiéu so, dugc cir di hoc tap va boi dudng."
    )
    assert mended(read) == (
        "Uỷ ban nhân dân huyện đã chỉ đạo các xã kiểm soát ô nhiễm môi trường ở các bến xe,\n"
        "thu gom rác thải sinh hoạt 6 13 xã, thị trấn và xử lý nước thải của 16 cơ sở sản xuất;\n"
        "cán bộ trẻ, nhất là người dân tộc thiểu số, được cử đi học tập và bồi dưỡng."
    )


def test_what_may_be_either_is_pointed_at() -> None:
    assert weighed("Tỷ trọng trong năm 2020 13 45,18% là của khu vực một.") == ([], ["13"])


def test_only_lines_that_were_misread_are_looked_at() -> None:
    lines = Parsed(["Huyện đã kiểm soát 6 nhiễm ở các bến xe."])
    result = BareFigures(language()).weigh(lines, set())
    assert (result.corrections, result.doubts) == ([()], [()])
