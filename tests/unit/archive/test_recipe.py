"""What makes a text another one is part of its recipe."""

import dataclasses
from pathlib import Path

import pytest

from vnreport_ocr.archive.programs import described
from vnreport_ocr.archive.recipe import recipes, told_options
from vnreport_ocr.archive.record import Record
from vnreport_ocr.options import Options


def model(folder: Path, content: bytes) -> Options:
    folder.mkdir(exist_ok=True)
    for name in ("vie", "osd"):
        (folder / f"{name}.traineddata").write_bytes(content)
    return Options(tessdata=str(folder))


def test_another_model_is_another_recipe_of_pictures_and_none_of_texts(tmp_path: Path) -> None:
    before = recipes(model(tmp_path / "models", b"one"), ("txt",))
    after = recipes(model(tmp_path / "models", b"another"), ("txt",))

    assert before["pdf"].programs != after["pdf"].programs
    assert before["image"].programs != after["image"].programs
    assert before["text"].programs == after["text"].programs


def test_an_engine_that_is_not_there_is_another_recipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    there = described("pdf", Options())
    monkeypatch.setenv("PATH", str(tmp_path))
    gone = described("pdf", Options())

    assert any(line.startswith("tesseract: tesseract 5") for line in there)
    assert any(line.startswith("pdftoppm: pdftoppm version") for line in there)
    assert "tesseract: not installed" in gone


def test_who_reads_no_picture_needs_no_engine() -> None:
    assert not any("tesseract" in line for line in described("pdf", Options(source="layer")))


def test_the_difference_is_told() -> None:
    recipe = recipes(Options(), ("txt",))["pdf"]
    record = Record("a.pdf", options=recipe.options, dictionaries=recipe.dictionaries, programs=recipe.programs)

    assert recipe.difference(record) is None
    assert recipe.difference(dataclasses.replace(record, programs=None)) is None
    assert recipe.difference(dataclasses.replace(record, programs="x")) == "other programs"
    assert recipe.difference(dataclasses.replace(record, options="x")) == "other options"


def test_a_password_is_never_told() -> None:
    assert told_options(Options(password="bí mật", reflow=True)) == '{"reflow": true}'
