"""A round of correcting as a person makes it: clean, decide in the browser, apply, clean again."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.browser import opened
from vnreport_ocr.cli.main import run
from vnreport_ocr.review.decisions import Verdict, read_decisions
from vnreport_ocr.review.terms import PLACE

pytestmark = pytest.mark.xdist_group("browser")

LINES = (
    "Uy ban nhan dan xa Dak Srui hop ngay 12/3/2020.",
    "Xa Dak Srui co 12 thon, nguoi dan Dak Srui trong ca phe.",
    "Ky hop thu hai cua xa Dak Srui da ban ve viec lam duong.",
)
"""Without their marks, as a report was typed; the name of the place is in no dictionary."""
NAME = "Đắk Srụi"


def printed(path: Path) -> None:
    """Print the lines on a page."""
    canvas = Canvas(str(path), invariant=1)
    for row, line in enumerate(LINES):
        canvas.drawString(60, 700 - 24 * row, line)
    canvas.save()


def cleaned(source: Path, folder: Path) -> list[str]:
    """Clean the report into a folder and return its lines."""
    assert run(["clean", str(source), "-o", str(folder), "-f", "txt,json,html", "--overwrite", "-q"]) == 0
    return lines_of(folder / f"{source.stem}.txt")


def lines_of(text: Path) -> list[str]:
    """Return the lines of a text that say something."""
    return list(filter(None, text.read_text(encoding="utf-8").split("\n")))


def decided(page: Path, rejected: str, saved: Path) -> None:
    """Keep a word as it was read, type the name of the place where it first stands, and save the file of decisions."""
    with opened(page) as tab:
        tab.locator("#filter").select_option("all")
        tab.locator("mark").get_by_text(rejected, exact=True).first.click()
        tab.keyboard.press("r")
        tab.locator(".l", has_text="12 thôn").locator("mark").last.click()
        tab.keyboard.press("e")
        line = tab.locator("#typed").input_value()
        before, _, behind = line.partition("người dân ")
        tab.keyboard.press("Control+a")
        tab.keyboard.type(f"{before}người dân {NAME} {behind.split(' ', 2)[2]}")
        tab.keyboard.press("Enter")
        with tab.expect_download() as waiting:
            tab.keyboard.press("Control+s")
        waiting.value.save_as(saved)


@pytest.mark.parametrize("where", ["where they are kept", "elsewhere"])
def test_what_was_rejected_and_typed_holds_when_the_report_is_cleaned_again(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PLACE, str(tmp_path / "terms.txt"))
    source, saved = tmp_path / "báo cáo.pdf", tmp_path / "báo cáo.pdf.decisions.json"
    printed(source)
    before = cleaned(source, tmp_path / "out")
    assert NAME not in "".join(before)
    assert " họp ngày" in before[0]

    decided(tmp_path / "out" / "báo cáo.html", "họp", saved)
    made = read_decisions(saved).made
    assert [one.verdict for one in made] == [Verdict.REJECT, Verdict.TYPE]
    assert made[1].chosen == NAME
    document, done = tmp_path / "out" / "báo cáo.json", tmp_path / "done"
    assert run(["apply", str(document), str(saved), "-o", str(done), "-f", "txt,json"]) == 0
    applied = lines_of(done / "báo cáo.txt")
    assert " hop ngày" in applied[0]
    assert f"người dân {NAME}" in applied[1]

    is_kept = where == "where they are kept"
    again = cleaned(source, done if is_kept else tmp_path / "new")
    assert (" hop ngày" in again[0]) is is_kept
    assert f"người dân {NAME}" in again[1]
    # What was typed in one place is right in the others as well, and figures are as they were.
    assert "".join(again).count(NAME) == 4
    assert "12/3/2020" in again[0]
    assert "12 thôn" in again[1]
