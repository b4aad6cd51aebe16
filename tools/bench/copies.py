"""Measures the PDF that is written: its words for three readers, their places, its pixels, its size and its time."""

import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pikepdf
import pypdfium2
from lxml import etree
from rapidfuzz.distance import LCSseq

from tools.bench.checks import Check
from tools.bench.speed import children_seconds
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.model import AS_IT_IS, Box, Page
from vnreport_ocr.outputs.original import OriginalHere
from vnreport_ocr.outputs.pdf.printed import printed_lines
from vnreport_ocr.outputs.write import write
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.review.documents import read_document
from vnreport_ocr.spans import placed_words

READERS = ("pdftotext", "pdfium", "mutool")
_SCALE = 1.2
_COVERED = 0.5
_LONGEST = 600.0


class CopiedPages(NamedTuple):
    """What became of one file."""

    name: str
    pages: int
    scanned: int
    words: int
    in_order: tuple[int, ...]
    """Words of the text that each reader finds in the copy, in their order."""
    placed: int
    """Words whose box was compared."""
    covered: int
    same_pixels: int
    sound: bool
    bytes_before: int
    bytes_after: int
    reading: float
    writing: float
    ocrmypdf: float


def measure(cleaner: Pipeline, files: Iterable[Path], read: Path | None, *, beside: bool) -> Iterator[CopiedPages]:
    """Copy every file and look at the copy; ``read`` names a folder of documents (JSON) that were read before.

    ``beside`` measures OCRmyPDF with the same files, which takes as long as reading them.
    """
    for path in files:
        try:
            yield _copied(cleaner, path, read, beside=beside)
        except (VnocrError, pypdfium2.PdfiumError):
            # What pdfium does not open cannot be compared with its copy.
            continue


def _copied(cleaner: Pipeline, path: Path, read: Path | None, *, beside: bool) -> CopiedPages:
    begun = children_seconds()
    known = None if read is None else next(iter(read.rglob(f"{path.parent.name}/{path.stem}.json")), None)
    pages = list(cleaner.iter_pages(path)) if known is None else list(read_document(known).pages)
    read_at = children_seconds()
    with tempfile.TemporaryDirectory() as folder:
        (copy,) = write(iter(pages), ["pdf"], Path(folder) / "copy", path.name, original=OriginalHere(path))
        written_at = children_seconds()
        scanned = [page for page in pages if page.source == "ocr"]
        texts = [[word for line in printed_lines(page) for word in line.text.split()] for page in pages]
        found = [_words(copy, reader, [page.number for page in pages]) for reader in READERS]
        in_order = tuple(
            sum(LCSseq.similarity(said, got) for said, got in zip(texts, each, strict=True)) for each in found
        )
        boxes = [_covered(copy, page) for page in scanned if page.posture == AS_IT_IS]
        same = sum(_same_pixels(path, copy, page.number) for page in pages)
        return CopiedPages(
            f"{path.parent.name}/{path.stem}",
            len(pages),
            len(scanned),
            sum(map(len, texts)),
            in_order,
            sum(placed for placed, _ in boxes),
            sum(covered for _, covered in boxes),
            same,
            _complaints(copy) <= _complaints(path),
            path.stat().st_size,
            copy.stat().st_size,
            read_at - begun,
            written_at - read_at,
            _ocrmypdf(path, Path(folder)) if beside else 0.0,
        )


def _words(path: Path, reader: str, numbers: list[int]) -> list[list[str]]:
    """Measure the words that a reader takes out of each page."""
    if reader == "pdfium":
        with pypdfium2.PdfDocument(path) as file:
            return [file[number - 1].get_textpage().get_text_range().split() for number in numbers]
    return [_told(reader, path, number).split() for number in numbers]


def _told(reader: str, path: Path, number: int) -> str:
    command = {
        "pdftotext": ["pdftotext", "-raw", "-f", str(number), "-l", str(number), str(path), "-"],
        "mutool": ["mutool", "draw", "-q", "-F", "text", "-o", "-", str(path), str(number)],
    }[reader]
    done = subprocess.run(command, capture_output=True, check=False, timeout=_LONGEST)
    return done.stdout.decode("utf-8", "replace")


def _covered(copy: Path, page: Page) -> tuple[int, int]:
    """Count the words of a page whose box in the copy could be compared, and those it covers at least by half."""
    command = ["pdftotext", "-bbox", "-f", str(page.number), "-l", str(page.number), str(copy), "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=_LONGEST)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(done.stdout, parser)
    boxes: dict[str, list[Box]] = {}
    for word in root.iter("{*}word"):
        edges = Box(*(float(word.get(name)) for name in ("xMin", "yMin", "xMax", "yMax")))
        boxes.setdefault(word.text or "", []).append(edges)
    placed = covered = 0
    for line in page.all_lines():
        for own in placed_words(line):
            there = boxes.get(own.text)
            if own.box is not None and there:
                placed += 1
                covered += max(_share(own.box, other) for other in there) >= _COVERED
    return placed, covered


def _share(own: Box, other: Box) -> float:
    """Tell how much of a word's box the other one covers."""
    wide = min(own.right, other.right) - max(own.left, other.left)
    high = min(own.bottom, other.bottom) - max(own.top, other.top)
    area = (own.right - own.left) * (own.bottom - own.top)
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 1.0


def _same_pixels(one: Path, other: Path, number: int) -> bool:
    drawn = []
    for path in (one, other):
        with pypdfium2.PdfDocument(path) as file:
            drawn.append(np.array(file[number - 1].render(scale=_SCALE, draw_annots=True).to_numpy()))
    return bool(np.array_equal(drawn[0], drawn[1]))


def _complaints(path: Path) -> int:
    """Count what qpdf finds wrong with a file; a picture that it does not decode is no fault of a copy."""
    with warnings.catch_warnings(), pikepdf.open(path) as pdf:
        warnings.simplefilter("ignore")
        return len(pdf.check_pdf_syntax())


def _ocrmypdf(path: Path, folder: Path) -> float:
    """Processor seconds of OCRmyPDF with its own use of Tesseract; what has text already is read all the same."""
    begun = children_seconds()
    command = [
        str(Path(sys.executable).with_name("ocrmypdf")),
        "-l",
        "vie",
        "--force-ocr",
        "--output-type",
        "pdf",
        "-j",
        "1",
        "-q",
    ]
    subprocess.run(
        [*command, str(path), str(folder / "beside.pdf")], capture_output=True, check=False, timeout=_LONGEST
    )
    return children_seconds() - begun


def table(measured: Iterable[CopiedPages]) -> str:
    """Print one row per file, and their sum."""
    rows = list(measured)
    head = [
        "file",
        "pages (read)",
        "words",
        *READERS,
        "boxes",
        "pixels",
        "growth",
        "s per page: read",
        "write",
        "ocrmypdf",
    ]
    return markdown_table(head, [_row(one) for one in (*rows, _sum(rows))])


def _row(one: CopiedPages) -> list[str]:
    shares = [percent(found / max(1, one.words)) for found in one.in_order]
    boxes = percent(one.covered / one.placed) if one.placed else ""
    beside = f"{one.ocrmypdf / one.pages:.2f}" if one.ocrmypdf else ""
    return [
        one.name,
        f"{one.pages} ({one.scanned})",
        f"{one.words:,}",
        *shares,
        boxes,
        f"{one.same_pixels}/{one.pages}",
        percent(one.bytes_after / one.bytes_before - 1, 1),
        f"{one.reading / one.pages:.2f}",
        f"{one.writing / one.pages:.3f}",
        beside,
    ]


def _sum(rows: list[CopiedPages]) -> CopiedPages:
    def total(name: str) -> int:
        return sum(int(getattr(one, name)) for one in rows)

    return CopiedPages(
        "all",
        max(1, total("pages")),
        total("scanned"),
        total("words"),
        tuple(sum(column) for column in zip(*(one.in_order for one in rows), strict=True)),
        total("placed"),
        total("covered"),
        total("same_pixels"),
        all(one.sound for one in rows),
        max(1, total("bytes_before")),
        total("bytes_after"),
        sum(one.reading for one in rows),
        sum(one.writing for one in rows),
        sum(one.ocrmypdf for one in rows),
    )


def checks(measured: Iterable[CopiedPages]) -> list[Check]:
    """Check what a copy must be."""
    rows = list(measured)
    whole = _sum(rows)
    grown = max((one.bytes_after / one.bytes_before - 1 for one in rows if one.scanned == one.pages), default=0.0)
    return [
        Check("pages whose pixels changed", whole.pages - whole.same_pixels, 0),
        Check("copies that are not sound", sum(not one.sound for one in rows), 0),
        Check("boxes that cover their words", whole.covered / max(1, whole.placed), 0.99, at_least=True),
        Check("the most that a scan grows by", grown, 0.15),
    ]
