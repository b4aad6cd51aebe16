"""Text in the wrong charset: cases by kind, properties, runs of PDF fonts."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.repair.helpers import language
from vnreport_ocr.model import replay
from vnreport_ocr.vietnamese import charsets
from vnreport_ocr.vietnamese.charset_tables import CAPITALS, CHARSETS, SMALL, TCVN_FULL

CASES = json.loads((Path(__file__).parents[2] / "cases" / "charsets.json").read_text(encoding="utf-8"))
SENTENCE = "Hội đồng nhân dân huyện thông qua 12 nghị quyết về phát triển kinh tế, xã hội."
LEGACY = [*CHARSETS, "tcvn-5712", "viqr", "mojibake"]


def _params() -> list[Any]:
    found = []
    for kind, cases in CASES.items():
        marks = [pytest.mark.xfail(strict=True)] if kind == "known-failures" else []
        found += [pytest.param(case, id=f"{kind}: {case['name']}", marks=marks) for case in cases]
    return found


@pytest.mark.parametrize("case", _params())
def test_case(case: dict[str, str]) -> None:
    assert charsets.fix_text(case["before"]) == case["after"]


def test_negative_cases_stay_as_they_are() -> None:
    assert all(case["before"] == case["after"] for case in CASES["negative"])


@pytest.mark.parametrize("name", LEGACY)
def test_a_charset_is_told_and_undone(name: str) -> None:
    broken = charsets.encode(SENTENCE, name)
    assert broken != SENTENCE
    assert charsets.detect(broken) == ("tcvn3" if name == "tcvn-5712" else name)
    assert charsets.fix_text(broken) == SENTENCE


@pytest.mark.parametrize("name", [name for name, charset in CHARSETS.items() if not charset.caseless])
def test_every_letter_has_a_code_of_its_own(name: str) -> None:
    letters = CHARSETS[name].letters
    assert len({letters[letter] for letter in SMALL + CAPITALS}) == len(SMALL + CAPITALS)


@pytest.mark.parametrize(("name", "codec"), [("cp1258", "cp1258")])
def test_cp1258_agrees_with_the_codec(name: str, codec: str) -> None:
    shown = charsets.encode(SENTENCE, name)
    assert unicodedata.normalize("NFC", shown.encode("latin-1").decode(codec)) == SENTENCE


def test_tcvn_has_its_known_codes() -> None:
    text = charsets.encode("đĐưƯạ", TCVN_FULL.name)
    assert text.encode("cp1252") == bytes([0xAE, 0xA7, 0xAD, 0xA6, 0xB9])


def test_a_charset_is_found_far_down_a_long_text() -> None:
    right = (SENTENCE + "\n") * 6000
    assert charsets.detect(right) is None
    mixed = right + charsets.encode(SENTENCE, "vni") + "\n" + right
    assert charsets.detect(mixed) == "vni"
    assert charsets.detect_in(mixed[place : place + 999] for place in range(0, len(mixed), 999)) == "vni"
    assert charsets.detect_in(iter(())) is None


def test_a_monstrous_line_is_searched_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    monkeypatch.setattr(charsets, "_detect", lambda text, _scorer: searched.append(text))
    monkeypatch.setattr(charsets, "_PART", 10)
    monkeypatch.setattr(charsets, "_MONSTROUS", 20)
    lines = "một hai ba bốn năm sáu bảy tám\n", "x" * 45 + "\n", "chín\nmười"
    expected = ["một hai ba bốn năm ", "sáu bảy tám\n", "x" * 20, "x" * 20, "x" * 5 + "\nchín\n", "mười"]
    assert charsets.detect("".join(lines)) is None
    assert searched == expected
    searched.clear()
    charsets.detect_in("".join(lines))
    assert searched == expected


def test_half_a_line_in_another_charset() -> None:
    half = len(SENTENCE) // 2
    cut = SENTENCE.index(" ", half)
    mixed = SENTENCE[:cut] + " " + charsets.encode(SENTENCE[cut + 1 :], "vni")
    assert charsets.fix_text(mixed) == SENTENCE


def test_weights_choose_between_legal_words() -> None:
    broken = "cờ đỏ sao vàng".encode().decode("cp1252", "ignore")
    counts = {"cờ": 900.0, "cỏ": 10.0, "đỏ": 900.0, "đờ": 1.0, "đọ": 2.0, "đề": 5.0}
    assert charsets.fix_text(broken, lambda word: counts.get(word, 0.0)) == "cờ đỏ sao vàng"


def test_neighbours_choose_where_weights_are_wrong() -> None:
    broken = "bày tỏ, cỏ xanh".encode().decode("cp1252", "ignore")
    counts = {"tử": 900.0, "tỏ": 10.0, "cờ": 900.0, "cỏ": 10.0}
    asked: list[tuple[str, str, str]] = []

    def fits(before: str, word: str, after: str) -> float:
        asked.append((before, word, after))
        return float((before, word) == ("bày", "tỏ") or (word, after) == ("cỏ", "xanh"))

    (corrections,) = charsets.fix_lines([broken], lambda word: counts.get(word, 0.0), fits)
    assert replay(broken, corrections) == "bày tỏ, cỏ xanh"
    assert ("bày", "tử", ",") in asked
    assert (",", "cờ", "xanh") in asked


def test_corrections_replay_and_name_their_step() -> None:
    lines = [charsets.encode(SENTENCE, "tcvn3"), "", unicodedata.normalize("NFD", SENTENCE), SENTENCE]
    found = charsets.fix_lines(lines)
    assert [replay(line, corrections) for line, corrections in zip(lines, found, strict=True)] == [
        SENTENCE,
        "",
        SENTENCE,
        SENTENCE,
    ]
    assert {correction.step for correction in found[0]} == {"charset:tcvn3"}
    assert {correction.step for correction in found[2]} == {"normalise:nfc"}
    assert found[1] == found[3] == ()
    assert all(0.9 <= correction.confidence <= 1.0 for corrections in found for correction in corrections)


def test_a_very_long_line_has_few_corrections() -> None:
    line = " ".join([charsets.encode(SENTENCE, "vni")] * 400)
    (corrections,) = charsets.fix_lines([line])
    assert replay(line, corrections) == " ".join([SENTENCE] * 400)
    assert len(corrections) < 1000


def test_bytes_that_are_no_utf8_become_readable() -> None:
    legacy = bytes(ord(character) for character in charsets.encode("Kế hoạch đầu tư năm 2024", "vni"))
    assert charsets.fix_text(charsets.decode_bytes(legacy)) == "Kế hoạch đầu tư năm 2024"
    assert len(charsets.decode_bytes(bytes(range(256)))) == 256


@pytest.mark.parametrize(
    ("font", "charset", "capitals"),
    [
        ("ABCDEF+.VnTime", "tcvn3", False),
        (".VnTimeH", "tcvn3", True),
        (".VnArialH,Bold", "tcvn3", True),
        (".VnArial-Bold", "tcvn3", False),
        ("VnTimeHBold", "tcvn3", True),
        ("VnHelvetInsHMedium", "tcvn3", True),
        ("VNI-Times", "vni", False),
        ("VNI-Times-Bold", "vni", False),
        ("VPS Times", "vps", False),
        ("VNtimesNewRoman", "vietware-x", False),
        ("TimesNewRomanPSMT", None, False),
        ("CIDFont+F1", None, False),
        (None, None, False),
    ],
)
def test_what_a_font_name_promises(font: str | None, charset: str | None, *, capitals: bool) -> None:
    assert charsets.font_hint(font) == (charset, capitals)


@pytest.mark.parametrize(
    ("text", "font", "shown", "charset"),
    [
        (charsets.encode("tỉnh", "tcvn3"), ".VnTime", "tỉnh", "tcvn3"),
        (charsets.encode("đảng bộ tỉnh", "tcvn3"), ".VnTimeH", "ĐẢNG BỘ TỈNH", "tcvn3"),
        ("ban", ".VnTimeH", "BAN", "unicode"),
        (charsets.encode("Trường", "vni"), "VNI-Times", "Trường", "vni"),
        (charsets.encode("Trường học", "vni"), "CIDFont+F1", "Trường học", "vni"),
        ("Quỹ bảo hiểm xã hội", ".VnCenturySchoolbook", "Quỹ bảo hiểm xã hội", "unicode"),
        ("12.345", ".VnTime", "12.345", "unicode"),
        ("", ".VnTime", "", "unicode"),
        ("t\x02", ".VnTime", "tư", "tcvn3"),
        ("hîp t\ufffekÕt", ".VnTime", "hợp tư kết", "tcvn3"),
    ],
)
def test_a_run_of_a_font(text: str, font: str, shown: str, charset: str) -> None:
    decoded = charsets.decode_run(text, font)
    assert (decoded.text, decoded.charset) == (shown, charset)


@settings(max_examples=60)
@given(st.sampled_from([name for name in LEGACY if name != "viqr"]), st.permutations(SENTENCE.rstrip(".").split(" ")))
def test_sentences_in_any_order_come_back(name: str, words: list[str]) -> None:
    text = " ".join(words)
    fixed = charsets.fix_text(charsets.encode(text, name))
    assert fixed.lower() == text.lower()


_LETTERS = "abdeghinotuyăâđêôơưàáảãạÃÄÆá»º¡°¿\u2018\u2021\u2030ùøûõïñö\u00ad\u0301\u0323\ufffd"
_SIGNS = "?'^`~.+(\\ \n0123456789&#;"
_BROKEN = st.one_of(
    st.text(),
    st.text(alphabet=_LETTERS + _SIGNS),
    st.builds(charsets.encode, st.text(alphabet="Hội đồng tỉnh ủy 2024 thứ. xã Ơn!\n"), st.sampled_from(LEGACY)),
)


@settings(max_examples=400)
@given(_BROKEN)
def test_any_text_comes_back_with_its_lines_and_stays(text: str) -> None:
    fixed = charsets.fix_text(text)
    assert len(re.split("\r\n|\n|\r", fixed)) == len(re.split("\r\n|\n|\r", text))
    if "&" not in text:
        assert re.findall("[0-9]", fixed) == re.findall("[0-9]", text)
    assert charsets.fix_text(fixed) == fixed


@settings(max_examples=200)
@given(st.lists(_BROKEN, max_size=5))
def test_any_lines_replay(lines: list[str]) -> None:
    found = charsets.fix_lines(lines)
    assert len(found) == len(lines)
    for line, corrections in zip(lines, found, strict=True):
        replay(line, corrections)


@settings(max_examples=200)
@given(st.text(), st.one_of(st.none(), st.sampled_from([".VnTimeH", "VNI-Times", "viqr", "Arial"])))
def test_any_run_is_read(text: str, font: str | None) -> None:
    charsets.decode_run(text, font)


def _weight(word: str) -> float:
    number = language().lexicon.number(word)
    return 0.0 if number is None else float(language().lexicon.counts[number])


@pytest.mark.parametrize(
    "read",
    [
        # What engines for German and French make of Vietnamese: their letters are codes of several charsets.
        "Dän tinh Häi Long döng gop xäy trung häc cöng\nhoi dong nhän dän huyen, các truong hoc, nhieu tuyen duong",
        "vüng vä cä nuöc, bäo cho nguöi khai häi quan",
        "vä bäo v& löng, bö, bäi söng; ki&m tra",
        "Gép phân dây nhanh tôc dô d6 thi hôa",
    ],
)
def test_a_reading_in_another_language_is_no_charset(read: str) -> None:
    assert charsets.fix_text(read, _weight) == read
    assert charsets.detect(read, _weight) is None


@pytest.mark.parametrize("name", LEGACY)
def test_a_charset_is_undone_beside_such_a_reading(name: str) -> None:
    read = "vüng vä cä nuöc, bäo cho nguöi khai häi quan cac truong hoc, nhieu tuyen duong, cong viec"
    text = "\n".join([charsets.encode(SENTENCE, name)] * 2 + [read])
    assert charsets.fix_text(text, _weight).split("\n")[:2] == [SENTENCE] * 2
