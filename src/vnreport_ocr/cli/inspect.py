"""``vnocr inspect``: what a file is like, page by page, and what would be done with it."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from vnreport_ocr.archive.names import shown
from vnreport_ocr.cli.batch_lines import duration, passed_over_lines
from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.saying import say
from vnreport_ocr.errors import PartialResultError, SetupError, UsageError, VnocrError
from vnreport_ocr.options import Options, PageSource
from vnreport_ocr.plurals import many
from vnreport_ocr.sources.incoming import as_others_find_it
from vnreport_ocr.sources.kind import kind_of

if TYPE_CHECKING:
    from vnreport_ocr.archive.survey import Survey
    from vnreport_ocr.jobs.documents import DocumentReader
    from vnreport_ocr.looks import PageLook, TextLook

_MILLIMETRES = 25.4 / 72
_FONTS_SHOWN = 3
NEEDS_REPAIR = 8
"""The exit code where something in a folder needs repair."""


@click.command("inspect", short_help="Show what is damaged, how badly, and what clean would do.")
@click.argument("files", nargs=-1, required=True, metavar="PATH...", type=FileName(path_type=Path))
@click.option("--pages", metavar="LIST", help="Only these pages, such as 1-3,7 or 12-.")
@click.option("--password", envvar="VNOCR_PASSWORD", show_envvar=True, help="The password of an encrypted PDF.")
@click.option("--source", type=click.Choice(["auto", "layer", "ocr"]), default="auto", help="As for clean.")
@click.option("--dictionaries", type=click.Path(), metavar="DIR", help="Use the dictionaries in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (folders only).")
def command(
    files: tuple[Path, ...],
    pages: str | None,
    password: str | None,
    source: PageSource,
    dictionaries: str | None,
    as_json: bool,
) -> int:
    """Print one line per page.

    For a text: its damage (clean, lightly damaged, stripped of its marks, read in another language, letter-spaced,
    legacy charset, not Vietnamese, empty), its quality between 0 and 1, the number of words, the corrections that clean
    would make, and doubts. Pages end at form feeds, or after 2,000 lines.
    For a PDF or page image: page size, picture resolution, fonts and charset of the text layer, how much of the
    layer is legal Vietnamese, its quality, and whether clean would use the layer or read the picture, and why.
    For a folder (except one that holds nothing but page images, which is one document): files and pages by kind and
    damage, charsets, and how long a run would take; long files are judged by a sample of their pages. The exit code is
    then 8 if anything needs repair, and 0 if nothing does.
    """
    from vnreport_ocr.archive.survey import is_of_pictures
    from vnreport_ocr.jobs.crew import Crew, usable_cores
    from vnreport_ocr.jobs.documents import DocumentReader

    options = Options(pages=pages, password=password, source=source, dictionaries=dictionaries)
    failures: list[VnocrError] = []
    code = 0
    with Crew(usable_cores()) as crew:
        reader = DocumentReader(lambda: crew, options)
        for number, path in enumerate(map(as_others_find_it, files)):
            if path.is_dir() and not is_of_pictures(path):
                code = max(code, _tell_survey(path, options, as_json=as_json))
                continue
            if as_json:
                raise UsageError("--json is for folders.", file=str(path), cure="Leave it out, or name a folder.")
            if len(files) > 1:
                click.echo(f"{'' if number == 0 else chr(10)}{shown(str(path))}")
                _show_one_of_many(reader, path, failures)
            else:
                _show_file(reader, path, failures)
    if failures:
        raise PartialResultError(f"{len(failures)} of the files or pages could not be inspected.")
    return code


def _show_one_of_many(reader: "DocumentReader", path: Path, failures: list[VnocrError]) -> None:
    """Show a file; what hinders it is told and kept, and the next file is shown all the same."""
    try:
        _show_file(reader, path, failures)
    except SetupError:
        raise
    except VnocrError as error:
        failures.append(_told(error))


def _show_file(reader: "DocumentReader", path: Path, failures: list[VnocrError]) -> None:
    looks = reader.looks(path, reader.open(path))
    first = next(looks, None)
    if first is None:
        return
    is_text = kind_of(path) in ("text", "docx")
    rows = (_row(look, failures) for look in chain([first], looks))
    _show(_TEXT_HEAD if is_text else _PAGE_HEAD, (row for row in rows if row is not None))


def _row(look: object, failures: list[VnocrError]) -> tuple[str, ...] | None:
    """Return the row of a page; what hindered the look at it is told and kept."""
    if isinstance(look, VnocrError):
        failures.append(_told(look))
        return None
    return _text_row(cast("TextLook", look)) if hasattr(look, "damage") else _page_row(cast("PageLook", look))


def _told(error: VnocrError) -> VnocrError:
    say(f"vnocr: {error}")
    return error


def _tell_survey(folder: Path, options: Options, *, as_json: bool) -> int:
    from vnreport_ocr.archive.survey import survey

    found = survey(folder, options)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        for line in _survey_lines(found):
            click.echo(line)
    return NEEDS_REPAIR if found.needs_repair else 0


def _survey_lines(found: "Survey") -> Iterator[str]:
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in found.files.most_common()) or "none that can be read"
    yield f"{shown(str(found.folder))}: {many(found.files.total(), 'file')} ({kinds}), {found.bytes / 1e6:,.1f} MB."
    for title, counter in (("pages", found.pages), ("charsets", found.charsets), ("cannot be read", found.failures)):
        if counter:
            yield f"{title}:"
        for name, number in counter.most_common():
            examples = found.examples.get(name, ())
            example = f"  such as {examples[0]}" if examples else ""
            yield f"  {number:>9,}  {name}{example}"
    yield from passed_over_lines(found.passed_over)
    for name in found.closed_folders:
        yield f"The folder {name} cannot be opened."
    if found.sampled:
        yield f"{many(found.sampled, 'long file')}: judged by a sample of their pages."
    if found.files:
        yield f"A run may take {duration(found.seconds)} on this machine."
    yield "Something in it needs repair." if found.needs_repair else "Nothing in it needs repair."


_TEXT_HEAD = ("page", "damage", "quality", "words", "corrections", "doubts")
_PAGE_HEAD = ("page", "size (mm)", "dpi", "words", "legal", "quality", "charset", "fonts", "what and why")


def _text_row(look: "TextLook") -> tuple[str, ...]:
    return (str(look.number), look.damage, f"{look.quality:.2f}", f"{look.words:,}", f"{look.corrections:,}",
            f"{look.doubts:,}")  # fmt: skip


def _page_row(look: "PageLook") -> tuple[str, ...]:
    size = f"{look.width * _MILLIMETRES:.0f}x{look.height * _MILLIMETRES:.0f}" + (
        f" /{look.turned}" if look.turned else ""
    )
    more = len(look.fonts) - _FONTS_SHOWN
    fonts = ", ".join(look.fonts[:_FONTS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    why = f"{look.plan}: {'; '.join(look.reasons)}" if look.reasons else look.plan
    return (str(look.number), size, f"{look.dpi:.0f}" if look.dpi else "-", f"{look.words:,}", f"{look.legal:.0%}",
            f"{look.quality:.2f}", look.charset or "-", fonts or "-", why)  # fmt: skip


def _show(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Print a table whose columns are as wide as a usual row needs; rows appear as they come, also of a long file."""
    first = []
    iterator = iter(rows)
    for row in iterator:
        first.append(row)
        if len(first) == 50:
            break
    widths = [max(len(cell) for cell in column) for column in zip(head, *first, strict=True)]
    for row in chain([head], first, iterator):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
