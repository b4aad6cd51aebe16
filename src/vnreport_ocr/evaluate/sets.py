"""The sets that are measured: found in a folder of texts with their truths, or made from clean texts.

A folder may hold, each part being optional:
``NAME.raw.txt`` with ``NAME.ref.txt`` (damaged text and its truth); ``clean/*.txt`` (right texts, from which
stripped and wrongly coded ones are made); ``ocr/WHAT-pNN.txt`` (what an engine read of page NN) and
``scans/WHAT/pNN.pdf`` (its picture) with the truth in ``scans/gt/pNN.txt``, in ``pNN.rows.txt`` where the rows of
the engine differ from the order of reading, and in ``pNN.csv`` where the page is a table.
"""

import html
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

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
    clean = {path.stem: _read(path) for path in sorted((folder / "clean").glob("*.txt"))}
    for name, text in clean.items():
        yield TextSet(f"clean/{name} stripped", "damaged", (Pair(letters.strip_marks(text), text),))
    for name, text in clean.items():
        yield TextSet(f"clean/{name} as it is", "clean", (Pair(text, text),))
    for charset, encode in encoders().items():
        if clean:
            yield TextSet(charset, "charset", tuple(Pair(encode(text), text) for text in clean.values()))


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


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
