from itertools import pairwise

import pytest

from vnreport_ocr.vietnamese.charset_tables import CHARSETS, encode_table
from vnreport_ocr.vietnamese.glyph_codes import solve

TEXT = (
    "được những người trường nghiệp ruộng vườn thủy lợi phát triển kế hoạch đồng bằng nước ngọt giống lúa sản lượng "
    "chăn nuôi hộ nghèo giảm tỷ lệ kiểm tra xã hội chính quyền nhân dân đường giao thông trạm y tế giáo dục đất rừng "
    "khuyến nông tổ chức đoàn thể vận động gìn giữ môi trường sạch đẹp bền vững thiết thực hiệu quả tiếp tục đẩy mạnh "
    "ứng dụng khoa học kỹ thuật cải tạo giống cây trồng vật nuôi phòng chống dịch bệnh bảo vệ mùa màng"
)
WORDS = TEXT.split(" ")
CAPITALS = [
    word.upper() for word in ("đảng", "bộ", "tỉnh", "ủy", "nhân", "huyện", "xã", "phường", "kế", "hoạch", "học")
]


def as_glyphs(word: str, charset: str, lacking: str) -> str:
    """A word as the glyph numbers of a font that lacks some codes: each one shifts all that follow."""
    numbers = []
    for sign in encode_table(word, CHARSETS[charset]):
        code = sign.encode("cp1252")[0]
        gaps = sum(1 for gap in lacking if 0x7F < ord(gap) <= code)
        numbers.append(code - 29 if code < 0x80 else code - 29 - 1 - (0x80 - 0x7F) - gaps - 20)
    return "".join(map(chr, numbers))


@pytest.mark.parametrize("lacking", ["", "\xd0\xf0", "\xc8\xd7\xdd\xe8\xf7"])
@pytest.mark.parametrize("charset", ["vietware-x", "vni"])
def test_glyph_numbers_are_decoded_exactly(charset: str, lacking: str) -> None:
    present = [word for word in WORDS + CAPITALS if not set(encode_table(word, CHARSETS[charset])) & set(lacking)]
    codes = solve({as_glyphs(word, charset, lacking): 1 for word in present}, lambda word: float(word in present))
    assert codes is not None
    assert codes.charset == charset
    told = ["".join(codes.letter(ord(c)) or "?" for c in as_glyphs(word, charset, lacking)) for word in present]
    assert told == [encode_table(word, CHARSETS[charset]) for word in present]


def test_what_makes_no_words_is_not_decoded() -> None:
    assert solve({"".join(chr(98 + (7 * n + 13 * k) % 90) for k in range(5)): 1 for n in range(60)}) is None


def test_a_few_words_are_no_evidence() -> None:
    assert solve({as_glyphs(word, "vni", ""): 1 for word in WORDS[:4]}) is None


def test_a_glyph_between_two_shifts_stays_open() -> None:
    codes = solve({as_glyphs(word, "vietware-x", "\xd0\xf0"): 1 for word in WORDS + CAPITALS})
    assert codes is not None
    shifts = sorted(codes.shifts.items())
    wide = next(a for (a, s), (b, t) in pairwise(shifts) if s != t and b - a > 1)
    assert codes.letter(wide + 1) is None
    assert codes.letter(3) == " "
