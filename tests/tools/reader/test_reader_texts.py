"""What is printed for the reader: its alphabet, strings made by rule, lines of texts."""

import random
import unicodedata
from pathlib import Path

import pytest

from tools.reader import made, texts
from tools.reader.alphabet import GROUPS, KNOWN, alphabet, readable
from vnreport_ocr.vietnamese.letters import strip_marks

SENTENCES = (
    "Đoàn kiểm tra đã làm việc với ba xã ven sông về công tác phòng, chống lụt bão trong mùa mưa.",
    "Diện tích rừng trồng mới đạt 1.250,5 ha, tăng 12,4% so với cùng kỳ năm trước (1.112 ha).",
    "Ủy ban giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan trình phương án trước ngày 15/9.",
)


def test_the_alphabet_has_each_sign_once_in_nfc_and_none_for_no_reason() -> None:
    letters = alphabet().letters
    assert len(set(letters)) == len(letters)
    assert all(len(sign) == 1 and unicodedata.normalize("NFC", sign) == sign for sign in letters)
    assert all(group.reason and set(group.signs) <= set(letters) for group in GROUPS)
    assert set("²³‰≥≤±×°–—“”‘’₫µ№§¹⁴₂…") <= set(letters)
    assert not [sign for sign in letters if "NUMERAL" in unicodedata.name(sign)], "Roman numerals are letters"


def test_the_alphabet_has_every_letter_of_vietnamese() -> None:
    tones = "̣̀́̉̃"
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY":
        for tone in tones:
            assert unicodedata.normalize("NFC", vowel + tone) in KNOWN
    assert strip_marks("".join(alphabet().letters[63:])) != "".join(alphabet().letters[63:])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (unicodedata.normalize("NFD", "Quyết định"), "Quyết định"),
        ("số\N{NO-BREAK SPACE}12  và\t13", "số 12 và 13"),
        ("mục\N{HYPHEN}tiêu \N{GREEK SMALL LETTER MU}g", "mục-tiêu µg"),
        ("chữ 越 lạ", None),
        ("   ", None),
    ],
)
def test_texts_are_brought_to_the_alphabet_or_left_out(text: str, read: str | None) -> None:
    assert readable(text) == read


@pytest.mark.parametrize("maker", [maker for maker, _ in made.MAKERS], ids=lambda maker: maker.__name__)
def test_made_strings_are_readable_and_follow_from_the_dice(maker: object) -> None:
    assert callable(maker)
    dice, again = random.Random(3), random.Random(3)
    strings = [maker(dice) for _ in range(300)]
    assert strings == [maker(again) for _ in range(300)]
    assert all(readable(string) for string in strings)
    assert len(set(strings)) > 20


def test_every_sign_comes_up_in_made_strings_or_in_print() -> None:
    dice = random.Random(5)
    seen = set("".join(made.made(dice) for _ in range(20_000)))
    assert set("²³‰≥≤±×÷°–“”‘’₫µ№§…") <= seen


def test_lines_are_as_long_as_print_and_only_of_known_signs() -> None:
    dice = random.Random(11)
    lines = [texts.line(SENTENCES, dice) for _ in range(2_000)]
    assert all(0 < len(line) <= texts.MOST_LETTERS + 20 and KNOWN.issuperset(line) for line in lines)
    again = random.Random(11)
    assert lines == [texts.line(SENTENCES, again) for _ in range(2_000)]
    assert any(line.isupper() and len(line) > 20 for line in lines)
    assert any("ven sông" in line for line in lines)


def test_paragraphs_are_gathered_by_the_seed_without_those_that_cannot_be_read(tmp_path: Path) -> None:
    source = tmp_path / "own.txt"
    source.write_text("\n".join([*(f"Điều {n}. Phạm vi điều chỉnh" for n in range(50)), "có chữ 越 lạ", "ngắn"]) + "\n")
    some = texts.gather([source], 10, 1)
    assert len(some) == 10
    assert some == texts.gather([source], 10, 1) != texts.gather([source], 10, 2)
    whole = texts.gather([source], 100, 1)
    assert len(whole) == 50
    assert not [text for text in whole if "越" in text or text == "ngắn"]
