"""Tesseract inside the process: what it says is what the program says. Real readings where the extra is installed."""

import sys
import time
from importlib.util import find_spec

import pytest

from tests.unit.sources.conftest import SENTENCES, picture_of
from vnreport_ocr.errors import EngineTimeoutError, MissingExtraError, MissingLanguageError
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline, tesseract
from vnreport_ocr.sources.engine.inprocess import InProcess
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.engine.tesseract import Tesseract, model_folder
from vnreport_ocr.sources.ocr.figures import FIGURE_LETTERS
from vnreport_ocr.sources.ocr.page import read_scan
from vnreport_ocr.sources.picture.prepare import turned

installed = pytest.mark.skipif(find_spec("tesserocr") is None, reason="the extra tesserocr is not installed")
PAGE = picture_of(*SENTENCES)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(MissingExtraError, match=r"pip install vnreport-ocr\[tesserocr\]"):
        tesseract(Options(engine="tesserocr"))


def test_the_program_is_what_is_used_unless_asked() -> None:
    assert isinstance(tesseract(Options()), Tesseract)


def test_models_are_where_the_program_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert "tessdata" in model_folder("vie")
    with pytest.raises(MissingLanguageError, match="no model klingon"):
        model_folder("vie+klingon")
    monkeypatch.setenv("TESSDATA_PREFIX", "models")
    assert model_folder("klingon") == "models"


@installed
def test_words_boxes_and_confidences_are_the_program_s() -> None:
    request = Request(alternatives=True)
    mine, other = InProcess().read(PAGE, request), Tesseract().read(PAGE, request)
    assert [line.text for line in mine] == [line.text for line in other] == list(SENTENCES)
    for one, two in zip(mine, other, strict=True):
        for word, same in zip(one.words, two.words, strict=True):
            assert max(abs(a - b) for a, b in zip(word.box, same.box, strict=True)) <= 3
            assert word.confidence == pytest.approx(same.confidence, abs=0.1)


@installed
def test_a_request_leaves_nothing_behind_for_the_next() -> None:
    engine = InProcess()
    figures = picture_of("1.250", "12,5", size=(2, 1))
    assert [line.text for line in engine.read(figures, Request("block", letters=FIGURE_LETTERS))] == ["1.250", "12,5"]
    assert [line.text for line in engine.read(PAGE, Request())] == list(SENTENCES)
    assert not any(word.alternatives for line in engine.read(PAGE, Request()) for word in line.words)


@installed
def test_time_runs_out() -> None:
    with pytest.raises(EngineTimeoutError):
        InProcess().read(picture_of(*(SENTENCES * 8), size=(5.6, 11)), Request(timeout=0.001))


@installed
def test_a_page_on_its_head_is_turned() -> None:
    reading = read_scan(turned(picture_of(*(SENTENCES * 4), size=(5.6, 6)), 180), InProcess(), time.monotonic() + 60)
    assert reading.lines[0].raw == SENTENCES[0]


@installed
def test_notes_name_it() -> None:
    cleaner = Pipeline(Options(engine="tesserocr"))
    assert cleaner.options.fingerprint() != Options().fingerprint()
    assert InProcess().name.startswith("tesserocr ")
