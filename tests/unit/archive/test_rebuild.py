"""A ledger that is damaged: it is told, and a new one is made from what is there."""

import json
import sqlite3
from pathlib import Path

import pytest

from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.rebuild import rebuild_ledger
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.archive.summary import read_summary
from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import BrokenLedgerError, UsageError
from vnreport_ocr.options import Options

SENTENCES = "Ủy ban nhân dân xã báo cáo kết quả công tác quý một.\nCác thôn đã rà soát hộ nghèo.\n"
SETTINGS = Settings(formats=("txt", "json"), jobs=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(3):
        head = "ỦY BAN NHÂN DÂN\nXÃ BÌNH MINH\nSố: 12/BC-UBND\nBÁO CÁO\n" if number else ""
        (made / f"{number}.txt").write_text(f"{head}Số {number}.\n{SENTENCES}", encoding="utf-8")
    return made


@pytest.fixture
def out(folder: Path, tmp_path: Path) -> Path:
    made = tmp_path / "out"
    assert len(clean(folder, made)) == 3
    return made


def clean(folder: Path, out: Path) -> set[str]:
    return {told.name for told in ArchiveRun(folder, out, Options(), SETTINGS).outcomes()}


def facts(out: Path) -> list[tuple[object, ...]]:
    with Ledger(out / "archive.db", read_only=True) as ledger:
        return ledger.ask(
            "SELECT path, sha256, options, state, pages, words, corrections, letterhead, outputs FROM files ORDER BY 1"
        )


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = b"\xa5" * (len(content) - 100)
    path.write_bytes(content)


def test_a_damaged_ledger_is_told_with_its_cure(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(out / "archive.db")

    for arguments in (["batch", str(folder), "-o", str(out)], ["status", str(out)]):
        assert run(arguments) == BrokenLedgerError.exit_code
        (line,) = capsys.readouterr().err.splitlines()
        assert "The ledger is damaged" in line
        assert "--rebuild-ledger" in line


@pytest.mark.parametrize("loss", ["damaged", "no database", "gone"])
def test_a_new_one_is_made_from_the_outputs(folder: Path, out: Path, loss: str) -> None:
    before = facts(out)
    if loss == "damaged":
        damage(out / "archive.db")
    elif loss == "gone":
        (out / "archive.db").unlink()
    else:
        (out / "archive.db").write_text("no database at all " * 100, encoding="utf-8")

    made = rebuild_ledger(folder, out, Options(), SETTINGS)

    assert (made.saved, made.from_outputs, made.left) == (0, 3, 0)
    assert facts(out) == before
    assert clean(folder, out) == set()


def test_what_can_be_read_of_the_old_one_is_kept(folder: Path, out: Path) -> None:
    before = facts(out)
    base = sqlite3.connect(out / "archive.db")
    with base:
        base.execute("DROP TABLE runs")
    base.close()
    with pytest.raises(BrokenLedgerError):
        read_summary(out)

    made = rebuild_ledger(folder, out, Options(), SETTINGS)

    assert (made.saved, made.from_outputs) == (3, 0)
    assert facts(out) == before


def test_what_the_outputs_do_not_vouch_for_is_read_again(folder: Path, out: Path) -> None:
    (out / "archive.db").unlink()
    (out / "0.txt.txt").unlink()
    text = (out / "1.txt.json").read_text(encoding="utf-8")
    (out / "1.txt.json").write_text(text[: len(text) // 2], encoding="utf-8")
    (folder / "2.txt").write_text("Một văn bản mới hơn.\n", encoding="utf-8")

    assert rebuild_ledger(folder, out, Options(), SETTINGS).left == 3
    assert clean(folder, out) == {"0.txt", "1.txt", "2.txt"}


def test_pages_that_were_not_read_are_not_forgotten(folder: Path, out: Path) -> None:
    (out / "archive.db").unlink()
    for name in ("0.txt.json", "1.txt.json"):
        record = json.loads((out / name).read_text(encoding="utf-8"))
        record["pages"][0] |= {"error": "It took too long.", "error_class": "EngineTimeoutError"}
        lines = (
            json.dumps(record, ensure_ascii=False, indent=1).replace("[\n  {", "[\n{").replace("\n  }\n ]", "\n}\n]")
        )
        (out / name).write_text(lines, encoding="utf-8")

    rebuild_ledger(folder, out, Options(), SETTINGS)

    assert read_summary(out).states == {"done": 1, "partial": 2}
    assert clean(folder, out) == {"0.txt", "1.txt"}


def test_a_database_of_another_program_is_left_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "other"
    out.mkdir()
    base = sqlite3.connect(out / "archive.db")
    with base:
        base.execute("CREATE TABLE recipes (name TEXT)")
    base.close()

    with pytest.raises(UsageError, match="another program"):
        clean(folder, out)


def test_a_ledger_of_the_first_format_is_brought_up_to_date_and_its_texts_are_read_again(
    folder: Path, out: Path
) -> None:
    base = sqlite3.connect(out / "archive.db")
    with base:
        for table, column in (("files", "programs"), ("pages", "attention"), ("runs", "version")):
            base.executescript(
                "DROP INDEX IF EXISTS pages_in_need; DROP TABLE IF EXISTS passed_over;"
                f"ALTER TABLE {table} DROP COLUMN {column}; PRAGMA user_version = 1;"
            )
    base.close()
    with pytest.raises(UsageError, match="older version"):
        read_summary(out)

    assert clean(folder, out) == {"0.txt", "1.txt", "2.txt"}
    assert read_summary(out).states == {"done": 3}
