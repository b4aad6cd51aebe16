"""Clean, trustworthy text out of damaged Vietnamese PDFs.

``clean_text`` and ``clean_file`` are the two verbs; ``Cleaner`` is for many files, ``clean_archive`` for a folder
of thousands, ``Options`` says how, and what comes back is a ``Document`` of ``Page`` and ``Line`` whose every
``Correction`` can be traced.
"""

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:  # not even typing is loaded here
    from vnreport_ocr.archive.opened import Archive, open_archive
    from vnreport_ocr.archive.run import clean_archive
    from vnreport_ocr.document import Document
    from vnreport_ocr.errors import VnocrError
    from vnreport_ocr.jobs.cleaner import Cleaner, clean_file, clean_text
    from vnreport_ocr.model import Correction, Damage, Doubt, LeftOut, Line, Page, Table, Token
    from vnreport_ocr.options import Options

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

_HOMES = {
    "Archive": "vnreport_ocr.archive.opened",
    "Cleaner": "vnreport_ocr.jobs.cleaner",
    "Document": "vnreport_ocr.document",
    "Options": "vnreport_ocr.options",
    "VnocrError": "vnreport_ocr.errors",
    "clean_archive": "vnreport_ocr.archive.run",
    "clean_file": "vnreport_ocr.jobs.cleaner",
    "clean_text": "vnreport_ocr.jobs.cleaner",
    "open_archive": "vnreport_ocr.archive.opened",
}
"""Where the public names live; those that are not here are values of ``model``."""


def __getattr__(name: str) -> object:
    # Loaded when it is asked for: the command line answers signals before it loads anything, and importing is quick.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOMES.get(name, "vnreport_ocr.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
