"""The tuned numbers of the repair: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field

from vnreport_ocr.repair.tuning.context import (
    CollocationNumbers,
    DecodeNumbers,
    LatticeNumbers,
    PoliciesNumbers,
    PosteriorNumbers,
    RecurrenceNumbers,
    RepairerNumbers,
    RoundsNumbers,
    SuspicionNumbers,
    TemperingNumbers,
)
from vnreport_ocr.repair.tuning.forms import (
    AdaptNumbers,
    BareFiguresNumbers,
    BlanksNumbers,
    CandidatesNumbers,
    EvidenceNumbers,
    FigureGuardNumbers,
    FigureWordsNumbers,
    JoinsNumbers,
    LossNumbers,
    NamesNumbers,
    PairsNumbers,
    RivalsNumbers,
    SlipsNumbers,
    SplitsNumbers,
    TermsNumbers,
)
from vnreport_ocr.repair.tuning.signs import (
    AcceptanceNumbers,
    AuthorsNumbers,
    ChanceNumbers,
    CodesNumbers,
    DiagnoseNumbers,
    FiguresNumbers,
    FlagsNumbers,
    ItemsNumbers,
    PunctuationNumbers,
    QualityNumbers,
)


@dataclass(frozen=True)
class RepairTuning:
    """The tuned numbers of the room, by module."""

    acceptance: AcceptanceNumbers = field(default_factory=AcceptanceNumbers)
    authors: AuthorsNumbers = field(default_factory=AuthorsNumbers)
    chance: ChanceNumbers = field(default_factory=ChanceNumbers)
    codes: CodesNumbers = field(default_factory=CodesNumbers)
    diagnose: DiagnoseNumbers = field(default_factory=DiagnoseNumbers)
    figures: FiguresNumbers = field(default_factory=FiguresNumbers)
    flags: FlagsNumbers = field(default_factory=FlagsNumbers)
    items: ItemsNumbers = field(default_factory=ItemsNumbers)
    punctuation: PunctuationNumbers = field(default_factory=PunctuationNumbers)
    quality: QualityNumbers = field(default_factory=QualityNumbers)
    adapt: AdaptNumbers = field(default_factory=AdaptNumbers)
    bare_figures: BareFiguresNumbers = field(default_factory=BareFiguresNumbers)
    blanks: BlanksNumbers = field(default_factory=BlanksNumbers)
    candidates: CandidatesNumbers = field(default_factory=CandidatesNumbers)
    evidence: EvidenceNumbers = field(default_factory=EvidenceNumbers)
    figure_guard: FigureGuardNumbers = field(default_factory=FigureGuardNumbers)
    figure_words: FigureWordsNumbers = field(default_factory=FigureWordsNumbers)
    joins: JoinsNumbers = field(default_factory=JoinsNumbers)
    loss: LossNumbers = field(default_factory=LossNumbers)
    pairs: PairsNumbers = field(default_factory=PairsNumbers)
    slips: SlipsNumbers = field(default_factory=SlipsNumbers)
    rivals: RivalsNumbers = field(default_factory=RivalsNumbers)
    names: NamesNumbers = field(default_factory=NamesNumbers)
    splits: SplitsNumbers = field(default_factory=SplitsNumbers)
    terms: TermsNumbers = field(default_factory=TermsNumbers)
    collocation: CollocationNumbers = field(default_factory=CollocationNumbers)
    decode: DecodeNumbers = field(default_factory=DecodeNumbers)
    lattice: LatticeNumbers = field(default_factory=LatticeNumbers)
    policies: PoliciesNumbers = field(default_factory=PoliciesNumbers)
    posterior: PosteriorNumbers = field(default_factory=PosteriorNumbers)
    recurrence: RecurrenceNumbers = field(default_factory=RecurrenceNumbers)
    repairer: RepairerNumbers = field(default_factory=RepairerNumbers)
    rounds: RoundsNumbers = field(default_factory=RoundsNumbers)
    suspicion: SuspicionNumbers = field(default_factory=SuspicionNumbers)
    tempering: TemperingNumbers = field(default_factory=TemperingNumbers)


TUNING = RepairTuning()
