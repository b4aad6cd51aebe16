import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from vnreport_ocr.document import Document
from vnreport_ocr.errors import MissingFileError, NotADocumentError
from vnreport_ocr.model import Box, Cell, Correction, Doubt, Line, Page, Role, Style, Table, Token
from vnreport_ocr.outputs.json import JsonStream
from vnreport_ocr.review import jsonpages
from vnreport_ocr.review.documents import DocumentHead, document_from_json, read_document, stored_pages

BOX = Box(10.0, 20.0, 60.0, 32.0)
LINE = Line(
    "Số: 18/NQ-HDND",
    (Token("Số:", 0, BOX, 0.9, (("Sô:", 0.4),), Style(13.0, bold=True)), Token("18/NQ-HDND", 4, BOX, 0.7)),
    (Correction(4, "18/NQ-HDND", "18/NQ-HĐND", "symbol", 0.95, "a known symbol"),),
    (Doubt(4, "18/NQ-HĐND", "the engine is not sure"),),
    Role.LETTERHEAD,
)
PAGE = Page(
    1,
    (LINE, Line("Xã Hòa Bình", end="")),
    (Table((Cell(0, 0, (Line("Chỉ tiêu"),), 1, 2, BOX), Cell(1, 0, (Line("12,5"),)), Cell(1, 1, ())), 1, BOX),),
    source="ocr",
    size=(595.0, 842.0),
    quality=0.91,
    notes=("read again",),
)


def written(*pages: Page) -> str:
    stream = JsonStream("công văn.pdf", {"title": "Công văn"})
    return "".join(stream.page(page) for page in pages) + stream.end()


def test_what_was_written_is_read() -> None:
    document = document_from_json(written(PAGE, replace(PAGE, number=2)))
    assert document == Document((PAGE, replace(PAGE, number=2)), "công văn.pdf", {"title": "Công văn"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("[1, 2]", "not a vnocr document"),
        ('{"format": "vnocr-decisions"}', "not a vnocr document"),
        ('{"format": "vnocr-document", "format_version": 99}', "version 99"),
        ('{"format": "vnocr-document", "format_version": 1}', "lacks what"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": [3]}', "lacks what"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": {}}', "lacks what"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": []} {}', "not JSON"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": [,]}', "not JSON"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": []', "not JSON"),
        ('{"format": "vnocr-document", "format_version": 1, "pages": [],}', "not JSON"),
        ('{"pages": [], "format": "vnocr-decisions"}', "not a vnocr document"),
        ("{1: 2}", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_document_is_told(text: str, said: str) -> None:
    with pytest.raises(NotADocumentError, match=said):
        document_from_json(text)


def test_what_stands_behind_the_pages_is_known() -> None:
    record = json.loads(written(PAGE))
    turned = json.dumps(dict(reversed(record.items())), ensure_ascii=False)
    assert document_from_json(turned) == document_from_json(written(PAGE))


@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_a_document_is_read_in_pieces_of_any_length(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = tuple(replace(PAGE, number=number) for number in range(1, 30))
    monkeypatch.setattr(jsonpages, "_PIECE", piece)
    assert document_from_json(written(*pages)).pages == pages


def test_of_a_long_document_one_page_is_held(tmp_path: Path) -> None:
    count = 2000
    path = tmp_path / "dai.json"
    path.write_text(written(*(replace(PAGE, number=number) for number in range(1, count + 1))), encoding="utf-8")
    tracemalloc.start()
    try:
        head = DocumentHead()
        assert sum(1 for _ in stored_pages(path, head)) == count
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert head.name == "công văn.pdf"
    assert path.stat().st_size > 3_500_000
    assert peak < 12_000_000  # pieces of a million letters, and the numbers of the pages


def test_a_page_longer_than_any_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonpages, "_PIECE", 100)
    monkeypatch.setattr(jsonpages, "_LONGEST", 1000)
    with pytest.raises(NotADocumentError, match="longer than any"):
        document_from_json(written(PAGE))


def test_corrections_that_do_not_fit_are_told() -> None:
    record = json.loads(written(PAGE))
    record["pages"][0]["lines"][0]["raw"] = "another line"
    with pytest.raises(NotADocumentError, match="lacks what"):
        document_from_json(json.dumps(record))


def test_a_file_that_is_not_there_or_is_no_text_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"khong-co\.json"):
        read_document(tmp_path / "khong-co.json")
    (tmp_path / "anh.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(NotADocumentError, match=r"anh\.json"):
        read_document(tmp_path / "anh.json")
