"""The tuned numbers of the modules in sources/ itself: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class FontcharsetsNumbers:
    """Which legacy charset a font has."""

    few: Annotated[
        float,
        Tuned(
            "share of words", 0.1, 0.4, "Below this share of Vietnamese words a text is suspected of a legacy charset."
        ),
    ] = 0.2
    sense: Annotated[
        float, Tuned("share of words", 0.6, 0.9, "From this share of words that make sense, a text is right as it is.")
    ] = 0.8
    better: Annotated[float, Tuned("share of words", 0.15, 0.6, "How much more sense a charset must make.")] = 0.3
    mixed: Annotated[
        float, Tuned("share of words", 0.04, 0.16, "From this share of illegal syllables a text mixes charsets.")
    ] = 0.08
    fewest_marked: Annotated[int, Tuned("words", 4, 16, "Fewer words with marks tell nothing.")] = 8


@dataclass(frozen=True, eq=False, repr=False)
class GuttersNumbers:
    """Columns of a page."""

    gap: Annotated[
        float,
        Tuned("heights", 0.5, 0.875, "The narrowest gutter: wider than a justified blank that recurs at one place."),
    ] = 0.75
    aligned: Annotated[float, Tuned("points", 1.5, 6.0, "Words that begin within this of each other are aligned.")] = (
        3.0
    )
    fewest_lines: Annotated[int, Tuned("lines", 3, 12, "A column has at least this many lines.")] = 6
    next_line: Annotated[float, Tuned("heights", 1.2, 4.8, "The next line of a column is no further down.")] = 2.4
    filled: Annotated[
        float, Tuned("share of the width", 0.44, 0.86, "A column's lines fill at least this much of it.")
    ] = 0.72
    long: Annotated[
        float, Tuned("letters", 8.0, 32.0, "The mean length of a column's lines; entries of tables are shorter.")
    ] = 16.0
    most_columns: Annotated[int, Tuned("columns", 2, 8, "No page has more columns.")] = 4
    indent: Annotated[
        float, Tuned("heights", 1.0, 4.0, "The first line of a column is indented by no more than this.")
    ] = 3.0


@dataclass(frozen=True, eq=False, repr=False)
class LedgerNumbers:
    """Rows of tables that no ruling parts."""

    same: Annotated[float, Tuned("heights", 0.2, 0.6, "Figures nearer than this to one height stand in one row.")] = 0.4
    fewest: Annotated[int, Tuned("rows", 2, 5, "Fewer figures under each other may be one entry of several lines.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class OrderNumbers:
    """Reading order."""

    bullet: Annotated[int, Tuned("letters", 2, 8, "A shorter text left of a gap is the label of an item.")] = 4
    gutter: Annotated[
        float, Tuned("heights", 0.6, 0.9, "How far from the gutter the two sides of a letterhead end.")
    ] = 0.8
    near: Annotated[float, Tuned("points", 2.0, 8.0, "How near two texts must be to belong together.")] = 4.0
    left_reach: Annotated[float, Tuned("heights", 1.25, 5.0, "How far down the left side of a letterhead goes on.")] = (
        2.5
    )
    right_reach: Annotated[float, Tuned("heights", 6.0, 24.0, "How far down the right side goes on.")] = 12.0

    centred: Annotated[
        float, Tuned("heights", 0.5, 2.0, "What is centred under two columns is off their middle by less than this.")
    ] = 1.0


@dataclass(frozen=True, eq=False, repr=False)
class SourcesTuning:
    """The tuned numbers of the room, by module."""

    fontcharsets: FontcharsetsNumbers = field(default_factory=FontcharsetsNumbers)
    gutters: GuttersNumbers = field(default_factory=GuttersNumbers)
    ledger: LedgerNumbers = field(default_factory=LedgerNumbers)
    order: OrderNumbers = field(default_factory=OrderNumbers)


TUNING = SourcesTuning()
