"""The plug-in of OCRmyPDF, with the real program."""

import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
LIMIT_S = 300


def ocrmypdf(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ocrmypdf", "--jobs", "1", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_S)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("languages", [(), ("-l", "vie")])
def test_a_scan_gets_repaired_text_over_its_picture(tmp_path: Path, languages: tuple[str, ...]) -> None:
    target, sidecar = tmp_path / "out.pdf", tmp_path / "out.txt"
    done = ocrmypdf(
        "--ocr-engine", "vnocr", "--output-type", "pdf", "--optimize", "0", "--pages", "1", *languages,
        "--sidecar", sidecar, SAMPLES / "clean-scan.pdf", target,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    truth = (SAMPLES / "clean-scan.truth.txt").read_text(encoding="utf-8").split()
    text = text_of(target).split()
    assert {"TỈNH", "ỦY", "HOÀI", "GIANG"} <= set(text)
    first_page = truth[:150]
    assert sum(word in text for word in first_page) > 0.97 * len(first_page)
    assert "Hoài Giang" in sidecar.read_text(encoding="utf-8")
    with pikepdf.open(target) as made:
        assert "vnocr" in str(made.docinfo.get("/Creator", ""))


@pytest.mark.parametrize("renderer", ["sandwich"])
def test_what_would_leave_the_text_unrepaired_is_refused(tmp_path: Path, renderer: str) -> None:
    done = ocrmypdf(
        "--ocr-engine", "vnocr", "--output-type", "pdf", "--pdf-renderer", renderer, "--pages", "1",
        SAMPLES / "fax.pdf", tmp_path / "out.pdf",
    )  # fmt: skip
    assert done.returncode != 0
    assert "vnocr" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.pdf").exists()


def test_other_engines_are_left_alone(tmp_path: Path) -> None:
    done = ocrmypdf("--ocr-engine", "none", "--output-type", "pdf", SAMPLES / "fax.pdf", tmp_path / "out.pdf")
    assert done.returncode == 0, done.stderr
