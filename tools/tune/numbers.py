"""The tuned numbers of the project: fields of the rooms' tuning values, with their units, ranges and reasons."""

import importlib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

from vnreport_ocr.tuned import Tuned

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vnreport_ocr"

TEXTS, LAYERS, PAGES, REPAIRED = "texts", "layers", "pages", "repaired"
LETTERS_FOLDER = "letters"
"""Where letters lie that are drawn to be measured, each named by its number among those of the benchmark."""

ROOMS = {
    "repair": TEXTS,
    "reading": LAYERS,
    "structure": REPAIRED,
    "sources": LAYERS,
    "sources/engine": PAGES,
    "sources/ocr": PAGES,
    "sources/pdf": LAYERS,
    "sources/picture": PAGES,
}
"""The rooms whose numbers are tuned, and which sets tell what they are worth."""


class TunedNumber(NamedTuple):
    """A tuned number: where it stands, what it is, how far it may be moved, and why it is what it is."""

    room: str
    name: str
    value: float
    tuned: Tuned

    @property
    def key(self) -> str:
        """Name the number as it is asked for, as in ``repair:rounds.weight``."""
        return f"{self.room}:{self.name}"

    def trials(self) -> tuple[float, ...]:
        """List the values that the number is moved to: both ends of its range."""
        return tuple(value for value in (self.tuned.low, self.tuned.high) if value != self.value)


def tuned_numbers(room: str) -> Iterator[TunedNumber]:
    """Find the tuned numbers of a room, in the order in which they are declared."""
    module = importlib.import_module(f"vnreport_ocr.{room.replace('/', '.')}.tuning")
    return numbers_of(module.TUNING, room)


def numbers_of(tuning: "DataclassInstance", room: str) -> Iterator[TunedNumber]:
    """Find the numbers of one tuning value; raises ``TypeError`` for a field that is not declared as tuned."""
    for group in fields(tuning):
        values = getattr(tuning, group.name)
        declared = get_type_hints(type(values), include_extras=True)
        for field in fields(values):
            tuned = next((one for one in getattr(declared[field.name], "__metadata__", ()) if type(one) is Tuned), None)
            if tuned is None:
                raise TypeError(f"{room}: {group.name}.{field.name} has no unit, range and reason")
            yield TunedNumber(room, f"{group.name}.{field.name}", getattr(values, field.name), tuned)
