"""What is told beside the results never hinders the work."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import LONG

TEXT = "Ủy ban nhân dân xã báo cáo kết quả năm 2019.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_log_on_a_full_disk_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.pdf", "c.txt"):
        (tmp_path / "in" / name).write_text(TEXT, encoding="utf-8")
    files = [str(path) for path in sorted((tmp_path / "in").iterdir())]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        for arguments in (["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out")], ["clean", *files]):
            command = [sys.executable, "-m", "vnreport_ocr", *arguments]
            ended = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=full, stdin=subprocess.DEVNULL, timeout=LONG, check=False
            )
            assert ended.returncode == 6  # one file is no PDF
    assert ended.stdout.decode() == TEXT * 2
    assert {path.name for path in (tmp_path / "out").glob("*.txt.txt")} == {"a.txt.txt", "c.txt.txt"}
