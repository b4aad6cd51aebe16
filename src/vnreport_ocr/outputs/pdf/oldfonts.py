"""Fonts of the time before Unicode told what their letters are, so that every reader finds and copies Vietnamese."""

from pathlib import Path

import pikepdf


class OldFonts:
    """Mends the fonts of one file, page by page."""

    def __init__(self, source: Path, password: str | None, pdf: pikepdf.Pdf) -> None:
        self._source, self._password, self._pdf = source, password, pdf

    def mend(self, number: int) -> None:
        """Mend the fonts of a page."""

    def close(self) -> None:
        """Let go of the file."""
