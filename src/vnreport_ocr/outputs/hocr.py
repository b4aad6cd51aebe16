"""hOCR 1.2: the repaired words with their positions and confidences, and what was read if it differs."""

from typing import Final

from vnreport_ocr import __version__
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.layout import (
    Area,
    LayoutBlock,
    LinePlace,
    MarkupStream,
    Measure,
    TablePlace,
    WordPlace,
    attribute,
    text,
)

_DPI: Final = 300
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi" lang="vi">
 <head>
  <title>{title}</title>
  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
  <meta name="ocr-system" content="vnocr {version}"/>
  <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_table ocr_par ocr_line ocrx_word ocrp_lang ocrp_wconf"/>
  <meta name="ocr-langs" content="vi"/>
 </head>
 <body>
"""


class HocrStream(MarkupStream):
    """Writes pages to one hOCR file, one after the other; positions are pixels at 300 dpi."""

    measure = Measure(_DPI)
    table_end = "   </div>\n"
    page_end = "  </div>\n"
    file_end = " </body>\n</html>\n"

    def file_begin(self) -> str:
        """Write what opens the file."""
        return _HEAD.format(title=text(self.name), version=__version__)

    def page_begin(self, page: Page) -> str:
        """Write what opens a page."""
        width, height = self.measure.size(page)
        quoted = self.name.replace("\\", "\\\\").replace('"', '\\"')
        title = f'image "{quoted}"; bbox 0 0 {width} {height}; ppageno {page.number - 1}; scan_res {_DPI} {_DPI}'
        if page.error is not None:
            title += "; x_unread 1"
        return f'  <div class="ocr_page" id="page_{page.number}" title={attribute(title)}>\n'

    def table_begin(self, table: TablePlace, name: str) -> str:
        """Write what opens a table."""
        return f'   <div class="ocr_table" id="table_{name}" title="{_bbox(table.area)}">\n'

    def block(self, block: LayoutBlock, name: str) -> str:
        """Lines that belong together."""
        return _area(block, name)


def _area(block: LayoutBlock, name: str) -> str:
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
