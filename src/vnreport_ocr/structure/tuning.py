"""The tuned numbers of structure/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class AcrossNumbers:
    """What recurs across pages."""

    around: Annotated[
        int,
        Tuned(
            "pages", 2, 8, "Pages before and after that are looked at; heads of left and right pages recur within four."
        ),
    ] = 4
    often: Annotated[
        int, Tuned("pages", 1, 6, "A line that stands on this many of them is a running head or foot.")
    ] = 3
    alike: Annotated[float, Tuned("percent", 44.0, 176.0, "From this likeness two lines are the same.")] = 88.0
    same_height: Annotated[
        float, Tuned("points", 6.0, 24.0, "Running heads stand within this height of one another.")
    ] = 12.0
    shortest: Annotated[int, Tuned("letters", 1, 6, "Shorter lines are no running heads.")] = 3
    longest: Annotated[int, Tuned("letters", 60, 240, "Longer lines are no running heads.")] = 120
    same_width: Annotated[
        float, Tuned("points", 6.0, 24.0, "Columns of a continued table differ by less than this.")
    ] = 12.0
    head_rows: Annotated[int, Tuned("rows", 2, 8, "How many rows of a table may be its repeated head.")] = 4
    same_row: Annotated[float, Tuned("percent", 42.5, 170.0, "From this likeness two rows are the same head.")] = 85.0


@dataclass(frozen=True, eq=False, repr=False)
class ClosingNumbers:
    """The end of a document."""

    right: Annotated[float, Tuned("share of the width", 0.21, 0.84, "The signature's half begins here.")] = 0.42
    scrap: Annotated[
        int, Tuned("letters", 2, 8, "A shorter line that begins no item is what a pen or a seal left.")
    ] = 4
    certain: Annotated[float, Tuned("share", 0.9, 1.0, "A name less sure than this is never told as sure.")] = 0.95
    most: Annotated[float, Tuned("share", 0.75, 0.95, "Such a name is no surer than this.")] = 0.9


@dataclass(frozen=True, eq=False, repr=False)
class EndingsNumbers:
    """Recipients beside the signature."""

    left: Annotated[float, Tuned("share of the width", 0.24, 0.81, "The list of recipients ends left of this.")] = 0.62
    rise: Annotated[
        float, Tuned("points", 20.0, 80.0, "The signature begins this much above the recipients, or below them.")
    ] = 40.0
    level: Annotated[
        float, Tuned("points", 4.0, 16.0, "Two signatures side by side begin within this of one another.")
    ] = 8.0
    under: Annotated[
        float, Tuned("share of the width", 0.05, 0.15, "A signer's name is centred under the post within this.")
    ] = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class FactsNumbers:
    """How sure a fact of the letterhead is."""

    unsure: Annotated[
        float, Tuned("share", 0.25, 1.0, "A fact that a person should look at is never surer than this.")
    ] = 0.5
    sure: Annotated[float, Tuned("share", 0.5, 0.875, "A fact less sure than this is told as doubtful.")] = 0.75


@dataclass(frozen=True, eq=False, repr=False)
class FootnotesNumbers:
    """Footnotes."""

    smaller: Annotated[
        float, Tuned("ratio", 0.84, 0.96, "A footnote's letters are smaller than the page's by this.")
    ] = 0.92
    highest: Annotated[float, Tuned("share of the height", 0.1, 0.4, "No footnote stands higher on the page.")] = 0.2
    long: Annotated[int, Tuned("letters", 30, 120, "Lines longer than this tell the usual size.")] = 60


@dataclass(frozen=True, eq=False, repr=False)
class FurnitureNumbers:
    """Running heads and page numbers."""

    edge: Annotated[
        float, Tuned("share of the height", 0.05, 0.2, "The top and foot of a page, where such lines stand.")
    ] = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class HandNumbers:
    """What was written by hand."""

    least: Annotated[float, Tuned("share", 0.25, 1.0, "A word less sure than this is not asked.")] = 0.5
    rival: Annotated[
        float, Tuned("share", 0.2, 0.8, "From this weight a second reading is nearly as likely as the first.")
    ] = 0.4
    tall: Annotated[float, Tuned("ratio", 0.725, 2.9, "Print is less high than this beside its neighbours.")] = 1.45
    small: Annotated[float, Tuned("ratio", 0.24, 0.81, "Print is higher than this beside its neighbours.")] = 0.62
    room: Annotated[
        float, Tuned("heights", 0.9, 0.975, "Print leaves no wider gap between a figure and what belongs to it.")
    ] = 0.95


@dataclass(frozen=True, eq=False, repr=False)
class HeadNumbers:
    """The head of a document."""

    head: Annotated[float, Tuned("share of the height", 0.21, 0.84, "The letterhead stands above this.")] = 0.42
    most_title_lines: Annotated[int, Tuned("lines", 4, 16, "A longer centred block is no title.")] = 8
    centred: Annotated[
        float, Tuned("share of the width", 0.03, 0.12, "A centred line's middle is no further from the page's.")
    ] = 0.06
    full: Annotated[
        float, Tuned("share of the width", 0.86, 0.965, "A line wider than this is running text, unless it is bold.")
    ] = 0.93
    apart: Annotated[
        float, Tuned("heights", 0.7, 2.8, "With more room than this above it, a line is no longer of the subject.")
    ] = 1.4


@dataclass(frozen=True, eq=False, repr=False)
class HeadingsNumbers:
    """Headings."""

    middle: Annotated[
        float, Tuned("share of the width", 0.035, 0.14, "A centred line's middle is no further from the column's.")
    ] = 0.07
    short: Annotated[float, Tuned("share of the width", 0.7, 0.925, "A heading is shorter than this.")] = 0.85
    indent: Annotated[float, Tuned("points", 4.0, 16.0, "From this indent a line begins a paragraph.")] = 8.0
    longest: Annotated[int, Tuned("letters", 85, 340, "No heading is longer.")] = 170
    most_rows: Annotated[int, Tuned("lines", 1, 6, "No heading has more lines.")] = 3
    open_end: Annotated[
        float, Tuned("share of the width", 0.06, 0.24, "A line that ends within this of the margin goes on.")
    ] = 0.12
    even: Annotated[float, Tuned("points", 1.0, 4.0, "Justified lines end within this of their edge.")] = 2.0
    least_even: Annotated[int, Tuned("lines", 3, 12, "A justified page has at least so many of them.")] = 6
    short_of_edge: Annotated[
        float, Tuned("points", 6.0, 24.0, "The last line of a paragraph mostly ends this much before the edge.")
    ] = 12.0
    name_near: Annotated[
        float, Tuned("line heights", 0.7, 2.8, "The name of a chapter stands no further than this under its number.")
    ] = 1.4
    heavy: Annotated[
        float, Tuned("share of letters", 0.55, 0.95, "Where more than this is bold, bold type marks no heading.")
    ] = 0.75
    enough_lines: Annotated[int, Tuned("lines", 4, 16, "A page of fewer lines may be a title page, all bold.")] = 8


@dataclass(frozen=True, eq=False, repr=False)
class IssuerNumbers:
    """Who issued a document."""

    capitals: Annotated[
        float,
        Tuned("share of letters", 0.5, 0.875, "From this share of capitals, a part of the head is an issuer's name."),
    ] = 0.75
    shortest: Annotated[int, Tuned("letters", 1, 6, "No issuer's name is shorter.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class LetterheadNumbers:
    """Facts of the letterhead."""

    likely: Annotated[
        float, Tuned("share", 0.25, 1.0, "From this weight another reading of a figure is considered.")
    ] = 0.5


@dataclass(frozen=True, eq=False, repr=False)
class ParagraphsNumbers:
    """Lines joined to paragraphs."""

    indent: Annotated[float, Tuned("points", 4.5, 18.0, "From this indent a line begins a paragraph.")] = 9.0
    wide: Annotated[
        float,
        Tuned("heights", 0.9, 3.0, "Two gaps wider than this part the entries of a row; justified lines have none."),
    ] = 1.5
    widest: Annotated[float, Tuned("heights", 1.5, 6.0, "One gap wider than this parts a label from its value.")] = 3.0
    room: Annotated[
        int, Tuned("words", 1, 4, "Where so many words and one more had room, a line was ended on purpose.")
    ] = 2
    name: Annotated[
        float, Tuned("share of the width", 0.2, 0.6, "A first line of an item shorter than this may be its name alone.")
    ] = 0.4
    near: Annotated[float, Tuned("points", 3.0, 12.0, "Lines that begin within this of each other are aligned.")] = 6.0
    short: Annotated[
        float, Tuned("share of the width", 0.76, 0.94, "A line shorter than this does not fill its column.")
    ] = 0.88
    ragged: Annotated[float, Tuned("share of the width", 0.5, 0.875, "The same for text that is not justified.")] = 0.75
    much_wider: Annotated[
        float, Tuned("ratio", 0.7, 2.8, "A line this much wider than the others stands across the columns.")
    ] = 1.4
    column_lines: Annotated[int, Tuned("lines", 2, 10, "Columns have at least this many lines.")] = 5


@dataclass(frozen=True, eq=False, repr=False)
class SegmentsNumbers:
    """Parts of a line."""

    wide: Annotated[float, Tuned("heights", 1.1, 4.4, "A gap this many times the height of a word parts a line.")] = 2.2
    printed: Annotated[
        float, Tuned("share", 0.96, 0.99, "How sure a text layer is of its words: it says them itself.")
    ] = 0.98


@dataclass(frozen=True, eq=False, repr=False)
class PlainNumbers:
    """The head of a plain text."""

    surest: Annotated[float, Tuned("share", 0.5, 0.9, "A text shows neither type nor hand: no fact is surer.")] = 0.85
    title: Annotated[float, Tuned("share", 0.4, 0.85, "Where a subject ends is told by little in a text.")] = 0.75
    least_signs: Annotated[
        int, Tuned("signs", 2, 5, "Of number, date, state, issuer and kind so many stand in a head.")
    ] = 3
    most_lines: Annotated[int, Tuned("lines", 10, 40, "A head has no more lines that say something.")] = 20
    longest_line: Annotated[int, Tuned("letters", 100, 300, "A longer line is a paragraph.")] = 180
    longest_date: Annotated[int, Tuned("letters", 40, 120, "A longer line that names a day tells of something.")] = 60
    capitals: Annotated[float, Tuned("share", 0.6, 1.0, "Names of offices are set in capitals.")] = 0.85
    most_title_lines: Annotated[int, Tuned("lines", 2, 8, "A subject has no more lines.")] = 5
    most_without_number: Annotated[
        int, Tuned("lines", 1, 6, "Where no number ends the names of offices they have no more lines.")
    ] = 3
    longest_title: Annotated[int, Tuned("letters", 150, 600, "A longer subject is a paragraph.")] = 400
    beside: Annotated[int, Tuned("letters", 4, 24, "The subject of a letter begins near its number.")] = 12


@dataclass(frozen=True, eq=False, repr=False)
class StampsNumbers:
    """Stamps of arrival."""

    reach_down: Annotated[
        float, Tuned("points", 37.5, 150.0, "What belongs to a stamp stands no further above or below.")
    ] = 75.0
    reach_aside: Annotated[float, Tuned("points", 35.0, 140.0, "And no further aside.")] = 70.0
    above: Annotated[float, Tuned("points", 8.0, 32.0, "The line that a stamp was set over stands within this.")] = 16.0


@dataclass(frozen=True, eq=False, repr=False)
class StructureTuning:
    """The tuned numbers of the room, by module."""

    across: AcrossNumbers = field(default_factory=AcrossNumbers)
    closing: ClosingNumbers = field(default_factory=ClosingNumbers)
    endings: EndingsNumbers = field(default_factory=EndingsNumbers)
    facts: FactsNumbers = field(default_factory=FactsNumbers)
    footnotes: FootnotesNumbers = field(default_factory=FootnotesNumbers)
    furniture: FurnitureNumbers = field(default_factory=FurnitureNumbers)
    hand: HandNumbers = field(default_factory=HandNumbers)
    head: HeadNumbers = field(default_factory=HeadNumbers)
    headings: HeadingsNumbers = field(default_factory=HeadingsNumbers)
    issuer: IssuerNumbers = field(default_factory=IssuerNumbers)
    letterhead: LetterheadNumbers = field(default_factory=LetterheadNumbers)
    paragraphs: ParagraphsNumbers = field(default_factory=ParagraphsNumbers)
    plain: PlainNumbers = field(default_factory=PlainNumbers)
    segments: SegmentsNumbers = field(default_factory=SegmentsNumbers)
    stamps: StampsNumbers = field(default_factory=StampsNumbers)


TUNING = StructureTuning()
