"""Outputs that change their place: of files that were moved, and old ones that nothing stands behind any more."""

import contextlib
import fcntl
import json
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.names import real_name, shown
from vnreport_ocr.archive.places import output_errors
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.scan import Found, output_stem
from vnreport_ocr.delivery import Delivery
from vnreport_ocr.review.kept import kept_file

_CLONE = 0x40049409
"""The request FICLONE of Linux."""

_BLOCK = 1 << 20
_NAMES_DOCUMENT = re.compile(rb"<title>|<fileName>|imageFilename=|[\"' ]image ")
_HEAD = 65536
"""Bytes of an output in which the document's name stands."""


def carry_over(old: Record, found: Found, folder: Path, out: Path, ledger: Ledger) -> Record:
    """Give a file that was recognised the outputs of its former name; these stay until ``let_go``."""
    before, after = output_stem(real_name(old.path)), output_stem(found.name)
    carried = []
    with output_errors(out / after), narrow_as(folder / found.name):
        make_folders(folder, out, after)
        for name, _ in old.output_files():
            new = after + name.removeprefix(before)
            carried.append((new, _copy(out / name, out / new, (_last(before), _last(after)))))
        decisions, own = (kept_decisions(out, stem) for stem in (before, after))
        if decisions.is_file() and not own.exists():
            _copy(decisions, own, (_last(before), _last(after)))
    state = "partial" if old.unread else "done"
    record = replace(
        old,
        path=found.key,
        state=state,
        size=found.size,
        mtime_ns=found.mtime_ns,
        outputs=json.dumps(carried),
    )
    ledger.move(old.path, record)
    return record


def let_go(records: Iterable[Record], out: Path, ledger: Ledger) -> None:
    """Remove what was carried over from under its old name: marked first, so that a killed run is gone on with."""
    leaving = list(records)
    ledger.put(replace(record, state="moving") for record in leaving)
    for record in leaving:
        # They were carried over like the outputs.
        kept_decisions(out, output_stem(real_name(record.path))).unlink(missing_ok=True)
        remove_outputs(record, out)
    ledger.remove(record.path for record in leaving)


def kept_decisions(out: Path, name: str) -> Path:
    """Say where the decisions of a person about a file of the archive are kept: beside its outputs."""
    target = out / output_stem(name)
    return kept_file(target.parent, target.name)


def outputs_are_there(record: Record, out: Path) -> bool:
    """Whether every output lies in its place, as long as it was written."""
    try:
        return all((out / name).stat().st_size == size for name, size in record.output_files())
    except OSError:
        return False


@contextlib.contextmanager
def narrow_as(source: Path) -> Iterator[None]:
    """Let what is written meanwhile be read by nobody who may not read the source, nor by more than a new file is."""
    try:
        mode = source.stat().st_mode
    except OSError:
        mode = 0o600  # gone in the meantime: whoever reads it next will say so
    before = os.umask(0o077)
    os.umask(before | (0o066 & ~mode))
    try:
        yield
    finally:
        os.umask(before)


def make_folders(folder: Path, out: Path, name: str) -> None:
    """Make the folders that the outputs of a file go into, each open to nobody whom its original is closed to."""
    parents = Path(name).parent.parts
    for depth in range(1, len(parents) + 1):
        below = Path(*parents[:depth])
        if (out / below).is_dir():
            continue
        mode = stat.S_IMODE((folder / below).stat().st_mode)
        (out / below).mkdir(mode=0o700 | (0o077 & mode), exist_ok=True)


def remove_outputs(record: Record, out: Path, keep: frozenset[str] = frozenset()) -> None:
    """Remove a file's outputs, and the folders that are empty then."""
    for name, _ in record.output_files():
        if name in keep:
            continue
        path = out / name
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty: then it stays
            while path.parent != out:
                path = path.parent
                path.rmdir()


def _last(name: str) -> str:
    return shown(name.rpartition("/")[2])


def _copy(source: Path, target: Path, names: tuple[str, str]) -> int:
    """Put a copy in its place, whole, the document's name in it changed from one to the other; returns its size."""
    with Delivery() as delivery:
        aside = delivery.begin(target)
        if names[0] != names[1] and source.suffix == ".json":
            _copy_renamed(source, aside, *names)
        elif names[0] != names[1] and source.suffix in (".hocr", ".xml"):
            _copy_marked_up(source, aside, *names)
        else:
            _copy_bytes(source, aside)
        size = aside.stat().st_size
        delivery.deliver()
    return size


def _copy_marked_up(source: Path, aside: Path, before: str, after: str) -> None:
    """Copy hOCR, ALTO or PAGE: the document's name stands in certain elements, and never elsewhere in their lines."""
    said, now = escape(before).encode(), escape(after).encode()
    with source.open("rb") as old, aside.open("wb") as new:
        new.writelines(line.replace(said, now) if _NAMES_DOCUMENT.search(line) else line for line in old)


def _copy_bytes(source: Path, aside: Path) -> None:
    """Write a file of its own, never a second name of the same one: editing one output must not edit another."""
    with source.open("rb") as old, aside.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), _CLONE, old.fileno())  # shares the blocks until one is written, where that goes
        except OSError:
            shutil.copyfileobj(old, new, _BLOCK)


def _copy_renamed(source: Path, aside: Path, before: str, after: str) -> None:
    """Write into the head of a JSON output what its document is called."""
    said, now = (f'"name": {json.dumps(shown(name), ensure_ascii=False)}'.encode() for name in (before, after))
    with source.open("rb") as old, aside.open("wb") as new:
        new.write(old.read(_HEAD).replace(said, now, 1))
        shutil.copyfileobj(old, new)
