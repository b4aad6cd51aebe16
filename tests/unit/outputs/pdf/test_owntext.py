"""The words of a page's own text become those of the text, for every reader and without a pixel changed."""

import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.outputs.pdf.test_pdf import pixels_of, words_of
from vnreport_ocr.jobs.cleaner import Cleaner
from vnreport_ocr.model import Box, Cell, Correction, Line, Page, Posture, Table, Token
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.original import OriginalHere
from vnreport_ocr.outputs.pdf.astray import astray
from vnreport_ocr.outputs.pdf.file import PdfCopy
from vnreport_ocr.outputs.pdf.lettermap import letters_of
from vnreport_ocr.outputs.pdf.printed import printed_lines
from vnreport_ocr.outputs.pdf.respelling import Spot, UnchangedSegment
from vnreport_ocr.outputs.write import write
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import read_layer

SAMPLES = Path(__file__).parents[4] / "samples"
LETTERS = "abcdeghiklmnopqrstuvxy"
_WIDTH = 600


def boxes(letters: str, cmaps: Mapping[tuple[int, int], Callable[[int, str], tuple[int, str]]]) -> bytes:
    """A font whose letters are boxes, each of its own height; ``cmaps`` tell which glyph a code shows."""
    names = [".notdef", "space", *letters]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(letter): letter for letter in letters} | {32: "space"})
    glyphs = {}
    for number, name in enumerate(names):
        pen = TTGlyphPen(None)
        if name != "space":
            top = 150 + 25 * number
            pen.moveTo((50, 0))
            for point in ((50, top), (500, top), (500, 0)):
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (_WIDTH, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    tables = []
    for (platform, kind), told in cmaps.items():
        table = CmapSubtable.newSubtable(0 if platform == 1 else 4)
        table.platformID, table.platEncID, table.language = platform, kind, 0
        table.cmap = dict(told(number, letter) for number, letter in enumerate(letters))
        tables.append(table)
    if tables:
        builder.font["cmap"].tables = tables
    made = BytesIO()
    builder.save(made)
    return made.getvalue()


def page_of_boxes(path: Path, contents: bytes, font: bytes, flags: int = 32, **resources: bytes) -> None:
    """A page whose words stand in the font /F; ``resources`` are forms that use it as well."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 300))
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.AAAAAA, Flags=flags, FontBBox=[0, -200, 600, 800],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile2=pdf.make_stream(font),
        )  # fmt: skip
        held = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.AAAAAA, FirstChar=32,
            LastChar=126, Widths=[_WIDTH] * 95, Encoding=pikepdf.Name.WinAnsiEncoding, FontDescriptor=described,
        )  # fmt: skip
        fonts = pikepdf.Dictionary(F=pdf.make_indirect(held))
        page.obj["/Resources"] = pikepdf.Dictionary(Font=fonts, XObject=pikepdf.Dictionary())
        for name, data in resources.items():
            form = pdf.make_stream(data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 300])
            form["/Resources"] = pikepdf.Dictionary(Font=fonts)
            page.obj["/Resources"]["/XObject"][f"/{name}"] = form
        page.obj["/Contents"] = pdf.make_stream(contents)
        pdf.save(path)


def own_page(path: Path, change: Callable[[Line], Line] = lambda line: line) -> Page:
    """The page as its own text has it, each line changed."""
    with PdfFile(path) as file, file.page(1) as held:
        layer = read_layer(held)
    return Page(1, tuple(map(change, layer.lines)), source="layer", size=layer.size)


def copied(path: Path, page: Page) -> tuple[Path, tuple[str, ...]]:
    """The copy with a page's words, and what is to be known of it."""
    made = path.with_name("copy.pdf")
    copy = PdfCopy(path)
    try:
        copy.page(page)
        with made.open("w+b") as file:
            said = copy.save(file)
    finally:
        copy.close()
    return made, said


def words_by_maps(path: Path) -> list[str]:
    """The words of a file as the maps of its fonts tell them, whatever else is said of them."""
    found = []
    with pikepdf.open(path) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(step.operator) == "Tj":
                letters = letters_of(pdf.pages[0].Resources.Font.F)
                assert letters is not None
                data = list(bytes(step.operands[0]))
                while data:
                    code = data.pop(0)
                    found.append(letters.letters[code if code >= ord(" ") else code << 8 | data.pop(0)])
    return "".join(found).split()


@pytest.mark.parametrize(
    "name", ["letter-spaced.pdf", "tcvn3-layer.pdf", "vni-layer.pdf", "table-vector.pdf", "good-layer.pdf"]
)
def test_every_reader_takes_out_the_words_of_the_text_in_their_order(name: str, tmp_path: Path) -> None:
    options, source = Options(), SAMPLES / name
    pages = list(Cleaner(options).iter_pages(source))
    written = write(iter(pages), ["pdf"], tmp_path / "out", name, options, OriginalHere(source, options))
    said = list(chain.from_iterable(line.text.split() for page in pages for line in page.all_lines()))
    assert words_of(written[0]) == {"poppler": said, "pdfium": said}
    for number in range(len(pages)):
        assert (pixels_of(written[0], number) == pixels_of(source, number)).all()
    assert written[0].stat().st_size < 1.15 * source.stat().st_size


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("name", ["tcvn3-layer.pdf", "vni-layer.pdf", "table-vector.pdf"])
def test_words_of_a_page_whose_text_lies_on_its_side(name: str, turn: int, tmp_path: Path) -> None:
    with pikepdf.open(SAMPLES / name) as pdf:
        del pdf.pages[1:]
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save(tmp_path / "a.pdf")
    (page,) = Cleaner(Options()).iter_pages(tmp_path / "a.pdf")
    assert page.source == "layer"
    assert page.posture.turn == -turn % 360
    path, remarks = copied(tmp_path / "a.pdf", page)
    said = [word for line in printed_lines(page) for word in line.text.split()]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize(
    "shown",
    [
        b"(nhawt muoxw xaa) Tj",
        b"(nhawt mu) Tj 1 0 0 1 126 200 Tm (oxw xaa) Tj",
        b"(nhawt) Tj 1 0 0 1 102 200 Tm (muo) Tj 1 0 0 1 138 200 Tm (xw xaa) Tj",
    ],
    ids=["one string", "within a word", "three strings"],
)
def test_a_word_drawn_in_pieces_on_a_turned_page(shown: bytes, turn: int, tmp_path: Path) -> None:
    # Of a line that stands on its head, pdfium sorts the pieces from its end to its beginning.
    font = boxes("".join(dict.fromkeys(LETTERS + "w")), {})
    page_of_boxes(
        tmp_path / "a.pdf", b"BT /F 20 Tf 1 0 0 1 30 200 Tm " + shown + b" 1 0 0 1 30 170 Tm (baa) Tj ET", font
    )

    def composed(line: Line) -> Line:
        if not line.raw.startswith("nhawt"):
            return line
        changes = (Correction(2, "awt", "\u1eaft", "t", 1.0), Correction(7, "oxw", "\u1ee1", "t", 1.0))
        return Line(line.raw, line.tokens, changes)

    page = replace(own_page(tmp_path / "a.pdf", composed), posture=Posture(-turn % 360))
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].rotate(turn, relative=False)
        pdf.save()
    path, _ = copied(tmp_path / "a.pdf", page)
    said = ["nh\u1eaft", "mu\u1ee1", "xaa", "baa"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_tables_are_told_row_by_row_whatever_the_order_of_their_cells(tmp_path: Path) -> None:
    # Drawn and read column by column; the text prints rows.
    shown = b"BT /F 20 Tf 30 200 Td (xaa) Tj 0 -40 Td (baa) Tj 150 40 Td (huyy) Tj 0 -40 Td (tinh) Tj ET"
    page_of_boxes(tmp_path / "a.pdf", shown, boxes(LETTERS, {}))
    page = own_page(tmp_path / "a.pdf")
    by_word = {token.text: Line(token.text, (token._replace(start=0),)) for line in page.lines for token in line.tokens}
    places = {"xaa": (0, 0), "baa": (1, 0), "huyy": (0, 1), "tinh": (1, 1)}
    cells = tuple(Cell(row, column, (by_word[word],)) for word, (row, column) in places.items())
    said = ["xaa", "huyy", "baa", "tinh"]
    table = replace(page, lines=(), tables=(Table(cells, 0),))
    assert [line.text for line in printed_lines(table)] == said
    path, _ = copied(tmp_path / "a.pdf", table)
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_a_letter_of_two_codes_needs_no_more_than_the_map(tmp_path: Path) -> None:
    # Readers that know no ActualText would get vowels and marks apart.
    font = boxes("".join(dict.fromkeys(LETTERS + "w")), {})
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (nhawt muoxw) Tj ET", font)

    def composed(line: Line) -> Line:
        assert line.raw == "nhawt muoxw"
        return Line(
            line.raw, line.tokens, (Correction(2, "awt", "\u1eaft", "t", 1.0), Correction(7, "oxw", "\u1ee1", "t", 1.0))
        )

    path, _ = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", composed))
    said = ["nh\u1eaft", "mu\u1ee1"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert words_by_maps(path) == said
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_words_that_were_parted_and_joined(tmp_path: Path) -> None:
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (hoinghi ban hanh) Tj ET", boxes(LETTERS, {}))

    def mended(line: Line) -> Line:
        corrections = (Correction(3, "n", " n", "t", 1.0), Correction(12, " h", "h", "t", 1.0))
        return Line(line.raw, line.tokens, corrections)

    path, _ = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["hoi", "nghi", "banhanh"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_a_hyphen_that_ends_a_line_stays_one(tmp_path: Path) -> None:
    # A word told anew, so that the page is written.
    page_of_boxes(
        tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (hoi so-) Tj 0 -24 Td (nghi) Tj ET", boxes(f"{LETTERS}-", {})
    )

    def mended(line: Line) -> Line:
        return line if line.raw == "nghi" else Line(line.raw, line.tokens, (Correction(0, "hoi", "hội", "t", 1.0),))

    path, _ = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["hội", "so-", "nghi"]
    assert words_of(path) == {"poppler": said, "pdfium": said}


@pytest.mark.parametrize(
    "contents",
    [
        b"BT /F 20 Tf 30 100 Td (duoi cung) Tj 0 100 Td (tren dau) Tj 0 -50 Td (o giua) Tj ET",
        b"BT /F 20 Tf 1 0 0 1 30 100 Tm (duoi cung) Tj 0 100 TD (tren dau) Tj 50 TL (o giua) ' ET",
        b"q 2 0 0 2 10 20 cm BT /F 10 Tf 10 40 Td (duoi cung) Tj ET Q q BT /F 20 Tf 30 200 Td (tren dau) Tj ET Q",
        b"BT /F 20 Tf 30 100 Td (duoi cung) Tj ET q 1 0 0 1 0 40 cm /X Do Q BT /F 20 Tf 30 200 Td (tren dau) Tj ET",
    ],
)
def test_words_drawn_out_of_their_order(contents: bytes, tmp_path: Path) -> None:
    form = b"BT /F 20 Tf 30 100 Td (trong khung) Tj ET"
    page_of_boxes(tmp_path / "a.pdf", contents, boxes(LETTERS, {}), X=form)
    page = own_page(tmp_path / "a.pdf")
    said = [word for line in page.lines for word in line.text.split()]
    assert said[:2] == ["tren", "dau"]
    path, remarks = copied(tmp_path / "a.pdf", page)
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


@pytest.mark.parametrize("by_letters", [False, True])
def test_what_is_drawn_twice_is_read_once(by_letters: bool, tmp_path: Path) -> None:
    # A shadow under each string: letter by letter in the first line, or words at once; a word of many letters as well.
    words = [*("hoi" if by_letters else ["hoi"]), " nghi ", *("khongcothenao" if by_letters else ["khongcothenao"])]
    steps, left = [], 30
    for word in words:
        for grey, shift in ((0.7, 0.4), (0, 0)):
            steps.append(f"{grey} g 1 0 0 1 {left + shift} {200 - shift} Tm ({word}) Tj")
        left += 12 * len(word)
    page_of_boxes(tmp_path / "a.pdf", f"BT /F 20 Tf {' '.join(steps)} ET".encode(), boxes(LETTERS, {}))

    def mended(line: Line) -> Line:
        return Line(line.raw, line.tokens, (Correction(1, "o", "\u1ed9", "t", 1.0),))

    path, remarks = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["h\u1ed9i", "nghi", "khongcothenao"]
    found = words_of(path)
    assert found["pdfium"] == said
    assert [word for word in found["poppler"] if word in said] == said
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_letters_of_a_word_that_are_drawn_apart(tmp_path: Path) -> None:
    # As an office program draws letters that its font lacks: all of them behind those of the whole line.
    holes = b"[(h) -600 (i ngh) -600 ( ban hanh)] TJ 1 0 0 1 42 200 Tm [(o) -3000 (i)] TJ"
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 1 0 0 1 30 200 Tm %s ET" % holes, boxes(LETTERS, {}))
    page = own_page(tmp_path / "a.pdf")
    said = ["hoi", "nghi", "ban", "hanh"]
    assert [word for line in page.lines for word in line.text.split()] == said
    path, remarks = copied(tmp_path / "a.pdf", page)
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


@pytest.mark.parametrize("named", [False, True])
def test_words_that_the_page_says_besides_its_codes_say_the_text(named: bool, tmp_path: Path) -> None:
    words = pikepdf.Dictionary(MCID=7, ActualText="o", More=pikepdf.Dictionary(Deep=1))
    mark = b"/Words" if named else b"<</MCID 7 /ActualText (o) /More <</Deep 1>> >>"
    steps = b"BT /F 20 Tf 30 200 Td (h) Tj /Span %s BDC (o) Tj EMC (i nghi) Tj ET" % mark
    page_of_boxes(tmp_path / "a.pdf", steps, boxes(LETTERS, {}))
    if named:
        with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
            pdf.pages[0].Resources.Properties = pikepdf.Dictionary(Words=pdf.make_indirect(words))
            pdf.save(tmp_path / "a.pdf")

    def mended(line: Line) -> Line:
        return Line(line.raw, line.tokens, (Correction(1, "o", "\u1ed9", "t", 1.0),))

    path, _ = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["h\u1ed9i", "nghi"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    with pikepdf.open(path) as pdf:
        marks = [step for step in pikepdf.parse_content_stream(pdf.pages[0]) if str(step.operator) == "BDC"]
        assert [dict(step.operands[1].items()) for step in marks] == [{"/MCID": 7}]


def test_a_page_that_would_look_different_keeps_its_words_and_is_named(tmp_path: Path) -> None:
    # Two maps of the font disagree, and readers do not all go by the same one.
    font = boxes(
        LETTERS,
        {(1, 0): lambda _, letter: (ord(letter), "a"), (3, 0): lambda _, letter: (0xF000 + ord(letter), letter)},
    )
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (hoinghi) Tj ET", font, flags=4)

    def mended(line: Line) -> Line:
        return Line(line.raw, line.tokens, (Correction(3, "n", " n", "t", 1.0),))

    path, remarks = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    assert remarks == (
        "Page 1 keeps its own words in the PDF: with the text's they would not look the same to the pixel.",
    )
    assert words_of(path)["pdfium"] == ["hoinghi"]
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


@pytest.mark.parametrize(
    "contents",
    [
        b"BT /F 20 Tf 30 100 Td (duoi cung) Tj (x) Td 0 100 Td (tren dau) Tj ET",
        b"BT /F 20 Tf 30 100 Td (duoi cung) Tj ET 0 0 0 0 0 0 cm BT /F 20 Tf 30 200 Td (tren dau) Tj ET",
        b"BT /F 20 Tf 30 100 Td (duoi cung) Tj q Q Q Q EMC EMC TL 0 100 Td (tren dau) Tj ET 5 Tr BT",
        b"BT /F 20 Tf 1e999 0 0 1 30 100 Tm (duoi cung) Tj 1 0 0 1 30 200 Tm (tren dau) Tj ET",
    ],
)
def test_what_cannot_be_taken_apart_stays_as_it_is(contents: bytes, tmp_path: Path) -> None:
    page_of_boxes(tmp_path / "a.pdf", contents, boxes(LETTERS, {}))
    path, _ = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf"))
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()
    assert "duoi" in words_of(path)["pdfium"] or "duoi" not in words_of(tmp_path / "a.pdf")["pdfium"]


def test_a_font_that_is_none_leaves_the_page_as_it_is(tmp_path: Path) -> None:
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (hoinghi) Tj ET", b"\0\1\0\0\0\x20" + bytes(20))
    page = Page(1, (Line("hoi nghi", (Token("hoi nghi", 0, Box(30, 80, 120, 105)),)),), source="layer", size=(400, 300))
    path, _ = copied(tmp_path / "a.pdf", page)
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


@given(st.permutations(range(12)))
def test_words_come_in_the_order_of_the_text_wherever_there_is_a_gap(drawn: list[int]) -> None:
    # Word number n is drawn by step drawn[n].
    found = [Spot(UnchangedSegment(str(n), (Token(str(n), 0, Box(0, 0, 1, 1)),)), n, (n,)) for n in range(len(drawn))]
    gaps = list(range(len(drawn) + 1))
    moved = astray(found, {n: (step, step) for n, step in enumerate(drawn)}, lambda: gaps)
    away = {spot.numbers[0] for one in moved for spot in one.spots}
    shown: list[tuple[float, int]] = [(step, n) for n, step in enumerate(drawn) if n not in away]
    shown += [(one.step - 0.5 + place / 100, spot.numbers[0]) for one in moved for place, spot in enumerate(one.spots)]
    assert [n for _, n in sorted(shown)] == list(range(len(drawn)))


def page_of_arial(path: Path, contents: bytes) -> None:
    """A page whose words stand in a font that is not in the file."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 300))
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Arial, Flags=32, FontBBox=[0, -200, 1000, 800],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80,
        )  # fmt: skip
        held = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.Arial, FirstChar=32,
            LastChar=126, Widths=[500] * 95, Encoding=pikepdf.Name.WinAnsiEncoding, FontDescriptor=described,
        )  # fmt: skip
        fonts = pikepdf.Dictionary(F=pdf.make_indirect(held))
        page.obj["/Resources"] = pikepdf.Dictionary(Font=fonts)
        page.obj["/Contents"] = pdf.make_stream(contents)
        pdf.save(path)


@pytest.mark.parametrize(
    "shown",
    [
        b"30 200 Td (dien tich 25 km2 moi) Tj",
        b"30 200 Td [(dien t) -10 (ich 25 k) 20 (m2 moi)] TJ",
        b"15 TL 30 215 Td (dien tich 25 km2 moi) '",
        b'15 TL 30 215 Td 0.5 0.1 (dien tich 25 km2 moi) "',
    ],
)
def test_words_in_a_font_that_is_not_in_the_file_are_told_by_copies_of_it(shown: bytes, tmp_path: Path) -> None:
    contents = b"BT /F 20 Tf %s 0 -40 Td (con lai) Tj ET" % shown
    page_of_arial(tmp_path / "a.pdf", contents)

    def mended(line: Line) -> Line:
        at = line.raw.find("km2")
        better = (
            [Correction(at + 2, "2", "\u00b2", "t", 1.0), Correction(1, "ie", "i\u1ec7", "t", 1.0)] if at >= 0 else []
        )
        return Line(line.raw, line.tokens, tuple(better))

    path, remarks = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["di\u1ec7n", "tich", "25", "km\u00b2", "moi", "con", "lai"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_what_the_letters_cannot_say_is_said_unseen_between_its_neighbours(tmp_path: Path) -> None:
    # No letter can be read as a row of dots, and the sign of the other font can be read as nothing else.
    contents = b"BT /F 20 Tf 30 200 Td (muc I) Tj 150 0 Td (.) Tj 60 0 Td (12) Tj -210 -40 Td (con lai) Tj ET"
    page_of_boxes(tmp_path / "a.pdf", contents, boxes(LETTERS + "I.12", {}))

    def mended(line: Line) -> Line:
        at = line.raw.find(".")
        return Line(line.raw, line.tokens, (Correction(at, ".", "." * 20, "t", 1.0),) if at >= 0 else ())

    path, remarks = copied(tmp_path / "a.pdf", own_page(tmp_path / "a.pdf", mended))
    said = ["muc", "I", "." * 20, "12", "con", "lai"]
    assert words_of(path) == {"poppler": said, "pdfium": said}
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_words_of_a_stamp_stand_where_the_text_has_them(tmp_path: Path) -> None:
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf 30 200 Td (so) Tj 0 -60 Td (ban hanh) Tj ET", boxes(LETTERS, {}))
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(b"BT /H 20 Tf 0 5 Td (779) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 60, 30])
        held = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )  # fmt: skip
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(H=held))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[30, 165, 90, 195], F=4,
            AP=pikepdf.Dictionary(N=form),
        )  # fmt: skip
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(tmp_path / "a.pdf")
    page = own_page(tmp_path / "a.pdf")
    said = [word for line in page.lines for word in line.text.split()]
    assert said == ["so", "779", "ban", "hanh"]
    path, _ = copied(tmp_path / "a.pdf", page)
    assert words_of(path)["pdfium"] == said
    # Poppler reads notes as well, behind the page.
    assert words_of(path)["poppler"][:4] == said
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


@pytest.mark.parametrize("state", [b"4 Tc", b"9 Tw", b"7 Ts", b"150 Tz"])
def test_what_a_page_sets_for_its_letters_is_not_set_for_words_put_between_them(state: bytes, tmp_path: Path) -> None:
    back = b"0 Tc 0 Tw 0 Ts 100 Tz"
    strings = b"30 100 Td (duoi) Tj %s 0 100 Td (tren) Tj 0 -40 Td (giua) Tj %s 0 -120 Td (cuoi) Tj" % (state, back)
    contents = b"BT /F 20 Tf %s ET" % strings
    page_of_boxes(tmp_path / "a.pdf", contents, boxes(LETTERS, {}))
    page = own_page(tmp_path / "a.pdf")
    said = [word for line in page.lines for word in line.text.split()]
    assert said == ["tren", "giua", "duoi", "cuoi"]
    path, _ = copied(tmp_path / "a.pdf", page)
    assert words_of(path) == {"poppler": said, "pdfium": said}
    before, after = corners_of(tmp_path / "a.pdf"), corners_of(path)
    for word in said:
        assert after[word] == pytest.approx(before[word], abs=6), word


def corners_of(path: Path) -> dict[str, tuple[float, float]]:
    """Where each word begins for Poppler."""
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True, timeout=60)
    found = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]+)<', done.stdout)
    return {word: (float(left), float(top)) for left, top, word in found}


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        # The sign behind a blank is drawn over it.
        (b"30 200 Td (hoi ) Tj 39 0 Td (nghi ) Tj", "hoi nghi"),
        # A blank of another font under the letters of one word: some readers get it, others pass over it.
        (b"30 200 Td (ho) Tj /F 8 Tf 24 0 Td ( ) Tj /F 20 Tf 0.5 0 Td (nghi ) Tj", "honghi"),
        # Cells beside each other on one line, with no blank in between.
        (b"30 200 Td [(h) -9000 (n)] TJ", "h n"),
    ],
)
def test_every_reader_parts_words_where_the_text_does(shown: bytes, said: str, tmp_path: Path) -> None:
    page_of_boxes(tmp_path / "a.pdf", b"BT /F 20 Tf %s 0 -60 Td (canh) Tj ET" % shown, boxes(LETTERS, {}))
    words = said.split()

    def mended(line: Line) -> Line:
        return line if line.raw != "canh" else Line(line.raw, line.tokens, (Correction(1, "a", "\u00e1", "t", 1.0),))

    page = own_page(tmp_path / "a.pdf", mended)
    assert [word for line in page.lines for word in line.text.split()] == [*words, "c\u00e1nh"]
    path, remarks = copied(tmp_path / "a.pdf", page)
    assert words_of(path) == {"poppler": [*words, "c\u00e1nh"], "pdfium": [*words, "c\u00e1nh"]}
    if b"TJ" not in shown:
        assert words_by_maps(path) == [*words, "c\u00e1nh"]
    assert remarks == ()
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()
