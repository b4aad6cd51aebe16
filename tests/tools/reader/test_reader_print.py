"""How lines are printed, damaged, cut out and dealt out: the same from the same seed, and always something to read."""

import random
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from tests.tools.reader.test_reader_texts import SENTENCES
from tools.reader import damage, printing
from tools.reader.fonts import FONTS, LOWERED, RAISED, drawn_by, installed, pieces
from tools.reader.samples import SHAPE, found, sample
from tools.reader.shards import Shard, batches, padded, shard, stream
from vnreport_ocr.sources.engine.strips import strip_of
from vnreport_ocr.sources.picture.value import PixelBox

FONT = installed(tuple(name for name, _ in FONTS))[0]
PLAIN = printing.LineSetting(FONT, 40, 200, 1.0, 0.0, 1.0, 1.5, 0, False, False, False)


def test_a_line_stands_in_its_box_and_its_neighbours_do_not() -> None:
    line = printing.printed("Số 12/QĐ-UBND", ("Căn cứ", "Xét"), PLAIN, random.Random(1))
    top, bottom = round(line.box.top), round(line.box.bottom)
    left, right = round(line.box.left), round(line.box.right)
    inside = line.pixels[top:bottom, left:right]
    for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1]):
        assert (edge < 250).any()
    assert line.pixels[top:bottom, : left - 1].min() == 255
    assert line.pixels[top - 4 : top - 1].min() == 255


def test_signs_that_a_font_lacks_are_drawn_small_or_by_the_spare_one() -> None:
    parts = pieces("m²; H₂O", FONT, 40, small_signs=True)
    assert [part.text for part in parts] == ["m", "2", "; H", "2", "O"]
    assert parts[1].lift > 0 > parts[3].lift
    assert parts[1].font.size < 40
    assert set(RAISED) & set(LOWERED) == set()
    assert drawn_by("DejaVuSans.ttf") >= set("≥≤№₫☐☑►‰")


@pytest.mark.parametrize("kind", damage.KINDS)
def test_every_kind_of_damage_keeps_the_line_where_it_is_and_readable(kind: str) -> None:
    line = printing.printed("Kế hoạch phát triển", ("Căn cứ", "Xét"), PLAIN, random.Random(2))
    for seed in range(12):
        dice = random.Random(f"{kind} {seed}")
        recipe = damage.choose(dice, kind)
        again = random.Random(seed)
        pixels = damage.damaged(line.pixels, line.box, line.dpi, recipe, random.Random(seed))
        assert pixels.shape == line.pixels.shape
        assert pixels.dtype == np.uint8
        assert (pixels == damage.damaged(line.pixels, line.box, line.dpi, recipe, again)).all()
        clean, harmed = (strip_of(one, line.box, SHAPE).astype(float) for one in (line.pixels, pixels))
        assert np.corrcoef(clean.ravel(), harmed.ravel())[0, 1] > 0.3, recipe


def test_steps_are_told_by_their_ranges_and_nothing_else_happens() -> None:
    names = set(damage.DamageRecipe._fields)
    assert all(set(ranges) <= names and weight > 0 for weight, ranges in damage.KINDS.values())
    line = printing.printed("Nghị quyết", ("", ""), PLAIN, random.Random(2))
    assert (damage.damaged(line.pixels, line.box, 200, damage.DamageRecipe(), random.Random(1)) == line.pixels).all()
    cut = damage.damaged(line.pixels, line.box, 200, damage.DamageRecipe(cut=0.5), random.Random(1))
    assert set(np.unique(cut)) == {0, 255}
    faint = damage.damaged(line.pixels, line.box, 200, damage.DamageRecipe(faint=0.7), random.Random(1))
    assert 170 < faint.min() < 190


def test_a_finder_tells_a_line_a_little_off_but_all_of_it() -> None:
    box = PixelBox(100, 50, 500, 90)
    for seed in range(200):
        told = found(box, 40, random.Random(seed))
        assert told.top < 54
        assert told.bottom > 86
        assert told.left < 97
        assert told.right > 503


def test_samples_are_strips_wide_enough_for_their_text() -> None:
    dice, again = random.Random(8), random.Random(8)
    for _ in range(60):
        one, same = sample(SENTENCES, dice), sample(SENTENCES, again)
        assert one.text == same.text
        assert (one.strip == same.strip).all()
        assert one.strip.shape[0] == SHAPE.rows
        doubles = sum(a == b for a, b in zip(one.text, one.text[1:], strict=False))
        assert one.strip.shape[1] // SHAPE.slice_columns >= len(one.text) + doubles
        assert one.strip.max() > 0


def same(one: Shard, other: Shard) -> bool:
    return one.texts == other.texts and bool((one.pixels == other.pixels).all()) and one.number == other.number


def test_the_stream_is_the_same_however_many_print_and_wherever_it_begins() -> None:
    alone = list(islice(stream(0, 7, 6, SENTENCES, 0), 4))
    shared = stream(1, 7, 6, SENTENCES, 2)
    together = list(islice(shared, 3))
    shared.close()
    assert all(same(one, other) for one, other in zip(alone[1:], together, strict=True))
    assert not same(alone[0], replace(shard(0, 8, 6, SENTENCES), number=0))
    assert not same(alone[0], replace(alone[1], number=0))


def test_batches_hold_each_line_once_within_their_columns() -> None:
    one = shard(3, 7, 40, SENTENCES)
    dealt = batches(one, 4_000, random.Random(1))
    assert sorted(number for batch in dealt for number in batch) == list(range(40))
    assert all(len(batch) == 1 or len(batch) * max(one.widths[batch]) <= 4_000 for batch in dealt)
    strips = one.strips()
    assert [strip.shape[1] for strip in strips] == one.widths.tolist()
    whole = padded([strips[number] for number in dealt[0]])
    assert whole.shape[2] == SHAPE.rows
    for place, number in enumerate(dealt[0]):
        assert (whole[place, 0, :, : one.widths[number]] == strips[number]).all()
        assert not whole[place, 0, :, one.widths[number] :].any()
