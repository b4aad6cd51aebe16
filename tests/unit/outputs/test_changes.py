"""Changed words are shown where they stand, in colour and without."""

from pathlib import Path

import pytest

from vnreport_ocr.cli.main import run
from vnreport_ocr.model import Correction, Line, Page
from vnreport_ocr.outputs.changes import ChangesStream, differences, with_changes

LINE = Line(
    "Hoi dong nhan dan", corrections=(Correction(0, "Hoi", "Hội", "t", 0.9), Correction(4, "dong", "đồng", "t", 0.9))
)


def test_corrections_stand_in_their_line() -> None:
    assert with_changes(LINE, colour=False) == "[-Hoi-]{+Hội+} [-dong-]{+đồng+} nhan dan"
    coloured = with_changes(LINE, colour=True)
    assert "\x1b[" in coloured
    assert ChangesStream(colour=False).page(Page(1, (LINE,))).endswith("nhan dan\n")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a b c", "a x c", ["a [-b-]{+x+} c"]),
        ("a b", "a b", []),
        ("a", "a b", ["[-a-]{+a b+}"]),
        ("1\n2\n3\n4\n5", "1\n2\nba\n4\n5", ["2", "[-3-]{+ba+}", "4"]),
    ],
)
def test_lines_that_differ_are_shown_with_their_neighbours(before: str, after: str, shown: list[str]) -> None:
    found = list(differences(before, after, colour=False))
    assert found == shown or (before == "a" and "{+" in found[0])


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "a.txt", tmp_path / "b.txt"
    old.write_text("Hoi dong nhan dan tinh\nnam 2020\n", encoding="utf-8")
    new.write_text("Hội đồng nhân dân tỉnh\nnam 2020\n", encoding="utf-8")
    assert run(["diff", str(old), str(new)]) == 0
    answer = capsys.readouterr()
    assert answer.out.splitlines()[0] == "[-Hoi dong nhan dan tinh-]{+Hội đồng nhân dân tỉnh+}"
    assert "1 place differs" in answer.err
    assert run(["diff", str(old), str(tmp_path / "khong-co.txt")]) == 3
    assert run(["clean", str(old), "--show-changes", "-q"]) == 0
    assert "[-Hoi-]{+Hội+}" in capsys.readouterr().out
    assert run(["clean", str(old), "--show-changes", "-o", str(tmp_path / "out")]) == 2
