"""Measures the reading of pages: what is wrong, and what it costs beside the bare engine."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from tools.bench import goals
from tools.bench.checks import Check
from tools.bench.sets import PageSet
from tools.bench.speed import children_seconds
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.csv import table_csv
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.render import page_resolution, render

_TIMEOUT = 120.0


class PageLevel(NamedTuple):
    """A set of pages, read by the bare engine and by us."""

    name: str
    words_wrong: float
    engine_words_wrong: float
    words_missing: float
    table_wrong: float | None
    engine_table_wrong: float | None
    seconds: float
    engine_seconds: float
    sources: tuple[str, ...]


def measure(cleaner: Pipeline, pages: PageSet) -> PageLevel:
    """Read every page of a set twice: with everything, and with the engine alone on the rendered page."""
    truth = "\n".join(page.text for page in pages.pages)
    rows = "\n".join(page.rows for page in pages.pages)
    started = children_seconds()
    read = [page for prose in pages.pages for page in cleaner.iter_pages(prose.path)]
    tables = [(table_rows(cleaner.iter_pages(table.path)), table.rows) for table in pages.tables]
    between = children_seconds()
    engine = "\n".join(read_bare(page.path) for page in pages.pages)
    engine_tables = [(read_bare(table.path), table.text) for table in pages.tables]
    ended = children_seconds()
    whole = "\n".join(page.text for page in read)
    result = score(truth, whole)
    return PageLevel(
        pages.name,
        result.wer,
        score(rows, engine).wer,
        result.missing,
        _mean(score(truth, text).cer for text, truth in tables),
        _mean(score(truth, text).cer for text, truth in engine_tables),
        between - started,
        ended - between,
        tuple(page.source for page in read),
    )


def table_rows(pages: Iterable[Page]) -> str:
    """Return the tables of a document as rows with ``;`` between cells."""
    return "\n".join(table_csv(table) for page in pages for table in page.tables)


def read_bare(path: Path) -> str:
    """Read the pages of a PDF with the engine alone, each drawn at its own resolution and nothing done to it."""
    with tempfile.TemporaryDirectory() as folder, PdfFile(path) as file:
        texts = []
        for number in range(1, len(file) + 1):
            picture = Path(folder) / f"{number}.pnm"
            with file.page(number) as page:
                drawn = render(path, page, page_resolution(page.size, page.pictures()), _TIMEOUT)
            # As pdftoppm writes it and most people hand it over.
            Image.fromarray(drawn.pixels).save(picture, "PPM")
            texts.append(_engine(picture, drawn.dpi))
        return "\n".join(texts)


def checks(levels: Iterable[PageLevel]) -> Iterator[Check]:
    """Hold every set of pages against its must: wrong words of prose, wrong characters of tables."""
    for level in levels:
        if level.sources and (goal := goals.PAGES.get(level.name)) is not None:
            yield Check(f"{level.name}: share of wrong words", level.words_wrong, goal.must)
        if level.table_wrong is not None and (goal := goals.TABLES.get(level.name)) is not None:
            yield Check(f"{level.name}: share of wrong characters in tables", level.table_wrong, goal.must)


def fast_checks(levels: Iterable[PageLevel]) -> Iterator[Check]:
    """Hold the same against the musts of the fast engine, and its cost."""
    for level in levels:
        if level.sources and (goal := goals.FAST_PAGES.get(level.name)) is not None:
            yield Check(f"{level.name}, trueocr: share of wrong words", level.words_wrong, goal.must)
            yield Check(f"{level.name}, trueocr: cost", level.seconds / level.engine_seconds, goals.FAST_COST)


def fast_table(levels: Iterable[PageLevel]) -> str:
    """Return what the fast engine makes of prose and of tables, and at what cost."""
    head = ["set", "bare engine", "trueocr", "must", "words missing", "characters of tables",
            "CPU relative to the bare engine", "must"]  # fmt: skip
    rows = []
    for level in levels:
        if level.sources:
            must = goals.FAST_PAGES.get(level.name)
            rows.append([
                level.name, percent(level.engine_words_wrong), percent(level.words_wrong), goals.against(must)[0],
                percent(level.words_missing), "" if level.table_wrong is None else percent(level.table_wrong),
                f"{level.seconds / level.engine_seconds:.2f}", f"{goals.FAST_COST:g}",
            ])  # fmt: skip
    return markdown_table(head, rows)


def pages_table(levels: Iterable[PageLevel]) -> str:
    """Prose: wrong words."""
    head = [
        "set",
        "bare engine",
        "vnocr",
        "must",
        "goal",
        "words missing",
        "read from",
        "CPU relative to the bare engine",
    ]
    rows = []
    for level in levels:
        if level.sources:
            how = ", ".join(f"{level.sources.count(source)} {source}" for source in dict.fromkeys(level.sources))
            rows.append([
                level.name, percent(level.engine_words_wrong), percent(level.words_wrong),
                *goals.against(goals.PAGES.get(level.name)), percent(level.words_missing), how,
                f"{level.seconds / level.engine_seconds:.2f}",
            ])  # fmt: skip
    return markdown_table(head, rows)


def tables_table(levels: Iterable[PageLevel]) -> str:
    """Ruled tables: wrong characters of their rows; of the bare engine, which knows no rows, of the page's text."""
    head = ["set", "bare engine", "vnocr", "must", "goal"]
    rows = [
        [level.name, percent(level.engine_table_wrong or 0.0), percent(level.table_wrong),
         *goals.against(goals.TABLES.get(level.name))]
        for level in levels if level.table_wrong is not None
    ]  # fmt: skip
    return markdown_table(head, rows)


def _engine(picture: Path, dpi: float) -> str:
    done = subprocess.run(
        ["tesseract", str(picture), "-", "-l", "vie", "--dpi", str(round(dpi))],
        capture_output=True, text=True, check=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return done.stdout


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
