"""The tuned numbers of sources/engine/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class HocrNumbers:
    """What is kept of an engine's hOCR."""

    doubtful: Annotated[
        float,
        Tuned(
            "share", 0.93, 0.9825, "Words read surer than this are right so often that their alternatives are left out."
        ),
    ] = 0.965
    least: Annotated[float, Tuned("share", 0.025, 0.1, "Letters that the engine gave less than this are left out.")] = (
        0.05
    )
    most_words: Annotated[int, Tuned("words", 4, 16, "How many alternatives of a word are kept.")] = 8


@dataclass(frozen=True, eq=False, repr=False)
class EngineTuning:
    """The tuned numbers of the room, by module."""

    hocr: HocrNumbers = field(default_factory=HocrNumbers)


TUNING = EngineTuning()
