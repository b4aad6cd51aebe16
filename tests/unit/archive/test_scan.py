"""Which files are found, and what they are called."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.archive.names import real_name, shown
from vnreport_ocr.archive.scan import PassedOver, Scan, matches, output_stem
from vnreport_ocr.archive.settings import Settings


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def found(folder: Path, *include: str, exclude: tuple[str, ...] = ()) -> list[str]:
    scan = Scan(folder, folder / "out", Settings(include=include, exclude=exclude))
    return sorted(file.name for file in scan.files())


def test_documents_of_every_kind_are_found_in_order(tmp_path: Path) -> None:
    fill(tmp_path, "b.PDF", "a/1.jpeg", "a/2.TIF", "c.txt", "d.md", "e.png", "f.doc", "g", "h.jpg", "i.tiff")

    assert found(tmp_path) == ["a/1.jpeg", "a/2.TIF", "b.PDF", "c.txt", "d.md", "e.png", "h.jpg", "i.tiff"]


def test_hidden_things_and_the_output_itself_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".a.txt", ".git/b.txt", "out/c.txt", "d.txt", "deeper/out/e.txt")

    assert found(tmp_path) == ["d.txt", "deeper/out/e.txt"]


def test_links_that_lead_to_themselves_do_not_end_the_walk(tmp_path: Path) -> None:
    names = [f"{number:03}.txt" for number in range(100)]
    fill(tmp_path, *names)
    for name in ("round", "here.pdf", "there.pdf"):
        (tmp_path / name).symlink_to(tmp_path / {"here.pdf": "there.pdf", "there.pdf": "here.pdf"}.get(name, name))
    scan = Scan(tmp_path, tmp_path / "out")

    assert sorted(file.name for file in scan.files()) == [*names, "here.pdf", "there.pdf"]
    assert not scan.closed_folders


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

    (file,) = Scan(tmp_path, tmp_path / "out").files()

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

    scan = Scan(tmp_path, tmp_path / "out")

    assert [file.name for file in scan.files()] == ["open/a.txt"]
    assert scan.closed_folders == {"closed/"}


def test_what_is_not_read_is_counted_by_kind(tmp_path: Path) -> None:
    fill(tmp_path, "a.doc", "2019/b.DOC", "c.xlsx", "d.djvu", "e", "f.pdf", ".hidden.doc", "g.quite-another-thing")

    scan = Scan(tmp_path, tmp_path / "out")
    assert len(list(scan.files())) == 1

    assert scan.passed_over() == (
        PassedOver("doc", 2, ("2019/b.DOC", "a.doc")),
        PassedOver("no ending", 2, ("e", "g.quite-another-thing")),
        PassedOver("djvu", 1, ("d.djvu",)),
        PassedOver("xlsx", 1, ("c.xlsx",)),
    )


def test_links_that_lead_out_are_followed_only_where_that_is_asked_for(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    fill(folder, "a.txt")
    fill(outside, "secret.txt", "deeper/b.txt")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "twice.txt").symlink_to(folder / "link.txt")
    (folder / "folder").symlink_to(outside)
    (outside / "back").symlink_to(folder)
    (outside / "round").symlink_to(outside)
    careful = Scan(folder, tmp_path / "out")
    bold = Scan(folder, tmp_path / "out", Settings(follow_links=True))

    assert [file.name for file in careful.files()] == ["a.txt"]
    assert careful.passed_over() == (PassedOver("link", 3, ("folder", "link.txt", "twice.txt")),)
    assert sorted(file.name for file in bold.files()) == [
        "a.txt", "folder/deeper/b.txt", "folder/secret.txt", "link.txt", "twice.txt"
    ]  # fmt: skip


def test_names_that_differ_in_a_byte_have_keys_that_differ(tmp_path: Path) -> None:
    names = [
        os.fsdecode(b"b\xe1o.txt"), "b\\xe1o.txt", "b\\\\xe1o.txt", "b\\x5cxe1o.txt", "báo.txt", "ba\u0301o.txt",
        "a\nb.txt", "a\\x0ab.txt", "a\u202eb.txt", "a\\b.txt", "x\\",
    ]  # fmt: skip
    fill(tmp_path, *names)

    keys = {file.name: file.key for file in Scan(tmp_path, tmp_path / "out").files()}

    assert len(set(keys.values())) == len(names) - 1  # the last has no ending
    for name in names:
        assert real_name(shown(name)) == name
        assert shown(name).isprintable() or "\u0301" in name


@given(st.binary(min_size=1, max_size=12).filter(lambda raw: b"/" not in raw and b"\0" not in raw))
def test_a_key_leads_back_to_its_name(raw: bytes) -> None:
    name = os.fsdecode(raw)

    assert real_name(shown(name)) == name
    assert "\n" not in shown(name)
    shown(name).encode("utf-8")


def test_no_two_files_share_an_output() -> None:
    names = ["a.pdf", "a.txt", "a.PDF", "a.pdf.txt", "b/a.pdf"]

    assert len({output_stem(name) + ending for name in names for ending in (".txt", ".md")}) == 2 * len(names)


def test_a_pattern_is_told_letters_of_one_size() -> None:
    assert matches("A.PDF", "*.PDF")
    assert not matches("A.PDF", "*.pdf")
