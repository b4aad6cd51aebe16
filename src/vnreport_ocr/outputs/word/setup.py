"""The page and the styles of a Word file, after the rules for official papers: A4, Times New Roman 14, wide margins."""

from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FACE: Final = "Times New Roman"
SIZE: Final = 14
INDENT: Final = Mm(12.7)
LEFT_HALF: Final = Mm(64)
RIGHT_HALF: Final = Mm(101)
"""The halves of the letterhead; together they are as wide as the text."""
_SHORT: Final = Mm(210)
_LONG: Final = Mm(297)
_LEFT: Final = Mm(30)
_RIGHT: Final = Mm(15)
_DEEPEST: Final = 6


def text_width(*, wide: bool) -> int:
    """Return how wide the text of a page is that stands upright, or lies on its side."""
    return (_LONG if wide else _SHORT) - _LEFT - _RIGHT


def new_word() -> WordDocument:
    """Return an empty file with its page and its styles."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = _SHORT, _LONG
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = _LEFT, _RIGHT
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    _page_numbers(section.header.paragraphs[0])
    _style(word, "Normal", size=SIZE)
    body = word.styles["Normal"].paragraph_format
    body.space_before, body.space_after, body.line_spacing = Pt(0), Pt(0), 1.0
    _style(word, "Body Text", size=SIZE, align=WD_ALIGN_PARAGRAPH.JUSTIFY, first=True, after=6)
    _style(word, "Title", size=SIZE, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, before=12)
    _style(word, "Subtitle", size=SIZE, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for level in range(1, _DEEPEST):
        _style(word, f"Heading {level}", size=SIZE, bold=True, before=6, after=6)
        word.styles[f"Heading {level}"].paragraph_format.keep_with_next = True
    return word


def lay_pages(word: WordDocument, *, wide: bool, anew: bool) -> None:
    """Lay the pages from here on upright or on their side; ``anew`` begins a page for that."""
    section = word.sections[-1]
    if anew:
        section = word.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)


def _style(
    word: WordDocument,
    name: str,
    *,
    size: float,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    first: bool = False,
    before: float = 0,
    after: float = 0,
) -> None:
    names = [style.name for style in word.styles]
    style: Any = word.styles[name] if name in names else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    font, paragraph = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    face = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        face.set(qn(key), FACE)
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        face.attrib.pop(qn(key), None)
    if name in ("Title", "Subtitle"):
        _without_frame(style)
    paragraph.alignment, paragraph.space_before, paragraph.space_after = align, Pt(before), Pt(after)
    paragraph.first_line_indent = INDENT if first else None
    paragraph.line_spacing = 1.0


def _without_frame(style: Any) -> None:  # noqa: ANN401 - a style of python-docx
    """Draw a rule under titles and space their letters."""
    for name in ("w:pBdr", "w:contextualSpacing"):
        for found in style.element.pPr.findall(qn(name)):
            style.element.pPr.remove(found)
    for name in ("w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(name)):
            style.element.rPr.remove(found)


def _page_numbers(paragraph: Any) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Put the page's number in the middle over the text, but not on the first page."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.name, run.font.size = FACE, Pt(SIZE)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind is not None:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
        else:
            sign = OxmlElement("w:instrText")
            sign.text = text
        run._r.append(sign)
