"""``vnocr apply``: a person's decisions put into a document, and every output written anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vnreport_ocr.cli.options import split_formats
from vnreport_ocr.errors import PartialResultError, UsageError
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import write

if TYPE_CHECKING:
    from vnreport_ocr.review.decisions import Decisions


@click.command("apply", short_help="Put a person's decisions into a document.")
@click.argument("document", type=click.Path(path_type=Path), metavar="DOCUMENT.json")
@click.argument("decisions", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="DECISIONS.json...")
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), required=True, metavar="DIR",
              help="Write files into this folder.")  # fmt: skip
@click.option("-f", "--format", "formats", default="txt,json", show_default=True, metavar="LIST",
              callback=split_formats, help="The formats to write, as for 'vnocr clean'.")  # fmt: skip
@click.option("--learn/--no-learn", default=True, show_default=True,
              help="Add the names that were typed to your own terms, which the next run knows.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(
    document: Path, decisions: tuple[Path, ...], folder: Path, formats: tuple[str, ...], learn: bool, quiet: bool
) -> None:
    """Put the decisions of DECISIONS.json, saved from review pages, into DOCUMENT.json ('vnocr clean -f json').

    Of two decisions about one place the later one holds. A decision whose place is not found any more is told.
    """
    # Not at the top: --help should not wait for them.
    from vnreport_ocr.review.applying import apply_all
    from vnreport_ocr.review.decisions import merged, read_decisions
    from vnreport_ocr.review.documents import read_document

    stem = folder / document.name.removesuffix(".json")
    if any(Path(f"{stem}.{ending}").resolve() == document.resolve() for ending in formats):
        raise UsageError(f"{document} would be written over.", cure="Choose another folder with -o.")
    read = read_document(document)
    made = merged(*(read_decisions(path) for path in decisions))
    for told in sorted({one for one in (made.document,) if one and read.name and one != read.name}):
        click.echo(f"vnocr: these decisions were made on {told}, and this is {read.name}.", err=True)
    result = apply_all(read, made)
    written = write(result.document, formats, stem, read.name, Options())
    learned = _learned(made) if learn else []
    if not quiet:
        click.echo(_sentence(result.held, len(written), learned), err=True)
    for decision in result.lost:
        click.echo(f"vnocr: no longer fits: page {decision.page}, {decision.put!r} -> {decision.chosen!r}", err=True)
    if result.lost:
        raise PartialResultError(
            f"{len(result.lost)} of {len(made.made)} decisions no longer fit; everything else was written.",
            cure="Decide these places again on a new review page.",
        )


def _learned(made: "Decisions") -> list[str]:
    from vnreport_ocr.language.knowledge import open_language
    from vnreport_ocr.review.decisions import typed_terms
    from vnreport_ocr.review.terms import add_terms, terms_file

    if terms_file() is None:
        return []
    lexicon = open_language(None).lexicon
    return add_terms(typed_terms(made.made, lambda word: lexicon.number(word) is not None))


def _sentence(held: int, files: int, learned: list[str]) -> str:
    line = f"{held} decisions applied, {files} files written"
    return line + (f"; learned: {', '.join(learned)}." if learned else ".")
