"""Old fonts say what their letters are: readers find Vietnamese, and not a pixel changes."""

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.outputs.pdf.test_pdf import pixels_of, words_of
from tests.unit.sources.pdf.test_glyphcodes import MORE, lines_of, written
from tests.unit.vietnamese.test_glyph_codes import TEXT as GLYPHS_TEXT
from vnreport_ocr.jobs.cleaner import Cleaner
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.original import OriginalHere
from vnreport_ocr.outputs.pdf.glyphless import font_file
from vnreport_ocr.outputs.pdf.lettermap import LetterMap, letters_of, write_map
from vnreport_ocr.outputs.write import write
from vnreport_ocr.vietnamese.charsets import encode

SAMPLES = Path(__file__).parents[4] / "samples"
TEXT = "Kính gửi: ủy ban nhân dân huyện đề nghị các xã, thị trấn rà soát"


LETTERS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3)


def western_pdf(path: Path, name: str, *strings: bytes) -> None:
    """A page in a font of this name that says of itself that its codes are Western."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(500, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType,
        BaseFont=pikepdf.Name("/" + name),
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    shown = b"".join(b"<%s> Tj " % string.hex().encode() for string in strings)
    page.obj["/Contents"] = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td " + shown + b"ET")
    pdf.save(path)


def copied(path: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    """The copy of a PDF, and the words of its text."""
    options = Options()
    written = write(
        Cleaner(options).iter_pages(path),
        ["pdf", "txt"],
        tmp_path / "out",
        path.name,
        options,
        OriginalHere(path, options),
    )
    by_suffix = {file.suffix: file for file in written}
    return by_suffix[".pdf"], by_suffix[".txt"].read_text(encoding="utf-8").split()


@pytest.mark.parametrize("name", ["tcvn3-layer.pdf", "vni-layer.pdf"])
def test_every_reader_takes_out_the_words_of_the_text(name: str, tmp_path: Path) -> None:
    path, said = copied(SAMPLES / name, tmp_path)
    # In the order in which they were drawn, which may be another than that of the text.
    assert all(sorted(found) == sorted(said) for found in words_of(path).values())
    assert (pixels_of(path) == pixels_of(SAMPLES / name)).all()


@pytest.mark.parametrize(
    ("font", "charset"),
    [(".VnTime", "tcvn3"), ("VNI-Times", "vni"), ("VPSTimes", "vps"), ("VNtimes", "vietware-x"), ("VISCII", "viscii")],
)
def test_western_fonts_of_each_charset(font: str, charset: str, tmp_path: Path) -> None:
    codes = encode(TEXT, charset).encode("cp1252", "replace")
    western_pdf(tmp_path / "a.pdf", font, codes)
    path, said = copied(tmp_path / "a.pdf", tmp_path)
    assert " ".join(said) == TEXT
    assert words_of(path) == {"poppler": said, "pdfium": said}
    pixels_of(path)  # pdfium draws with other shapes when it first stands in for a font that the file lacks
    assert (pixels_of(path) == pixels_of(tmp_path / "a.pdf")).all()


def test_marks_in_a_string_of_their_own_belong_to_the_letter_before(tmp_path: Path) -> None:
    codes = encode(TEXT, "vni").encode("cp1252")
    cut = next(place for place in range(20, len(codes)) if codes[place] > 127 and codes[place - 1] < 127)
    western_pdf(tmp_path / "a.pdf", "VNI-Times", codes[:cut], codes[cut:])
    path, said = copied(tmp_path / "a.pdf", tmp_path)
    assert all(found == said for found in words_of(path).values())


def test_fonts_that_stand_in_the_page_itself_are_told_apart(tmp_path: Path) -> None:
    """Such fonts have no number of their own."""
    western_pdf(tmp_path / "a.pdf", ".VnTime", encode(TEXT, "tcvn3").encode("cp1252"))
    with pikepdf.open(tmp_path / "a.pdf", allow_overwriting_input=True) as pdf:
        fonts = pdf.pages[0].Resources.Font
        fonts["/F2"] = pikepdf.Dictionary({**dict(fonts.F1.items()), "/BaseFont": pikepdf.Name("/VNI-Times")})
        more = b"BT /F2 12 Tf 20 60 Td <%s> Tj ET" % encode(TEXT, "vni").encode("cp1252").hex().encode()
        pdf.pages[0].contents_add(more)
        pdf.save(tmp_path / "a.pdf")
    path, said = copied(tmp_path / "a.pdf", tmp_path)
    assert said == 2 * TEXT.split()
    assert words_of(path) == {"poppler": said, "pdfium": said}


@pytest.mark.parametrize("embedded", [True, False])
def test_bare_glyph_numbers_say_what_they_stand_for(embedded: bool, tmp_path: Path) -> None:
    source = written(tmp_path / "a.pdf", [[*lines_of(GLYPHS_TEXT), MORE]])
    if embedded:
        with pikepdf.open(source, allow_overwriting_input=True) as pdf:
            described = pdf.pages[0].Resources.Font.F.DescendantFonts[0].FontDescriptor
            described.FontFile2 = pdf.make_stream(font_file())
            pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 2000, 842])  # poppler drops letters beyond the page
            pdf.save(source)
    path, said = copied(source, tmp_path)
    assert said == [*GLYPHS_TEXT.split(), *MORE.split()]
    # What is shown is drawn line by line; readers of such a font see no blanks but those that are said.
    assert {name: "".join(found) for name, found in words_of(path).items()} == dict.fromkeys(
        ("poppler", "pdfium"), "".join(said)
    )
    with pikepdf.open(path) as pdf:
        assert ("/ToUnicode" in pdf.pages[0].Resources.Font.F) == embedded
    assert (pixels_of(path) == pixels_of(source)).all()


def test_fonts_of_today_are_left_alone(tmp_path: Path) -> None:
    path, _ = copied(SAMPLES / "good-layer.pdf", tmp_path)
    with pikepdf.open(path) as copy, pikepdf.open(SAMPLES / "good-layer.pdf") as source:
        for old, new in zip(source.pages, copy.pages, strict=True):
            assert [stream.read_bytes() for stream in _contents(old)] == [s.read_bytes() for s in _contents(new)]


def _contents(page: pikepdf.Page) -> list[pikepdf.Stream]:
    held = page.obj["/Contents"]
    return [held] if isinstance(held, pikepdf.Stream) else [s for s in held if isinstance(s, pikepdf.Stream)]


@given(st.dictionaries(st.integers(0, 0xFFFF), LETTERS, min_size=1))
def test_a_map_that_is_written_reads_back(letters: dict[int, str]) -> None:
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(ToUnicode=pdf.make_stream(write_map(LetterMap(2, letters))))
        assert letters_of(font) == LetterMap(2, letters)


def test_ranges_and_lists_are_read() -> None:
    told = b"1 begincodespacerange <00><ff> endcodespacerange 2 beginbfrange "
    told += b"<20><22><0041> <30><31>[<0111><01B0>] endbfrange"
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(ToUnicode=pdf.make_stream(told))
        assert letters_of(font) == LetterMap(1, {0x20: "A", 0x21: "B", 0x22: "C", 0x30: "đ", 0x31: "ư"})
