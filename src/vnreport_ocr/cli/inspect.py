"""``vnocr inspect``: what a file is like, page by page, and what would be done with it."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vnreport_ocr.options import Options, Source

if TYPE_CHECKING:
    from vnreport_ocr.inspection import PageLook, TextLook

_MILLIMETRES = 25.4 / 72
_FONTS_SHOWN = 3


@click.command("inspect", short_help="Which damage, how bad, and what would be done.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--pages", metavar="LIST", help="Only these pages, such as 1-3,7 or 12-.")
@click.option("--password", envvar="VNOCR_PASSWORD", show_envvar=True, help="The password of an encrypted PDF.")
@click.option("--source", type=click.Choice(["auto", "layer", "ocr"]), default="auto", help="As for clean.")
@click.option("--dictionaries", type=click.Path(), metavar="DIR", help="Use the dictionaries of this folder.")
def command(
    files: tuple[Path, ...], pages: str | None, password: str | None, source: Source, dictionaries: str | None
) -> None:
    """Show a line a page.

    Of a text: its damage (clean, lightly damaged, stripped of its marks, read in another language, letter-spaced,
    legacy charset, not Vietnamese, empty), its quality between 0 and 1, words, corrections that clean would make,
    and doubts. Its pages end at form feeds, or after 2,000 lines.
    Of a PDF or page image: size, resolution of its picture, fonts and charset of its text layer, how much of the
    layer is legal Vietnamese, its quality, and whether clean would take the layer or read the picture, and why.
    """
    from vnreport_ocr.inspection import look_at_pages, look_at_text  # pictures and PDF, slow to load
    from vnreport_ocr.sources.kind import kind_of

    options = Options(pages=pages, password=password, source=source, dictionaries=dictionaries)
    for number, path in enumerate(files):
        if len(files) > 1:
            click.echo(f"{'' if number == 0 else chr(10)}{path}")
        if kind_of(path) in ("text", "docx"):
            _show(_TEXT_HEAD, map(_text_row, look_at_text(path, options)))
        else:
            _show(_PAGE_HEAD, map(_page_row, look_at_pages(path, options)))


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
    """A table whose columns are as wide as a usual row needs; rows appear as they come, also of a long file."""
    first = []
    iterator = iter(rows)
    for row in iterator:
        first.append(row)
        if len(first) == 50:
            break
    widths = [max(len(cell) for cell in column) for column in zip(head, *first, strict=True)]
    for row in chain([head], first, iterator):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
