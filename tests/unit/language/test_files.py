"""Dictionaries: found where they lie, refused where they are lacking, torn or of another kind."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.confusions import open_confusions
from vnreport_ocr.language.files import FILES, dictionaries_version, find_dictionaries
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.language.lexicon import open_lexicon
from vnreport_ocr.language.ngrams import open_model
from vnreport_ocr.language.symbols import open_symbols

OPENERS: dict[str, Callable[[Path], object]] = {
    "words.tsv": open_lexicon,
    "ngrams.bin": open_model,
    "confusions.tsv": open_confusions,
    "symbols.tsv": open_symbols,
}


def test_ours_are_found() -> None:
    folder = find_dictionaries()
    assert all((folder / name).is_file() for name in FILES)
    assert find_dictionaries(str(folder)) == folder


def test_they_fit_into_the_wheel() -> None:
    folder = find_dictionaries()
    assert sum((folder / name).stat().st_size for name in FILES) < 50_000_000


def test_a_folder_that_lacks_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("", encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"no ngrams\.bin.*--dictionaries"):
        find_dictionaries(str(tmp_path))


def test_versions_follow_the_content(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        for name in FILES:
            (folder / name).write_text(name, encoding="utf-8")
    assert dictionaries_version(first) == dictionaries_version(second)
    third = tmp_path / "c"
    shutil.copytree(first, third)
    (third / "symbols.tsv").write_text("symbols.tsw", encoding="utf-8")
    assert dictionaries_version(third) != dictionaries_version(first)


def test_a_language_is_opened_once() -> None:
    folder = str(find_dictionaries())
    assert open_language(folder) is open_language()


@pytest.mark.parametrize("name", FILES)
def test_every_opener_has_a_file(name: str) -> None:
    OPENERS[name](find_dictionaries() / name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"something else\n1\t2\n", b"\xff\xfe\x00\x01" * 20])
def test_what_is_no_dictionary_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DictionaryError, match=name):
        OPENERS[name](path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_torn_dictionary_is_refused(name: str, share: float, tmp_path: Path) -> None:
    whole = (find_dictionaries() / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * share) - (2 if name != "ngrams.bin" else 0)])
    if name in ("words.tsv", "symbols.tsv", "confusions.tsv"):
        # A line that breaks off inside; a cut between two lines cannot be told from a shorter list.
        path.write_bytes(path.read_bytes().rpartition(b"\t")[0] + b"\t")
    with pytest.raises(DictionaryError, match=name):
        OPENERS[name](path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_dictionary_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match=name):
        OPENERS[name](tmp_path / name)
