"""The sets that are measured: found in a folder of texts with their truths, or made from clean texts.

A folder may hold, each part being optional:
``NAME.raw.txt`` with ``NAME.ref.txt`` (damaged text and its truth); ``clean/*.txt`` (right texts, from which
stripped and wrongly coded ones are made); ``light/NAME-RATE.txt`` (``clean/NAME.txt`` with slips, RATE in a thousand);
``ocr/WHAT-pNN.txt`` (what an engine read of page NN) and
``scans/WHAT/pNN.pdf`` (its picture) with the truth in ``scans/gt/pNN.txt``, in ``pNN.rows.txt`` where the rows of
the engine differ from the order of reading, and in ``pNN.csv`` where the page is a table.

Or, as the samples are laid out, any ``NAME.txt``, ``NAME.md`` or ``NAME.pdf`` with its truth beside it in
``NAME.truth.txt`` and, for a table, in ``NAME.truth.csv``.
"""

import html
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tools.bench import damage
from vnreport_ocr.errors import InputError
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.vietnamese import letters, viqr
from vnreport_ocr.vietnamese.charset_tables import CHARSETS, encode_table


class Pair(NamedTuple):
    """A damaged text and its truth."""

    raw: str
    truth: str


class TextSet(NamedTuple):
    """Texts with one kind of damage; ``kind`` says to which table it belongs."""

    name: str
    kind: str
    pairs: tuple[Pair, ...]


class ProsePage(NamedTuple):
    """A page picture with its text in reading order, and in rows across the page, as a bare engine reads it."""

    path: Path
    text: str
    rows: str


class TablePage(NamedTuple):
    """A page picture that shows a table: its rows with ``;`` between cells, and the text of the whole page."""

    path: Path
    rows: str
    text: str


class PageSet(NamedTuple):
    """Page pictures with what stands on them: prose, or a table."""

    name: str
    pages: tuple[ProsePage, ...]
    tables: tuple[TablePage, ...]


def text_sets(folder: Path) -> Iterator[TextSet]:
    """Every set of texts, the made ones after the found ones."""
    for raw in sorted(folder.glob("*.raw.txt")):
        name = raw.name.removesuffix(".raw.txt")
        yield TextSet(name, "damaged", (Pair(_read(raw), _read(raw.with_name(f"{name}.ref.txt"))),))
    read = sorted((folder / "ocr").glob("*-p??.txt"))
    for name, pages in groupby(read, key=lambda path: path.stem.rpartition("-")[0]):
        pairs = tuple(Pair(_read(page), truth) for page in pages if (truth := _prose_truth(folder, page)) is not None)
        if pairs:
            yield TextSet(f"ocr/{name}", "damaged", pairs)
    yield from _beside_their_truths(folder)
    clean = {path.stem: _read(path) for path in sorted((folder / "clean").glob("*.txt"))}
    clean = clean or {Path(path.stem).stem: _read(path) for path in folder.glob("note.truth.txt")}
    for name, text in clean.items():
        yield TextSet(f"clean/{name} stripped", "damaged", (Pair(letters.strip_marks(text), text),))
    for name, text in clean.items():
        yield TextSet(f"clean/{name} as it is", "clean", (Pair(text, text),))
    for charset, encode in encoders().items():
        if clean:
            yield TextSet(charset, "charset", tuple(Pair(encode(text), text) for text in clean.values()))


def light_sets(folder: Path) -> Iterator[TextSet]:
    """Yield texts with slips of a Vietnamese engine: ``light/NAME-RATE.txt``, RATE words in a thousand."""
    found = sorted((folder / "light").glob("*-???.txt"), key=lambda path: path.stem.rpartition("-")[2])
    for rate, texts in groupby(found, key=lambda path: path.stem.rpartition("-")[2]):
        pairs = [
            Pair(_read(path), _read(truth))
            for path in texts
            if (truth := folder / "clean" / f"{path.stem.rpartition('-')[0]}.txt").exists()
        ]
        if pairs:
            yield TextSet(f"light, {int(rate)} per thousand", "light", tuple(pairs))


def odd_sets(folder: Path, readings: Path | None) -> Iterator[TextSet]:
    """Texts damaged in odd ways: by rule, read as another language, and short ones, which are told one by one."""
    clean = [_read(path) for path in sorted((folder / "clean").glob("*.txt"))]
    for name, spoil in damage.WAYS.items():
        if clean:
            yield TextSet(name, "damaged", tuple(Pair(spoil(text), text) for text in clean))
    if readings is not None:
        read = sorted(readings.glob("*-p??.txt"))
        for name, pages in groupby(read, key=lambda path: path.stem.rpartition("-")[0]):
            pairs = [Pair(_read(page), truth) for page in pages if (truth := _prose_truth(folder, page)) is not None]
            if pairs:
                yield TextSet(f"read as {name}", "damaged", tuple(pairs))


def short_texts() -> TextSet:
    """Short texts and searches, written for this bench."""
    lines = _read(Path(__file__).with_name("short_texts.tsv")).splitlines()
    return TextSet("short texts", "short", tuple(Pair(*line.split("\t")) for line in lines if line[0] != "#"))


def page_sets(folder: Path) -> Iterator[PageSet]:
    """Every set of page pictures that has a truth."""
    truths = folder / "scans" / "gt"
    for level in sorted(path for path in (folder / "scans").glob("*") if path.is_dir() and path != truths):
        prose, tables = [], []
        for page in sorted(level.glob("p??.pdf")):
            table, text, rows = (truths / f"{page.stem}{ending}" for ending in (".csv", ".txt", ".rows.txt"))
            if table.exists() and text.exists():
                tables.append(TablePage(page, _read(table), _read(text)))
            elif text.exists():
                prose.append(ProsePage(page, _read(text), _read(rows if rows.exists() else text)))
        yield PageSet(level.name, tuple(prose), tuple(tables))
    yield from filter(None, map(_page_beside, sorted(folder.glob("*.truth.txt"))))


def _page_beside(truth: Path) -> PageSet | None:
    """Find the PDF that a truth lies beside, where there is one that can be read."""
    page, table = (truth.with_name(truth.name.replace(".truth.txt", ending)) for ending in (".pdf", ".truth.csv"))
    if not (page.exists() and _opens(page)):
        return None
    text = _read(truth)
    if not table.exists():
        return PageSet(page.stem, (ProsePage(page, text, text),), ())
    rows = _read(table)
    return PageSet(page.stem, (), (TablePage(page, rows, text + rows.replace(";", " ")),))


def _beside_their_truths(folder: Path) -> Iterator[TextSet]:
    for truth in sorted(folder.glob("*.truth.txt")):
        name = truth.name.removesuffix(".truth.txt")
        for damaged in (folder / f"{name}.txt", folder / f"{name}.md"):
            if damaged.exists():
                yield TextSet(name, "damaged", (Pair(_read(damaged), _read(truth)),))


def encoders() -> dict[str, Callable[[str], str]]:
    """Ways to write right text wrongly, as it is met: old charsets, and right bytes read by a wrong table."""
    ways: dict[str, Callable[[str], str]] = {
        name: partial(encode_table, charset=charset) for name, charset in CHARSETS.items()
    }
    ways["viqr"] = viqr.encode
    ways["utf-8 as latin-1"] = lambda text: text.encode().decode("latin-1")
    ways["utf-8 as latin-1, twice"] = lambda text: text.encode().decode("latin-1").encode().decode("latin-1")
    ways["utf-8 as cp1252, bytes lost"] = lambda text: text.encode().decode("cp1252", errors="ignore")
    ways["numeric entities"] = lambda text: text.encode("ascii", "xmlcharrefreplace").decode()
    ways["named entities"] = lambda text: html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode()
    ways["decomposed"] = lambda text: unicodedata.normalize("NFD", text)
    ways["eth for đ"] = lambda text: text.translate(
        str.maketrans("đĐ", "\N{LATIN SMALL LETTER ETH}\N{LATIN CAPITAL LETTER ETH}")
    )
    ways["soft hyphens"] = lambda text: text.replace("nh", "n\N{SOFT HYPHEN}h")
    return ways


def _prose_truth(folder: Path, page: Path) -> str | None:
    number = page.stem.rpartition("-")[2]
    truths = folder / "scans" / "gt"
    if (truths / f"{number}.csv").exists():
        return None
    for name in (f"{number}.rows.txt", f"{number}.txt"):
        if (truths / name).exists():
            return _read(truths / name)
    return None


def _opens(path: Path) -> bool:
    """Whether a PDF can be read at all: samples of broken and locked ones lie among the others."""
    try:
        return bool(Pipeline().page_numbers(path))
    except InputError:
        return False


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
