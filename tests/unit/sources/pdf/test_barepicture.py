from pathlib import Path

import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.sources.conftest import SENTENCES, MakePdf, picture_of, say, scanned
from vnreport_ocr.sources.pdf.barepicture import bare_picture
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.picture.value import Picture

PICTURE = picture_of(*SENTENCES, dpi=150, size=(5, 3))
SIZE = (360, 216)


def bare(path: Path) -> Picture | None:
    with PdfFile(path) as file, file.page(1) as page:
        return bare_picture(page)


def scan(canvas: Canvas) -> None:
    scanned(canvas, PICTURE)


def test_the_page_picture_comes_out_pixel_by_pixel(make_pdf: MakePdf) -> None:
    found = bare(make_pdf(scan, size=SIZE))
    assert found is not None
    assert found.dpi == pytest.approx(150)
    assert np.array_equal(found.pixels, PICTURE.pixels)


@pytest.mark.parametrize(("degrees", "turns"), [(90, -1), (180, 2), (270, 1)])
def test_the_page_is_turned_as_it_is_shown(degrees: int, turns: int, make_pdf: MakePdf) -> None:
    path = make_pdf(scan, size=SIZE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = degrees
        pdf.save(path)
    found = bare(path)
    assert found is not None
    assert np.array_equal(found.pixels, np.rot90(PICTURE.pixels, turns))


def test_pages_that_show_more_than_one_picture_are_drawn(make_pdf: MakePdf) -> None:
    def stamped(canvas: Canvas) -> None:
        scan(canvas)
        scanned(canvas, picture_of("ĐẾN", size=(1, 0.6)), 200, 150)

    def written_on(canvas: Canvas) -> None:
        scan(canvas)
        say("Số 12")(canvas)

    def turned(canvas: Canvas) -> None:
        canvas.translate(180, 108)
        canvas.rotate(4)
        canvas.translate(-180, -108)
        scan(canvas)

    def mirrored(canvas: Canvas) -> None:
        canvas.translate(360, 0)
        canvas.scale(-1, 1)
        scan(canvas)

    for draw in (stamped, written_on, turned, mirrored, say("Số 12"), lambda canvas: scanned(canvas, PICTURE, 60, 60)):
        assert bare(make_pdf(draw, size=SIZE)) is None


def test_a_picture_shown_otherwise_than_it_is_stored_is_drawn(make_pdf: MakePdf) -> None:
    path = make_pdf(scan, size=SIZE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
                found.ImageMask = True
                found.BitsPerComponent = 1
                del found["/ColorSpace"]
        pdf.save(path)
    result = bare(path)
    assert result is None or not np.array_equal(result.pixels, PICTURE.pixels)
