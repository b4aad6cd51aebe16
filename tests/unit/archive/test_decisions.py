"""Decisions of a person kept in an archive: applied at every run, and a reason to read a file again."""

from pathlib import Path

from tests.unit.archive.helpers import ask, clean, delivered, put
from vnreport_ocr.review.decisions import Decisions, ReviewDecision, Verdict, to_json

TYPED = ReviewDecision(1, "Báo", "Báo", Verdict.TYPE, "Thông", "", " cáo")


def decide(out: Path, name: str, *made: ReviewDecision) -> Path:
    path = out / f"{name}.decisions.json"
    path.write_text(to_json(Decisions(Path(name).name, made)), encoding="utf-8")
    return path


def test_they_are_applied_when_they_come_change_and_go(folder: Path, out: Path) -> None:
    put(folder, "2019/a.pdf", pages=2)
    put(folder, "b.pdf")
    clean(folder, out)
    before = delivered(out)
    kept = decide(out, "2019/a.pdf", TYPED)

    assert set(clean(folder, out)) == {"2019/a.pdf"}, "only the file that was decided about is read again"
    assert b"Th\xc3\xb4ng c\xc3\xa1o" in delivered(out)["2019/a.pdf.txt"]
    assert not clean(folder, out)

    decide(out, "2019/a.pdf", TYPED._replace(chosen="Tin"))
    assert set(clean(folder, out)) == {"2019/a.pdf"}
    assert b"Tin c\xc3\xa1o" in delivered(out)["2019/a.pdf.txt"]

    kept.unlink()
    assert set(clean(folder, out)) == {"2019/a.pdf"}
    assert delivered(out) == before


def test_those_that_no_longer_fit_are_told_of_their_page(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=2)
    out.mkdir()
    decide(out, "a.pdf", TYPED._replace(page=2, put="Xã", read="Xa"), TYPED._replace(page=9), TYPED)
    clean(folder, out)
    ((first, second),) = (tuple(row[0] for row in ask(out, "SELECT attention FROM pages ORDER BY number")),)
    assert first is None
    assert second == "2 decisions that no longer fit: 'Xã' -> 'Thông', 'Báo' -> 'Thông'"
    assert "2 quyết định không còn khớp: &#39;Xã&#39;" in (_report(out))


def _report(out: Path) -> str:
    from vnreport_ocr.archive.report import write_report

    write_report(out)
    return (out / "report.vi.html").read_text(encoding="utf-8")


def test_they_move_with_their_file_and_a_copy_has_them_too(folder: Path, out: Path) -> None:
    put(folder, "old/a.pdf")
    out.mkdir()
    (out / "old").mkdir()
    decide(out, "old/a.pdf", TYPED)
    clean(folder, out)
    text = delivered(out)["old/a.pdf.txt"]
    (folder / "new").mkdir()
    (folder / "old/a.pdf").rename(folder / "new/a.pdf")

    assert {name: told.state for name, told in clean(folder, out).items()} == {"new/a.pdf": "moved"}
    assert set(delivered(out)) == {"new/a.pdf.txt", "new/a.pdf.decisions.json"}
    assert delivered(out)["new/a.pdf.txt"] == text
    assert not clean(folder, out)

    (folder / "copy.pdf").write_bytes((folder / "new/a.pdf").read_bytes())
    assert {name: told.state for name, told in clean(folder, out).items()} == {"copy.pdf": "moved"}
    assert b"Th\xc3\xb4ng c\xc3\xa1o" in delivered(out)["copy.pdf.txt"]
    assert not clean(folder, out)


def test_a_file_of_decisions_that_is_none_fails_its_document_only(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    put(folder, "b.pdf")
    out.mkdir()
    (out / "a.pdf.decisions.json").write_text("{", encoding="utf-8")
    told = clean(folder, out)
    assert {name: outcome.state for name, outcome in told.items()} == {"a.pdf": "failed", "b.pdf": "done"}
    assert "not JSON" in str(ask(out, "SELECT error FROM files WHERE state = 'failed'"))
    decide(out, "a.pdf", TYPED)
    assert {name: outcome.state for name, outcome in clean(folder, out).items()} == {"a.pdf": "done"}


def test_what_lies_in_the_place_of_decisions_and_is_no_file_fails_its_document_only(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    put(folder, "b.pdf")
    clean(folder, out)
    (out / "a.pdf.decisions.json").mkdir()
    assert {name: outcome.state for name, outcome in clean(folder, out).items()} == {"a.pdf": "failed"}
    (out / "a.pdf.decisions.json").rmdir()
    assert {name: outcome.state for name, outcome in clean(folder, out).items()} == {"a.pdf": "done"}
