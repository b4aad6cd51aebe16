"""Indicators over the years: a list to choose from, and one of them as a plot and a table, each value with its page."""

import csv
import threading
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.search.words import TOKEN, bare_text
from vnreport_ocr.serve.asked import LONGEST_NAME, link, text_in
from vnreport_ocr.serve.places import within
from vnreport_ocr.serve.plot import Point, plot
from vnreport_ocr.serve.site import Site

TABLE: Final = "indicators.csv"
_MOST_ROWS: Final = 200_000
_MOST_SHOWN: Final = 300


class Value(NamedTuple):
    """A value of an indicator, and where it was read."""

    file: str
    page: int
    indicator: str
    key: str
    """The same for an indicator in every year, however it is written."""
    measure: str
    """What it is: planned, reached, compared."""
    area: str
    year: int | None
    value: float
    said: str
    unit: str
    confidence: float | None
    doubt: str

    @property
    def own(self) -> tuple[str, str, str]:
        """Tell with which others it may be compared."""
        return self.key, self.measure, self.unit

    @property
    def address(self) -> str:
        """Return the address of the indicator."""
        return link("/indicators", key=self.key, measure=self.measure, unit=self.unit)

    @property
    def source(self) -> str:
        """Return the address of the page that it was read on."""
        return link("/page", file=self.file, n=self.page, q=f'"{self.said}"' if TOKEN.search(self.said) else "")


class _Known(NamedTuple):
    stamp: tuple[int, int]
    values: tuple[Value, ...]


_lock = threading.Lock()
_known: dict[str, _Known] = {}


def values_of(archive: Archive) -> tuple[Value, ...]:
    """Return every value of ``indicators.csv``; none where there is no such table."""
    path = within(archive.out, archive.out / TABLE)
    if path is None:
        return ()
    stat = path.stat()
    stamp = (stat.st_size, stat.st_mtime_ns)
    with _lock:
        known = _known.get(str(path))
        if known is None or known.stamp != stamp:
            known = _Known(stamp, tuple(_read(path)))
            _known.clear()  # one archive is shown at a time
            _known[str(path)] = known
    return known.values


def of_document(archive: Archive, file: str) -> list[Value]:
    """Return the values that a document holds."""
    return [value for value in values_of(archive) if value.file == file][:_MOST_SHOWN]


def _read(path: Path) -> list[Value]:
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                if (value := _value(row)) is not None:
                    found.append(value)
                if len(found) >= _MOST_ROWS:
                    break
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
    return found


def _value(row: dict[str, str]) -> Value | None:
    try:
        said = row.get("text") or ""
        sure = row.get("confidence")
        return Value(
            row["file"], int(row["page"]), row["indicator"], row.get("key") or bare_text(row["indicator"]),
            row.get("measure") or "", row.get("area") or "", int(row["year"]) if row.get("year") else None,
            float(row["value"]), said.replace('"', " "), row.get("unit") or "", float(sure) if sure else None,
            row.get("doubt") or "",
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None


class Chosen(NamedTuple):
    """An indicator to choose."""

    name: str
    measure: str
    unit: str
    values: int
    first: int | None
    last: int | None
    address: str


class Indicators:
    """Answers what is asked about indicators."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def show(self, request: Request) -> Response:
        """Show one indicator, or all there are to choose from."""
        own = tuple(text_in(request.query_params, name, LONGEST_NAME) for name in ("key", "measure", "unit"))
        area = text_in(request.query_params, "area", LONGEST_NAME)
        values = values_of(self._site.archive)
        found = [value for value in values if value.own == own] if own[0] else []
        if not found:
            return self._list(request, values)
        areas = sorted({value.area for value in found if value.area})
        chosen = [value for value in found if not area or value.area == area]
        chosen.sort(key=lambda value: (value.year or 0, value.area, value.file, value.page))
        points = [Point(v.year, v.value, v.area, v.source) for v in chosen if v.year is not None]
        key, measure, unit = own
        shown = {"name": _name(found), "measure": measure, "unit": unit, "area": area, "areas": areas, "key": key,
                 "values": chosen[:_MOST_SHOWN], "count": len(chosen), "plot": plot(points)}  # fmt: skip
        return self._site.page(request, "indicator.html", shown)

    def _list(self, request: Request, values: tuple[Value, ...]) -> Response:
        wanted = text_in(request.query_params, "find", 200)
        words = bare_text(wanted).split()
        groups: dict[tuple[str, str, str], list[Value]] = {}
        for value in values:
            groups.setdefault(value.own, []).append(value)
        found = []
        for own in groups.values():
            name = _name(own)
            if words and not all(word in bare_text(name) for word in words):
                continue
            years = sorted({value.year for value in own if value.year is not None})
            first, last = (years[0], years[-1]) if years else (None, None)
            found.append(Chosen(name, own[0].measure, own[0].unit, len(own), first, last, own[0].address))
        found.sort(key=lambda row: (-row.values, row.name))
        listed = {"wanted": wanted, "found": found[:_MOST_SHOWN], "count": len(found), "any": bool(values)}
        return self._site.page(request, "indicators.html", listed)


def _name(values: Sequence[Value]) -> str:
    """Name an indicator as most documents do."""
    return Counter(value.indicator for value in values).most_common(1)[0][0]
