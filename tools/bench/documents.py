"""Counts what repair changes in whole documents that have no truth, by kind of change."""

import time
from collections import Counter
from pathlib import Path

from tools.bench.tables import markdown_table
from vnreport_ocr.document import Document
from vnreport_ocr.model import Correction
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.vietnamese import letters


def kind_of_change(correction: Correction) -> str:
    """Describe what a correction did, as a person would."""
    before, after = correction.before, correction.after
    if before.split() == after.split():
        return "white space"
    if len(before.split()) != len(after.split()):
        return "joined or split"
    if letters.nfc(before) == letters.nfc(after):
        return "normal form"
    if before.lower() == after.lower():
        return "case"
    if letters.strip_marks(before).lower() == letters.strip_marks(after).lower():
        same = letters.split_tone(before)[0].lower() == letters.split_tone(after)[0].lower()
        return "tone" if same else "marks"
    return "letters"


KINDS = ("letters", "marks", "tone", "joined or split", "case", "normal form", "white space")


def documents_table(cleaner: Pipeline, folder: Path) -> str:
    """Return one row per document: what was changed, by kind, and what was left in doubt."""
    head = ["document", "words", "damage", "corrections", *KINDS, "doubts", "seconds"]
    rows = []
    for path in sorted(folder.glob("*.txt")):
        started = time.perf_counter()
        document = cleaner.clean_file(path)
        rows.append(_row(path.stem, document, time.perf_counter() - started))
    return markdown_table(head, rows)


def _row(name: str, document: Document, seconds: float) -> list[str]:
    kinds = Counter(map(kind_of_change, document.corrections))
    words = sum(len(line.raw.split()) for page in document.pages for line in page.lines)
    doubts = sum(len(line.doubts) for page in document.pages for line in page.lines)
    damage = Counter(page.damage for page in document.pages).most_common(1)[0][0]
    return [name, f"{words:,}", str(damage), f"{len(document.corrections):,}", *(f"{kinds[kind]:,}" for kind in KINDS),
            f"{doubts:,}", f"{seconds:.1f}"]  # fmt: skip
