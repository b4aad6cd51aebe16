"""What leaves an archive: OpenSearch bulk files, Parquet tables, passages for LangChain and LlamaIndex, and MCP."""

import asyncio
import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document as LangchainDocument
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from pyarrow import parquet

from vnreport_ocr import open_archive
from vnreport_ocr.cli.main import run
from vnreport_ocr.export import opensearch
from vnreport_ocr.integrations.langchain import VnocrLoader

SAMPLES = Path(__file__).parent.parent / "samples"
DECISION = """HỘI ĐỒNG NHÂN DÂN
TỈNH ĐÔNG SƠN
Số: 31/2022/NQ-HĐND
NGHỊ QUYẾT
Về việc hỗ trợ sửa cầu treo ở các xã vùng cao
Căn cứ Nghị định số 98/2019/NĐ-CP ngày 27 tháng 12 năm 2019 của Chính phủ;
Căn cứ Nghị định số 15/2021/NĐ-CP của Chính phủ sửa đổi, bổ sung Nghị định số 40/2018/NĐ-CP;
Điều 1. Hỗ trợ mỗi cầu 250 triệu đồng, diện tích mặt cầu không quá 60 m².
"""
PAGES = [("bang.pdf", 1), ("bao-cao.pdf", 1), ("bao-cao.pdf", 2), ("nghi-quyet.txt", 1), ("nghi-quyet.txt", 2)]
SECONDS = 120


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("archive")
    source = place / "in"
    source.mkdir()
    (source / "nghi-quyet.txt").write_text(f"{DECISION}\fPhụ lục: danh sách cầu.\n", encoding="utf-8")
    shutil.copy(SAMPLES / "table-vector.pdf", source / "bang.pdf")
    shutil.copy(SAMPLES / "good-layer.pdf", source / "bao-cao.pdf")
    assert run(["batch", str(source), "-o", str(place / "out"), "-f", "txt,json", "-j", "1", "-q"]) == 0
    return place / "out"


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("ascii").splitlines()]


def test_opensearch_files_hold_every_page(out: Path, tmp_path: Path) -> None:
    assert run(["export", str(out), "--to", "opensearch", "-o", str(tmp_path), "--index", "kho"]) == 0
    settings = json.loads((tmp_path / "index.json").read_text("ascii"))
    lines = lines_of(tmp_path / "bulk-00001.ndjson")
    actions, bodies = lines[::2], lines[1::2]

    assert {action["index"]["_index"] for action in actions} == {"kho"}
    assert len({action["index"]["_id"] for action in actions}) == len(bodies) == len(PAGES)
    assert [(body["path"], body["page"]) for body in bodies] == PAGES
    assert all(set(body) <= set(settings["mappings"]["properties"]) for body in bodies)
    first = next(body for body in bodies if (body["path"], body["page"]) == ("nghi-quyet.txt", 1))
    assert {body.get("number_key") for body in bodies if body["path"] == "bao-cao.pdf"} == {"214 bc tu"}
    assert "60 m²" in first["text"]


def test_analyzers_name_filters_that_are_there() -> None:
    analysis = opensearch.index_settings()["settings"]["analysis"]
    named = {name for one in analysis["analyzer"].values() for name in one["char_filter"]}

    assert named == set(analysis["char_filter"])
    assert "òa=>oà" in analysis["char_filter"]["old_tone_places"]["mappings"]
    assert "ÚY=>UÝ" in analysis["char_filter"]["old_tone_places"]["mappings"]


def test_bulk_files_end_between_two_pages(out: Path, tmp_path: Path) -> None:
    with open_archive(out) as archive:
        paths = opensearch.export(archive, tmp_path, index="kho", most=100)

    assert [path.name for path in paths] == ["index.json", *(f"bulk-0000{n}.ndjson" for n in range(1, 6))]
    assert all(len(lines_of(path)) == 2 for path in paths[1:])


def test_parquet_tables(out: Path, tmp_path: Path) -> None:
    assert run(["export", str(out), "--to", "parquet", "-o", str(tmp_path)]) == 0
    documents = {row["file"]: row for row in parquet.read_table(tmp_path / "documents.parquet").to_pylist()}
    pages = parquet.read_table(tmp_path / "pages.parquet").to_pylist()
    relations = parquet.read_table(tmp_path / "relations.parquet").to_pylist()

    assert documents["bao-cao.pdf"]["number"] == "214-BC/TU"
    assert documents["nghi-quyet.txt"]["outputs"].split("\n") == ["nghi-quyet.txt.json", "nghi-quyet.txt.txt"]
    assert [(row["file"], row["page"]) for row in pages] == PAGES
    assert ("nghi-quyet.txt", "căn cứ", "98/2019/NĐ-CP") in [(r["file"], r["relation"], r["number"]) for r in relations]
    assert [(r["number"], r["by_kind"]) for r in relations if r["by_number"] == "15/2021/NĐ-CP"] == [
        ("40/2018/NĐ-CP", "Nghị định")
    ]


def test_parquet_tables_hold_what_the_tables_of_the_archive_hold(out: Path, tmp_path: Path) -> None:
    assert run(["export", str(out), "--to", "parquet", "-o", str(tmp_path)]) == 0
    numbers = ("value", "left", "confidence")
    for name in ("indicators", "relations"):
        exported = parquet.read_table(tmp_path / f"{name}.parquet").to_pylist()
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert rows
        shared = list(rows[0].keys() & exported[0].keys())
        assert len(shared) >= len(exported[0]) - 1
        for row, export in zip(rows, exported, strict=True):
            for column in shared:
                said = "" if export[column] is None else export[column]
                assert row[column] == str(said) or (column in numbers and float(row[column]) == said), column


def test_files_that_are_there_stay(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pages.parquet").write_text("mine", "ascii")

    assert run(["export", str(out), "--to", "parquet", "-o", str(tmp_path)]) == 5
    assert "--overwrite" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["pages.parquet"]
    assert run(["export", str(out), "--to", "parquet", "-o", str(tmp_path), "--overwrite"]) == 0
    assert parquet.read_table(tmp_path / "pages.parquet").num_rows == len(PAGES)


def test_index_is_of_opensearch_alone(out: Path, tmp_path: Path) -> None:
    assert run(["export", str(out), "--to", "parquet", "-o", str(tmp_path), "--index", "kho"]) == 2


def checked(metadata: dict[str, Any]) -> None:
    assert metadata["page"] in metadata["pages"]
    assert set(metadata) == {
        "source", "chunk", "page", "pages", "boxes", "headings", "quality", "doubts", "letterhead",
    }  # fmt: skip
    json.dumps(metadata)


def test_langchain_loads_an_archive(out: Path) -> None:
    loaded: list[LangchainDocument] = VnocrLoader(out, chunk_size=200).load()

    assert {one.metadata["source"] for one in loaded} == {"bang.pdf", "bao-cao.pdf", "nghi-quyet.txt"}
    for one in loaded:
        checked(one.metadata)
    table = [one for one in loaded if "Chỉ tiêu | Đơn vị tính" in one.page_content]
    assert len(table) > 1
    assert all(one.metadata["boxes"] for one in table)
    assert any("250 triệu đồng" in one.page_content for one in loaded)
    numbers = {one.metadata["letterhead"].get("number") for one in loaded if one.metadata["source"] == "bao-cao.pdf"}
    assert numbers == {"214-BC/TU"}


def test_llamaindex_loads_a_file() -> None:
    pytest.importorskip("llama_index.core", reason="the extra llamaindex is not installed")
    from vnreport_ocr.integrations.llamaindex import VnocrReader

    loaded = VnocrReader().load_data(SAMPLES / "table-vector.pdf")

    assert any("Chỉ tiêu | Đơn vị tính" in one.text for one in loaded)
    for one in loaded:
        checked(one.metadata)


async def talk(out: Path) -> dict[str, Any]:
    command = StdioServerParameters(command=sys.executable, args=["-m", "vnreport_ocr", "mcp", str(out)])
    said: dict[str, Any] = {}
    async with stdio_client(command) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        said["tools"] = [tool.name for tool in (await session.list_tools()).tools]
        for name, tool, arguments in (
            ("found", "search", {"query": "cau treo"}),
            ("broken", "search", {"query": '"cầu'}),
            ("page", "read_page", {"file": "nghi-quyet.txt", "page": 1}),
            ("outside", "read_page", {"file": "../../etc/passwd", "page": 1}),
            ("beyond", "read_page", {"file": "nghi-quyet.txt", "page": 9}),
            ("repaired", "repair_text", {"text": "Hoi dong nhan dan tinh bao cao truoc ngay 30/6/2021"}),
            ("long", "repair_text", {"text": "a " * 60_000}),
        ):
            said[name] = await session.call_tool(tool, arguments)
    return said


def test_an_assistant_searches_reads_and_repairs(out: Path) -> None:
    said = asyncio.run(asyncio.wait_for(talk(out), SECONDS))

    assert said["tools"] == ["search", "read_page", "repair_text"]
    found = json.loads(said["found"].content[0].text)
    assert [(hit["file"], hit["page"]) for hit in found["found"]] == [("nghi-quyet.txt", 1)]
    assert "250 triệu đồng" in json.loads(said["page"].content[0].text)["text"]
    repaired = json.loads(said["repaired"].content[0].text)
    assert repaired["text"] == "Hội đồng nhân dân tỉnh báo cáo trước ngày 30/6/2021"
    for name in ("broken", "outside", "beyond", "long"):
        assert said[name].is_error
        assert len(said[name].content[0].text.splitlines()) == 1


def test_the_server_ends_with_its_input(out: Path) -> None:
    command = [sys.executable, "-m", "vnreport_ocr", "mcp", str(out)]
    done = subprocess.run(command, input=b"", capture_output=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
