"""Which code of which string draws each letter of a page, as readers get the letters."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise, repeat
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.shows import Readings, Show
from vnreport_ocr.outputs.pdf.twinfonts import Twins
from vnreport_ocr.sources.pdf.glyphs import GlyphPlace

_NEAR: Final = 6
"""How many shows away the other half of a double is searched for."""


class Unit(NamedTuple):
    """How a letter is shown: by which code of which show, and what it reads as now."""

    show: Show
    at: int
    reading: str
    step: int
    """The step of the page's own contents that shows it."""
    order: int
    """How many codes are shown before it."""
    silent: bool
    """Whether its font does not name its letter, so that readers make up their own."""


_make_unit: Final = partial(tuple.__new__, Unit)


class Double(NamedTuple):
    """A show that draws once more what was drawn before it (a shadow, strokes made bold); some readers drop it."""

    show: Show
    order: int


class UnitFinder:
    """Matches the letters of pages with the codes that draw them."""

    def __init__(
        self, readings: Readings, twins: Twins, mended: Callable[[pikepdf.Object], dict[int, str] | None]
    ) -> None:
        self._readings, self._twins, self._mended = readings, twins, mended

    def units(
        self, shows: Sequence[Show], objects: Sequence[int], places: Sequence[GlyphPlace]
    ) -> tuple[dict[int, Unit], list[int]]:
        """Return the units of the letters that can be rewritten, by the letters' numbers, and the covered blanks.

        A blank that the next letter is drawn over is ignored by some readers and read by others.
        """
        if len(objects) < len(shows):
            return {}, []
        drawn: dict[int, list[int]] = {}
        for number, place in enumerate(places):
            if place.drawn_by is not None:
                drawn.setdefault(place.drawn_by, []).append(number)
        found: dict[int, Unit] = {}
        blanks: list[int] = []
        order = 0
        for show, drawing in zip(shows, objects, strict=False):
            if self._can_tell(show):
                numbers = drawn.get(drawing, [])
                starts = self._readings.aligned(show, [places[number].text for number in numbers])
                if starts is not None:
                    found.update(self._of(show, order, numbers, places, starts))
                    blanks += (order + at for at, start in enumerate(starts) if start is None)
            order += len(show.codes)
        return found, blanks

    def doubles(self, shows: Sequence[Show], objects: Sequence[int], places: Sequence[GlyphPlace]) -> list[Double]:
        """Return the shows that can be rewritten and of which a reader that drops doubles got no letter."""
        if len(objects) < len(shows):
            return []
        seen = {place.drawn_by for place in places}
        got = [drawing in seen for drawing in objects[: len(shows)]]
        found: list[Double] = []
        order = 0
        for at, show in enumerate(shows):
            if not got[at] and self._can_tell(show):
                near = range(max(0, at - _NEAR), min(len(shows), at + _NEAR + 1))
                if any(got[n] and shows[n].use == show.use and shows[n].codes == show.codes for n in near):
                    found.append(Double(show, order))
            order += len(show.codes)
        return found

    def _can_tell(self, show: Show) -> bool:
        return show.use is not None and show.use.name in self._twins.copies(show.stream)

    def _of(
        self,
        show: Show,
        order: int,
        numbers: Sequence[int],
        places: Sequence[GlyphPlace],
        starts: Sequence[int | None],
    ) -> dict[int, Unit]:
        """Return the units of what one step shows."""
        if show.use is None:
            return {}
        mended = self._mended(show.use.font)
        silent = mended is None and self._readings.is_silent(show.use.font)
        step = show.stream.step_of(show)
        if len(numbers) == len(show.codes):
            # One letter for each code, as nearly everywhere.
            told = [places[number].text for number in numbers]
            if mended is not None:
                told = [mended.get(code, text) for code, text in zip(show.codes, told, strict=True)]
            bare = [silent or _is_code(text) for text in told]
            count = len(told)
            values = zip(
                repeat(show), range(count), told, repeat(step), range(order, order + count), bare, strict=False
            )
            return dict(zip(numbers, map(_make_unit, values), strict=True))
        begun = [(at, start) for at, start in enumerate(starts) if start is not None]
        found: dict[int, Unit] = {}
        for (at, start), (_, end) in pairwise([*begun, (0, len(numbers))]):
            seen = "".join(places[number].text for number in numbers[start:end])
            reading = seen if mended is None else mended.get(show.codes[at], seen)
            unit = Unit(show, at, reading, step, order + at, silent or _is_code(reading))
            found[numbers[start]] = unit
            found.update((numbers[more], unit._replace(reading="")) for more in range(start + 1, end))
        return found


def _is_code(reading: str) -> bool:
    """Whether a reader found no letter for a code and gave the bare code."""
    return "" < reading < " "
