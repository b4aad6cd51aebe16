"""A run over a folder of files that behave in every way a file can."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.unit.archive.helpers import FAKE, HASTY, QUICK, ask, clean, delivered, put
from tests.waiting import LONG
from vnreport_ocr.archive import context
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.archive.progress import Progress
from vnreport_ocr.archive.run import ArchiveRun, clean_archive
from vnreport_ocr.errors import (
    ArchiveBusyError,
    MissingEngineError,
    MissingFileError,
    OutputError,
    SetupError,
    StoppedError,
    UsageError,
)
from vnreport_ocr.options import Options


@pytest.fixture(autouse=True)
def _short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "CLOCK", 3.0)


def test_the_folder_is_mirrored(folder: Path, out: Path) -> None:
    put(folder, "2019/a.pdf")
    put(folder, "b.png", pages=2)
    (folder / "c.txt").write_text("Công văn số 5", encoding="utf-8")

    told = clean(folder, out, dataclasses.replace(FAKE, formats=("txt", "json")))

    assert {name: outcome.state for name, outcome in told.items()} == dict.fromkeys(told, "done")
    assert set(delivered(out)) == {
        "2019/a.pdf.txt", "2019/a.pdf.json", "b.png.txt", "b.png.json", "c.txt.txt", "c.txt.json"
    }  # fmt: skip
    assert told["b.png"].pages == 2
    assert told["b.png"].corrections == 2
    assert told["b.png"].letterhead == {"date": "ngày 3 tháng 2 năm 2021"}
    assert told["b.png"].outputs == (out / "b.png.json", out / "b.png.txt")


def test_failures_stay_in_their_file(folder: Path, out: Path) -> None:
    put(folder, "crash.pdf", do={1: "crash"})
    put(folder, "damaged.pdf", open="damaged")
    put(folder, "encrypted.pdf", open="encrypted")
    put(folder, "garbage.pdf", do={1: "garbage"})
    put(folder, "good.pdf")
    put(folder, "kill.pdf", open="kill")
    put(folder, "memory.pdf", open="memory")
    put(folder, "page.pdf", pages=3, do={2: "bad"})
    put(folder, "slow.pdf", do={1: "slow"})
    put(folder, "unread.pdf", pages=2, do={1: "bad", 2: "bad"})
    (folder / "lost.pdf").symlink_to(folder / "nowhere.pdf")

    told = clean(folder, out)

    assert {name: (outcome.state, outcome.error_class) for name, outcome in told.items()} == {
        "crash.pdf": ("failed", "VnocrError"),
        "damaged.pdf": ("failed", "DamagedPdfError"),
        "encrypted.pdf": ("failed", "EncryptedPdfError"),
        "garbage.pdf": ("done", None),
        "good.pdf": ("done", None),
        "kill.pdf": ("failed", "EngineKilledError"),
        "lost.pdf": ("failed", "MissingFileError"),
        "memory.pdf": ("failed", "EngineKilledError"),
        "page.pdf": ("partial", "DamagedImageError"),
        "slow.pdf": ("done", None),
        "unread.pdf": ("failed", "DamagedImageError"),
    }
    assert sorted(delivered(out)) == ["garbage.pdf.txt", "good.pdf.txt", "page.pdf.txt", "slow.pdf.txt"]
    assert ask(out, "SELECT path, attempts FROM files WHERE state = 'failed' AND attempts > 1 ORDER BY 1") == [
        ("kill.pdf", 3),
        ("memory.pdf", 3),
    ]
    assert not list((out / ".vnocr").glob("*/*"))


def test_a_page_that_hangs_or_kills_its_worker_is_tried_again(folder: Path, out: Path) -> None:
    put(folder, "hang.pdf", pages=3, do={2: "hang once"})
    put(folder, "kill.pdf", pages=2, do={2: "kill once"})
    put(folder, "single.pdf", do={1: "kill once"})
    put(folder, "never.pdf", pages=2, do={2: "kill"})

    told = clean(folder, out, options=HASTY)

    assert {name: (outcome.state, outcome.pages, outcome.unread) for name, outcome in told.items()} == {
        "hang.pdf": ("done", 3, 0),
        "kill.pdf": ("done", 2, 0),
        "single.pdf": ("done", 1, 0),
        "never.pdf": ("partial", 2, 1),
    }


def test_a_file_that_hangs_when_it_is_opened_is_given_up(folder: Path, out: Path) -> None:
    put(folder, "hang.pdf", open="hang")
    put(folder, "good.pdf")

    told = clean(folder, out, dataclasses.replace(FAKE, attempts=1), HASTY)

    assert told["hang.pdf"].error_class == "EngineTimeoutError"
    assert told["good.pdf"].state == "done"


def test_output_does_not_depend_on_jobs_or_on_how_a_file_was_shared_out(folder: Path, tmp_path: Path) -> None:
    for number in range(12):
        put(folder, f"{number}.pdf", pages=number + 1)

    clean(folder, tmp_path / "one", dataclasses.replace(FAKE, jobs=1, split_after=60.0))
    clean(folder, tmp_path / "four", dataclasses.replace(FAKE, jobs=4, split_after=0.0))

    assert delivered(tmp_path / "one") == delivered(tmp_path / "four")


def test_a_giant_does_not_hold_up_the_others(folder: Path, out: Path) -> None:
    put(folder, "a-giant.pdf", pages=60, seconds=0.02)
    for number in range(10):
        put(folder, f"b{number}.pdf", seconds=0.02)

    order = list(clean(folder, out, dataclasses.replace(FAKE, split_after=0.1)))

    assert order[-1] == "a-giant.pdf"


def test_a_second_run_has_nothing_to_do_and_starts_nobody(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "a.pdf")
    clean(folder, out)
    before = {name: (out / name).stat().st_mtime_ns for name in delivered(out)}
    monkeypatch.setattr(subprocess, "Popen", None)

    run = ArchiveRun(folder, out, QUICK, FAKE)

    assert list(run.outcomes()) == []
    assert run.kept == 1
    assert before == {name: (out / name).stat().st_mtime_ns for name in delivered(out)}


def test_only_what_is_new_changed_or_failed_is_read_again(folder: Path, out: Path) -> None:
    put(folder, "same.pdf")
    put(folder, "changed.pdf")
    put(folder, "touched.pdf")
    put(folder, "deleted-output.pdf")
    put(folder, "failed.pdf", open="kill once")
    put(folder, "bad.pdf", pages=2, do={2: "bad"})
    clean(folder, out, dataclasses.replace(FAKE, attempts=1))
    put(folder, "changed.pdf", pages=2)
    put(folder, "new.pdf")
    os.utime(folder / "touched.pdf", ns=(1, 1))
    (out / "deleted-output.pdf.txt").unlink()

    told = clean(folder, out)

    assert set(told) == {"changed.pdf", "new.pdf", "deleted-output.pdf", "failed.pdf"}
    assert {outcome.state for outcome in told.values()} == {"done"}
    assert not clean(folder, out)


@pytest.mark.parametrize("act", ["crash", "kill"])
def test_a_page_among_short_ones_takes_none_along(act: str, folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=9, together=4, do={7: act, 1: "slow", 2: "slow"})
    put(folder, "b.pdf", pages=9, together=4, do={2: act})
    told = clean(folder, out, dataclasses.replace(FAKE, attempts=2))
    assert {(name, outcome.state, outcome.unread) for name, outcome in told.items()} == {
        ("a.pdf", "partial", 1),
        ("b.pdf", "partial", 1),
    }
    whole = put(folder, "c.pdf", pages=9).name
    alone = clean(folder, out)[whole].outputs[0].read_text(encoding="utf-8")
    for name, lost in (("a.pdf", 7), ("b.pdf", 2)):
        lines = told[name].outputs[0].read_text(encoding="utf-8").replace(name, whole).splitlines()
        assert lines[lost].startswith("[unread: ")
        assert [line for line in lines if "unread" not in line] == [
            line for number, line in enumerate(alone.splitlines()) if number != lost
        ]


def test_pages_that_may_pass_are_tried_in_the_next_run_and_only_they(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=3, do={1: "slow", 2: "kill once", 3: "slow"})
    first = clean(folder, out, dataclasses.replace(FAKE, attempts=1))
    assert (first["a.pdf"].state, first["a.pdf"].unread) == ("partial", 1)
    kept = {path.name for path in (out / ".vnocr").glob("pages/*/*")}

    second = clean(folder, out)

    assert kept == {"1.page", "3.page"}
    assert (second["a.pdf"].state, second["a.pdf"].unread) == ("done", 0)
    assert not list((out / ".vnocr").glob("pages/*"))


def test_other_options_redo_what_they_touch(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    (folder / "b.txt").write_text("Thông báo", encoding="utf-8")
    clean(folder, out)

    assert set(clean(folder, out, options=dataclasses.replace(QUICK, source="ocr"))) == {"a.pdf"}
    assert set(clean(folder, out, options=Options(source="ocr", page_timeout=50.0))) == set()
    assert set(clean(folder, out, options=Options(source="ocr", strictness="bold"))) == {"a.pdf", "b.txt"}


def test_other_formats_take_the_place_of_the_old_ones(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    clean(folder, out)

    clean(folder, out, dataclasses.replace(FAKE, formats=("md",)))

    assert set(delivered(out)) == {"a.pdf.md"}


def test_a_file_that_changed_into_something_bad_leaves_no_old_text_behind(folder: Path, out: Path) -> None:
    put(folder, "2019/a.pdf")
    clean(folder, out)
    put(folder, "2019/a.pdf", open="damaged")

    assert clean(folder, out)["2019/a.pdf"].state == "failed"
    assert delivered(out) == {}
    assert not (out / "2019").exists()


def test_a_moved_file_is_known_by_its_hash(folder: Path, out: Path) -> None:
    put(folder, "old/a.pdf", pages=2)
    put(folder, "b.pdf")
    clean(folder, out)
    text = delivered(out)["old/a.pdf.txt"]
    (folder / "new").mkdir()
    (folder / "old/a.pdf").rename(folder / "new/a.pdf")
    (folder / "copy.pdf").write_bytes((folder / "b.pdf").read_bytes())

    told = clean(folder, out)

    assert {name: outcome.state for name, outcome in told.items()} == {"new/a.pdf": "moved", "copy.pdf": "moved"}
    assert set(delivered(out)) == {"new/a.pdf.txt", "b.pdf.txt", "copy.pdf.txt"}
    assert delivered(out)["new/a.pdf.txt"] == text
    assert ask(out, "SELECT path, pages FROM files ORDER BY path") == [("b.pdf", 1), ("copy.pdf", 1), ("new/a.pdf", 2)]
    assert ask(out, "SELECT count(*) FROM pages") == [(4,)]
    assert not clean(folder, out)


def test_a_file_that_is_gone_keeps_its_output_and_may_come_back(folder: Path, out: Path) -> None:
    path = put(folder, "a.pdf")
    clean(folder, out)
    content = path.read_bytes()
    path.unlink()

    assert clean(folder, out) == {}
    assert ask(out, "SELECT state FROM files") == [("gone",)]
    path.write_bytes(content)
    assert clean(folder, out) == {}
    assert ask(out, "SELECT state FROM files") == [("done",)]


def test_a_move_that_was_cut_short_is_finished(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    clean(folder, out)
    (folder / "a.pdf").rename(folder / "b.pdf")
    clean(folder, out)
    (out / "a.pdf.txt").write_bytes(b"left behind")
    base = __import__("sqlite3").connect(out / "archive.db")
    with base:
        base.execute("INSERT INTO files SELECT 'a.pdf', kind, size, mtime_ns, sha256, options, dictionaries, programs,"
                     " 'moving', attempts, seconds, pages, unread, words, corrections, quality, letterhead,"
                     " '[[\"a.pdf.txt\", 11]]', error, error_class, cure, finished FROM files")  # fmt: skip
    base.close()

    clean(folder, out)

    assert set(delivered(out)) == {"b.pdf.txt"}
    assert ask(out, "SELECT path FROM files") == [("b.pdf",)]


def test_limit_include_and_exclude(folder: Path, out: Path) -> None:
    for name in ("a/1.pdf", "a/2.pdf", "b/3.pdf", "b/4.pdf"):
        put(folder, name)

    assert set(clean(folder, out, dataclasses.replace(FAKE, include=("a",), exclude=("2.pdf",)))) == {"a/1.pdf"}
    assert set(clean(folder, out, dataclasses.replace(FAKE, limit=2))) == {"a/2.pdf", "b/3.pdf"}
    assert set(clean(folder, out)) == {"b/4.pdf"}


def test_one_run_at_a_time(folder: Path, out: Path) -> None:
    out.mkdir()
    with OutputLock(out), pytest.raises(ArchiveBusyError, match=f"process {os.getpid()}"):
        clean(folder, out)
    assert clean(folder, out) == {}


def test_a_machine_without_the_engine_ends_the_run(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    with pytest.raises(MissingEngineError):
        clean(folder, out, dataclasses.replace(FAKE, backend="tests.unit.archive.fakes:open_broken"))
    put(folder, "a.pdf", do={1: "no engine"})
    with pytest.raises(MissingEngineError):
        clean(folder, out)

    assert ask(out, "SELECT state FROM files") == [("waiting",)]


def test_workers_that_cannot_start_end_the_run(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    with pytest.raises(SetupError, match="exit code 9"):
        clean(folder, out, dataclasses.replace(FAKE, backend="tests.unit.archive.fakes:open_dying"))


def test_what_is_no_folder_is_told(folder: Path, out: Path) -> None:
    with pytest.raises(MissingFileError):
        clean(folder / "nowhere", out)
    with pytest.raises(UsageError):
        clean(put(folder, "a.pdf"), out)
    with pytest.raises(UsageError, match="among the files"):
        clean(folder, folder / ".." / folder.name)
    with pytest.raises(OutputError):
        clean(folder, folder / "a.pdf" / "out")


def test_an_output_serves_one_folder_under_any_name(folder: Path, out: Path, tmp_path: Path) -> None:
    put(folder, "a.pdf")
    clean(folder, out)
    put(tmp_path / "other", "b.pdf")

    with pytest.raises(UsageError, match="belongs to"):
        clean(tmp_path / "other", out)
    folder.rename(tmp_path / "renamed")
    assert clean(tmp_path / "renamed", out) == {}


def test_a_ledger_that_is_none_is_told(folder: Path, out: Path) -> None:
    out.mkdir()
    (out / "archive.db").write_text("no database", encoding="utf-8")
    with pytest.raises(OutputError, match="ledger"):
        clean(folder, out)


def test_a_name_that_is_no_utf8_is_read_like_any_other(folder: Path, out: Path) -> None:
    (folder / os.fsdecode(b"c\xf4ng v\xe3n.txt")).write_text("Công văn", encoding="utf-8")

    assert clean(folder, out)["c\\xf4ng v\\xe3n.txt"].state == "done"
    assert (out / os.fsdecode(b"c\xf4ng v\xe3n.txt.txt")).exists()
    assert clean(folder, out) == {}


def test_stopping_finishes_what_is_in_hand_and_the_next_run_goes_on(folder: Path, out: Path, tmp_path: Path) -> None:
    put(folder, "a-long.pdf", pages=30, seconds=0.02)
    for number in range(5):
        put(folder, f"b{number}.pdf")
    run = ArchiveRun(folder, out, QUICK, dataclasses.replace(FAKE, split_after=0.1))
    told = []

    def stop_at_the_first() -> None:
        for outcome in run.outcomes():
            told.append(outcome.name)
            run.stop.set()

    with pytest.raises(StoppedError, match="are left"):
        stop_at_the_first()

    assert 0 < len(told) < 6
    assert ask(out, "SELECT state FROM runs") == [("stopped",)]
    again = clean(folder, out)
    assert not set(told) & set(again)
    clean(folder, tmp_path / "undisturbed")
    assert delivered(out) == delivered(tmp_path / "undisturbed")


def test_leaving_the_loop_early_is_a_stop(folder: Path, out: Path) -> None:
    for number in range(4):
        put(folder, f"{number}.pdf")
    outcomes = clean_archive(folder, out, QUICK, FAKE)

    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]

    assert ask(out, "SELECT state FROM runs") == [("stopped",)]


_KILLED = """
import sys
from pathlib import Path
from tests.unit.archive.helpers import clean
clean(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def _when_finished(out: Path) -> dict[str, int]:
    """What the ledger calls done, and when its output was written."""
    if not (out / "archive.db").exists() or not ask(out, "SELECT name FROM sqlite_master"):
        return {}
    names = [str(path) for (path,) in ask(out, "SELECT path FROM files WHERE state = 'done'")]
    return {name: (out / f"{name}.txt").stat().st_mtime_ns for name in names}


def test_killed_at_any_moment_the_next_run_goes_on(folder: Path, out: Path, tmp_path: Path) -> None:
    for number in range(20):
        put(folder, f"{number:02}.pdf", pages=1 + number % 4, seconds=0.01)
    put(folder, "long.pdf", pages=40, seconds=0.02)
    clean(folder, tmp_path / "undisturbed")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    finished: dict[str, int] = {}

    for moment in (0.35, 0.5, 0.6, 0.7, 0.8):
        process = subprocess.Popen([sys.executable, "-c", _KILLED, folder, out], env=environment)
        time.sleep(moment)  # any moment will do
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=LONG)
        finished |= {name: when for name, when in _when_finished(out).items() if name not in finished}
    clean(folder, out)

    assert delivered(out) == delivered(tmp_path / "undisturbed")
    assert finished.items() <= _when_finished(out).items()
    assert [path.name for path in (out / ".vnocr").iterdir()] == ["lock"]


def test_a_worker_that_has_grown_too_large_is_replaced(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", do={1: "grow"})
    for number in range(20):
        put(folder, f"b{number}.pdf")

    told = clean(folder, out, dataclasses.replace(FAKE, jobs=1, worker_bytes=150_000_000))

    assert {outcome.state for outcome in told.values()} == {"done"}
    assert len(told) == 21
    assert len({path.read_text(encoding="utf-8") for path in folder.glob(".*.process")}) == 2


def test_progress_is_told_to_whoever_watches(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=30, seconds=0.05)
    seen: list[Progress] = []

    list(ArchiveRun(folder, out, QUICK, FAKE).outcomes(seen.append))

    assert seen
    assert seen[-1].todo_files == 1
    assert 0 < seen[-1].pages <= 30
    assert seen[-1].workers == 2


def test_it_runs_outside_the_main_thread(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    thread = threading.Thread(target=clean, args=(folder, out))
    thread.start()
    thread.join(LONG)

    assert set(delivered(out)) == {"a.pdf.txt"}


def test_a_full_disk_ends_the_run_in_one_line_and_the_next_goes_on(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    put(folder, "b disk full.pdf")
    with pytest.raises(OutputError, match="No space left") as caught:
        clean(folder, out, dataclasses.replace(FAKE, jobs=1))

    assert "\n" not in str(caught.value)
    assert ask(out, "SELECT path, state FROM files") == [("a.pdf", "done"), ("b disk full.pdf", "waiting")]
    (folder / "b disk full.pdf").rename(folder / "b.pdf")
    assert set(clean(folder, out)) == {"b.pdf"}
    assert set(delivered(out)) == {"a.pdf.txt", "b.pdf.txt"}


def test_an_output_that_cannot_be_written_for_a_reason_of_its_own_stays_in_its_file(folder: Path, out: Path) -> None:
    put(folder, "a too long.pdf")
    put(folder, "b.pdf")

    told = clean(folder, out)

    assert told["a too long.pdf"].error_class == "OutputError"
    assert told["b.pdf"].state == "done"


def test_what_a_worker_that_died_was_writing_is_removed(folder: Path, out: Path) -> None:
    put(folder, "2019/dies writing.pdf")
    put(folder, "2019/good.pdf")
    told = clean(folder, out)
    assert {name: outcome.state for name, outcome in told.items()} == {
        "2019/dies writing.pdf": "failed",
        "2019/good.pdf": "done",
    }
    assert set(delivered(out)) == {"2019/good.pdf.txt"}


def test_half_written_outputs_of_a_killed_run_are_removed(folder: Path, out: Path) -> None:
    put(folder, "2019/a.pdf")
    (out / "2019").mkdir(parents=True)
    half = out / "2019" / ".0123456789abcdef0123456789abcdef.part"
    half.write_text("half", encoding="utf-8")

    clean(folder, out)

    assert not half.exists()


@pytest.mark.parametrize("split_after", [60.0, 0.0])
def test_a_file_that_is_changed_while_it_is_read_is_read_again_by_the_next_run(
    folder: Path, out: Path, split_after: float
) -> None:
    settings = dataclasses.replace(FAKE, split_after=split_after)
    put(folder, "a.pdf", pages=4, do={3: "change"})
    put(folder, "b.pdf", pages=2)

    told = clean(folder, out, settings)

    assert (told["a.pdf"].state, told["b.pdf"].state) == ("failed", "done")
    assert (told["a.pdf"].error_class, told["a.pdf"].error) == ("ChangedFileError", "It was changed while it was read.")
    assert set(delivered(out)) == {"b.pdf.txt"}
    put(folder, "a.pdf", pages=4)
    assert clean(folder, out, settings)["a.pdf"].state == "done"
    assert set(delivered(out)) == {"a.pdf.txt", "b.pdf.txt"}


@pytest.mark.parametrize("name", ["a.pdf", "ong"])
def test_an_output_that_is_no_folder_is_told(name: str, folder: Path, tmp_path: Path) -> None:
    put(folder, "a.pdf")
    (tmp_path / "a.pdf").write_bytes(b"")
    os.mkfifo(tmp_path / "ong")
    with pytest.raises(OutputError, match="It is not a folder"):
        clean(folder, tmp_path / name)
