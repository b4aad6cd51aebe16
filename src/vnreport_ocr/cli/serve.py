"""``vnocr serve``: an archive as a local site."""

from contextlib import closing
from pathlib import Path

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.saying import say
from vnreport_ocr.cli.search import RENEWED
from vnreport_ocr.errors import MissingExtraError, UsageError

_PATIENCE = 10.0
"""Processor seconds that a search may take."""

_PACKAGES = ("starlette", "uvicorn", "anyio", "h11")


@click.command("serve", short_help="Show an archive in the browser: search, pages, relations, review.")
@click.argument("out", type=FileName(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8737, show_default=True, metavar="N",
              help="The port to listen on; 0 picks a free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="The address to listen on; any but this machine's own needs --network.")  # fmt: skip
@click.option("--network", is_flag=True, help="Let other machines read the archive; there is no password protection.")
@click.option("--review", is_flag=True,
              help="Save the decisions made on review pages; without it nothing is written.")  # fmt: skip
@click.option(
    "--password", metavar="TEXT", help="The password of PDFs, for showing their pages; better set in VNOCR_PASSWORD."
)
def command(out: Path, port: int, host: str, network: bool, review: bool, password: str | None) -> None:
    """Serve the archive in OUT as a web site on this machine, until Ctrl-C.

    The site offers search with facets, pages beside their pictures with hits, changes and doubts marked, relations
    between documents, indicators over the years, review pages and downloads, in English and Vietnamese. Only OUT and
    the pictures of its pages can be reached, and nothing is changed unless --review is given.
    """
    from vnreport_ocr.archive.opened import Archive

    try:
        from vnreport_ocr.serve.hosts import is_loopback
        from vnreport_ocr.serve.running import address_of, listen, serve
        from vnreport_ocr.serve.site import Site
    except ImportError as error:
        if error.name is None or error.name.partition(".")[0] not in _PACKAGES:
            raise
        cure = "Install it with 'pip install vnreport-ocr[serve]'."
        raise MissingExtraError(f"The site needs the package {error.name.partition('.')[0]}.", cure=cure) from error

    if review and not is_loopback(host):
        raise UsageError(
            "With --review, anyone on the network could make decisions.", cure="Leave out --host or --review."
        )
    with Archive(out, patience=_PATIENCE) as archive, closing(listen(host, port, network=network)) as taken:
        if archive.renewed:
            say(RENEWED)
        site = Site(archive, host=host, review=review, password=password)
        click.echo(address_of(taken))
        say("Press Ctrl-C to stop." + (" Other machines can read this archive." if network else ""))
        serve(site, taken)
