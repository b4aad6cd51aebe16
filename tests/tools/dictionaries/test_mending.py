"""A slip that a corpus repeats is mended by a model that was counted without that corpus."""

from pathlib import Path

import pytest

from tests.tools.dictionaries import corpus
from tools.dictionaries import mending
from tools.dictionaries.encode import encode
from tools.dictionaries.inputs import hash_of
from tools.dictionaries.vocabulary import SOURCES
from vnreport_ocr.language.files import find_dictionaries
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

BUCKETS = 12_000
MISREAD = "law-codified"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora of which one, read from a scan, has the same slip again and again."""
    folder = tmp_path_factory.mktemp("texts")
    corpus.write(folder, 150)
    path = folder / f"{MISREAD}.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("ội đồng nhân dân", "ội đông nhân dân"), encoding="utf-8")
    return folder


def encoded(texts: Path, folder: Path) -> Path:
    for path in sorted(texts.iterdir()):
        encode(path, folder)
    for source in SOURCES:
        mending.number(folder, source.name, find_dictionaries())
    return folder


def test_a_repeated_slip_is_mended_and_counted_so(texts: Path, tmp_path: Path) -> None:
    original = texts / f"{MISREAD}.txt"
    assert original.read_text(encoding="utf-8").count("ội đông nhân dân") > 10
    work = encoded(texts, tmp_path / "encoded")
    mending.main(work, find_dictionaries(), tmp_path / "mended", BUCKETS, texts)
    after = (tmp_path / "mended" / f"{MISREAD}.txt").read_text(encoding="utf-8")
    assert "ội đông nhân dân" not in after
    assert "đông" not in (work / f"{MISREAD}.forms").read_text(encoding="utf-8").split()
    assert (work / f"{MISREAD}.sha256").read_text(encoding="ascii").strip() == hash_of(original)


def test_the_model_that_counted_the_slip_leaves_it(texts: Path, tmp_path: Path) -> None:
    """This is why no corpus is mended by a model that knows it."""
    mending.without(encoded(texts, tmp_path / "encoded"), find_dictionaries(), (), tmp_path / "all", BUCKETS)
    sentence = "Hội đông nhân dân ban hành nghị quyết về công tác cán bộ năm 2020."
    kept = Pipeline(Options(dictionaries=str(tmp_path / "all"))).clean_text(sentence)
    assert "đông" in kept.text
