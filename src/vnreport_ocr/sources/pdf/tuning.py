"""The tuned numbers of sources/pdf/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class AsidesNumbers:
    """Short lines beside a text."""

    alike: Annotated[float, Tuned("sizes", 0.5, 2.0, "Lines that begin within this of each other are aligned.")] = 1.0
    step: Annotated[float, Tuned("sizes", 1.0, 4.0, "Lines further apart do not belong together.")] = 2.0


@dataclass(frozen=True, eq=False, repr=False)
class BarepictureNumbers:
    """Pages that are one picture."""

    whole: Annotated[
        float, Tuned("share of the page", 0.005, 0.02, "A picture this near to the page's edges covers it.")
    ] = 0.01
    alike: Annotated[
        float, Tuned("grey levels", 5.0, 20.0, "From this mean difference a picture is not what the page shows.")
    ] = 10.0
    paper: Annotated[float, Tuned("grey levels", 60.0, 240.0, "A darker picture is no scan of paper.")] = 120.0


@dataclass(frozen=True, eq=False, repr=False)
class CharsetsNumbers:
    """Fonts of the time before Unicode."""

    most_pages: Annotated[
        int, Tuned("pages", 4, 24, "Pages of a file that are asked for a font that says little on its own page.")
    ] = 12
    few_words: Annotated[
        int, Tuned("words", 1, 6, "A font with more words with marks than this is judged by its page alone.")
    ] = 3


@dataclass(frozen=True, eq=False, repr=False)
class FragmentsNumbers:
    """Glyphs joined to lines."""

    same_base: Annotated[
        float, Tuned("sizes", 0.125, 0.5, "Glyphs whose baselines differ by less stand on one line.")
    ] = 0.25
    small: Annotated[float, Tuned("ratio", 0.6, 0.9, "A raised glyph is smaller than its neighbours by this.")] = 0.8
    word_gap: Annotated[float, Tuned("sizes", 0.085, 0.34, "A wider gap parts words.")] = 0.17
    fragment_gap: Annotated[float, Tuned("sizes", 1.1, 4.4, "A wider gap parts a line.")] = 2.2
    backwards: Annotated[float, Tuned("sizes", 0.225, 0.9, "How far a glyph may step back over the one before.")] = 0.45
    nearest: Annotated[
        int, Tuned("fragments", 20, 80, "How many fragments are asked whether a glyph goes on there.")
    ] = 40


@dataclass(frozen=True, eq=False, repr=False)
class GlyphcodesNumbers:
    """Codes of glyphs solved like a cipher."""

    most_pages: Annotated[
        int,
        Tuned("pages", 20, 80, "Pages looked at, spread over the file, so that every page is read by the same codes."),
    ] = 40
    most_fonts: Annotated[int, Tuned("fonts", 6, 24, "How many fonts are solved.")] = 12
    enough_words: Annotated[int, Tuned("words", 200, 800, "More words of a font are not looked at.")] = 400
    gap: Annotated[float, Tuned("sizes", 0.075, 0.3, "A wider gap parts words.")] = 0.15
    wide: Annotated[float, Tuned("sizes", 0.02, 0.15, "A wider glyph is no blank.")] = 0.05


@dataclass(frozen=True, eq=False, repr=False)
class LayerNumbers:
    """Paragraphs of a text layer."""

    paragraph_gap: Annotated[float, Tuned("sizes", 0.875, 3.5, "A wider gap between baselines parts paragraphs.")] = (
        1.75
    )


@dataclass(frozen=True, eq=False, repr=False)
class RenderNumbers:
    """How a page is drawn."""

    page_share: Annotated[
        float,
        Tuned("share of the page", 0.15, 0.6, "A picture that covers more than this tells the page's resolution."),
    ] = 0.3


@dataclass(frozen=True, eq=False, repr=False)
class TablesNumbers:
    """Tables of a text layer."""

    same_line: Annotated[float, Tuned("sizes", 0.25, 1.0, "Baselines nearer than this are one row.")] = 0.5
    word: Annotated[int, Tuned("letters", 1, 6, "Fewer letters are no word.")] = 3
    fewest_cells: Annotated[int, Tuned("cells", 3, 12, "A smaller table is one however empty.")] = 6
    filled: Annotated[float, Tuned("share of cells", 0.2, 0.9, "A table with fewer filled cells is none.")] = 0.7


@dataclass(frozen=True, eq=False, repr=False)
class PdfTuning:
    """The tuned numbers of the room, by module."""

    asides: AsidesNumbers = field(default_factory=AsidesNumbers)
    barepicture: BarepictureNumbers = field(default_factory=BarepictureNumbers)
    charsets: CharsetsNumbers = field(default_factory=CharsetsNumbers)
    fragments: FragmentsNumbers = field(default_factory=FragmentsNumbers)
    glyphcodes: GlyphcodesNumbers = field(default_factory=GlyphcodesNumbers)
    layer: LayerNumbers = field(default_factory=LayerNumbers)
    render: RenderNumbers = field(default_factory=RenderNumbers)
    tables: TablesNumbers = field(default_factory=TablesNumbers)


TUNING = PdfTuning()
