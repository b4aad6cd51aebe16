"""The plots of a report, their figures gathered row by row."""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.phrases import Phrases
from vnreport_ocr.archive.plots import Bar, bars, line
from vnreport_ocr.archive.summary import Summary

_MOST_BARS = 25
_MOST_FOLDERS = 5000
"""Folders that are counted apart; with more, those of the first level stand for what is below them."""

_CURVE_POINTS = 200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class _Means:
    """Mean quality by group, each page weighing the same."""

    def __init__(self) -> None:
        self.groups: dict[str, tuple[float, int]] = {}

    def add(self, name: str, quality: float, pages: int) -> None:
        total, count = self.groups.get(name, (0.0, 0))
        self.groups[name] = (total + quality * pages, count + pages)

    def bars(self, say: Phrases) -> list[Bar]:
        return [
            Bar(name, total / pages, f"{say.number(total / pages, 2)} ({say.number(pages)})")
            for name, (total, pages) in self.groups.items()
        ]


def plots(ledger: Ledger, summary: Summary, say: Phrases) -> list[tuple[str, str]]:
    """Draw every plot; a title and its SVG each."""
    by_folder, by_year = _by_folder_and_year(ledger, say)
    nothing = say("nothing yet")

    def drawn(title: str, rows: Iterable[Bar], most: float | None = None) -> tuple[str, str]:
        return say(title), bars(list(rows), most=most, title=say(title), nothing=nothing)

    return [
        drawn("Quality by folder", by_folder, 1.0),
        drawn("Quality by year", by_year, 1.0),
        drawn("Pages by quality", _steps(ledger, say)),
        drawn("Kinds of damage", _damage(ledger, say)),
        drawn("Errors", _errors(summary, say)),
        (say("Speed"), line(_speed(ledger), title=say("Speed"), nothing=say("too short"))),
    ]


def _by_folder_and_year(ledger: Ledger, say: Phrases) -> tuple[list[Bar], list[Bar]]:
    folders, tops, years = _Means(), _Means(), _Means()
    for path, pages, quality, letterhead in ledger.rows(
        "SELECT path, pages, quality, letterhead FROM files WHERE quality IS NOT NULL"
    ):
        weight = max(1, pages)
        folder = path.rpartition("/")[0]
        if len(folders.groups) <= _MOST_FOLDERS:
            folders.add(folder or say("top"), quality, weight)
        top = folder.partition("/")[0] or say("top")
        if top in tops.groups or len(tops.groups) <= _MOST_FOLDERS:
            tops.add(top, quality, weight)
        facts = json.loads(letterhead) if letterhead != "{}" else {}
        years.add(str(year_of(path, facts) or say("unknown")), quality, weight)
    rows = (folders if len(folders.groups) <= _MOST_BARS else tops).bars(say)
    return (
        sorted(rows, key=lambda row: row.value)[:_MOST_BARS],
        sorted(years.bars(say), key=lambda row: row.label)[-_MOST_BARS:],
    )


def year_of(path: str, facts: Mapping[str, str]) -> int | None:
    """Return the year in the letterhead's date, else the last one in the file's name."""
    found = _YEAR.findall(facts.get("date", "")) or _YEAR.findall(path)
    return int(found[-1]) if found else None


def _steps(ledger: Ledger, say: Phrases) -> list[Bar]:
    rows = ledger.ask(
        "SELECT min(9, max(0, cast(quality * 10 AS INTEGER))), count(*) FROM pages WHERE error IS NULL GROUP BY 1"
    )
    steps = {int(step): int(number) for step, number in rows}
    if not steps:
        return []
    return [
        Bar(
            say("to", low=say.number(step / 10, 1), high=say.number((step + 1) / 10, 1)),
            steps.get(step, 0),
            say.number(steps.get(step, 0)),
        )
        for step in range(9, -1, -1)
    ]


def _damage(ledger: Ledger, say: Phrases) -> list[Bar]:
    rows = ledger.ask("SELECT damage, count(*) FROM pages WHERE error IS NULL GROUP BY 1 ORDER BY 2 DESC, 1")
    return [Bar(say(str(name)), number, say.number(number)) for name, number in rows]


def _errors(summary: Summary, say: Phrases) -> list[Bar]:
    rows = []
    for failure in summary.failures:
        counts = ((failure.files, say("files")), (failure.pages, say("pages")))
        note = ", ".join(f"{say.number(number)} {what}" for number, what in counts if number)
        rows.append(Bar(say.error_name(failure.error_class), failure.files + failure.pages, note))
    return rows


def _speed(ledger: Ledger) -> list[tuple[float, float]]:
    ((count,),) = ledger.ask("SELECT count(*) FROM speed WHERE run = (SELECT max(run) FROM speed)")
    step = max(1, count // _CURVE_POINTS)
    rows = ledger.ask(
        "SELECT minute, pages FROM (SELECT (s.at - r.started) / 60.0 AS minute, s.pages AS pages,"
        " row_number() OVER (ORDER BY s.at) AS place FROM speed s JOIN runs r ON r.run = s.run"
        " WHERE s.run = (SELECT max(run) FROM speed)) WHERE place % ? = 0 ORDER BY minute",
        (step,),
    )
    marks = [(0.0, 0), *rows]
    return [
        (minute, (pages - before) / (minute - since))
        for (since, before), (minute, pages) in pairwise(marks)
        if minute > since
    ]
