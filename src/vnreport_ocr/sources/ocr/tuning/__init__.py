"""The tuned numbers of sources/ocr/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field

from vnreport_ocr.sources.ocr.tuning.reading import (
    Alarm,
    Cells,
    Cellshapes,
    Lines,
    Page,
    Redink,
    Scraps,
    Secondlook,
    Sheet,
    Skipped,
    Strip,
    Vote,
)
from vnreport_ocr.sources.ocr.tuning.signs import (
    Figures,
    Glue,
    Look,
    Numerals,
    Smallsigns,
    Spelling,
    Units,
    Weighing,
    Witness,
)


@dataclass(frozen=True)
class OcrTuning:
    """The tuned numbers of the room, by module."""

    figures: Figures = field(default_factory=Figures)
    glue: Glue = field(default_factory=Glue)
    look: Look = field(default_factory=Look)
    numerals: Numerals = field(default_factory=Numerals)
    smallsigns: Smallsigns = field(default_factory=Smallsigns)
    spelling: Spelling = field(default_factory=Spelling)
    units: Units = field(default_factory=Units)
    weighing: Weighing = field(default_factory=Weighing)
    witness: Witness = field(default_factory=Witness)
    alarm: Alarm = field(default_factory=Alarm)
    cells: Cells = field(default_factory=Cells)
    cellshapes: Cellshapes = field(default_factory=Cellshapes)
    lines: Lines = field(default_factory=Lines)
    page: Page = field(default_factory=Page)
    redink: Redink = field(default_factory=Redink)
    scraps: Scraps = field(default_factory=Scraps)
    secondlook: Secondlook = field(default_factory=Secondlook)
    sheet: Sheet = field(default_factory=Sheet)
    skipped: Skipped = field(default_factory=Skipped)
    strip: Strip = field(default_factory=Strip)
    vote: Vote = field(default_factory=Vote)


TUNING = OcrTuning()
