import unicodedata
from pathlib import Path

import pytest

from tools.bench.sets import encoders, odd_sets, page_sets, short_texts, text_sets

TEXT = "Ủy ban nhân dân tỉnh đề nghị các sở, ngành báo cáo\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "cu.raw.txt": "Uy ban nhan dan tinh\n",
        "cu.ref.txt": "Ủy ban nhân dân tỉnh\n",
        "clean/admin.txt": TEXT,
        "ocr/eng-L2-p01.txt": "Uy ban\n",
        "ocr/eng-L2-p02.txt": "bang\n",
        "scans/gt/p01.txt": "Ủy ban\n",
        "scans/gt/p02.txt": "bảng\n",
        "scans/gt/p02.csv": "a;b\n",
        "scans/L2/p01.pdf": "",
        "scans/L2/p02.pdf": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_found_and_made_sets(folder: Path) -> None:
    names = [texts.name for texts in text_sets(folder)]
    assert names[:4] == ["cu", "ocr/eng-L2", "clean/admin stripped", "clean/admin as it is"]
    assert "tcvn3" in names
    assert "decomposed" in names


def test_a_page_that_is_a_table_is_not_compared_as_prose(folder: Path) -> None:
    read = next(texts for texts in text_sets(folder) if texts.name == "ocr/eng-L2")
    assert [pair.truth for pair in read.pairs] == ["Ủy ban\n"]
    (pages,) = page_sets(folder)
    assert [page.path.name for page in pages.pages] == ["p01.pdf"]
    assert [table.rows for table in pages.tables] == ["a;b\n"]


def test_rows_are_the_truth_of_a_reading_where_they_are_given(folder: Path) -> None:
    (folder / "scans" / "gt" / "p01.rows.txt").write_text("ban Ủy\n", encoding="utf-8")
    read = next(texts for texts in text_sets(folder) if texts.name == "ocr/eng-L2")
    assert read.pairs[0].truth == "ban Ủy\n"
    (page,) = next(page_sets(folder)).pages
    assert (page.text, page.rows) == ("Ủy ban\n", "ban Ủy\n")


def test_samples_have_their_truth_beside_them(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("Tinh uy\n", encoding="utf-8")
    (tmp_path / "note.truth.txt").write_text("Tỉnh uỷ\n", encoding="utf-8")
    (tmp_path / "locked.pdf").write_bytes(b"%PDF-1.7 cut off")
    (tmp_path / "locked.truth.txt").write_text("Tỉnh uỷ\n", encoding="utf-8")
    sets = {texts.name: texts for texts in text_sets(tmp_path)}
    assert sets["note"].pairs == (("Tinh uy\n", "Tỉnh uỷ\n"),)
    assert sets["clean/note as it is"].kind == "clean"
    assert list(page_sets(tmp_path)) == []


def test_an_empty_folder_has_no_sets(tmp_path: Path) -> None:
    assert list(text_sets(tmp_path)) == []
    assert list(page_sets(tmp_path)) == []


@pytest.mark.parametrize("name", sorted(encoders()))
def test_every_way_of_wrong_writing_changes_the_text_and_keeps_its_lines(name: str) -> None:
    written = encoders()[name](TEXT)
    assert written != TEXT
    assert unicodedata.normalize("NFC", written).count("\n") == 1


def test_odd_sets_are_made_and_found(folder: Path) -> None:
    sets = {texts.name: texts.pairs for texts in odd_sets(folder, folder / "ocr")}
    assert sets["tones lost"][0].raw == "Uy ban nhân dân tinh đê nghi cac sơ, nganh bao cao\n"
    assert sets["telex"][0].raw == "Uyr ban nhaan daan tinhr ddeef nghij cacs sowr, nganhf baos caos\n"
    assert sets["read as eng-L2"][0].truth == "Ủy ban\n"
    assert all(pair.raw != pair.truth or name in ("torn here and there", "hyphens at line ends", "spaced out",
               "spaced out evenly", "alternate paragraphs stripped", "telex, half", "vni typing, half")
               for name, pairs in sets.items() for pair in pairs)  # fmt: skip
    assert list(odd_sets(folder, folder / "ocr")) == list(odd_sets(folder, folder / "ocr"))


def test_short_texts_have_their_meaning_beside_them() -> None:
    pairs = short_texts().pairs
    assert len(pairs) > 100
    assert len({pair.raw for pair in pairs}) == len(pairs)
    assert all(1 <= len(pair.truth.split()) <= 6 for pair in pairs)
