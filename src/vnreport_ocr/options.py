"""One frozen set of options, used by the command line and the library alike; what cannot be followed is refused."""

import hashlib
import json
import math
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Literal, NoReturn, get_args

from vnreport_ocr.errors import OptionError
from vnreport_ocr.pagelist import page_ranges, written

PageSource = Literal["auto", "layer", "ocr"]
ToneStyle = Literal["auto", "keep", "new", "old"]
Strictness = Literal["careful", "normal", "bold"]
DocxDoubts = Literal["comments", "marks", "none"]
EngineName = Literal["tesseract", "tesserocr", "trueocr"]
Quality = Literal["normal", "best"]

LONGEST_TIME: Final = 86_400.0
"""Seconds in a day: nobody waits longer for a page."""
LEAST_MEMORY: Final = 200
"""Megabytes that a worker takes before it has seen a page."""
_CHOICES: Final = {
    "source": get_args(PageSource),
    "engine": get_args(EngineName),
    "quality": get_args(Quality),
    "strictness": get_args(Strictness),
    "tone_style": get_args(ToneStyle),
    "docx_doubts": get_args(DocxDoubts),
}
_LANGUAGE = re.compile(r"[A-Za-z0-9_/-]+(?:\+[A-Za-z0-9_/-]+)*")
_SHOWN: Final = 60


CLOCK: Final = 20.0
"""The clock may run so many times as long as the processor: on a busy machine work takes long, and is not given up."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that may change a result; the same options and bytes give the same text.

    Each field is checked as soon as the options are made; an ``OptionError``, which is a ``ValueError`` too, names the
    field and what it may be.
    """

    source: PageSource = "auto"
    pages: str | None = None
    password: str | None = None
    language: str = "vie"
    engine: EngineName = "tesseract"
    quality: Quality = "normal"
    """Whether pictures of pages are read by a second reader as well (extra ``fast``)."""
    strictness: Strictness = "normal"
    tone_style: ToneStyle = "auto"
    terms: tuple[str, ...] = ()
    reflow: bool = False
    repair: bool = True
    furniture: bool = True
    page_timeout: float = 50.0
    """Processor seconds that a page may take."""
    page_memory: int = 900
    """Megabytes that a page may take, with all that its worker holds."""
    dictionaries: str | None = None
    tessdata: str | None = None
    docx_doubts: DocxDoubts = "comments"
    docx_page_breaks: bool = False
    csv_bom: bool = False
    """Whether tables begin with a byte order mark, without which Excel takes UTF-8 for another charset."""
    pdfa: bool = False
    """Whether a PDF is written as PDF/A-2b."""

    def __post_init__(self) -> None:
        """Check every field, and bring what may be written in several ways into one."""
        for field in fields(self):
            object.__setattr__(self, field.name, _checked(field.name, getattr(self, field.name)))
        if self.engine == "trueocr" and (self.language != "vie" or self.tessdata is not None):
            name = "language" if self.language != "vie" else "tessdata"
            problem = f"The option {name} is for Tesseract; the engine trueocr reads Vietnamese with its own models."
            raise OptionError(problem, cure=f"Leave {name} out, or choose the engine tesseract.")
        if self.quality == "best" and (self.engine == "trueocr" or self.language != "vie"):
            name = "engine" if self.engine == "trueocr" else "language"
            given = f"{name} {getattr(self, name)}"
            problem = (
                f"The option quality best has trueocr read Vietnamese beside Tesseract: {given} does not go with it."
            )
            raise OptionError(problem, cure=f"Leave out {name} or quality.")

    def fingerprint(self) -> str:
        """Return a short name of these options; equal options have equal names. The password has no part in it."""
        values = asdict(self)
        del values["password"]
        text = json.dumps(values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401 - fields are of every type, and callers of every kind
    if name in _CHOICES:
        return value if value in _CHOICES[name] else _refuse(name, value, f"one of {', '.join(_CHOICES[name])}")
    return _CHECKS[name](name, value)


def _pages(name: str, value: object) -> str | None:
    allowed = "None, a text such as '1-3,7' or '5-', or page numbers such as [1, 2, 3]"
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        numbers = list(value)
        if not numbers or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in numbers):
            _refuse(name, numbers, allowed)
        return written(numbers)
    if not isinstance(value, str):
        _refuse(name, value, allowed)
    page_ranges(value)
    return value


def _terms(name: str, value: object) -> tuple[str, ...]:
    allowed = "names and terms as a list or tuple of texts"
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        _refuse(name, value, allowed)
    terms = tuple(value)
    return terms if all(isinstance(term, str) for term in terms) else _refuse(name, terms, allowed)


def _flag(name: str, value: object) -> bool:
    return value if isinstance(value, bool) else _refuse(name, value, "True or False")


def _seconds(name: str, value: object) -> float:
    allowed = f"a number of seconds above 0, at most {LONGEST_TIME:,.0f}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(name, value, allowed)
    return float(value) if math.isfinite(value) and 0 < value <= LONGEST_TIME else _refuse(name, value, allowed)


def _text(name: str, value: object) -> str | None:
    return value if value is None or isinstance(value, str) else _refuse(name, value, "None or a text")


def _language(name: str, value: object) -> str:
    allowed = "the name of a model of the engine such as 'vie', or several such as 'vie+eng'"
    return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else _refuse(name, value, allowed)


def _folder(name: str, value: object) -> str | None:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return value if value is None or isinstance(value, str) else _refuse(name, value, "None or the path of a folder")


def _megabytes(name: str, value: object) -> int:
    allowed = f"a whole number of megabytes, at least {LEAST_MEMORY}"
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(name, value, allowed)
    return value if value >= LEAST_MEMORY else _refuse(name, value, allowed)


_CHECKS: Final = {
    "pages": _pages,
    "password": _text,
    "language": _language,
    "terms": _terms,
    "reflow": _flag,
    "repair": _flag,
    "furniture": _flag,
    "docx_page_breaks": _flag,
    "csv_bom": _flag,
    "pdfa": _flag,
    "page_timeout": _seconds,
    "page_memory": _megabytes,
    "tessdata": _folder,
    "dictionaries": _folder,
}


def _refuse(name: str, value: object, allowed: str) -> NoReturn:
    # A password must not be told.
    said = "what was given" if name == "password" else repr(value)[:_SHOWN]
    raise OptionError(f"The option {name} cannot be {said}.", cure=f"It takes {allowed}.")
