import json
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.outputs.test_formats import PAGES
from vnreport_ocr.document import Document
from vnreport_ocr.errors import OutputError, UsageError
from vnreport_ocr.model import Box, Cell, Letterhead, Line, Page, Reading, Table
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import FORMATS, write


def test_every_format_lands_in_its_file(tmp_path: Path) -> None:
    formats = [wish for wish in FORMATS if wish != "pdf"]  # a copy of a file, which these pages have none of
    written = write(Document(PAGES, "bao-cao.pdf"), formats, tmp_path / "deep" / "bao-cao")
    assert sorted(path.name for path in written if ".page-" not in path.name) == [
        "bao-cao.alto.xml",
        "bao-cao.docx",
        "bao-cao.hocr",
        "bao-cao.html",
        "bao-cao.json",
        "bao-cao.md",
        "bao-cao.table-01.csv",
        "bao-cao.txt",
    ]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == sorted(path.name for path in written)
    assert json.loads((tmp_path / "deep" / "bao-cao.json").read_text(encoding="utf-8"))["name"] == "bao-cao.pdf"


def test_pages_may_come_one_at_a_time(tmp_path: Path) -> None:
    write((Page(n, (Line(f"trang {n}"),), source="layer") for n in range(1, 4)), ["txt"], tmp_path / "a")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "trang 1\n\ntrang 2\n\ntrang 3\n"


def test_no_half_written_file_is_ever_seen(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("cũ", encoding="utf-8")

    def stopped() -> Iterator[Page]:
        yield Page(1, (Line("mới"),))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(stopped(), ["txt", "json"], tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "cũ"


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="odt"):
        write(Document(PAGES), ["odt"], tmp_path / "a")


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write(Document(PAGES), ["txt"], tmp_path / "file" / "a")


def test_a_letterhead_is_a_table_of_its_own(tmp_path: Path) -> None:
    head = Letterhead(
        number=Reading("7/KH-SNV", 0.5, None, "it may be handwritten"), addressees=(Reading("Các xã", 0.9),)
    )
    pages = (
        Page(1, (Line("x"),), letterhead=head),
        Page(2, (Line("y"),), letterhead=Letterhead(signer=Reading("Vi A", 0.9))),
    )
    assert [path.name for path in write(pages, ["csv"], tmp_path / "a")] == ["a.letterhead.csv"]
    assert (tmp_path / "a.letterhead.csv").read_text(encoding="utf-8").splitlines() == [
        "field;truong;text;confidence;doubt",
        "number;so_ky_hieu;7/KH-SNV;0.500;it may be handwritten",
        "addressees;kinh_gui;Các xã;0.900;",
        "signer;nguoi_ky;Vi A;0.900;",
    ]


def test_a_table_over_pages_is_one_file(tmp_path: Path) -> None:
    def table(*rows: tuple[str, str], top: float) -> Table:
        cells = [
            Cell(r, c, (Line(text),), box=Box(60 + 200 * c, top + 20 * r, 260 + 200 * c, top + 20 * r + 20))
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        return Table(tuple(cells), 0, Box(60, top, 460, top + 20 * len(rows)))

    head = ("Xã", "Diện tích")
    pages = [
        Page(1, (), (table(head, ("An Phú", "12,5"), top=700),), size=(595, 842)),
        Page(2, (), (table(head, ("Vĩnh Hòa", "8,1"), top=50), table(("a", "b"), top=400)), size=(595, 842)),
    ]
    written = write(pages, ["csv", "md"], tmp_path / "a")
    assert [path.name for path in written] == ["a.md", "a.table-01.csv", "a.table-02.csv"]
    rows = (tmp_path / "a.table-01.csv").read_text(encoding="utf-8").splitlines()
    assert rows == ["Xã;Diện tích", "An Phú;12,5", "Vĩnh Hòa;8,1"]
    assert (tmp_path / "a.md").read_text(encoding="utf-8").splitlines()[:5] == [
        "| Xã | Diện tích |", "| --- | --- |", "| An Phú | 12,5 |", "| Vĩnh Hòa | 8,1 |", "",
    ]  # fmt: skip


def test_more_tables_than_files_may_be_open(tmp_path: Path) -> None:
    table = Table((Cell(0, 0, (Line("a"),)),), 0)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
    try:
        written = write([Page(1, tables=(table,) * 100)], ["csv", "txt"], tmp_path / "a")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert len(written) == 101
    assert all(path.read_text(encoding="utf-8") for path in written)


@pytest.mark.parametrize("marked", [True, False])
def test_tables_for_excel_begin_with_a_mark(marked: bool, tmp_path: Path) -> None:
    tables = tuple(Table((Cell(0, 0, (Line(text),)),), 0) for text in ("Xã", "Ấp"))
    head = Letterhead(number=Reading("145/TTr-UBND", 0.9))
    pages = [Page(1, tables=tables, letterhead=head)]
    for path in write(pages, ["csv"], tmp_path / "a", options=Options(csv_bom=marked)):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("\ufeff") == marked
        assert text.count("\ufeff") == marked
