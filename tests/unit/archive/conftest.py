"""A folder to fill with made files, and a quick way to run over it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vnreport_ocr.archive.outcome import Outcome
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.options import Options

sys.path.insert(0, str(Path(__file__).parent))  # workers import the fake backends from here

FAKE = Settings(backend="archive_fakes:open_fake", jobs=2, backoff=0.05, split_after=0.3)

type_Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty archive."""
    made = tmp_path / "in"
    made.mkdir()
    return made


def put(folder: Path, name: str, **orders: object) -> Path:
    """A made file that does as it is told."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(orders) + f"\n// {name}" * 0, encoding="utf-8")
    return path


def clean(
    folder: Path, out: Path, options: Options | None = None, settings: Settings = FAKE
) -> dict[str, Outcome]:
    """Run over a folder; the outcomes by name."""
    run = ArchiveRun(folder, out, options or Options(page_timeout=1.0), settings)
    return {found.name: found for found in run.outcomes()}


def delivered(out: Path) -> dict[str, bytes]:
    """Every output below a folder, with its bytes; the ledger and the report are none."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".vnocr" not in path.parts and path.name not in ("archive.db", "report.html")
        and not path.name.startswith("archive.db-")
    }
