import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.unit.sources.conftest import SENTENCES, as_image, picture_of
from vnreport_ocr.sources.picture.measuring import levels_at, measure, without_red
from vnreport_ocr.sources.picture.prepare import on_white, prepare, straightened, turned
from vnreport_ocr.sources.picture.specks import find_specks
from vnreport_ocr.sources.picture.value import Picture, Turn

PAGE = SENTENCES * 3
SIZE = (5.6, 4.6)


def never(_: Picture) -> Turn | None:
    raise AssertionError("nothing asks for a turn here")


def page(dpi: int = 200) -> Picture:
    return picture_of(*PAGE, dpi=dpi, size=SIZE)


def test_a_good_page_is_left_as_it_is() -> None:
    picture = page()
    prepared = prepare(picture, never)
    assert prepared.steps == ()
    assert prepared.picture is picture
    assert prepared.second is None


@pytest.mark.parametrize("coloured", [False, True])
def test_a_negative_is_inverted(coloured: bool) -> None:
    pixels = np.asarray(as_image(page()).convert("RGB")) if coloured else page().pixels
    prepared = prepare(Picture(np.invert(pixels), 200.0), never)
    assert prepared.steps == ("inverted: it was light on dark",)
    assert np.array_equal(prepared.picture.pixels, pixels)


def test_dark_paper_is_no_negative() -> None:
    dark = (page().pixels * 0.5).astype(np.uint8)
    assert "inverted: it was light on dark" not in prepare(Picture(dark, 200.0), never).steps


@pytest.mark.parametrize("angle", [-3.0, -1.5, 2.0])
def test_a_page_askew_is_straightened(angle: float) -> None:
    askew = straightened(page(), -angle)
    assert measure(askew).skew == pytest.approx(angle, abs=0.3)
    prepared = prepare(askew, never)
    assert "straightened" in prepared.steps[0]
    assert abs(measure(prepared.picture).skew) < 0.3


def test_half_a_degree_is_left_alone() -> None:
    assert prepare(straightened(page(), 0.5), never).steps == ()


@pytest.mark.parametrize("degrees", [90, 270])
def test_a_page_on_its_side_is_turned_as_the_engine_says(degrees: int) -> None:
    lying = turned(page(), 360 - degrees)
    prepared = prepare(lying, lambda _: Turn(degrees, 9.0))
    assert prepared.steps[0].startswith(f"turned by {degrees} degrees")
    assert np.array_equal(prepared.picture.pixels, page().pixels)


def test_an_unsure_turn_is_not_made() -> None:
    lying = turned(page(), 90)
    assert prepare(lying, lambda _: Turn(270, 0.1)).steps == ()


def test_a_red_seal_is_looked_through_at_low_resolution() -> None:
    image = as_image(page(150)).convert("RGB")
    ImageDraw.Draw(image).ellipse((300, 200, 520, 420), outline=(215, 40, 60), width=8)
    prepared = prepare(Picture(np.asarray(image), 150.0), never)
    assert prepared.steps[0].startswith("red channel")
    ring = prepared.picture.pixels[310, 300:308]
    assert int(ring.min()) > 200


def test_black_under_red_stays_black() -> None:
    pixels = np.full((40, 40, 3), 250, np.uint8)
    pixels[10:30, 10:30] = (220, 60, 70)
    pixels[18:22, 5:35] = (40, 20, 25)
    seen = without_red(pixels)
    assert int(seen[20, 20]) < 80
    assert int(seen[12, 12]) > 230


def test_specks_go_and_dots_stay() -> None:
    clean = page(150)
    rng = np.random.default_rng(7)
    pixels = clean.pixels.copy()
    for row, column in zip(rng.integers(2, 680, 900), rng.integers(2, 830, 900), strict=True):
        pixels[row : row + 2, column : column + 2] = 30
    dirty = Picture(pixels, 150.0)
    assert not find_specks(clean, 0.45).many
    specks = find_specks(dirty, 0.45)
    assert specks.many
    assert not (specks.mask & (clean.pixels < 128)).any()
    prepared = prepare(dirty, never)
    assert any("specks removed" in step for step in prepared.steps)
    assert prepared.second is not None


def test_a_shadow_is_divided_out() -> None:
    shade = np.linspace(90, 230, 840, dtype=np.float32)[None, :] / 255
    clean = page(150)
    shadowed = Picture((clean.pixels[:, :840] * shade).astype(np.uint8), 150.0)
    assert measure(shadowed).shade > 60
    white = on_white(shadowed)
    assert int(np.percentile(white.pixels, 60)) > 240
    assert any("paper made white" in step for step in prepare(shadowed, never).steps)


def test_a_coarse_page_in_one_bit_is_smoothed_and_enlarged() -> None:
    coarse = as_image(page(100)).point(lambda value: 255 if value > 140 else 0)
    prepared = prepare(Picture(np.asarray(coarse), 100.0), never)
    assert prepared.steps == ("smoothed and enlarged: one bit at 100 dpi",)
    assert prepared.picture.dpi == 200
    assert prepared.second is not None


def test_a_coarse_grey_page_is_enlarged() -> None:
    grey = as_image(page(200)).resize((560, 460), Image.Resampling.BOX).point(lambda value: 40 + value * 205 // 255)
    prepared = prepare(Picture(np.asarray(grey), 100.0), never)
    assert prepared.steps == ("enlarged: 100 dpi",)


def test_empty_and_tiny_pictures_have_no_signs() -> None:
    for pixels in (np.full((300, 200), 255, np.uint8), np.zeros((5, 5), np.uint8)):
        signs = measure(Picture(pixels, 300.0))
        assert (signs.skew, signs.sideways) == (0.0, False)


@pytest.mark.parametrize(("high", "wide", "levels"), [(1, 1, 256), (5, 3, 2), (40, 900, 256), (33, 120, 4)])
def test_levels_are_those_of_all_points_sorted(high: int, wide: int, levels: int) -> None:
    grey = np.random.default_rng(high).integers(0, levels, (high, wide), dtype=np.uint8) + np.uint8(256 - levels)
    assert levels_at(grey, (0.015, 0.5, 0.8, 1.0)) == pytest.approx(np.percentile(grey, (1.5, 50, 80, 100)))


def test_a_picture_is_made_grey_once() -> None:
    coloured = Picture(np.full((4, 5, 3), 90, dtype=np.uint8), 150.0)
    assert coloured.grey is coloured.grey
