"""How a page is read, and what is read again."""

from dataclasses import dataclass
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class AlarmNumbers:
    """Letters that no word covers."""

    measured_dpi: Annotated[float, Tuned("dpi", 50.0, 200.0, "The resolution at which letters are counted.")] = 100.0
    few: Annotated[int, Tuned("letters", 40, 160, "A page with fewer letters raises no alarm.")] = 80
    missed: Annotated[
        float,
        Tuned(
            "share of letters",
            0.125,
            0.5,
            "From this share of letters outside all words, the page is read again in another way.",
        ),
    ] = 0.25


@dataclass(frozen=True, eq=False, repr=False)
class CellsNumbers:
    """Cells of ruled tables."""

    inset: Annotated[float, Tuned("inches", 0.006, 0.024, "What is left out along a cell's edge.")] = 0.012
    edge: Annotated[float, Tuned("inches", 0.02, 0.08, "The width of what is taken for a ruling.")] = 0.04
    most_single: Annotated[int, Tuned("cells", 8, 32, "How many silent cells of a table are read one by one.")] = 16
    fine_dpi: Annotated[float, Tuned("dpi", 150.0, 600.0, "The finest resolution that cells are read at.")] = 300.0
    coarse_dpi: Annotated[float, Tuned("dpi", 100.0, 400.0, "The resolution from which they are not enlarged.")] = 200.0
    least_ink: Annotated[float, Tuned("share of pixels", 0.0006, 0.0024, "A cell with less ink is empty.")] = 0.0012


@dataclass(frozen=True, eq=False, repr=False)
class CellshapesNumbers:
    """Figures in cells told by their shapes."""

    least_high: Annotated[float, Tuned("inches", 0.025, 0.1, "Lower pieces of ink are no figures.")] = 0.05
    low: Annotated[float, Tuned("heights", 0.4, 0.95, "The lowest figure, by the usual one of the table.")] = 0.75
    tall: Annotated[float, Tuned("heights", 1.1, 2.0, "The highest figure, by the usual one of the table.")] = 1.3
    apart: Annotated[float, Tuned("heights", 0.4, 1.6, "Ink further apart than this is not one figure.")] = 0.8
    speck: Annotated[float, Tuned("square heights", 0.01, 0.04, "A smaller piece is a speck and no point.")] = 0.02
    likely: Annotated[
        float, Tuned("log-chance", -3.0, -0.75, "From this mean of its signs a spelled cell looks like a figure.")
    ] = -1.5
    mostly: Annotated[
        float, Tuned("share of cells", 0.25, 0.9, "From this share of such cells a column is one of figures.")
    ] = 0.5
    ahead: Annotated[
        float,
        Tuned("nats", 0.75, 3.0, "A figure of the engine must be outdone by this, on each picture, to be replaced."),
    ] = 1.5
    faint: Annotated[
        float,
        Tuned(
            "log-chance", -1.4, -0.35, "A figure whose signs are less likely than this replaces none of the engine's."
        ),
    ] = -0.7
    plain: Annotated[
        float,
        Tuned("share", 0.6, 0.95, "From this chance on both pictures a figure that the engine thought of is settled."),
    ] = 0.75
    clearly: Annotated[
        float, Tuned("share", 0.7, 0.95, "From this chance on both pictures digits that the engine lost are settled.")
    ] = 0.8
    word: Annotated[float, Tuned("share", 0.4, 0.9, "A word this sure is one, whatever its shapes look like.")] = 0.8
    well_formed: Annotated[
        float, Tuned("nats", 1.5, 6.0, "What speaks for a figure with its points and commas as the table sets them.")
    ] = 3.0
    against: Annotated[
        float, Tuned("nats", 5.0, 20.0, "How much worse the same digits with the table's own signs may look.")
    ] = 10.0


@dataclass(frozen=True, eq=False, repr=False)
class HeardweighingNumbers:
    """What a second reader's say weighs; counted on scans of 100 and 150 dpi, where it was right how often."""

    heard: Annotated[
        float,
        Tuned(
            "per nat",
            0.15,
            0.35,
            "What its chances weigh: 8 nats more move the odds of its word by a factor of six, not three thousand.",
        ),
    ] = 0.22
    least: Annotated[float, Tuned("log-chance", -100.0, -25.0, "No chance of its is reckoned less.")] = -60.0
    legal: Annotated[
        float,
        Tuned(
            "nats",
            2.0,
            4.5,
            "For a syllable where one reader has none: it is right in 85 of 86 places.",
        ),
    ] = 3.0
    least_sure: Annotated[float, Tuned("share", 0.02, 0.25, "The engine is reckoned no less sure.")] = 0.1
    most_sure: Annotated[
        float, Tuned("share", 0.96, 0.99, "And no surer: of its surest words one in eight that differ is wrong.")
    ] = 0.98
    least_share: Annotated[float, Tuned("share", 0.02, 0.15, "The least weight of what the engine thought of.")] = 0.05
    only_heard: Annotated[
        float,
        Tuned("nats", -2.0, -0.5, "What speaks against what only the second reader thought of but did not read."),
    ] = -1.0
    disputed: Annotated[float, Tuned("share", 0.74, 0.93, "The confidence of a word in dispute is no higher.")] = 0.9
    least_weight: Annotated[float, Tuned("weight", 0.0005, 0.005, "Alternatives of less weight are not told.")] = 0.001
    stop_margin: Annotated[
        float, Tuned("nats", 2.0, 8.0, "From this margin its comma is one; on real pages wrong ones reached 4.4.")
    ] = 5.0
    sure: Annotated[
        float, Tuned("share", 0.8, 0.97, "From this chance a figure that both read is doubted no more.")
    ] = 0.9
    doubted: Annotated[float, Tuned("share", 0.7, 0.85, "Below this the engine's figure is one in doubt.")] = 0.8
    figure_margin: Annotated[
        float, Tuned("nats", 2.0, 6.0, "By so much the second reader must prefer its figure for it to count.")
    ] = 4.0
    figure_likely: Annotated[
        float, Tuned("share", 0.4, 0.8, "From this chance its figure replaces one in doubt, and is doubted too.")
    ] = 0.5
    figure_sure: Annotated[
        float, Tuned("share", 0.7, 0.95, "From this chance it makes a figure doubtful that the engine was sure of.")
    ] = 0.8
    unlike: Annotated[
        float, Tuned("log-chance", -12.0, -5.0, "A figure that it gives less is doubted whatever it read itself.")
    ] = -7.0


@dataclass(frozen=True, eq=False, repr=False)
class LinesNumbers:
    """Words joined to lines."""

    fragment_gap: Annotated[float, Tuned("heights", 0.85, 3.4, "A wider gap parts a line.")] = 1.7
    state_gap: Annotated[float, Tuned("heights", 0.8, 0.95, "The same before the state's name in a letterhead.")] = 0.9
    paragraph_gap: Annotated[float, Tuned("heights", 0.8, 0.95, "A wider gap between lines parts paragraphs.")] = 0.9
    short_stroke: Annotated[
        float, Tuned("heights", 0.5, 2.0, "A longer low stroke at a line's start is room to be filled in.")
    ] = 1.0
    size_by_height: Annotated[
        float,
        Tuned("ratio", 0.675, 2.7, "Type size by the median height of a line's word boxes, as measured on prose."),
    ] = 1.35


@dataclass(frozen=True, eq=False, repr=False)
class PageNumbers:
    """Readings of a page."""

    poor: Annotated[
        float, Tuned("share", 0.4, 0.85, "Below this mean confidence a page is read again as sparse text.")
    ] = 0.7
    worth_a_second: Annotated[
        float, Tuned("share", 0.9, 0.975, "Below this mean confidence the second picture is read too.")
    ] = 0.95
    red: Annotated[
        float, Tuned("share of pixels", 0.0002, 0.0008, "From this share of red, red ink is looked for.")
    ] = 0.0004
    level: Annotated[float, Tuned("degrees", 0.075, 0.3, "From this skew the rulings of a table are levelled.")] = 0.15


@dataclass(frozen=True, eq=False, repr=False)
class RedinkNumbers:
    """Text under red ink."""

    least_wide: Annotated[float, Tuned("inches", 0.2, 0.8, "Narrower red marks are no stamp.")] = 0.4
    least_ink: Annotated[float, Tuned("square inches", 0.005, 0.02, "Stamps have at least this much ink.")] = 0.01
    most_regions: Annotated[int, Tuned("regions", 2, 8, "How many stamps are read again.")] = 4
    most_share: Annotated[
        float, Tuned("share of the page", 0.2, 0.8, "What covers more than this is not read again.")
    ] = 0.4
    sure: Annotated[float, Tuned("share", 0.6, 0.9, "A reading under a stamp must be this sure.")] = 0.8
    surer: Annotated[float, Tuned("share", 0.01, 0.04, "And surer than what was read over it by this.")] = 0.02
    name_least: Annotated[float, Tuned("share", 0.2, 0.7, "Each word of a name under a stamp is this sure.")] = 0.35
    name_mean: Annotated[float, Tuned("share", 0.5, 0.9, "All words of such a name together must be this sure.")] = 0.7
    name_most: Annotated[float, Tuned("share", 0.5, 0.75, "Such a name is told as no surer than this.")] = 0.7
    scrap: Annotated[
        float, Tuned("share", 0.05, 0.2, "What is less sure at the end of a line and no name's word is of the stamp.")
    ] = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class DoublesNumbers:
    """Ink that was read twice."""

    shared: Annotated[
        float, Tuned("share of its area", 0.2, 0.8, "Words of two lines that share this much are one.")
    ] = 0.4
    unsure: Annotated[float, Tuned("share", 0.3, 0.8, "A word that is surer than this was not read by mistake.")] = 0.6


@dataclass(frozen=True, eq=False, repr=False)
class ScrapsNumbers:
    """Marks that are no writing."""

    scrap: Annotated[float, Tuned("share", 0.2, 0.8, "A sign less sure than this is no sign.")] = 0.4
    scrap_line: Annotated[
        float, Tuned("share", 0.15, 0.6, "A line with no word surer than this is a picture, a seal, handwriting.")
    ] = 0.3
    short: Annotated[int, Tuned("letters", 1, 4, "Longer words are no scraps.")] = 2
    tall: Annotated[
        float,
        Tuned("heights", 1.25, 5.0, "A mark this much higher than the page's words is a seal or a stroke of a pen."),
    ] = 2.5
    flat: Annotated[float, Tuned("heights", 0.2, 0.8, "A mark this much lower than the page's words is a speck.")] = 0.4
    fair: Annotated[float, Tuned("share", 0.5, 0.875, "Unless it is this sure.")] = 0.75
    flattest: Annotated[
        float,
        Tuned(
            "heights", 0.1, 0.3, "A letter that stands alone is a speck if it is this much lower than those beside it."
        ),
    ] = 0.2
    lone: Annotated[
        float, Tuned("share", 0.3, 0.7, "A line of single letters, none surer than this, is a seal or a signature.")
    ] = 0.5
    dash: Annotated[
        float, Tuned("heights", 0.2, 0.6, "The shortest dash between two words, by the height of the page's words.")
    ] = 0.3
    sure: Annotated[float, Tuned("share", 0.8, 0.95, "A short word must be this sure.")] = 0.9
    fairly: Annotated[
        float,
        Tuned(
            "share", 0.4, 0.85, "A syllable this sure is one, however high its box: a ruling beside it makes it higher."
        ),
    ] = 0.7
    least_written: Annotated[int, Tuned("letters", 1, 6, "Shorter words do not look written.")] = 3
    low: Annotated[float, Tuned("heights", 0.4, 0.8, "The end of a paragraph is no lower, by the page's words.")] = 0.6
    high: Annotated[float, Tuned("heights", 1.2, 2.4, "The end of a paragraph is no higher, by the page's words.")] = (
        1.6
    )
    next: Annotated[float, Tuned("heights", 1.8, 4.0, "It is no further below the line before, middle to middle.")] = (
        2.8
    )
    running: Annotated[int, Tuned("words", 3, 8, "A line of so many words is one of running text.")] = 5


@dataclass(frozen=True, eq=False, repr=False)
class SecondlookNumbers:
    """Words read again."""

    doubtful: Annotated[float, Tuned("share", 0.8, 0.95, "A word less sure than this is read again.")] = 0.9
    fine_dpi: Annotated[float, Tuned("dpi", 125.0, 500.0, "The finest resolution of the second look.")] = 250.0
    coarse_dpi: Annotated[
        float, Tuned("dpi", 100.0, 400.0, "The second look at a fine picture is coarser than the first.")
    ] = 200.0
    most_enlarged: Annotated[float, Tuned("ratio", 0.75, 3.0, "No picture is enlarged further.")] = 1.5
    disputed: Annotated[
        float,
        Tuned(
            "share",
            0.48,
            0.87,
            "The confidence of a doubted word that was then read otherwise: its context must decide.",
        ),
    ] = 0.74


@dataclass(frozen=True, eq=False, repr=False)
class SheetNumbers:
    """Parts laid on one sheet."""

    gap: Annotated[float, Tuned("inches", 0.11, 0.44, "The gap between two parts.")] = 0.22
    margin: Annotated[float, Tuned("inches", 0.1, 0.4, "The margin of the sheet.")] = 0.2


@dataclass(frozen=True, eq=False, repr=False)
class SkippedNumbers:
    """Lines that the engine passed over."""

    measured_dpi: Annotated[float, Tuned("dpi", 50.0, 200.0, "The resolution at which letters are looked for.")] = 100.0
    rule: Annotated[float, Tuned("inches", 0.3, 0.8, "From this length a level stroke is a rule and no letter's.")] = (
        0.4
    )
    least: Annotated[int, Tuned("letters", 3, 10, "A shorter row is no line that can be read with certainty.")] = 5
    most_rows: Annotated[int, Tuned("rows", 2, 12, "Where more rows were passed over, it is a drawing.")] = 6
    foot: Annotated[float, Tuned("heights", 0.08, 0.3, "How far apart letters of one line stand up and down.")] = 0.15
    hangs: Annotated[float, Tuned("heights", 0.2, 0.5, "How far tails and marks hang under a line.")] = 0.35
    alike: Annotated[
        float, Tuned("ratio", 1.3, 2.5, "How much higher a letter with its mark is than one beside it, at most.")
    ] = 1.8
    apart: Annotated[float, Tuned("heights", 0.6, 2.4, "How far apart letters of one line stand at most.")] = 1.2
    room: Annotated[float, Tuned("heights", 0.25, 1.0, "How far around a line other ink is looked for.")] = 0.5
    least_sure: Annotated[float, Tuned("share", 0.3, 0.7, "Each word of such a line is this sure.")] = 0.45
    mean_sure: Annotated[float, Tuned("share", 0.5, 0.9, "All words of such a line together are this sure.")] = 0.7
    quiet: Annotated[
        float, Tuned("share of pixels", 0.01, 0.08, "With more ink around it, a row is part of a seal or a drawing.")
    ] = 0.03


@dataclass(frozen=True, eq=False, repr=False)
class StripNumbers:
    """A word made even."""

    inked: Annotated[float, Tuned("ink", 0.225, 0.9, "From this ink a pixel belongs to a sign.")] = 0.45
    letter: Annotated[float, Tuned("heights", 0.225, 0.9, "Lower pieces are no letters.")] = 0.45
    taller: Annotated[float, Tuned("ratio", 0.59, 2.36, "From this ratio a letter is tall.")] = 1.18
    least_contrast: Annotated[float, Tuned("grey levels", 12.0, 48.0, "The least span between paper and ink.")] = 24.0


@dataclass(frozen=True, eq=False, repr=False)
class VoteNumbers:
    """Readings put to the vote."""

    surer: Annotated[float, Tuned("share", 0.015, 0.06, "How much surer another reading must be to win.")] = 0.03
    disputed: Annotated[float, Tuned("share", 0.8, 0.95, "The confidence of what won is no higher.")] = 0.9
    overlap: Annotated[float, Tuned("share", 0.2, 0.8, "From this overlap two boxes hold the same word.")] = 0.6
