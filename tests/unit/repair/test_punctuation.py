"""Signs that an engine took for others, mended only where it has read badly."""

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.punctuation import mend_signs


def mended(
    text: str, rate: float, damage: Damage = Damage.LIGHT, *, misread: float = 0.01, by_engine: bool = False
) -> list[tuple[int, str, str]]:
    lines = Parsed(text.split("\n"))
    passage = Passage(0, len(lines), damage, rate, misread=misread, by_engine=by_engine)
    found = mend_signs(lines, [passage], language())
    return [(correction.start, correction.before, correction.after) for line in found for correction in line]


@pytest.mark.parametrize(
    ("text", "place"), [("phương tiện. lương thực", 11), ("quốc phòng. an ninh", 10), ("tuần tra. canh gác", 8)]
)
def test_a_stop_before_a_small_letter_is_a_comma(text: str, place: int) -> None:
    assert mended(text, 0.02) == [(place, ".", ",")]
    assert not mended(text, 0.001)
    assert not mended(text, 0.02, Damage.WRONG_LANGUAGE)


def test_signs_of_a_writer_stay_however_strange_his_words_are() -> None:
    text = "Theo Báo Hoài Giang. ngày 19 tháng 3 và phong, cách lãnh đạo của cán bộ ở đó"
    assert not mended(text, 0.3, misread=0.0)
    assert mended(text, 0.3, misread=0.0, by_engine=True)


@pytest.mark.parametrize(
    "text", ["báo cáo. Huyện uỷ", "năm 2019. thu", "TP. hồ", "v.v. và", "báo cáo.", "báo cáo! huyện"]
)
def test_other_stops_stay(text: str) -> None:
    assert not mended(text, 0.02)


def test_a_stop_at_the_end_of_a_line_needs_worse_text() -> None:
    assert not mended("báo cáo.\nhuyện uỷ", 0.02)
    assert mended("báo cáo.\nhuyện uỷ", 0.05) == [(7, ".", ",")]


def test_the_clause_after_b_is_c() -> None:
    assert mended("a) thu\nb) chi\n©) nợ", 0.02) == [(0, "©", "c")]
    assert not mended("©) nợ", 0.02)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Huyện uỷ ban hành kế hoạch bồi, thường và hỗ trợ tái định cư cho nhân dân", 30),
        ("nâng cao đạo đức và phong, cách lãnh đạo của cán bộ", 25),
        ("thực hiện theo: quy định tại khoản hai điều này", 14),
    ],
)
def test_a_speck_between_words_that_belong_together_goes(text: str, place: int) -> None:
    assert mended(text, 0.05) == [(place, text[place], "")]
    assert not mended(text, 0.001)


@pytest.mark.parametrize(
    "text",
    [
        "Phát triển kinh tế, văn hoá, xã hội và giữ vững quốc phòng, an ninh của huyện",
        "Các cán bộ, đảng viên, công chức và nhân dân trong tỉnh đã cùng nhau thực hiện",
        "Đoàn kiểm tra gồm đại diện Sở Lao động, Thương binh và Xã hội, Trưởng đoàn thanh tra và các thành viên",
        "Kêu gọi đầu tư, tăng kết nối giữa các vùng,... Qua đó, tăng tính liên kết giữa các ngành kinh tế",
        "Uỷ ban nhân dân tỉnh, Hội đồng nhân dân tỉnh và các sở ban ngành đã họp",
    ],
)
def test_a_pause_that_a_writer_set_stays(text: str) -> None:
    assert not mended(text, 0.05)


def test_a_comma_where_a_sentence_ends_is_a_stop() -> None:
    text = "Công tác giảm nghèo được cả hệ thống chính trị quan tâm thực hiện, Theo đó, tỷ lệ hộ nghèo đã giảm"
    assert mended(text, 0.05) == [(text.index(","), ",", ".")]
    assert not mended(text, 0.001)


def test_the_comma_behind_a_greeting_stays() -> None:
    follows = "Trong thời gian qua các đơn vị đã triển khai thực hiện nhiệm vụ được giao"
    assert not mended(f"Bác Hải thân mến,\n{follows}", 0.2)
    assert not mended(f"Kỳ họp đã khai mạc lúc 8 giờ ngày hôm qua.\nBác Hải thân mến,\n{follows}", 0.2)
    ended = f"Thường trực Tỉnh uỷ đã nghe báo cáo và góp ý kiến vào văn bản này của các cơ quan và\nđơn vị,\n{follows}"
    assert [after for _, before, after in mended(ended, 0.2) if before == ","] == ["."]
