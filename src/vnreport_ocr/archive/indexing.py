"""The index follows the ledger: while a run lasts, after it, and after a run that was killed.

A worker lays the pages of a file down before the ledger calls the file done; here they are taken up once it does.
Whatever the index lacks after that is made up for by a copy of the same bytes, or by the outputs.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from vnreport_ocr.archive.ledger import LEDGER
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.archive.names import real_name
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.report_plots import year_of
from vnreport_ocr.archive.scan import output_stem
from vnreport_ocr.archive.spool import texts_root
from vnreport_ocr.errors import VnocrError, internal_error
from vnreport_ocr.search.extract import ENDING, PageText, load_pages, owner_of, page_text
from vnreport_ocr.search.index import INDEX, DocumentEntry, Index

_PAUSE = 2.0
"""Seconds between two looks for pages that were laid down."""

_TOGETHER = 50
"""Documents that become searchable at once."""

_KNOWN = "('done', 'partial', 'gone')"
_FILES = "SELECT f.path, f.kind, f.sha256, f.finished, f.quality, f.letterhead, f.outputs FROM ledger.files f"


class Keeper:
    """Keeps the index of an output up to date with its ledger."""

    def __init__(self, folder: Path, out: Path, *, read_only: bool = False) -> None:
        self._folder = folder
        self._out = out
        self._index = Index(out / INDEX, read_only=read_only)
        try:
            self._index.base.execute("ATTACH ? AS ledger", (f"{(out / LEDGER).resolve().as_uri()}?mode=ro",))
        except sqlite3.DatabaseError:
            self._index.close()
            raise

    @property
    def renewed(self) -> bool:
        """Whether the index was of an older format and begins anew."""
        return self._index.renewed

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def is_behind(self) -> bool:
        """Whether a run was made since the index was seen to be whole, or pages wait."""
        ((upto,),) = self._index.ask("SELECT max(run) FROM upto") or ((None,),)
        ((run,),) = self._index.ask("SELECT max(run) FROM ledger.runs")
        return bool(upto != run or any(self._waiting()))

    def take_up(self) -> int:
        """Index the pages that were laid down of files that are done; returns how many files became searchable."""
        count = 0
        waiting = list(self._waiting())
        for begin in range(0, len(waiting), _TOGETHER):
            taken: list[Path] = []
            with self._index.together():
                for path in waiting[begin : begin + _TOGETHER]:
                    count += self._take(path, taken)
            for path in taken:
                path.unlink(missing_ok=True)
        return count

    def make_whole(self) -> None:
        """Index whatever the ledger calls done and the index lacks, and forget what is no more."""
        self.take_up()
        lacking = (
            f"{_FILES} LEFT JOIN documents d ON d.path = f.path WHERE f.state IN {_KNOWN} AND f.kind != 'folder'"
            " AND (d.path IS NULL OR d.finished IS NOT f.finished) AND f.path > ? ORDER BY f.path LIMIT ?"
        )
        after = ""
        while rows := self._index.ask(lacking, (after, _TOGETHER)):
            after = rows[-1][0]
            with self._index.together():
                for row in rows:
                    self._put(row, self._made_up(row))
        with self._index.together():
            stale = f"SELECT path FROM ledger.files WHERE state IN {_KNOWN}"
            for (path,) in self._index.ask(f"SELECT path FROM documents WHERE path NOT IN ({stale})"):
                self._index.remove(path)
            self._index.base.execute("INSERT OR REPLACE INTO upto SELECT 1, max(run) FROM ledger.runs")
        for path in self._waiting():  # of files that failed in the end, or were read again
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            texts_root(self._out).rmdir()

    def _waiting(self) -> Iterator[Path]:
        root = texts_root(self._out)
        return root.glob(f"*{ENDING}") if root.is_dir() else iter(())

    def _take(self, path: Path, taken: list[Path]) -> bool:
        owner = owner_of(path)
        if owner is None:
            taken.append(path)
            return False
        rows = self._index.ask(f"{_FILES} WHERE f.path = ? AND f.sha256 = ? AND f.state IN {_KNOWN}", owner)
        for row in rows:
            self._put(row, load_pages(path))
            taken.append(path)
        return bool(rows)

    def _put(self, row: tuple[object, ...], pages: Iterator[PageText]) -> None:
        record = _record(row)
        self._narrow(record)
        marks = self._index.ask("SELECT number, quality FROM ledger.pages WHERE path = ?", (record.path,))
        facts = record.facts()
        entry = DocumentEntry(
            record.path, record.sha256, record.finished, record.quality, facts, year_of(record.path, facts)
        )
        self._index.put(entry, pages, {int(number): float(quality) for number, quality in marks})

    def _made_up(self, row: tuple[object, ...]) -> Iterator[PageText]:
        """Yield the pages of a file that were not laid down: of a copy that is indexed, or as its outputs tell them."""
        record = _record(row)
        same = self._index.path_with_hash(record.sha256) if record.sha256 else None
        if same is not None:
            return iter(list(self._index.pages_of(same)))
        names = [name for name, _ in record.output_files()]
        stem = output_stem(real_name(record.path))
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            if f"{stem}.json" in names:
                # Loaded here alone: what is asked of an archive needs no reader of outputs.
                from vnreport_ocr.archive.rebuild import json_pages
                from vnreport_ocr.review.documents import page_from_record

                records = json_pages(self._out / f"{stem}.json")
                return iter([page_text(page_from_record(record)) for record in records])
        for ending in (".txt", ".md"):
            if stem + ending in names:
                with contextlib.suppress(OSError):
                    text = (self._out / (stem + ending)).read_text(encoding="utf-8", errors="replace")
                    return iter([PageText(1, text)])  # which page a word stands on is not told by a text
        return iter(())

    def _narrow(self, record: Record) -> None:
        """Let nobody read the index who may not read every file in it."""
        with contextlib.suppress(OSError):
            mode = (self._folder / real_name(record.path)).stat().st_mode
            path = self._out / INDEX
            now = path.stat().st_mode & 0o777
            narrower = now & ~(0o066 & ~mode)
            if narrower != now:
                path.chmod(narrower)


class KeeperThread:
    """Keeps the index up to date while a run lasts."""

    def __init__(self, folder: Path, out: Path) -> None:
        self._folder, self._out = folder, out
        self._end = threading.Event()
        self._whole = True
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.trouble: VnocrError | None = None
        self.renewed = False

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self, *, whole: bool) -> None:
        """Take up what is left, or make the index whole, and end; what went wrong stands in ``trouble``."""
        self._whole = whole
        self._end.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            with contextlib.closing(Keeper(self._folder, self._out)) as keeper:
                self.renewed = keeper.renewed
                while not self._end.wait(_PAUSE):
                    keeper.take_up()
                if self._whole:
                    keeper.make_whole()
                else:
                    keeper.take_up()
        except VnocrError as error:
            self.trouble = error
        except (OSError, sqlite3.DatabaseError) as error:
            self.trouble = _trouble(error)
        except Exception as error:  # a fault must not end the thread unheard: the run tells it
            self.trouble = internal_error(error)


def _trouble(error: OSError | sqlite3.DatabaseError) -> VnocrError:
    said = getattr(error, "strerror", None) or str(error)
    cure = "Run the command again; if that does not help, check the space that is free and 'ulimit -n'."
    return VnocrError(f"It could not be written or read: {said}.", cure=cure)


def catch_up(folder: Path, out: Path, *, in_any_case: bool = False) -> bool:
    """Make the index whole where it is not, as far as this user may write it; says whether an older one was renewed."""
    if not os.access(out, os.W_OK):
        return False
    if not in_any_case and is_up_to_date(folder, out):
        return False
    with contextlib.closing(Keeper(folder, out)) as keeper:
        if in_any_case or keeper.is_behind():
            keeper.make_whole()
        return keeper.renewed


def lags_behind(out: Path) -> bool:
    """Whether the index of an output where nothing runs lacks what the ledger knows, or cannot be looked at."""
    return not is_locked(out) and not is_up_to_date(out, out)


def trouble_of_index(error: VnocrError | OSError | sqlite3.DatabaseError) -> VnocrError:
    """Return why the index could not be kept, as it is told."""
    return error if isinstance(error, VnocrError) else _trouble(error)


def is_up_to_date(folder: Path, out: Path) -> bool:
    """Say whether nothing is to be written; what cannot be looked at is told by whoever writes."""
    try:
        with contextlib.closing(Keeper(folder, out, read_only=True)) as keeper:
            return not keeper.is_behind()
    except (VnocrError, OSError, sqlite3.DatabaseError):
        return False


def _record(row: tuple[object, ...]) -> Record:
    path, kind, sha256, finished, quality, letterhead, outputs = row
    return Record(
        path=str(path),
        kind=str(kind),
        sha256=None if sha256 is None else str(sha256),
        finished=None if finished is None else float(str(finished)),
        quality=None if quality is None else float(str(quality)),
        letterhead=str(letterhead or "{}"),
        outputs=str(outputs or "[]"),
    )
