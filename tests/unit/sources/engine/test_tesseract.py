import os
import stat
from pathlib import Path

import numpy as np
import pytest
from pytesseract import pytesseract

from tests.unit.sources.conftest import SENTENCES, picture_of
from vnreport_ocr.errors import (
    EngineError,
    EngineKilledError,
    EngineTimeoutError,
    MissingEngineError,
    MissingLanguageError,
)
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.engine.tesseract import Tesseract, installed_languages, installed_version, model_folder
from vnreport_ocr.sources.picture.value import Picture

SMALL = picture_of("Sở Y tế", size=(1.6, 0.6))


def program(folder: Path, script: str) -> str:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_reads_vietnamese_with_boxes_and_confidences() -> None:
    lines = Tesseract().read(picture_of(*SENTENCES[:2]), Request("page", alternatives=True))
    assert [line.text for line in lines] == list(SENTENCES[:2])
    words = [word for line in lines for word in line.words]
    assert all(0.5 < word.confidence <= 1 for word in words)
    assert all(0 <= word.box.left < word.box.right <= 1120 for word in words)


def test_reads_only_the_letters_it_is_allowed() -> None:
    lines = Tesseract().read(picture_of("1.844.154", size=(1.6, 0.6)), Request("line", letters="0123456789."))
    assert lines[0].text == "1.844.154"


def test_colours_are_read_as_well() -> None:
    grey = picture_of(*SENTENCES[:2])
    blue = np.stack([grey.pixels, grey.pixels, np.maximum(grey.pixels, 60)], axis=2)
    lines = Tesseract().read(Picture(blue, grey.dpi), Request("page"))
    assert [line.text for line in lines] == list(SENTENCES[:2])


def test_knows_which_way_a_page_stands() -> None:
    page = picture_of(*(SENTENCES * 4), size=(5.6, 6))
    lying = Picture(page.pixels[::-1, ::-1].copy(), page.dpi)
    turn = Tesseract().orientation(lying, 30)
    assert turn is not None
    assert turn.degrees == 180


def test_reads_with_the_models_of_another_folder(tmp_path: Path) -> None:
    model = Path(model_folder("vie")) / "vie.traineddata"
    (tmp_path / "vie.traineddata").write_bytes(model.read_bytes())
    engine = Tesseract("vie", str(tmp_path))
    assert engine.read(picture_of(*SENTENCES[:2]), Request("page"))[0].text == SENTENCES[0]
    assert engine.orientation(picture_of(*(SENTENCES * 4), size=(5.6, 6)), 30) is not None, "from the usual folder"


def test_a_folder_without_a_sound_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingLanguageError, match=r"no vie\.traineddata in .*--tessdata"):
        Tesseract("vie", str(tmp_path))
    (tmp_path / "vie.traineddata").write_bytes(b"cut off")
    with pytest.raises(MissingLanguageError, match=r"model vie in .* cannot be loaded.*--tessdata"):
        Tesseract("vie", str(tmp_path)).read(SMALL, Request("page"))


def test_an_empty_page_has_no_orientation_and_no_words() -> None:
    empty = picture_of(size=(1, 1))
    assert Tesseract().orientation(empty, 30) is None
    assert Tesseract().read(empty, Request()) == ()


def test_one_thread_unless_the_user_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    Tesseract()
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
    monkeypatch.setenv("OMP_THREAD_LIMIT", "3")
    Tesseract()
    assert os.environ["OMP_THREAD_LIMIT"] == "3"


def test_a_missing_program_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "tesseract_cmd", "no-such-program")
    with pytest.raises(MissingEngineError, match="apt install tesseract-ocr"):
        Tesseract().read(SMALL, Request())


def test_a_missing_model_names_the_cure() -> None:
    assert {"vie", "osd"} <= installed_languages()
    with pytest.raises(MissingLanguageError, match="xyz"):
        Tesseract("xyz").read(SMALL, Request())


def test_a_hanging_engine_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "tesseract_cmd", program(tmp_path, "exec sleep 60"))
    with pytest.raises(EngineTimeoutError, match=r"0\.3 seconds"):
        Tesseract().read(SMALL, Request(timeout=0.3))


def test_a_killed_engine_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "tesseract_cmd", program(tmp_path, "kill -9 $$"))
    with pytest.raises(EngineKilledError, match="signal 9"):
        Tesseract().read(SMALL, Request())


@pytest.mark.parametrize("script", ["echo 'some trouble' >&2; exit 1", "exit 0"])
def test_a_failing_engine_says_so(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed_languages()
    monkeypatch.setattr(pytesseract, "tesseract_cmd", program(tmp_path, script))
    with pytest.raises(EngineError):
        Tesseract().read(SMALL, Request())


def test_a_garbled_answer_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "tesseract_cmd", program(tmp_path, 'echo "<<" > "$2.hocr"'))
    with pytest.raises(EngineError, match="understood"):
        Tesseract().read(SMALL, Request())


def test_the_version_is_known() -> None:
    assert int(installed_version().split(".")[0]) >= 4
