"""What is told of an archive: figures, the report, the end of a run."""

import csv
import dataclasses
import re
import subprocess
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.unit.archive.helpers import FAKE, QUICK, clean, put
from vnreport_ocr.archive import report
from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.archive.phrases import Phrases
from vnreport_ocr.archive.plots import Bar, bars, line
from vnreport_ocr.archive.record import RunState
from vnreport_ocr.archive.report import write_report
from vnreport_ocr.archive.summary import read_summary
from vnreport_ocr.cli.batch_lines import passed_over_lines
from vnreport_ocr.errors import MissingFileError, PartialResultError


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with good, bad and partly bad files."""
    place = tmp_path_factory.mktemp("archive")
    folder = place / "in"
    put(folder, "2019/tốt & <đẹp>.pdf", pages=3)
    put(folder, "2020/nửa.pdf", pages=2, do={2: "bad"})
    put(folder, "2020/hỏng.pdf", open="damaged")
    put(folder, "khoá.pdf", open="encrypted")
    clean(folder, place / "out", dataclasses.replace(FAKE, jobs=1))
    return place / "out"


def test_the_figures(out: Path) -> None:
    summary = read_summary(out)

    assert summary.states == {"done": 1, "failed": 2, "partial": 1}
    assert (summary.files, summary.pages, summary.unread, summary.corrections) == (4, 5, 1, 4)
    assert summary.quality is not None
    assert 0.4 < summary.quality < 0.6
    assert summary.run is not None
    assert (summary.run.state, summary.run.files, summary.run.todo_files) == ("finished", 4, 4)


def test_the_worst_pages_come_first(out: Path) -> None:
    worst = read_summary(out).worst

    assert (worst[0].path, worst[0].number, worst[0].error) == ("2020/nửa.pdf", 2, "The picture on it is broken.")
    assert [page.quality for page in worst[1:]] == sorted(page.quality for page in worst[1:])


def test_failures_are_told_by_class_with_their_cure(out: Path) -> None:
    failures = {failure.error_class: failure for failure in read_summary(out).failures}

    assert set(failures) == {"DamagedPdfError", "EncryptedPdfError", "DamagedImageError"}
    assert failures["EncryptedPdfError"].cure == "Give the password with --password."
    assert failures["EncryptedPdfError"].examples == ("khoá.pdf",)
    assert (failures["DamagedImageError"].files, failures["DamagedImageError"].pages) == (0, 1)


def test_the_shortfall_says_what_is_missing(out: Path) -> None:
    error = read_summary(out).shortfall()

    assert isinstance(error, PartialResultError)
    assert "2 files could not be read and 1 page of 1 file could not be read completely." in str(error)


def test_an_archive_that_is_all_well_has_none(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.pdf")
    clean(tmp_path / "in", tmp_path / "out")

    assert read_summary(tmp_path / "out").shortfall() is None


def test_it_can_be_read_during_a_run_and_after_a_kill(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.pdf")
    out = tmp_path / "out"
    clean(tmp_path / "in", out)
    with OutputLock(out), Ledger(out / "archive.db") as ledger:
        run = ledger.begin_run(RunState("in", 2, 10, 1000))
        ledger.update_run(run, RunState("in", 2, files=5, pages=50, bytes=500))
        during = read_summary(out).run
    after = read_summary(out).run

    assert during is not None
    assert (during.state, during.files, during.workers) == ("running", 5, 2)
    assert after is not None
    assert after.state == "interrupted"


def test_a_folder_without_an_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no archive"):
        read_summary(tmp_path)


def test_the_report_needs_nothing_else_and_is_well_formed(out: Path) -> None:
    text = write_report(out).read_text(encoding="utf-8")

    assert not re.search(r"\ssrc=|@import|url\(|<link", text)
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "tốt &amp; &lt;đẹp&gt;.pdf" in text
    assert text.count("<svg") >= 5
    for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        ET.fromstring(svg)
    for heading in ("Quality by folder", "Quality by year", "Kinds of damage", "Errors", "Pages to check"):
        assert heading in text


def test_the_report_leads_to_the_page_and_to_the_output(out: Path) -> None:
    write_report(out)
    folder = out.parent / "in"
    for name in ("report.html", "report.vi.html"):
        text = (out / name).read_text(encoding="utf-8")
        links = [unquote(unescape(link)) for link in re.findall(r'href="([^"#][^"]*)"', text)]
        assert "../in/2020/nửa.pdf#page=2" in links
        assert "2020/nửa.pdf.txt" in links
        for link in links:
            assert (out / link.partition("#")[0]).exists(), link
        assert (folder / "2020/nửa.pdf").exists()


def test_the_report_in_vietnamese(out: Path) -> None:
    write_report(out)
    text = (out / "report.vi.html").read_text(encoding="utf-8")

    assert '<html lang="vi">' in text
    for said in ("Các trang cần người xem lại", "PDF có mật khẩu", "Cho mật khẩu bằng --password.", "Lập lúc"):
        assert said in text


def test_reasons_are_told_in_vietnamese_and_what_was_read_stays() -> None:
    said = "2 doubtful figures: 5,a word left out: and 1 more; a word left out: a doubtful figure"

    assert Phrases("en").reason(said) == said
    assert Phrases("vi").reason(said) == (
        "2 con số đáng ngờ: 5,a word left out: and 1 more; một từ bị bỏ ra: a doubtful figure"
    )


def test_what_needs_a_person_is_counted_alike_everywhere(out: Path) -> None:
    write_report(out)
    summary = read_summary(out)
    with (out / "pages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))

    assert len(rows) == summary.in_need == 5
    assert [(row["file"], row["page"], row["kind"]) for row in rows[:1]] == [("2020/nửa.pdf", "2", "unread")]
    assert (out / "report.html").read_text(encoding="utf-8").count("<tr data-k=") == 5 + 2


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(folder, "a.pdf")
    for name in ("b.doc", "c.DOC", "d.djvu"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "e.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    clean(folder, tmp_path / "out")

    summary = read_summary(tmp_path / "out")
    lines = list(passed_over_lines(summary.passed_over))

    assert lines[0] == "Not read: 2 doc, 1 djvu. Convert them to PDF if they belong in the archive."
    assert lines[1].startswith("1 link was not followed, such as e.pdf;")
    assert "djvu" in write_report(tmp_path / "out").read_text(encoding="utf-8")


def test_a_long_list_is_cut_and_says_so(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_ROWS", 2)
    text = write_report(out).read_text(encoding="utf-8")

    assert 'The first 2 of 5; <a href="pages.csv">pages.csv</a> has them all.' in text
    assert text.count('<tr data-k="unread"') + text.count('<tr data-k="low"') == 2


_TRY = """
document.querySelectorAll("#pages th button")[2].click();
const first = document.querySelector("#pages tbody tr").textContent;
document.querySelectorAll("#pages th button")[2].click();
const last = document.querySelector("#pages tbody tr").textContent;
const input = document.querySelector("#pages input");
input.value = "nua";
input.dispatchEvent(new Event("input"));
setTimeout(() => {
  const shown = Array.from(document.querySelectorAll("#pages tbody tr.laid")).length;
  document.body.textContent = `first ${first.includes("nửa.pdf")} last ${last.includes("nửa.pdf")} shown ${shown}`;
}, 400);
"""


def test_the_report_can_be_sorted_and_filtered_in_a_browser(out: Path, tmp_path: Path) -> None:
    text = write_report(out).read_text(encoding="utf-8")
    page = tmp_path / "tried.html"
    page.write_text(text.replace("</body>", f"<script>{_TRY}</script></body>"), encoding="utf-8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --virtual-time-budget=3000 --dump-dom"
    )
    command = [*("chromium", *flags.split()), f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()]
    made = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)

    assert "first true last false shown 2" in made.stdout


def test_the_report_of_an_empty_archive(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    clean(tmp_path / "in", tmp_path / "out")

    assert "No run yet." in write_report(tmp_path / "out").read_text(encoding="utf-8")


def test_bars_keep_within_their_frame() -> None:
    drawn = ET.fromstring(bars([Bar("a" * 90, 2.0, "2.0"), Bar("b", 0.0, "0")], most=1.0, title="t"))
    widths = [float(rect.attrib["width"]) for rect in drawn.iter("{http://www.w3.org/2000/svg}rect")]

    assert 0 < widths[0] < 480
    assert widths[1] == 0


def test_a_curve_needs_two_points() -> None:
    assert "<svg" not in line([(1.0, 5.0)], title="t")
    assert "<polyline" in line([(1.0, 5.0), (2.0, 6.0)], title="t")


def test_other_options_do_not_hide_a_former_failure(tmp_path: Path) -> None:
    put(tmp_path / "in", "a.pdf", open="damaged")
    clean(tmp_path / "in", tmp_path / "out")
    clean(tmp_path / "in", tmp_path / "out", options=dataclasses.replace(QUICK, reflow=True))

    assert read_summary(tmp_path / "out").failed == 1
