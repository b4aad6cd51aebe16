"""Inputs of the command line as people give them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
PDF = SAMPLES / "good-layer.pdf"


def vnocr(*arguments: object, given: bytes = b"", path: str | None = None) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ if path is None else {**os.environ, "PATH": path}
    command = [sys.executable, "-m", "vnreport_ocr", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=120, env=environment)


@pytest.mark.parametrize(
    "text",
    [
        "This agreement was signed on 12 May 2020 by both parties.\n",
        "Le conseil a adopté la résolution le 3 mars 1999.\n",
        "Die Sitzung beginnt um 9 Uhr im großen Saal.\n",
    ],
)
def test_a_short_text_in_another_language_stays_as_it_is(text: str) -> None:
    done = vnocr("clean", "-q", "-", given=text.encode())
    assert (done.returncode, done.stdout.decode()) == (0, text)


def test_a_name_after_o_is_that_file_and_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "ra" / "báo cáo.md"
    assert vnocr("clean", "-q", PDF, "-o", target).returncode == 0
    first = target.read_bytes()
    again = vnocr("clean", "-q", PDF, "-o", target)
    assert (again.returncode, target.read_bytes()) == (2, first)
    assert b"--overwrite" in again.stderr
    assert vnocr("clean", "-q", PDF, "-o", target, "--overwrite").returncode == 0
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_missing_engine_is_told_once(tmp_path: Path) -> None:
    scans = (SAMPLES / "clean-scan.pdf", SAMPLES / "fax.pdf")
    done = vnocr("clean", "-o", tmp_path, *scans, path=str(tmp_path))
    assert done.returncode == 4
    assert done.stderr.decode().count("Tesseract is not installed") == 1
    done = vnocr("clean", "--source", "ocr", scans[0], path=str(tmp_path))
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.decode().startswith("vnocr: Tesseract is not installed.")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_of_pdfs_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF.read_bytes())
    done = vnocr("clean", tmp_path)
    assert done.returncode == 3
    assert b"vnocr batch" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_comes_on_standard_input_and_is_not_read_is_named() -> None:
    done = vnocr("clean", "-", given=b"AT&TFORM\0\0\1\2DJVU")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("vnocr: standard input: It is a DjVu file, which is not supported.")
