"""Lines in, the same lines with corrections out: diagnose, fix, decode, guard, and again until nothing changes."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from vnreport_ocr.collector import collector_at_rest
from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.language.knowledge import Language, open_language
from vnreport_ocr.model import Correction, Damage, Doubt, Line, replay
from vnreport_ocr.options import Options
from vnreport_ocr.repair.adaptation import Adaptation
from vnreport_ocr.repair.bare_figures import BareFigures
from vnreport_ocr.repair.blanks import lost_blanks
from vnreport_ocr.repair.decision import RoundResult
from vnreport_ocr.repair.diagnose import Passage, as_misread, divide, prevailing, raised
from vnreport_ocr.repair.evidence import Evidence, gather
from vnreport_ocr.repair.figures import doubtful_figures
from vnreport_ocr.repair.flags import figures_within_words, still_standing, unsure_changes, untold
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.quality import quality
from vnreport_ocr.repair.rounds import Rounds
from vnreport_ocr.repair.steps import first_steps
from vnreport_ocr.repair.tone import document_style, restyle
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.repair.unread import unread_words

_MOST_ROUNDS = TUNING.repairer.most_rounds
_MOST_PASSES = TUNING.repairer.most_passes
_FAST_MISREADS = TUNING.repairer.fast_misreads


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired lines, the prevailing damage, and how far the result can be trusted."""

    lines: tuple[Line, ...]
    damage: Damage
    quality: float


class Repairer:
    """Repairs lines of text; one of them serves any number of documents and threads."""

    def __init__(self, language: Language | None = None, options: Options | None = None) -> None:
        self.options = options or Options()
        self.language = language or open_language(self.options.dictionaries)
        self._rounds = Rounds(self.language, self.options)
        self._bare_figures = BareFigures(self.language)

    def repair(self, lines: Sequence[Line]) -> Repaired:
        """Correct what is damaged; the number of lines stays, and clean lines stay as they are.

        The whole is done again until it finds nothing, so that to clean what was cleaned changes nothing.
        """
        with collector_at_rest():
            return self._repair(lines)

    def _repair(self, lines: Sequence[Line]) -> Repaired:
        made: list[list[Correction]] = [list(line.corrections) for line in lines]
        parsed = Parsed([line.text for line in lines])
        adaptation = Adaptation(reader=self._reader(lines))
        first = last = self._pass(parsed, made, gather(lines), adaptation)
        for _ in range(_MOST_PASSES):
            if adaptation.budget.is_spent or not any(last.changed):
                break
            last = self._pass(parsed, made, Evidence(), adaptation)
        bare = self._bare_figures.weigh(parsed, first.misread)
        _change(parsed, made, bare.corrections)
        if self.options.tone_style in ("new", "old"):
            _change(parsed, made, restyle(parsed.texts, self.options.tone_style))
        decided = [replace(line, corrections=tuple(mine)) for line, mine in zip(lines, made, strict=True)]
        told = _joined(last.doubts, bare.doubts)
        stayed = [
            tuple(still_standing(kept.doubts, corrections[kept.corrections :], text))
            for kept, corrections, text in zip(first.kept, made, parsed.texts, strict=True)
        ]
        for further in (figures_within_words(parsed, first.misread), stayed):
            told = _joined(told, [untold(more, mine) for more, mine in zip(further, told, strict=True)])
        told = _joined(told, doubtful_figures(decided), _unsettled(parsed.texts, last.changed))
        done = tuple(replace(line, doubts=mine) for line, mine in zip(decided, told, strict=True))
        done = tuple(
            replace(line, doubts=(*line.doubts, *unsure)) if unsure else line
            for line, unsure in zip(done, unsure_changes(done), strict=True)
        )
        done = tuple(
            replace(line, doubts=(*line.doubts, *unread)) if unread else line
            for line, unread in zip(done, unread_words(done), strict=True)
        )
        return Repaired(done, first.damage, quality(done, last.passages))

    def _reader(self, lines: Sequence[Line]) -> Engine:
        """Return what has read the lines; a layer or text read by an engine for Vietnamese counts as Tesseract's."""
        read_here = any(token.confidence is not None for line in lines for token in line.tokens)
        return "trueocr" if self.options.engine == "trueocr" and read_here else "vie"

    def _pass(
        self, parsed: Parsed, made: list[list[Correction]], evidence: Evidence, adaptation: Adaptation
    ) -> "_Pass":
        """Take all steps once: charsets, then rounds of decoding until one finds nothing."""
        mine: list[list[Correction]] = [[] for _ in made]
        decoded = self._first_steps(parsed, mine)
        parted = _change(parsed, mine, lost_blanks(parsed.texts, self.language))
        passages = first = self._divided(parsed, adaptation.reader)
        style = document_style(parsed.texts, self.options.tone_style)
        evidence = Evidence() if decoded or parted else evidence
        result = RoundResult.nothing(len(parsed))
        kept: list[_Kept] = []
        for number in range(_MOST_ROUNDS):
            if number:
                passages = self._divided(parsed, adaptation.reader)
            passages = raised(passages, parsed.texts, mine)
            result = self._rounds.run(parsed, passages, evidence, style, adaptation)
            if not number:
                kept = [_Kept(len(a) + len(b), doubts) for a, b, doubts in zip(made, mine, result.kept, strict=True)]
            if not _change(parsed, mine, result.corrections) or adaptation.budget.is_spent:
                break
            evidence = Evidence()
            self._first_steps(parsed, mine)
        for all_made, just_made in zip(made, mine, strict=True):
            all_made += just_made
        damage = Damage.LEGACY if decoded > len(parsed) / 4 else prevailing(first)
        misread = {n for p in first if p.damage is Damage.WRONG_LANGUAGE for n in range(p.start, p.end)}
        return _Pass([bool(of_line) for of_line in mine], damage, passages, result.doubts, misread, kept)

    def _divided(self, parsed: Parsed, reader: Engine) -> list[Passage]:
        """Return the passages of the text, none of them clean where the fast engine has read it."""
        passages = divide(parsed, self.language)
        return as_misread(passages, _FAST_MISREADS) if reader == "trueocr" else passages

    def _first_steps(self, parsed: Parsed, made: list[list[Correction]]) -> int:
        """Undo charsets and the like; return in how many lines."""
        if parsed.settled:
            return 0
        changed = _change(parsed, made, first_steps(parsed.texts, self.language))
        parsed.settled = not changed
        return changed


class _Kept(NamedTuple):
    """Doubts about words of a line that stayed, as it stood after so many corrections."""

    corrections: int
    doubts: tuple[Doubt, ...]


class _Pass(NamedTuple):
    """What one pass over a document found."""

    changed: list[bool]
    """By line."""
    damage: Damage
    passages: list[Passage]
    doubts: list[tuple[Doubt, ...]]
    misread: Set[int]
    """The lines that were found to be read in another language."""
    kept: list[_Kept]
    """By line: what stayed for little reason when it was first decoded."""


def _joined(*doubts: Sequence[tuple[Doubt, ...]]) -> list[tuple[Doubt, ...]]:
    """Return the doubts of each line, from several sources."""
    return [tuple(chain(*of_line)) for of_line in zip(*doubts, strict=True)]


def _unsettled(texts: Sequence[str], changed: Sequence[bool]) -> list[tuple[Doubt, ...]]:
    """Return a doubt for each line that the last pass has still changed: another might change it again."""
    reason = f"still changing after {1 + _MOST_PASSES} passes"
    return [(Doubt(0, text, reason),) if moved else () for text, moved in zip(texts, changed, strict=True)]


def _change(parsed: Parsed, made: list[list[Correction]], found: Sequence[Sequence[Correction]]) -> int:
    """Replay corrections over the lines; return how many lines changed."""
    changed = 0
    for number, corrections in enumerate(found):
        if corrections:
            parsed.change(number, replay(parsed.texts[number], tuple(corrections)))
            made[number] += corrections
            changed += 1
    return changed
