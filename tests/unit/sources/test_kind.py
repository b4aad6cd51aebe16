from pathlib import Path

import pytest
from PIL import Image

from vnreport_ocr.errors import MissingFileError, NotAPdfError
from vnreport_ocr.sources.kind import kind_of


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    Image.new("1", (8, 8)).save(path, "TIFF")
    assert kind_of(path) == "image"
    path.write_bytes(b"junk before\n%PDF-1.4\n")
    assert kind_of(path) == "pdf"
    path.write_text("Kính gửi", encoding="utf-8")
    assert kind_of(path) == "text"


@pytest.mark.parametrize("ending", ["png", "jpg", "tif"])
def test_pictures_are_recognised(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    Image.new("L", (8, 8)).save(path)
    assert kind_of(path) == "image"


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
