import subprocess
import sys

import pytest

SHOW = "import atexit, gc; atexit.register(lambda: print('threshold', gc.get_threshold()[0]));"
ENTRY = "import sys; sys.argv = ['vnocr', 'inspect', '--help']; from vnreport_ocr.cli.main import entry; entry()"
LIBRARY = "import vnreport_ocr; vnreport_ocr.clean_text('Tinh uy bao cao ket qua')"
POOL = "from vnreport_ocr.cli.pool import _start; from vnreport_ocr.options import Options; _start(Options())"
ARCHIVE = "import os, socket; from vnreport_ocr.archive.worker import main; a, b = socket.socketpair(); a.close(); "
ARCHIVE += "life, _ = os.pipe(); main(b.detach(), life)"


@pytest.mark.parametrize(
    ("program", "rarely"), [(ENTRY, True), (POOL, True), (ARCHIVE, True), (LIBRARY, False)],
    ids=["entry", "pool", "archive", "library"],
)  # fmt: skip
def test_only_processes_of_our_own_look_rarely_for_garbage(program: str, rarely: bool) -> None:
    done = subprocess.run([sys.executable, "-c", SHOW + program], capture_output=True, check=True, text=True)
    threshold = int(done.stdout.split()[-1])
    assert (threshold == 50_000) is rarely
