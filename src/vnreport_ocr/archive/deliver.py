"""Outputs that change their place: of files that were moved, and old ones that nothing stands behind any more."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.scan import Found, output_stem, shown
from vnreport_ocr.archive.spool import stage_root
from vnreport_ocr.errors import OutputError

_HEAD = 65536
"""Bytes of an output in which the document's name stands."""


def carry_over(old: Record, found: Found, out: Path, ledger: Ledger) -> Record:
    """Give a file that was recognised the outputs of its former name; these stay until ``let_go``."""
    before, after = output_stem(old.path), output_stem(found.name)
    carried = []
    try:
        for name, _ in old.output_files():
            new = after + name.removeprefix(before)
            carried.append((new, _copy(out / name, out / new, out)))
    except OSError as error:
        raise OutputError(f"It cannot be written: {error.strerror}.", file=shown(str(out / after))) from error
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
        remove_outputs(record, out)
    ledger.remove(record.path for record in leaving)


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


def _copy(source: Path, target: Path, out: Path) -> int:
    """Put a copy in its place, whole; returns its size."""
    stage = stage_root(out)
    stage.mkdir(parents=True, exist_ok=True)
    aside = stage / uuid4().hex
    try:
        renamed = source.suffix == ".json" and source.name != target.name
        if renamed:
            _copy_renamed(source, aside, source.stem, target.stem)
        else:
            _copy_bytes(source, aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        size = aside.stat().st_size
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return size


def _copy_bytes(source: Path, aside: Path) -> None:
    try:
        os.link(source, aside)
    except OSError:  # a file system without links, or across two of them
        shutil.copyfile(source, aside)


def _copy_renamed(source: Path, aside: Path, before: str, after: str) -> None:
    """A JSON output says in its head what its document is called."""
    said, now = (f'"name": {json.dumps(shown(name), ensure_ascii=False)}'.encode() for name in (before, after))
    with source.open("rb") as old, aside.open("wb") as new:
        new.write(old.read(_HEAD).replace(said, now, 1))
        shutil.copyfileobj(old, new)
