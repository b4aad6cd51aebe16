"""Copies are read once, and each is delivered as a file of its own."""

import dataclasses
import json
import os
from pathlib import Path

import pytest

from tests.unit.archive.helpers import FAKE, ask, clean, delivered, put

SAMPLES = Path(__file__).parents[3] / "samples"


def copies(folder: Path, *names: str, **orders: object) -> None:
    """The same bytes under several names; each page that is read leaves a line in a log."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"log": str(folder / ".log"), **orders}), encoding="utf-8")


def pages_read(folder: Path) -> int:
    log = folder / ".log"
    return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


def test_copies_of_a_long_file_are_read_once_and_all_delivered(folder: Path, out: Path) -> None:
    names = [f"{name}.pdf" for name in ("a", "b", "c", "deeper/d")]
    copies(folder, *names, pages=19, seconds=0.01)

    told = clean(folder, out, dataclasses.replace(FAKE, split_after=0.02))

    assert set(told) == set(names)
    assert {outcome.state for outcome in told.values()} <= {"done", "moved"}
    assert {outcome.pages for outcome in told.values()} == {19}
    assert set(delivered(out)) == {f"{name}.txt" for name in names}
    assert pages_read(folder) == 19
    assert ask(out, "SELECT count(*) FROM pages") == [(4 * 19,)]
    assert not list((out / ".vnocr").glob("pages/*"))
    assert clean(folder, out) == {}


def test_no_output_is_another_name_of_another(folder: Path, out: Path) -> None:
    copies(folder, "a.pdf", "b.pdf")
    clean(folder, out)
    copies(folder, "c.pdf")
    clean(folder, out)

    outputs = [out / f"{name}.pdf.txt" for name in "abc"]
    assert len({path.stat().st_ino for path in outputs}) == 3
    (out / "a.pdf.txt").write_text("edited", encoding="utf-8")
    assert "edited" not in {path.read_text(encoding="utf-8") for path in outputs[1:]}


def test_files_of_one_size_that_differ_are_all_read(folder: Path, out: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        put(folder, name, log=str(folder / ".log"))

    told = clean(folder, out)

    assert {outcome.state for outcome in told.values()} == {"done"}
    assert pages_read(folder) == 2


def test_copies_of_a_file_that_cannot_be_read_are_each_told(folder: Path, out: Path) -> None:
    copies(folder, "a.pdf", "b.pdf", "c.pdf", open="damaged")

    told = clean(folder, out)

    assert {outcome.error_class for outcome in told.values()} == {"DamagedPdfError"}
    assert len(told) == 3


def test_a_copy_is_told_by_its_name_in_its_json(folder: Path, out: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("Báo cáo của xã.\n", encoding="utf-8")
    from vnreport_ocr.archive.settings import Settings

    told = clean(folder, out, Settings(formats=("json",), jobs=1))

    assert sorted(outcome.state for outcome in told.values()) == ["done", "moved"]
    assert [json.loads((out / f"{name}.txt.json").read_text(encoding="utf-8"))["name"] for name in "ab"] == [
        "a.txt",
        "b.txt",
    ]


@pytest.mark.parametrize(("mode", "expected"), [(0o600, 0o600), (0o640, 0o640), (0o666, 0o644), (0o755, 0o644)])
def test_an_output_is_open_to_nobody_whom_its_file_is_closed_to(
    folder: Path, out: Path, mode: int, expected: int
) -> None:
    copies(folder, "a.pdf", "b.pdf")
    put(folder, "c.pdf", pages=3)
    before = os.umask(0o022)
    try:
        for path in folder.glob("*.pdf"):
            path.chmod(mode)
        clean(folder, out, dataclasses.replace(FAKE, split_after=0.0))
    finally:
        os.umask(before)

    assert {path.stat().st_mode & 0o777 for path in out.glob("*.txt")} == {expected}
    assert len(list(out.glob("*.txt"))) == 3


def test_a_folder_that_is_closed_to_others_is_closed_in_the_output_too(folder: Path, out: Path) -> None:
    put(folder, "private/deeper/a.pdf")
    (folder / "private").chmod(0o700)

    clean(folder, out)

    assert (out / "private").stat().st_mode & 0o777 == 0o700
    assert (out / "private/deeper/a.pdf.txt").exists()


def test_a_copy_is_told_by_its_name_in_hocr_and_alto(folder: Path, out: Path) -> None:
    from vnreport_ocr.archive.settings import Settings

    (folder / "ban goc & a.pdf").write_bytes((SAMPLES / "good-layer.pdf").read_bytes())
    clean(folder, out, Settings(formats=("hocr", "alto", "page"), jobs=1))
    (folder / "b.pdf").write_bytes((SAMPLES / "good-layer.pdf").read_bytes())

    told = clean(folder, out, Settings(formats=("hocr", "alto", "page"), jobs=1))

    assert told["b.pdf"].state == "moved"
    texts = {path.name: path.read_text(encoding="utf-8") for path in told["b.pdf"].outputs}
    assert {"b.pdf.hocr", "b.pdf.alto.xml"} < set(texts)
    for name, text in texts.items():
        assert "b.pdf" in text, name
        assert "ban goc" not in text, name
