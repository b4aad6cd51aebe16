"""Signs told by their shape, words spelled from them, and the file the network lies in."""

from pathlib import Path

import numpy as np
import pytest

from tests.unit.sources.ocr.printed import printed_line
from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.files import FILES, SHAPES, find_dictionaries, find_shapes
from vnreport_ocr.sources.ocr.look import FIGURES
from vnreport_ocr.sources.ocr.shapes import open_shapes, read_shapes, write_shapes
from vnreport_ocr.sources.ocr.spelling import StripLattice
from vnreport_ocr.sources.ocr.strip import Frame, frame_of, frames, strip_of
from vnreport_ocr.sources.picture.value import PixelBox

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def lattice(printed: str, number: int) -> StripLattice:
    words = printed.split()
    picture, line = printed_line(printed, words)
    found = frames(picture.pixels, [word.box for word in line.words], wanted=[number])
    assert set(found) == {number}
    return StripLattice(open_shapes(), strip_of(picture.pixels, line.words[number].box, found[number]))


@pytest.mark.parametrize("figure", ["186.400", "2,75%", "30/6/2021", "0912.345.678", "15-8", "99"])
def test_figures_are_spelled(figure: str) -> None:
    spelled = lattice(f"gồm {figure} hộ", 1).spell(FIGURES)
    assert spelled.text == figure
    assert spelled.chance > 0.5


@pytest.mark.parametrize(("word", "alphabet"), [("m²", LETTERS + "²³"), ("km³", LETTERS + "²³"), ("4‰", "4%‰"),
                                                ("≥", "<>≤≥±"), ("±", "<>≤≥±+"), ("XIII", "IVX")])  # fmt: skip
def test_signs_that_the_engine_has_not_are_spelled(word: str, alphabet: str) -> None:
    assert lattice(f"được 12 {word} đất", 2).spell(alphabet).text == word


def test_the_right_word_scores_best() -> None:
    seen = lattice("năm 2026 này", 1)
    assert seen.score("2026") > seen.score("2096") + 2
    assert seen.score("2026") > seen.score("226") + 2
    assert seen.respell("2096").text == "2026"


def test_letters_may_look_like_anything_where_only_figures_are_asked_after() -> None:
    seen = lattice("số 93/QĐ-TTg ngày", 1)
    assert seen.score("93/QĐ-TTg", any_letter=True) > seen.score("33/QĐ-TTg", any_letter=True) + 2
    assert seen.respell("33/QĐ-TTg").text == "93/QĐ-TTg"


def test_nothing_is_spelled_where_there_is_nothing() -> None:
    empty = StripLattice(open_shapes(), np.zeros((32, 40), dtype=np.float32))
    assert (empty.spell(FIGURES).text, empty.spell(FIGURES).chance) == ("", 0.0)
    assert empty.score("12") < -20
    assert empty.respell("12").text == ""


def test_a_word_of_too_many_pieces_is_not_spelled_in_part() -> None:
    stripes = np.zeros((32, 800), dtype=np.float32)
    stripes[4:28, ::4] = 1
    assert StripLattice(open_shapes(), stripes).spell(FIGURES).text == ""


@pytest.mark.parametrize("box", [PixelBox(-50, -50, -10, -10), PixelBox(9000, 10, 9100, 60), PixelBox(5, 5, 5, 5)])
def test_a_box_outside_of_the_picture_has_no_frame(box: PixelBox) -> None:
    picture, _ = printed_line("12 hộ", ["12", "hộ"])
    assert not frames(picture.pixels, [box], wanted=[0])
    assert frame_of(picture.pixels, box) is None
    assert strip_of(picture.pixels, box, Frame(50, 20)).shape[0] == 32


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    weights = (np.ones((32 * 28, 3), np.float32), np.zeros(3, np.float32))
    write_shapes(tmp_path / "a.bin", ("", "1", "2"), weights, {"version": "1"})
    shapes = read_shapes(tmp_path / "a.bin")
    assert shapes.signs == ("", "1", "2")
    chances = np.exp(shapes.log_chances_of(np.zeros((2, 32, 28), np.float32)))
    assert np.allclose(chances, 1 / 3)


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b'{"format": "other", "sizes": [], "signs": []}\n', b"\xff\xfe\n" * 9]
)
def test_what_is_no_network_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(content)
    with pytest.raises(DictionaryError, match=r"a\.bin"):
        read_shapes(tmp_path / "a.bin")


def test_a_network_cut_off_is_refused(tmp_path: Path) -> None:
    whole = find_shapes().read_bytes()
    for size in (len(whole) // 2, len(whole) - 1):
        (tmp_path / "a.bin").write_bytes(whole[:size])
        with pytest.raises(DictionaryError, match=r"a\.bin"):
            read_shapes(tmp_path / "a.bin")


def test_a_folder_of_ones_own_need_not_have_it(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(find_dictionaries() / name)
    assert find_shapes(str(tmp_path)) == find_dictionaries() / SHAPES
    (tmp_path / SHAPES).write_bytes(b"own")
    assert find_shapes(str(tmp_path)) == tmp_path / SHAPES
