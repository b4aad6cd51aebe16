"""The script that runs every step: each names a module that is there, and a text that is lacking is told."""

import importlib.util
from pathlib import Path

import pytest

from tools.dictionaries import rebuild

ROOT = Path(__file__).parents[3]


def test_every_step_is_there_and_documented() -> None:
    steps = list(rebuild.commands(Path("DIR"), Path("WORK"), Path("OUT")))
    page = (ROOT / "docs" / "dictionaries.md").read_text(encoding="utf-8")
    for command in steps:
        module = f"{rebuild.BUILD}.{command.module}"
        assert importlib.util.find_spec(module) is not None
        assert module in page
    made = {argument for command in steps for argument in command.arguments if argument.startswith("OUT")}
    assert made == {"OUT", "OUT/confusions-trueocr.tsv", "OUT/confusions.tsv", "OUT/shapes.bin", "OUT/symbols.tsv"}


def test_a_text_that_is_lacking_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rebuild.main([str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert "official-documents-2025.txt.xz is not there" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_step_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rebuild.main([str(tmp_path), "--only", "everything"])
    steps = "encode, words, pages, pairs, confusions, shapes, fast, symbols, mend, ngrams"
    assert f"steps: {steps}" in capsys.readouterr().err
