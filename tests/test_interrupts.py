"""Ctrl-C and a polite kill at any moment: one line, exit code 130, nobody and nothing left behind."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vnreport_ocr.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"


def started(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary)}
    return subprocess.Popen(
        [sys.executable, "-m", "vnreport_ocr", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder,
    )  # fmt: skip


def has_begun(process: "subprocess.Popen[bytes]") -> bool:
    """Whether our own first line has answered for the signals."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


def of_ours(folder: Path) -> list[str]:
    """Processes that work in this folder."""
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
    assert capsys.readouterr() == ("", "vnocr: Stopped. Run the same command again to go on.\n")


@pytest.mark.parametrize("arguments", [("--help",), ("clean", "--help"), ("--version",)])
def test_a_reader_that_has_gone(arguments: tuple[str, ...], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "vnreport_ocr", *arguments]
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, cwd=tmp_path, timeout=60, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment(tmp_path: Path, seed: int, number: int) -> None:
    # More than any machine reads before the latest signal.
    files = [str(shutil.copy(SAMPLES / "stamped-scan.pdf", tmp_path / f"{copy}.pdf")) for copy in range(12)]
    process = started(tmp_path, "clean", *files, "-o", "out", "-q")
    try:
        for _ in range(2000):
            if has_begun(process):
                break
            time.sleep(0.005)
        time.sleep(random.Random(seed).choice([0.0, 0.05, 0.2, 0.5, 1.0, 2.0]))
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()

    assert (process.returncode, out, err) == (130, b"", b"vnocr: Stopped. Run the same command again to go on.\n")
    for _ in range(100):
        if not of_ours(tmp_path):
            break
        time.sleep(0.05)
    assert of_ours(tmp_path) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    assert not list(tmp_path.rglob("*.part"))
