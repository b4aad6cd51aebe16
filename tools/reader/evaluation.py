"""How well a file reads: lines that are printed for it, kind of damage by kind, and the pages of the development sets.

Pages are read with the engine that users have, its reader of lines changed for the file; with the file None they are
read with the engine's own, so that both stand side by side.
"""

import random
import resource
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tools.bench.pages import table_rows
from tools.bench.sets import PageSet, page_sets
from tools.reader import damage, printing, texts
from tools.reader.samples import found
from tools.reader.spelling import characters_wrong, spelled
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.linemodels import LineModels, LineReader, OwnReader

_SEED: Final = "lines that are never trained on"


class PageFigures(NamedTuple):
    """What came of the pages of a set: shares of the bare reading, and of the reading as users get it."""

    name: str
    characters: float
    words: float
    repaired: float
    missing: float
    tables: float | None
    seconds: float
    """Processor seconds a page, repair included."""


def reader_of(file: Path | None) -> LineReader:
    """Open a file, or the reader of the package trueocr."""
    return LineModels() if file is None else OwnReader(file)


def lines_wrong(reader: LineReader, paragraphs: Sequence[str], each: int) -> Mapping[str, float]:
    """Return the share of characters wrong on printed lines, by what happened to them."""
    found_by_kind = {}
    for kind in damage.KINDS:
        dice = random.Random(f"{_SEED} {kind}")
        pairs = []
        for _ in range(each):
            text = texts.line(paragraphs, dice)
            setting = printing.choose(dice)
            line = printing.printed(text, (texts.line(paragraphs, dice), texts.line(paragraphs, dice)), setting, dice)
            pixels = damage.damaged(line.pixels, line.box, line.dpi, damage.choose(dice, kind), dice)
            strip = reader.strip(pixels, found(line.box, setting.size, dice))
            ((_, scores),) = reader.read([strip])
            pairs.append((text, spelled(scores, reader.alphabet)))
        found_by_kind[kind] = characters_wrong(pairs)
    return found_by_kind


def pages_wrong(file: Path | None, folder: Path) -> Iterator[PageFigures]:
    """Read every set of scanned pages, bare and with repair."""
    bare = _pipeline(file, repair=False)
    whole = _pipeline(file, repair=True)
    whole.clean_text("Báo cáo")  # opens the dictionaries, which is no cost of a page
    for pages in page_sets(folder):
        if pages.pages and pages.name != "vector":
            yield _figures(pages, bare, whole)


def _figures(pages: PageSet, bare: Pipeline, whole: Pipeline) -> PageFigures:
    truth = "\n".join(page.text for page in pages.pages)
    raw = score(truth, "\n".join(page.text for prose in pages.pages for page in bare.iter_pages(prose.path)))
    begun = _seconds()
    read = score(truth, "\n".join(page.text for prose in pages.pages for page in whole.iter_pages(prose.path)))
    seconds = (_seconds() - begun) / len(pages.pages)
    tables = [score(table.rows, table_rows(whole.iter_pages(table.path))).cer for table in pages.tables]
    mean = sum(tables) / len(tables) if tables else None
    return PageFigures(pages.name, raw.cer, raw.wer, read.wer, read.missing, mean, seconds)


def _pipeline(file: Path | None, *, repair: bool) -> Pipeline:
    return Pipeline(Options(engine="trueocr", source="ocr", repair=repair), engine=lambda _: TrueOcr(file))


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
