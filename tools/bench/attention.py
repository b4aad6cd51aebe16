"""Whether the right pages and lines are named for a person: those with a wrong figure, and not too many others."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tools.bench.sets import PageSet
from tools.bench.tables import markdown_table
from vnreport_ocr.attention import Matter, attention
from vnreport_ocr.model import Line, Page
from vnreport_ocr.pipeline import Pipeline

_AROUND = ".,;:()\"'-*\N{EN DASH}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"


class Named(NamedTuple):
    """Lines with figures, and pages, with a wrong figure and without, and how many of each are named."""

    name: str
    wrong_lines: int = 0
    wrong_lines_named: int = 0
    right_lines: int = 0
    right_lines_named: int = 0
    wrong_pages: int = 0
    wrong_pages_named: int = 0
    right_pages: int = 0
    right_pages_named: int = 0


def measure(cleaner: Pipeline, sets: Iterable[PageSet]) -> Iterator[Named]:
    """Read every page of every set."""
    for pages in sets:
        truths = [(prose.path, prose.text) for prose in pages.pages] + [(one.path, one.text) for one in pages.tables]
        counts = [_page(cleaner.clean_page(path, 1), truth) for path, truth in truths]
        if counts:
            yield Named(pages.name, *(sum(column) for column in zip(*(one[1:] for one in counts), strict=True)))


def _page(page: Page, truth: str) -> Named:
    wrong = set(_wrong_lines(page, truth.split()))
    lines = [line for line in page.all_lines() if _is_figure(line.text) or id(line) in wrong]
    bad = [_is_named(line) for line in lines if id(line) in wrong]
    good = [_is_named(line) for line in lines if id(line) not in wrong]
    named = any(reason.matter in (Matter.FIGURE, Matter.UNREAD, Matter.INCOMPLETE) for reason in attention(page))
    of_page = (1, int(named), 0, 0) if wrong else (0, 0, 1, int(named))
    return Named("", len(bad), sum(bad), len(good), sum(good), *of_page)


def _wrong_lines(page: Page, truth: Sequence[str]) -> Iterator[int]:
    """Return the lines where a figure is another than in the truth, has gone, or has come in."""
    read = [(word, line) for line in page.all_lines() for word in line.text.split()]
    one, other = [word.strip(_AROUND) for word in truth], [word.strip(_AROUND) for word, _ in read]
    for what, i, j, k, m in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if what == "equal" or list(filter(_is_figure, one[i:j])) == list(filter(_is_figure, other[k:m])) or not read:
            continue
        place = next((n for n in range(k, m) if _is_figure(other[n])), min(k, len(read) - 1))
        yield id(read[place][1])


def _is_figure(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _is_named(line: Line) -> bool:
    return any(_is_figure(doubt.text) for doubt in line.doubts)


def attention_table(measured: Sequence[Named]) -> str:
    """Return one row per set."""
    head = ["pages", "lines with a wrong figure", "flagged", "lines with right ones", "flagged needlessly",
            "pages with a wrong figure", "flagged", "pages without", "flagged needlessly"]  # fmt: skip
    total = Named("all", *(sum(column) for column in zip(*(one[1:] for one in measured), strict=True)))
    return markdown_table(head, [[row.name, *map(str, row[1:])] for row in (*measured, total)])
