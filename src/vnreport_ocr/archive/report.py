"""``report.html`` and ``report.vi.html``: what a person wants to see in the morning; each needs nothing else."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vnreport_ocr import __version__
from vnreport_ocr.archive.indexing import lags_behind
from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.archive.phrases import LANGUAGES, Phrases
from vnreport_ocr.archive.report_plots import plots
from vnreport_ocr.archive.report_rows import ReportPaths, count_by_need, failed_files, pages_in_need, write_pages
from vnreport_ocr.archive.summary import FailureClass, Summary, summarise
from vnreport_ocr.delivery import whole_text

if TYPE_CHECKING:
    from jinja2 import Template

REPORT = "report.html"
PAGES = "pages.csv"
"""Every page that needs a person, however many they are."""

MOST_ROWS = 10_000
"""Rows that a browser still sorts and filters at once; a longer list is cut, and says so."""


def write_report(out: Path) -> Path:
    """Write the report of an output folder out of its ledger; returns where the English one is."""
    with Ledger(out / LEDGER, read_only=True) as ledger:
        running = is_locked(out)
        with whole_text(out / PAGES, "utf-8-sig", "backslashreplace") as file:
            write_pages(ledger, file)
        for language, name, _ in LANGUAGES:
            with whole_text(out / name, errors="backslashreplace") as file:
                file.writelines(render(ledger, out, language, running=running))
    return out / REPORT


def render(ledger: Ledger, out: Path, language: str = "en", *, running: bool = False) -> Iterator[str]:
    """Give the report as HTML, piece by piece."""
    say = Phrases(language)
    summary = summarise(ledger, running=running)
    places = ReportPaths(out, Path(summary.run.folder) if summary.run else out)
    needs = count_by_need(ledger)
    count = sum(needs.values())
    template, style, script = _templates()
    yield from template.generate(
        language=language,
        languages=LANGUAGES,
        say=say,
        style=style,
        script=script,
        lead=_lead(summary, say),
        about=_about(ledger, say),
        index_note=say("index behind") if not running and lags_behind(out) else "",
        figures=_figures(summary, say, count),
        contents=_contents(summary, say, count),
        pages_count=count,
        pages_note=_note(count, say),
        page_columns=[(say("file"), "file"), (say("page"), "page"), (say("quality"), "quality"), (say("why"), "why")],
        page_kinds=[(kind, say(kind), say.number(number)) for kind, number in sorted(needs.items())],
        pages=pages_in_need(ledger, places, say, MOST_ROWS),
        failures=[_failure(kind, say) for kind in summary.failures],
        failed_count=summary.failed,
        failed_note=_cut(summary.failed, say, "archive.db"),
        failed_columns=[(say("file"), "file"), (say("what"), "name"), (say("why"), "why")],
        failed_kinds=[
            (kind.error_class, say.error_name(kind.error_class), say.number(kind.files))
            for kind in summary.failures
            if kind.files
        ],
        failed=failed_files(ledger, places, say, MOST_ROWS),
        passed_over=[
            (say(kind.kind), say.number(kind.files), ", ".join(kind.examples[:5])) for kind in summary.passed_over
        ],
        plots=plots(ledger, summary, say),
    )


def _templates() -> tuple["Template", str, str]:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # slow to load, and only a report needs it

    environment = Environment(
        loader=PackageLoader("vnreport_ocr.archive"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    folder = Path(__file__).parent / "templates"
    style, script = ((folder / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    return environment.get_template("report.html"), style, script


def _lead(summary: Summary, say: Phrases) -> str:
    run = summary.run
    if run is None:
        return say("no run")
    minutes = run.seconds / 60
    time = say("seconds", number=say.number(run.seconds)) if minutes < 2 else say("minutes", number=say.number(minutes))
    return say(
        "run",
        folder=run.folder,
        state=say(run.state),
        time=time,
        files=say.number(run.files),
        todo=say.number(run.todo_files),
        speed=say.number(run.pages_a_minute),
        workers=run.workers,
    )


def _about(ledger: Ledger, say: Phrases) -> str:
    rows = ledger.ask("SELECT version, options FROM runs ORDER BY run DESC LIMIT 1")
    version, options = rows[0] if rows else (None, None)
    chosen = ", ".join(f"{name} {value}" for name, value in json.loads(options or "{}").items())
    date = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z" if say.language == "en" else "%H:%M ngày %d/%m/%Y")
    return say("about", date=date, version=version or __version__, options=chosen or say("usual"))


def _figures(summary: Summary, say: Phrases, in_need: int) -> Sequence[tuple[str, str, bool]]:
    left = sum(summary.states.get(state, 0) for state in ("waiting", "open"))
    quality = "\N{EN DASH}" if summary.quality is None else say.number(summary.quality, 2)
    return [
        (say("files"), say.number(summary.files), False),
        (say("pages"), say.number(summary.pages), False),
        (say("words"), say.number(summary.words), False),
        (say("corrections"), say.number(summary.corrections), False),
        (say("mean quality"), quality, False),
        (say("pages to look at"), say.number(in_need), in_need > 0),
        (say("files failed"), say.number(summary.failed), summary.failed > 0),
        (say("pages unread"), say.number(summary.unread), summary.unread > 0),
        (say("files to do"), say.number(left), False),
    ]


def _contents(summary: Summary, say: Phrases, in_need: int) -> Sequence[tuple[str, str, str]]:
    listed = [("pages", "pages in need", in_need), ("failures", "failures", len(summary.failures))]
    if summary.failed:
        listed.append(("failed", "failed files", summary.failed))
    if summary.passed_over:
        listed.append(("passed", "passed over", sum(kind.files for kind in summary.passed_over)))
    return [
        *((anchor, say(name), say.number(number) if number else "") for anchor, name, number in listed),
        ("plots", say("plots"), ""),
    ]


def _failure(kind: FailureClass, say: Phrases) -> dict[str, str]:
    """Return a row of the table of failures."""
    return {
        "name": say.error_name(kind.error_class),
        "error_class": kind.error_class,
        "files": say.number(kind.files),
        "pages": say.number(kind.pages),
        "cure": say.cure(kind.error_class, kind.cure),
    }


def _note(count: int, say: Phrases) -> str:
    return _cut(count, say, PAGES) or say("whole list", file=_link(PAGES))


def _cut(count: int, say: Phrases, file: str) -> str:
    if count <= MOST_ROWS:
        return ""
    return say("first of all", shown=say.number(MOST_ROWS), count=say.number(count), file=_link(file))


def _link(file: str) -> str:
    return f'<a href="{file}">{file}</a>'
