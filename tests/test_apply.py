"""A round of decisions through the command line: clean, decide, apply, clean again."""

from pathlib import Path

import pytest

from vnreport_ocr.cli.main import run
from vnreport_ocr.review.decisions import Decision, Decisions, Verdict, to_json
from vnreport_ocr.review.terms import PLACE

RAW = "Uy ban nhan dan xa Dak Rve hop ngay 12/3/2020.\nXa Dak Rve co 12 thon, nguoi dan Dak Rve trong ca phe.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PLACE, str(tmp_path / "terms.txt"))
    (tmp_path / "bao-cao.txt").write_text(RAW, encoding="utf-8")
    return tmp_path


def clean(folder: Path, out: str, *formats: str) -> str:
    assert run(["clean", str(folder / "bao-cao.txt"), "-o", str(folder / out), "-f", ",".join(formats), "-q"]) == 0
    return (folder / out / "bao-cao.txt").read_text(encoding="utf-8")


def decide(folder: Path, *made: Decision, document: str = "bao-cao.txt") -> str:
    path = folder / "quyet-dinh.json"
    path.write_text(to_json(Decisions(document, made)), encoding="utf-8")
    return str(path)


def apply(folder: Path, decisions: str, *more: str) -> int:
    document = str(folder / "out" / "bao-cao.json")
    return run(["apply", document, decisions, "-o", str(folder / "done"), "-f", "txt,json", *more])


def test_a_round_of_decisions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = clean(folder, "out", "txt", "json")
    first, second = before.splitlines()
    village = second.split()[5].rstrip(",")
    at = second.index(f"12 {village}") + len("12 ")
    typed = Decision(
        1, "thon", village, Verdict.TYPE, "làng Krông Pắc", second[at - 9 : at], second[at + len(village) :][:9]
    )
    met = first.split()[7]
    at = first.index(f" {met} ") + 1
    rejected = Decision(1, "hop", met, Verdict.REJECT, "hop", first[at - 8 : at], first[at + len(met) :][:8])
    assert apply(folder, decide(folder, typed, rejected)) == 0
    assert "learned: Krông Pắc" in capsys.readouterr().err
    done = (folder / "done" / "bao-cao.txt").read_text(encoding="utf-8")
    assert "12 làng Krông Pắc, người" in done
    assert f" hop {first.split()[8]}" in done
    assert "12/3/2020" in done
    again = apply(folder, decide(folder, typed, rejected))
    assert again == 0, "decisions hold on the same document as often as they are applied"


def test_a_typed_name_is_known_to_the_next_run(folder: Path) -> None:
    before = clean(folder, "out", "txt", "json")
    assert "Đắk Rve" not in before
    name = " ".join(before.splitlines()[0].split()[5:7])
    line = before.splitlines()[0]
    at = line.index(name)
    typed = Decision(1, "Dak Rve", name, Verdict.TYPE, "Đắk Rve", line[at - 3 : at], line[at + len(name) :][:5])
    assert apply(folder, decide(folder, typed)) == 0
    assert clean(folder, "again", "txt").count("Đắk Rve") == 3


def test_decisions_that_no_longer_fit_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean(folder, "out", "txt", "json")
    gone = Decision(1, "khong co", "không có", Verdict.TYPE, "có", "chỗ này ", " nữa")
    other_page = gone._replace(page=7)
    assert apply(folder, decide(folder, gone, other_page, document="khac.pdf")) == 6
    told = capsys.readouterr().err
    assert told.count("no longer fits") == 2
    assert "made on khac.pdf" in told
    assert (folder / "done" / "bao-cao.txt").exists()


@pytest.mark.parametrize(
    ("document", "decisions", "code", "said"),
    [
        ("khong-co.json", None, 3, "no such file"),
        ("bao-cao.txt", None, 3, "not JSON"),
        ("out/bao-cao.json", "bao-cao.txt", 3, "not JSON"),
        ("out/bao-cao.json", "out/bao-cao.json", 3, "not hold decisions"),
    ],
)
def test_other_files_are_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], document: str, decisions: str | None, code: int, said: str
) -> None:
    clean(folder, "out", "txt", "json")
    capsys.readouterr()
    given = decide(folder) if decisions is None else str(folder / decisions)
    assert run(["apply", str(folder / document), given, "-o", str(folder / "done")]) == code
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (folder / "done").exists()


def test_the_document_is_not_written_over(folder: Path) -> None:
    clean(folder, "out", "txt", "json")
    assert run(["apply", str(folder / "out" / "bao-cao.json"), decide(folder), "-o", str(folder / "out")]) == 2
