"""``vnocr batch``: a whole folder, with a ledger beside the output."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from vnreport_ocr.archive.run import ArchiveRun, check_folder
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.cli.batch_display import Display, open_display
from vnreport_ocr.cli.closing_batch import closing_lines, duration
from vnreport_ocr.cli.options import options_from, reading_options, split_formats
from vnreport_ocr.errors import OutputError, StoppedError
from vnreport_ocr.options import Options


@click.command("batch")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), required=True, metavar="OUT",
              help="Where the results go, mirroring FOLDER; the ledger archive.db and report.html lie there too.")
@click.option("-f", "--format", "formats", default="txt", show_default=True, callback=split_formats, metavar="LIST",
              help="Of txt, md, json and csv (the tables, a file each); several with commas.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes at work.  [default: one a core]")
@click.option("--include", multiple=True, metavar="PATTERN",
              help="Only files like this, such as '2019/*' or '*.pdf'; may be given several times.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="No files like this; may be given several times.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read at most N files in this run.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done and how long it may take.")
@click.option("--cluster", metavar="ADDRESS", help="Let a Dask cluster do the work, such as tcp://10.0.0.5:8786.")
@reading_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(**values: Any) -> None:  # noqa: ANN401 - the options of a command line are of every type
    """Read every PDF, page image and text below FOLDER; a second run does only what is new, changed or failed."""
    folder, out = values.pop("folder"), values.pop("out")
    dry_run, quiet = values.pop("dry_run"), values.pop("quiet")
    names = ("formats", "jobs", "include", "exclude", "limit", "cluster")
    settings = Settings(**{name: values.pop(name) for name in names})
    options = options_from(values)
    if dry_run:
        _tell_forecast(folder, out, options, settings)
        return
    run = ArchiveRun(folder, out, options, settings)
    stopped: StoppedError | None = None
    with open_display(quiet) as display, _gentle_stop(run, display):
        count = 0
        try:
            for told in run.outcomes(display.watch):
                count += 1
                display.tell(told)
        except (KeyboardInterrupt, StoppedError) as error:
            problem = error.problem if isinstance(error, StoppedError) else "Stopped at once."
            stopped = StoppedError(problem, cure="Run the same command again to go on.")
        except OutputError:
            raise
    _tell_end(run, count, quiet)
    if stopped is not None:
        raise stopped
    shortfall = _summary(run).shortfall()
    if shortfall is not None:
        raise shortfall
