"""Capitals that an old font had none of: where the neighbours ask for one, and where they do not."""

import pytest

from vnreport_ocr.vietnamese import charsets
from vnreport_ocr.vietnamese.lost_capitals import Around, asks_capital, line_opens, opens

NAMES = [
    "Đoàn công tác sang thăm Ấn Độ và Ả Rập Xê Út trong quý ba.",
    "Hàng hoá đi các nước châu Á, châu Âu và Úc đều tăng.",
    "Cuộc họp có Ủy ban nhân dân huyện và Ủy ban Mặt trận Tổ quốc xã cùng dự.",
    "Đồng chí Lê Văn Ái, Ủy viên Ban Thường vụ, chủ trì buổi làm việc với bà Ánh.",
    "Đoàn về huyện Ứng Hòa rồi lên thị xã; năm Ất Mão quê ta mất mùa.",
    "Người nước Ý gọi thành cổ ấy là Óc Eo.",
]
SMALL = [
    "Tỉnh ủy và Huyện ủy giao các ủy ban, hội đồng rà soát việc ủy quyền.",
    "Đảng ủy viên phụ trách ý kiến bạn đọc đã ấn định ngày họp.",
    "Hà Nội ứng dụng công nghệ, Hải Phòng ở phía đông, Huế ủng hộ đồng bào.",
    "Vận động viên giành á quân, ảnh của anh ấy ở trang đầu.",
    "Bộ Tài chính ấn hành mẫu mới; Tòa án Nhân dân thụ lý; quần áo Tết đã may xong.",
    "Lòng nhân ái của Hội ấm áp như ánh nắng, như ý nguyện chung.",
]


@pytest.mark.parametrize("charset", ["tcvn3", "vietware-f"])
@pytest.mark.parametrize("sentence", NAMES + SMALL)
def test_names_come_back_and_small_words_stay(sentence: str, charset: str) -> None:
    broken = charsets.encode(sentence, charset)
    assert broken != sentence
    assert charsets.fix_text(broken) == sentence


@pytest.mark.parametrize("sentence", NAMES + SMALL)
def test_right_text_is_left_alone(sentence: str) -> None:
    assert charsets.fix_text(sentence.lower()) == sentence.lower()
    assert charsets.fix_text(sentence) == sentence


@pytest.mark.parametrize("before", ["", "xong.", "chưa?", "nhanh!”", "-", "•", "|", "1.", "a)", "(2)"])
def test_a_sentence_begins(before: str) -> None:
    assert opens(before)


@pytest.mark.parametrize("before", ["và", "huyện,", "gồm:", "đảng;", "vân...", "vân…", "2024"])
def test_no_sentence_begins(before: str) -> None:
    assert not opens(before)


def test_a_line_begins_a_sentence_where_the_one_before_ended_early() -> None:
    full = "Các cấp uỷ đảng đã lãnh đạo thực hiện tốt nhiệm vụ phát triển kinh tế"
    assert line_opens([full], 0)
    assert line_opens([full + ".", full], 1)
    assert line_opens(["Kết quả", full], 1)
    assert line_opens([full.upper(), full], 1)
    assert line_opens([full * 4, full * 4], 1)
    assert not line_opens([full, full], 1)
    assert not line_opens(["cây lúa,", full], 1)


@pytest.mark.parametrize(
    ("word", "before", "after", "then", "asked"),
    [
        ("ủy", "của", "ban", "nhân", True),
        ("ủy", "các", "ban", "của", True),
        ("ủy", "các", "ban,", "tất", False),
        ("ủy", "và", "ban", "này", False),
        ("ủy", "Tỉnh", "viên", "Ban", False),
        ("ủy", "Đảng,", "viên", "Ban", True),
        ("ủy", "là", "viên", "của", False),
        ("ủy", "được", "quyền", "ký", False),
        ("ánh", "phản", "đúng", "tình", False),
        ("ánh", "Nguyễn", "đã", "về", True),
        ("ánh", "Nguyễn,", "đã", "về", False),
        ("út", "con", "ông", "Ba", False),
        ("ban", "các", "Ủy", "", False),
    ],
)
def test_neighbours_decide(word: str, before: str, after: str, then: str, *, asked: bool) -> None:
    assert asks_capital(word, Around(before, after, then)) is asked
