from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.sources.conftest import MakePdf, picture_of, say, scanned
from vnreport_ocr.errors import (
    DamagedPdfError,
    EmptyDocumentError,
    EncryptedPdfError,
    InputError,
    MissingFileError,
    NotAPdfError,
)
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.opened import OpenedPdf

SAMPLES = Path(__file__).parents[4] / "samples"


def test_pages_sizes_and_properties(make_pdf: MakePdf) -> None:
    with PdfFile(make_pdf(say("một"), say("hai"))) as file:
        assert len(file) == 2
        with file.page(2) as page:
            assert page.size == (400, 300)
            assert not page.is_blank()
        assert "Producer" in file.properties()
        with pytest.raises(InputError, match="has 2 pages"), file.page(3):
            pass


def test_pictures_are_found_with_their_resolution(make_pdf: MakePdf) -> None:
    picture = picture_of("Tỉnh ủy", size=(2, 1), dpi=150)
    with PdfFile(make_pdf(lambda canvas: scanned(canvas, picture, 50, 60))) as file, file.page(1) as page:
        (found,) = page.pictures()
    assert found.dpi == pytest.approx(150)
    assert found.box.left == pytest.approx(50)
    assert found.box.bottom == pytest.approx(240)


def test_pictures_inside_forms_are_found_where_they_lie(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        scanned(canvas, picture_of("ĐẾN", size=(1, 1), dpi=100))
        canvas.endForm()
        canvas.translate(100, 20)
        canvas.scale(0.5, 0.5)
        canvas.doForm("stamp")

    with PdfFile(make_pdf(draw)) as file, file.page(1) as page:
        (found,) = page.pictures()
    assert found.box.left == pytest.approx(100)
    assert found.box.right == pytest.approx(136)
    assert found.dpi == pytest.approx(200)


@pytest.mark.parametrize(("turn", "corner"), [(0, (30, 40)), (90, (260, 30)), (180, (370, 260)), (270, (40, 370))])
def test_points_are_where_the_reader_sees_them(turn: int, corner: tuple[int, int], make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    with PdfFile(path) as file, file.page(1) as page:
        assert page.shown(30, 260) == pytest.approx(corner)


def test_encrypted_files_open_with_their_password_only(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(make_pdf(say("mật"))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chu", user="khoa"))
    with pytest.raises(EncryptedPdfError, match="--password"):
        PdfFile(path)
    with pytest.raises(EncryptedPdfError, match="does not open"):
        PdfFile(path, "sai")
    with PdfFile(path, "khoa") as file:
        assert len(file) == 1


def test_files_that_are_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with pytest.raises(MissingFileError):
        PdfFile(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(NotAPdfError):
        PdfFile(path)
    path.write_bytes(b"%PDF-1.7\nnothing else")
    with pytest.raises(DamagedPdfError):
        PdfFile(path)


def test_a_file_cut_off_in_the_middle(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"/Type /Page")])
    with pytest.raises((DamagedPdfError, EmptyDocumentError)):
        PdfFile(path)


def test_a_pdf_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    pikepdf.new().save(path)
    with pytest.raises((EmptyDocumentError, DamagedPdfError)):
        PdfFile(path)


@pytest.mark.parametrize("before", ["encrypted.pdf", "broken.pdf"])
def test_a_pdf_without_pages_is_told_as_such_after_any_other(tmp_path: Path, before: str) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing\n%%EOF\n")
    place = SAMPLES if before == "encrypted.pdf" else tmp_path
    with pytest.raises((EncryptedPdfError, DamagedPdfError)):
        PdfFile(place / before)
    pikepdf.new().save(tmp_path / "none.pdf")

    with pytest.raises(EmptyDocumentError):
        PdfFile(tmp_path / "none.pdf")


def test_a_file_is_opened_once_and_anew_when_it_changed(make_pdf: MakePdf) -> None:
    opened = OpenedPdf()
    path = make_pdf(say("một"))
    first = opened.file(path, None)
    assert opened.file(path, None) is first
    make_pdf(say("một"), say("hai"))
    assert len(opened.file(path, None)) == 2
    opened.close()
    path.unlink()
    with pytest.raises(MissingFileError):
        opened.file(path, None)
