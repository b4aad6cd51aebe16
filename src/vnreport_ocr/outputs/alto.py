"""ALTO 4.4: the repaired words with their positions, confidences, and other readings."""

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

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">
 <Description>
  <MeasurementUnit>inch1200</MeasurementUnit>
  <sourceImageInformation>
   <fileName>{name}</fileName>
  </sourceImageInformation>
  <Processing ID="reading">
   <processingCategory>contentGeneration</processingCategory>
   <processingStepDescription>Text layer taken or page picture read: the ALTERNATIVE of a word that was \
repaired.</processingStepDescription>
   <processingSoftware>
    <softwareName>vnocr</softwareName>
    <softwareVersion>{version}</softwareVersion>
   </processingSoftware>
  </Processing>
  <Processing ID="repair">
   <processingCategory>contentModification</processingCategory>
   <processingStepDescription>Damaged Vietnamese repaired; CONTENT is the repaired text.</processingStepDescription>
   <processingSoftware>
    <softwareName>vnocr</softwareName>
    <softwareVersion>{version}</softwareVersion>
   </processingSoftware>
  </Processing>
 </Description>
 <Layout>
"""


class AltoStream(MarkupStream):
    """Writes pages to one ALTO file, one after the other; positions are in 1/1200 inch."""

    measure = Measure(1200)
    table_end = "    </ComposedBlock>\n"
    page_end = "   </PrintSpace>\n  </Page>\n"
    file_end = " </Layout>\n</alto>\n"

    def file_begin(self) -> str:
        """Write what opens the file."""
        return _HEAD.format(name=text(self.name), version=__version__)

    def page_begin(self, page: Page) -> str:
        """Write what opens a page."""
        width, height = self.measure.size(page)
        size = f'HEIGHT="{height}" WIDTH="{width}"'
        number = f'ID="page_{page.number}" PHYSICAL_IMG_NR="{page.number}"'
        return (
            f'  <Page {number} {size} PROCESSINGREFS="reading repair" LANG="vi">\n'
            f'   <PrintSpace {size} HPOS="0" VPOS="0">\n'
        )

    def table_begin(self, table: TablePlace, name: str) -> str:
        """Write what opens a table."""
        return f'    <ComposedBlock ID="table_{name}" {_box(table.area)} TYPE="table">\n'

    def block(self, block: LayoutBlock, name: str) -> str:
        """Lines that belong together."""
        return _block(block, name)


def _block(block: LayoutBlock, name: str) -> str:
    lines = "".join(_line(line, f"{name}_{number}") for number, line in enumerate(block.lines, 1))
    return f'    <TextBlock ID="block_{name}" {_box(block.area)} LANG="vi">\n{lines}    </TextBlock>\n'


def _line(line: LinePlace, name: str) -> str:
    words = "      <SP/>\n".join(_word(word, f"{name}_{number}") for number, word in enumerate(line.words, 1))
    return f'     <TextLine ID="line_{name}" {_box(line.area)}>\n{words}     </TextLine>\n'


def _word(place: WordPlace, name: str) -> str:
    word = place.word
    more = "" if word.confidence is None else f' WC="{word.confidence:.3f}"'
    if place.by_hand:
        more += ' CS="true"'
    opening = f'      <String ID="word_{name}" CONTENT={attribute(word.text)} {_box(place.area)}{more}'
    if word.read == word.text or not word.read:
        return f"{opening}/>\n"
    return f'{opening}><ALTERNATIVE PURPOSE="as it was read">{text(word.read)}</ALTERNATIVE></String>\n'


def _box(area: Area) -> str:
    width, height = area.right - area.left, area.bottom - area.top
    return f'HEIGHT="{height}" WIDTH="{width}" HPOS="{area.left}" VPOS="{area.top}"'
