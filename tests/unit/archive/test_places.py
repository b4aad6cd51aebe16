"""Outputs that have no place: told with what helps, and the other files go on."""

from pathlib import Path

import pytest

from tests.unit.archive.helpers import ask, clean, delivered, put
from vnreport_ocr.archive.summary import read_summary
from vnreport_ocr.errors import OutputError


def cure_of(out: Path, name: str) -> str:
    ((cure,),) = ask(out, f"SELECT cure FROM files WHERE path = '{name}' AND state = 'failed'")
    return str(cure)


def test_a_name_that_grows_too_long(folder: Path, out: Path) -> None:
    name = "d" * 251 + ".pdf"
    put(folder, name)
    put(folder, "b.pdf")

    told = clean(folder, out)

    assert told[name].error == "The name of its output would have 259 bytes; 255 are possible."
    assert cure_of(out, name) == "Give the file a shorter name."
    assert told["b.pdf"].state == "done"


def test_a_file_beside_a_folder_that_is_called_like_its_output(folder: Path, out: Path) -> None:
    put(folder, "thu.pdf")
    put(folder, "thu.pdf.txt/a.pdf")
    put(folder, "thu.pdf.txt/b.pdf")

    told = clean(folder, out)

    assert "where the outputs of the folder thu.pdf.txt go" in str(told["thu.pdf"].error)
    assert cure_of(out, "thu.pdf") == "Rename the file or that folder."
    assert set(delivered(out)) == {"thu.pdf.txt/a.pdf.txt", "thu.pdf.txt/b.pdf.txt"}


def test_a_folder_that_came_later_finds_an_output_in_its_place(folder: Path, out: Path) -> None:
    put(folder, "thu.pdf")
    clean(folder, out)
    put(folder, "thu.pdf.txt/a.pdf")
    put(folder, "z.pdf")

    told = clean(folder, out)

    assert "A file is in the way of an output folder" in str(told["thu.pdf.txt/a.pdf"].error)
    assert told["z.pdf"].state == "done"


@pytest.mark.parametrize("name", ["archive.db", "report.html", "search.db", "documents.csv"])
def test_a_folder_with_a_name_that_the_output_needs_itself(folder: Path, out: Path, name: str) -> None:
    put(folder, f"{name}/a.pdf")
    put(folder, "b.pdf")

    told = clean(folder, out)

    assert told[f"{name}/a.pdf"].error == f"The output folder keeps the name {name} for itself."
    assert cure_of(out, f"{name}/a.pdf") == f"Rename the folder {name}."
    assert told["b.pdf"].state == "done"
    (failure,) = read_summary(out).failures
    assert (failure.cure, failure.examples) == (f"Rename the folder {name}.", (f"{name}/a.pdf",))


def test_a_folder_where_the_ledger_belongs(folder: Path, out: Path) -> None:
    (out / "archive.db").mkdir(parents=True)

    with pytest.raises(OutputError, match="There is a folder where the ledger belongs") as caught:
        clean(folder, out)
    assert "Rename the folder" in caught.value.advice


def test_a_copy_without_a_place_fails_alone(folder: Path, out: Path) -> None:
    for name in ("a.pdf", "d" * 251 + ".pdf", "z.pdf"):
        (folder / name).write_text("{}", encoding="utf-8")

    told = clean(folder, out)

    assert sorted(outcome.state for outcome in told.values()) == ["done", "failed", "moved"]
