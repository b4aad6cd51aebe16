"""Lost blanks: put back where many of a text are lost, and nowhere else."""

import pytest

from tests.unit.repair.helpers import language, mended, repair
from tools.bench import damage
from vnreport_ocr.repair.blanks import lost_blanks

TEXT = (
    "Uỷ ban nhân dân tỉnh yêu cầu các sở, ngành và địa phương tổ chức thực hiện nghiêm túc kế hoạch này.\n"
    "Nguồn vốn đầu tư được bố trí từ ngân sách nhà nước, trong đó ngân sách trung ương chiếm 60%.\n"
    "Hội đồng nhân dân huyện đã thông qua 12 nghị quyết về phát triển kinh tế, xã hội và quốc phòng."
)


def test_blanks_lost_everywhere_come_back() -> None:
    glued = TEXT.replace("nhân dân", "nhândân").replace("kế hoạch", "kếhoạch").replace("ngân sách", "ngânsách")
    glued = glued.replace("sở, ngành", "sở,ngành").replace("qua 12 nghị", "qua 12nghị")
    assert mended(glued) == TEXT


def test_one_blank_in_ten() -> None:
    assert mended(damage.blanks_lost(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("phápluật.", "pháp luật."), ("vàcácdự", "và các dự"), ("dựán", "dự án"), ("NgôVăn", "Ngô Văn"),
        ("choDN,", "cho DN,"), ("cao.Trên", "cao. Trên"), ("năm2024", "năm 2024"), ("2cô", "2 cô"),
        ("Vàng(phố", "Vàng (phố"), ("d)Đất", "d) Đất"), ("UBNDtỉnh", "UBND tỉnh"),
    ],
)  # fmt: skip
def test_where_a_blank_was(glued: str, parted: str) -> None:
    lines = ["Các sởban ngànhcủa tỉnh vàhuyện đã nộp báocáo tổngkết.", f"Nội dung {glued} được trình"]
    (change,) = lost_blanks(lines, language())[1]
    assert (change.before, change.after) == (glued, parted)


@pytest.mark.parametrize(
    "word",
    ["VinFast", "HDBank", "TP.HCM", "2.000", "Indonesia", "tế-xã", "km2", "10km", "15/NQ-HĐND", "hién",
     "www.chinhphu.vn", "COVID-19", "QL1A", "9h30", "đ/c", "solo"],
)  # fmt: skip
def test_what_is_one(word: str) -> None:
    lines = ["Các sởban ngànhcủa tỉnh vàhuyện đã nộp báocáo tổngkết.", f"Nội dung {word} được trình"]
    assert not lost_blanks(lines, language())[1]


def test_a_few_are_the_authors_own() -> None:
    text = "\n".join([TEXT] * 4).replace("kế hoạch", "kếhoạch", 1)
    assert not any(lost_blanks(text.split("\n"), language()))


def test_letters_and_figures_stay_as_they_are() -> None:
    glued = damage.blanks_lost(TEXT)
    result = repair(glued)
    for line in result.lines:
        for change in line.corrections:
            assert change.before.replace(" ", "") == change.after.replace(" ", "")
