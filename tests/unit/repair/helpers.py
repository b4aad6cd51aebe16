"""What the tests of repair share: lines in, text out."""

from functools import lru_cache
from typing import Any

import regex

from vnreport_ocr.language.knowledge import Language, open_language
from vnreport_ocr.model import Line
from vnreport_ocr.options import Options
from vnreport_ocr.repair.repairer import Repaired, Repairer

FIGURE = regex.compile(r"\d+(?:[.,/:\-–]\d+)*")
"""A number or date with its separators."""


def language() -> Language:
    """The dictionaries that come with the package."""
    return open_language()


@lru_cache(maxsize=16)
def repairer(**options: Any) -> Repairer:  # noqa: ANN401 (any option of Options)
    """A repairer with these options; tests share it, as pages of an archive do."""
    return Repairer(options=Options(**options))


def repair(text: str, **options: Any) -> Repaired:  # noqa: ANN401 (any option of Options)
    """A text repaired line by line."""
    return repairer(**options).repair([Line(line) for line in text.split("\n")])


def mended(text: str, **options: Any) -> str:  # noqa: ANN401 (any option of Options)
    """The text that comes of a repair."""
    return "\n".join(line.text for line in repair(text, **options).lines)
