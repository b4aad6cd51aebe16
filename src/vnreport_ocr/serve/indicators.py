"""Indicators over the years: a list to choose from, and one of them as a plot and a table, each value with its page."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vnreport_ocr.archive.figures import Series
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.words import bare_text
from vnreport_ocr.serve.asked import LONGEST_NAME, link, text_in
from vnreport_ocr.serve.plot import Point, plot
from vnreport_ocr.serve.site import Site

_MOST_SHOWN: Final = 300
_MOST_PLOTTED: Final = 400
_MOST_READ: Final = 20_000
_MEASURES: Final = ("result", "estimate", "plan", "comparison")


class Choice(NamedTuple):
    """Something to choose, and whether it is chosen."""

    name: str
    address: str
    is_chosen: bool


def source_of(figure: Figure) -> str:
    """Return the address of the page that a figure was read on, its box with it."""
    box = ",".join(f"{edge:.1f}" for edge in figure.box) if figure.box is not None else ""
    return link("/page", file=figure.path, n=figure.page, box=box)


def address_of(key: str, **more: object) -> str:
    """Return the address of an indicator."""
    return link("/indicators", key=key, **more)


class Indicators:
    """Answers what is asked about indicators."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def show(self, request: Request) -> Response:
        """Show one indicator, or all there are to choose from."""
        key, area, unit, measure = (
            text_in(request.query_params, name, LONGEST_NAME) for name in ("key", "area", "unit", "measure")
        )
        found = list(islice(self._site.archive.indicators(key=key), _MOST_READ)) if key else []
        if not found:
            return self._list(request)
        units = [unit for unit, _ in Counter(one.unit for one in found).most_common()]
        measures = [name for name in _MEASURES if any(one.measure == name for one in found)]
        areas = sorted({one.area for one in found if one.area})
        # Values of several units, or plans and results, have no place on one curve.
        unit = unit if unit in units else units[0]
        measure = measure if measure in measures else (measures or [""])[0]
        area = area if area in areas else ""
        now = {"area": area, "unit": unit, "measure": measure}
        chosen = [one for one in found if (one.unit, one.measure) == (unit, measure) and area in ("", one.area)]

        def choices(name: str, values: list[str]) -> list[Choice]:
            return [Choice(one, address_of(key, **now | {name: one}), one == now[name]) for one in values]

        say = self._site.say(request.scope)
        shown = {
            "name": Counter(one.indicator for one in chosen or found).most_common(1)[0][0],
            "values": [(one, source_of(one)) for one in chosen[:_MOST_SHOWN]], "count": len(chosen), "unit": unit,
            "measure": measure, "plot": plot(_points(chosen)[:_MOST_PLOTTED]),
            "choices": [
                (say("measure"), choices("measure", measures)), (say("unit"), choices("unit", units)),
                (say("area"), choices("area", ["", *areas[:60]]) if areas else []),
            ],
        }  # fmt: skip
        return self._site.page(request, "indicator.html", shown)

    def _list(self, request: Request) -> Response:
        wanted = text_in(request.query_params, "find", 200)
        words = bare_text(wanted).split()
        known = list(self._site.archive.series())
        found = [one for one in known if all(word in bare_text(one.indicator) for word in words)]
        found.sort(key=_weight)
        shown = [(one, address_of(one.key)) for one in found[:_MOST_SHOWN]]
        listed = {"wanted": wanted, "found": shown, "count": len(found), "any": bool(known)}
        return self._site.page(request, "indicators.html", listed)


def _points(figures: Iterable[Figure]) -> list[Point]:
    """Return the figures that have a place on a plot: those of a year and a value."""
    return [
        Point(one.year, one.value, one.area, source_of(one))
        for one in figures
        if one.year is not None and one.value is not None
    ]


def _weight(one: Series) -> tuple[int, int, str]:
    years = (one.last_year or 0) - (one.first_year or 0)
    return -years, -one.figures, one.key
