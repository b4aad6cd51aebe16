"""``vnocr export``: an archive for a search server, or as tables for those who count."""

from pathlib import Path

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.errors import UsageError


@click.command("export", short_help="Export an archive for OpenSearch or as Parquet tables.")
@click.argument("out", type=FileName(path_type=Path))
@click.option("--to", "target", type=click.Choice(["opensearch", "parquet"]), required=True,
              help="For a search server, or for statistics (extra parquet).")  # fmt: skip
@click.option("-o", "--output", "folder", type=FileName(path_type=Path), required=True, metavar="DIR",
              help="Where the files go.")  # fmt: skip
@click.option("--index", metavar="NAME", help="The name of the OpenSearch index.  [default: vnocr]")
@click.option("--overwrite", is_flag=True, help="Replace files of an earlier export.")
def command(out: Path, target: str, folder: Path, index: str | None, overwrite: bool) -> None:
    """Export everything in the archive in OUT for other programs.

    For OpenSearch: index.json with settings and mapping (plug-in analysis-icu), and files for its bulk interface, one
    entry per page. For Parquet: documents, pages, relations and indicators, one file each.
    """
    from vnreport_ocr.archive.opened import open_archive
    from vnreport_ocr.export import opensearch, parquet

    if index is not None and target != "opensearch":
        raise UsageError("--index names an OpenSearch index.", cure="Use it with --to opensearch.")
    with open_archive(out) as archive:
        if target == "opensearch":
            paths = opensearch.export(archive, folder, index=index or "vnocr", overwrite=overwrite)
        else:
            paths = parquet.export(archive, folder, overwrite=overwrite)
    for path in paths:
        click.echo(path)
