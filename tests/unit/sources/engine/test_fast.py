"""The engine trueocr: real readings of printed pages where the extra is installed."""

import socket
import sys
import time
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.unit.sources.conftest import SENTENCES, picture_of
from vnreport_ocr.archive.programs import described
from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import EngineTimeoutError, MissingExtraError, OptionError
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline, second_reader, tesseract
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.linefinding import angle_of_lines, tiles
from vnreport_ocr.sources.engine.linemodels import check_fast
from vnreport_ocr.sources.engine.protocol import Layout, ReadWord, Request
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.engine.tidying import tidied
from vnreport_ocr.sources.ocr.page import read_scan
from vnreport_ocr.sources.picture.prepare import straightened, turned
from vnreport_ocr.sources.picture.value import Picture, PixelBox

installed = pytest.mark.skipif(find_spec("trueocr") is None, reason="the extra fast (trueocr) is not installed")
PAGE = picture_of(*SENTENCES)


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trueocr", None)
    with pytest.raises(MissingExtraError, match=r"pip install vnreport-ocr\[fast\]"):
        tesseract(Options(engine="trueocr"))
    with pytest.raises(MissingExtraError, match=r"pip install vnreport-ocr\[fast\]"):
        second_reader(Options(quality="best"))
    assert second_reader(Options()) is None


def test_what_is_missing_is_told_before_a_page_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("vnreport_ocr.sources.engine.linemodels.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError):
        check_fast()


@pytest.mark.parametrize("asked", [["--engine", "trueocr"], ["--quality", "best"]])
def test_the_command_tells_once_what_is_missing(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("vnreport_ocr.sources.engine.linemodels.find_spec", lambda name: None)
    for name in ("mot.png", "hai.png"):
        Image.fromarray(PAGE.pixels).save(tmp_path / name, dpi=(PAGE.dpi, PAGE.dpi))
    files = [str(tmp_path / name) for name in ("mot.png", "hai.png")]
    assert run(["clean", *files, *asked, "-j", "1", "-o", str(tmp_path / "out")]) == MissingExtraError.exit_code
    said = capsys.readouterr().err
    assert "pip install vnreport-ocr[fast]" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("more", [{"engine": "trueocr"}, {"language": "eng"}])
def test_the_best_quality_is_of_tesseract_in_vietnamese(more: dict[str, str]) -> None:
    with pytest.raises(OptionError, match="quality best"):
        Options(quality="best", **more)  # type: ignore[arg-type]
    assert Options(quality="best", engine="tesserocr", tessdata="models").quality == "best"


@pytest.mark.parametrize("more", [{"language": "eng"}, {"tessdata": "models"}])
def test_what_is_for_tesseract_alone_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(OptionError, match="is for Tesseract"):
        Options(engine="trueocr", **more)  # type: ignore[arg-type]


def test_records_name_the_engine_and_its_version() -> None:
    parts = described("image", Options(engine="trueocr"))
    assert any(part.startswith("trueocr") for part in parts)
    assert any(part.startswith("onnxruntime") for part in parts)
    assert not any(part.startswith("tesseract") for part in parts)
    assert Options(engine="trueocr").fingerprint() != Options().fingerprint()
    both = described("image", Options(quality="best"))
    assert {part.split()[0].rstrip(":") for part in both} >= {"tesseract", "trueocr", "onnxruntime"}
    assert Options(quality="best").fingerprint() != Options().fingerprint()


@installed
def test_words_stand_where_tesseract_has_them() -> None:
    mine, other = TrueOcr().read(PAGE, Request(alternatives=True)), Tesseract().read(PAGE, Request())
    assert len(mine) == len(other) == len(SENTENCES)
    for one, two in zip(mine, other, strict=True):
        assert len(one.words) == len(two.words)
        for word, same in zip(one.words, two.words, strict=True):
            # A mark that leans over the next word, or a stop, may lie on either side of the blank.
            assert max(abs(a - b) for a, b in zip(word.box, same.box, strict=True)) <= 8
            assert 0 <= word.confidence <= 1
    assert score("\n".join(SENTENCES), "\n".join(line.text for line in mine)).cer < 0.05
    assert any(word.alternatives for line in mine for word in line.words)


@installed
def test_it_never_asks_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    engine = TrueOcr()
    assert engine.read(PAGE, Request())
    assert engine.orientation(PAGE, 10) is not None


@installed
@pytest.mark.parametrize("angle", [-2.0, 0.6])
def test_a_page_askew_is_read_and_its_words_stay_where_they_are(angle: float) -> None:
    level = picture_of(*(SENTENCES * 3), size=(5.6, 5))
    askew = straightened(level, angle)
    assert angle_of_lines(askew) == pytest.approx(-angle, abs=0.25)
    straight, turned_ = (TrueOcr().read(page, Request()) for page in (level, askew))
    assert len(turned_) == len(straight)
    matrix = np.array([[np.cos(np.radians(angle)), np.sin(np.radians(angle))],
                       [-np.sin(np.radians(angle)), np.cos(np.radians(angle))]])  # fmt: skip
    middle = np.array([level.width / 2, level.height / 2])
    for one, two in zip(straight, turned_, strict=True):
        for word, same in zip(one.words[:1], two.words[:1], strict=True):
            was = np.array([(word.box.left + word.box.right) / 2, word.box.middle])
            now = np.array([(same.box.left + same.box.right) / 2, same.box.middle])
            assert np.abs(matrix @ (was - middle) + middle - now).max() < 12


@installed
def test_a_page_on_its_head_is_turned() -> None:
    page = turned(picture_of(*(SENTENCES * 4), size=(5.6, 6)), 180)
    told = TrueOcr().orientation(page, 10)
    assert told is not None
    assert told.degrees == 180
    assert told.confidence > 1
    lines = read_scan(turned(page, 90), TrueOcr(), time.monotonic() + 60).lines
    assert score(SENTENCES[0], lines[0].raw).cer < 0.1


@installed
def test_figures_alone_are_read_where_only_they_may_be() -> None:
    figures = picture_of("1.250", "12,5", size=(2, 1))
    engine = TrueOcr()
    assert [line.text for line in engine.read(figures, Request("block", letters="0123456789.,"))] == ["1.250", "12,5"]
    one = Picture(figures.pixels[: figures.height // 2], figures.dpi)
    assert [line.text for line in engine.read(one, Request("line"))] == ["1.250"]


@installed
def test_time_runs_out() -> None:
    with pytest.raises(EngineTimeoutError):
        TrueOcr().read(PAGE, Request(timeout=0.0))


@installed
@pytest.mark.parametrize("value", [0, 120, 255])
def test_a_page_with_nothing_on_it_gives_no_lines(value: int) -> None:
    empty = Picture(np.full((300, 200), value, dtype=np.uint8), 100)
    engine = TrueOcr()
    layouts: tuple[Layout, ...] = ("page", "block", "line")
    for layout in layouts:
        assert all(line.words for line in engine.read(empty, Request(layout)))
    paper = Picture(np.full((300, 200), 255, dtype=np.uint8), 100)
    assert read_scan(paper, engine, time.monotonic() + 60).lines == ()


def test_a_high_picture_is_cut_between_its_lines() -> None:
    grey = np.full((1000, 20), 255, dtype=np.uint8)
    grey[np.arange(1000) % 50 < 30] = 0
    parts = list(tiles(grey, 200))
    assert parts[0][0] == 0
    assert parts[-1][1] == 1000
    assert all(one[1] == two[0] and two[0] % 50 >= 30 for one, two in pairwise(parts))
    assert all(bottom - top <= 200 * 4 // 3 for top, bottom in parts)


@installed
def test_the_command_reads_with_it_in_its_workers(tmp_path: Path) -> None:
    page = tmp_path / "trang.png"
    Image.fromarray(PAGE.pixels).save(page, dpi=(PAGE.dpi, PAGE.dpi))
    assert run(["clean", str(page), "--engine", "trueocr", "-j", "1", "-o", str(tmp_path / "out")]) == 0
    read = (tmp_path / "out" / "trang.txt").read_text(encoding="utf-8")
    assert score("\n".join(SENTENCES), read).cer < 0.02
    notes = Pipeline(Options(engine="trueocr")).clean_page(page, 1).notes
    assert any(note.startswith("read by trueocr 0.1") for note in notes)


def word(text: str, left: float = 0, right: float = 60) -> ReadWord:
    return ReadWord(text, PixelBox(left, 0, right, 40), 0.9, (("X" + text, 0.2),))


@pytest.mark.parametrize(
    ("read", "meant"),
    [("ll", "II"), ("lI,", "II,"), ("lP67", "IP67"), ("l2", "I2"), ("làm", "làm"), ("l", "l"), ("lớn", "lớn"),
     ("Việt..", "Việt..."), ("v.v...", "v.v..."), ("8....", "8...."), ("ILO", "ILO"), ("lloyd", "lloyd"), ("Al", "Al")],
)  # fmt: skip
def test_a_small_l_among_capitals_is_a_capital_and_stops_are_one_or_three(read: str, meant: str) -> None:
    blank = np.full((40, 80), 255, dtype=np.uint8)
    (tidy,) = tidied([word(read)], blank)
    assert tidy.text == meant
    assert (read in dict(tidy.alternatives)) == ("l" in read and read != meant)


@pytest.mark.parametrize(("wide", "sign"), [(14, "-"), (24, "\N{EN DASH}")])
def test_a_dash_is_told_by_its_width(wide: int, sign: str) -> None:
    blank = np.full((40, 80), 255, dtype=np.uint8)
    line = [word("Tự"), word("-", 62, 62 + wide), word("do"), word("-5"), word("Hạnh")]
    assert [one.text for one in tidied(line, blank)] == ["Tự", sign, "do", "-5", "Hạnh"]


@pytest.mark.parametrize(("gap", "parted"), [(10, ["-", "Như", "trên"]), (2, ["-Như", "trên"])])
def test_the_mark_of_an_item_stands_apart_where_its_ink_does(gap: int, parted: list[str]) -> None:
    grey = np.full((40, 80), 255, dtype=np.uint8)
    grey[18:22, 2:14] = 0
    grey[5:35, 14 + gap : 55] = 0
    made = tidied([word("-Như"), word("trên")], grey)
    assert [one.text for one in made] == parted
    if len(made) == 3:
        assert made[0].box.right <= made[1].box.left
        assert not made[1].alternatives
