"""Clean, trustworthy text out of damaged Vietnamese PDFs.

``clean_text`` and ``clean_file`` are the two verbs; ``Cleaner`` is for many files, ``clean_archive`` for a folder
of thousands, ``Options`` says how, and what comes back is a ``Document`` of ``Page`` and ``Line`` whose every
``Correction`` can be traced.
"""

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from vnreport_ocr.document import Document
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.model import Correction, Damage, Doubt, LeftOut, Line, Page, Table, Token
from vnreport_ocr.options import Options

if TYPE_CHECKING:
    from vnreport_ocr.archive.opened import Archive, open_archive
    from vnreport_ocr.archive.run import clean_archive
    from vnreport_ocr.pipeline import Cleaner

__version__ = "0.1.0"

__all__ = [
    "Archive",
    "Cleaner",
    "Correction",
    "Damage",
    "Document",
    "Doubt",
    "LeftOut",
    "Line",
    "Options",
    "Page",
    "Table",
    "Token",
    "VnocrError",
    "clean_archive",
    "clean_file",
    "clean_text",
    "open_archive",
]


def clean_text(text: str, options: Options | None = None) -> Document:
    """Repair a text."""
    return _cleaner(options or Options()).clean_text(text)


def clean_file(path: Path | str, options: Options | None = None) -> Document:
    """Read and repair a PDF, a page image, a folder of page images, or a text file."""
    return _cleaner(options or Options()).clean_file(path)


@lru_cache(maxsize=2)
def _cleaner(options: Options) -> "Cleaner":
    # The dictionaries are opened once, not for every text.
    from vnreport_ocr.pipeline import Cleaner

    return Cleaner(options)


_LATER = {
    "Cleaner": "vnreport_ocr.pipeline",
    "clean_archive": "vnreport_ocr.archive.run",
    "Archive": "vnreport_ocr.archive.opened",
    "open_archive": "vnreport_ocr.archive.opened",
}


def __getattr__(name: str) -> object:
    # What needs pictures and PDF is loaded when it is asked for, so that importing the package stays quick.
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
