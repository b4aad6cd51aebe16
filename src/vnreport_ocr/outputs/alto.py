"""ALTO 4.4: the repaired words with their places, how sure they are, and what was read as an alternative."""

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

_MEASURE: Final = Measure(1200)
BY_HAND: Final = frozenset({"person"})
"""Steps of corrections that a person made."""
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" SCHEMAVERSION="4.4">
 <Description>
  <MeasurementUnit>inch1200</MeasurementUnit>
  <sourceImageInformation>
   <fileName>{name}</fileName>
  </sourceImageInformation>
  <Processing ID="reading">
   <processingStepDescription>Text layer taken or page picture read: the ALTERNATIVE of a word that was \
repaired.</processingStepDescription>
   <processingSoftware>
    <softwareName>vnocr</softwareName>
    <softwareVersion>{version}</softwareVersion>
   </processingSoftware>
  </Processing>
  <Processing ID="repair">
   <processingStepDescription>Damaged Vietnamese repaired; CONTENT is the repaired text.</processingStepDescription>
   <processingSoftware>
    <softwareName>vnocr</softwareName>
    <softwareVersion>{version}</softwareVersion>
   </processingSoftware>
  </Processing>
 </Description>
 <Layout>
"""


class AltoStream:
    """Pages to one ALTO file, one after the other; places are 1/1200 inch."""

    def __init__(self, name: str = "") -> None:
        self._name = name
        self._begun = False

    def page(self, page: Page) -> str:
        """What this page adds to the file."""
        width, height = _MEASURE.size(page)
        size = f'HEIGHT="{height}" WIDTH="{width}"'
        parts = [
            self._opening(),
            f'  <Page ID="page_{page.number}" PHYSICAL_IMG_NR="{page.number}" {size}>\n'
            f'   <PrintSpace {size} HPOS="0" VPOS="0">\n',
        ]
        for number, block in enumerate(blocks_of(page, _MEASURE), 1):
            name = f"{page.number}_{number}"
            if isinstance(block, TablePlace):
                parts.append(f'    <ComposedBlock ID="table_{name}" {_box(block.area)} TYPE="table">\n')
                parts += [_block(cell, f"{name}_{place}") for place, cell in enumerate(block.cells, 1)]
                parts.append("    </ComposedBlock>\n")
            else:
                parts.append(_block(block, name))
        parts.append("   </PrintSpace>\n  </Page>\n")
        return "".join(parts)

    def end(self) -> str:
        """What closes the file."""
        return f"{self._opening()} </Layout>\n</alto>\n"

    def _opening(self) -> str:
        if self._begun:
            return ""
        self._begun = True
        return _HEAD.format(name=text(self._name), version=__version__)


def _block(block: Block, name: str) -> str:
    lines = "".join(_line(line, f"{name}_{number}") for number, line in enumerate(block.lines, 1))
    return f'    <TextBlock ID="block_{name}" {_box(block.area)} LANG="vi">\n{lines}    </TextBlock>\n'


def _line(line: LinePlace, name: str) -> str:
    corrected = any(correction.step in BY_HAND for correction in line.line.corrections)
    words = "      <SP/>\n".join(
        _word(word, f"{name}_{number}", corrected) for number, word in enumerate(line.words, 1)
    )
    return f'     <TextLine ID="line_{name}" {_box(line.area)}>\n{words}     </TextLine>\n'


def _word(place: WordPlace, name: str, corrected: bool) -> str:
    word = place.word
    more = "" if word.confidence is None else f' WC="{word.confidence:.3f}"'
    changed = word.read != word.text
    if corrected and changed:
        more += ' CS="true"'
    opening = f'      <String ID="word_{name}" CONTENT={attribute(word.text)} {_box(place.area)}{more}'
    if not changed or not word.read:
        return f"{opening}/>\n"
    return f"{opening}><ALTERNATIVE>{text(word.read)}</ALTERNATIVE></String>\n"


def _box(area: Area) -> str:
    width, height = area.right - area.left, area.bottom - area.top
    return f'HEIGHT="{height}" WIDTH="{width}" HPOS="{area.left}" VPOS="{area.top}"'
