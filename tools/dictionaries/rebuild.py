"""Builds every file of dictionaries/ anew from texts: `make dictionaries CORPORA=DIR`.

    python -m tools.dictionaries.rebuild DIR [--work DIR] [--out DIR] [--only STEP ...]

DIR holds ``corpora/NAME.txt.xz`` (a paragraph a line) and ``lexicons/places_2025.txt``, ``provinces_before_2025.txt``,
``surnames.txt``: what `make corpora FROM=DIR` has held against ``sources.lock``; docs/dictionaries.md says more.
Every step is one command, which is printed before it runs; what earlier steps left in the work folder is used
again by later ones, so that ``--only`` repeats a single step.
"""

import argparse
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.dictionaries.vocabulary import SOURCES
from vnreport_ocr.language.files import FAST_CONFUSIONS

ROOT = Path(__file__).resolve().parents[2]
BUILD = "tools.dictionaries"
LISTS = ("places_2025.txt", "provinces_before_2025.txt", "surnames.txt")
PLACES = "places"
PRINTED = (
    "official-documents-2025",
    "essays-and-directives",
    "law-decrees-2025",
    "law-answers-and-plans",
    "news-provincial-2017",
    "encyclopedia-2025",
)
"""The corpora of which pages are printed and read, to learn what letters turn into."""

SHAPES = ("400000", "7")
"""How many signs are printed to learn their shapes from, and the seed."""

BATCHES = ((1, 80), (1001, 160))
"""First seed and number of batches of ten pages."""

FAST_BATCHES = (5001, 16)
"""The same for the pages that the engine trueocr reads."""

SYMBOL_CORPORA = (
    "official-documents-2025",
    "essays-and-directives",
    "law-decrees-2025",
    "law-answers-and-plans",
    "law-codes-and-news",
    "law-codified",
    "economy-and-policy",
    "news-headlines-2025-26",
    "news-provincial-2017",
)
BUCKETS = 1_480_000
"""Each holds eight word sequences; with them the model has 47.6 MB."""


class Command(NamedTuple):
    """A module of the build with its arguments."""

    step: str
    module: str
    arguments: tuple[str, ...]


def source_path(data: Path, work: Path, name: str) -> Path:
    """Where the text of a source lies."""
    if name == PLACES:
        return work / f"{PLACES}.txt"
    return data / "corpora" / f"{name}.txt.xz"


def write_places(data: Path, work: Path) -> None:
    """Join the lists of places and family names: a small corpus of names."""
    work.mkdir(parents=True, exist_ok=True)
    text = "".join((data / "lexicons" / name).read_text(encoding="utf-8") for name in LISTS)
    (work / f"{PLACES}.txt").write_text(text, encoding="utf-8")


def commands(data: Path, work: Path, out: Path) -> Iterator[Command]:
    """All steps in their order."""
    encoded, pages = str(work / "encoded"), str(work / "pages")

    def paths(names: tuple[str, ...]) -> list[str]:
        return [str(source_path(data, work, name)) for name in names]

    yield Command("encode", "encode", (encoded, *paths(tuple(source.name for source in SOURCES))))
    yield Command("words", "vocabulary", (encoded, str(out)))
    for first, batches in BATCHES:
        yield Command("pages", "printing", (pages, str(batches), "10", str(first), *paths(PRINTED)))
    yield Command("pairs", "confusion_pairs", (pages, str(work)))
    yield Command("confusions", "confusion_counts", (str(work), str(out / "confusions.tsv")))
    yield Command("shapes", "shapes", (str(out / "shapes.bin"), *SHAPES))
    fast_pages, (first, batches) = str(work / "pages-fast"), FAST_BATCHES
    yield Command("fast", "printing", ("--fast", fast_pages, str(batches), "10", str(first), *paths(PRINTED)))
    yield Command("fast", "confusion_pairs", (fast_pages, str(work)))
    yield Command("fast", "confusion_counts", ("--fast", str(work), str(out / FAST_CONFUSIONS)))
    yield Command("symbols", "symbols", (str(out / "symbols.tsv"), *paths(SYMBOL_CORPORA)))
    # The corpora that were read from scans are mended by what has been built so far.
    yield Command("mend", "mending", (encoded, str(out), str(work / "mended"), str(BUCKETS), str(data / "corpora")))
    yield Command("ngrams", "ngram_model", (encoded, str(out), str(BUCKETS)))


def run(command: Command) -> None:
    """Run one step; the sources need not be installed."""
    line = [sys.executable, "-m", f"{BUILD}.{command.module}", *command.arguments]
    print("+", shlex.join(line), flush=True)
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH")]))
    subprocess.run(line, check=True, env={**os.environ, "PYTHONPATH": path})


def main(arguments: list[str] | None = None) -> int:
    """Build what is asked for; 1 where a text is not there."""
    parser = argparse.ArgumentParser(description="Build every file of dictionaries/ anew.")
    parser.add_argument("data", type=Path, help="the folder with corpora/ and lexicons/")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "dictionaries", help="what is made on the way")
    parser.add_argument("--out", type=Path, default=ROOT / "dictionaries", help="where the files go")
    parser.add_argument("--only", action="append", metavar="STEP", help="this step alone; may be repeated")
    asked = parser.parse_args(arguments)
    every = list(commands(asked.data, asked.work, asked.out))
    unknown = set(asked.only or ()) - {command.step for command in every}
    if unknown:
        parser.error(
            f"there is no step {', '.join(sorted(unknown))}; steps: {', '.join(dict.fromkeys(c.step for c in every))}"
        )
    names = [source.name for source in SOURCES if source.name != PLACES]
    wanted = [source_path(asked.data, asked.work, name) for name in names]
    lacking = [path for path in [*wanted, *(asked.data / "lexicons" / name for name in LISTS)] if not path.is_file()]
    if lacking:
        print(f"{lacking[0]} is not there ({len(lacking)} files are missing).", file=sys.stderr)
        return 1
    write_places(asked.data, asked.work)
    asked.out.mkdir(parents=True, exist_ok=True)
    for command in every:
        if not asked.only or command.step in asked.only:
            run(command)
    return 0


if __name__ == "__main__":
    sys.exit(main())
