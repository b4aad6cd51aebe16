"""``vnocr diff``: the words in which two texts differ."""

import sys
from pathlib import Path

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.saying import say


@click.command("diff", short_help="Show the words in which two texts differ.")
@click.argument("before", type=FileName(path_type=Path))
@click.argument("after", type=FileName(path_type=Path))
@click.option("--colour/--no-colour", default=None, help="Use colours.  [default: on a terminal]")
def command(before: Path, after: Path, colour: bool | None) -> None:
    """Show the words in which AFTER differs from BEFORE: texts, or documents that 'vnocr clean -f json' wrote.

    On a terminal, removed words are red and added ones green; elsewhere both are marked: [-trước-]{+sau+}.
    """
    from vnreport_ocr.outputs.changes import count_of, differences  # --help should not wait for it

    coloured = sys.stdout.isatty() if colour is None else colour
    old, new = _text(before), _text(after)
    for line in differences(old, new, colour=coloured):
        click.echo(line, color=coloured)
    count = count_of(old, new)
    if not count:
        say("The words are the same.")
    else:
        say("1 place differs." if count == 1 else f"{count:,} places differ.")


def _text(path: Path) -> str:
    if path.suffix == ".json":
        from vnreport_ocr.review.documents import read_document

        return read_document(path).text
    from vnreport_ocr.sources.text.files import read_text

    return read_text(path)
