"""Ledgers and indexes that a stranger made: told in one line, and nothing in them is run."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.cli.main import run
from vnreport_ocr.options import Options

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id, x AS path FROM n"


def views_for_tables(path: Path) -> None:
    """Every table is a view that never ends."""
    base = sqlite3.connect(path)
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    base.close()
    path.unlink()
    base = sqlite3.connect(path)
    base.executescript(
        "".join(f'CREATE VIEW "{name}" AS {ENDLESS};' for name in names if not name.startswith("sqlite_"))
    )
    base.execute("PRAGMA user_version = 2")
    base.close()


def a_trigger(path: Path) -> None:
    base = sqlite3.connect(path)
    (name,) = base.execute("SELECT name FROM sqlite_master WHERE name IN ('documents', 'runs')").fetchone()
    base.execute(f"CREATE TRIGGER t AFTER INSERT ON {name} BEGIN DELETE FROM {name}; END")
    base.close()


def garbage(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)


def cut_off(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def of_another_format(path: Path) -> None:
    base = sqlite3.connect(path)
    base.execute("PRAGMA user_version = 2147483647")
    base.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run, its databases without logs beside them."""
    folder = tmp_path_factory.mktemp("databases")
    (folder / "in").mkdir()
    text = "Uỷ ban nhân dân xã báo cáo kết quả rà soát năm 2020.\n"
    (folder / "in" / "a.txt").write_text(text, encoding="utf-8")
    told = list(ArchiveRun(folder / "in", folder / "out", Options(), Settings(jobs=1)).outcomes())
    assert [outcome.state for outcome in told] == ["done"]
    for name in ("archive.db", "search.db"):
        base = sqlite3.connect(folder / "out" / name)
        base.execute("PRAGMA journal_mode = DELETE")
        base.close()
    return folder / "out"


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "out")


@pytest.mark.parametrize("spoil", [views_for_tables, a_trigger, garbage, cut_off, of_another_format])
@pytest.mark.parametrize(
    ("name", "arguments"), [("archive.db", ["status"]), ("search.db", ["search"])], ids=["status", "search"]
)
def test_a_database_of_a_stranger_is_told_in_one_line(
    name: str, arguments: list[str], spoil: Callable[[Path], None], archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(archive / name)
    code = run([*arguments, str(archive), *(["năm"] if name == "search.db" else [])])
    said = capsys.readouterr().err.splitlines()
    assert code in (2, 5), said
    assert len(said) == 1
    assert said[0].startswith("vnocr: ")
    assert "fault" not in said[0]
