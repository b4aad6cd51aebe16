"""A second reader's say in words and figures: with chances made up here, and real ones where the extra is installed."""

import json
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from tests.unit.sources.conftest import SENTENCES, picture_of
from tests.unit.sources.picture.test_rulings import ruled
from vnreport_ocr.cli.main import run
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.repair.repairer import Repairer
from vnreport_ocr.sources.engine.ctc import Alphabet
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.heard import HeardLine
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, Request
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.cells import Readers, read_cells
from vnreport_ocr.sources.ocr.heardweighing import STEP, only_heard, weigh_heard
from vnreport_ocr.sources.ocr.heardwords import HeardIndex
from vnreport_ocr.sources.ocr.look import mended
from vnreport_ocr.sources.ocr.page import read_scan
from vnreport_ocr.sources.ocr.shapes import open_shapes
from vnreport_ocr.sources.picture.rulings import find_grids
from vnreport_ocr.sources.picture.value import Picture, PixelBox

installed = pytest.mark.skipif(find_spec("trueocr") is None, reason="the extra fast (trueocr) is not installed")
MARKED = "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
LETTERS = Alphabet(tuple(" .,:;/-%'()0123456789abcdefghijklmnopqrstuvwxyz" + MARKED))


def heard(text: str, rival: str = "", lead: float = 6.0, confidence: float = 0.95) -> HeardLine:
    """A line that says a text, all of whose letters differ from those of a rival by so many nats together."""
    scores = np.full((2 * len(text) + 1, len(LETTERS.letters) + 1), -12.0, dtype=np.float32)
    scores[:, 0] = -0.1
    differing = max(1, sum(a != b for a, b in zip(text, rival, strict=False)))
    for number, letter in enumerate(text):
        row = scores[2 * number + 1]
        row[0], row[LETTERS.columns[letter]] = -12.0, -0.05
        if rival and rival[number] != letter:
            row[LETTERS.columns[rival[number]]] = -0.05 - lead / differing
    words, spans, left = [], [], 0
    for part in text.split(" "):
        box = PixelBox(10.0 * left, 0.0, 10.0 * (left + len(part)) - 4, 20.0)
        words.append(ReadWord(part, box, confidence))
        spans.append((2 * left, 2 * (left + len(part)) + 1))
        left += len(part) + 1
    return HeardLine(tuple(words), tuple(spans), scores, LETTERS)


def read(text: str, confidence: float = 0.7, gap: int = 1) -> ReadLine:
    words, left = [], 0
    for part in text.split(" "):
        box = PixelBox(10.0 * left, 0.0, 10.0 * (left + len(part)) - 4, 20.0)
        words.append(ReadWord(part, box, confidence))
        left += len(part) + gap
    return ReadLine(tuple(words))


def weighed(line: ReadLine, other: HeardLine) -> ReadWord:
    ((word,),) = (one.words for one in weigh_heard([line], [other]).lines)
    return word


def test_words_are_found_by_their_places_and_singly_where_both_have_as_many() -> None:
    index = HeardIndex([heard("quyết định")])
    one, two = index.places(read("quyêt định"))
    assert [place.words[0].text for place in (one, two)] == ["quyêt", "định"]
    assert [place.heard[0].text for place in (one, two)] == ["quyết", "định"]
    (torn,) = HeardIndex([heard("đượclà")]).places(read("được là", gap=0))
    assert len(torn.words) == 2
    assert [word.text for word in torn.heard] == ["đượclà"]
    (alone,) = HeardIndex([]).places(read("được"))
    assert alone.heard == ()
    assert alone.chances(["được"]) == [-np.inf]


def test_a_syllable_stands_for_what_is_none() -> None:
    word = weighed(read("qnyết"), heard("quyết", "qnyết"))
    assert word.text == "quyết"
    assert word.mended is None
    assert word.confidence <= 0.9


def test_the_engines_syllable_stays_before_what_is_none_and_names_the_other() -> None:
    word = weighed(read("quyết", 0.9), heard("qnyết", "quyết", lead=5))
    assert word.text == "quyết"


def test_what_the_engine_read_is_told_however_unlikely_it_is() -> None:
    word = weighed(read("qnyết", 0.2), heard("quyết", "qnyết", lead=60))
    assert word.text == "quyết"
    assert "qnyết" in dict(word.alternatives)


def test_two_syllables_are_left_to_the_repair() -> None:
    word = weighed(read("bán", 0.8), heard("bàn", "bán", lead=4))
    assert word.text == "bán"
    assert dict(word.alternatives)["bàn"] > 0.1


def test_quotes_are_the_engines() -> None:
    assert weighed(read("\u201clạ\u201d"), heard("'lạ'")).text == "\u201clạ\u201d"


def test_a_comma_that_the_engine_has_as_a_stop_is_one_where_it_is_clear() -> None:
    assert weighed(read("trị.", 0.95), heard("trị,", "trị.", lead=7)).text == "trị,"
    assert weighed(read("trị.", 0.95), heard("trị,", "trị.", lead=3)).text == "trị."
    assert weighed(read("đủ./.", 0.95), heard("đủ./,", "đủ./.", lead=7)).text == "đủ./."


@pytest.mark.parametrize(("engine", "other"), [("\u2014", "-"), ("XII)", "xi)"), ("\u201ctăng", "'lăng")])
def test_signs_numerals_and_quotes_are_the_engines(engine: str, other: str) -> None:
    word = weighed(read(engine, 0.6), heard(other))
    assert word.text[0] == engine[0]
    assert word.mended is None


def test_a_figure_is_another_with_a_doubt_that_names_both() -> None:
    word = weighed(read("309", 0.5), heard("300", "309", lead=8))
    assert word.text == "309"
    assert word.mended is not None
    assert word.mended.text == "300"
    assert word.mended.step == STEP
    assert word.mended.confidence < 0.8


def test_a_figure_that_the_engine_is_sure_of_stays_with_a_doubt() -> None:
    word = weighed(read("309", 0.96), heard("300", "309", lead=8))
    assert word.mended is None
    assert word.confidence <= 0.5
    assert word.alternatives[0][0] == "300"


@pytest.mark.parametrize(
    ("engine", "other"), [("≥5", "25"), ("±0,5", "10,5"), ("10⁶", "106"), ("25°c", "250c"), ("½", "12"), ("5‰", "50%")]
)
def test_a_sign_that_the_second_reader_does_not_know_never_becomes_a_figure(engine: str, other: str) -> None:
    word = weighed(read(engine, 0.5), heard(other))
    assert word.text == engine
    assert word.mended is None
    assert word.alternatives[0][0] == other


def test_a_dash_is_a_hyphen_to_the_second_reader() -> None:
    line = heard("5-7")
    assert line.chances(0, 1, ["5\u20137"]) == line.chances(0, 1, ["5-7"])
    assert weighed(read("5\u20137", 0.5), heard("547", "5-7", lead=2)).mended is None


def test_a_figure_loses_no_digit() -> None:
    word = weighed(read("1309", 0.5), heard("139", confidence=0.99))
    assert word.mended is None
    assert word.alternatives[0][0] == "139"


def test_what_is_hardly_preferred_says_nothing_of_a_figure() -> None:
    line = read("309", 0.96)
    assert weighed(line, heard("300", "309", lead=1)) == line.words[0]


def test_a_figure_that_both_read_is_doubted_no_more() -> None:
    assert weighed(read("2025", 0.5), heard("2025")).confidence >= 0.8
    assert weighed(read("2025", 0.5), heard("2025", confidence=0.6)).confidence == 0.5


def test_what_shapes_told_is_left_open_where_the_second_reader_sides_with_the_engine() -> None:
    (line,) = (read("790"),)
    told = ReadLine((mended(line.words[0], "700", "picture:figures", 0.9, "its shapes are these figures"),))
    word = weighed(told, heard("790", "700", lead=8))
    assert word.mended is None
    assert word.alternatives[0][0] == "700"
    assert word.confidence <= 0.5


def test_a_long_number_keeps_the_groups_it_was_read_in() -> None:
    word = weighed(read("1.844.164", 0.5), heard("1844154"))
    assert word.mended is not None
    assert word.mended.text == "1.844.154"


def test_letters_that_are_a_word_never_become_figures() -> None:
    line = read("lo", 0.7)
    assert weighed(line, heard("10", "lo")).mended is None


def test_of_a_silent_cell_figures_alone_are_told_and_doubted() -> None:
    ((word,),) = (line.words for line in only_heard([heard("8,13")]))
    assert word.text == "8,13"
    assert word.confidence < 0.6
    assert only_heard([heard("xã")]) == ()
    assert only_heard([heard("8,13", confidence=0.3)]) == ()


def worn(page: Picture) -> Picture:
    """The page as a fax of 100 dpi shows it."""
    noise = np.random.default_rng(5)
    image = Image.fromarray(page.grey)
    small = image.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)
    grey = np.asarray(small.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    grey = grey + noise.normal(0, 32, grey.shape).astype(np.float32)
    return Picture(np.where(grey > 165, 255, 0).astype(np.uint8), page.dpi / 2)


@installed
def test_a_real_page_is_read_by_both_and_no_figure_changes_without_a_doubt() -> None:
    page = worn(picture_of(*(SENTENCES * 3), size=(5.6, 5)))
    alone = read_scan(page, Tesseract(), time.monotonic() + 60)
    both = read_scan(page, Tesseract(), time.monotonic() + 60, hearer=TrueOcr())
    assert any("trueocr" in note and "as well" in note for note in both.notes)
    assert not any("as well" in note for note in alone.notes)
    made = [change for line in both.lines for change in line.corrections if change.step == STEP]
    assert all(change.confidence < 0.8 for change in made)
    texts = [" ".join(line.text for line in Repairer().repair(one.lines).lines) for one in (alone, both)]
    wrong = [score(" ".join(SENTENCES * 3), text).wer for text in texts]
    assert wrong[1] <= wrong[0]


@installed
def test_a_fine_picture_is_read_by_the_engine_alone() -> None:
    reading = read_scan(picture_of(*SENTENCES), Tesseract(), time.monotonic() + 60, hearer=TrueOcr())
    assert not any("as well" in note for note in reading.notes)


@installed
def test_figures_in_cells_are_weighed_too() -> None:
    page = ruled()
    coarse = Picture(np.asarray(Image.fromarray(page.grey).resize((page.width // 2, page.height // 2),
                     Image.Resampling.BOX)), page.dpi / 2)  # fmt: skip
    (grid,) = find_grids(coarse.grey, coarse.dpi)
    asked: list[Picture] = []

    def hear(sheet: Picture) -> tuple[HeardLine, ...]:
        asked.append(sheet)
        return TrueOcr().hear(sheet, Request("block", alternatives=True))

    def nothing(_: Picture) -> tuple[ReadLine, ...]:
        return ()

    readers = Readers(nothing, nothing, nothing, nothing, open_shapes(), hear)
    found, _ = read_cells(coarse, grid, readers)
    told = [word for lines in found.values() for line in lines for word in line.words]
    assert len(asked) == 1
    assert all(word.confidence < 0.6 and any(map(str.isdigit, word.text)) for word in told)


@installed
def test_the_chance_of_any_text_is_told_and_of_unknown_signs_none() -> None:
    line = TrueOcr().hear(picture_of(*SENTENCES), Request(alternatives=True))[0]
    chances = line.chances(0, 2, ["Ủy ban", "Ủy bạn", "\u2021"])
    assert chances[0] > chances[1] > chances[2] == -np.inf


@installed
def test_the_command_reads_with_both(tmp_path: Path) -> None:
    page, folder = worn(picture_of(*(SENTENCES * 2), size=(5.6, 4))), tmp_path / "out"
    path = tmp_path / "trang.png"
    Image.fromarray(page.pixels).save(path, dpi=(page.dpi, page.dpi))
    assert run(["clean", str(path), "--quality", "best", "-j", "1", "-f", "json", "-o", str(folder)]) == 0
    told = json.loads((folder / "trang.json").read_text(encoding="utf-8"))
    assert any("as well" in note for note in told["pages"][0]["notes"])
