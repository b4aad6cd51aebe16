"""What the command tells beside its results: one line each, whatever a file's name has in it."""

import os

import click

from vnreport_ocr.archive.names import printable


def say(line: str) -> None:
    """Tell a line on standard error; what would steer a terminal, break the line or turn it about is written out.

    Where nothing can be told (a log on a full disk, a terminal that is gone) the work goes on.
    """
    try:
        click.echo(printable(line), err=True)
    except BrokenPipeError:
        raise
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what is still held would be tried again at every line
