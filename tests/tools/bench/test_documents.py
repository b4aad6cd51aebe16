from pathlib import Path

import pytest

from tools.bench.documents import KINDS, documents_table, kind_of_change
from vnreport_ocr.model import Correction
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("thir", "thứ", "letters"),
        ("dương", "đường", "marks"),
        ("tỉnh", "tính", "tone"),
        ("nh iệm", "nhiệm", "joined or split"),
        ("Tỉnhuỷ", "Tỉnh uỷ", "joined or split"),
        ("BIếN", "BIẾN", "case"),
        ("e\N{COMBINING CIRCUMFLEX ACCENT}", "ê", "normal form"),
        ("kỳ  2", "kỳ 2", "white space"),
    ],
)
def test_changes_are_named_by_what_they_did(before: str, after: str, kind: str) -> None:
    assert kind_of_change(Correction(0, before, after, "decode", 1.0)) == kind
    assert kind in KINDS


def test_a_document_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Hội đồng nhân dân tỉnh\n", encoding="utf-8")
    cells = documents_table(Pipeline(Options()), tmp_path).splitlines()[-1].split(" | ")
    assert cells[:2] == ["| note", "5"]
    assert cells[3:-2] == ["0"] * (1 + len(KINDS))
