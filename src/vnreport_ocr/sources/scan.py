"""A page picture read: prepared where it needs to be, read by the engine, put in order."""

from dataclasses import dataclass

from vnreport_ocr.model import Line, Table
from vnreport_ocr.sources.assemble import assemble, without_scraps
from vnreport_ocr.sources.engine import Engine, Picture, ReadLine, Request


@dataclass(frozen=True, slots=True)
class ScanReading:
    """What was read from a picture and how far the engine trusts it."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    quality: float
    notes: tuple[str, ...]


def read_scan(picture: Picture, engine: Engine, timeout: float) -> ScanReading:
    """Read a page picture."""
    read = engine.read(picture, Request("page", alternatives=True, timeout=timeout))
    lines, dropped = without_scraps(read)
    notes = [f"read by {engine.name} at {picture.dpi:.0f} dpi"]
    if dropped:
        notes.append(f"{dropped} scraps that are no writing were left out")
    return ScanReading(assemble(lines, 72 / picture.dpi), (), mean_confidence(lines), tuple(notes))


def mean_confidence(lines: tuple[ReadLine, ...]) -> float:
    """The engine's confidence, each word weighing as much as it has letters."""
    weights = [(len(word.text), word.confidence) for line in lines for word in line.words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * value for weight, value in weights) / total if total else 0.0
