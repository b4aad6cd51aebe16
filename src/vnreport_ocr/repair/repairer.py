"""Lines in, the same lines with corrections out: diagnose, fix, decode, guard, and again until nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnreport_ocr.language.knowledge import Language, open_language
from vnreport_ocr.model import Correction, Damage, Line, replay
from vnreport_ocr.options import Options
from vnreport_ocr.repair.diagnose import Passage, divide, raised
from vnreport_ocr.repair.evidence import gather
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.judge import RoundResult, doubtful_figures
from vnreport_ocr.repair.quality import quality
from vnreport_ocr.repair.rounds import Rounds
from vnreport_ocr.repair.steps import first_steps
from vnreport_ocr.repair.tone import document_style, restyle

_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired lines, the damage that prevailed, and how far the result can be trusted."""

    lines: tuple[Line, ...]
    damage: Damage
    quality: float


class Repairer:
    """Repairs lines of text; one of them serves any number of documents."""

    def __init__(self, language: Language | None = None, options: Options | None = None) -> None:
        self.options = options or Options()
        self.language = language or open_language(self.options.dictionaries)
        self._rounds = Rounds(self.language, self.options)

    def repair(self, lines: Sequence[Line]) -> Repaired:
        """Correct what is damaged; the number of lines stays, and clean lines stay as they are."""
        texts = [line.text for line in lines]
        made: list[list[Correction]] = [list(line.corrections) for line in lines]
        decoded = len(_apply(texts, made, first_steps(texts, self.language)))
        parsed = Parsed(texts)
        passages = first = divide(parsed, self.language)
        style = document_style(texts, self.options.tone_style)
        evidence = gather(lines) if not decoded else {}
        result = RoundResult.nothing(len(lines))
        self._rounds.forget()
        for number in range(_MOST_ROUNDS):
            if number:
                passages = divide(parsed, self.language)
            result = self._rounds.run(parsed, raised(passages, texts, made), evidence, style)
            changed = _apply(texts, made, result.corrections)
            if not changed:
                break
            evidence = {}
            for place in changed:
                parsed.change(place, texts[place])
        if self.options.tone_style in ("new", "old"):
            _apply(texts, made, restyle(texts, self.options.tone_style))
        figures = doubtful_figures(lines)
        done = tuple(
            replace(line, corrections=tuple(mine), doubts=(*doubts, *unsure))
            for line, mine, doubts, unsure in zip(lines, made, result.doubts, figures, strict=True)
        )
        damage = Damage.LEGACY if decoded > len(lines) / 4 else _prevailing(first)
        return Repaired(done, damage, quality(done, passages))


def _apply(texts: list[str], made: list[list[Correction]], found: Sequence[Sequence[Correction]]) -> list[int]:
    """Replay corrections over the texts; return the lines in which something changed."""
    changed = []
    for number, corrections in enumerate(found):
        if corrections:
            texts[number] = replay(texts[number], tuple(corrections))
            made[number] += corrections
            changed.append(number)
    return changed


def _prevailing(passages: Sequence[Passage]) -> Damage:
    """The damage of most lines."""
    shares: dict[Damage, int] = {}
    for passage in passages:
        shares[passage.damage] = shares.get(passage.damage, 0) + passage.end - passage.start
    return max(shares, key=lambda damage: shares[damage]) if shares else Damage.EMPTY
