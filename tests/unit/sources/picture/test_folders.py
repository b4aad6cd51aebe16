from pathlib import Path

import pytest
from PIL import Image

from vnreport_ocr.errors import EmptyDocumentError, InputError
from vnreport_ocr.sources.picture.files import folder_images


def test_a_folder_of_pdfs_says_what_to_do(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.PDF", "c.txt"):
        (tmp_path / name).touch()
    with pytest.raises(InputError) as caught:
        folder_images(tmp_path)
    assert "2 PDFs and 1 text" in str(caught.value)
    assert f"vnocr batch {tmp_path} -o OUT" in str(caught.value)


def test_pdfs_beside_page_images_are_not_passed_over(tmp_path: Path) -> None:
    Image.new("1", (8, 8)).save(tmp_path / "1.png")
    (tmp_path / "note.txt").touch()
    assert [path.name for path in folder_images(tmp_path)] == ["1.png"]
    (tmp_path / "a.pdf").touch()
    with pytest.raises(InputError, match="1 PDF and 1 text and 1 page image"):
        folder_images(tmp_path)


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError, match="no page images"):
        folder_images(tmp_path)
