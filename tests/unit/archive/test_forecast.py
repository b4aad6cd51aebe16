"""What a run would do, told without doing it."""

from pathlib import Path

from tests.unit.archive.helpers import FAKE, QUICK, clean, put
from vnreport_ocr.archive.forecast import forecast


def test_a_first_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Công văn " * 20_000, encoding="utf-8")

    files: list[tuple[str, str]] = []
    told = forecast(folder, tmp_path / "out", QUICK, FAKE, lambda name, reason: files.append((name, reason)))

    assert files == [("a.txt", "new")]
    assert told.files == 1
    assert told.kinds == {"text": 1}
    assert told.seconds > 0
    assert not told.measured
    assert not (tmp_path / "out").exists()


def test_a_later_run_tells_why_and_goes_by_what_was_measured(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in ("same.pdf", "changed.pdf", "moved.pdf", "gone.pdf"):
        put(folder, name, seconds=0.02)
    put(folder, "failed.pdf", open="damaged")
    clean(folder, out)
    put(folder, "changed.pdf", pages=20)
    (folder / "moved.pdf").rename(folder / "there.pdf")
    (folder / "gone.pdf").unlink()
    before = (out / "archive.db").read_bytes()

    files: list[tuple[str, str]] = []
    told = forecast(folder, out, QUICK, FAKE, lambda name, reason: files.append((name, reason)))

    assert files == [("changed.pdf", "changed"), ("failed.pdf", "failed before")]
    assert (told.moved, told.kept, told.gone) == (1, 1, 1)
    assert told.measured
    assert (out / "archive.db").read_bytes() == before
