"""What ``vnocr --version`` tells."""

from collections.abc import Callable

import vnreport_ocr
from vnreport_ocr.errors import VnocrError


def describe() -> str:
    """List the versions of the program, the dictionaries and the engine, one per line."""
    return "\n".join(
        (
            f"vnocr {vnreport_ocr.__version__}",
            f"dictionaries: {_or_trouble(dictionaries)}",
            f"engine: {_or_trouble(engine)}",
        )
    )


def dictionaries(override: str | None = None) -> str:
    """Version and place of the dictionaries; raises ``DictionaryError`` where they are missing or damaged."""
    from vnreport_ocr.language import files

    folder = files.find_dictionaries(override)
    return f"{files.dictionaries_version(folder)} ({folder})"


def engine() -> str:
    """Tesseract's version and languages; raises ``MissingEngineError``."""
    from vnreport_ocr.sources.engine import tesseract

    return f"Tesseract {tesseract.installed_version()} ({', '.join(sorted(tesseract.installed_languages()))})"


def _or_trouble(tell: Callable[[], str]) -> str:
    try:
        return tell()
    except VnocrError as error:
        return f"{error.problem} {error.advice}"
