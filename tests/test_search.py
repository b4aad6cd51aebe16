"""``vnocr search`` as a user meets it, over real texts."""

import contextlib
import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from vnreport_ocr import open_archive
from vnreport_ocr.cli.main import run
from vnreport_ocr.search.extract import FACTS
from vnreport_ocr.search.index import INDEX, Index

SAMPLES = Path(__file__).parent.parent / "samples"

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH ĐÔNG SƠN
Số: 18/2021/NQ-HĐND
NGHỊ QUYẾT
Về việc quy định mức thu phí sử dụng bến bãi
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 120/2016/NĐ-CP ngày 23 tháng 8 năm 2016 của Chính phủ quy định chi tiết về phí;
Xét đề nghị của Ủy ban nhân dân tỉnh tại Tờ trình số 55/TTr-UBND ngày 30 tháng 6 năm 2021;
Điều 2. Nghị quyết này thay thế Nghị quyết số 07/2010/NQ-HĐND ngày 5 tháng 7 năm 2010 của Hội đồng nhân dân tỉnh.
"""
LETTER = """Kính gửi Ủy ban nhân dân xã.
Đề nghị báo cáo việc thu phí bến bãi trong quý hai.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive")
    (place / "in").mkdir()
    (place / "in" / "nghi-quyet.txt").write_text(RESOLUTION, encoding="utf-8")
    (place / "in" / "cong-van-2022.txt").write_text(LETTER, encoding="utf-8")
    assert run(["batch", str(place / "in"), "-o", str(place / "out"), "-j", "1", "-q"]) == 0
    return place / "out"


def test_pages_are_found_with_their_snippets(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(out), "phi", "ben", "bai"]) == 0
    said = capsys.readouterr()

    assert "nghi-quyet.txt, page 1" in said.out
    assert "cong-van-2022.txt, page 1" in said.out
    assert "«phí»" in said.out
    assert said.err == "1 to 2 of 2 pages found.\n"


def test_nothing_found_is_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(out), "thủy điện"]) == 0
    assert capsys.readouterr() == ("", "Nothing found.\n")


def test_as_json(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(out), "--json", "--facets", "--limit", "1", "báo cáo"]) == 0
    told = json.loads(capsys.readouterr().out)

    assert (told["total"], told["more"], len(told["found"])) == (1, False, 1)
    (hit,) = told["found"]
    assert hit["path"] == "cong-van-2022.txt"
    assert [hit["snippet"][start:end] for start, end in hit["hits"]] == ["báo", "cáo"]
    assert told["facets"]["year"] == {"2022": 1}


@pytest.mark.parametrize("query", ['"phí', "a OR", "nam:x"])
def test_a_broken_query_is_told_in_one_line(out: Path, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", str(out), query]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_argument_with_blanks_is_a_phrase_beside_others(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", str(out), "--json", "thu phí", "quý"])
    assert json.loads(capsys.readouterr().out)["query"] == '"thu phí" quý'
    run(["search", str(out), "--json", "co-quan:UBND tỉnh", "quý", "--", "-loai:báo cáo"])
    assert json.loads(capsys.readouterr().out)["query"] == 'co-quan:"UBND tỉnh" quý -loai:"báo cáo"'


def test_relations_are_written_as_a_table(out: Path) -> None:
    with (out / "relations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))

    assert [(row["relation"], row["kind"], row["number"], row["date"]) for row in rows] == [
        ("căn cứ", "Luật Tổ chức chính quyền địa phương", "", "2015-06-19"),
        ("căn cứ", "Nghị định", "120/2016/NĐ-CP", "2016-08-23"),
        ("theo đề nghị", "Tờ trình", "55/TTr-UBND", "2021-06-30"),
        ("thay thế", "Nghị quyết", "07/2010/NQ-HĐND", "2010-07-05"),
    ]
    assert rows[1]["issuer"] == "Chính phủ"
    assert rows[2]["issuer"] == "Ủy ban nhân dân tỉnh"
    assert {row["file"] for row in rows} == {"nghi-quyet.txt"}


def test_documents_are_written_as_a_table(out: Path) -> None:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file, delimiter=";")}

    assert set(rows) == {"nghi-quyet.txt", "cong-van-2022.txt"}
    assert rows["cong-van-2022.txt"]["year"] == "2022"


def test_a_word_file_of_an_archive_is_read_and_found(tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (tmp_path / "a.txt").write_text(RESOLUTION, encoding="utf-8")
    assert run(["clean", str(tmp_path / "a.txt"), "-f", "docx", "-o", str(place)]) == 0

    assert run(["batch", str(place), "-o", str(tmp_path / "out"), "-j", "1", "-q"]) == 0

    assert "Tổ chức chính quyền" in (tmp_path / "out" / "a.docx.txt").read_text(encoding="utf-8")
    assert run(["search", str(tmp_path / "out"), "--json", "bến bãi"]) == 0


def content(out: Path) -> list[list[tuple[object, ...]]]:
    """What an index holds, whatever order it was made in."""
    with Index(out / INDEX, read_only=True) as index:
        documents = ", ".join(("path, sha256, finished, pages, quality, year, number_key, facts_bare", *FACTS))
        asked = [f"SELECT {documents} FROM documents ORDER BY path"]
        for table, columns in (
            ("pages", "t.number, t.quality, t.text, t.heading, t.as_read"),
            ("relations", "t.*"),
            ("tables", "t.page, t.place, t.caption, t.cells"),
            ("indicators", "t.*"),
        ):
            names = columns if columns != "t.*" else ", ".join(
                f't."{name}"' for _, name, *_ in index.ask(f"PRAGMA table_info({table})") if name != "document"
            )  # fmt: skip
            source = f"{table} t JOIN documents d ON d.id = t.document ORDER BY d.path, t.rowid"
            asked.append(f"SELECT d.path, {names} FROM {source}")
        found = [index.ask(question) for question in asked]
        index.base.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)")
        return [*found, index.ask("SELECT * FROM temp.vocabulary ORDER BY term")]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of real pages: print, a scan with a table, damaged texts."""
    place = tmp_path_factory.mktemp("read")
    (place / "in").mkdir()
    for name in (
        "table-scan.pdf",
        "table-vector.pdf",
        "good-layer.pdf",
        "text-wrong-language.txt",
        "letter-spaced.pdf",
    ):
        shutil.copy(SAMPLES / name, place / "in")
    (place / "in" / "nghi-quyet.txt").write_text(RESOLUTION, encoding="utf-8")
    run(["batch", str(place / "in"), "-o", str(place / "out"), "-f", "txt,json", "-j", "1", "-q"])
    return place / "out"


def test_an_index_made_of_the_outputs_is_the_same(read: Path) -> None:
    first = content(read)
    (read / INDEX).unlink()
    with open_archive(read):
        pass
    second = content(read)

    assert all(first)  # there is something of everything
    assert any(row[5] for row in first[1])  # words as they were read, too
    assert second == first


@pytest.mark.parametrize(
    "older",
    [
        "DROP TABLE indicators; DROP TABLE tables; PRAGMA user_version = 1;",
        "ALTER TABLE relations DROP COLUMN by_number; PRAGMA user_version = 2;",
    ],
)
def test_an_index_of_an_older_version_is_made_anew_and_said(
    read: Path, older: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = content(read)
    with contextlib.closing(sqlite3.connect(read / INDEX)) as base:
        base.executescript(older)
    assert run(["search", str(read), "ngân sách"]) == 0

    assert capsys.readouterr().err.splitlines()[0] == "The index was of an older version and was rebuilt."
    assert content(read) == first
    with open_archive(read) as archive:
        assert not archive.renewed


def test_indicators_are_written_as_a_table_and_asked_for(read: Path) -> None:
    with (read / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["file"] == "table-vector.pdf"]
    with (SAMPLES / "table-vector.truth.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = list(csv.reader(file, delimiter=";"))[1:]

    cells = {(int(row["row"]), int(row["column"])): row["text"] for row in rows}
    assert cells
    assert all(printed[row - 2][column - 1] == text for (row, column), text in cells.items())
    figures = [(number, cell) for number, row in enumerate(printed, 2) for cell in row[3:] if cell[:1].isdigit()]
    assert len(cells) == len(figures)
    assert all(float(row["right"]) > float(row["left"]) for row in rows)
    with open_archive(read) as archive:
        known = {one.key: one for one in archive.series()}
        assert known["thu ngan sach"].documents == 2
        plotted = list(archive.indicators(key="thu ngan sach", least=0.9))
        assert {(figure.path, figure.measure, figure.value) for figure in plotted} == {
            ("table-vector.pdf", "plan", 2000.0), ("table-vector.pdf", "result", 2145.0),
            ("table-vector.pdf", "comparison", 107.3),
        }  # fmt: skip


def test_a_text_is_found_by_what_its_letterhead_says(out: Path) -> None:
    with open_archive(out) as archive:
        for query in ("so:18/2021/NQ-HĐND", "loai:nghi-quyet", 'co-quan:"hội đồng nhân dân"'):
            assert [found.path for found in archive.search(query).found] == ["nghi-quyet.txt"]
