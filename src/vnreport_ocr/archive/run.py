"""A run over a folder: plan, hand out jobs, write down what came of them.

The parent never holds a text: workers write pages and outputs, the parent hears what they are and
enters it into the ledger. Order of events for a file: outputs moved into their place, stale ones
removed, ledger. Killed between any two of them, the file is simply done again.
"""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from vnreport_ocr.archive.context import ArchiveContext
from vnreport_ocr.archive.deliver import carry_over, let_go
from vnreport_ocr.archive.executors import Executor, LocalExecutor
from vnreport_ocr.archive.indexing import KeeperThread, catch_up, is_up_to_date, trouble_of_index
from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import HIDDEN, OutputLock
from vnreport_ocr.archive.outcome import Outcome, outcome
from vnreport_ocr.archive.places import is_shut, trouble_with_place
from vnreport_ocr.archive.plan import Plan
from vnreport_ocr.archive.progress import Progress
from vnreport_ocr.archive.recipe import Recipe, recipes
from vnreport_ocr.archive.record import Record, waiting
from vnreport_ocr.archive.scan import Scan
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.archive.spool import clear_leftovers, leave_tidy
from vnreport_ocr.archive.work import FileRunner
from vnreport_ocr.delivery import remove_parts
from vnreport_ocr.errors import MissingFileError, OutputError, UsageError, VnocrError
from vnreport_ocr.jobs.messages import trouble
from vnreport_ocr.options import Options

Watch = Callable[[Progress], None]


class ArchiveRun:
    """One run: iterate over ``outcomes`` to make it happen."""

    def __init__(self, folder: Path, out: Path, options: Options, settings: Settings) -> None:
        self.folder = folder.absolute()
        self.out = out.absolute()
        self.options = options
        self.settings = settings
        self.stop = threading.Event()
        """Set it (from a signal handler, from another thread) to finish the pages in hand and end."""
        self.kept = 0
        self.index_trouble: VnocrError | None = None
        """Why the index could not be kept up to date; the outputs are delivered all the same."""
        self.index_caught_up = False
        """Whether the index lacked something of an earlier run, though no file was left to be read."""
        self.index_renewed = False
        """Whether the index was of an older format and was made anew."""

    def outcomes(self, watch: Watch | None = None) -> Iterator[Outcome]:
        """Do what is to be done and tell of each file as it is finished; ``watch`` is called twice a second."""
        check_folders(self.folder, self.out)
        prepare_output(self.out)
        with OutputLock(self.out) as lock, Ledger(self.out / LEDGER) as ledger:
            self._finish_moves(ledger)
            recipe = recipes(self.options, self.settings.formats)
            plan = self._plan(ledger, recipe)
            self._clear(plan, recipe)
            yield from self._move(plan, ledger)
            if not plan.count("todo"):
                self._catch_up(in_any_case=plan.count("moved") > 0)
                return
            runner = FileRunner(self.folder, self.out, self.options, self.settings, recipe, ledger)
            keeper = KeeperThread(self.folder, self.out)
            keeper.start()
            well = False
            try:
                yield from runner.work(plan, lambda context: self._executor(context, lock.temporary), self.stop, watch)
                well = True
            finally:
                keeper.finish(whole=well)
                if not well or runner.lost_a_worker:
                    with contextlib.suppress(VnocrError, OSError):  # told already, or removed by the next run
                        remove_parts(self._places(plan))
                self.index_trouble, self.index_renewed = keeper.trouble, keeper.renewed
                leave_tidy(self.out)

    def _catch_up(self, *, in_any_case: bool) -> None:
        behind = not is_up_to_date(self.folder, self.out)
        try:
            self.index_renewed = catch_up(self.folder, self.out, in_any_case=in_any_case)
            self.index_caught_up = behind
        except (VnocrError, OSError, sqlite3.DatabaseError) as error:
            self.index_trouble = trouble_of_index(error)

    def _plan(self, ledger: Ledger, recipe: dict[str, Recipe]) -> Plan:
        """Look through the folder, compare it with the ledger, and write down what is to be done."""
        scan = Scan(self.folder, self.out, self.settings)
        plan = Plan(ledger, self.folder, self.out, recipe)
        plan.look(scan.files())
        self._refuse_another_archive(plan, ledger)
        plan.compare()
        self.kept = plan.kept
        plan.write_down()
        ledger.pass_over(scan.passed_over())
        closed = {folder + "/" for folder in scan.closed_folders}
        opened = [record.path for record in ledger.records("WHERE state = 'failed' AND kind = 'folder'")]
        ledger.remove(path for path in opened if path not in closed)
        ledger.put(_closed_folder(name) for name in sorted(closed))
        return plan

    def _clear(self, plan: Plan, recipe: dict[str, Recipe]) -> None:
        """Remove what a killed run left, and keep the pages of files that are gone on with."""
        names = {kind_recipe.name for kind_recipe in recipe.values()}

        def is_wanted(spool: str) -> bool:
            sha256, _, name = spool.partition("-")
            return name in names and plan.is_to_be_read(sha256)

        clear_leftovers(self.out, is_wanted, self._places(plan))

    def _places(self, plan: Plan) -> Iterator[Path]:
        """Give the folders of the outputs of what is to be read."""
        return (self.out / name for name in plan.folders())

    def _executor(self, context: ArchiveContext, temporary: Path) -> Executor:
        if self.settings.cluster is None:
            return LocalExecutor(context, self.settings.worker_count(), temporary)
        # Dask is an extra and takes a second to import; it is needed for a cluster only.
        from vnreport_ocr.archive.cluster import DaskExecutor

        return DaskExecutor(context, self.settings.cluster)

    def _refuse_another_archive(self, plan: Plan, ledger: Ledger) -> None:
        """Refuse a second folder in one output; a folder, and files in it, may be renamed."""
        rows = ledger.ask("SELECT folder FROM runs ORDER BY run DESC LIMIT 1")
        if rows and rows[0][0] != str(self.folder) and plan.is_of_another_archive():
            problem = f"This output belongs to {rows[0][0]}."
            raise UsageError(problem, file=str(self.out), cure="Give another folder with -o.")

    def _move(self, plan: Plan, ledger: Ledger) -> Iterator[Outcome]:
        for old, found in plan.moves():
            wrong = trouble_with_place(found, self.folder, self.out, self.settings.formats)
            if wrong is None:
                try:
                    record = carry_over(old, found, self.folder, self.out, ledger)
                except OutputError as error:
                    if is_shut(error, self.out):
                        raise
                    wrong = error
                else:
                    yield outcome(record, self.out, "moved")
            if wrong is not None:
                yield outcome(ledger.fail(replace(waiting(found), attempts=1), trouble(wrong)), self.out)
        for left in plan.left_behind():
            let_go(left, self.out, ledger)

    def _finish_moves(self, ledger: Ledger) -> None:
        while some := ledger.some("WHERE state = 'moving'"):
            let_go(some, self.out, ledger)


def clean_archive(
    folder: Path | str, out: Path | str, options: Options | None = None, settings: Settings | None = None
) -> Iterator[Outcome]:
    """Clean every PDF, image and text below a folder into ``out``; yields what became of each as it is finished.

    What an earlier run finished is not done again and not told of again. Ctrl-C finishes the pages
    in hand and raises ``StoppedError``; calling again goes on.
    """
    run = ArchiveRun(Path(folder), Path(out), options or Options(), settings or Settings())
    yield from run.outcomes()


def check_folders(folder: Path, out: Path) -> None:
    """Raise where there is nothing to walk through, or where outputs would come to lie among the files."""
    if not folder.exists():
        raise MissingFileError("There is no such folder.", file=str(folder))
    if not folder.is_dir():
        raise UsageError("It is a file; 'vnocr clean' reads single files.", file=str(folder), cure="")
    if folder.resolve() == out.resolve():
        raise UsageError("The outputs would lie among the files.", file=str(out), cure="Give another folder with -o.")
    if out.is_dir() and not (out / HIDDEN).exists() and out.resolve().is_relative_to(folder.resolve()):
        # What lies in the output is no part of the archive; what lay there before would be passed over unseen.
        held = next(Scan(out, out / HIDDEN).files(), None)
        if held is not None:
            problem = f"It holds files of the archive, such as {held.key}, which would not be read."
            raise UsageError(problem, file=str(out), cure="Give a new folder with -o.")


def prepare_output(out: Path) -> None:
    """Make the output folder and see that it can be written, before any work is done."""
    probe = out / f".writable-{time.time_ns()}"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"vnocr" * 1000)
        probe.unlink()
    except OSError as error:
        with contextlib.suppress(OSError):
            probe.unlink()
        if os.path.lexists(out) and not out.is_dir():
            raise OutputError("It is not a folder.", file=str(out), cure="Name another folder with -o.") from error
        raise OutputError(f"Nothing can be written there: {error.strerror}.", file=str(out)) from error


def _closed_folder(name: str) -> Record:
    return Record(
        path=name,
        kind="folder",
        state="failed",
        attempts=1,
        error="The folder cannot be opened.",
        error_class="UnreadableFileError",
        cure="Check its permissions.",
        finished=time.time(),
    )
