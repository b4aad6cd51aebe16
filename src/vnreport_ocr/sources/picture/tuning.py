"""The tuned numbers of sources/picture/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class LeadersNumbers:
    """Rows of dots to be written on."""

    fewest: Annotated[
        int, Tuned("dots", 4, 12, "So many dots at one distance are a row; an ellipsis has three, seldom more.")
    ] = 6
    size: Annotated[float, Tuned("heights", 0.25, 0.6, "The largest side of a dot, in heights of a small letter.")] = (
        0.4
    )
    reach: Annotated[float, Tuned("heights", 0.8, 2.0, "The largest distance from dot to dot.")] = 1.5
    uneven: Annotated[float, Tuned("share", 0.1, 0.4, "By how much of their distance dots may stand unevenly.")] = 0.2
    number: Annotated[
        float, Tuned("heights", 3.0, 8.0, "Print at the end of a line no wider than this may be a page number.")
    ] = 5.0
    blank: Annotated[
        float, Tuned("heights", 0.5, 1.5, "The blank between two words; so far a page number is set from its title.")
    ] = 0.9
    form: Annotated[int, Tuned("dots", 50, 200, "A form has so many dots in all; an arrival stamp half as many.")] = 100
    corner: Annotated[
        float, Tuned("share of the width", 0.3, 0.42, "An arrival stamp is over the issuer, left of this.")
    ] = 0.4
    head: Annotated[
        float, Tuned("share of the height", 0.25, 0.4, "Higher up on the page stands the head, and the stamps over it.")
    ] = 0.33
    texture: Annotated[
        float, Tuned("specks per dot", 0.25, 1.0, "From so many specks close above and below a row is a screen.")
    ] = 0.5


@dataclass(frozen=True, eq=False, repr=False)
class MeasuringNumbers:
    """What is measured on a picture."""

    measured_dpi: Annotated[float, Tuned("dpi", 50.0, 200.0, "The resolution at which a page is measured.")] = 100.0
    black: Annotated[int, Tuned("grey levels", 16, 64, "Below this a pixel is black.")] = 32
    light: Annotated[int, Tuned("grey levels", 96, 384, "Below this a pixel is inked.")] = 192
    white: Annotated[int, Tuned("grey levels", 120, 480, "From this a pixel is paper.")] = 240
    red_over: Annotated[
        int, Tuned("grey levels", 30, 120, "A pixel is red if red exceeds the other colours by this.")
    ] = 60
    reddish: Annotated[int, Tuned("grey levels", 7, 30, "From this excess red is lifted towards the paper.")] = 15
    most_points: Annotated[int, Tuned("points", 12000, 48000, "How many inked points tell the skew.")] = 24000
    fine: Annotated[float, Tuned("degrees", 0.05, 0.2, "The finest step of the skew.")] = 0.1
    widest: Annotated[float, Tuned("degrees", 6.0, 24.0, "The largest skew that is looked for.")] = 12.0


@dataclass(frozen=True, eq=False, repr=False)
class PixelsNumbers:
    """Whether a picture is coloured."""

    colour_span: Annotated[
        int, Tuned("grey levels", 20, 80, "From this span between its channels a pixel is coloured.")
    ] = 40
    colour_share: Annotated[
        float, Tuned("share of pixels", 0.0001, 0.0004, "From this share of coloured pixels a picture is.")
    ] = 0.0002


@dataclass(frozen=True, eq=False, repr=False)
class PrepareNumbers:
    """How a picture is prepared."""

    skew: Annotated[float, Tuned("degrees", 0.8, 0.95, "From this skew a page is turned straight.")] = 0.9
    dark: Annotated[
        float, Tuned("grey levels", 48.0, 128.0, "A page whose middle level is below this is a negative.")
    ] = 96.0
    low_dpi: Annotated[float, Tuned("dpi", 95.0, 380.0, "Coarser pictures are enlarged.")] = 190.0
    coarse_dpi: Annotated[float, Tuned("dpi", 65.0, 260.0, "Up to this resolution a second picture is made.")] = 130.0
    coarse_bits_dpi: Annotated[float, Tuned("dpi", 80.0, 320.0, "The same for pictures in black and white.")] = 160.0
    shade: Annotated[
        float, Tuned("grey levels", 11.0, 44.0, "From this difference across the page its shade is evened out.")
    ] = 22.0
    red: Annotated[float, Tuned("share of pixels", 0.0002, 0.0008, "From this share of red, red ink is removed.")] = (
        0.0004
    )
    turn_sure: Annotated[
        float, Tuned("confidence", 0.5, 2.0, "From this confidence of the engine a page is turned by a right angle.")
    ] = 1.0
    apart: Annotated[float, Tuned("heights", 0.225, 0.9, "Specks stand at least this far from letters.")] = 0.45
    apart_coarse: Annotated[float, Tuned("heights", 0.5, 2.0, "The same on coarse pictures.")] = 1.0


@dataclass(frozen=True, eq=False, repr=False)
class RulingsNumbers:
    """Rulings of tables."""

    seen_dpi: Annotated[
        float, Tuned("dpi", 50.0, 200.0, "The resolution at which a page is asked whether it has rulings.")
    ] = 100.0
    measured_dpi: Annotated[float, Tuned("dpi", 75.0, 300.0, "The resolution at which rulings are measured.")] = 150.0
    across: Annotated[float, Tuned("inches", 0.175, 0.7, "The shortest ruling across.")] = 0.35
    down: Annotated[float, Tuned("inches", 0.1, 0.4, "The shortest ruling down.")] = 0.2
    same: Annotated[float, Tuned("inches", 0.025, 0.1, "Rulings this near to each other are one.")] = 0.05
    ruled: Annotated[float, Tuned("share", 0.25, 1.0, "A side that is ruled for this share is a cell's side.")] = 0.5
    long: Annotated[float, Tuned("share of the table", 0.2, 0.8, "A ruling is at least this long.")] = 0.4
    edge: Annotated[float, Tuned("inches", 0.015, 0.06, "How far beside its ruling a cell begins.")] = 0.03
    many_cells: Annotated[
        int, Tuned("cells", 6, 24, "Fewer cells are no chart: a small table may be mostly empty.")
    ] = 12
    print_area: Annotated[
        float, Tuned("square inches", 0.0005, 0.002, "Less ink in a cell is a speck; a figure 1 of 9 points has more.")
    ] = 0.001
    low_row: Annotated[float, Tuned("inches", 0.2, 0.8, "A row higher than this is filled by no letter.")] = 0.4
    beside: Annotated[
        float, Tuned("inches", 0.01, 0.03, "Print beside a stem is looked for from here, past the stem's own edge.")
    ] = 0.015
    close: Annotated[float, Tuned("inches", 0.03, 0.07, "Print nearer than this is of one word with a stem.")] = 0.05


@dataclass(frozen=True, eq=False, repr=False)
class SpecksNumbers:
    """Specks."""

    size: Annotated[
        float,
        Tuned(
            "heights",
            0.225,
            0.9,
            "The largest side of a speck, in heights of a small letter; a full stop measures a quarter.",
        ),
    ] = 0.45
    stop: Annotated[float, Tuned("heights", 0.08, 0.32, "From this size a spot may be a full stop.")] = 0.16
    apart_stop: Annotated[
        float,
        Tuned("heights", 0.5, 0.875, "Such spots must stand further off: stops keep a little distance to their word."),
    ] = 0.75
    many: Annotated[
        float,
        Tuned(
            "specks per letter", 0.1, 0.4, "From this share specks are worth removing; clean pages have less than 0.15."
        ),
    ] = 0.2


@dataclass(frozen=True, eq=False, repr=False)
class TickboxesNumbers:
    """Squares to be ticked."""

    least: Annotated[float, Tuned("inches", 0.08, 0.12, "Smaller squares are signs of lists, or dots.")] = 0.09
    most: Annotated[float, Tuned("inches", 0.18, 0.35, "Larger squares are cells to be written in.")] = 0.25
    stroke: Annotated[float, Tuned("inches", 0.05, 0.08, "The sides of a square are strokes at least this long.")] = (
        0.07
    )
    side: Annotated[
        float, Tuned("share", 0.9, 0.96, "So much of each side is ruled; a letter has a gap or a bow in one.")
    ] = 0.92
    square: Annotated[float, Tuned("ratio", 1.05, 1.3, "A square is no more longer one way than the other.")] = 1.15
    clean: Annotated[float, Tuned("share of ink", 0.01, 0.06, "Less ink in a square is a speck.")] = 0.03
    across: Annotated[
        float, Tuned("share", 0.7, 0.9, "So much of both its diagonals a cross covers; an 8 leaves the corners.")
    ] = 0.82
    aside: Annotated[float, Tuned("share", 0.05, 0.15, "A cross has less ink than this off its diagonals.")] = 0.1
    full: Annotated[float, Tuned("share of ink", 0.5, 0.8, "A square with more ink is a blot or a bullet.")] = 0.6


@dataclass(frozen=True, eq=False, repr=False)
class PictureTuning:
    """The tuned numbers of the room, by module."""

    leaders: LeadersNumbers = field(default_factory=LeadersNumbers)
    measuring: MeasuringNumbers = field(default_factory=MeasuringNumbers)
    pixels: PixelsNumbers = field(default_factory=PixelsNumbers)
    prepare: PrepareNumbers = field(default_factory=PrepareNumbers)
    rulings: RulingsNumbers = field(default_factory=RulingsNumbers)
    specks: SpecksNumbers = field(default_factory=SpecksNumbers)
    tickboxes: TickboxesNumbers = field(default_factory=TickboxesNumbers)


TUNING = PictureTuning()
