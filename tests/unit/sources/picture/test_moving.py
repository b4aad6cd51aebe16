"""What dots lead to, set behind its title for the reading and told where it is printed."""

import numpy as np

from vnreport_ocr.sources.picture.leaders import Led
from vnreport_ocr.sources.picture.moving import printed_at, set_behind
from vnreport_ocr.sources.picture.value import Picture, PixelBox

LED = (Led(PixelBox(300, 40, 330, 60), 200, -2),)


def page() -> Picture:
    pixels = np.full((100, 400), 230, np.uint8)
    pixels[45:55, 305:325] = 10
    return Picture(pixels, 100.0)


def test_print_moves_and_leaves_paper() -> None:
    moved = set_behind(page(), LED).pixels
    assert (moved[47:57, 105:125] == 10).all()
    assert (moved[40:60, 300:330] == 230).all()
    assert (moved == 10).sum() == 200


def test_a_picture_of_another_size_is_moved_alike() -> None:
    large = Picture(np.kron(page().pixels, np.ones((2, 2), np.uint8)), 200.0)
    assert (set_behind(large, LED, 2.0).pixels[94:114, 210:250] == 10).all()


def test_what_reaches_over_the_edge_stays() -> None:
    assert (set_behind(page(), (Led(PixelBox(300, 40, 330, 60), 290, 80),)).pixels == 10).sum() == 200
    beyond = Led(PixelBox(380, 40, 430, 60), 10, -70)
    assert set_behind(page(), (beyond,)).pixels.shape == (100, 400)


def test_words_are_told_where_they_are_printed() -> None:
    assert printed_at(PixelBox(105, 47, 125, 57), LED) == PixelBox(305, 45, 325, 55)
    title = PixelBox(20, 47, 90, 57)
    assert printed_at(title, LED) == title


def test_nothing_to_move_gives_the_same_picture() -> None:
    picture = page()
    assert set_behind(picture, ()) is picture
