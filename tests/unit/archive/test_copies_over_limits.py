"""A copy of the original that goes over the limits costs itself: all else of the file is delivered."""

import dataclasses
from pathlib import Path

import pytest

from tests.unit.archive.helpers import FAKE, ask, clean, delivered, put
from vnreport_ocr.options import Options

BOTH = dataclasses.replace(FAKE, formats=("txt", "pdf"))


@pytest.mark.parametrize("pages", [1, 4])
@pytest.mark.parametrize(("name", "said"), [("deadly copy.pdf", "killed"), ("large copy.pdf", "more than 400 MB")])
def test_the_rest_is_delivered_and_the_copy_is_named(folder: Path, out: Path, name: str, said: str, pages: int) -> None:
    put(folder, name, pages=pages)
    put(folder, "b.pdf", pages=2)

    told = clean(folder, out, BOTH, Options(page_memory=400))

    assert set(delivered(out)) == {f"{name}.txt", "b.pdf.txt", "b.pdf.pdf"}
    assert (told[name].state, told["b.pdf"].state) == ("partial", "done")
    (row,) = ask(out, "SELECT number, error, error_class FROM pages WHERE error IS NOT NULL")
    number, error, error_class = row
    assert (number, error_class) == (pages, "CopyError")
    assert said in str(error)
    assert ask(out, f"SELECT count(*) FROM pages WHERE path = '{name}'") == [(pages,)]
    assert not list((out / ".vnocr").glob("pages/*"))
    assert clean(folder, out, BOTH, Options(page_memory=400)) == {}


def test_where_nothing_else_was_asked_for_the_file_fails(folder: Path, out: Path) -> None:
    put(folder, "deadly copy.pdf", pages=2)

    told = clean(folder, out, dataclasses.replace(FAKE, formats=("pdf",)))

    assert told["deadly copy.pdf"].state == "failed"
    assert ask(out, "SELECT error_class FROM files") == [("CopyError",)]
    assert delivered(out) == {}
