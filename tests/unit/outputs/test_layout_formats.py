"""hOCR, ALTO and PAGE: well formed, with every word of the text, its place, how sure it is, and what was read."""

import re
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.model import Box, Cell, Correction, Line, Page, Table, Token
from vnreport_ocr.outputs.alto import AltoStream
from vnreport_ocr.outputs.hocr import HocrStream
from vnreport_ocr.outputs.pagexml import page_xml
from vnreport_ocr.outputs.write import write
from vnreport_ocr.sources.engine.hocr import parse_hocr

HTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
PAGE = "{http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15}"
NASTY = '<b> & "hai" ]]>'


def line(text: str, top: float, corrections: tuple[Correction, ...] = (), end: str = "\n") -> Line:
    tokens, at = [], 0
    for word in text.split(" "):
        tokens.append(Token(word, at, Box(30 + 6 * at, top, 30 + 6 * (at + len(word)), top + 12), 0.91))
        at += len(word) + 1
    return Line(text, tuple(tokens), corrections, end=end)


TABLE = Table((Cell(0, 0, (line("Chỉ tiêu", 200),), box=Box(20, 190, 200, 220)), Cell(0, 1, ())), 2)
PAGES = (
    Page(
        1,
        (
            line("Tinh ủy ban hành", 40, (Correction(0, "Tinh", "Tỉnh", "decode", 0.9),), "\n\n"),
            line(NASTY, 80),
            line(
                "số 12\x07/QĐ",
                120,
                (Correction(6, "/QĐ", "/QD", "decode", 0.9), Correction(0, "số", "Số", "person", 1.0)),
            ),
        ),
        (TABLE,),
        source="ocr",
        size=(595.0, 842.0),
    ),
    Page(2, source="none", error="cut off"),
    Page(3, (line("hết", 40),), source="layer", size=(595.0, 842.0)),
)
WORDS = ["Tỉnh", "ủy", "ban", "hành", *NASTY.split(), "Chỉ", "tiêu", "Số", "12\N{REPLACEMENT CHARACTER}/QD", "hết"]


def streamed(stream: HocrStream | AltoStream) -> ElementTree.Element:
    return ElementTree.fromstring("".join([*map(stream.page, PAGES), stream.end()]))


def test_hocr_holds_every_word_with_its_place() -> None:
    root = streamed(HocrStream('"quyển" <1>.pdf'))
    words = [span for span in root.iter(f"{HTML}span") if span.get("class") == "ocrx_word"]
    assert [word.text for word in words] == WORDS
    assert words[0].get("title") == 'bbox 125 166 225 217; x_wconf 91; x_alternative "Tinh"'
    assert [page.get("id") for page in root.iter(f"{HTML}div") if page.get("class") == "ocr_page"] == [
        "page_1", "page_2", "page_3",
    ]  # fmt: skip
    identities = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identities) == len(set(identities))
    told = {meta.get("name"): (meta.get("content") or "").split() for meta in root.iter(f"{HTML}meta")}
    used = {element.get("class") for element in root.iter() if element.get("class")}
    assert used | {"ocrp_lang", "ocrp_wconf"} == set(told["ocr-capabilities"]), "a file says what it holds"
    assert told["ocr-langs"] == ["vi"]


def test_our_own_reader_of_hocr_reads_it_back() -> None:
    stream = HocrStream("a.pdf")
    read = parse_hocr("".join([*map(stream.page, PAGES), stream.end()]).split("\n", 2)[2])
    assert [word.text for one in read for word in one.words] == WORDS


def test_alto_holds_every_word_with_what_was_read() -> None:
    root = streamed(AltoStream("a.pdf"))
    strings = list(root.iter(f"{ALTO}String"))
    assert [string.get("CONTENT") for string in strings] == WORDS
    assert [string.findtext(f"{ALTO}ALTERNATIVE") for string in strings][:2] == ["Tinh", None]
    assert strings[0].get("WC") == "0.910"
    assert [string.get("CONTENT") for string in strings if string.get("CS") == "true"] == ["Số"]
    steps = [step.get("ID") for step in root.iter(f"{ALTO}Processing")]
    assert steps == ["reading", "repair"]
    for page in root.iter(f"{ALTO}Page"):
        for part in page.iter():
            if part.get("HPOS"):
                left, top, wide, high = (int(part.get(name, "0")) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
                assert left + wide <= int(page.get("WIDTH", "0"))
                assert top + high <= int(page.get("HEIGHT", "0"))


# What ALTO 4.4 asks of the elements that are written here: their attributes (! where one must be there), and their
# children in order, by their first letters' names as a pattern.
NUMBER, NAME = r"\d+(\.\d+)?", r"[A-Za-z_][\w.-]*"
PLACED = dict.fromkeys(("HEIGHT", "WIDTH", "HPOS", "VPOS"), NUMBER)
RULES: dict[str, tuple[dict[str, str], str]] = {
    "alto": ({"SCHEMAVERSION": r"4\.4"}, "(Description )?(Styles )?(Tags )?(ReadingOrder )?Layout "),
    "Description": ({}, "MeasurementUnit (sourceImageInformation )?(OCRProcessing )*(Processing )*"),
    "MeasurementUnit": ({}, ""),
    "sourceImageInformation": ({}, "(fileName )?"),
    "fileName": ({}, ""),
    "Processing": (
        {"ID!": NAME},
        "(processingCategory )?(processingDateTime )?(processingAgency )?(processingStepDescription )*"
        "(processingStepSettings )?(processingSoftware )?",
    ),
    "processingCategory": ({}, ""),
    "processingStepDescription": ({}, ""),
    "processingSoftware": ({}, "(softwareCreator )?(softwareName )?(softwareVersion )?(applicationDescription )?"),
    "softwareName": ({}, ""),
    "softwareVersion": ({}, ""),
    "Layout": ({}, "(Page )+"),
    "Page": (
        {"ID!": NAME, "PHYSICAL_IMG_NR!": NUMBER, "HEIGHT": NUMBER, "WIDTH": NUMBER,
         "PROCESSINGREFS": f"{NAME}( {NAME})*", "LANG": "vi"},
        "(TopMargin )?(LeftMargin )?(RightMargin )?(BottomMargin )?(PrintSpace )?",
    ),
    "PrintSpace": (PLACED, "((TextBlock|ComposedBlock) )*"),
    "ComposedBlock": ({"ID!": NAME, "TYPE": ".*", **PLACED}, "((TextBlock|ComposedBlock) )*"),
    "TextBlock": ({"ID!": NAME, "LANG": "vi", **PLACED}, "(TextLine )*"),
    "TextLine": ({"ID": NAME, **PLACED}, "(String (SP )?)+"),
    "SP": ({}, ""),
    "String": (
        {"ID": NAME, "CONTENT!": ".+", "WC": r"0\.\d+|1\.0+", "CS": "true|false", **PLACED}, "(ALTERNATIVE )*",
    ),
    "ALTERNATIVE": ({"PURPOSE": ".*"}, ""),
}  # fmt: skip
CATEGORIES = {"contentGeneration", "contentModification", "preOperation", "postOperation", "other"}


def broken_rules(root: ElementTree.Element) -> list[str]:
    """Name the elements that are not as ALTO asks."""
    wrong, known, named = [], set(), set()
    for element in root.iter():
        name = element.tag.removeprefix(ALTO)
        attributes, children = RULES.get(name, ({}, "-"))
        patterns = {key.rstrip("!"): pattern for key, pattern in attributes.items()}
        if any(key.endswith("!") and key[:-1] not in element.attrib for key in attributes):
            wrong.append(f"{name} lacks something")
        for key, value in element.attrib.items():
            if re.fullmatch(patterns.get(key, "(?!)"), value, re.DOTALL) is None:
                wrong.append(f"{name}/@{key} = {value}")
        if re.fullmatch(children, "".join(child.tag.removeprefix(ALTO) + " " for child in element)) is None:
            wrong.append(f"{name}: {[child.tag for child in element]}")
        if "ID" in element.attrib:
            wrong += [f"{element.get('ID')} twice"] if element.get("ID") in known else []
            known.add(element.get("ID"))
        named.update((element.get("PROCESSINGREFS") or "").split())
        if name == "processingCategory" and element.text not in CATEGORIES:
            wrong.append(f"{element.text} is no category")
    return wrong + [f"{name} is not there" for name in named - known]


def test_alto_is_as_its_schema_asks() -> None:
    assert broken_rules(streamed(AltoStream("a.pdf"))) == []
    spoilt = streamed(AltoStream("a.pdf"))
    next(spoilt.iter(f"{ALTO}String")).set("WC", "91")
    next(spoilt.iter(f"{ALTO}Page")).attrib.pop("ID")
    assert len(broken_rules(spoilt)) == 2


def test_page_holds_every_word_with_what_was_read() -> None:
    roots = [ElementTree.fromstring(page_xml(page, "a.pdf")) for page in PAGES]
    words = [word for root in roots for word in root.iter(f"{PAGE}Word")]
    said = [[equiv.findtext(f"{PAGE}Unicode") for equiv in word.iter(f"{PAGE}TextEquiv")] for word in words]
    assert [texts[0] for texts in said] == WORDS
    assert said[0] == ["Tỉnh", "Tinh"]
    assert [role.get("columnIndex") for root in roots for role in root.iter(f"{PAGE}TableCellRole")] == ["0"]
    identities = [element.get("id") for element in roots[0].iter() if element.get("id")]
    assert len(identities) == len(set(identities))


def test_files_are_written_under_their_own_names(tmp_path: Path) -> None:
    made = write(PAGES, ("hocr", "alto", "page"), tmp_path / "bao cao.ư")
    assert sorted(path.name for path in made) == [
        "bao cao.ư.alto.xml", "bao cao.ư.hocr", "bao cao.ư.page-0001.xml", "bao cao.ư.page-0002.xml",
        "bao cao.ư.page-0003.xml",
    ]  # fmt: skip


def test_words_without_a_place_are_there_all_the_same() -> None:
    page = Page(1, (Line("chữ của một văn bản"),), (Table((Cell(0, 0, (Line("ô"),)),), 1),))
    for made in (HocrStream("a"), AltoStream("a")):
        root = ElementTree.fromstring(made.page(page) + made.end())
        said = " ".join([*root.itertext(), *(part.get("CONTENT", "") for part in root.iter())])
        assert " ".join(said.split()[-6:]) == "chữ của một văn bản ô"
    assert [word.text for word in ElementTree.fromstring(page_xml(page)).iter(f"{PAGE}Unicode")].count("ô") == 3


@settings(max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=5))
def test_whatever_is_read_the_files_are_well_formed(words: list[str]) -> None:
    page = Page(1, (line(" ".join("".join(word.split()) for word in words), 40),), source="ocr", size=(595.0, 842.0))
    for stream in (HocrStream("\x00<&>"), AltoStream("\x00<&>")):
        ElementTree.fromstring(stream.page(page) + stream.end())
    ElementTree.fromstring(page_xml(page, "\x00<&>"))
