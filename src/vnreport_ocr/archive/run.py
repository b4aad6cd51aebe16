"""A run over a folder: plan, hand out jobs, write down what came of them.

The parent never holds a text: workers write pages and outputs, the parent hears what they are and
enters it into the ledger. Order of events for a file: outputs moved into their place, stale ones
removed, ledger. Killed between any two of them, the file is simply done again.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from vnreport_ocr.archive.deliver import carry_over, let_go
from vnreport_ocr.archive.executors import Executor, LocalExecutor
from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.archive.messages import Context
from vnreport_ocr.archive.outcome import Outcome, outcome
from vnreport_ocr.archive.plan import Plan, is_another_archive, make_plan, recipes
from vnreport_ocr.archive.progress import Progress
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.scan import Scan, output_stem, scan_folder
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.archive.spool import clear_leftovers, leave_tidy, spool_name
from vnreport_ocr.archive.work import Desk
from vnreport_ocr.errors import MissingFileError, OutputError, UsageError
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

    def outcomes(self, watch: Watch | None = None) -> Iterator[Outcome]:
        """Do what is to be done and tell of each file as it is finished; ``watch`` is called twice a second."""
        check_folders(self.folder, self.out)
        prepare_output(self.out)
        with OutputLock(self.out) as lock, Ledger(self.out / LEDGER) as ledger:
            scan = scan_folder(self.folder, self.out, self.settings.include, self.settings.exclude)
            self._refuse_another_archive(scan, ledger)
            recipe = recipes(self.options, self.settings.formats)
            self._finish_moves(ledger)
            plan = make_plan(scan, ledger, self.folder, self.out, recipe)
            self.kept = plan.kept
            self._write_down(plan, scan, ledger)
            keep = {spool_name(r.sha256, recipe[r.kind].name) for _, r in plan.todo if r.sha256}
            folders = {(self.out / output_stem(found.name)).parent for found, _ in plan.todo}
            clear_leftovers(self.out, keep, folders)
            for record in self._move(plan, ledger):
                yield outcome(record, self.out, "moved")
            todo = plan.todo[: self.settings.limit]
            if not todo:
                return
            desk = Desk(self.folder, self.out, self.options, self.settings, recipe, ledger)
            try:
                yield from desk.work(todo, lambda context: self._executor(context, lock.temporary), self.stop, watch)
            finally:
                leave_tidy(self.out)

    def _executor(self, context: Context, temporary: Path) -> Executor:
        if self.settings.cluster is None:
            return LocalExecutor(context, self.settings.worker_count(), temporary)
        # Dask is an extra and takes a second to import; it is needed for a cluster only.
        from vnreport_ocr.archive.cluster import DaskExecutor

        return DaskExecutor(context, self.settings.cluster)

    def _refuse_another_archive(self, scan: Scan, ledger: Ledger) -> None:
        """A folder may be renamed, and files in it too; but two folders in one output would take each other's place."""
        rows = ledger.ask("SELECT folder FROM runs ORDER BY run DESC LIMIT 1")
        if rows and rows[0][0] != str(self.folder) and is_another_archive(scan, ledger):
            problem = f"This output belongs to {rows[0][0]}."
            raise UsageError(problem, file=str(self.out), cure="Give another folder with -o.")

    def _write_down(self, plan: Plan, scan: Scan, ledger: Ledger) -> None:
        """Every file found stands in the ledger before the first is read."""
        ledger.put(record for _, record in plan.todo)
        ledger.put(plan.touched)
        ledger.put(replace(record, state="gone") for record in plan.gone)
        ledger.remove(record.path for record in plan.lost)
        closed = {folder + "/" for folder in scan.closed_folders}
        opened = [record.path for record in ledger.records() if record.kind == "folder" and record.path not in closed]
        ledger.remove(opened)
        ledger.put(_closed_folder(name) for name in sorted(closed))

    def _move(self, plan: Plan, ledger: Ledger) -> Iterator[Record]:
        gone = {record.path for record in plan.gone}
        left: dict[str, Record] = {}
        for old, found in plan.moved:
            yield carry_over(old, found, self.out, ledger)
            if old.path in gone or old.state == "gone":
                left[old.path] = old
        let_go(left.values(), self.out, ledger)

    def _finish_moves(self, ledger: Ledger) -> None:
        let_go([record for record in ledger.records() if record.state == "moving"], self.out, ledger)


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
        raise OutputError(f"Nothing can be written there: {error.strerror}.", file=str(out)) from error


def _closed_folder(name: str) -> Record:
    return Record(
        path=name,
        kind="folder",
        state="failed",
        attempts=1,
        error="The folder cannot be looked into.",
        error_class="UnreadableFileError",
        cure="Check its permissions.",
        finished=time.time(),
    )
