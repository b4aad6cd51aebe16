"""What a PDF holds besides its pages is named, and never passed over in silence."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.test_bad_input import Run, vnocr
from tests.unit.sources.conftest import SENTENCES, MakePdf, make_pdf, say
from vnreport_ocr import clean_file

__all__ = ["make_pdf", "vnocr"]

Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture
def plain(make_pdf: MakePdf) -> Path:
    return make_pdf(say(*SENTENCES), say(*SENTENCES))


def changed(path: Path, change: Change) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def specification(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    file = pikepdf.Dictionary(F=pdf.make_stream(b"1"))
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Filespec, UF=pikepdf.String(name), EF=file))


def attach(pdf: pikepdf.Pdf, *names: str) -> None:
    pairs = [part for name in names for part in (pikepdf.String(name), specification(pdf, name))]
    tree = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(pairs)))
    tree.Kids = pikepdf.Array([tree, tree])  # a branch that leads back to itself
    pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree)


def test_attached_files_are_named(plain: Path, vnocr: Run, tmp_path: Path) -> None:
    changed(plain, lambda pdf: attach(pdf, "bảng kê.xlsx", "hợp đồng.pdf"))
    code, _, told = vnocr("clean", plain, "-o", "out", "-f", "json")
    said = "2 attached files that were not read: bảng kê.xlsx, hợp đồng.pdf"
    assert (code, len(told)) == (0, 2)
    assert f"{plain}, page 1: It has {said}. Save them from the PDF" in told[0]
    assert "1 page to check: 1 (attached files)" in told[1]
    pages = json.loads((tmp_path / "out" / "made.json").read_text(encoding="utf-8"))["pages"]
    assert [page.get("attached", []) for page in pages] == [["bảng kê.xlsx", "hợp đồng.pdf"], []]
    assert [reason["matter"] for reason in pages[0]["attention"]] == ["attached"]


def test_they_are_told_with_the_first_page_that_is_read(plain: Path, vnocr: Run) -> None:
    changed(plain, lambda pdf: attach(pdf, "bảng kê.xlsx"))
    assert "page 2: It has an attached file" in vnocr("clean", plain, "--pages", "2").told[0]


def test_an_archive_tells_of_portfolios(plain: Path, vnocr: Run, tmp_path: Path) -> None:
    def portfolio(pdf: pikepdf.Pdf) -> None:
        attach(pdf, *(f"tờ trình {number}.pdf" for number in range(12)))
        pdf.Root.Collection = pikepdf.Dictionary(View=pikepdf.Name.T)

    (tmp_path / "in").mkdir()
    changed(plain, portfolio).rename(tmp_path / "in" / "made.pdf")
    code, out, told = vnocr("batch", "in", "-o", "out", "-j", "1")
    assert code == 0
    assert "made.pdf, page 1: 12 attached files that were not read: tờ trình 0.pdf" in "\n".join((out.decode(), *told))
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "12 attached files that were not read" in report
    assert "and 7 more" in report
    assert "12 tệp đính kèm chưa đọc" in (tmp_path / "out" / "report.vi.html").read_text(encoding="utf-8")


def test_files_pinned_to_a_page_are_named_with_it(plain: Path) -> None:
    def pin(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, FS=specification(pdf, "phụ lục.docx"))
        pdf.pages[1].Annots = pikepdf.Array([note])

    document = clean_file(changed(plain, pin))
    assert [page.attached for page in document.pages] == [(), ("phụ lục.docx",)]


def test_hostile_names_are_harmless_and_few(plain: Path, vnocr: Run) -> None:
    names = ("\x1b[2J\u202exslx.pdf\r\n", "x" * 30_000, "", *(f"{number}.pdf" for number in range(1_500)))
    changed(plain, lambda pdf: attach(pdf, *names))
    (first, *_), length = clean_file(plain).pages[0].attached, 81
    assert re.fullmatch(r"[\w.\[\]\N{REPLACEMENT CHARACTER}]+", first)
    attached = clean_file(plain).pages[0].attached
    assert (len(attached), attached[-1]) == (1_001, "(more than 1,000)")
    assert max(map(len, attached)) < length
    told = vnocr("clean", plain).told
    assert (len(told), len(told[0]) < 600) == (2, True)


@pytest.mark.parametrize("needed", [True, False])
def test_a_form_that_its_pages_do_not_show_is_told(needed: bool, plain: Path, vnocr: Run) -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        xfa = pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=xfa)
        if needed:
            pdf.Root.AcroForm.Fields = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a")))])
            pdf.Root.NeedsRendering = True

    code, _, told = vnocr("clean", changed(plain, form))
    assert code == 6
    assert "page 1: It is a form (XFA) that only Adobe's programs show" in told[0]
    assert "incomplete: 1." in told[1]


def test_a_form_whose_fields_are_on_the_page_is_whole(plain: Path, vnocr: Run) -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("a")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), XFA=pdf.make_stream(b"<x/>"))

    assert vnocr("clean", changed(plain, form)).code == 0


def test_a_pdf_that_qpdf_cannot_open_has_its_files_named(plain: Path) -> None:
    def pin(pdf: pikepdf.Pdf) -> None:
        attach(pdf, "bảng kê.xlsx")
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FileAttachment,
            Rect=[0, 0, 9, 9],
            FS=specification(pdf, "phụ lục.docx"),
        )
        pdf.pages[1].Annots = pikepdf.Array([pdf.make_indirect(note)])

    data = broken(changed(plain, pin))
    assert [page.attached for page in clean_file(data).pages] == [("bảng kê.xlsx",), ("phụ lục.docx",)]


def test_an_empty_page_of_a_pdf_that_qpdf_cannot_open_may_have_lost_its_text(plain: Path) -> None:
    changed(plain, lambda pdf: pdf.pages[1].__delitem__("/Contents"))
    whole = clean_file(plain).pages
    assert [(page.error, page.source) for page in whole] == [(None, "layer"), (None, "none")]
    first, second = clean_file(broken(plain)).pages
    assert first.text == whole[0].text
    assert "The contents of the page are lost" in str(second.error)


@pytest.mark.parametrize(
    "spoil", [lambda data: data.decode("latin-1").encode(), lambda data: data.replace(b"x\x9c", b"x?")]
)
def test_contents_spoilt_by_a_transfer_are_told_as_lost(spoil: Callable[[bytes], bytes], plain: Path) -> None:
    with pikepdf.open(plain) as pdf:
        pdf.save(plain.with_suffix(".plain"), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    pages = clean_file(spoil(plain.with_suffix(".plain").read_bytes())).pages
    assert ["lost" in str(page.error) for page in pages] == [True, True]


def broken(path: Path) -> bytes:
    """Return a PDF whose trailer names the catalogue by another generation, which PDFium alone puts up with."""
    with pikepdf.open(path) as pdf:
        pdf.save(path.with_suffix(".plain"), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.with_suffix(".plain").read_bytes().replace(b"\n1 0 obj", b"\n1 2 obj", 1)
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(data))
    return data
