"""A PDF that asks for a password, unlocked for programs that are given it: a command line can be read by everybody."""

import warnings
from contextlib import ExitStack
from pathlib import Path

import pikepdf

from vnreport_ocr.sources.pdf.qpdf import BROKEN, open_pdf, save_pdf
from vnreport_ocr.sources.scratch import scratch_folder


class Unlocked:
    """The unlocked copy of a file, made when it is first asked for; it lies in a private folder until it is closed."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path = path
        self._password = password
        self._held = ExitStack()
        self._copy: Path | None = None

    def path(self) -> Path | None:
        """Return a file that opens without a password, the file itself where it does; None where none can be made."""
        if not self._password:
            return self._path
        if self._copy is None:
            try:
                self._copy = self._made(self._password)
            except BROKEN:
                return None
        return self._copy

    def _made(self, password: str) -> Path:
        with warnings.catch_warnings(), open_pdf(self._path, password) as pdf:
            warnings.simplefilter("ignore")
            if not pdf.is_encrypted:
                return self._path
            copy = self._held.enter_context(scratch_folder()) / "unlocked.pdf"
            # The streams are taken over as they are packed; nothing of the file is unpacked for it.
            save_pdf(pdf, copy, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
            return copy

    def close(self) -> None:
        """Remove the copy."""
        self._held.close()
        self._copy = None
