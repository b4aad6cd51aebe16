"""``vnocr search`` as a user meets it, over real texts."""

import csv
import json
from pathlib import Path

import pytest

from vnreport_ocr.cli.main import run

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
