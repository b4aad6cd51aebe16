"""Measures pages that a second reader looks at as well, beside the default: words, tables, figures, cost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tools.bench import goals
from tools.bench.checks import Check
from tools.bench.figures import FigureTally, tally
from tools.bench.pages import table_rows
from tools.bench.sets import PageSet
from tools.bench.speed import children_seconds
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.pipeline import Pipeline


class BestReading(NamedTuple):
    """What one way of reading made of a set of pages."""

    words_wrong: float
    table_wrong: float
    figures: FigureTally
    seconds: float


class BestLevel(NamedTuple):
    """A set of pages read in both ways."""

    name: str
    normal: BestReading
    best: BestReading

    @property
    def cost(self) -> float:
        """The processor time of the second way by that of the first."""
        return self.best.seconds / self.normal.seconds


def measure(normal: Pipeline, best: Pipeline, sets: Iterable[PageSet]) -> Iterator[BestLevel]:
    """Read every set in both ways."""
    for pages in sets:
        if pages.pages:
            yield BestLevel(pages.name, _read(normal, pages), _read(best, pages))


def _read(cleaner: Pipeline, pages: PageSet) -> BestReading:
    started = children_seconds()
    prose = [list(cleaner.iter_pages(page.path)) for page in pages.pages]
    tables = [list(cleaner.iter_pages(table.path)) for table in pages.tables]
    ended = children_seconds()
    figures = FigureTally()
    for page, read in zip(pages.pages, prose, strict=True):
        figures += tally(page.text, read)
    for table, read in zip(pages.tables, tables, strict=True):
        figures += tally(table.rows.replace(";", " "), [replace(page, lines=()) for page in read])
    truth = "\n".join(page.text for page in pages.pages)
    wrong = score(truth, "\n".join(page.text for read in prose for page in read)).wer
    cells = [score(table.rows, table_rows(read)).cer for table, read in zip(pages.tables, tables, strict=True)]
    return BestReading(wrong, sum(cells) / max(1, len(cells)), figures, ended - started)


def checks(levels: Iterable[BestLevel]) -> Iterator[Check]:
    """Hold the second way against the first, and against its own musts."""
    for level in levels:
        yield Check(f"{level.name}, best: share of wrong words", level.best.words_wrong, level.normal.words_wrong)
        yield Check(f"{level.name}, best: cost by the default's", level.cost, goals.BEST_COST)
        share = level.best.figures.unflagged / max(1, level.best.figures.figures)
        yield Check(f"{level.name}, best: wrong figures not flagged", share, goals.FIGURES_UNFLAGGED)


def best_table(levels: Iterable[BestLevel]) -> str:
    """Return one row per set, the default before the second way."""
    head = ["set", "wrong words", "characters of tables", "figures", "wrong", "not flagged", "right but doubted",
            "CPU relative to the default", "must"]  # fmt: skip
    rows = []
    for level in levels:
        one, two = level.normal, level.best
        rows.append([
            level.name, f"{percent(one.words_wrong)} → {percent(two.words_wrong)}",
            f"{percent(one.table_wrong)} → {percent(two.table_wrong)}", f"{one.figures.figures:,}",
            f"{one.figures.all_wrong} → {two.figures.all_wrong}", f"{one.figures.unflagged} → {two.figures.unflagged}",
            f"{one.figures.doubted} → {two.figures.doubted}", f"{level.cost:.2f}", f"{goals.BEST_COST:g}",
        ])  # fmt: skip
    return markdown_table(head, rows)
