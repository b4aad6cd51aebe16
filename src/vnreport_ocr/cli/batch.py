"""``vnocr batch``: a whole folder, with a ledger beside the output."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from vnreport_ocr.archive.forecast import forecast
from vnreport_ocr.archive.rebuild import rebuild_ledger
from vnreport_ocr.archive.report import REPORT, write_report
from vnreport_ocr.archive.run import ArchiveRun, check_folders, prepare_output
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.archive.summary import read_summary
from vnreport_ocr.archive.tables import write_tables
from vnreport_ocr.cli import interrupts
from vnreport_ocr.cli.batch_display import Display, open_display
from vnreport_ocr.cli.batch_lines import INDEX_BEHIND, closing_lines, duration, passed_over_lines
from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.options import options_from, reading_options, working_options
from vnreport_ocr.cli.saying import say
from vnreport_ocr.cli.search import RENEWED
from vnreport_ocr.errors import OutputError, StoppedError, UsageError
from vnreport_ocr.options import Options
from vnreport_ocr.plurals import many


@click.command("batch", short_help="Process thousands of files, with a ledger beside the output.")
@click.argument("folder", type=FileName(path_type=Path))
@click.option(
    "-o",
    "--output",
    "out",
    type=FileName(path_type=Path),
    required=True,
    metavar="OUT",
    help="Where the results go, mirroring FOLDER, with the ledger archive.db and report.html.",
)
@working_options
@click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Only files that match, such as '2019/*' or '*.pdf'; may be given several times.",
)
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Skip files that match; may be given several times.")
@click.option("--follow-links", is_flag=True, help="Also follow links that lead out of FOLDER.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Read at most N files in this run.")
@click.option("--rebuild-ledger", is_flag=True, help="If the ledger is damaged, rebuild it from the outputs first.")
@click.option("--dry-run", is_flag=True, help="Only show what would be done and how long it may take.")
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster, such as tcp://10.0.0.5:8786.")
@reading_options
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(**values: Any) -> None:  # noqa: ANN401 - the options of a command line are of every type
    """Read every PDF, page image and text in FOLDER; a second run processes only what is new, changed or failed."""
    folder, out = values.pop("folder"), values.pop("out")
    dry_run, quiet, rebuild = values.pop("dry_run"), values.pop("quiet"), values.pop("rebuild_ledger")
    names = ("formats", "jobs", "include", "exclude", "limit", "follow_links", "cluster")
    settings = Settings(**{name: values.pop(name) for name in names})
    options = options_from(values)
    if rebuild and dry_run:
        raise UsageError("--dry-run writes nothing, but --rebuild-ledger writes a ledger.", cure="Give one of them.")
    if dry_run:
        _tell_forecast(folder, out, options, settings)
        return
    if rebuild:
        _rebuild(folder, out, options, settings, quiet=quiet)
    run = ArchiveRun(folder, out, options, settings)
    _tell_end(run, *_work(run, quiet), quiet=quiet)


def _rebuild(folder: Path, out: Path, options: Options, settings: Settings, *, quiet: bool) -> None:
    check_folders(folder, out)
    prepare_output(out)
    made = rebuild_ledger(folder, out, options, settings)
    if not quiet:
        click.echo(
            f"New ledger: {many(made.saved, 'file')} from the old one, {made.from_outputs:,} from their outputs; "
            f"{made.left:,} still to be read."
        )
        if made.old is not None:
            click.echo(f"The old ledger is {made.old}; delete it once all is well.")


def _work(run: ArchiveRun, quiet: bool) -> tuple[int, StoppedError | None]:
    """Make the run; returns how many files it told of, and the stop where it was stopped."""
    count = 0
    with open_display(quiet) as display, _gentle_stop(run, display):
        try:
            for told in run.outcomes(display.watch):
                count += 1
                display.tell(told)
        except StoppedError as error:
            return count, error
        except KeyboardInterrupt:
            interrupts.heard()
            return count, StoppedError("Stopped at once.")
    return count, None


def _tell_end(run: ArchiveRun, count: int, stopped: StoppedError | None, *, quiet: bool) -> None:
    """Print the closing lines and the report; raise the error that the exit code comes from."""
    summary = read_summary(run.out)
    if count or run.index_renewed or run.index_caught_up or not (run.out / REPORT).exists():
        write_report(run.out)
        if run.index_trouble is None:  # they are made of what is in the index
            write_tables(run.out)
    if not quiet:
        if not count and stopped is None:
            click.echo(f"Nothing to do: {many(run.kept, 'file')} unchanged.")
        for line in closing_lines(summary):
            click.echo(line)
        click.echo(f"Report: {run.out / REPORT}")
    if run.index_renewed:
        say(RENEWED)
    index = None
    if run.index_trouble is not None:
        index = OutputError(f"The index is not up to date: {run.index_trouble}", cure=INDEX_BEHIND)
    graver = stopped or summary.shortfall()
    if graver is not None:
        if index is not None:
            say(str(index))
        raise graver
    if index is not None:
        raise index


@contextmanager
def _gentle_stop(run: ArchiveRun, display: Display) -> Iterator[None]:
    """Let Ctrl-C and a polite kill finish the pages in hand; a second one stops at once."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals belong to the main thread; whoever runs us here stops us with run.stop
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if run.stop.is_set():
            interrupts.raise_now()
        run.stop.set()
        display.say("Stopping after the current pages; press Ctrl-C again to stop at once.")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_forecast(folder: Path, out: Path, options: Options, settings: Settings) -> None:
    check_folders(folder, out)
    expected = forecast(folder, out, options, settings, lambda name, reason: click.echo(f"{name}\t{reason}"))
    for name in expected.closed_folders:
        click.echo(f"{name}/\tcannot be opened")
    for line in passed_over_lines(expected.passed_over):
        say(line)
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(expected.kinds.items()))
    size = expected.bytes / 1_000_000
    say(
        f"Would read {many(expected.files, 'file')}{f' ({kinds}; {size:,.1f} MB)' if kinds else ''}; "
        f"{expected.kept:,} stay as they are, {expected.moved:,} were only renamed, "
        f"{expected.gone:,} are gone."
    )
    if expected.files:
        basis = "from what was read before" if expected.measured else "a guess from the sizes"
        workers = many(settings.worker_count(), "worker")
        say(f"It may take {duration(expected.seconds)} with {workers} ({basis}).")
