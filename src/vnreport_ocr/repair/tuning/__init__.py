"""The tuned numbers of the repair: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field

from vnreport_ocr.repair.tuning.context import (
    Collocation,
    Decode,
    Lattice,
    Policies,
    Posterior,
    Recurrence,
    Repairer,
    Rounds,
    Suspicion,
)
from vnreport_ocr.repair.tuning.forms import (
    Adapt,
    BareFigures,
    Blanks,
    Candidates,
    Evidence,
    FigureGuard,
    FigureWords,
    Joins,
    Loss,
    Names,
    Pairs,
    Rivals,
    Slips,
    Splits,
    Terms,
)
from vnreport_ocr.repair.tuning.signs import (
    Acceptance,
    Authors,
    Chance,
    Codes,
    Diagnose,
    Figures,
    Flags,
    Items,
    Punctuation,
    Quality,
)


@dataclass(frozen=True)
class RepairTuning:
    """The tuned numbers of the room, by module."""

    acceptance: Acceptance = field(default_factory=Acceptance)
    authors: Authors = field(default_factory=Authors)
    chance: Chance = field(default_factory=Chance)
    codes: Codes = field(default_factory=Codes)
    diagnose: Diagnose = field(default_factory=Diagnose)
    figures: Figures = field(default_factory=Figures)
    flags: Flags = field(default_factory=Flags)
    items: Items = field(default_factory=Items)
    punctuation: Punctuation = field(default_factory=Punctuation)
    quality: Quality = field(default_factory=Quality)
    adapt: Adapt = field(default_factory=Adapt)
    bare_figures: BareFigures = field(default_factory=BareFigures)
    blanks: Blanks = field(default_factory=Blanks)
    candidates: Candidates = field(default_factory=Candidates)
    evidence: Evidence = field(default_factory=Evidence)
    figure_guard: FigureGuard = field(default_factory=FigureGuard)
    figure_words: FigureWords = field(default_factory=FigureWords)
    joins: Joins = field(default_factory=Joins)
    loss: Loss = field(default_factory=Loss)
    pairs: Pairs = field(default_factory=Pairs)
    slips: Slips = field(default_factory=Slips)
    rivals: Rivals = field(default_factory=Rivals)
    names: Names = field(default_factory=Names)
    splits: Splits = field(default_factory=Splits)
    terms: Terms = field(default_factory=Terms)
    collocation: Collocation = field(default_factory=Collocation)
    decode: Decode = field(default_factory=Decode)
    lattice: Lattice = field(default_factory=Lattice)
    policies: Policies = field(default_factory=Policies)
    posterior: Posterior = field(default_factory=Posterior)
    recurrence: Recurrence = field(default_factory=Recurrence)
    repairer: Repairer = field(default_factory=Repairer)
    rounds: Rounds = field(default_factory=Rounds)
    suspicion: Suspicion = field(default_factory=Suspicion)


TUNING = RepairTuning()
