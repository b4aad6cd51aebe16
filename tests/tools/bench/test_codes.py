"""The sweep over the codes of corpora: it finds what a cleaner changes, and what it mends."""

import lzma
from collections import Counter
from pathlib import Path

import pytest

from tools.bench.codes import FoundCode, checks, chunks, corpora, found_in, is_lawful, kind_of, sweep
from vnreport_ocr.document import Document
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

SYMBOLS = open_language().symbols
TEXT = "Căn cứ Nghị quyết số 35/NQ-HĐND ngày 12/7/2019 của Hội đồng nhân dân tỉnh, UBND xã chi 45,5 triệu đồng."


@pytest.mark.parametrize(
    ("chunk", "kind"),
    [("35/NQ-HĐND", "code"), ("12/7/2019", "date"), ("45,5", "number"), ("QL1A", "mixed"), ("UBND", "symbol"),
     ("CH.TH", "symbol"), ("Hội", None), ("NGHỊ", None)],
)  # fmt: skip
def test_kinds(chunk: str, kind: str | None) -> None:
    assert kind_of(chunk) == kind


def test_each_chunk_is_found_with_the_words_around_it(tmp_path: Path) -> None:
    with lzma.open(tmp_path / "a.txt.xz", "wt", encoding="utf-8") as file:
        file.write(f"{TEXT}\n" * 5)
    found = list(found_in(corpora(tmp_path), Counter()))
    assert chunks(TEXT) == ["35/NQ-HĐND", "12/7/2019", "UBND", "45,5"]
    assert Counter(one.chunk for one in found) == dict.fromkeys(chunks(TEXT), 2)
    swept = sweep(Pipeline(Options()), found, SYMBOLS)
    assert {one.kind for one in swept} == {"code", "date", "symbol", "number"}
    assert all(check.held for check in checks(swept))


def test_a_changed_figure_is_seen() -> None:
    class Spoiling(Pipeline):
        def clean_text(self, text: str, name: str = "") -> Document:
            return super().clean_text(text.replace("45,5", "46,5"), name)

    (swept,) = sweep(Spoiling(Options(repair=False)), [FoundCode("number", "45,5", TEXT)], SYMBOLS)
    assert len(swept.changed) == 1
    assert not checks([swept])[0].held


@pytest.mark.parametrize(
    ("before", "after", "lawful"),
    [("35/NQ-HDND", "35/NQ-HĐND", True), ("35/NQ-HDND", "36/NQ-HĐND", False), ("2/QĐĐ-TTg", "2/QDD-TTg", False),
     ("1/NQ-HĐND", "1NQ-HĐND", False)],
)  # fmt: skip
def test_what_is_lawful(before: str, after: str, lawful: bool) -> None:
    assert is_lawful(before, after, SYMBOLS) is lawful
