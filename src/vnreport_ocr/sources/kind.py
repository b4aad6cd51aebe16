"""What a path holds: a PDF, a picture, a folder of pictures, a Word file, or text; all else is refused by its name."""

import os
import re
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final, Literal

from vnreport_ocr.errors import MissingFileError, NotAPdfError, UnreadableFileError, UnsupportedFileError, unreadable

Kind = Literal["pdf", "image", "folder", "text", "docx"]

HEIF_ENDINGS: Final = frozenset({".heic", ".heif"})
"""Pictures of telephones, read with the extra ``heic``."""
IMAGE_ENDINGS: Final = HEIF_ENDINGS | {
    ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".webp", ".bmp", ".dib", ".gif", ".jp2", ".j2k", ".jpx",
    ".ppm", ".pgm", ".pbm", ".pnm", ".avif",
}  # fmt: skip
WORD_ENDINGS: Final = frozenset({".docx", ".docm", ".dotx", ".dotm"})
"""Word files since 2007; those of before are not read."""
_HEAD: Final = 1024
_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IMAGE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|II\*\x00|MM\x00\*|II\+\x00|MM\x00\+|RIFF....WEBP|GIF8[79]a|"
    rb"\x00\x00\x00\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51|BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00|"
    rb"P[1-6](?:\s+#[^\n]*\n)*\s+\d{1,6}\s+\d{1,6}\s|.{4}ftyp(?:avi[fs]|hei[cxms]|hev[cx]|mif1|msf1)",
    re.DOTALL,
)
"""How pictures begin; of ``P4`` and ``BM``, with which a text may begin too, as much as no text has."""
_FOREIGN: Final = (
    (re.compile(rb"\{\\rtf"), "a Rich Text file (rtf)"),
    (re.compile(rb"%!PS"), "a PostScript file (ps, eps)"),
)
"""What is met in folders of documents and not read, by how it begins."""
_FOREIGN_BYTES: Final = (
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office file (doc, xls, ppt)"),
    (re.compile(rb"PK\x03\x04.*?(?:\[Content_Types\]|word/|xl/|ppt/)", re.DOTALL),
     "an Office file (xlsx, pptx, docx under another name)"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.DOTALL), "an e-book (epub)"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL), "an OpenDocument file (odt, ods)"),
    (re.compile(rb"PK\x03\x04|PK\x05\x06|Rar!\x1a\x07|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ"), "an archive (zip, rar, 7z)"),
    (re.compile(rb"AT&TFORM"), "a DjVu file"),
    (re.compile(rb"8BPS"), "a Photoshop file (psd)"),
    (re.compile(rb".{4}ftyp|ID3|OggS|RIFF....(?:AVI |WAVE)|\x1aE\xdf\xa3", re.DOTALL), "a film or a sound"),
    (re.compile(rb"\x7fELF|MZ"), "a program"),
)  # fmt: skip
"""The same where the beginning could be that of a text too, and other bytes tell that it is none."""


def kind_of(path: Path) -> Kind:
    """Decide by the first bytes; a name that promises something else is told as an error."""
    head = head_of(path)
    return "folder" if head is None else kind_by_head(head, path.suffix.lower(), str(path))


def head_of(path: Path) -> bytes | None:
    """Read the first bytes of a file, which tell its kind; None of a folder."""
    try:
        if path.is_dir():
            return None
        with open_file(path) as file:
            return file.read(_HEAD)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except OSError as error:
        raise unreadable(error, str(path)) from error


def open_file(path: Path) -> BufferedReader:
    """Open a file for reading bytes; raises ``UnreadableFileError`` for what only looks like one.

    Nothing is waited for: a pipe in a folder of documents would hold up everything until somebody writes to it.
    """
    _refuse_special(path, path.stat().st_mode)  # to open some devices does something
    file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    try:
        _refuse_special(path, os.fstat(file.fileno()).st_mode)  # it may have been put there meanwhile
    except BaseException:
        file.close()
        raise
    return file


def _refuse_special(path: Path, mode: int) -> None:
    if stat.S_ISFIFO(mode):
        problem = "It is a pipe, which can be read only once."
        raise UnreadableFileError(problem, file=str(path), cure="Give it to standard input, with - as FILE.")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        cure = "Give what it says to standard input, with - as FILE."
        raise UnreadableFileError("It is not a file but a device or a socket.", file=str(path), cure=cure)


def kind_by_head(head: bytes, ending: str, name: str) -> Kind:
    """Tell the same from the first bytes of a file or of a stream."""
    if b"%PDF-" in head:
        return "pdf"
    if _IMAGE.match(head):
        return "image"
    if ending in WORD_ENDINGS and head.startswith(b"PK\x03\x04"):
        return "docx"
    marks = _FOREIGN + (_FOREIGN_BYTES if _BYTES.search(head) else ())
    foreign = next((what for mark, what in marks if mark.match(head)), None)
    if foreign is not None:
        raise UnsupportedFileError(f"It is {foreign}, which is not supported.", file=name)
    if ending == ".pdf":
        raise NotAPdfError("The file is not a PDF.", file=name)
    if ending in WORD_ENDINGS:
        return "docx"  # whoever opens it tells that it is broken, or empty
    return "image" if ending in IMAGE_ENDINGS else "text"
