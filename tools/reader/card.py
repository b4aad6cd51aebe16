"""The card of a reader: what it is, what it was taught with, how well it reads and what it cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.bench.tables import markdown_table, percent
from tools.reader import damage
from tools.reader.alphabet import GROUPS
from tools.reader.evaluation import PageFigures
from tools.reader.fonts import FONTS, PACKAGES

_LIMITS: Final = (
    "Print only: what is written by hand is read as nonsense, and should be left to a person.",
    "Vietnamese, and names in letters of the alphabet above; any other sign is read as one that looks like it.",
    "Lines that run to the right on a straightened page; it finds no lines itself.",
    "Its chances are those of printed and damaged lines; on real pages it may be surer than it should be.",
)


@dataclass(frozen=True, slots=True)
class Taught:
    """How a reader came to be."""

    name: str
    size: str
    weights: int
    file_bytes: int
    lines: int
    planned: int
    seed: int
    texts: str
    """The names of the texts with the beginnings of their hashes."""


def card(
    taught: Taught,
    lines: Mapping[str, float],
    beside: Mapping[str, float],
    pages: Iterable[tuple[PageFigures, PageFigures]],
) -> str:
    """Write the card; ``beside`` and the second of each pair of pages are the reader of the package trueocr."""
    share = taught.lines / taught.planned
    parts = [
        f"# {taught.name}",
        f"Reads one line of print: {taught.weights:,} weights of size `{taught.size}`, "
        f"{taught.file_bytes / 1e6:.2f} MB, convolutional, CTC. Apache-2.0.",
        "## What it was taught with",
        f"{taught.lines:,} printed lines ({share:.0%} of its course), seed {taught.seed}, from these texts, of which "
        f"no sentence is kept: {taught.texts}; and strings made by rule (figures, dates, document numbers, units, "
        "cells, names).",
        f"Fonts (packages {', '.join(PACKAGES)}): {', '.join(name for name, _ in FONTS)}.",
        "Damage, with the weight of each kind: "
        + "; ".join(f"{name} {weight} ({', '.join(steps)})" for name, (weight, steps) in damage.KINDS.items()) + ".",
        "## Alphabet",
        markdown_table(
            ["signs", "count", "why"],
            [[f"{group.name}", str(len(set(group.signs))), group.reason] for group in GROUPS],
        ),
        "## Printed lines, characters wrong",
        markdown_table(
            ["damage", "this reader", "trueocr"],
            [[kind, percent(lines[kind]), percent(beside[kind])] for kind in lines],
        ),
        "trueocr lacks some of the signs on these lines; each it lacks counts as wrong.",
        "## Pages",
        pages_table(pages),
        "## Limits",
        "\n".join(f"- {limit}" for limit in _LIMITS),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def pages_table(pages: Iterable[tuple[PageFigures, PageFigures]]) -> str:
    """Return what came of each set, of this reader and of trueocr's."""
    head = ["set", "characters wrong", "words wrong", "repaired", "missing", "tables", "s a page"]
    rows = []
    for pair in pages:
        for label, figures in zip(("", ", trueocr"), pair, strict=True):
            rows.append([
                figures.name + label, percent(figures.characters), percent(figures.words), percent(figures.repaired),
                percent(figures.missing), "" if figures.tables is None else percent(figures.tables),
                f"{figures.seconds:.2f}",
            ])  # fmt: skip
    return markdown_table(head, rows)


def write_whole(path: Path, text: str) -> None:
    """Write a text, whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
