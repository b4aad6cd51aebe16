"""Text that has lost its marks in part: how that is told, and what a word may have been."""

import pytest

from tests.unit.repair.helpers import language, mended, repair
from tools.bench import damage
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.loss import LossSource, estimate, kept_marks, lacks_marks, may_be_left_of

TEXT = (
    "Uỷ ban nhân dân tỉnh yêu cầu các sở, ngành và địa phương tổ chức thực hiện nghiêm túc kế hoạch này.\n"
    "Nguồn vốn đầu tư được bố trí từ ngân sách nhà nước, trong đó ngân sách trung ương chiếm 60%.\n"
    "Hội đồng nhân dân huyện đã thông qua 12 nghị quyết về phát triển kinh tế, xã hội và quốc phòng.\n"
    "Công tác xây dựng nông thôn mới đạt kết quả tích cực, đời sống của người dân được nâng lên rõ rệt.\n"
    "Các cơ quan chuyên môn tiếp tục rà soát thủ tục hành chính, cắt giảm thời gian giải quyết hồ sơ.\n"
    "Đề nghị thủ trưởng các đơn vị báo cáo kết quả trước ngày 15 tháng 6 để tổng hợp, trình cấp trên."
)
PARTS = [
    "tones lost", "vowel marks lost", "horns lost", "strokes lost", "every second word stripped",
    "half of each line stripped", "alternate paragraphs stripped",
]  # fmt: skip


@pytest.mark.parametrize("way", PARTS)
def test_marks_lost_in_part_come_back(way: str) -> None:
    result = repair(damage.WAYS[way](TEXT))
    assert "\n".join(line.text for line in result.lines) == TEXT
    assert result.damage is Damage.STRIPPED


@pytest.mark.parametrize(
    ("read", "full", "may"),
    [
        ("truong", "trường", True), ("trương", "trường", True), ("trường", "trương", False), ("tiéng", "tiếng", True),
        ("dang", "đảng", True), ("đang", "dang", False), ("quän", "quân", False), ("ban", "bang", False),
        ("Viêt", "việt", True), ("hoà", "hòa", True), ("hoà", "hoả", False),
    ],
)  # fmt: skip
def test_what_may_be_left_of_a_word(read: str, full: str, *, may: bool) -> None:
    assert may_be_left_of(read, full) is may


def test_words_that_lack_marks() -> None:
    assert all(lacks_marks(word, language()) for word in ("truong", "môt", "Viêt", "đươc", "tiéng"))
    assert not any(lacks_marks(word, language()) for word in ("ban", "trường", "Google", "Đắk", "UBND", "x2"))


def test_what_was_lost_is_told_by_what_is_left() -> None:
    words = TEXT.replace(",", " ").replace(".", " ").split()
    assert estimate(kept_marks(words)).whole < 0.1
    toneless = estimate(kept_marks(damage.tones_lost(" ".join(words)).split()))
    assert toneless.whole < 0.2
    assert toneless.kinds[0] > 0.6 > 0.3 > toneless.kinds[1]
    assert estimate(kept_marks(damage.every_second_word(" ".join(words)).split())).whole > 0.2


def test_a_word_with_its_marks_has_no_other_candidates() -> None:
    source = LossSource(language(), estimate(kept_marks(damage.tones_lost(TEXT).split())))
    assert list(source.find("trường").texts) == ["trường"]
    assert set(source.find("Viêt").texts) >= {"Việt", "Viết", "Viêt"}
    assert list(source.find("Google").texts) == ["Google"]
    assert list(source.find("HDND").texts) == ["HĐND"]
    assert list(source.find("quän").texts) == ["quän"]


@pytest.mark.parametrize("text", [TEXT, TEXT.split("\n")[0], "Công ty TNHH Kim Long, ban thanh tra xem xong hồ sơ"])
def test_right_text_has_lost_nothing(text: str) -> None:
    assert repair(text).damage is not Damage.STRIPPED
    assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("kế hoạch dau tu cong", "kế hoạch đầu tư công"),
        ("Thành phố Can Tho", "Thành phố Cần Thơ"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("Công ty TNHH Kim Long", "Công ty TNHH Kim Long"),
        ("Ông Kim Jong Un đến", "Ông Kim Jong Un đến"),
    ],
)
def test_short_texts_that_are_marked_in_part(text: str, meant: str) -> None:
    assert mended(text) == meant
