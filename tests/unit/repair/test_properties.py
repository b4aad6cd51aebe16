"""What holds of any text whatever: it comes back, with its lines and figures, and twice is once."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.repair.helpers import FIGURE, mended, repair, repairer
from vnreport_ocr.model import Damage, replay
from vnreport_ocr.vietnamese.letters import strip_marks

SENTENCES = (
    "Ban Thường vụ Tỉnh uỷ ban hành Nghị quyết số 05-NQ/TU ngày 12/3/2021 về chuyển đổi số.",
    "Toàn huyện có 47 chi bộ với 1.286 đảng viên, tăng 3,2 % so với cùng kỳ năm 2019.",
    "Các xã hoàn thành 19 tiêu chí nông thôn mới trước ngày 30 tháng 9.",
    "Uỷ ban nhân dân tỉnh giao Sở Tài chính cấp 850 triệu đồng sửa chữa trường học.",
    "Hội Liên hiệp Phụ nữ huyện vận động hội viên tiết kiệm được 2,4 tỷ đồng.",
    "Công an huyện phối hợp với Ban Chỉ huy quân sự tuần tra vùng biên giới.",
)
"""Right sentences; what is damaged is made from them."""

WORDS = sorted({word for sentence in SENTENCES for word in sentence.split()})
SIGNS = "&@€$£¥§©®¢'’‘`´^~°*-–—/.,:;()[]{}<>|_#%+=!?\"“”«»…•\\"
MIXED = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).map(strip_marks),
        st.text(alphabet="abdeghiklmnoptuvxyàáảãạăâđêôơưĐT16508" + SIGNS, max_size=9),
        st.text(max_size=4),
    ),
    max_size=24,
).map(" ".join)
"""Lines between right and senseless."""

LATIN = st.text(
    alphabet="aăâdđeêghiknoôơtuưyảạấậốộứự&@$'^~.,;- " + "".join(map(chr, [*range(1, 9), *range(0x7F, 0x180)])),
    max_size=30,
)
"""Letters and signs that old charsets are made of, in no order."""

READABLE = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).map(strip_marks),
        st.text(alphabet="abdeghiklmnoptuvxyàáảãạăâđêôơưĐT16508&@$'.,:;()-/ ", max_size=9),
    ),
    max_size=24,
).map(" ".join)
"""The same without the signs that are letters of old charsets."""

# Always the same texts: a suite that fails one day in ten is no help.
often = settings(max_examples=150)
seldom = settings(often, max_examples=60)


def figures(text: str) -> list[str]:
    """The numbers of a text, those with two digits or more or a separator, in order."""
    return [found for found in FIGURE.findall(text) if len(found) > 1]


def is_subsequence(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(one in rest for one in few)


@often
@given(st.lists(st.one_of(MIXED, LATIN, st.text(max_size=40)), max_size=4))
def test_any_text_comes_back_with_its_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = repair(text)
    assert len(result.lines) == text.count("\n") + 1
    assert 0.0 <= result.quality <= 1.0
    for line, raw in zip(result.lines, text.split("\n"), strict=True):
        assert line.raw == raw
        assert replay(raw, line.corrections) == line.text
        assert all(0.0 <= correction.confidence <= 1.0 for correction in line.corrections)
        assert all(line.text[d.start : d.start + len(d.text)] == d.text for d in line.doubts)


@often
@given(MIXED)
def test_figures_stay_in_their_order(text: str) -> None:
    assert is_subsequence(figures(unicodedata.normalize("NFC", text)), FIGURE.findall(mended(text)))


@often
@given(MIXED)
def test_twice_is_once(text: str) -> None:
    once = mended(text)
    assert mended(once) == once


@often
@given(st.one_of(READABLE, MIXED, LATIN, st.text(max_size=30)))
def test_nfc_and_nfd_agree(text: str) -> None:
    assert mended(unicodedata.normalize("NFD", text)) == mended(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_right_sentence_stays(sentence: str) -> None:
    assert mended(sentence) == sentence


@seldom
@given(st.permutations(SENTENCES), st.integers(1, 6))
def test_right_sentences_stay_whatever_stands_around(sentences: list[str], size: int) -> None:
    text = "\n".join(sentences[:size])
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\t", "\n\n", "\x00\x01\x02", "a\x00b", "\ud800", "uỷ \udc80 ban", "\ufeff", "\u200b\u200d", "\x85",
     "ĦÐ\x0cĲ\x1c. ưu vụ", "Ban uỷ İ ĺ ű tổ", "\N{REPLACEMENT CHARACTER}" * 50, "\N{COMBINING ACUTE ACCENT}",
     "." * 500],
)  # fmt: skip
def test_odd_texts(text: str) -> None:
    result = repair(text)
    assert len(result.lines) == text.count("\n") + 1
    assert figures(text) == figures("\n".join(line.text for line in result.lines))


def test_a_very_long_line() -> None:
    text = ("Dang uy xa Tan Lap bao cao ket qua 20 nam thuc hien nghi quyet, " * 400).strip()
    result = mended(text)
    assert result.count("20") == 400
    assert "báo cáo kết quả" in result


@pytest.mark.parametrize("unit", ["ạ", "a", "1", "-", "n.", "T-", "l1", "ạ.", "w@", "đ ă n g ", "x4 ", "Tỉnhuỷ "])
def test_a_line_without_end(unit: str) -> None:
    # What takes time with the square of its length would run for hours here.
    text = unit * (30_000 // len(unit))
    assert figures(text) == figures(mended(text))


def test_no_lines_at_all() -> None:
    result = repairer().repair([])
    assert result.lines == ()
    assert result.damage is Damage.EMPTY
