"""Ctrl-C and a polite kill at any moment: one line, exit code 130, nobody and nothing left behind."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import LONG, eventually
from vnreport_ocr.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the command in a folder; its standard input never ends, so that nobody who waits for it is ever done."""
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary)}
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "vnreport_ocr", *arguments],
        stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder,
    )  # fmt: skip
    os.close(reading)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=LONG)
        os.close(writing)


def has_begun(process: "subprocess.Popen[bytes]") -> bool:
    """Say whether our own first line has answered for the signals."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def of_ours(folder: Path) -> list[str]:
    """Return the processes that work in this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder:
                found.append((entry / "cmdline").read_bytes().decode())
        except OSError:
            continue
    return found


@pytest.mark.parametrize("stretch", ["make_context", "invoke"])
def test_a_signal_while_click_is_at_work(
    stretch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_arguments: object, **_named: object) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(main.group, stretch, interrupted)
    assert main.run(["clean", "x.pdf"]) == 130
    assert capsys.readouterr() == ("", "vnocr: Stopped. Run the same command again to continue.\n")


_AT_AN_AWKWARD_MOMENT = """
import signal
import time
from vnreport_ocr.cli import entry, main

class Last:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def while_a_class_is_in_the_making():
    exec("signal.raise_signal(signal.SIGINT)")

def while_something_is_let_go_of():
    Last()
    time.sleep(60)

def taken_for_an_error():
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        pass
    raise SyntaxError("nothing to do with it")

def taken_for_nothing():
    try:
        signal.raise_signal(signal.SIGTERM)
    except KeyboardInterrupt:
        pass
    time.sleep(60)

def while_it_is_tidied_up():
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        time.sleep(0.3)
        signal.raise_signal(signal.SIGTERM)
        print("tidy", end="", flush=True)

main._invoke = lambda arguments, password: {moment}()
entry.entry()
"""


@pytest.mark.parametrize(
    ("moment", "out"),
    [
        ("while_a_class_is_in_the_making", b""),
        ("while_something_is_let_go_of", b""),
        ("taken_for_an_error", b""),
        ("taken_for_nothing", b""),
        ("while_it_is_tidied_up", b"tidy"),
    ],
)
def test_a_signal_at_an_awkward_moment(moment: str, out: bytes, tmp_path: Path) -> None:
    (tmp_path / "awkward.py").write_text(_AT_AN_AWKWARD_MOMENT.replace("{moment}", moment), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    # As a module, since Python ends a program that is started so in another way.
    command = [sys.executable, "-m", "awkward"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, timeout=LONG, check=False)
    said = b"vnocr: Stopped. Run the same command again to continue.\n"
    assert (done.returncode, done.stdout, done.stderr) == (130, out, said)


@pytest.mark.parametrize("arguments", [("--help",), ("clean", "--help"), ("--version",)])
def test_a_reader_that_has_gone(arguments: tuple[str, ...], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "vnreport_ocr", *arguments]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, timeout=LONG, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment(tmp_path: Path, seed: int, number: int) -> None:
    files = [str(shutil.copy(SAMPLES / "stamped-scan.pdf", tmp_path / f"{copy}.pdf")) for copy in range(3)]
    with started(tmp_path, "clean", *files, "-", "-o", "out", "-q") as process:
        eventually(lambda: has_begun(process), "it answers for signals")
        time.sleep(random.Random(seed).choice([0.0, 0.05, 0.2, 0.5, 1.0, 2.0]))  # any moment will do
        process.send_signal(number)
        assert process.wait(timeout=LONG) == 130
        out, err = process.communicate(timeout=LONG)

    assert (out, err) == (b"", b"vnocr: Stopped. Run the same command again to continue.\n")
    eventually(lambda: not of_ours(tmp_path), "none of its processes is left")
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not list(tmp_path.rglob("*.part"))


def test_a_stop_between_two_files_says_which_command_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ngày 12 tháng 6 năm 2020.", encoding="utf-8")
    with started(tmp_path, "clean", "a.txt", "-", "-o", "out", "-q") as process:
        eventually((tmp_path / "out" / "a.txt").exists, "the first file is finished")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=LONG) == 130
        _, err = process.communicate(timeout=LONG)
    assert err == (
        b"vnocr: Stopped. 1 of the files is finished. "
        b"Run the command again for the others, or with --overwrite for all.\n"
    )
