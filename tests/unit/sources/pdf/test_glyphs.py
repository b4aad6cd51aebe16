"""The letters as read in bulk against the same letters asked of pdfium one by one."""

import ctypes
from pathlib import Path

import pypdfium2.raw as raw
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.unit.sources.conftest import FONTS, SENTENCES, MakePdf, say
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage
from vnreport_ocr.sources.pdf.glyphs import Glyph, read_glyphs

Plain = tuple[str, float, float, float, float]


def asked_one_by_one(page: PdfPage) -> list[Plain]:
    """Letter, origin, and the sides of its box, as the binding gives them."""
    textpage = page.page.get_textpage()
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found = []
    left, top = page.shown(0, 0)
    for index in range(raw.FPDFText_CountChars(textpage)):
        if not raw.FPDFText_GetTextObject(textpage, index):
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        # The code that pdfium has for a hyphen at a line's end.
        letter = chr(raw.FPDFText_GetUnicode(textpage, index)).replace("\2", "-")
        found.append((letter, x.value + left, top - y.value, box.left + left, box.right + left))
    textpage.close()
    return found


def plain(glyphs: list[Glyph]) -> list[Plain]:
    return [(glyph.text, glyph.start, glyph.base, glyph.left, glyph.right) for glyph in glyphs]


def beyond_the_first_plane(canvas: Canvas) -> None:
    """Letters that take two units of UTF-16."""
    pdfmetrics.registerFont(TTFont("Sans", str(FONTS / "DejaVuSans.ttf")))
    canvas.setFont("Sans", 12)
    canvas.drawString(30, 200, "Số \N{MATHEMATICAL DOUBLE-STRUCK SMALL A} và \N{GRINNING FACE} ở đây")


def broken_word(canvas: Canvas) -> None:
    """A word broken at the end of a line, whose hyphen pdfium gives a code of its own."""
    canvas.drawString(30, 200, "Uỷ ban kiểm tra các văn bản infor-")
    canvas.drawString(30, 184, "mation của huyện")


@pytest.mark.parametrize("draw", [say(*SENTENCES * 4, top=280, step=12), beyond_the_first_plane, broken_word])
def test_the_same_as_asked_one_by_one(draw: object, make_pdf: MakePdf) -> None:
    with PdfFile(make_pdf(draw)) as file, file.page(1) as page:
        assert plain(read_glyphs(page).glyphs) == asked_one_by_one(page)


def test_a_cropped_page_begins_at_its_corner(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((20, 30, 380, 290))
        say(*SENTENCES)(canvas)

    with PdfFile(make_pdf(draw)) as file, file.page(1) as page:
        glyphs = read_glyphs(page).glyphs
        assert plain(glyphs) == asked_one_by_one(page)
        assert (glyphs[0].start, glyphs[0].base) == pytest.approx((30 - 20, 290 - 260))


def test_an_empty_page_has_no_letters(make_pdf: MakePdf) -> None:
    with PdfFile(make_pdf(lambda canvas: canvas.rect(10, 10, 50, 50))) as file, file.page(1) as page:
        assert read_glyphs(page).glyphs == []


def test_every_object_is_asked_for_its_own_font(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Điều 1.")
        canvas.setFont("Serif-Bold", 9)
        canvas.drawString(80, 200, "Phạm vi")
        canvas.setFont("Serif", 12)
        canvas.drawString(130, 200, "điều chỉnh")

    path: Path = make_pdf(draw)
    with PdfFile(path) as file, file.page(1) as page:
        glyphs = read_glyphs(page).glyphs
    looks = list(dict.fromkeys((glyph.size, glyph.font.bold) for glyph in glyphs))
    assert looks == [(12, False), (9, True)]
    assert "".join(glyph.text for glyph in glyphs if glyph.font.bold) == "Phạm vi"
