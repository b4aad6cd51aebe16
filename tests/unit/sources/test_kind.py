from pathlib import Path

import pytest
from PIL import Image

from vnreport_ocr.errors import (
    DamagedImageError,
    DamagedWordError,
    MissingFileError,
    NotAPdfError,
    UnsupportedFileError,
)
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.picture.files import load_frame
from vnreport_ocr.sources.word.files import word_pages


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    Image.new("1", (8, 8)).save(path, "TIFF")
    assert kind_of(path) == "image"
    path.write_bytes(b"junk before\n%PDF-1.4\n")
    assert kind_of(path) == "pdf"
    path.write_text("Kính gửi", encoding="utf-8")
    assert kind_of(path) == "text"


@pytest.mark.parametrize("data", [b"", b"\n\n", "Kính gửi Sở Y tế".encode(), b"PK"])
@pytest.mark.parametrize("ending", ["docx", "docm"])
def test_a_word_file_that_is_none_is_no_text(data: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    assert kind_of(path) == "docx"
    with pytest.raises(DamagedWordError):
        word_pages(path)


@pytest.mark.parametrize(
    "ending", ["png", "jpg", "tif", "webp", "bmp", "gif", "jp2", "ppm", "pgm", "pbm", "avif", "dib", "j2k"]
)
def test_pictures_are_recognised(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    Image.new("1" if ending == "pbm" else "L", (16, 16)).save(path)
    nameless = path.rename(tmp_path / "scan.bin" if ending != "dib" else path)
    assert kind_of(nameless) == "image"
    assert load_frame(nameless, 1).pixels.shape[:2] == (16, 16)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "old Office"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "docx"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "epub"),
        (b"PK\x03\x04" + bytes(26) + b"a.txt", "zip"),
        (b"AT&TFORM\0\0\1\2DJVU", "DjVu"),
        (b"{\\rtf1\\ansi Xin}", "Rich Text"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (b"\0\0\0 ftypisom" + bytes(9), "film"),
    ],
)
def test_what_is_not_read_is_named_with_what_is(head: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(head)
    with pytest.raises(UnsupportedFileError) as caught:
        kind_of(path)
    assert name in caught.value.problem
    assert "PDFs, Word files (docx), texts and pictures (PNG, JPEG" in str(caught.value)


@pytest.mark.parametrize("text", ["BM: Bộ môn", "P1 có 3 mục", "P4\n12 xã", "MZ", "PK: phòng khám", "GIF là"])
def test_texts_that_begin_like_something_else_are_texts(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert kind_of(path) == "text"


def test_a_picture_of_a_telephone_is_read_or_told_how_to(tmp_path: Path) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    assert kind_of(path) == "image"
    with pytest.raises((UnsupportedFileError, DamagedImageError), match=r"vnreport-ocr\[heic\]|decoded|no picture"):
        load_frame(path, 1)


def test_a_folder_is_a_folder(tmp_path: Path) -> None:
    assert kind_of(tmp_path) == "folder"


def test_a_pdf_by_name_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(NotAPdfError, match="not a PDF"):
        kind_of(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        kind_of(tmp_path / "none.pdf")
