"""An archive that many threads ask at once."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from vnreport_ocr.archive import opened
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import MissingFileError, OutputError, QueryError, UsageError

WORDS = ("cam", "bưởi", "chuối", "dừa", "mít", "xoài")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("fruit")
    (place / "in").mkdir()
    for count, word in enumerate(WORDS, 1):
        for number in range(count):
            text = f"Vườn {word} của hợp tác xã.\n"
            (place / "in" / f"{word}-{number}-{2000 + count}.txt").write_text(text, encoding="utf-8")
    assert run(["batch", str(place / "in"), "-o", str(place / "out"), "-j", "1", "-q", "-f", "txt"]) == 0
    return place / "out"


def test_threads_do_not_disturb_each_other(out: Path) -> None:
    together = Barrier(len(WORDS))
    with Archive(out) as archive:

        def ask(count: int, word: str) -> list[object]:
            together.wait(60)
            wrong: list[object] = []
            for _ in range(15):
                facets = archive.facets(word)
                if facets["year"] != [(str(2000 + count), count)]:
                    wrong.append(facets)
                answer = archive.search(word)
                if answer.total != count or any(word not in found.path for found in answer.found):
                    wrong.append(answer)
                if [page.number for page in archive.pages(f"{word}-0-{2000 + count}.txt")] != [1]:
                    wrong.append(word)
            return wrong

        with ThreadPoolExecutor(len(WORDS)) as pool:
            asked = [pool.submit(ask, count, word) for count, word in enumerate(WORDS, 1)]
            assert [one.result(300) for one in asked] == [[]] * len(WORDS)


def test_one_asked_for_all_can_be_asked_meanwhile(out: Path) -> None:
    with Archive(out) as archive:
        documents = archive.documents()
        first = next(documents)
        assert archive.document(first.path) == first
        assert len(list(documents)) == sum(range(len(WORDS) + 1)) - 1


def test_facets_narrow_down(out: Path) -> None:
    with Archive(out) as archive:
        assert archive.search("vườn", only={"year": "2003"}).total == 3
        assert archive.facets("vườn", {"year": "2003"})["year"] == [("2003", 3)]
        count, documents = archive.some_documents(limit=2, only={"year": "2004"})
        assert (count, len(documents)) == (4, 2)
        assert sum(number for _, number in archive.facets(None)["year"]) == 21


def test_a_closed_archive_says_so(out: Path) -> None:
    archive = Archive(out)
    archive.close()
    with pytest.raises(UsageError):
        archive.search("cam")


def test_a_search_that_takes_too_long_is_given_up(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "_STEPS", 1)
    with Archive(out, patience=-1.0) as archive, pytest.raises(QueryError, match="too long"):
        archive.search("vườn")
    with Archive(out, patience=1000.0) as archive:
        assert archive.search("vườn").total == 21


@pytest.fixture
def unwritable(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the archive that keeps its index as it is, as on a disk that nothing can be written to."""
    monkeypatch.setattr(opened, "catch_up", lambda *_: False)
    return Path(shutil.copytree(out, tmp_path / "out"))


@pytest.mark.parametrize(("begun", "cure"), [(b"", "once more"), (bytes(100), "Remove it"), (b"x" * 99, "Remove it")])
def test_an_index_with_nothing_in_it_is_told_with_its_cure(begun: bytes, cure: str, unwritable: Path) -> None:
    (unwritable / "search.db").write_bytes(begun)
    with pytest.raises((MissingFileError, OutputError)) as caught, Archive(unwritable) as archive:
        archive.search("cam")
    assert cure in caught.value.advice


def test_an_index_without_its_tables_is_to_be_made_anew(unwritable: Path) -> None:
    (unwritable / "search.db").unlink()
    with closing(sqlite3.connect(unwritable / "search.db")) as base:
        base.execute("CREATE TABLE other (name)")
    with pytest.raises(OutputError) as caught, Archive(unwritable) as archive:
        archive.search("cam")
    assert caught.value.advice.startswith("Remove it")
