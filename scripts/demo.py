"""`make demo`: cleans a damaged sample and shows before and after side by side."""

import shutil
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vnreport_ocr import Cleaner, Options
from vnreport_ocr.model import Line
from vnreport_ocr.outputs.write import write

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "wrong-language.pdf"
OUT = ROOT / "out"
MOST_LINES = 24
NARROW = 60


def main() -> int:
    """Clean the sample's own text layer, show it, and write it."""
    console = Console(width=max(NARROW, shutil.get_terminal_size((120, 40)).columns))
    started = time.perf_counter()
    # The text layer is asked for, although the picture below it would be read better: repair is to be seen.
    document = Cleaner(Options(source="layer")).clean_file(SAMPLE)
    seconds = time.perf_counter() - started
    table = Table(title=f"{SAMPLE.relative_to(ROOT)}: what the file says, and what vnocr makes of it", expand=True)
    table.add_column("before", ratio=1)
    table.add_column("after", ratio=1)
    lines = [line for page in document.pages for line in page.lines if line.raw.strip()]
    for line in lines[:MOST_LINES]:
        table.add_row(Text(line.raw), _marked(line))
    console.print(table)
    if len(lines) > MOST_LINES:
        console.print(f"... and {len(lines) - MOST_LINES} lines more")
    written = write(document, ("txt", "json"), OUT / SAMPLE.stem)
    console.print(
        f"{len(document.corrections)} corrections in {seconds:.1f} s, quality {document.quality:.2f}. "
        "Written, with every correction and its reason:"
    )
    for path in written:
        console.print(f"  {path.relative_to(ROOT)}", highlight=False)
    console.print(
        f"Next: .venv/bin/vnocr clean {SAMPLE.relative_to(ROOT)}   and   .venv/bin/vnocr --help", highlight=False
    )
    return 0


def _marked(line: Line) -> Text:
    """The repaired line with the words that changed in colour."""
    before = set(line.raw.split())
    text = Text()
    for number, word in enumerate(line.text.split(" ")):
        text.append(" " if number else "").append(word, style="" if word in before else "bold green")
    return text


if __name__ == "__main__":
    sys.exit(main())
