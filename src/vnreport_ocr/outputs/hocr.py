"""hOCR 1.2: the repaired words with their places, how sure they are, and what was read where it was something else."""

from typing import Final

from vnreport_ocr import __version__
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.layout import (
    Area,
    Block,
    LinePlace,
    Measure,
    TablePlace,
    WordPlace,
    attribute,
    blocks_of,
    text,
)

_DPI: Final = 300
_MEASURE: Final = Measure(_DPI)
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi" lang="vi">
 <head>
  <title>{title}</title>
  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
  <meta name="ocr-system" content="vnocr {version}"/>
  <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"/>
 </head>
 <body>
"""


class HocrStream:
    """Pages to one hOCR file, one after the other; places are pixels at 300 dots an inch."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._begun = False

    def page(self, page: Page) -> str:
        """What this page adds to the file."""
        width, height = _MEASURE.size(page)
        quoted = self._name.replace("\\", "\\\\").replace('"', '\\"')
        title = f'image "{quoted}"; bbox 0 0 {width} {height}; ppageno {page.number - 1}; scan_res {_DPI} {_DPI}'
        if page.error is not None:
            title += "; x_unread 1"
        parts = [self._opening(), f'  <div class="ocr_page" id="page_{page.number}" title={attribute(title)}>\n']
        for number, block in enumerate(blocks_of(page, _MEASURE), 1):
            name = f"{page.number}_{number}"
            if isinstance(block, TablePlace):
                parts.append(f'   <div class="ocr_table" id="table_{name}" title="{_bbox(block.area)}">\n')
                parts += [_area(cell, f"{name}_{place}") for place, cell in enumerate(block.cells, 1)]
                parts.append("   </div>\n")
            else:
                parts.append(_area(block, name))
        parts.append("  </div>\n")
        return "".join(parts)

    def end(self) -> str:
        """What closes the file."""
        return f"{self._opening()} </body>\n</html>\n"

    def _opening(self) -> str:
        if self._begun:
            return ""
        self._begun = True
        return _HEAD.format(title=text(self._name), version=__version__)


def _area(block: Block, name: str) -> str:
    box = _bbox(block.area)
    lines = "".join(_line(line, f"{name}_{number}") for number, line in enumerate(block.lines, 1))
    return (
        f'   <div class="ocr_carea" id="block_{name}" title="{box}">\n'
        f'    <p class="ocr_par" id="par_{name}" lang="vi" title="{box}">\n{lines}    </p>\n   </div>\n'
    )


def _line(line: LinePlace, name: str) -> str:
    words = "\n".join(_word(word, f"{name}_{number}") for number, word in enumerate(line.words, 1))
    return f'     <span class="ocr_line" id="line_{name}" title="{_bbox(line.area)}">\n{words}\n     </span>\n'


def _word(place: WordPlace, name: str) -> str:
    title = _bbox(place.area)
    if place.word.confidence is not None:
        title += f"; x_wconf {round(100 * place.word.confidence)}"
    if place.word.read != place.word.text:
        # In the title, not as a second text within the word: readers that take all text would print both.
        read = place.word.read.replace("\\", "\\\\").replace('"', '\\"')
        title += f'; x_alternative "{read}"'
    return f'      <span class="ocrx_word" id="word_{name}" title={attribute(title)}>{text(place.word.text)}</span>'


def _bbox(area: Area) -> str:
    return f"bbox {area.left} {area.top} {area.right} {area.bottom}"
