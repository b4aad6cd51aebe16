"""``vnocr mcp``: an archive for assistants that speak the Model Context Protocol."""

from pathlib import Path

import click

from vnreport_ocr.cli import interrupts
from vnreport_ocr.cli.names import FileName
from vnreport_ocr.errors import MissingExtraError


@click.command("mcp", short_help="Serve an archive to an assistant (Model Context Protocol).")
@click.argument("out", type=FileName(path_type=Path))
def command(out: Path) -> None:
    """Serve the archive in OUT over standard input and output, until the input ends.

    An assistant starts this command itself. It can search, read a page, and repair a text; nothing is changed, and
    no files except those of the archive can be read.
    """
    from vnreport_ocr.archive.opened import open_archive

    try:
        from vnreport_ocr.integrations.mcp import server
    except ImportError as error:
        if error.name is None or error.name.partition(".")[0] != "mcp":
            raise
        cure = "Install it with 'pip install vnreport-ocr[mcp]'."
        raise MissingExtraError("The server needs the package mcp.", cure=cure) from error

    with open_archive(out) as archive:
        # A thread waits for input for as long as there is any; nothing needs to be tidied up.
        interrupts.leave_at_once()
        server(archive).run()
