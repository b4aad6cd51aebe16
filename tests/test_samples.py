"""The samples are what their README and their script say."""

import importlib
import re
import unicodedata
from pathlib import Path
from types import ModuleType

import pikepdf
import pypdfium2
import pytest

from vnreport_ocr.vietnamese import charsets

SAMPLES = Path(__file__).parent.parent / "samples"
PDFS = sorted(SAMPLES.glob("*.pdf"))
TEXTS = sorted([*SAMPLES.glob("text-*.txt"), SAMPLES / "note.md"])
DAMAGED = [*PDFS, *(path for path in TEXTS if not path.name.endswith(".truth.txt"))]
READABLE = [path for path in PDFS if path.stem not in ("encrypted", "truncated")]
MOST_BYTES = 8_000_000
TABLE_COLUMNS = 6


def layer(path: Path) -> str:
    """The text layer of all pages."""
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def words(text: str) -> list[str]:
    return sorted(unicodedata.normalize("NFC", text).split())


def truth(name: str) -> str:
    return (SAMPLES / f"{name}.truth.txt").read_text(encoding="utf-8")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SAMPLES))
    return importlib.import_module("make_samples")


def test_there_are_enough_and_they_are_small() -> None:
    assert len(PDFS) >= 12
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < MOST_BYTES


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.name)
def test_a_truth_lies_beside_it(path: Path) -> None:
    text = truth(path.stem)
    assert text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert charsets.fix_text(text) == text


def test_the_readme_tells_of_every_file() -> None:
    told = set(re.findall(r"^\| `([\w.-]+)` \|", (SAMPLES / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {path.name for path in DAMAGED}


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_a_pdf_opens(path: Path) -> None:
    document = pypdfium2.PdfDocument(path)
    assert 1 <= len(document) <= 2
    document.close()


@pytest.mark.parametrize("name", ["clean-scan", "stamped-scan", "fax", "table-scan"])
def test_a_scan_has_no_text(name: str) -> None:
    assert not layer(SAMPLES / f"{name}.pdf").strip()


def test_the_good_layer_is_the_truth() -> None:
    assert words(layer(SAMPLES / "good-layer.pdf")) == words(truth("good-layer"))


@pytest.mark.parametrize("name", ["tcvn3-layer", "vni-layer"])
def test_a_legacy_layer_is_the_truth_in_its_charset(name: str) -> None:
    text = layer(SAMPLES / f"{name}.pdf")
    assert charsets.detect(text) == name.removesuffix("-layer")
    assert words(charsets.fix_text(text).lower()) == words(truth(name).lower())
    with pikepdf.open(SAMPLES / f"{name}.pdf") as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any(charsets.font_hint(font.removeprefix("/")).charset == name.removesuffix("-layer") for font in fonts)


@pytest.mark.parametrize("name", ["letter-spaced", "wrong-language"])
def test_a_bad_layer_is_bad(name: str) -> None:
    right = set(words(truth(name)))
    read = words(layer(SAMPLES / f"{name}.pdf"))
    assert 0.1 < sum(word not in right for word in read) / len(read) < 0.95


def test_tables_have_six_columns() -> None:
    for name in ("table-vector", "table-scan"):
        rows = (SAMPLES / f"{name}.truth.csv").read_text(encoding="utf-8").splitlines()
        assert {row.count(";") + 1 for row in rows} == {TABLE_COLUMNS}
        assert len(rows) == 11


def test_the_encrypted_one_asks_for_its_password(script: ModuleType) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(SAMPLES / "encrypted.pdf")
    with pikepdf.open(SAMPLES / "encrypted.pdf", password=script.PASSWORD) as pdf:
        assert len(pdf.pages) == 2


def test_the_truncated_one_is_the_head_of_the_good_one() -> None:
    head = (SAMPLES / "truncated.pdf").read_bytes()
    assert (SAMPLES / "good-layer.pdf").read_bytes().startswith(head)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(SAMPLES / "truncated.pdf")


def test_the_texts_are_what_the_script_makes(script: ModuleType, tmp_path: Path) -> None:
    script.make_texts(tmp_path)
    made = sorted(tmp_path.iterdir())
    assert len(made) == 10
    for path in made:
        assert path.read_bytes() == (SAMPLES / path.name).read_bytes()


def test_the_slips_are_what_the_script_makes(script: ModuleType) -> None:
    for clean in sorted((SAMPLES / "clean").glob("*.txt")):
        text = clean.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        for rate in script.SLIP_RATES:
            light = script.slips.slips(text, rate, clean.stem)
            assert light == (SAMPLES / "light" / f"{clean.stem}-{rate:03}.txt").read_text(encoding="utf-8")
            changed = sum(one != other for one, other in zip(text.split(), light.split(), strict=True))
            assert 0 < changed <= rate * len(text.split()) / 1000 + 1
            assert re.findall(r"\d+", light) == re.findall(r"\d+", text)


def test_the_truth_of_the_report_is_what_the_script_says(script: ModuleType) -> None:
    assert truth("good-layer") == script.wording.report()
