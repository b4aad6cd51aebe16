"""A quick way to fill a folder with made files and to run over it."""

import contextlib
import json
import sqlite3
from pathlib import Path

from vnreport_ocr.archive.names import RESERVED
from vnreport_ocr.archive.outcome import Outcome
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.options import Options

FAKE = Settings(backend="tests.unit.archive.fakes:open_fake", jobs=2, backoff=0.05, split_after=0.3)
QUICK = Options(page_timeout=60.0)
HASTY = Options(page_timeout=1.0)
"""For files that hang."""


def put(folder: Path, name: str, **orders: object) -> Path:
    """A made file that does as it is told (see ``fakes``)."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"name": name, **orders}), encoding="utf-8")
    return path


def clean(folder: Path, out: Path, settings: Settings = FAKE, options: Options = QUICK) -> dict[str, Outcome]:
    """Run over a folder; the outcomes by name."""
    return {told.name: told for told in ArchiveRun(folder, out, options, settings).outcomes()}


def delivered(out: Path) -> dict[str, bytes]:
    """Every output below a folder with its bytes; ledger, report and hidden folders are none."""
    outputs = {}
    for path in sorted(out.rglob("*")):
        if path.is_file() and ".vnocr" not in path.parts and path.relative_to(out).parts[0] not in RESERVED:
            with contextlib.suppress(FileNotFoundError):  # a run at work has just moved it into its place
                outputs[str(path.relative_to(out))] = path.read_bytes()
    return outputs


def ask(out: Path, question: str) -> list[tuple[object, ...]]:
    """Ask the ledger of an output folder."""
    base = sqlite3.connect(out / "archive.db")
    try:
        return base.execute(question).fetchall()
    finally:
        base.close()
