"""The network of shapes learns from what is printed for it: a toy run, with the fonts that are here."""

import random

import numpy as np
import pytest

from tools.dictionaries import shapes
from vnreport_ocr.sources.ocr.shapes import NONE, WIDE, Shapes, StripSpan
from vnreport_ocr.sources.ocr.strip import ROWS


@pytest.fixture(autouse=True)
def _fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "FONTS", (("DejaVuSans.ttf", 2), ("DejaVuSans-Bold.ttf", 1)))


def test_the_same_seed_prints_the_same_signs() -> None:
    (windows, signs), (again, same) = shapes.samples(60, 3), shapes.samples(60, 3)
    assert np.array_equal(windows, again)
    assert np.array_equal(signs, same)
    assert not np.array_equal(windows, shapes.samples(60, 4)[0])


def test_signs_are_cut_out_whole_and_bad_cuts_are_none() -> None:
    made = list(shapes.cuts("186.400", random.Random(1)))
    assert [cut.sign for cut in made if cut.sign != NONE] == list("186.400")
    assert any(cut.sign == NONE for cut in made)
    assert all(cut.window.shape == (ROWS, WIDE) and cut.window.max() > 0 for cut in made)


def test_a_span_is_trimmed_to_its_ink() -> None:
    strip = np.zeros((ROWS, 20), dtype=np.float32)
    strip[10, 8:12] = 1
    assert shapes.trimmed(strip, StripSpan(2, 18)) == StripSpan(8, 12)
    assert shapes.trimmed(strip, StripSpan(0, 5)) is None


def test_a_toy_network_learns() -> None:
    windows, signs = shapes.samples(2500, 5)
    weights = shapes.learn(windows, signs, 3, 1)
    inked = np.asarray(windows.reshape(-1, ROWS, WIDE) / 255, dtype=np.float32)
    right = Shapes(shapes.alphabet(), weights).log_chances_of(inked).argmax(axis=1) == signs
    assert right.mean() > 0.3, "of more than a hundred signs"
