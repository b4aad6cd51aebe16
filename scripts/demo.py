"""`make demo`: cleans a damaged sample and shows before and after side by side."""

import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vnreport_ocr import Cleaner, Document, Line, Options
from vnreport_ocr.outputs.write import write

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "wrong-language.pdf"
OUT = ROOT / "out"
MOST_ROWS = 24
NARROW = 60
SAME_LINE = 9.0
"""Points: lines whose middles are nearer to each other stand side by side."""


class Placed(NamedTuple):
    """A line and where its middle lies: the page, and points from its top."""

    page: int
    middle: float
    line: Line


def main() -> int:
    """Clean the sample, show what its own text layer said beside what came of it, and write it."""
    console = Console(width=max(NARROW, shutil.get_terminal_size((120, 40)).columns))
    before = Cleaner(Options(source="layer", repair=False)).clean_file(SAMPLE)
    started = time.perf_counter()
    after = Cleaner(Options()).clean_file(SAMPLE)
    seconds = time.perf_counter() - started
    name = SAMPLE.relative_to(ROOT)
    table = Table(title=f"{name}: what the file says, and what vnocr makes of it", expand=True)
    table.add_column("before", ratio=1)
    table.add_column("after", ratio=1)
    rows = _side_by_side(_placed(before), _placed(after))
    for left, right in rows[:MOST_ROWS]:
        table.add_row(Text(left), _marked(left, right))
    console.print(table)
    if len(rows) > MOST_ROWS:
        console.print(f"... and {len(rows) - MOST_ROWS} lines more.", highlight=False)
    how = ", ".join(sorted({page.source for page in after.pages}))
    console.print(
        f"{len(after.pages)} pages ({how}) in {seconds:.1f} s, {len(after.corrections)} corrections, "
        f"quality {after.quality:.2f}. Written, in JSON with every correction and its reason:",
        highlight=False,
    )
    for path in write(after, ("txt", "json"), OUT / SAMPLE.stem):
        console.print(f"  {path.relative_to(ROOT)}", highlight=False)
    console.print(
        f"Next: .venv/bin/vnocr clean {name} --source layer --explain    .venv/bin/vnocr --help", highlight=False
    )
    return 0


def _placed(document: Document) -> list[Placed]:
    return [
        Placed(page.number, (box.top + box.bottom) / 2, line)
        for page in document.pages
        for line in page.lines
        if line.raw.strip() and line.tokens and (box := line.tokens[0].box) is not None
    ]


def _side_by_side(before: Iterable[Placed], after: list[Placed]) -> list[tuple[str, str]]:
    """Rows of what stands at the same height of the same page, from the top of the first page on."""
    rows: dict[tuple[int, float], tuple[list[str], list[str]]] = {}
    for placed in after:
        key = _near(placed, rows)
        rows.setdefault(key, ([], []))[1].append(placed.line.text.strip())
    for placed in before:
        key = _near(placed, rows)
        rows.setdefault(key, ([], []))[0].append(placed.line.raw.strip())
    return [("  ".join(left), "  ".join(right)) for _, (left, right) in sorted(rows.items())]


def _near(placed: Placed, rows: Iterable[tuple[int, float]]) -> tuple[int, float]:
    heights = [middle for page, middle in rows if page == placed.page and abs(middle - placed.middle) < SAME_LINE]
    return placed.page, min(heights, key=lambda middle: abs(middle - placed.middle), default=placed.middle)


def _marked(left: str, right: str) -> Text:
    """Return the new line, the words that the old one lacks in colour."""
    before = set(left.split())
    text = Text()
    for number, word in enumerate(right.split(" ")):
        text.append(" " if number else "").append(word, style="" if word in before else "bold green")
    return text


if __name__ == "__main__":
    sys.exit(main())
