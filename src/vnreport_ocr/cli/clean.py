"""``vnocr clean``: files in, text that can be trusted out."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from vnreport_ocr.cli import interrupts
from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.options import options_from, reading_options, working_options
from vnreport_ocr.cli.progress import progress_bar
from vnreport_ocr.cli.saying import say
from vnreport_ocr.cli.targets import Destination, Target, is_delivered, place_of, plan_targets
from vnreport_ocr.errors import StoppedError, UsageError


@click.command("clean", short_help="Read files, repair the text, write it out.")
@click.argument("files", nargs=-1, required=True, type=FileName(allow_dash=True), metavar="FILE...")
@click.option(
    "-o",
    "--output",
    "folder",
    type=FileName(path_type=Path),
    metavar="DIR",
    help="Write files into this folder, or a single file if the name has an extension (out/report.txt); without it, "
    "the text goes to standard output.",
)
@click.option("--overwrite", is_flag=True, help="Replace files that already exist; without it they are kept.")
@working_options
@reading_options
@click.option("--explain", is_flag=True, help="Print every correction and every doubt on standard error.")
@click.option(
    "--show-changes",
    is_flag=True,
    help="Print the text with every change marked in place: [-đã đọc-]{+đã sửa+}, in colour on a terminal.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Print how each page was read.")
def command(files: tuple[str, ...], folder: Path | None, overwrite: bool, jobs: int | None, **values: Any) -> None:  # noqa: ANN401 - options are of every type
    """Read FILEs (PDFs, page images, folders of page images, texts; - is standard input) and repair what was read."""
    from vnreport_ocr.cli.cleaning import Cleaning, CleanSettings  # what --help should not wait for
    from vnreport_ocr.jobs.crew import Crew, usable_cores
    from vnreport_ocr.jobs.documents import DocumentReader

    manner = CleanSettings(*(values.pop(name) for name in ("formats", "explain", "quiet", "verbose", "show_changes")))
    options = options_from(values)
    asked = click.get_current_context().get_parameter_source("formats") is not ParameterSource.DEFAULT
    if manner.show_changes and (folder is not None or asked):
        raise UsageError("--show-changes prints to standard output.", cure="Leave out -o and -f.")
    place = place_of(folder, manner.formats, asked=asked, overwrite=overwrite)
    manner = replace(manner, formats=place.formats)
    targets = plan_targets(files, place)
    with ExitStack() as stack:
        text_on_screen = place.folder is None and sys.stdout.isatty()
        progress = stack.enter_context(progress_bar(wanted=not manner.quiet and not text_on_screen))
        crew = stack.enter_context(Crew(jobs or usable_cores()))
        cleaning = Cleaning(DocumentReader(lambda: crew, options), options, manner, progress)
        try:
            for target in targets:
                cleaning.clean(target, alone=len(targets) == 1)
        except KeyboardInterrupt:
            interrupts.heard()
            raise _stopped(targets, place) from None
    if not manner.quiet:
        say(cleaning.closing.sentence())
    error = cleaning.closing.error()
    if error is not None:
        raise error


def _stopped(targets: Sequence[Target], place: Destination) -> StoppedError:
    """Say what to do after an interrupt: what was delivered would be refused by the same command."""
    there = 0 if place.overwrite else sum(is_delivered(target, place.formats) for target in targets)
    if not there:
        return StoppedError("Stopped.")
    are = "1 of the files is" if there == 1 else f"{there:,} of the files are"
    cure = "Run the command again for the others, or with --overwrite for all."
    return StoppedError(f"Stopped. {are} finished.", cure=cure)
