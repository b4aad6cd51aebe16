"""PAGE 2019: one file per page, with the repaired words, their positions and confidences, and what was read."""

from typing import Final

from vnreport_ocr import __version__
from vnreport_ocr.model import Page, Role
from vnreport_ocr.outputs.layout import (
    Area,
    LayoutBlock,
    LinePlace,
    Measure,
    TablePlace,
    WordPlace,
    attribute,
    blocks_of,
    text,
)

_MEASURE: Final = Measure(300)
_MADE: Final = "1970-01-01T00:00:00Z"
"""PAGE requires a time; the same document must give the same file at any time."""
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
 <Metadata>
  <Creator>vnocr {version}</Creator>
  <Created>{made}</Created>
  <LastChange>{made}</LastChange>
 </Metadata>
"""
_KINDS: Final = {
    Role.HEADING: "heading",
    Role.FURNITURE: "header",
    Role.FOOTNOTE: "footnote",
    Role.SIGNATURE: "signature-mark",
}


def page_xml(page: Page, name: str = "") -> str:
    """Return the file for a page; positions are pixels at 300 dpi."""
    width, height = _MEASURE.size(page)
    parts = [
        _HEAD.format(version=__version__, made=_MADE),
        f' <Page imageFilename={attribute(name or "-")} imageWidth="{width}" imageHeight="{height}"'
        ' primaryLanguage="Vietnamese">\n',
    ]
    for number, block in enumerate(blocks_of(page, _MEASURE), 1):
        if isinstance(block, TablePlace):
            cells = "".join(_region(cell, f"r{number}c{place}") for place, cell in enumerate(block.cells, 1))
            parts.append(f'  <TableRegion id="r{number}">\n{_coords(block.area)}{cells}  </TableRegion>\n')
        else:
            parts.append(_region(block, f"r{number}"))
    parts.append(" </Page>\n</PcGts>\n")
    return "".join(parts)


def _region(block: LayoutBlock, name: str) -> str:
    kind = _KINDS.get(block.lines[0].line.role, "paragraph")
    roles = ""
    if block.cell is not None:
        cell = block.cell
        roles = (
            f'   <Roles><TableCellRole rowIndex="{cell.row}" columnIndex="{cell.column}" rowSpan="{cell.row_span}"'
            f' colSpan="{cell.column_span}"/></Roles>\n'
        )
    lines = "".join(_line(line, f"{name}l{number}") for number, line in enumerate(block.lines, 1))
    said = "\n".join(line.line.text for line in block.lines)
    return (
        f'  <TextRegion id="{name}" type="{kind}">\n{_coords(block.area)}{roles}{lines}'
        f"   <TextEquiv><Unicode>{text(said)}</Unicode></TextEquiv>\n  </TextRegion>\n"
    )


def _line(line: LinePlace, name: str) -> str:
    words = "".join(_word(word, f"{name}w{number}") for number, word in enumerate(line.words, 1))
    said = f"    <TextEquiv><Unicode>{text(line.line.text)}</Unicode></TextEquiv>\n"
    return f'   <TextLine id="{name}">\n{_coords(line.area)}{words}{said}   </TextLine>\n'


def _word(place: WordPlace, name: str) -> str:
    word = place.word
    sure = "" if word.confidence is None else f' conf="{word.confidence:.3f}"'
    if word.read == word.text:
        said = f"     <TextEquiv{sure}><Unicode>{text(word.text)}</Unicode></TextEquiv>\n"
    else:
        said = (
            f'     <TextEquiv index="0" comments="repaired"><Unicode>{text(word.text)}</Unicode></TextEquiv>\n'
            f'     <TextEquiv index="1"{sure} comments="as it was read">'
            f"<Unicode>{text(word.read)}</Unicode></TextEquiv>\n"
        )
    return f'    <Word id="{name}">\n{_coords(place.area)}{said}    </Word>\n'


def _coords(area: Area) -> str:
    left, top, right, bottom = area
    return f'     <Coords points="{left},{top} {right},{top} {right},{bottom} {left},{bottom}"/>\n'
