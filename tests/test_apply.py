"""A round of decisions through the command line: clean, decide, apply, clean again."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from vnreport_ocr.cli.main import run
from vnreport_ocr.outputs.write import FORMATS
from vnreport_ocr.review.decisions import Decisions, ReviewDecision, Verdict, read_decisions, to_json
from vnreport_ocr.review.documents import read_document
from vnreport_ocr.review.terms import PLACE

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
RAW = "Uy ban nhan dan xa Dak Rve hop ngay 12/3/2020.\nXa Dak Rve co 12 thon, nguoi dan Dak Rve trong ca phe.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PLACE, str(tmp_path / "terms.txt"))
    (tmp_path / "bao-cao.txt").write_text(RAW, encoding="utf-8")
    return tmp_path


def clean(folder: Path, out: str, *formats: str) -> str:
    assert run(["clean", str(folder / "bao-cao.txt"), "-o", str(folder / out), "-f", ",".join(formats), "-q"]) == 0
    return (folder / out / "bao-cao.txt").read_text(encoding="utf-8")


def decide(folder: Path, *made: ReviewDecision, document: str = "bao-cao.txt") -> str:
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
    typed = ReviewDecision(
        1, "thon", village, Verdict.TYPE, "làng Krông Pắc", second[at - 9 : at], second[at + len(village) :][:9]
    )
    met = first.split()[7]
    at = first.index(f" {met} ") + 1
    rejected = ReviewDecision(1, "hop", met, Verdict.REJECT, "hop", first[at - 8 : at], first[at + len(met) :][:8])
    assert apply(folder, decide(folder, typed, rejected)) == 0
    assert "learned: Krông Pắc" in capsys.readouterr().err
    done = (folder / "done" / "bao-cao.txt").read_text(encoding="utf-8")
    assert "12 làng Krông Pắc, người" in done
    assert f" hop {first.split()[8]}" in done
    assert "12/3/2020" in done
    assert apply(folder, decide(folder, typed, rejected)) == 2, "what is there is kept"
    again = apply(folder, decide(folder, typed, rejected), "--overwrite")
    assert again == 0, "decisions hold on the same document as often as they are applied"


def test_a_typed_name_is_known_to_the_next_run(folder: Path) -> None:
    before = clean(folder, "out", "txt", "json")
    assert "Đắk Rve" not in before
    name = " ".join(before.splitlines()[0].split()[5:7])
    line = before.splitlines()[0]
    at = line.index(name)
    typed = ReviewDecision(1, "Dak Rve", name, Verdict.TYPE, "Đắk Rve", line[at - 3 : at], line[at + len(name) :][:5])
    assert apply(folder, decide(folder, typed)) == 0
    assert clean(folder, "again", "txt").count("Đắk Rve") == 3


def test_decisions_that_no_longer_fit_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean(folder, "out", "txt", "json")
    gone = ReviewDecision(1, "khong co", "không có", Verdict.TYPE, "Đắk Rve", "chỗ này ", " nữa")
    other_page = gone._replace(page=7)
    assert apply(folder, decide(folder, gone, other_page, document="khac.pdf")) == 6
    told = capsys.readouterr().err
    assert told.count("no longer fits") == 2
    assert "learned" not in told, "of what does not fit nobody knows whether it is right"
    assert "made on khac.pdf" in told
    assert (folder / "done" / "bao-cao.txt").exists()


@pytest.mark.parametrize(
    ("document", "decisions", "code", "said"),
    [
        ("khong-co.json", None, 3, "no such file"),
        ("bao-cao.txt", None, 3, "not JSON"),
        ("out/bao-cao.json", "bao-cao.txt", 3, "not JSON"),
        ("out/bao-cao.json", "out/bao-cao.json", 3, "not hold vnocr decisions"),
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


def decided_in(folder: Path, *more: str) -> tuple[ReviewDecision, str]:
    """Type another name of the village, and apply it."""
    before = clean(folder, "out", "txt", "json")
    line = before.splitlines()[0]
    name = " ".join(line.split()[5:7])
    at = line.index(name)
    typed = ReviewDecision(1, "Dak Rve", name, Verdict.TYPE, "Đắk Rve", line[at - 3 : at], line[at + len(name) :][:5])
    assert apply(folder, decide(folder, typed), *more) == 0
    return typed, before


def test_decisions_are_kept_beside_what_is_written_and_hold_when_it_is_cleaned_again(folder: Path) -> None:
    typed, before = decided_in(folder, "--no-learn")
    kept = folder / "done" / "bao-cao.txt.decisions.json"
    assert read_decisions(kept).made == (typed,)
    applied = (folder / "done" / "bao-cao.txt").read_text(encoding="utf-8")
    assert "Đắk Rve" in applied
    assert "Đắk Rve" not in before
    source = str(folder / "bao-cao.txt")
    assert run(["clean", source, "-o", str(folder / "done"), "-f", "txt,html", "--overwrite", "-q"]) == 0
    assert (folder / "done" / "bao-cao.txt").read_text(encoding="utf-8") == applied
    assert "Đắk Rve" in (folder / "done" / "bao-cao.html").read_text(encoding="utf-8")
    assert clean(folder, "elsewhere", "txt") == before, "they hold where they are kept"


def test_a_clean_run_tells_kept_decisions_that_no_longer_fit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed, _ = decided_in(folder, "--no-learn")
    gone = typed._replace(page=4, put="không có", read="khong co")
    (folder / "done" / "bao-cao.txt.decisions.json").write_text(
        to_json(Decisions("bao-cao.txt", (typed, gone))), encoding="utf-8"
    )
    command = ["clean", str(folder / "bao-cao.txt"), "-o", str(folder / "done"), "--overwrite"]
    capsys.readouterr()
    assert run([*command, "--explain"]) == 0
    told = capsys.readouterr().err
    assert "a decision that no longer fits: 'không có' -> 'Đắk Rve'" in told
    assert "to check: 1 (decisions that no longer fit" in told
    assert "Đắk Rve" in (folder / "done" / "bao-cao.txt").read_text(encoding="utf-8")


def test_kept_in_an_archive_they_are_applied_by_the_next_run(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, out = tmp_path / "kho", tmp_path / "ra"
    archive.mkdir()
    (folder / "bao-cao.txt").rename(archive / "bao-cao.txt")
    (archive / "khac.txt").write_text(RAW.replace("12 thon", "15 thon"), encoding="utf-8")
    batch = ["batch", str(archive), "-o", str(out), "-f", "txt,json", "-j", "1"]
    assert run(batch) == 0
    text = (out / "bao-cao.txt.txt").read_text(encoding="utf-8")
    line = text.splitlines()[0]
    name = " ".join(line.split()[5:7])
    at = line.index(name)
    typed = ReviewDecision(1, "Dak Rve", name, Verdict.TYPE, "Đắk Rve", line[at - 3 : at], line[at + len(name) :][:5])
    document = str(out / "bao-cao.txt.json")
    assert run(["apply", "--keep", document, decide(folder, typed), "--no-learn"]) == 0
    assert run(batch) == 0
    # A name that was typed in one place is known to the rest of its document, and to no other.
    assert (out / "bao-cao.txt.txt").read_text(encoding="utf-8").count("Đắk Rve") == 3
    assert "Đắk Rve" not in (out / "khac.txt.txt").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(batch) == 0
    assert "Nothing to do" in capsys.readouterr().out
    # A second round is added to the first, not put in its place.
    other = typed._replace(put="thôn", read="thon", chosen="làng", before=" ", after=", ng")
    assert run(["apply", "--keep", document, decide(folder, other), "--no-learn", "-q"]) in (0, 6)
    assert len(read_decisions(out / "bao-cao.txt.decisions.json").made) == 2


@pytest.mark.parametrize("wish", [(), ("--keep", "-o", "done")])
def test_either_a_folder_or_keep(folder: Path, wish: tuple[str, ...]) -> None:
    clean(folder, "out", "txt", "json")
    assert run(["apply", str(folder / "out" / "bao-cao.json"), decide(folder), *wish]) == 2


def test_every_format_of_a_scan_has_the_decisions_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = folder / "quét.pdf"
    scan.write_bytes((SAMPLES / "clean-scan.pdf").read_bytes())
    assert run(["clean", str(scan), "-o", str(folder / "out"), "-f", "json,txt", "-q"]) == 0
    document = folder / "out" / "quét.json"
    page = read_document(document).pages[0]
    line = next(line for line in page.lines if len(line.tokens) > 5)
    word = line.tokens[2]
    typed = ReviewDecision(1, word.text, word.text, Verdict.TYPE, "Krông-Búk", box=word.box)
    made = decide(folder, typed, document="quét.pdf")
    command = ["apply", str(document), made, "-o", str(folder / "done"), "--no-learn", "-f", ",".join(FORMATS)]
    assert run(command) == 2
    assert "Name it with --original" in capsys.readouterr().err
    assert run([*command, "--original", str(SAMPLES / "note.md")]) == 2
    assert not (folder / "done").exists()
    assert run([*command, "--original", str(scan)]) == 0
    done = folder / "done"
    for name in ("quét.txt", "quét.md", "quét.json", "quét.html", "quét.hocr", "quét.alto.xml", "quét.page-0001.xml"):
        assert "Krông-Búk" in (done / name).read_text(encoding="utf-8"), name
    assert "data:image/" in (done / "quét.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(done / "quét.docx") as package:
        assert "Krông-Búk" in package.read("word/document.xml").decode()
    told = subprocess.run(["pdftotext", "-raw", done / "quét.pdf", "-"], capture_output=True, text=True, check=True)
    assert "Krông-Búk" in told.stdout
