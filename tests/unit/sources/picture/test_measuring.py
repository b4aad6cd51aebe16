"""What is measured on a picture: the compiled part reckons as the array code does, and what was made is made once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vnreport_ocr.native.falling import native_sharpness
from vnreport_ocr.sources.picture.measuring import levels_at, sharpness_by_arrays
from vnreport_ocr.sources.picture.value import Picture, Pixels


@pytest.mark.skipif(native_sharpness() is None, reason="the compiled part was not built here")
@given(st.integers(0, 10_000), st.integers(1, 4000), st.floats(-0.25, 0.25, width=32))
def test_rows_are_as_sharp_by_the_compiled_part(seed: int, size: int, tangent: float) -> None:
    native = native_sharpness()
    assert native is not None
    dice = np.random.default_rng(seed)
    along, across = (dice.integers(0, 1600, size).astype(np.float32) for _ in range(2))
    assert native(along, across, tangent) == sharpness_by_arrays(along, across, tangent)


@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 30))), st.sampled_from([0.02, 0.5, 0.75, 0.8, 1]))
def test_levels_are_those_of_sorted_points(grey: Pixels, share: float) -> None:
    assert levels_at(grey, (share,))[0] == pytest.approx(float(np.percentile(grey, 100 * share)))


def test_a_picture_is_reduced_once_by_each_factor() -> None:
    picture = Picture(np.arange(120 * 90, dtype=np.uint32).reshape(120, 90).astype(np.uint8), 300)
    small = picture.reduced(100)
    assert (small.width, small.height, small.dpi) == (30, 40, 100)
    assert picture.reduced(100) is small
    assert picture.reduced(150).width == 45
