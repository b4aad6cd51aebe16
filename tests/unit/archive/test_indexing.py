"""The index follows the ledger, whatever happens."""

import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.unit.archive.helpers import FAKE, ask, clean, put
from tests.waiting import LONG, eventually
from vnreport_ocr import open_archive
from vnreport_ocr.archive.indexing import Keeper, KeeperThread
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.archive.tables import write_tables
from vnreport_ocr.errors import MissingFileError
from vnreport_ocr.search.index import INDEX, Index


def found(out: Path, query: str) -> list[str]:
    with open_archive(out) as archive:
        return sorted(f"{hit.path}:{hit.page}" for hit in archive.search(query, limit=1000).found)


def is_right(out: Path) -> bool:
    """Whether the index holds exactly what the ledger calls done, page by page, and FTS5 finds it sound."""
    known = set(ask(out, "SELECT path, finished, pages FROM files WHERE state IN ('done', 'partial', 'gone')"))
    with Index(out / INDEX) as index:
        index.base.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        ((words,),) = index.ask("SELECT count(*) FROM words WHERE words MATCH 'báo'")
        ((pages,),) = index.ask("SELECT count(*) FROM pages WHERE text LIKE '%Báo cáo%'")
        return known == set(index.ask("SELECT path, finished, pages FROM documents")) and words == pages


def test_a_run_makes_its_files_searchable(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=3)
    put(folder, "b.png")
    (folder / "c.txt").write_text("Công văn về đê điều", encoding="utf-8")
    clean(folder, out, dataclasses.replace(FAKE, split_after=0.0))

    assert found(out, "bao cao của") == ["a.pdf:1", "a.pdf:2", "a.pdf:3", "b.png:1"]
    assert found(out, '"số 2"') == ["a.pdf:2"]
    assert found(out, "đê điều") == ["c.txt:1"]
    assert found(out, "nam:2021") == ["a.pdf:1", "a.pdf:2", "a.pdf:3", "b.png:1"]
    assert is_right(out)
    assert not (out / ".vnocr" / "texts").exists()


def test_at_rest_nothing_lies_beside_the_index_and_a_search_writes_nothing(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    clean(folder, out)
    write_tables(out)

    def files() -> list[tuple[str, int]]:
        return sorted((path.name, path.stat().st_mtime_ns) for path in out.glob("*.db*"))

    before = files()
    assert [name for name, _ in before] == ["archive.db", "search.db"]
    assert found(out, "báo cáo") == ["a.pdf:1"]
    assert files() == before


def test_who_reads_the_index_does_not_keep_its_writer_waiting(folder: Path, out: Path) -> None:
    put(folder, "a.pdf")
    clean(folder, out)
    with open_archive(out) as archive:
        assert archive.search("báo cáo").found
        put(folder, "b.pdf")
        clean(folder, out)
        assert sorted(hit.path for hit in archive.search("báo cáo").found) == ["a.pdf", "b.pdf"]
    assert is_right(out)
    assert sorted(path.name for path in out.glob("search.db*")) == ["search.db"]


def test_what_changes_moves_fails_or_is_copied_is_followed(folder: Path, out: Path) -> None:
    for name, text in (("same", "giữ nguyên"), ("changed", "bản cũ"), ("moved", "dời đi"), ("copied", "sao lại")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    put(folder, "failing.pdf")
    clean(folder, out)
    (folder / "changed.txt").write_text("bản mới hơn", encoding="utf-8")
    (folder / "moved.txt").rename(folder / "there.txt")
    shutil.copy(folder / "copied.txt", folder / "copy.txt")
    put(folder, "failing.pdf", open="damaged")
    clean(folder, out)

    assert found(out, "bản") == ["changed.txt:1"]
    assert found(out, '"bản cũ"') == []
    assert found(out, '"dời đi"') == ["there.txt:1"]
    assert found(out, '"sao lại"') == ["copied.txt:1", "copy.txt:1"]
    assert found(out, "báo") == []
    assert is_right(out)


def test_only_moved_files_are_followed_too(folder: Path, out: Path) -> None:
    (folder / "a.txt").write_text("dời đi", encoding="utf-8")
    clean(folder, out)
    (folder / "a.txt").rename(folder / "b.txt")
    clean(folder, out)

    assert found(out, "dời") == ["b.txt:1"]
    assert is_right(out)


_KILLED = """
import sys
from pathlib import Path
from tests.unit.archive.helpers import clean
from vnreport_ocr.archive import indexing
indexing._PAUSE = 0.02
clean(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_at_any_moment_the_index_is_made_right(folder: Path, out: Path) -> None:
    for number in range(30):
        put(folder, f"{number:02}.pdf", pages=1 + number % 4, seconds=0.01)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for moment in (0.5, 0.8, 0.8):
        process = subprocess.Popen([sys.executable, "-c", _KILLED, folder, out], env=environment)
        eventually((out / INDEX).exists, "there is something that a kill could damage")
        time.sleep(moment)  # any moment will do
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=LONG)
        found(out, "báo")  # whoever looks makes it whole
        assert is_right(out)
    clean(folder, out)

    assert is_right(out)
    assert len(found(out, "báo")) == sum(1 + number % 4 for number in range(30))


def test_an_index_that_is_gone_is_made_anew(folder: Path, out: Path) -> None:
    (folder / "a.txt").write_text("Công văn về đê điều", encoding="utf-8")
    clean(folder, out)
    (out / INDEX).unlink()

    assert found(out, "đê") == ["a.txt:1"]
    assert is_right(out)


def test_files_become_searchable_while_a_run_lasts(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").write_text("trước", encoding="utf-8")
    clean(folder, out)
    monkeypatch.setattr("vnreport_ocr.archive.indexing._PAUSE", 0.01)
    keeper = KeeperThread(folder, out)
    with OutputLock(out), open_archive(out) as archive:
        keeper.start()
        for _ in range(50):
            assert archive.search("trước").total == 1
        keeper.finish(whole=True)
        assert keeper.trouble is None


def test_pages_of_a_file_that_is_not_done_are_not_taken_up(folder: Path, out: Path) -> None:
    (folder / "a.txt").write_text("trước", encoding="utf-8")
    clean(folder, out)
    texts = out / ".vnocr" / "texts"
    texts.mkdir()
    (texts / "half.jsonl").write_text('[1, "nửa", "", ""]\n', encoding="utf-8")
    (texts / "strange.jsonl").write_text('[1, "lạ", "", ""]\n{"path": "b.txt", "sha256": "x"}\n', encoding="utf-8")

    keeper = Keeper(folder, out)
    assert keeper.is_behind()
    keeper.make_whole()
    keeper.close()

    assert found(out, "nửa OR lạ") == []
    assert not texts.exists()


def test_nobody_reads_in_the_index_what_is_closed_to_him(folder: Path, out: Path) -> None:
    (folder / "a.txt").write_text("mật", encoding="utf-8")
    (folder / "a.txt").chmod(0o600)
    clean(folder, out)

    assert (out / INDEX).stat().st_mode & 0o077 == 0


def test_an_archive_as_a_program_sees_it(folder: Path, out: Path) -> None:
    put(folder, "a.pdf", pages=2)
    clean(folder, out)
    with open_archive(out) as archive:
        (document,) = archive.documents()
        assert (document.path, document.pages, document.year) == ("a.pdf", 2, 2021)
        assert document.facts == {"date": "ngày 3 tháng 2 năm 2021"}
        assert document.outputs == (out / "a.pdf.txt",)
        assert [page.number for page in archive.pages("a.pdf")] == [1, 2]
        assert archive.facets("báo")["year"] == [("2021", 1)]


def test_a_folder_without_an_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no archive"):
        open_archive(tmp_path)
