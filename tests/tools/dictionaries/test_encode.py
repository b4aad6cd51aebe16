"""Texts to numbers: tokens as the model sees them, paragraphs once, files that can be read back."""

import lzma
import unicodedata
from pathlib import Path

import numpy as np

from tools.dictionaries.encode import BOUNDARY, NUMBER, PAUSE, encode, paragraphs, surface_tokens


def test_tokens() -> None:
    assert list(surface_tokens("Năm 2020, Tỉnh uỷ (khoá X) họp; thu 4.215,5 tỷ. Hết…")) == [
        "Năm", NUMBER, PAUSE, "Tỉnh", "uỷ", "khoá", "X", "họp", PAUSE, "thu", NUMBER, "tỷ", BOUNDARY, "Hết", BOUNDARY,
    ]  # fmt: skip


def test_paragraphs_are_composed_and_long_ones_come_once(tmp_path: Path) -> None:
    long = "Uỷ ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ quý I với hội đồng."
    text = "\n".join([unicodedata.normalize("NFD", long), long, "Điều 1.", "", "  Điều 1.  "])
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with lzma.open(tmp_path / "b.txt.xz", "wt", encoding="utf-8") as packed:
        packed.write(text)
    assert list(paragraphs(tmp_path / "a.txt")) == [long, "Điều 1.", "Điều 1."]
    assert list(paragraphs(tmp_path / "b.txt.xz")) == [long, "Điều 1.", "Điều 1."]


def test_numbers_lead_back_to_the_text(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Tỉnh uỷ họp.\nHuyện uỷ họp ngày 3\n", encoding="utf-8")
    count = encode(tmp_path / "notes.txt", tmp_path / "work")
    forms = (tmp_path / "work" / "notes.forms").read_text(encoding="utf-8").split("\n")
    ids = np.load(tmp_path / "work" / "notes.ids.npy")
    assert count == ids.size
    assert [forms[number] for number in ids] == [
        "<s>", "Tỉnh", "uỷ", "họp", "<s>", "Huyện", "uỷ", "họp", "ngày", NUMBER, "<s>",
    ]  # fmt: skip
