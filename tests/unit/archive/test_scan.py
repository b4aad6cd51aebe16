"""Which files are found, and what they are called."""

import os
from pathlib import Path

import pytest

from vnreport_ocr.archive.scan import matches, output_stem, scan_folder


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def found(folder: Path, *include: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [file.name for file in scan_folder(folder, folder / "out", include, exclude).files]


def test_documents_of_every_kind_are_found_in_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.PDF", "a/1.jpeg", "a/2.TIF", "c.txt", "d.md", "e.png", "f.docx", "g", "h.jpg", "i.tiff")

    assert found(tmp_path) == ["a/1.jpeg", "a/2.TIF", "b.PDF", "c.txt", "d.md", "e.png", "h.jpg", "i.tiff"]


def test_hidden_things_and_the_output_itself_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".a.txt", ".git/b.txt", "out/c.txt", "d.txt", "deeper/out/e.txt")

    assert found(tmp_path) == ["d.txt", "deeper/out/e.txt"]


def test_the_output_of_another_run_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "older/.vnocr/lock", "older/a.txt.txt", "older/2019/b.txt.txt")

    assert found(tmp_path) == ["a.txt"]


def test_a_link_to_a_folder_is_not_followed_and_one_to_a_file_is(tmp_path: Path) -> None:
    fill(tmp_path, "a/b.txt")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "c.txt").symlink_to(tmp_path / "a/b.txt")

    assert found(tmp_path) == ["a/b.txt", "c.txt"]


def test_a_link_into_nothing_is_found_so_that_it_can_be_told(tmp_path: Path) -> None:
    (tmp_path / "lost.pdf").symlink_to(tmp_path / "nowhere.pdf")

    assert found(tmp_path) == ["lost.pdf"]


def test_a_name_that_is_no_utf8_can_be_told(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xe1o c\xe1o.txt")
    (tmp_path / name).write_text("x", encoding="utf-8")

    (file,) = scan_folder(tmp_path, tmp_path / "out").files

    assert file.name == name
    assert file.key == "b\\xe1o c\\xe1o.txt"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["2019/a.txt", "2020/quý 1/b.txt", "c.txt"]),
        ("2019/*", ["2019/a.txt"]),
        ("2020/", ["2020/quý 1/b.txt", "2020/quý 1/d.pdf"]),
        ("quý 1", ["2020/quý 1/b.txt", "2020/quý 1/d.pdf"]),
        ("./2020/*.pdf", ["2020/quý 1/d.pdf"]),
        ("nothing", []),
    ],
)
def test_include(tmp_path: Path, pattern: str, expected: list[str]) -> None:
    fill(tmp_path, "2019/a.txt", "2020/quý 1/b.txt", "2020/quý 1/d.pdf", "c.txt")

    assert found(tmp_path, pattern) == expected


def test_exclude_wins_over_include(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt", "b.txt", "drafts/c.txt")

    assert found(tmp_path, "*.txt", exclude=("drafts", "b.*")) == ["a.txt"]


def test_a_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "open/a.txt", "closed/b.txt")
    real = os.scandir

    def scandir(path: Path) -> "os._ScandirIterator[str]":
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(str(path))

    monkeypatch.setattr(os, "scandir", scandir)  # the tests may run as root, whom no folder is closed to

    scan = scan_folder(tmp_path, tmp_path / "out")

    assert scan.closed_folders == ("closed/",)
    assert [file.name for file in scan.files] == ["open/a.txt"]


def test_no_two_files_share_an_output() -> None:
    names = ["a.pdf", "a.txt", "a.PDF", "a.pdf.txt", "b/a.pdf"]

    assert len({output_stem(name) + ending for name in names for ending in (".txt", ".md")}) == 2 * len(names)


def test_a_pattern_is_told_letters_of_one_size() -> None:
    assert matches("A.PDF", "*.PDF")
    assert not matches("A.PDF", "*.pdf")
