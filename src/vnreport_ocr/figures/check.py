"""The figures of a page checked against the page itself; only on pages that an engine has read."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from typing import Final

from vnreport_ocr.figures import sums
from vnreport_ocr.figures.counting import check_counting
from vnreport_ocr.figures.dates import check_dates
from vnreport_ocr.figures.forms import STEP, figures_of_a_bad_table, odd_cells
from vnreport_ocr.figures.numbers import check_labels, check_numbers, check_symbols
from vnreport_ocr.figures.rowcounts import STEP as COUNTED
from vnreport_ocr.figures.rowcounts import miscounted
from vnreport_ocr.figures.separators import check_separators
from vnreport_ocr.figures.torn import check_torn
from vnreport_ocr.figures.wholeness import check_wholeness
from vnreport_ocr.figures.words import SURE, Finding, PageWords, applied
from vnreport_ocr.model import Cell, Page, Table

CHECKS: Final[tuple[Callable[[PageWords], Iterator[Finding]], ...]] = (
    check_separators,
    check_dates,
    check_counting,
    check_symbols,
    check_labels,
    check_numbers,
    check_wholeness,
    check_torn,
)


def check_figures(page: Page) -> Page:
    """Correct the figures of a page by choosing among their readings, and doubt those that contradict the page."""
    if page.source != "ocr":
        return page
    sheet = PageWords.of(page.lines)
    for check in CHECKS:
        by_line: dict[int, list[Finding]] = defaultdict(list)
        for finding in check(sheet):
            by_line[finding.word.line].append(finding)
        sheet = sheet.with_lines({n: applied(sheet.lines[n], _one_a_word(found)) for n, found in by_line.items()})
    return replace(page, lines=sheet.lines, tables=tuple(map(_table, page.tables)))


def _one_a_word(findings: list[Finding]) -> list[Finding]:
    return list({finding.word.start: finding for finding in sorted(findings, key=lambda f: f.confidence)}.values())


def _table(table: Table) -> Table:
    changed: dict[tuple[int, int], Cell] = {}
    counted: set[tuple[int, int]] = set()
    for column in sums.columns(table):
        verdict = sums.judge(column)
        for cell in verdict.confirmed:
            lines = tuple(replace(line, doubts=()) for line in cell.lines)
            changed[cell.row, cell.column] = replace(cell, lines=lines)
        for cell, reading in verdict.mended:
            changed[cell.row, cell.column] = _found(cell, reading, 0.9, "its column adds up this way")
        for cell in verdict.odd:
            changed[cell.row, cell.column] = _found(cell, "", 0.5, "its column does not add up")
    for cell, number in miscounted(table):
        counted.add((cell.row, cell.column))
        if cell.text.strip().rstrip(".") != number:
            changed[cell.row, cell.column] = _found(cell, number, 0.9, "the rows are counted one by one", COUNTED)
        elif any(line.doubts for line in cell.lines):
            changed[cell.row, cell.column] = replace(cell, lines=tuple(replace(one, doubts=()) for one in cell.lines))
    for cell, after, reason in odd_cells(table):
        if (cell.row, cell.column) not in changed:
            changed[cell.row, cell.column] = _pointed_at(cell, after, reason)
    return _all_doubted(_with_cells(table, changed), counted)


def _all_doubted(table: Table, counted: Set[tuple[int, int]]) -> Table:
    """Doubt every figure of a table in which most are doubted, but those that are counted."""
    doubted = {
        (cell.row, cell.column): _pointed_at(cell, "", "most figures of this table are doubtful")
        for cell in figures_of_a_bad_table(table)
        if (cell.row, cell.column) not in counted
    }
    return _with_cells(table, doubted)


def _with_cells(table: Table, changed: Mapping[tuple[int, int], Cell]) -> Table:
    """Return the table with some of its cells replaced."""
    if not changed:
        return table
    return replace(table, cells=tuple(changed.get((cell.row, cell.column), cell) for cell in table.cells))


def _found(cell: Cell, after: str, confidence: float, reason: str, step: str = sums.STEP) -> Cell:
    words = sums.cell_words(cell)
    if len(words) != 1:
        return cell
    finding = Finding(words[0], after, step, confidence, reason)
    number = words[0].line
    lines = tuple(applied(line, [finding]) if n == number else line for n, line in enumerate(cell.lines))
    return replace(cell, lines=lines)


def _pointed_at(cell: Cell, after: str, reason: str) -> Cell:
    """Return the cell with its correction, or with a doubt at each of its words that has none."""
    findings: dict[int, list[Finding]] = defaultdict(list)
    for word in sums.cell_words(cell):
        findings[word.line].append(Finding(word, after, STEP, SURE if after else 0.5, reason))
    lines = tuple(applied(line, findings[number]) for number, line in enumerate(cell.lines))
    return replace(cell, lines=lines)
