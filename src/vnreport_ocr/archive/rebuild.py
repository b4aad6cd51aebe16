"""A new ledger for an output that has lost its own: out of what can still be read of the old one, and of the outputs.

What an output does not tell is taken to be as it is now: it is believed to have been made of the file that lies
there (where that is not newer than the output) and with the options that are given.
"""

import contextlib
import json
import re
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vnreport_ocr.archive.deliver import outputs_are_there
from vnreport_ocr.archive.ledger import LEDGER, RECORD_COLUMNS, Ledger
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.archive.messages import FileDone, PageMark
from vnreport_ocr.archive.plan import hash_or_none
from vnreport_ocr.archive.recipe import Recipe, recipes
from vnreport_ocr.archive.record import Record, waiting
from vnreport_ocr.archive.scan import Found, Scan, output_stem
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.attention import IN_WHAT_WAS_READ
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import ending_of
from vnreport_ocr.search.extract import FACTS

_UNREAD = re.compile(r"^\*?\\?\[page \d+ was not read\\?\]\*?$", re.MULTILINE)
_KEEP = ("", "-wal", "-shm", "-journal")
_ENDS_HEAD = '"pages": ['


class Rebuilt(NamedTuple):
    """Where the files of a new ledger come from."""

    saved: int
    """Out of the old ledger."""
    from_outputs: int
    left: int
    """Files without outputs, or newer than these: the next run reads them."""
    old: Path | None
    """Where the old ledger lies now."""


def rebuild_ledger(folder: Path, out: Path, options: Options, settings: Settings) -> Rebuilt:
    """Make a new ledger in its place; the old one is kept beside it under another name."""
    with OutputLock(out):
        aside = out / f"{LEDGER}.new"
        for ending in _KEEP:
            Path(f"{aside}{ending}").unlink(missing_ok=True)
        old = _put_aside(out)
        recipe = recipes(options, settings.formats)
        with Ledger(aside) as ledger:
            saved = _save(old, ledger, out) if old else 0
            taken = left = 0
            for found in Scan(folder, out, settings).files():
                if ledger.record(found.key) is not None:
                    continue
                done = _done_of(found, folder, out, settings.formats)
                if done is None:
                    left += 1
                    continue
                taken += 1
                ledger.finish(_record(found, recipe[found.kind]), done)
            now = time.time()
            ledger.write(
                "INSERT INTO runs (folder, started, updated, ended, state, workers, todo_files, todo_bytes, files,"
                " pages, failed, bytes) VALUES (?, ?, ?, ?, 'finished', 0, 0, 0, 0, 0, 0, 0)",
                [(str(folder.absolute()), now, now, now)],
            )
        aside.replace(out / LEDGER)
    return Rebuilt(saved, taken, left, old)


def _put_aside(out: Path) -> Path | None:
    path = out / LEDGER
    if not path.is_file():
        return None
    old = out / f"{LEDGER}.broken-{time.strftime('%Y%m%d-%H%M%S')}"
    for ending in _KEEP:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{ending}").rename(f"{old}{ending}")
    return old


def _save(old: Path, ledger: Ledger, out: Path) -> int:
    """Take over what can still be read of a damaged ledger, from its beginning and from its end."""
    count = 0
    with contextlib.closing(sqlite3.connect(f"{old.resolve().as_uri()}?mode=ro", uri=True)) as base:
        for order in ("path", "path DESC"):
            for row in _until_broken(base, f"SELECT {', '.join(RECORD_COLUMNS)} FROM files ORDER BY {order}"):
                record = _sound(row)
                if record is None or ledger.record(record.path) is not None:
                    continue
                if record.state in ("done", "partial", "gone") and not outputs_are_there(record, out):
                    continue
                ledger.put([record])
                names = ", ".join(("path", *PageMark._fields))
                marks = list(_until_broken(base, f"SELECT {names} FROM pages WHERE path = ?", (record.path,)))
                ledger.write(f"INSERT OR REPLACE INTO pages ({names}) VALUES (?{', ?' * len(PageMark._fields)})", marks)
                count += 1
    return count


def _until_broken(base: sqlite3.Connection, question: str, values: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
    with contextlib.suppress(sqlite3.DatabaseError):
        yield from base.execute(question, values)


def _sound(row: tuple[Any, ...]) -> Record | None:
    """Return a record whose fields are what they should be; damage may have put anything in their place."""
    record = Record(*row)
    try:
        json.loads(record.letterhead)
        record.output_files()
    except (TypeError, ValueError, AttributeError):
        return None
    texts = (record.path, record.kind, record.state)
    return record if all(isinstance(text, str) and text for text in texts) else None


def _record(found: Found, recipe: Recipe) -> Record:
    fresh = waiting(found)
    # The programs that were used are not known.
    return Record(
        path=fresh.path, kind=fresh.kind, size=fresh.size, mtime_ns=fresh.mtime_ns, options=recipe.options,
        dictionaries=recipe.dictionaries, attempts=1,
    )  # fmt: skip


def _done_of(found: Found, folder: Path, out: Path, formats: tuple[str, ...]) -> FileDone | None:
    """Return what the outputs of a file tell of it; nothing where one is missing, older, or has unread pages."""
    stem = output_stem(found.name)
    names = [f"{stem}.{ending_of(wish)}" for wish in formats if wish not in ("csv", "page")]
    if not names or found.size < 0:
        return None
    for wish, pattern in (("csv", "table-*.csv"), ("page", "page-*.xml")):
        if wish in formats:
            pieces = sorted(path.name for path in (out / stem).parent.glob(f"{_plain(Path(stem).name)}.{pattern}"))
            names += [str(Path(stem).with_name(piece)) for piece in pieces]
    try:
        stats = [(out / name).stat() for name in names]
        if any(stat.st_mtime_ns < found.mtime_ns for stat in stats):
            return None
        marks, letterhead = _marks(out, stem, formats)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not there, or not as we write it: it is read again
    sha256 = hash_or_none(folder / found.name)
    if sha256 is None or not marks:
        return None
    sizes = sorted(zip(names, (stat.st_size for stat in stats), strict=True))
    return FileDone(sha256, marks, tuple(sizes), letterhead)


def _plain(name: str) -> str:
    """Escape a name, so that a pattern in it means itself."""
    return re.sub(r"([*?\[])", r"[\1]", name)


def _marks(out: Path, stem: str, formats: tuple[str, ...]) -> tuple[tuple[PageMark, ...], tuple[tuple[str, str], ...]]:
    if "json" in formats:
        marks: list[PageMark] = []
        letterhead: dict[str, str] = {}
        for page in json_pages(out / f"{stem}.json"):
            marks.append(_mark(page))
            head = page.get("letterhead") or {}
            for name in FACTS:
                if name in head:
                    letterhead.setdefault(name, str(head[name]["text"]))
        return tuple(marks), tuple(letterhead.items())
    for wish in ("txt", "md"):
        if wish in formats:
            text = (out / f"{stem}.{wish}").read_text(encoding="utf-8", errors="replace")
            if _UNREAD.search(text):
                raise ValueError("pages of it were not read")
            # How many pages it has is not told by its text.
            return (PageMark(1, "", "", 1.0, len(text.split()), 0, 0, 0.0),), ()
    return (), ()


def json_pages(path: Path) -> Iterator[dict[str, Any]]:
    """Give the pages of a JSON output one at a time, however long it is."""
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        for line in file:
            if line.rstrip().endswith(_ENDS_HEAD):
                break
        piece: list[str] = []
        for line in file:
            piece.append(line)
            if line.startswith("}"):
                yield json.loads("".join(piece).strip().strip(","))
                piece = []
            elif line.startswith("]"):
                return
    raise ValueError("it is cut off")


def _mark(page: dict[str, Any]) -> PageMark:
    cells = [line for table in page.get("tables", ()) for cell in table["cells"] for line in cell.get("lines", ())]
    lines = [*page.get("lines", ()), *cells]
    told = page.get("attention", ())
    reasons = [str(reason["reason"]) for reason in told if reason["matter"] in IN_WHAT_WAS_READ]
    return PageMark(
        number=int(str(page["number"])),
        source=str(page["source"]),
        damage=str(page["damage"]),
        quality=float(str(page["quality"])),
        words=sum(len(str(line["text"]).split()) for line in lines),
        corrections=sum(len(line.get("corrections", ())) for line in lines),
        doubts=sum(len(line.get("doubts", ())) for line in lines),
        seconds=0.0,
        error=None if page.get("error") is None else str(page["error"]),
        error_class=None if page.get("error_class") is None else str(page["error_class"]),
        attention="; ".join(reasons) or None,
    )
