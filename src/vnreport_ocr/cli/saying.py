"""What the command tells beside its results: one line each, whatever a file's name has in it."""

import click

from vnreport_ocr.archive.names import printable


def say(line: str) -> None:
    """Tell a line on standard error; what would steer a terminal, break the line or turn it about is written out."""
    click.echo(printable(line), err=True)
