"""Page pictures in files of many formats, TIFF of many pages among them, and folders of them."""

import io
import re
import shlex
import struct
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from vnreport_ocr.errors import (
    DamagedImageError,
    EmptyDocumentError,
    InputError,
    MissingFileError,
    OversizedPageError,
    UnsupportedFileError,
    lacks_open_files,
    unreadable,
)
from vnreport_ocr.plurals import many
from vnreport_ocr.sources.kind import HEIF_ENDINGS, IMAGE_ENDINGS
from vnreport_ocr.sources.picture.heads import head_of
from vnreport_ocr.sources.picture.pixels import pixels_of
from vnreport_ocr.sources.picture.value import Picture

MOST_PIXELS: Final = 120_000_000
MOST_PAGES: Final = 5_000
"""Pages of one picture file: each is looked for from the first one on."""
_SPLIT: Final = "Split it into files of fewer pages."
_PAGED: Final = ("TIFF", "MPO")
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "DIB", "GIF", "JPEG2000", "PPM", "AVIF")
"""Formats that Pillow decodes by itself; others call programs or have readers that few files have tried."""
_SAID_DPI: Final = (60.0, 1300.0)
_END_OF_JPEG: Final = b"\xff\xd9"
_WITH_HEADS: Final = ("JPEG", "JPEG2000", "MPO")
_A4_INCHES: Final = (8.27, 11.69)

UNDECODABLE: Final = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, struct.error)
"""What Pillow's readers fail with over a damaged file, besides an honest ``OSError``."""


def frame_count(path: Path) -> int:
    """How many pages the file or folder holds."""
    if path.is_dir():
        return len(folder_images(path))
    with _opened(path) as image:
        if image.format not in _PAGED:
            # Other kinds of file have moving pictures instead of pages.
            return 1
        try:
            return _counted(image, path)
        except UNDECODABLE as error:
            raise DamagedImageError("The pages of the file cannot be counted.", file=str(path)) from error


def _counted(image: Image.Image, path: Path) -> int:
    """Count the pages one after the other, so that a list of pages without an end is found out."""
    pages = 1
    try:
        while True:
            image.seek(pages)
            pages += 1
            if pages > MOST_PAGES:
                raise OversizedPageError(f"The file has more than {MOST_PAGES} pages.", file=str(path), cure=_SPLIT)
    except EOFError:
        return pages


def load_frame(path: Path, number: int) -> Picture:
    """Page ``number`` (from 1) as it should be looked at."""
    if path.is_dir():
        files = folder_images(path)
        if not 1 <= number <= len(files):
            raise InputError(f"The folder holds {len(files)} page images.", file=str(path), page=number)
        try:
            return _load(files[number - 1], 0)
        except InputError as error:
            # The file is one page of many: without it the others are read all the same.
            error.page = error.page or 1
            raise
    return _load(path, number - 1)


def folder_images(folder: Path) -> list[Path]:
    """Find the folder's page images in the order a person would sort them (2 before 10)."""
    try:
        files = [f for f in folder.iterdir() if f.suffix.lower() in IMAGE_ENDINGS and not f.name.startswith(".")]
    except OSError as error:
        raise unreadable(error, str(folder)) from error
    _refuse_documents(folder, files)
    return sorted(files, key=lambda f: ([int(n) for n in re.findall(r"\d+", f.stem)], f.name))


@contextmanager
def opened_frame(path: Path, number: int) -> Iterator[tuple[Image.Image, Path]]:
    """Page ``number`` as Pillow has it, and the file that it lies in."""
    file, index = (folder_images(path)[number - 1], 0) if path.is_dir() else (path, number - 1)
    with _opened(file) as image:
        image.seek(index)
        _check_size(image, file, number)
        yield image, file


def _refuse_documents(folder: Path, images: Sequence[Path]) -> None:
    """Refuse to take a folder of documents for one of page images: they would be passed over in silence."""
    endings = Counter(f.suffix.lower() for f in folder.iterdir() if not f.name.startswith("."))
    pdfs, texts = endings[".pdf"], endings[".txt"] + endings[".md"]
    if not (pdfs or (texts and not images)):
        if not images:
            raise EmptyDocumentError("The folder has no page images.", file=str(folder))
        return
    counts = ((pdfs, "PDF"), (texts, "text"), (len(images), "page image"))
    held = " and ".join(many(number, what) for number, what in counts if number)
    raise InputError(
        f"The folder holds {held}; a folder is read as the page images of one document.",
        file=str(folder),
        cure=f"Read them all with 'vnocr batch {shlex.quote(str(folder))} -o OUT', or name the files one by one.",
    )


def _load(path: Path, index: int) -> Picture:
    with _opened(path) as image:
        try:
            image.seek(index)
            _check_size(image, path, index + 1)
            return _upright(image)
        except EOFError as error:
            raise InputError(f"The file has no page {index + 1}.", file=str(path), page=index + 1) from error
        except UNDECODABLE as error:
            part = _upper_part(path) if image.format == "JPEG" else None
            if part is None:
                raise DamagedImageError("The picture cannot be decoded.", file=str(path), page=index + 1) from error
            return part


def _upright(image: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(image)
    return Picture(pixels_of(upright), resolution(upright))


def _upper_part(path: Path) -> Picture | None:
    """Read a JPEG that is cut off, as far as it goes: the decoder only wants the mark of its end."""
    try:
        with Image.open(io.BytesIO(path.read_bytes() + _END_OF_JPEG)) as image:
            return replace(_upright(image), whole=False)
    except UNDECODABLE:
        return None


def _check_size(image: Image.Image, path: Path, page: int) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise OversizedPageError(f"The picture has {image.width} by {image.height} pixels.", file=str(path), page=page)
    head = head_of(path.read_bytes()) if image.format in _WITH_HEADS else None
    if head is not None and not head.is_bounded:
        problem = (
            f"The picture has {head.width} by {head.height} pixels in {head.passes} passes and {head.tiles} tiles."
        )
        raise OversizedPageError(problem, file=str(path), page=page)


def resolution(image: Image.Image) -> float:
    """Find what the file says, if that can be true of a page; else what it would be for A4 paper."""
    said = image.info.get("dpi", (0, 0))
    dpi = float(said[1]) if isinstance(said, tuple) and len(said) == 2 else 0.0
    short, long = sorted((image.width, image.height))
    guess = max(short / _A4_INCHES[0], long / _A4_INCHES[1])
    believable = _SAID_DPI[0] <= dpi <= _SAID_DPI[1] and 0.4 < guess / dpi < 2.5
    return dpi if believable else max(guess, _SAID_DPI[0])


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # The size is checked by our own limit before anything is decoded; a damaged picture is told as an error.
        warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", module="PIL")
        with _open(path) as image:
            yield image


@lru_cache(maxsize=1)
def _heif() -> tuple[str, ...]:
    """Register the format of telephones, where the package that decodes it is installed."""
    try:
        from pillow_heif import register_heif_opener  # an optional package
    except ImportError:
        return ()
    register_heif_opener()
    return ("HEIF",)


def _open(path: Path) -> Image.Image:
    try:
        return Image.open(path, formats=_FORMATS + _heif())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except Image.DecompressionBombError as error:
        raise OversizedPageError("The picture has too many pixels.", file=str(path)) from error
    except UnidentifiedImageError as error:
        if path.suffix.lower() in HEIF_ENDINGS and not _heif():
            cure = "Install it with 'pip install vnreport-ocr[heic]', or save the picture as PNG or JPEG."
            raise UnsupportedFileError("HEIC pictures need an extra.", file=str(path), cure=cure) from error
        raise DamagedImageError("The file is not a readable picture.", file=str(path)) from error
    except UNDECODABLE as error:
        if isinstance(error, OSError) and (isinstance(error, PermissionError) or lacks_open_files(error)):
            raise unreadable(error, str(path)) from error
        raise DamagedImageError("The picture cannot be decoded.", file=str(path)) from error
