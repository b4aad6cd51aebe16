"""Second looks at figures, units and signs."""

from dataclasses import dataclass
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class FiguresNumbers:
    """Numbers read twice."""

    mostly: Annotated[
        float, Tuned("share of cells", 0.225, 0.9, "From this share of figures, a column is one of numbers.")
    ] = 0.45
    sure: Annotated[float, Tuned("share", 0.86, 0.965, "A cell less sure than this is read again.")] = 0.93
    two_numbers: Annotated[
        float,
        Tuned(
            "share",
            0.1,
            0.775,
            "The confidence of a number that was read in two ways; below 0.6 repair reports a doubt.",
        ),
    ] = 0.55
    believed: Annotated[float, Tuned("share", 0.2, 0.8, "A second reading less sure than this is not believed.")] = 0.6


@dataclass(frozen=True, eq=False, repr=False)
class GlueNumbers:
    """The numbers of ``glue.py``."""

    round: Annotated[float, Tuned("ratio", 1.3, 1.9, "A wider mark, by its height, is no speck; hyphens have 2.")] = 1.6
    widest: Annotated[float, Tuned("heights", 0.26, 0.34, "The widest speck; hyphens have 0.36 and more.")] = 0.3
    above: Annotated[float, Tuned("heights", 0.12, 0.3, "A stop stands no higher above the baseline.")] = 0.2
    gap: Annotated[float, Tuned("heights", 0.15, 0.4, "Words stand at least so far apart.")] = 0.22
    confidence: Annotated[float, Tuned("share", 0.85, 0.97, "The share of parted words that were right.")] = 0.9
    unsure: Annotated[float, Tuned("share", 0.6, 0.85, "A quotation mark less sure may be a speck.")] = 0.7


@dataclass(frozen=True, eq=False, repr=False)
class LookNumbers:
    """What a second look at a sign says."""

    open: Annotated[
        float,
        Tuned("share", 0.25, 1.0, "The confidence of a word that is left open; below 0.6 repair reports a doubt."),
    ] = 0.5
    settled: Annotated[float, Tuned("share", 0.8, 0.95, "The confidence of a word that the look has settled.")] = 0.9
    doubted: Annotated[
        float,
        Tuned(
            "share",
            0.4,
            0.85,
            "The confidence of a choice that a person should look at; below 0.8 repair reports a doubt.",
        ),
    ] = 0.7
    agreed: Annotated[
        float, Tuned("share", 0.6, 0.9, "The confidence of a word that both say, however little the engine trusted it.")
    ] = 0.8
    weakened: Annotated[
        float, Tuned("weight", 0.15, 0.6, "What is left of the weight of a rival that the shapes speak against.")
    ] = 0.3
    well: Annotated[
        float, Tuned("share", 0.1, 0.775, "From this chance of its least sure sign, a spelling stands by itself.")
    ] = 0.55


@dataclass(frozen=True, eq=False, repr=False)
class NumeralsNumbers:
    """Roman numerals."""

    clear: Annotated[float, Tuned("share", 0.125, 0.5, "From this chance a numeral is clear.")] = 0.25
    much: Annotated[float, Tuned("nats", 1.0, 4.0, "By this margin one numeral is much likelier than another.")] = 2.0
    very_much: Annotated[float, Tuned("nats", 2.25, 9.0, "By this margin it is very much likelier.")] = 4.5
    read: Annotated[
        float, Tuned("share", 0.6, 0.95, "A numeral less sure than this stands only if its strokes are clear.")
    ] = 0.8


@dataclass(frozen=True, eq=False, repr=False)
class SmallsignsNumbers:
    """Points, commas and colons."""

    least_dpi: Annotated[
        float, Tuned("dpi", 95.0, 380.0, "On coarser pictures a tail is a pixel or two, and a speck as large.")
    ] = 190.0
    letter: Annotated[
        float, Tuned("heights", 0.24, 0.81, "The height of the lowest letter, by that of a small letter.")
    ] = 0.62
    least_piece: Annotated[
        float, Tuned("heights", 0.15, 0.6, "Pieces lower than this share of a word's box are dots and tones.")
    ] = 0.3
    largest: Annotated[float, Tuned("heights", 0.25, 1.0, "The largest dot.")] = 0.5
    speck: Annotated[float, Tuned("heights", 0.06, 0.24, "Anything smaller is a speck.")] = 0.12
    beside: Annotated[float, Tuned("heights", 0.15, 0.6, "How far aside the dots of a colon may stand.")] = 0.3
    alike: Annotated[
        float, Tuned("ratio", 0.625, 2.5, "How much higher than the upper dot the lower dot of a colon is at most.")
    ] = 1.25
    tail: Annotated[float, Tuned("ratio", 0.75, 3.0, "From this ratio the lower sign has a tail: a semicolon.")] = 1.5
    round: Annotated[float, Tuned("ratio", 1.0, 1.6, "How much higher than wide a full stop is at most.")] = 1.2
    seen: Annotated[float, Tuned("share", 0.8, 0.95, "The confidence of a sign that was seen is no higher.")] = 0.9
    outseen: Annotated[float, Tuned("share", 0.15, 0.6, "The weight of the reading that the picture contradicts.")] = (
        0.3
    )


@dataclass(frozen=True, eq=False, repr=False)
class SpellingNumbers:
    """Words spelled sign by sign."""

    gap: Annotated[float, Tuned("ink", 0.175, 0.7, "A column with less ink than this is empty.")] = 0.35
    least_wide: Annotated[int, Tuned("columns", 1, 4, "Two cuts lie at least this far apart.")] = 2
    most_cuts: Annotated[int, Tuned("cuts", 35, 140, "A strip with more cuts is not spelled.")] = 70
    most_parts: Annotated[int, Tuned("parts", 3, 12, "No sign is made of more parts.")] = 6
    floor: Annotated[float, Tuned("log-chance", -18.0, -4.5, "No sign is less likely than this.")] = -9.0
    any: Annotated[
        float, Tuned("log-chance", -2.4, -0.6, "The chance of a sign that is not asked for, whatever it looks like.")
    ] = -1.2


@dataclass(frozen=True, eq=False, repr=False)
class UnitsNumbers:
    """Units behind figures."""

    clear: Annotated[float, Tuned("share", 0.25, 1.0, "From this chance a unit is clear.")] = 0.5
    seen: Annotated[float, Tuned("share", 0.14, 0.56, "From this chance a unit was seen.")] = 0.28
    faint: Annotated[float, Tuned("share", 0.04, 0.16, "Below this chance a sign was not seen at all.")] = 0.08
    plain_to_see: Annotated[
        float, Tuned("share", 0.4, 0.85, "From this chance a multiplication sign needs no figures around it.")
    ] = 0.7
    bare: Annotated[
        float, Tuned("share", 0.5, 0.875, "The chance that makes a plain per cent sign one of per mille.")
    ] = 0.75
    also: Annotated[
        float, Tuned("weight", 0.3, 0.9, "From this weight a reading with more behind the unit leaves it open.")
    ] = 0.6


@dataclass(frozen=True, eq=False, repr=False)
class WeighingNumbers:
    """The shapes weighed against the engine."""

    odd: Annotated[float, Tuned("share", 0.94, 0.985, "A word less sure than this is looked at.")] = 0.97
    clear: Annotated[
        float, Tuned("share", 0.15, 0.6, "From this chance of its least sure sign, a spelling is believed at all.")
    ] = 0.3
    dim: Annotated[
        float, Tuned("share", 0.04, 0.16, "From this chance a spelling far ahead of the reading is considered.")
    ] = 0.08
    strong: Annotated[float, Tuned("nats", 2.0, 8.0, "Such a spelling must be ahead by this.")] = 4.0
    clear_code: Annotated[float, Tuned("share", 0.25, 1.0, "From this chance a spelled code is believed.")] = 0.5
    clear_well: Annotated[float, Tuned("share", 0.6, 0.9, "From this chance it is no doubt.")] = 0.8
    half: Annotated[float, Tuned("share", 0.2, 0.8, "The same as the first, for numbers with letters in them.")] = 0.6
    dimly: Annotated[float, Tuned("share", 0.5, 0.875, "A clear code that looks unlikely is left open below this.")] = (
        0.75
    )
    short: Annotated[int, Tuned("signs", 2, 8, "A longer word without figures is no misread number.")] = 4
    likely: Annotated[
        float, Tuned("log-chance", -2.0, -0.5, "From this mean of its signs a spelled code is believed.")
    ] = -1.0
    trusted: Annotated[
        float,
        Tuned("share", 0.8, 0.95, "A figure this sure, with no other thought of, is never replaced without a doubt."),
    ] = 0.9
    little: Annotated[float, Tuned("nats", 0.5, 2.0, "A spelling ahead by less than this changes nothing.")] = 1.0
    much: Annotated[
        float, Tuned("nats", 0.5, 2.0, "A spelling must weigh this much to be considered for a number.")
    ] = 1.0
    very_much: Annotated[
        float, Tuned("nats", 1.5, 6.0, "A known number that weighs this much is taken without a doubt.")
    ] = 3.0
    known: Annotated[float, Tuned("nats", 0.75, 3.0, "What speaks for a number that stands elsewhere.")] = 1.5
    unsure: Annotated[float, Tuned("share", 0.5, 0.9, "Capitals surer than this are no label with figures.")] = 0.7
    rival: Annotated[float, Tuned("weight", 0.5, 0.95, "From this weight such a label leaves them open.")] = 0.8


@dataclass(frozen=True, eq=False, repr=False)
class WitnessNumbers:
    """Figures that were lost."""

    blank: Annotated[float, Tuned("heights", 0.06, 0.24, "What is left free beside other words.")] = 0.12
    reach: Annotated[float, Tuned("heights", 0.8, 3.2, "How far a lost part is looked for.")] = 1.6
    clear: Annotated[float, Tuned("share", 0.1, 0.4, "From this chance a found part is clear.")] = 0.2
    bad: Annotated[
        float,
        Tuned("share of figures", 0.1, 0.4, "From this share of mended or open figures, a page is one of bad figures."),
    ] = 0.2
    least_figures: Annotated[int, Tuned("figures", 4, 16, "A page with fewer figures tells nothing about them.")] = 8
    open: Annotated[float, Tuned("share", 0.2, 0.8, "A figure less sure than this counts as open.")] = 0.6
    narrow: Annotated[float, Tuned("heights", 0.075, 0.3, "Half the width of a 1.")] = 0.15
    wide: Annotated[float, Tuned("heights", 0.165, 0.66, "Half the width of the other figures.")] = 0.33
    pitch: Annotated[float, Tuned("heights", 0.9, 0.975, "How far apart the middles of two figures are.")] = 0.95
    pointed: Annotated[float, Tuned("heights", 0.3, 0.5, "How far behind a point a number goes on at most.")] = 0.4
