"""A page picture read: prepared where it needs to be, read by the engine, read again where that promises more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

from vnreport_ocr.errors import EngineTimeoutError
from vnreport_ocr.model import AS_IT_IS, LeftOut, Line, Posture, Table
from vnreport_ocr.sources.engine.heard import HeardLine, Hearer
from vnreport_ocr.sources.engine.protocol import Engine, Layout, ReadLine, Request, scaled
from vnreport_ocr.sources.ocr.alarm import MISSED, missed_share
from vnreport_ocr.sources.ocr.cells import Readers, read_cells, table_of, without_tables
from vnreport_ocr.sources.ocr.doubles import without_doubles
from vnreport_ocr.sources.ocr.figures import FIGURE_LETTERS
from vnreport_ocr.sources.ocr.glue import without_glue
from vnreport_ocr.sources.ocr.heardweighing import weigh_heard
from vnreport_ocr.sources.ocr.leaderwords import with_leaders, without_leaders
from vnreport_ocr.sources.ocr.lines import assemble, without_stray_signs
from vnreport_ocr.sources.ocr.redink import only_red, put_in, read_red, red_regions
from vnreport_ocr.sources.ocr.scraps import Scrap, left_out, without_scraps
from vnreport_ocr.sources.ocr.secondlook import look_again
from vnreport_ocr.sources.ocr.shapes import Shapes, open_shapes
from vnreport_ocr.sources.ocr.skipped import read_skipped
from vnreport_ocr.sources.ocr.smallsigns import mend_signs
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.vote import WordIndex, vote
from vnreport_ocr.sources.ocr.witness import confirm
from vnreport_ocr.sources.picture.leaders import Leaders
from vnreport_ocr.sources.picture.measuring import without_red
from vnreport_ocr.sources.picture.prepare import LOW_DPI, SKEW, Prepared, prepare, straightened, turned
from vnreport_ocr.sources.picture.rulings import Grid, find_grids
from vnreport_ocr.sources.picture.value import Picture, Turn
from vnreport_ocr.sources.placing import place_before

_POOR: Final = TUNING.page.poor
_WORTH_A_SECOND: Final = TUNING.page.worth_a_second
_RED: Final = TUNING.page.red
_SMALLEST: Final = 16
_LEVEL: Final = TUNING.page.level


@dataclass(frozen=True, slots=True)
class ScanReading:
    """What was read from a picture and how far the engine trusts it."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    quality: float
    size: tuple[float, float]
    notes: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    """What the engine read and no line or cell holds."""
    posture: Posture = AS_IT_IS
    """How the picture was laid before it was read."""


@dataclass(slots=True)
class EngineSession:
    """The engine with the time it has left and the notes that are taken."""

    engine: Engine
    until: float
    shapes: Shapes = field(default_factory=open_shapes)
    hearer: Hearer | None = None
    """What reads beside the engine, if anything does."""
    notes: list[str] = field(default_factory=list)
    scraps: list[Scrap] = field(default_factory=list)

    def left(self) -> float:
        """Seconds that are left for this page."""
        seconds = self.until - monotonic()
        if seconds <= 0:
            raise EngineTimeoutError("The page took longer than allowed.")
        return seconds

    def read(self, picture: Picture, layout: Layout = "page") -> tuple[ReadLine, ...]:
        """Read a picture in the time that is left."""
        return self.engine.read(picture, Request(layout, alternatives=True, timeout=self.left()))

    def cell_readers(self) -> Readers:
        """How the cells of a table are read."""
        texts, figures = (self.reader("block"), self.reader("line")), (self._figures("block"), self._figures("line"))
        hear = None if self.hearer is None else self._hear
        return Readers(texts[0], figures[0], texts[1], figures[1], self.shapes, hear)

    def _hear(self, picture: Picture) -> tuple[HeardLine, ...]:
        """Have cells read by what reads beside the engine."""
        assert self.hearer is not None
        return self.hearer.hear(picture, Request("block", alternatives=True, timeout=self.left()))

    def _figures(self, layout: Layout) -> Callable[[Picture], tuple[ReadLine, ...]]:
        """Build a reader that knows nothing but figures."""
        return lambda picture: self.engine.read(picture, Request(layout, letters=FIGURE_LETTERS, timeout=self.left()))

    def turn(self, picture: Picture) -> Turn | None:
        """Ask how the picture must be turned."""
        return self.engine.orientation(picture, self.left())

    def reader(self, layout: Layout) -> Callable[[Picture], tuple[ReadLine, ...]]:
        """Build a reader for pictures of one layout."""
        return lambda picture: self.read(picture, layout)


def read_scan(
    picture: Picture, engine: Engine, until: float, dictionaries: str | None = None, hearer: Hearer | None = None
) -> ScanReading:
    """Read a page picture; it must be done when the clock (``time.monotonic``) shows ``until``.

    ``hearer`` is what reads beside the engine, if anything does; a fine picture it reads no better.
    """
    hearer = hearer if picture.dpi < LOW_DPI else None
    if min(picture.width, picture.height) < _SMALLEST:
        size = (picture.width * 72 / picture.dpi, picture.height * 72 / picture.dpi)
        return ScanReading((), (), 0.0, size, ("the picture is too small to hold text",))
    session = EngineSession(engine, until, open_shapes(dictionaries), hearer)
    prepared, grids = _tables(prepare(picture, session.turn))
    reading = _read_prepared(prepared, grids, session)
    if not grids or reading.quality >= _POOR:
        return reading
    # Rulings look the same on their head; the letters between them do not.
    over = _turned_over(prepared, session)
    if over is None:
        return reading
    other, grids = _tables(over[0])
    again = _read_prepared(other, grids, EngineSession(engine, until, session.shapes, hearer, [over[1]]))
    return again if again.quality > reading.quality else reading


def _read_prepared(prepared: Prepared, grids: list[Grid], session: EngineSession) -> ScanReading:
    """Read a prepared page, of which the tables are known."""
    session.notes += [f"read by {session.engine.name} at {prepared.upright.dpi:.0f} dpi", *prepared.steps]
    if grids:
        session.notes.append(
            f"{len(grids)} ruled tables read cell by cell" if len(grids) > 1 else "a ruled table read cell by cell"
        )
    laid, (prepared, leaders) = prepared, without_leaders(prepared, [grid.box for grid in grids])
    page = without_tables(prepared.picture, grids) if grids else prepared.picture
    lines = session.read(page)
    if not grids and mean_confidence(lines) < _POOR:
        over = _upright(laid, lines, session)
        prepared, leaders, lines = over or (prepared, leaders, lines)
    # The page as it lies now: one without tables may have been turned.
    page = page if grids else prepared.picture
    lines = _looked_at_again(prepared, page, grids, lines, session)
    lines = _by_shape(page, lines, session)
    lines = _heard(page, lines, session)
    lines, scraps = without_stray_signs(lines)
    session.scraps += scraps
    scale = 72 / prepared.picture.dpi
    if leaders.rows:
        session.notes.append(f"{len(leaders.rows)} rows of dots taken out before reading and put back")
    placed = assemble(with_leaders(lines, leaders), scale)
    tables, cells = _read_tables(prepared, grids, placed, session)
    if session.scraps:
        session.notes.append(f"{len(session.scraps)} scraps that are no writing were left out")
    return ScanReading(
        placed,
        tables,
        mean_confidence(lines + cells),
        (round(prepared.picture.width * scale, 2), round(prepared.picture.height * scale, 2)),
        tuple(session.notes),
        left_out(session.scraps, scale),
        prepared.posture,
    )


def _looked_at_again(
    prepared: Prepared, page: Picture, grids: list[Grid], lines: tuple[ReadLine, ...], session: EngineSession
) -> tuple[ReadLine, ...]:
    """Read once more what a first reading of the text beside the tables left out or is unsure of."""
    lines = _complete(page, lines, session)
    if prepared.second is not None and not grids and not session.engine.one_look:
        lines = _second_opinion(prepared, prepared.second, lines, session)
    lines, scraps = without_scraps(lines)
    lines, twice = without_doubles(lines)
    session.scraps += (*scraps, *twice)
    if prepared.second is None:
        lines = _second_look(page, lines, session)
    lines = _passed_over(prepared, lines, grids, session)
    if prepared.upright.coloured and prepared.signs.red > _RED:
        lines = _through_red(prepared, lines, session)
    return lines


def _read_tables(
    prepared: Prepared, grids: list[Grid], placed: Sequence[Line], session: EngineSession
) -> tuple[tuple[Table, ...], tuple[ReadLine, ...]]:
    """Read the ruled tables cell by cell, each placed among the lines of the page; returns their lines as well."""
    scale = 72 / prepared.picture.dpi
    tables: list[Table] = []
    cells: list[ReadLine] = []
    for grid in grids:
        read, scraps = read_cells(prepared.picture, grid, session.cell_readers(), prepared.second)
        session.scraps += scraps
        cells += [line for lines in read.values() for line in lines]
        tables.append(table_of(read, grid, scale, place_before(placed, grid.box.top * scale)))
    return tuple(tables), tuple(cells)


def _tables(prepared: Prepared) -> tuple[Prepared, list[Grid]]:
    """Find the ruled tables of the page; a page that has any is straightened even where it is hardly askew."""
    grids = _grids(prepared.picture, prepared.signs.red)
    if not grids or abs(prepared.signs.skew) < _LEVEL or abs(prepared.signs.skew) >= SKEW:
        return prepared, grids
    level = straightened(prepared.picture, prepared.signs.skew)
    upright = straightened(prepared.upright, prepared.signs.skew)
    second = prepared.second and straightened(prepared.second, prepared.signs.skew)
    steps = (*prepared.steps, f"straightened for its tables: it was skewed by {prepared.signs.skew:.1f} degrees")
    posture = Posture(prepared.posture.turn, prepared.posture.skew + prepared.signs.skew)
    laid = replace(prepared, picture=level, second=second, upright=upright, steps=steps, posture=posture)
    return laid, _grids(level, prepared.signs.red)


def _grids(picture: Picture, red: float) -> list[Grid]:
    """Find the ruled tables, which may be red; a red seal or stamp over one makes no rows of its own."""
    if picture.coloured and red > _RED and (found := find_grids(without_red(picture.pixels), picture.dpi)):
        return found
    return find_grids(picture.grey, picture.dpi)


def mean_confidence(lines: tuple[ReadLine, ...]) -> float:
    """Return the engine's confidence, each word weighing as much as it has letters."""
    weights = [(len(word.text), word.confidence) for line in lines for word in line.words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * value for weight, value in weights) / total if total else 0.0


def _upright(
    laid: Prepared, lines: tuple[ReadLine, ...], session: EngineSession
) -> tuple[Prepared, Leaders, tuple[ReadLine, ...]] | None:
    """Ask whether a page that reads poorly stands on its head, and read it the other way round; None if that fails."""
    over = _turned_over(laid, session)
    if over is None:
        return None
    other, leaders = without_leaders(over[0], ())
    again = session.read(other.picture)
    if mean_confidence(again) <= mean_confidence(lines):
        return None
    session.notes.append(over[1])
    return other, leaders, again


def _turned_over(prepared: Prepared, session: EngineSession) -> tuple[Prepared, str] | None:
    """Return a page prepared the other way round and a note of it; None where the engine says that it stands right."""
    turn = session.turn(prepared.upright)
    if turn is None or not turn.degrees:
        return None
    other = prepare(turned(prepared.upright, turn.degrees), lambda _: None)
    before, after = prepared.posture, other.posture
    posture = Posture((before.turn + turn.degrees + after.turn) % 360, before.skew + after.skew)
    return replace(other, posture=posture), f"turned by {turn.degrees} degrees: it stood on its head or side"


def _complete(picture: Picture, lines: tuple[ReadLine, ...], session: EngineSession) -> tuple[ReadLine, ...]:
    """Far fewer words than the ink suggests: read the page again as one column, then as scattered text."""
    missed = missed_share(picture, lines)
    if missed < MISSED:
        return lines
    others: tuple[Layout, ...] = ("column", "sparse")
    for layout in others:
        again = session.read(picture, layout)
        still = missed_share(picture, again)
        if still < 0.6 * missed and mean_confidence(again) > mean_confidence(lines) - 0.1:
            session.notes.append(
                f"read again as {layout}: {missed:.0%} of its letters had been left out, now {still:.0%}"
            )
            return again
    session.notes.append(
        f"{missed:.0%} of its letter-sized marks were not read: a picture, a seal, or text that was lost"
    )
    return lines


def _second_opinion(
    prepared: Prepared, second: Picture, lines: tuple[ReadLine, ...], session: EngineSession
) -> tuple[ReadLine, ...]:
    """Give a second reading of another preparation a say in every word, unless the first one is sure."""
    if mean_confidence(lines) >= _WORTH_A_SECOND:
        return lines
    again = session.read(second)
    agreed, won = vote(lines, WordIndex(again, prepared.picture.dpi / second.dpi))
    session.notes.append(f"read a second time, which was surer of {won} words")
    return agreed


def _second_look(picture: Picture, lines: tuple[ReadLine, ...], session: EngineSession) -> tuple[ReadLine, ...]:
    """Doubtful words looked at in another size, then the signs behind words by their ink."""
    looked = replaced = 0
    if not session.engine.one_look:
        lines, looked, replaced = look_again(picture, lines, session.reader("block"))
    if replaced:
        session.notes.append(f"{replaced} of {looked} doubtful words read otherwise in another size")
    lines, mended = mend_signs(picture, lines)
    if mended:
        session.notes.append(f"{mended} signs behind words told apart by their ink")
    return lines


def _passed_over(
    prepared: Prepared, lines: tuple[ReadLine, ...], grids: list[Grid], session: EngineSession
) -> tuple[ReadLine, ...]:
    """Short lines that the engine passed over, put in where they are read with certainty; seals in red are no lines."""
    picture, upright = prepared.picture, prepared.upright
    if upright.coloured and upright.dpi == picture.dpi and prepared.signs.red > _RED:
        picture = Picture(without_red(upright.pixels), upright.dpi)
    found = read_skipped(without_tables(picture, grids), lines, session.reader("block"))
    lines, gained, scraps = put_in(lines, found)
    session.scraps += scraps
    if gained:
        session.notes.append(f"{gained} words read in lines that had been passed over")
    return lines


def _by_shape(picture: Picture, lines: tuple[ReadLine, ...], session: EngineSession) -> tuple[ReadLine, ...]:
    """Specks among words told from signs, and figures, units and numerals told by their shapes."""
    lines, scraps, parted = without_glue(picture, lines)
    session.scraps += scraps
    if parted:
        session.notes.append(f"{parted} specks beside words recognised as such")
    lines, told = confirm(picture, lines, session.shapes)
    if told:
        session.notes.append(f"{told} figures, units and numerals decided by their shapes")
    return lines


def _heard(picture: Picture, lines: tuple[ReadLine, ...], session: EngineSession) -> tuple[ReadLine, ...]:
    """Words and figures weighed with what a second reader heard on the same picture."""
    if session.hearer is None:
        return lines
    weighed = weigh_heard(lines, session.hearer.hear(picture, Request(alternatives=True, timeout=session.left())))
    what = f"{weighed.words} words and {weighed.figures} figures"
    session.notes.append(f"read by {session.hearer.name} as well, which read {what} otherwise")
    return weighed.lines


def _through_red(prepared: Prepared, lines: tuple[ReadLine, ...], session: EngineSession) -> tuple[ReadLine, ...]:
    """Text under a red seal and text stamped in red."""
    factor = prepared.picture.dpi / prepared.upright.dpi
    looks = [only_red] if factor != 1 or not prepared.picture.coloured else [only_red, without_red]
    found: list[ReadLine] = []
    for region in red_regions(prepared.upright):
        found += read_red(prepared.upright, region, looks, [session.reader("sparse"), session.reader("block")])
    if factor != 1:
        found = [scaled(line, factor) for line in found]
    lines, gained, scraps = put_in(lines, found)
    session.scraps += scraps
    if gained:
        session.notes.append(f"{gained} words read under or in red ink")
    return lines
