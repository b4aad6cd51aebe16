"""The tuned numbers of sources/ocr/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field

from vnreport_ocr.sources.ocr.tuning.reading import (
    AlarmNumbers,
    CellshapesNumbers,
    CellsNumbers,
    DoublesNumbers,
    HeardweighingNumbers,
    LinesNumbers,
    PageNumbers,
    RedinkNumbers,
    ScrapsNumbers,
    SecondlookNumbers,
    SheetNumbers,
    SkippedNumbers,
    StripNumbers,
    VoteNumbers,
)
from vnreport_ocr.sources.ocr.tuning.signs import (
    FiguresNumbers,
    GlueNumbers,
    LookNumbers,
    NumeralsNumbers,
    SmallsignsNumbers,
    SpellingNumbers,
    UnitsNumbers,
    WeighingNumbers,
    WitnessNumbers,
)


@dataclass(frozen=True)
class OcrTuning:
    """The tuned numbers of the room, by module."""

    figures: FiguresNumbers = field(default_factory=FiguresNumbers)
    glue: GlueNumbers = field(default_factory=GlueNumbers)
    look: LookNumbers = field(default_factory=LookNumbers)
    numerals: NumeralsNumbers = field(default_factory=NumeralsNumbers)
    smallsigns: SmallsignsNumbers = field(default_factory=SmallsignsNumbers)
    spelling: SpellingNumbers = field(default_factory=SpellingNumbers)
    units: UnitsNumbers = field(default_factory=UnitsNumbers)
    weighing: WeighingNumbers = field(default_factory=WeighingNumbers)
    witness: WitnessNumbers = field(default_factory=WitnessNumbers)
    alarm: AlarmNumbers = field(default_factory=AlarmNumbers)
    doubles: DoublesNumbers = field(default_factory=DoublesNumbers)
    cells: CellsNumbers = field(default_factory=CellsNumbers)
    cellshapes: CellshapesNumbers = field(default_factory=CellshapesNumbers)
    heardweighing: HeardweighingNumbers = field(default_factory=HeardweighingNumbers)
    lines: LinesNumbers = field(default_factory=LinesNumbers)
    page: PageNumbers = field(default_factory=PageNumbers)
    redink: RedinkNumbers = field(default_factory=RedinkNumbers)
    scraps: ScrapsNumbers = field(default_factory=ScrapsNumbers)
    secondlook: SecondlookNumbers = field(default_factory=SecondlookNumbers)
    sheet: SheetNumbers = field(default_factory=SheetNumbers)
    skipped: SkippedNumbers = field(default_factory=SkippedNumbers)
    strip: StripNumbers = field(default_factory=StripNumbers)
    vote: VoteNumbers = field(default_factory=VoteNumbers)


TUNING = OcrTuning()
