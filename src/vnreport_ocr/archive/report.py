"""``report.html``: what a person wants to see in the morning, in one file that needs nothing else."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.archive.plots import Bar, bars, line
from vnreport_ocr.archive.summary import FailureClass, Summary, summarise
from vnreport_ocr.errors import OutputError

REPORT = "report.html"

_MOST_BARS = 25
_MOST_ROWS = 200
_WORST_SHOWN = 25
_CURVE_POINTS = 200
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6b7c; --paper: #fbfbf9; --card: #fff; --edge: #dfe3e8;
  --bar: #3b6ea5; --bad: #b3402e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa7b5; --paper: #15191f; --card: #1d232b;
  --edge: #323b47; --bar: #78a6d8; --bad: #ef8b7a; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 1080px; margin: auto; }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
p.lead { color: var(--soft); margin: 0 0 1.4rem; overflow-wrap: anywhere; } p.none { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(112px, 1fr)); gap: .8rem; margin: 0 0 1rem; }
.figures div, section { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; }
.figures div { padding: .7rem .9rem; } .figures b { display: block; font-size: 1.35rem; font-weight: 600; }
.figures span { color: var(--soft); font-size: .85rem; } .figures .bad b { color: var(--bad); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 1rem; }
section { padding: 1rem 1.1rem; margin: 0 0 1rem; min-width: 0; overflow-x: auto; } .plots section { margin: 0; }
.plots { margin-bottom: 1rem; }
svg { width: 100%; height: auto; display: block; font-size: 12px; } svg text { fill: var(--ink); }
svg .label { fill: var(--soft); } .bar { fill: var(--bar); } .grid { stroke: var(--edge); }
.curve { fill: none; stroke: var(--bar); stroke-width: 2; stroke-linejoin: round; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem 1rem .35rem 0; border-top: 1px solid var(--edge); vertical-align: top; }
th { border-top: 0; color: var(--soft); font-weight: 500; } td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
"""


class _File(NamedTuple):
    path: str
    state: str
    pages: int
    quality: float | None
    letterhead: str


def write_report(out: Path) -> Path:
    """Write the report of an output folder out of its ledger; returns where it is."""
    with Ledger(out / LEDGER, read_only=True) as ledger:
        text = render(ledger, running=is_locked(out))
    path = out / REPORT
    aside = path.with_name(f".{REPORT}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise OutputError(f"The report cannot be written: {error.strerror}.", file=str(path)) from error
    return path


def render(ledger: Ledger, *, running: bool) -> str:
    """The report as HTML."""
    summary = summarise(ledger, running=running, worst=_WORST_SHOWN)
    files = [_File(*row) for row in ledger.ask("SELECT path, state, pages, quality, letterhead FROM files ORDER BY 1")]
    plots = (
        ("Quality by folder", bars(_quality_by_folder(files), most=1.0, title="Quality by folder")),
        ("Quality by year", bars(_quality_by_year(files), most=1.0, title="Quality by year")),
        ("Pages by quality", bars(_quality_steps(ledger), title="Pages by quality")),
        ("Kinds of damage", bars(_damage(ledger), title="Kinds of damage")),
        ("Errors", bars(_errors(summary), title="Errors")),
        ("Speed of the last run, pages a minute", line(_speed(ledger), title="Speed", unit="pages a minute")),
    )
    drawn = "".join(f"<section><h2>{escape(name)}</h2>{plot}</section>" for name, plot in plots)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Archive report</title><style>{_STYLE}</style></head><body><main>\n"
        f"<h1>Archive report</h1>{_lead(summary)}\n{_figures(summary)}\n"
        f'<div class="plots">{drawn}</div>\n{_worst(summary)}\n{_cures(summary)}\n{_failed(ledger, summary)}\n'
        "</main></body></html>\n"
    )


def _lead(summary: Summary) -> str:
    run = summary.run
    if run is None:
        return '<p class="lead">No run yet.</p>'
    minutes = run.seconds / 60
    lasted = f"{run.seconds:.0f} seconds" if minutes < 2 else f"{minutes:,.0f} minutes"
    return (
        f'<p class="lead">{escape(run.folder)} \N{MIDDLE DOT} last run {run.state} after {lasted}, '
        f"{run.files:,} of {run.todo_files:,} files, {run.pages_a_minute:,.0f} pages a minute, "
        f"{run.workers} workers</p>"
    )


def _figures(summary: Summary) -> str:
    left = sum(summary.states.get(state, 0) for state in ("waiting", "open"))
    shown = [
        ("files", f"{summary.files:,}", False),
        ("pages", f"{summary.pages:,}", False),
        ("words", f"{summary.words:,}", False),
        ("corrections", f"{summary.corrections:,}", False),
        ("mean quality", "\N{EN DASH}" if summary.quality is None else f"{summary.quality:.2f}", False),
        ("files failed", f"{summary.failed:,}", summary.failed > 0),
        ("pages not read whole", f"{summary.unread:,}", summary.unread > 0),
        ("files to do", f"{left:,}", False),
    ]
    cards = "".join(
        f"<div{' class=bad' if bad else ''}><b>{value}</b><span>{name}</span></div>" for name, value, bad in shown
    )
    return f'<div class="figures">{cards}</div>'


def _quality_by_folder(files: list[_File]) -> list[Bar]:
    groups: defaultdict[str, list[_File]] = defaultdict(list)
    for file in files:
        groups[file.path.rpartition("/")[0] or "(top)"].append(file)
    if len(groups) > _MOST_BARS:  # too many to show: the folders of the first level stand for what is below them
        merged: defaultdict[str, list[_File]] = defaultdict(list)
        for name, members in groups.items():
            merged[name.split("/")[0]].extend(members)
        groups = merged
    rows = _quality_bars(groups)
    return sorted(rows, key=lambda row: row.value)[:_MOST_BARS]


def _quality_by_year(files: list[_File]) -> list[Bar]:
    groups: defaultdict[str, list[_File]] = defaultdict(list)
    for file in files:
        groups[_year(file)].append(file)
    return sorted(_quality_bars(groups), key=lambda row: row.label)[-_MOST_BARS:]


def _quality_bars(groups: dict[str, list[_File]]) -> list[Bar]:
    rows = []
    for name, members in groups.items():
        read = [(file.quality, max(1, file.pages)) for file in members if file.quality is not None]
        if read:
            pages = sum(count for _, count in read)
            mean = sum(quality * count for quality, count in read) / pages
            rows.append(Bar(name, mean, f"{mean:.2f} ({pages:,} page{'' if pages == 1 else 's'})"))
    return rows


def _year(file: _File) -> str:
    """The year in the letterhead's date, else the last one in the file's name."""
    date = str(json.loads(file.letterhead).get("date", ""))
    found = _YEAR.findall(date) or _YEAR.findall(file.path)
    return found[-1] if found else "unknown"


def _quality_steps(ledger: Ledger) -> list[Bar]:
    rows = ledger.ask(
        "SELECT min(9, max(0, cast(quality * 10 AS INTEGER))), count(*) FROM pages WHERE error IS NULL GROUP BY 1"
    )
    steps = {int(step): int(number) for step, number in rows}
    if not steps:
        return []
    return [
        Bar(f"{step / 10:.1f} to {(step + 1) / 10:.1f}", steps.get(step, 0), f"{steps.get(step, 0):,}")
        for step in range(9, -1, -1)
    ]


def _damage(ledger: Ledger) -> list[Bar]:
    rows = ledger.ask("SELECT damage, count(*) FROM pages WHERE error IS NULL GROUP BY 1 ORDER BY 2 DESC, 1")
    return [Bar(str(name), number, f"{number:,} page{'' if number == 1 else 's'}") for name, number in rows]


def _errors(summary: Summary) -> list[Bar]:
    return [
        Bar(failure.error_class, failure.files + failure.pages, _files_and_pages(failure))
        for failure in summary.failures
    ]


def _files_and_pages(failure: FailureClass) -> str:
    counts = ((failure.files, "file"), (failure.pages, "page"))
    return ", ".join(f"{number:,} {what}{'' if number == 1 else 's'}" for number, what in counts if number)


def _speed(ledger: Ledger) -> list[tuple[float, float]]:
    rows = ledger.ask(
        "SELECT (s.at - r.started) / 60.0, s.pages FROM speed s JOIN runs r ON r.run = s.run"
        " WHERE s.run = (SELECT max(run) FROM speed) ORDER BY s.at"
    )
    step = max(1, len(rows) // _CURVE_POINTS)
    marks = [(0.0, 0), *rows[step - 1 :: step]]
    return [
        (minute, (pages - before) / (minute - since))
        for (since, before), (minute, pages) in pairwise(marks)
        if minute > since
    ]


def _worst(summary: Summary) -> str:
    rows = [
        (
            page.path,
            str(page.number),
            "unread" if page.error and not page.quality else f"{page.quality:.2f}",
            page.error or page.damage,
        )
        for page in summary.worst
    ]
    return _table("The worst pages first", ("File", "Page", "Quality", "What is wrong"), rows, {1, 2})


def _cures(summary: Summary) -> str:
    rows = [
        (failure.error_class, f"{failure.files:,}", f"{failure.pages:,}", failure.cure, ", ".join(failure.examples))
        for failure in summary.failures
    ]
    return _table("Failures and their cure", ("Class", "Files", "Pages", "Cure", "For example"), rows, {1, 2})


def _failed(ledger: Ledger, summary: Summary) -> str:
    rows = ledger.ask(
        "SELECT path, error_class, error FROM files WHERE state = 'failed' ORDER BY path LIMIT ?", (_MOST_ROWS,)
    )
    title = "Files that could not be read"
    if summary.failed > len(rows):
        title += f" (the first {len(rows):,} of {summary.failed:,}; 'vnocr status --json' and archive.db have all)"
    return _table(title, ("File", "Class", "Why"), [tuple(str(value or "") for value in row) for row in rows], set())


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], numbers: set[int]) -> str:
    if not rows:
        return f'<section><h2>{escape(title)}</h2><p class="none">None.</p></section>'

    def cells(tag: str, values: tuple[str, ...]) -> str:
        return "".join(
            f"<{tag}{' class=number' if index in numbers else ''}>{escape(value)}</{tag}>"
            for index, value in enumerate(values)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<section><h2>{escape(title)}</h2><table><tr>{cells('th', heads)}</tr>{body}</table></section>"
