"""Figures in the cells of a coarse picture told by their shapes: all cells of a table together say how high they are.

An engine finds no figures where a few pixels are all there is of each; shapes do, once it is known where they stand.
Both preparations of the picture are asked, and a figure is one of their readings or the engine's.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.figures import TWO_NUMBERS, is_figure, text_of
from vnreport_ocr.sources.ocr.look import DOUBTED, SETTLED, agreed, left_open, mended
from vnreport_ocr.sources.ocr.shapes import Shapes
from vnreport_ocr.sources.ocr.spelling import StripLattice
from vnreport_ocr.sources.ocr.strip import Frame, InkPiece, ink_of, pieces, strip_of
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.weighing import prior
from vnreport_ocr.sources.ocr.written import Written
from vnreport_ocr.sources.picture.rulings import Place, resized
from vnreport_ocr.sources.picture.value import Picture, PixelBox
from vnreport_ocr.vietnamese.letters import WORD, digits_of
from vnreport_ocr.vietnamese.syllables import is_legal

STEP: Final = "picture:figures"
_REASON: Final = "its shapes are these figures"
_SIGNS: Final = "0123456789.,"
_OTHER_SIGNS: Final = "%-()"
"""Signs that a column has only where the engine has read one in it: of a few pixels each, ``36`` looks like ``%``."""
_LEAST_HIGH: Final = TUNING.cellshapes.least_high
_LOW, _TALL = TUNING.cellshapes.low, TUNING.cellshapes.tall
_APART: Final = TUNING.cellshapes.apart
_SPECK: Final = TUNING.cellshapes.speck
_LIKELY: Final = TUNING.cellshapes.likely
_MOSTLY: Final = TUNING.cellshapes.mostly
_AHEAD: Final = TUNING.cellshapes.ahead
_WORD: Final = TUNING.cellshapes.word
_WELL_FORMED: Final = TUNING.cellshapes.well_formed
_FAINT: Final = TUNING.cellshapes.faint
_PLAIN, _CLEARLY = TUNING.cellshapes.plain, TUNING.cellshapes.clearly
_AGAINST: Final = TUNING.cellshapes.against
_HANGS: Final = 0.35
"""By the height of a figure: how far below the line the tail of a comma reaches at most."""

Cells = Mapping[Place, tuple[ReadLine, ...]]


class TableLook(NamedTuple):
    """A table on one preparation of the page, its rulings painted over, and how much larger it is than the first."""

    picture: Picture
    factor: float
    inset: int
    """Pixels along the edges of a cell that are not looked at."""


class _Spelled(NamedTuple):
    """What the shapes of a cell say on one picture, and where they stand on the first one."""

    text: str
    value: float
    chance: float
    lattice: StripLattice
    box: PixelBox


def told_by_shapes(cells: Cells, looks: Sequence[TableLook], shapes: Shapes) -> dict[Place, tuple[ReadLine, ...]]:
    """Return the cells of columns of figures whose readings the shapes settle, change or leave open."""
    signs = _signs(cells)
    spelled = [_spelled(look, cells, signs, shapes) for look in looks]
    found = {place: [one[place] for one in spelled if place in one] for place in cells}
    told: dict[Place, tuple[ReadLine, ...]] = {}
    places = list(_in_columns_of_figures(cells, found))
    written = Written.of(text for place in places for text in (text_of(cells[place]), *(o.text for o in found[place])))
    for place in places:
        settled = _settled(cells[place], found[place], written)
        if settled != cells[place]:
            told[place] = settled
    return told


def _in_columns_of_figures(cells: Cells, found: Mapping[Place, Sequence[_Spelled]]) -> Iterator[Place]:
    """Return the cells of columns most of which look like figures; a heading only where figures were read in it."""
    columns: dict[int, list[Place]] = {}
    for place in cells:
        if found[place] and place.column_span == 1:
            columns.setdefault(place.column, []).append(place)
    for places in columns.values():
        below = [place for place in places if place.row]
        alike = sum(any(_is_likely(one) for one in found[place]) for place in below)
        if len(below) >= 2 and alike >= _MOSTLY * len(below):
            yield from (
                place
                for place in places
                if (place.row or _is_figure_head(cells[place], found[place]))
                and not _is_words(cells[place], _WORD if place.row else 0.0)
            )


def _is_figure_head(lines: Sequence[ReadLine], found: Sequence[_Spelled]) -> bool:
    """Whether a heading is a figure, such as a year: the engine read one, or the shapes agree on both pictures."""
    alike = len({one.text for one in found}) == 1 and len(found) > 1 and _is_likely(found[0])
    return alike or bool(digits_of(text_of(lines)))


def _signs(cells: Cells) -> dict[int, str]:
    """Return the signs that the figures of each column are made of."""
    read: dict[int, str] = {}
    for place, lines in cells.items():
        text = text_of(lines)
        read[place.column] = read.get(place.column, "") + (text if digits_of(text) else "")
    return {column: _SIGNS + "".join(sign for sign in _OTHER_SIGNS if sign in text) for column, text in read.items()}


def _is_likely(one: _Spelled) -> bool:
    return is_figure(one.text) and one.value > _LIKELY * len(one.text)


def _is_words(lines: Sequence[ReadLine], sure: float) -> bool:
    """Whether the engine read a word of two letters or more in the cell, and was as sure of it."""
    words = [word for line in lines for word in line.words if word.confidence >= sure]
    return any(len(run) > 1 and is_legal(run) for word in words for run in WORD.findall(word.text))


def _settled(lines: tuple[ReadLine, ...], spelled: Sequence[_Spelled], written: Written) -> tuple[ReadLine, ...]:
    """Return what stands in a cell: the reading among all that the shapes on both pictures make likeliest."""
    words = [word for line in lines for word in line.words]
    alone = words[0] if len(words) == 1 else None
    read = text_of(lines)
    said = [read, *(one.text for one in spelled)]
    said += [text for text, _ in alone.alternatives] if alone is not None else []
    values = {text: sum(one.lattice.score(text) for one in spelled) for text in written.forms(said)}
    if not values:
        return lines
    if alone is not None and read in values:
        values[read] += prior(alone.confidence) * len(spelled)
    best = max(values, key=lambda text: values[text] + _WELL_FORMED * written.is_well_formed(text) * len(spelled))
    best = _as_written(best, values, written, len(spelled))
    if best == read:
        return _confirmed(lines, alone, spelled, written)
    if read in values:
        if values[best] < _FAINT * len(best) * len(spelled) and written.is_well_formed(read):
            return lines  # too faint here: its own line says how high it is
        loses = len(digits_of(best)) < len(digits_of(read))
        behind = values[best] < values[read] + _AHEAD * len(spelled)
        if loses or (written.is_well_formed(read) and behind):
            return _of_word(lines, left_open(alone, [best])) if alone is not None else lines
    if alone is not None:
        sure = _is_sure(best, alone, spelled) and written.is_well_formed(best)
        return _of_word(lines, mended(alone, best, STEP, SETTLED if sure else DOUBTED, _REASON))
    also = ((read, 0.5),) if read else ()
    return (ReadLine((ReadWord(best, spelled[0].box, TWO_NUMBERS, also),)),)


def _confirmed(
    lines: tuple[ReadLine, ...], alone: ReadWord | None, spelled: Sequence[_Spelled], written: Written
) -> tuple[ReadLine, ...]:
    """Return what the engine read, which the shapes make likeliest too: surer if it is one word that they agree on."""
    read = text_of(lines)
    if alone is None:
        return lines
    if not written.is_well_formed(read):
        return _of_word(lines, left_open(alone, []))
    return _of_word(lines, agreed(alone)) if any(digits_of(one.text) == digits_of(read) for one in spelled) else lines


def _is_sure(best: str, word: ReadWord, spelled: Sequence[_Spelled]) -> bool:
    """Whether both pictures show the same digits plainly, and the engine saw them too or a part of them."""
    alike = len(spelled) > 1 and all(digits_of(one.text) == digits_of(best) for one in spelled)
    if not alike or min(one.chance for one in spelled) < _PLAIN:
        return False
    known = {digits_of(text) for text in (word.text, *(text for text, _ in word.alternatives))}
    whole = digits_of(word.text) in digits_of(best) and min(one.chance for one in spelled) >= _CLEARLY
    return digits_of(best) in known or whole


def _as_written(best: str, values: Mapping[str, float], written: Written, looks: int) -> str:
    """Return the same digits with the signs between them that the table sets, unless the shapes speak against it."""
    if written.is_well_formed(best):
        return best
    same = [text for text in values if digits_of(text) == digits_of(best) and written.is_well_formed(text)]
    other = max(same, key=lambda text: values[text], default=best)
    return other if values[other] > values[best] - _AGAINST * looks else best


def _of_word(lines: tuple[ReadLine, ...], word: ReadWord) -> tuple[ReadLine, ...]:
    return (ReadLine((word,), lines[0].block, lines[0].paragraph),)


def _spelled(look: TableLook, cells: Cells, signs: Mapping[int, str], shapes: Shapes) -> dict[Place, _Spelled]:
    """Spell each cell on one picture, in the height that the figures of the whole table have."""
    ink = {place: _pieces(look, place) for place in cells}
    heights = [piece.high for own in ink.values() for piece in own if piece.high > _LEAST_HIGH * look.picture.dpi]
    if not heights:
        return {}
    high = _usual(heights)
    found: dict[Place, _Spelled] = {}
    for place, own in ink.items():
        group, baseline = _group(own, high)
        if group:
            left, right = min(p.left for p in group), max(p.left + p.wide for p in group)
            box = PixelBox(left, baseline - high, right, baseline)
            lattice = StripLattice(shapes, strip_of(look.picture.pixels, box, Frame(baseline, high)))
            text = lattice.spell(signs[place.column])
            found[place] = _Spelled(text.text, text.value, text.chance, lattice, resized(box, 1 / look.factor))
    return found


def _pieces(look: TableLook, place: Place) -> list[InkPiece]:
    left, top, right, bottom = (round(edge) for edge in resized(place.box, look.factor))
    left, top, right, bottom = left + look.inset, top + look.inset, right - look.inset, bottom - look.inset
    part = look.picture.pixels[top:bottom, left:right]
    return [piece._replace(left=piece.left + left, top=piece.top + top) for piece in pieces(ink_of(part))]


def _usual(heights: Sequence[int]) -> float:
    """Find the height that most tall pieces of a table share."""
    usual = float(np.median(heights))
    return float(np.median([high for high in heights if _LOW * usual < high < _TALL * usual]))


def _group(own: Sequence[InkPiece], high: float) -> tuple[list[InkPiece], float]:
    """Return the pieces of a cell that stand together on one line, and that line."""
    tall = [piece for piece in own if _LOW * high < piece.high < _TALL * high]
    if not tall:
        return [], 0.0
    baseline = float(np.median([piece.bottom for piece in tall]))
    if max(abs(piece.bottom - baseline) for piece in tall) > high:
        return [], 0.0  # more than one line
    near = sorted(
        (
            piece
            for piece in own
            if baseline - _TALL * high <= piece.top
            and piece.bottom <= baseline + _HANGS * high
            and piece.wide * piece.high >= _SPECK * high**2
        ),
        key=lambda piece: piece.left,
    )
    groups: list[list[InkPiece]] = []
    reach = float("-inf")
    for piece in near:
        if piece.left - reach > _APART * high:
            groups.append([])
        groups[-1].append(piece)
        reach = max(reach, piece.left + piece.wide)
    return max(groups, key=lambda group: sum(p.wide * p.high for p in group), default=[]), baseline
