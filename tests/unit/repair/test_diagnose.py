"""Diagnosis: the damage of passages, and how bad it is."""

from itertools import pairwise

import pytest

from tests.unit.repair.helpers import language, mended, repair
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.diagnose import PASSAGE_WORDS, Signs, divide, fragments, prevailing
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
        ("Cho hình thang ABCD, cao CH = 5 cm, AB = 4 cm; tính CD và góc C, so hai tam giác ABC và ACD.", Damage.CLEAN),
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


SPACED = "T ỷ l ệ h ộ n g h è o g i ả m c ò n 4 , 2 % so với đ ầ u n h i ệ m kỳ"


def test_what_follows_the_alphabet_is_no_torn_word() -> None:
    def count(text: str) -> int:
        return fragments(line_items(0, text), language())

    assert count("A B C D Đ") == 0
    assert count("Đáp án a b c d đ e g h") == 0
    assert count("đ ê m b ê n s ô n g") >= 4
    alphabet = "a ă â b c d đ e ê g h i k l m"
    assert mended(f"{RIGHT}\n{alphabet}") == f"{RIGHT}\n{alphabet}"


def test_letter_spacing_is_told_by_passage_and_as_a_whole() -> None:
    times = PASSAGE_WORDS // len(RIGHT.split()) + 1
    passages = divide(Parsed([RIGHT] * times * 7 + [SPACED] * 4 + [RIGHT] * times), language())
    told = [passage.told for passage in passages]
    assert told.count(Damage.LETTER_SPACED) == 1
    assert Damage.LETTER_SPACED not in [passage.damage for passage in passages]
    assert prevailing(passages) is Damage.LETTER_SPACED


def test_few_torn_words_do_not_make_a_text_letter_spaced() -> None:
    times = 12 * (PASSAGE_WORDS // len(RIGHT.split()) + 1)
    assert prevailing(divide(Parsed([RIGHT] * times + [SPACED]), language())) is Damage.CLEAN
    assert prevailing(divide(Parsed([RIGHT, "Ông Trần V. A và bà Lê T. B ở tổ C"]), language())) is Damage.CLEAN


def test_letter_spacing_is_most_of_what_is_wrong() -> None:
    times = PASSAGE_WORDS // len(RIGHT.split()) + 1
    spaced = ([RIGHT] * times * 14 + [SPACED] * 2) * 3
    assert prevailing(divide(Parsed(spaced), language())) is Damage.LETTER_SPACED
    misread = RIGHT.replace("lãnh", "lãmh").replace("nhiệm", "nhệim").replace("chính", "chímh")
    assert prevailing(divide(Parsed(spaced + [misread] * times * 5), language())) is Damage.CLEAN


def test_other_damage_is_told_before_letter_spacing() -> None:
    times = PASSAGE_WORDS // len(RIGHT.split()) + 1
    assert prevailing(divide(Parsed([READ_WRONG, "k é t q u a"] * times), language())) is Damage.WRONG_LANGUAGE
    assert prevailing([]) is Damage.EMPTY


@pytest.mark.parametrize(
    ("spaced", "right"),
    [
        ("B á o c á o k ế t q u ả t h ự c h i ệ n", "Báo cáo kết quả thực hiện"),
        ("Đ Ả N G B Ộ T Ỉ N H", "ĐẢNG BỘ TỈNH"),
        ("B a n Th ư ờ ng v ụ t ỉ nh đ ã h ọ p b à n v ề c ô ng t á c", "Ban Thường vụ tỉnh đã họp bàn về công tác"),
    ],
)
def test_a_text_of_single_letters_only_is_repaired(spaced: str, right: str) -> None:
    result = repair(spaced)
    assert result.lines[0].text == right
    assert result.damage is Damage.LETTER_SPACED


def test_signs_add_up() -> None:
    both = Signs.together([Signs(10, 5, 6, 8, 1), Signs(10, 1, 2, 3, 4)])
    assert both == Signs(20, 6, 8, 11, 5)
    assert both.share(both.pure) == 0.3
    assert Signs().share(0) == 0.0
