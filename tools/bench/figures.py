"""Measures what becomes of figures and signs: right or wrong, and whether a doubt says so."""

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from tools.bench import goals
from tools.bench.checks import Check
from tools.bench.printed import SCANS, PrintedPage, figure_pages, fonts, sign_pages
from tools.bench.sets import PageSet
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.evaluate.score import word_keys
from vnreport_ocr.model import Line, Page, Table
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.vietnamese.letters import nfc

_PLAIN = str.maketrans("\u2013\u2014\u2212\u201c\u201d\u2018\u2019", "---\"\"''")
_PAGES = 5
"""How many pages of each kind of scan are made."""

_AROUND = ".,;:!?()[]\"'*"
_SPECIAL = re.compile(r"[\d²³¹⁰⁴-⁹‰%°±≤≥<>×µ₫]|^[IVXLC]+$")


class Read(NamedTuple):
    """A word that was read, and whether a doubt points at it."""

    text: str
    doubted: bool


class Wrong(NamedTuple):
    """A word that did not come out as it was printed."""

    printed: str
    read: str
    flagged: bool


@dataclass(frozen=True)
class FigureTally:
    """Figures of the truth by what became of them."""

    figures: int = 0
    flagged: int = 0
    """Wrong, with a doubt."""
    unflagged: int = 0
    """Wrong, and nothing says so."""
    lost: int = 0
    """Not there at all: their line, or they alone, were not read."""
    doubted: int = 0
    """Right, with a doubt."""
    wrong: tuple[Wrong, ...] = ()

    @property
    def all_wrong(self) -> int:
        """All that are not as they were printed."""
        return self.flagged + self.unflagged + self.lost

    def __add__(self, other: "FigureTally") -> "FigureTally":
        """Both together."""
        return FigureTally(
            self.figures + other.figures,
            self.flagged + other.flagged,
            self.unflagged + other.unflagged,
            self.lost + other.lost,
            self.doubted + other.doubted,
            self.wrong + other.wrong,
        )


class SignLines(NamedTuple):
    """Printed lines by what became of their figures, signs and numerals."""

    lines: int = 0
    right: int = 0
    flagged: int = 0
    """Not right, and a doubt points at each that is wrong."""
    doubted: int = 0
    """Right, with a doubt."""


def is_figure(word: str) -> bool:
    """Whether a word of the truth has a digit."""
    return any(c.isdigit() for c in word)


def is_special(word: str) -> bool:
    """Whether a word of the truth is a figure, a Roman numeral, or has a sign."""
    return _SPECIAL.search(word) is not None


def tally(truth: str, pages: Iterable[Page], counted: Callable[[str], bool] = is_figure) -> FigureTally:
    """Return what became of the words of the truth that count."""
    return tally_words(truth, list(chain.from_iterable(map(page_words, pages))), counted)


def tally_words(
    truth: str, read: Sequence[Read], counted: Callable[[str], bool] = is_figure, within: range | None = None
) -> FigureTally:
    """Judge words already in their order; ``within`` says which words of the truth may count."""
    printed = [_core(word) for word in truth.split()]
    seen = [_core(word.text) for word in read]
    found: dict[int, list[int]] = {}
    for step in Levenshtein.opcodes(word_keys(printed), word_keys(seen)):
        if step.tag in ("equal", "replace"):
            for offset in range(step.src_end - step.src_start):
                found.setdefault(step.src_start + offset, []).insert(0, step.dest_start + offset)
        elif step.tag == "insert":
            for place in (step.src_start - 1, step.src_start):
                found.setdefault(place, []).extend(range(step.dest_start, step.dest_end))
    result = FigureTally()
    for place, word in enumerate(printed):
        if counted(word) and (within is None or place in within):
            result += _became(word, [read[n] for n in found.get(place, [])])
    return result


def _became(word: str, here: Sequence[Read]) -> FigureTally:
    """Return what became of one word; of several words in its place the first one is in line with it."""
    if not here:
        return FigureTally(1, lost=1, wrong=(Wrong(word, "", False),))
    doubted = any(one.doubted for one in here)
    if word_keys([word]) == word_keys([_core(here[0].text)]):
        return FigureTally(1, doubted=int(here[0].doubted))
    text = " ".join(one.text for one in here)
    return FigureTally(1, int(doubted), int(not doubted), wrong=(Wrong(word, text, doubted),))


def _core(word: str) -> str:
    plain = nfc(word).translate(_PLAIN)
    return plain.strip(_AROUND) or plain


def page_words(page: Page) -> Iterator[Read]:
    """Return the words of a page, its tables in their places."""
    tables = sorted(page.tables, key=lambda table: table.before_line)
    for number, line in enumerate(page.lines):
        while tables and tables[0].before_line <= number:
            yield from _cells(tables.pop(0))
        yield from _line_words(line)
    for table in tables:
        yield from _cells(table)


def _cells(table: Table) -> Iterator[Read]:
    for cell in table.cells:
        for line in cell.lines:
            yield from _line_words(line)


def _line_words(line: Line) -> Iterator[Read]:
    for found in re.finditer(r"\S+", line.text):
        places = ((doubt.start, doubt.start + max(1, len(doubt.text))) for doubt in line.doubts)
        yield Read(found[0], any(start < found.end() and end > found.start() for start, end in places))


def of_set(cleaner: Pipeline, pages: PageSet) -> FigureTally:
    """Count what became of the figures of a set's pages, those of its tables too."""
    result = FigureTally()
    for prose in pages.pages:
        result += tally(prose.text, cleaner.iter_pages(prose.path))
    for table in pages.tables:
        result += tally(table.rows.replace(";", " "), _tables_alone(cleaner.iter_pages(table.path)))
    return result


def _tables_alone(pages: Iterable[Page]) -> Iterator[Page]:
    return (replace(page, lines=()) for page in pages)


def made_figures(cleaner: Pipeline) -> Iterator[tuple[str, FigureTally]]:
    """Measure the same on made pages: for each kind of scan, some in each font."""
    for scan in SCANS:
        result = FigureTally()
        for page in figure_pages(scan, _PAGES):
            result += tally(page.text, [_cleaned(cleaner, page)])
        yield f"made, {scan.name}", result


def made_signs(cleaner: Pipeline) -> Iterator[tuple[str, SignLines]]:
    """Count what became of the printed lines, by font and resolution; every second one has raised figures."""
    for number, font in enumerate(fonts()):
        for dpi in (200, 300):
            raised = (number + dpi // 100) % 2 == 0
            found = [
                sign_lines(page.lines, _cleaned(cleaner, page))[0] for page in sign_pages(font, dpi, raised=raised)
            ]
            how = "raised" if raised else "as signs"
            yield f"{font} at {dpi} dpi, {how}", SignLines(*map(sum, zip(*found, strict=True)))


def _cleaned(cleaner: Pipeline, page: PrintedPage) -> Page:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        page.picture.save(path, dpi=(page.dpi, page.dpi))
        return cleaner.clean_page(path, 1)


def figures_table(tallies: Iterable[tuple[str, FigureTally]]) -> str:
    """Return one row per set."""
    head = ["set", "figures", "wrong", "of these flagged", "not flagged", "must", "lost", "right but doubted"]
    rows = []
    for name, sums in tallies:
        if sums.figures:
            share = sums.figures / 100
            rows.append([
                name, f"{sums.figures:,}", f"{sums.all_wrong} ({sums.all_wrong / share:.2f}%)", str(sums.flagged),
                f"{sums.unflagged} ({sums.unflagged / share:.2f}%)", percent(goals.FIGURES_UNFLAGGED), str(sums.lost),
                f"{sums.doubted} ({percent(sums.doubted / sums.figures)})",
            ])  # fmt: skip
    return markdown_table(head, rows)


def sign_lines(truth: Sequence[str], page: Page) -> tuple[SignLines, list[Wrong]]:
    """Count what became of each printed line, and what was read for those that are wrong and not flagged."""
    read = list(page_words(page))
    wrong = dict[int, bool]()
    doubted = set[int]()
    bounds = [len(" ".join(truth[:n]).split()) for n in range(len(truth) + 1)]
    whole = " ".join(truth)
    silent: list[Wrong] = []
    for number in range(len(truth)):
        first, last = bounds[number], bounds[number + 1]
        result = tally_words(whole, read, is_special, range(first, last))
        if result.all_wrong:
            wrong[number] = not result.unflagged and not result.lost
            silent += [] if wrong[number] else [one for one in result.wrong if not one.flagged]
        elif result.doubted:
            doubted.add(number)
    flagged = sum(wrong.values())
    return SignLines(len(truth), len(truth) - len(wrong), flagged, len(doubted)), silent


def signs_table(sums: Iterable[tuple[str, SignLines]]) -> str:
    """Return one row per font and resolution."""
    head = ["printed in", "lines", "right", "must", "right or flagged", "must", "right but doubted"]
    rows = [
        [name, str(one.lines), percent(one.right / one.lines, 1), percent(goals.SIGNS_RIGHT, 0),
         percent((one.right + one.flagged) / one.lines, 1), percent(goals.SIGNS_SAFE, 0), str(one.doubted)]
        for name, one in sums if one.lines
    ]  # fmt: skip
    return markdown_table(head, rows)


def checks(tallies: Iterable[tuple[str, FigureTally]], signs: Iterable[tuple[str, SignLines]]) -> list[Check]:
    """Return the musts of figures and of signs."""
    found = []
    for name, sums in tallies:
        if sums.figures:
            share = sums.unflagged / sums.figures
            found.append(Check(f"{name}: wrong figures not flagged", share, goals.FIGURES_UNFLAGGED))
            found.append(Check(f"{name}: right figures doubted", sums.doubted / sums.figures, goals.FIGURES_DOUBTED))
    for name, one in signs:
        if one.lines:
            found.append(Check(f"{name}: lines right", one.right / one.lines, goals.SIGNS_RIGHT, True))
            safe = (one.right + one.flagged) / one.lines
            found.append(Check(f"{name}: lines right or flagged", safe, goals.SIGNS_SAFE, True))
    return found
