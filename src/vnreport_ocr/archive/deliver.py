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


def carry_over(old: Record, found: Found, out: Path, ledger: Ledger) -> Record:
    """Give a file that was recognised the outputs of its former name; these stay until ``let_go``."""
    before, after = output_stem(old.path), output_stem(found.name)
    carried = []
    try:
        for name, size in old.output_files():
            new = after + name.removeprefix(before)
            _copy(out / name, out / new, out)
            carried.append((new, size))
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


def _copy(source: Path, target: Path, out: Path) -> None:
    stage = stage_root(out)
    stage.mkdir(parents=True, exist_ok=True)
    aside = stage / uuid4().hex
    try:
        try:
            os.link(source, aside)
        except OSError:  # a file system without links, or across two of them
            shutil.copyfile(source, aside)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
