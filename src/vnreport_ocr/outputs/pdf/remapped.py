"""Copies of a font that differ in their map (``/ToUnicode``) only: one for every further meaning of a code.

A font whose program is not taken apart (Type 1, CFF, Type 3) and one that is not in the file cannot be given further
codes. But the same code of another font of the same program and encoding shows the same glyph, and may be read as
something else.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pikepdf

from vnreport_ocr.outputs.pdf.embedding import is_embedded
from vnreport_ocr.outputs.pdf.lettermap import LetterMap, write_map
from vnreport_ocr.outputs.pdf.shows import FontUse

_MOST_COPIES: Final = 40
_SIGNS: Final = ("Symbol", "Dingbats", "Webdings", "Wingdings")
"""What occurs in the names of fonts that viewers draw by their map if they are not in the file."""


def can_be_remapped(use: FontUse) -> bool:
    """Whether a string may be divided among a font and copies with other maps without changing what is drawn.

    A viewer that has to look for another font may choose shapes by the map, unless an encoding names them, and widths
    by the font that it found, unless they are told.
    """
    font = use.font
    if is_embedded(font) or font.get("/Subtype") == "/Type3":
        return True
    if "/Widths" not in font or any(name in str(font.get("/BaseFont", "")) for name in _SIGNS):
        return False
    return font.get("/Subtype") == "/Type1" or ("/Encoding" in font and "/FontDescriptor" in font)


class RemappedFont:
    """One font and its copies."""

    def __init__(self, pdf: pikepdf.Pdf, use: FontUse) -> None:
        self._pdf, self._font, self._width = pdf, use.font, use.width
        self._base: dict[int, str] = {}
        self._maps: list[dict[int, str]] = []
        self._objects = [use.font]

    @property
    def objects(self) -> Sequence[pikepdf.Object]:
        """The font itself and its copies."""
        return self._objects

    def tell(self, letters: dict[int, str]) -> None:
        """Set what the font's codes are read as."""
        self._base.update(letters)

    def keeps(self, codes: Sequence[int], letters: Mapping[int, str]) -> bool:
        """Whether the font shows these codes: always."""
        return True

    def coded(self, code: int, letters: str | None) -> tuple[int, bytes]:
        """Return the font in which a code is read as these letters, and its bytes."""
        data = code.to_bytes(self._width, "big")
        if letters is None or self._base.get(code) == letters:
            return 0, data
        for number, letters_of in enumerate(self._maps, 1):
            if letters_of.setdefault(code, letters) == letters:
                return number, data
        if len(self._maps) >= _MOST_COPIES:
            return 0, data
        self._maps.append({code: letters})
        self._objects.append(self._pdf.make_indirect(pikepdf.Dictionary(dict(self._font.items()))))
        return len(self._maps), data

    def finish(self) -> None:
        """Write the maps of the copies."""
        for letters_of, copy in zip(self._maps, self._objects[1:], strict=True):
            copy["/ToUnicode"] = self._pdf.make_stream(write_map(LetterMap(self._width, letters_of)))
