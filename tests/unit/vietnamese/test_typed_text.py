"""Telex and VNI typing: what keys write, which texts were typed, and what is never taken for typing."""

import json
from pathlib import Path

import pytest

from tests.unit.repair.helpers import mended, repair
from tools.bench import damage
from vnreport_ocr.language.files import find_dictionaries
from vnreport_ocr.language.lexicon import open_lexicon
from vnreport_ocr.model import Damage
from vnreport_ocr.vietnamese.letters import match_case
from vnreport_ocr.vietnamese.syllables import canonical, is_legal
from vnreport_ocr.vietnamese.typing_keys import telex, vni

TEXT = (
    "Uỷ ban nhân dân thành phố đề nghị các sở, ngành báo cáo kết quả trước ngày 15/6/2023.\n"
    "Nguồn vốn được bố trí là 1.250 triệu đồng, trong đó ngân sách tỉnh chiếm 40%.\n"
    "Người dân hai xã Đông Hưng và Tân Lập đã góp công làm đường.\n"
    "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
)


@pytest.mark.parametrize(
    ("keys", "written"),
    [
        ("Vieetj", "Việt"), ("Vieejt", "Việt"), ("dduowcj", "được"), ("dduwowcj", "được"), ("nguowif", "người"),
        ("thuowr", "thuở"), ("nhw", "như"), ("quyeets", "quyết"), ("giuwax", "giữa"), ("DDOONGF", "ĐỒNG"),
        ("hoaf", "hòa"), ("Ddaw", "Đă"),
    ],
)  # fmt: skip
def test_what_telex_keys_write(keys: str, written: str) -> None:
    found = telex(keys)
    assert found is not None
    assert found.text == written


@pytest.mark.parametrize(
    ("keys", "written"), [("Vie65t", "Việt"), ("d9u7o7c5", "được"), ("nguo72i", "người"), ("Thuo73", "Thuở")]
)
def test_what_vni_keys_write(keys: str, written: str) -> None:
    found = vni(keys)
    assert found is not None
    assert found.text == written


@pytest.mark.parametrize("keys", ["ban", "the", "QL1A", "m2", "H5N1", "a" * 40, "Moro1x2"])
def test_what_writes_no_marked_word(keys: str) -> None:
    read = [found for found in (telex(keys), vni(keys)) if found is not None]
    assert not [found for found in read if is_legal(found.text)]


def test_every_marked_syllable_can_be_typed_and_read() -> None:
    words = [entry.text for entry in open_lexicon(find_dictionaries() / "words.tsv").entries]
    words = [word for word in words if is_legal(word) and not word.isascii()]
    forms = [form for word in words for form in (word, word.title(), *([word.upper()] if len(word) > 1 else []))]
    for type_it, read in ((damage.vni_typing, vni), (damage.telex, telex)):
        wrong = []
        for form in forms:
            found = read(type_it(form))
            if found is None or found.text != match_case(form, canonical(form)):
                wrong.append(form)
        # Telex cannot write a long o before a consonant ("moocs" is "mốc"), nor an old "nguơn" unlike "ngươn".
        bare = map(str.lower, map(damage.tones_lost, wrong))
        assert not [word for word in bare if "oo" not in word and "uơn" not in word]


@pytest.mark.parametrize("way", [name for name in damage.WAYS if name.startswith(("telex", "vni"))])
def test_a_typed_text_is_read(way: str) -> None:
    typed = damage.WAYS[way](TEXT)
    assert typed != TEXT
    result = repair(typed)
    assert "\n".join(line.text for line in result.lines) == TEXT
    assert result.damage is Damage.LEGACY
    assert {c.step for line in result.lines for c in line.corrections} <= {"charset:telex", "charset:vni-keys"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Vieetj Nam", "Việt Nam"),
        ("UBND tinhr Ngheej An", "UBND tỉnh Nghệ An"),
        ("so61 15/QD9-UBND", "số 15/QĐ-UBND"),
        ("so taif nguyeen vaf moi truong", "sở tài nguyên và môi trường"),
        ("Chính phủ nguowif dân ddax ban hành nghị định", "Chính phủ người dân đã ban hành nghị định"),
    ],
)
def test_short_and_half_typed_texts(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "The cows are in the woods; see the laws of his state, as has been seen too.",
        "Les mesures des pays sont plus fortes par leurs lois, mais pas toujours.",
        "Die Rosen des Hauses sind aus Glas, das ist das Los des Bauers.",
        "Ông Moon và bà Lee tìm trên Google Maps, xem has see too.",
        "Xem H5N1, A4, QL1A, m2, CO2, B52, U23, T72, F16 và mục a1 trong văn bản.",
        "Đội U17 gặp đội U19; các chú thích1 ghi ở cuối trang2.",
        "def read(self, words): return [w for w in words if w.isascii()]",
        "Người Moro ở miền Nam Philippines",
    ],
)
def test_what_is_never_taken_for_typing(text: str) -> None:
    result = repair(text)
    assert not [c for line in result.lines for c in line.corrections if c.step.startswith("charset:")]


def test_no_negative_case_is_taken_for_typing() -> None:
    folder = Path(__file__).parents[2] / "cases"
    for name in ("charsets", "repair"):
        for case in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["negative"]:
            result = repair(case["before"])
            steps = {c.step for line in result.lines for c in line.corrections}
            assert not steps & {"charset:telex", "charset:vni-keys"}, case["name"]
