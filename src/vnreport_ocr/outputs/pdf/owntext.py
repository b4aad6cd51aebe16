"""Pages read from their own text layer: readers get the repaired text from them, letter by letter where necessary."""

import struct
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import Final

import pikepdf

from vnreport_ocr.collector import collector_at_rest
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.pdf.astray import Moved, astray, gaps, gaps_at, unseen
from vnreport_ocr.outputs.pdf.drawnorder import DrawnText, drawn_texts, gap_before, sorted_before
from vnreport_ocr.outputs.pdf.glyphless import GlyphlessFont
from vnreport_ocr.outputs.pdf.oldfonts import OldFonts
from vnreport_ocr.outputs.pdf.placing import laid_on
from vnreport_ocr.outputs.pdf.respelling import (
    Letters,
    Spelling,
    Spot,
    around_of,
    is_read,
    is_torn,
    spellings,
    spots,
    told,
    wanted,
)
from vnreport_ocr.outputs.pdf.retold import Retold, Writer, add_to
from vnreport_ocr.outputs.pdf.samepixels import differing
from vnreport_ocr.outputs.pdf.shows import Contents, Readings, Show, named_fonts
from vnreport_ocr.outputs.pdf.textlayer import FONT, LaidWord, RowWriter
from vnreport_ocr.outputs.pdf.twinfonts import NoCodeError, Twins
from vnreport_ocr.outputs.pdf.units import Double, Unit, UnitFinder
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage
from vnreport_ocr.sources.pdf.glyphs import GlyphPlace, read_places, text_objects
from vnreport_ocr.sources.pdf.qpdf import BROKEN, save_pdf
from vnreport_ocr.sources.pdf.unpack import TooMuchError
from vnreport_ocr.sources.scratch import scratch_folder

_WRITTEN: Final = ("/Contents", "/Resources")
_APART: Final = (TooMuchError, NoCodeError, ArithmeticError, struct.error, *BROKEN)
"""What pages and fonts that cannot be parsed raise."""


class OwnText:
    """The text of one file, mended page by page."""

    def __init__(
        self, source: Path, password: str | None, pdf: pikepdf.Pdf, unseen_font: Callable[[], GlyphlessFont]
    ) -> None:
        self._source, self._password, self._pdf, self._unseen_font = source, password, pdf, unseen_font
        self._held = ExitStack()
        self._file: PdfFile | None = None
        self._old_fonts = OldFonts(pdf)
        self._twins = Twins(pdf)
        self._readings = Readings()
        self._finder = UnitFinder(self._readings, self._twins, self._old_fonts.letters)
        self._before: dict[int, dict[str, pikepdf.Object | None]] = {}
        """The contents of pages before they were rewritten, by page number."""

    def mend(self, page: Page) -> None:
        """Rewrite a page so that readers find its text; what cannot be parsed stays as it is."""
        try:
            if self._file is None:
                self._file = self._held.enter_context(PdfFile(self._source, self._password))
            with self._file.page(page.number) as held, collector_at_rest():
                self._mend(page, held, self._pdf.pages[page.number - 1])
        except (VnocrError, *_APART):
            return

    def _mend(self, page: Page, held: PdfPage, target: pikepdf.Page) -> None:
        places = read_places(held, page.posture.turn)
        fonts = named_fonts(self._pdf, target.resources).values()
        for font in fonts:
            self._readings.of(font)  # as long as it tells what it told the reader of the page
        # What notes say (stamps, signatures), not all readers get.
        seen = "".join(place.text for place in places[: held.own_letters])
        if not wanted(page, seen) and not any(map(self._readings.is_silent, fonts)):
            return
        self._old_fonts.mend(page, held, target)
        contents = Contents(self._pdf, target, target.resources)
        try:
            self._tell(page, held, target, contents, places, seen)
        finally:
            contents.let_go()

    def _tell(
        self,
        page: Page,
        held: PdfPage,
        target: pikepdf.Page,
        contents: Contents,
        places: Sequence[GlyphPlace],
        seen: str,
    ) -> None:
        """Write a page anew whose words readers do not find as the text has them."""
        shows, objects = list(contents.shows()), text_objects(held)
        units, blanks = self._finder.units(shows, objects, places)
        drawn = {number: unit.order for number, unit in units.items()}
        doubles = self._finder.doubles(shows, objects, places) if units else []
        within = [*blanks, *(one.order for one in doubles)]
        size, posture = page.size, page.posture
        texts = drawn_texts(shows, objects, places, size[1]) if posture.turn and size is not None else []
        ahead = sorted_before(texts, size, posture) if size is not None else frozenset()
        here = Letters(places, {n: unit.reading for n, unit in units.items()}, drawn, within, ahead)
        found = spots(page, here)
        lost = self._lost(found, seen, _said_of(shows, objects), places)
        if not lost:
            found = [spot for spot in found if spot.whole]
        letters, moved = self._letters(found, lost, here, units, contents, turned=posture.turn != 0)
        if letters or moved or ahead:
            untold = [spot for spot in found if spot.whole and letters.keys().isdisjoint(spot.numbers)]
            self._write(
                page, target, contents, [*_retold(units, letters), *_unread(doubles, untold, units)], moved, texts
            )

    def _lost(self, found: Sequence[Spot], seen: str, said: set[int], places: Sequence[GlyphPlace]) -> set[int]:
        """Return the ids of words that their own letters cannot express and that readers do not get so far."""
        if all(spot.whole for spot in found):
            return set()
        lost = {
            id(spot)
            for spot, read in zip(found, is_read(found, seen), strict=True)
            if not (spot.whole or read) and said.isdisjoint(places[number].drawn_by for number in spot.numbers)
        }
        # Were it most of a page, readers would get it twice.
        return lost if 2 * len(lost) < len(found) else set()

    def _letters(
        self,
        found: Sequence[Spot],
        lost: set[int],
        here: Letters,
        units: dict[int, Unit],
        contents: Contents,
        *,
        turned: bool,
    ) -> tuple[dict[int, str], list[Moved]]:
        """Return what letters should be read as, by number, and the words that should be read elsewhere."""
        places_drawn = {number: (unit.step, unit.order) for number, unit in units.items()}
        spelled: list[Spelling] = spellings(found, here)
        unsaid = {
            number
            for number, (spot, spelling) in enumerate(zip(found, spelled, strict=True))
            if (spelling is None and (spot.whole or id(spot) in lost))
            or (turned and spelling and is_torn(spot, here.places))
        }
        moved = astray(found, places_drawn, lambda: gaps(contents), unsaid)
        away = {id(spot) for one in moved for spot in one.spots}
        letters = told(found, spelled, here, away)
        letters.update((n, " ") for one in moved for spot in one.spots for n in spot.numbers if n in units)
        for spot in found:
            letters.update(
                (n, units[n].reading) for n in spot.numbers if n in units and units[n].silent and n not in letters
            )
        # Where words are said of what is shown, they are said no more, and all its letters must tell theirs.
        said = {key for number in letters if (key := _said_at(units[number])) is not None}
        letters.update((n, unit.reading) for n, unit in units.items() if n not in letters and _said_at(unit) in said)
        return letters, moved

    def _write(
        self,
        page: Page,
        target: pikepdf.Page,
        contents: Contents,
        retold: Sequence[Retold],
        moved: Sequence[Moved],
        texts: Sequence[DrawnText],
    ) -> None:
        fonts = {show.use.font.objgen: show.use.font for show in contents.every_show() if show.use is not None}
        base = {key: self._readings.of(font) | (self._old_fonts.letters(font) or {}) for key, font in fonts.items()}
        between = self._unseen(page, target, contents, moved, texts)
        made = Writer(self._pdf, self._twins, retold, base).told(contents, between)
        if between:
            add_to(made.resources, "/Font", {FONT: self._unseen_font().object})
        self._before[page.number] = {name: target.obj.get(name) for name in _WRITTEN}
        target.obj["/Resources"] = made.resources
        target.obj["/Contents"] = self._pdf.make_stream(made.data)

    def _unseen(
        self,
        page: Page,
        target: pikepdf.Page,
        contents: Contents,
        moved: Sequence[Moved],
        texts: Sequence[DrawnText],
    ) -> dict[int, bytes]:
        """Return the steps that write invisible words where they belong, and blanks that keep what is drawn apart."""
        if page.size is None or not (moved or texts):
            return {}
        laid = laid_on(target, page.size, page.posture)
        rows = _unseen_rows(RowWriter(self._unseen_font(), page.size, page.posture), moved, texts, gaps(contents))
        at = gaps_at(contents, rows.keys())
        return {step: unseen(at[step], laid, shown) for step, shown in rows.items()}

    def finish(self) -> list[int]:
        """Write what is only known once all pages are done; undo whatever would change a pixel, and list it."""
        if not self._before:
            return []
        try:
            self._twins.finish()
            changed = self._changed()
        except _APART:
            changed = list(self._before)
        for number in changed:
            page = self._pdf.pages[number - 1].obj
            for name, value in self._before.pop(number).items():
                if value is not None:
                    page[name] = value
                else:
                    del page[name]
        return changed

    def _changed(self) -> list[int]:
        """List the pages that are drawn differently than before."""
        saved = None if self._file is None else self._file.saved
        with scratch_folder() as folder:
            path = folder / "copy.pdf"
            save_pdf(
                self._pdf,
                path,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                encryption=False,
                fix_metadata_version=False,
            )
            return differing(saved or self._source, path, self._before, None if saved else self._password)

    def close(self) -> None:
        """Close the file."""
        self._held.close()


def _unseen_rows(
    writer: RowWriter, moved: Sequence[Moved], texts: Sequence[DrawnText], between: Sequence[int]
) -> dict[int, list[bytes]]:
    """Return the rows to write before steps: moved words, and a blank before what would be sorted otherwise."""
    found: dict[int, list[bytes]] = {}
    waiting, before = deque(moved), -1
    for text in [*texts, None]:
        while waiting and (text is None or waiting[0].step <= text.step):
            one = waiting.popleft()
            found.setdefault(one.step, []).extend(_rows(writer, one.spots))
        if text is not None:
            gap = gap_before(text, before, between)
            blank = writer.passed(text.left, text.base, text.right, text.wide)
            if blank and gap is not None:
                found.setdefault(gap, []).append(blank)
            before = text.step
    return found


def _rows(writer: RowWriter, spots: Sequence[Spot]) -> Iterator[bytes]:
    for _, line in groupby(spots, lambda spot: spot.line):
        yield writer.row([LaidWord(spot.segment.text, box) for spot in line if (box := around_of(spot)) is not None])


def _said_of(shows: Sequence[Show], objects: Sequence[int]) -> set[int]:
    """Return the drawings that have words of their own (``/ActualText``)."""
    return {drawn for show, drawn in zip(shows, objects, strict=False) if show.place in show.stream.said}


def _said_at(unit: Unit) -> tuple[int, int] | None:
    """Return where the words of a letter are given; None if they are not."""
    at = unit.show.stream.said.get(unit.show.place)
    return None if at is None else (id(unit.show.stream), at)


def _unread(doubles: Sequence[Double], kept: Sequence[Spot], units: Mapping[int, Unit]) -> list[Retold]:
    """Read letters drawn twice as blanks, except inside words that are kept: no one letter can express a long word."""
    held = [[units[number] for number in spot.numbers] for spot in kept]
    return [
        Retold(double.show, dict.fromkeys(range(len(double.show.codes)), " "))
        for double in doubles
        if not any(_is_within(double, word) for word in held)
    ]


def _is_within(double: Double, word: Sequence[Unit]) -> bool:
    """Whether a word's letters are drawn on both sides of a double, or its last one just before."""
    last = word[-1]
    ends_it = double.order == last.order + 1 and double.show.codes == last.show.codes and len(word) > last.at + 1
    return word[0].order < double.order <= last.order or ends_it


def _retold(units: dict[int, Unit], letters: dict[int, str]) -> list[Retold]:
    """Group the letters to rewrite by the shows that show them."""
    found: dict[tuple[int, int], Retold] = {}
    for number, letter in letters.items():
        show = units[number].show
        found.setdefault((id(show.stream), show.place), Retold(show, {})).letters[units[number].at] = letter
    return list(found.values())
