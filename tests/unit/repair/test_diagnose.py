"""Diagnosis: the damage of passages, and how bad it is."""

from itertools import pairwise

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.diagnose import PASSAGE_WORDS, Signs, divide, fragments
from vnreport_ocr.repair.items import Parsed, line_items

RIGHT = "Ban Thường vụ Huyện uỷ đã lãnh đạo các cấp uỷ đảng, chính quyền thực hiện tốt nhiệm vụ giao trong năm."
READ_WRONG = "Ban Thudng vu Huyén uy da linh dao céc cap uy dang, chinh quyén thyc hién tét nhiém vu giao trong nim."
STRIPPED = "Ban Thuong vu Huyen uy da lanh dao cac cap uy dang, chinh quyen thuc hien tot nhiem vu giao trong nam."
ENGLISH = "The committee of the district has asked every office to report on its work before the end of the month."
FRENCH = "Le comité a demandé à chaque bureau de présenter un rapport sur son travail avant la fin du mois."


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        (RIGHT, Damage.CLEAN),
        (RIGHT.replace("lãnh", "lãmh").replace("nhiệm", "nhệim"), Damage.LIGHT),
        (READ_WRONG, Damage.WRONG_LANGUAGE),
        (STRIPPED, Damage.STRIPPED),
        (ENGLISH, Damage.FOREIGN),
        (FRENCH, Damage.FOREIGN),
        ("", Damage.EMPTY),
        ("12 345 - 67", Damage.EMPTY),
        ("Tỉnh uỷ", Damage.CLEAN),
        ("Uy ban", Damage.STRIPPED),
        ("report", Damage.FOREIGN),
    ],
)
def test_the_damage_is_told(text: str, damage: Damage) -> None:
    (passage,) = divide(Parsed([text]), language())
    assert passage.damage is damage


def test_a_document_with_two_kinds_is_divided() -> None:
    times = PASSAGE_WORDS // len(RIGHT.split()) + 1
    passages = divide(Parsed([RIGHT] * times + [ENGLISH] * times + [STRIPPED] * times), language())
    assert [passage.damage for passage in passages] == [Damage.CLEAN, Damage.FOREIGN, Damage.STRIPPED]
    assert passages[0].start == 0
    assert all(one.end == two.start for one, two in pairwise(passages))
    assert passages[-1].end == 3 * times


def test_worse_text_has_more_errors() -> None:
    def rate(text: str) -> float:
        return divide(Parsed([text]), language())[0].error_rate

    assert rate(RIGHT) < rate(RIGHT.replace("lãnh", "lãmh")) < rate(READ_WRONG) <= 0.5


def test_fragments_are_counted() -> None:
    def count(text: str) -> int:
        return fragments(line_items(0, text), language())

    assert count("T ỷ l ệ h ộ n g h è o") >= 4
    assert count(RIGHT) == 0
    assert count("Ông Nguyễn Văn A ở xã B") <= 2


def test_signs_add_up() -> None:
    both = Signs(10, 5, 6, 8, 1) + Signs(10, 1, 2, 3, 4)
    assert both == Signs(20, 6, 8, 11, 5)
    assert both.share(both.pure) == 0.3
    assert Signs().share(0) == 0.0
