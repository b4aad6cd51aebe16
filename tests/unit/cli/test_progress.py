import os
import pty
import subprocess
import sys

PROGRAM = """
from vnreport_ocr.cli.progress import progress_bar
with progress_bar(wanted=True) as bar:
    bar.document("bao-cao.pdf", 3)
    for _ in range(3):
        bar.page()
    bar.document("anh.pdf", None)
    bar.page()
"""


def test_elsewhere_than_on_a_terminal_nothing_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_on_a_terminal_there_is_a_bar() -> None:
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stderr=slave, env=environment) as process:
        os.close(slave)
        shown = b""
        while part := _read(master):
            shown += part
    os.close(master)
    assert process.returncode == 0
    assert "bao-cao.pdf" in shown.decode() or "anh.pdf" in shown.decode()


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # the other end has closed
        return b""
