"""What a path holds: a PDF, a page image, a folder of page images, or text."""

from pathlib import Path
from typing import Literal

from vnreport_ocr.errors import MissingFileError, NotAPdfError, UnreadableFileError

Kind = Literal["pdf", "image", "folder", "text"]

IMAGE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})
_IMAGE_MARKS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEAD = 1024


def kind_of(path: Path) -> Kind:
    """Decide by the first bytes; a name that promises something else is told as an error."""
    try:
        if path.is_dir():
            return "folder"
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except OSError as error:
        raise UnreadableFileError(f"The file cannot be read ({error.strerror}).", file=str(path)) from error
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGE_MARKS):
        return "image"
    ending = path.suffix.lower()
    if ending == ".pdf":
        raise NotAPdfError("The file is not a PDF.", file=str(path))
    return "image" if ending in IMAGE_ENDINGS else "text"
