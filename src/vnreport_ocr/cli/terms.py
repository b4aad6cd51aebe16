"""``vnocr terms``: the user's own names and words, which every run knows."""

from pathlib import Path

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.options import read_terms
from vnreport_ocr.cli.saying import say
from vnreport_ocr.errors import OutputError, UsageError
from vnreport_ocr.review.terms import PLACE, add_terms, own_terms, remove_terms, terms_file


@click.group("terms", short_help="Manage your own names and words, known to every run.")
def command() -> None:
    """Manage your own names and words, such as 'Đạ Tẻh'; every run knows them.

    They are kept in a file in your home folder, one per line; the environment variable VNOCR_TERMS names another file.
    """


@command.command("list")
def list_terms() -> None:
    """Print the terms, one per line."""
    for term in own_terms():
        click.echo(term)
    if not own_terms():
        say("There are no terms yet. Add one: vnocr terms add 'Đạ Tẻh'")


@command.command("add")
@click.argument("terms", nargs=-1, required=True, metavar="TERM...")
def add(terms: tuple[str, ...]) -> None:
    """Add TERMs, such as 'Đạ Tẻh'."""
    _tell("added", len(add_terms(terms)), len(terms), "known already")


@command.command("remove")
@click.argument("terms", nargs=-1, required=True, metavar="TERM...")
def remove(terms: tuple[str, ...]) -> None:
    """Remove TERMs."""
    gone = remove_terms(terms)
    if not gone:
        raise UsageError("None of these terms is in the list.", cure="'vnocr terms list' shows them.")
    _tell("removed", len(gone), len(terms), "not there")


@command.command("import")
@click.argument("file", type=FileName(path_type=Path))
def import_terms(file: Path) -> None:
    """Add the terms of FILE, one per line; empty lines and lines that begin with # are left out."""
    terms = read_terms(file)
    _tell("added", len(add_terms(terms)), len(terms), "known already")


@command.command("export")
@click.argument("file", type=FileName(path_type=Path), required=False)
def export(file: Path | None) -> None:
    """Write the terms to FILE, or to standard output."""
    text = "".join(term + "\n" for term in own_terms())
    if file is None:
        click.echo(text, nl=False)
        return
    if file.exists():
        raise UsageError("It already exists.", file=str(file), cure="Name a new file.")
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"It cannot be written: {error.strerror or error}.", file=str(file)) from error
    say(f"{len(own_terms())} terms written to {file}.")


def _tell(what: str, done: int, asked: int, otherwise: str) -> None:
    place = terms_file() or PLACE
    more = f"; {asked - done} {otherwise}" if asked > done else ""
    say(f"{done} {what}{more} ({place}).")
