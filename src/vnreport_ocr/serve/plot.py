"""Values over years as a line plot: where everything lies, for the template to draw."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

WIDTH: Final = 720
HEIGHT: Final = 280
_LEFT: Final = 84
_RIGHT: Final = 20
_TOP: Final = 18
_FLOOR: Final = HEIGHT - 34
_MOST_TICKS: Final = 9


class Point(NamedTuple):
    """A value of a year, and where it was read."""

    year: int
    value: float
    label: str
    address: str


class Dot(NamedTuple):
    """A point in the drawing."""

    x: float
    y: float
    point: Point


class Tick(NamedTuple):
    """A line of the grid."""

    place: float
    value: float


class Plot(NamedTuple):
    """The drawing."""

    dots: tuple[Dot, ...]
    curve: str
    rows: tuple[Tick, ...]
    years: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    floor: int = _FLOOR


def plot(points: Sequence[Point]) -> Plot | None:
    """Lay a plot out; None where there are no years to be compared."""
    points = sorted(points, key=lambda point: (point.year, point.value))
    if len({point.year for point in points}) < 2:
        return None
    low, high, step = _scale(min(p.value for p in points), max(p.value for p in points))
    first, last = points[0].year, points[-1].year

    def x(year: float) -> float:
        return round(_LEFT + (WIDTH - _RIGHT - _LEFT) * (year - first) / (last - first), 1)

    def y(value: float) -> float:
        return round(_FLOOR - (_FLOOR - _TOP) * (value - low) / (high - low), 1)

    dots = tuple(Dot(x(p.year), y(p.value), p) for p in points)
    # Of several values of one year the curve takes the mean; each has a dot of its own.
    years = sorted({p.year for p in points})
    means = [sum(values) / len(values) for year in years if (values := [p.value for p in points if p.year == year])]
    curve = " ".join(f"{x(year)},{y(mean)}" for year, mean in zip(years, means, strict=True))
    count = round((high - low) / step)
    rows = tuple(Tick(y(low + n * step), low + n * step) for n in range(count + 1))
    every = math.ceil((last - first + 1) / _MOST_TICKS)
    return Plot(dots, curve, rows, tuple((x(year), year) for year in range(first, last + 1, every)))


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """Choose round ends and steps; a scale that begins near nothing begins at nothing."""
    if low >= 0 and low < 0.6 * high:
        low = 0.0
    if high == low:
        low, high = (low - abs(low) * 0.1, high + abs(high) * 0.1) if high else (0.0, 1.0)
    rough = (high - low) / 4
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step
