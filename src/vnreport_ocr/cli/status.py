"""``vnocr status``: how far an archive is, also while a run works on it."""

import json
from pathlib import Path

import click

from vnreport_ocr.archive.indexing import lags_behind
from vnreport_ocr.archive.summary import read_summary
from vnreport_ocr.cli.batch_lines import INDEX_BEHIND, closing_lines, run_line
from vnreport_ocr.cli.names import FileName


@click.command("status", short_help="Show the progress and results of an archive.")
@click.argument("out", type=FileName(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def command(out: Path, as_json: bool) -> None:
    """Show the state of the archive in OUT: the last run, totals, the worst pages, failures and how to fix them."""
    summary = read_summary(out)
    behind = lags_behind(out)
    if as_json:
        click.echo(json.dumps({**summary.as_dict(), "index_behind": behind}, ensure_ascii=False, indent=1))
        return
    click.echo(run_line(summary))
    for line in closing_lines(summary):
        click.echo(line)
    if behind:
        click.echo(f"The index is not up to date. {INDEX_BEHIND}")
