"""The options that every command which reads pages has in common."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, get_args

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.errors import UsageError
from vnreport_ocr.options import LEAST_MEMORY, EngineName, Options, Quality
from vnreport_ocr.outputs.write import FORMATS
from vnreport_ocr.review.terms import own_terms, parsed

Decorated = TypeVar("Decorated", bound=Callable[..., object])


def split_formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """Read ``-f txt,md`` into its parts, each once and known."""
    formats = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise UsageError(
            f"There is no format '{', '.join(unknown) or value}'.", cure=f"Choose from {', '.join(FORMATS)}."
        )
    return formats


def a_time(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    """Refuse what is no number of seconds, though it can be written as a number (``nan``)."""
    if math.isnan(value):
        raise UsageError("--page-timeout takes a number of seconds.")
    return value


_WRITING = (
    click.option("--password", envvar="VNOCR_PASSWORD", show_envvar=True, help="The password of an encrypted PDF."),
    click.option("--reflow", is_flag=True, help="Join lines into paragraphs."),
    click.option("--furniture/--no-furniture", default=True, show_default=True,
                 help="Keep running heads and page numbers."),
    click.option("--docx-doubts", type=click.Choice(["comments", "marks", "none"]), default="comments",
                 show_default=True, help="How a Word file marks what a person should check."),
    click.option("--pdfa", is_flag=True,
                 help="Write PDFs as validated PDF/A-2b; report those that cannot be converted. Needs the extra pdfa."),
    click.option("--csv-bom", is_flag=True, help="Begin CSV files with a byte order mark, so that Excel reads UTF-8."),
    click.option("--docx-page-breaks", is_flag=True, help="Start a new page in the Word file where the original does."),
)  # fmt: skip
"""What is asked of reading and of writing alike."""

_READING = (
    click.option("--source", type=click.Choice(["auto", "layer", "ocr"]), default="auto", show_default=True,
                 help="Where a page's text comes from: the better one (auto), its text layer, or a fresh reading."),
    click.option("--engine", type=click.Choice(get_args(EngineName)), default="tesseract", show_default=True,
                 help="What reads pictures: Tesseract as a program, Tesseract as a library (extra tesserocr), or small "
                      "models that take half the time (extra fast)."),
    click.option("--quality", type=click.Choice(get_args(Quality)), default="normal", show_default=True,
                 help="Whether small models read coarse scans (under 190 dpi) beside Tesseract: fewer wrong words and "
                      "figures for about a tenth more time (best, extra fast)."),
    click.option("--pages", metavar="LIST", help="Only these pages, such as 1-3,7 or 12-."),
    click.option("--strictness", type=click.Choice(["careful", "normal", "bold"]), default="normal", show_default=True,
                 help="How sure a correction must be; a less sure one is not made but reported as a doubt."),
    click.option("--tone-style", type=click.Choice(["auto", "keep", "new", "old"]), default="auto", show_default=True,
                 help="Where tone marks are placed: new (hoà), old (hòa), unchanged (keep), or as in most of the "
                      "document (auto)."),
    click.option("--terms", type=FileName(path_type=Path), metavar="FILE",
                 help="Names and words that the repair should know, one per line, in addition to 'vnocr terms'."),
    click.option("--repair/--no-repair", default=True, show_default=True, help="Repair what was read."),
    click.option("--page-timeout", type=click.FloatRange(1, 86_400), default=Options().page_timeout, show_default=True,
                 metavar="SECONDS", callback=a_time,
                 help="Abandon a page after this much processor time, however busy the machine is."),
    click.option("--page-memory", type=click.IntRange(LEAST_MEMORY), default=Options().page_memory, show_default=True,
                 metavar="MB", help="Abandon a page whose process uses more memory than this."),
    click.option("--tessdata", type=click.Path(), metavar="DIR",
                 help="Use the models in this folder instead of those installed with Tesseract."),
    click.option("--dictionaries", type=click.Path(), metavar="DIR", help="Use the dictionaries in this folder."),
)  # fmt: skip


FORMATS_HELP: Final = (
    "What to write: txt, md, json, docx, pdf (a searchable copy), html (a review page), csv (one file per table), "
    "hocr, alto, page (PAGE XML, one file per page); separate several with commas."
)
_WORKING = (
    click.option("-f", "--format", "formats", default="txt", show_default=True, metavar="LIST",
                 callback=split_formats, help=FORMATS_HELP),
    click.option("-j", "--jobs", type=click.IntRange(min=1), metavar="N",
                 help="Worker processes.  [default: one per core]"),
)  # fmt: skip


def working_options(function: Decorated) -> Decorated:
    """Give a command the options that say what is written and by how many processes."""
    for option in reversed(_WORKING):
        function = option(function)
    return function


def reading_options(function: Decorated) -> Decorated:
    """Give a command the options above; it takes them as keywords and hands them to ``options_from``."""
    for option in reversed((*_READING, *_WRITING)):
        function = option(function)
    return function


def writing_options(function: Decorated) -> Decorated:
    """Give a command the options of those that matter where nothing is read anew."""
    for option in reversed(_WRITING):
        function = option(function)
    return function


def options_from(values: dict[str, Any]) -> Options:
    """Make the options of the library out of those of a command line."""
    terms = values.pop("terms")
    given = () if terms is None else read_terms(terms)
    return Options(terms=tuple(dict.fromkeys((*own_terms(), *given))), **values)


def read_terms(path: Path) -> tuple[str, ...]:
    """Read the terms of a file, one per line; skip empty lines and lines that begin with #."""
    from vnreport_ocr.sources.text.files import read_text  # knows all charsets, which few command lines need

    return parsed(read_text(path))
