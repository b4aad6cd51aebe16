"""Fax-coded pictures (CCITT): two decoders agree on whole ones to the pixel, and never on broken ones.

Each decoder goes on after a wrong code as it sees fit, and neither of them says a word.
"""

import struct
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from vnreport_ocr.sources.pdf.files import PdfPage, filters_of
from vnreport_ocr.sources.pdf.qpdf import BROKEN, open_pdf

_DIFFERENT: Final = 0.001
_BLANK: Final = b"\x80"
"""The code of a blank row is a one: what begins with a nought and shows nothing is no blank page."""
_FILTER: Final = "CCITTFaxDecode"


def is_broken_fax(item: Any, page: PdfPage, file: Path) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    """Whether the codes of a picture are broken; kinds of code that cannot be checked count as whole."""
    if filters_of(item) != [_FILTER]:
        return False
    wide, high = item.get_px_size()
    try:
        shown = np.array(item.get_bitmap(render=False).to_numpy(), dtype=np.uint8)
    except (pypdfium2.PdfiumError, RuntimeError, ValueError):
        return True
    shown = shown.reshape(shown.shape[0], shown.shape[1], -1)[:, :, 0]
    if shown.shape != (high, wide):
        return False
    data = bytes(item.get_data())
    if _agree(shown, _decoded(data, wide, high)) and (_has_ink(shown) or data[:1] >= _BLANK):
        return False
    return _is_plain_group_4(page, file, wide, high)


def _has_ink(pixels: NDArray[np.uint8]) -> bool:
    return int(pixels.min()) != int(pixels.max())


def _agree(one: NDArray[np.uint8], other: NDArray[np.uint8] | None) -> bool:
    if other is None or other.shape != one.shape:
        return False
    different = float(((one > 127) != (other > 127)).mean())
    # One of them may have black and white the other way round.
    return min(different, 1 - different) < _DIFFERENT


def _decoded(data: bytes, wide: int, high: int) -> NDArray[np.uint8] | None:
    """Build the picture as the TIFF library sees the same codes (Group 4)."""
    said = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        pixels = cv2.imdecode(np.frombuffer(_as_tiff(data, wide, high), np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        return None
    finally:
        cv2.utils.logging.setLogLevel(said)
    return None if pixels is None else np.asarray(pixels, dtype=np.uint8)


def _as_tiff(data: bytes, wide: int, high: int) -> bytes:
    """Build the codes as a TIFF file of one strip."""
    at = 8 + 2 + 9 * 12 + 4
    long, short = 4, 3
    tags = (
        (256, long, wide),
        (257, long, high),
        (258, short, 1),  # one bit a pixel
        (259, short, 4),  # Group 4
        (262, short, 0),  # 0 is white
        (273, long, at),
        (277, short, 1),
        (278, long, high),
        (279, long, len(data)),
    )
    entries = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4) + data


def _is_plain_group_4(page: PdfPage, file: Path, wide: int, high: int) -> bool:
    """Whether the page's picture of this size says that it is coded as it was decoded here."""
    try:
        with open_pdf(file if page.saved is None else page.saved) as pdf:
            drawn = pdf.pages[page.number - 1].resources.get("/XObject", pikepdf.Dictionary())
            for image in drawn.values():
                if image.get("/Subtype") == "/Image" and (int(image.Width), int(image.Height)) == (wide, high):
                    how = image.get("/DecodeParms", pikepdf.Dictionary())
                    how = how[0] if isinstance(how, pikepdf.Array) else how
                    return int(how.get("/K", 0)) < 0 and not bool(how.get("/EncodedByteAlign", False))
    except BROKEN:
        return False
    return False
