"""Pages saved from files that are cut off or broken inside."""

from pathlib import Path

import pikepdf
import pytest

from tests.unit.sources.conftest import SENTENCES, MakePdf, picture_of, say, scanned
from tests.waiting import LONG
from vnreport_ocr.errors import DamagedPdfError
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.render import render
from vnreport_ocr.sources.pdf.salvage import ends_early, saved_pages


def resaved(path: Path, **how: pikepdf.ObjectStreamMode) -> bytes:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, **({"object_stream_mode": pikepdf.ObjectStreamMode.disable} | how))
    return path.read_bytes()


def test_a_whole_file_is_not_damaged(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    with PdfFile(path) as file, file.page(1) as page:
        assert (file.damaged, file.saved, page.saved) == (False, None, None)
    path.write_bytes(path.read_bytes() + bytes(300))
    assert not ends_early(path)


def test_a_file_that_only_lost_its_end_is_damaged(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b""))
    with PdfFile(path) as file:
        assert (len(file), file.damaged, file.saved) == (1, True, None)


def test_pages_are_found_where_their_list_is_lost(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"), say("hai"), say("ba"))
    data = resaved(path)
    path.write_bytes(data[: data.rindex(b"xref\n0 ")].replace(b"/Type /Pages", b"/Type /Sages"))
    with PdfFile(path) as file:
        texts = []
        for number in (1, 2, 3):
            with file.page(number) as page:
                texts.append(page.page.get_textpage().get_text_range().strip())
    assert texts == ["một", "hai", "ba"]


def test_a_saved_page_can_be_drawn(make_pdf: MakePdf) -> None:
    picture = picture_of(*SENTENCES)
    path = make_pdf(say("một"), lambda canvas: scanned(canvas, picture))
    data = resaved(path)
    path.write_bytes(data[: data.rindex(b"xref\n0 ")])
    with PdfFile(path) as file, file.page(2) as page:
        assert page.saved is not None
        drawn = render(path, page, 100, LONG)
    assert (drawn.grey < 128).any()


def test_what_was_cut_away_is_not_mistaken_for_something_else(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    data = path.read_bytes()
    # The contents of the page follow it.
    path.write_bytes(data[: data.index(b"/Type /Catalog") - 20])
    with pytest.raises(DamagedPdfError):
        PdfFile(path)


def test_a_page_that_lost_its_font_shows_nothing(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"), lambda canvas: canvas.line(10, 10, 90, 90))
    data = resaved(path)
    font = data.rindex(b" 0 obj", 0, data.index(b"/BaseFont /AAAAAA"))
    spoilt = data[:font] + b" 0 xyz" + data[font + 6 :]
    path.write_bytes(spoilt[: spoilt.rindex(b"xref\n0 ")])
    with PdfFile(path) as file, file.page(1) as page:
        assert page.is_blank()


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n1 0 obj\n<</Type/Page", b"%PDF-1.7\n" + bytes(range(256)) * 9]
)
def test_where_nothing_can_be_saved_the_file_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    with pytest.raises(DamagedPdfError):
        PdfFile(path)


def test_encrypted_files_that_are_cut_off_are_refused(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"), linearize=True)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    assert saved_pages(path) is None
