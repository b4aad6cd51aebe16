"""Small plots as inline SVG: bars and a line, readable without colours, with nothing to load."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_WIDTH = 480
_ROW = 22
_LABEL = 160
_LINE_HEIGHT = 170


class Bar(NamedTuple):
    """A bar: what it is of, how long it is, and what is written at its end."""

    label: str
    value: float
    note: str


def bars(rows: Sequence[Bar], *, most: float | None = None, title: str, nothing: str = "Nothing yet.") -> str:
    """Draw horizontal bars, one a row; ``most`` is the value that fills the width."""
    if not rows:
        return f'<p class="note">{escape(nothing)}</p>'
    top = most or max(row.value for row in rows) or 1.0
    room = _WIDTH - _LABEL - 125
    height = _ROW * len(rows) + 4
    drawn = []
    for index, row in enumerate(rows):
        y = index * _ROW + 2
        length = max(1.0, room * min(1.0, row.value / top)) if row.value > 0 else 0.0
        label = escape(_shortened(row.label))
        drawn.append(
            f'<text class="label" x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{label}</text>'
            f'<rect class="bar" x="{_LABEL}" y="{y + 3}" width="{length:.1f}" height="{_ROW - 7}" rx="2">'
            f"<title>{escape(row.label)}: {escape(row.note)}</title></rect>"
            f'<text class="note" x="{_LABEL + length + 7:.1f}" y="{y + 15}">{escape(row.note)}</text>'
        )
    return _svg(height, title, "".join(drawn))


def line(points: Sequence[tuple[float, float]], *, title: str, nothing: str = "Too short a run for a curve.") -> str:
    """Draw a curve over time: (minutes, value)."""
    if len(points) < 2:
        return f'<p class="note">{escape(nothing)}</p>'
    last = points[-1][0] or 1.0
    top = max(value for _, value in points) or 1.0
    left, right, floor = 56, _WIDTH - 12, _LINE_HEIGHT - 26

    def place(minute: float, value: float) -> str:
        return f"{left + (right - left) * minute / last:.1f},{floor - (floor - 12) * value / top:.1f}"

    path = " ".join(place(minute, value) for minute, value in points)
    grid = "".join(
        f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="label" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{_figure(top * share)}</text>'
        for share in (0.0, 0.5, 1.0)
        for y in (floor - (floor - 12) * share,)
    )
    scale = "".join(
        f'<text class="label" x="{left + (right - left) * share:.1f}" y="{floor + 18}" text-anchor="{anchor}">'
        f"{_minutes(last * share)}</text>"
        for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end"))
    )
    return _svg(_LINE_HEIGHT, title, f'{grid}{scale}<polyline class="curve" points="{path}"/>')


def _svg(height: int, title: str, body: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}" '
        f'xmlns="http://www.w3.org/2000/svg">{body}</svg>'
    )


def _shortened(label: str, most: int = 24) -> str:
    return label if len(label) <= most else "\N{HORIZONTAL ELLIPSIS}" + label[-(most - 1) :]


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _minutes(value: float) -> str:
    if value < 2:
        return f"{value * 60:.0f} s"
    return f"{value:.0f} min" if value < 120 else f"{value / 60:.1f} h"
