"""What a page's fonts bring along: files and maps of letters, which every reader unpacks whole."""

from typing import Final

import pikepdf

from vnreport_ocr.sources.pdf.qpdf import MOST_UNPACKED
from vnreport_ocr.sources.pdf.unpack import check_size

_MOST_MAP: Final = 16 << 20
_MOST_FILE: Final = 4 * MOST_UNPACKED
_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")


class FontLoad:
    """Looks at each font of a file once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def check(self, resources: pikepdf.Object) -> None:
        """Raise where a font that the resources name would unpack to more than any font has."""
        fonts = resources.get("/Font")
        if not isinstance(fonts, pikepdf.Dictionary):
            return
        for font in fonts.values():
            if not isinstance(font, pikepdf.Dictionary) or font.objgen in self._seen:
                continue
            if font.is_indirect:
                self._seen.add(font.objgen)
            self._check_font(font)

    def _check_font(self, font: pikepdf.Object) -> None:
        for name in ("/ToUnicode", "/Encoding"):
            _check(font.get(name), _MOST_MAP)
        below = font.get("/DescendantFonts")
        inner = [*below][:4] if isinstance(below, pikepdf.Array) else []
        for one in (font, *inner):
            if not isinstance(one, pikepdf.Dictionary):
                continue
            _check(one.get("/CIDToGIDMap"), _MOST_MAP)
            described = one.get("/FontDescriptor")
            if isinstance(described, pikepdf.Dictionary):
                for name in _FILES:
                    _check(described.get(name), _MOST_FILE)


def _check(item: pikepdf.Object | None, most: int) -> None:
    if isinstance(item, pikepdf.Stream):
        check_size(item, most)
