"""What the ledger says about an archive, in a few figures: for the end of a run, for ``status``, for the report."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr import errors
from vnreport_ocr.archive.ledger import IN_NEED, LEDGER, Ledger
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.archive.scan import PassedOver
from vnreport_ocr.errors import MissingFileError, PartialResultError, VnocrError
from vnreport_ocr.plurals import many

WORST = 10
_EXAMPLES = 3


class WorstPage(NamedTuple):
    """A page that needs a person more than others do."""

    path: str
    number: int
    quality: float
    damage: str
    error: str | None
    attention: str | None


class FailureClass(NamedTuple):
    """Everything that failed for one kind of reason, and what can be done about it."""

    error_class: str
    files: int
    pages: int
    cure: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The last run."""

    state: str
    folder: str
    started: float
    seconds: float
    workers: int
    todo_files: int
    files: int
    pages: int
    failed: int
    pages_a_minute: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """An archive as it stands."""

    files: int
    states: dict[str, int]
    pages: int
    unread: int
    words: int
    corrections: int
    quality: float | None
    run: RunFigures | None
    failures: tuple[FailureClass, ...]
    in_need: int
    """Pages that a person should look at."""
    worst: tuple[WorstPage, ...]
    passed_over: tuple[PassedOver, ...]

    @property
    def failed(self) -> int:
        """Files of which nothing could be read."""
        return self.states.get("failed", 0)

    @property
    def partial(self) -> int:
        """Files of which pages are missing."""
        return self.states.get("partial", 0)

    def as_dict(self) -> dict[str, object]:
        """Return the same as plain tables, for JSON."""
        values = asdict(self)
        values["failures"] = [failure._asdict() for failure in self.failures]
        values["passed_over"] = [kind._asdict() for kind in self.passed_over]
        values["worst"] = [page._asdict() for page in self.worst]
        return values

    def shortfall(self) -> VnocrError | None:
        """Return what is to be raised at the end when not everything could be read."""
        parts = []
        if self.failed:
            parts.append(f"{many(self.failed, 'file')} could not be read")
        if self.partial:
            parts.append(f"{many(self.unread, 'page')} of {many(self.partial, 'file')} could not be read completely")
        if not parts:
            return None
        return PartialResultError(" and ".join(parts) + ".", cure="The reasons are listed above and in report.html.")


def read_summary(out: Path, worst: int = WORST) -> Summary:
    """Look at the ledger of an output folder, also while a run writes it."""
    path = out / LEDGER
    if not path.is_file():
        raise MissingFileError("There is no archive here.", file=str(out), cure="Name the folder given to batch -o.")
    with Ledger(path, read_only=True) as ledger:
        return summarise(ledger, running=is_locked(out), worst=worst)


def summarise(ledger: Ledger, *, running: bool, worst: int = WORST) -> Summary:
    """Return the figures of a ledger."""
    rows = ledger.ask(
        "SELECT state, count(*), coalesce(sum(pages), 0), coalesce(sum(unread), 0), coalesce(sum(words), 0),"
        " coalesce(sum(corrections), 0), coalesce(sum(quality * max(1, words)), 0),"
        " coalesce(sum(max(1, words)) FILTER (WHERE quality IS NOT NULL), 0) FROM files GROUP BY state"
    )
    counted = [row for row in rows if row[0] != "moving"]
    pages, unread, words, corrections, weighted, weight = (sum(row[place] for row in counted) for place in range(2, 8))
    ((in_need,),) = ledger.ask(f"SELECT count(*) FROM pages WHERE {IN_NEED}")
    return Summary(
        files=sum(row[1] for row in rows),
        states={row[0]: row[1] for row in sorted(rows)},
        pages=pages,
        unread=unread,
        words=words,
        corrections=corrections,
        quality=round(weighted / weight, 4) if weight else None,
        run=_last_run(ledger, running),
        failures=_failures(ledger),
        in_need=in_need,
        worst=tuple(
            WorstPage(*row)
            for row in ledger.ask(
                f"SELECT path, number, quality, damage, error, attention FROM pages WHERE {IN_NEED}"
                " ORDER BY error IS NULL, quality, path, number LIMIT ?",
                (worst,),
            )
        ),
        passed_over=tuple(
            PassedOver(kind, files, tuple(json.loads(examples)))
            for kind, files, examples in ledger.ask("SELECT * FROM passed_over ORDER BY files DESC, kind")
        ),
    )


def _last_run(ledger: Ledger, running: bool) -> RunFigures | None:
    rows = ledger.ask(
        "SELECT run, state, folder, started, updated, ended, workers, todo_files, todo_bytes, files, pages, failed,"
        " bytes FROM runs ORDER BY run DESC LIMIT 1"
    )
    if not rows:
        return None
    run, state, folder, started, updated, ended, workers, todo_files, todo_bytes, files, pages, failed, size = rows[0]
    if state == "running" and not running:
        state = "interrupted"
    alive = state == "running"
    seconds = (time.time() if alive else ended or updated) - started
    recent = ledger.ask(
        "SELECT at, pages FROM speed WHERE run = ? AND at > ? ORDER BY at LIMIT 1", (run, updated - 120)
    )
    since, before = recent[0] if alive and recent and updated - recent[0][0] > 5 else (started, 0)
    share = size / max(1, todo_bytes)
    return RunFigures(
        state=state,
        folder=folder,
        started=started,
        seconds=round(seconds, 1),
        workers=workers,
        todo_files=todo_files,
        files=files,
        pages=pages,
        failed=failed,
        pages_a_minute=round(60 * (pages - before) / max(0.001, updated - since), 1),
        seconds_left=round(seconds * (1 - share) / share) if alive and seconds > 5 and share > 0.005 else None,
    )


def _failures(ledger: Ledger) -> tuple[FailureClass, ...]:
    files = dict(ledger.ask("SELECT error_class, count(*) FROM files WHERE state = 'failed' GROUP BY 1"))
    pages = dict(ledger.ask("SELECT error_class, count(*) FROM pages WHERE error IS NOT NULL GROUP BY 1"))
    found = []
    for name in sorted({*files, *pages}, key=lambda name: (-files.get(name, 0), -pages.get(name, 0), name or "")):
        cure = _cure(ledger, name)
        # First those that the cure was given for.
        examples = ledger.ask(
            "SELECT path, cure IS NOT ?3 FROM files WHERE state = 'failed' AND error_class IS ?1"
            " UNION SELECT path, 1 FROM pages WHERE error IS NOT NULL AND error_class IS ?1 ORDER BY 2, 1 LIMIT ?2",
            (name, _EXAMPLES, cure),
        )
        names = tuple(dict.fromkeys(path for path, _ in examples))
        found.append(FailureClass(name or "VnocrError", files.get(name, 0), pages.get(name, 0), cure, names))
    return tuple(found)


def _cure(ledger: Ledger, error_class: str | None) -> str:
    """Return what was advised most often for the files of a class; its usual advice where there is none."""
    given = ledger.ask(
        "SELECT cure FROM files WHERE state = 'failed' AND error_class IS ? AND cure IS NOT NULL"
        " GROUP BY cure ORDER BY count(*) DESC, cure LIMIT 1",
        (error_class,),
    )
    return str(
        given[0][0] if given else getattr(getattr(errors, error_class or "", VnocrError), "cure", VnocrError.cure)
    )
