"""Lines in, the same lines with corrections out: diagnose, fix, decode, guard, and again until nothing changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnreport_ocr.language.knowledge import Language, open_language
from vnreport_ocr.model import Correction, Damage, Line, replay
from vnreport_ocr.options import Options
from vnreport_ocr.repair.diagnose import Passage, divide
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.rounds import RoundResult, Rounds
from vnreport_ocr.repair.steps import first_steps

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
        charset_share = self._apply(texts, made, first_steps(texts, self.language))
        parsed = Parsed(texts)
        first: list[Passage] = []
        result = RoundResult.nothing(len(lines))
        for number in range(_MOST_ROUNDS):
            passages = divide(parsed, self.language)
            first = first or passages
            result = self._rounds.run(parsed, passages, lines if number == 0 and not charset_share else None)
            if not self._apply(texts, made, result.corrections):
                break
            for place, corrections in enumerate(result.corrections):
                if corrections:
                    parsed.change(place, texts[place])
        damage = Damage.LEGACY if charset_share > len(lines) / 4 else _prevailing(first)
        done = tuple(
            replace(line, corrections=tuple(mine), doubts=tuple(doubts))
            for line, mine, doubts in zip(lines, made, result.doubts, strict=True)
        )
        return Repaired(done, damage, self._rounds.quality(done, passages))

    @staticmethod
    def _apply(texts: list[str], made: list[list[Correction]], found: Sequence[Sequence[Correction]]) -> int:
        """Replay corrections over the texts; return in how many lines something changed."""
        changed = 0
        for number, corrections in enumerate(found):
            if corrections:
                texts[number] = replay(texts[number], tuple(corrections))
                made[number] += corrections
                changed += 1
        return changed


def _prevailing(passages: Sequence[Passage]) -> Damage:
    """The damage of most lines."""
    shares: dict[Damage, int] = {}
    for passage in passages:
        shares[passage.damage] = shares.get(passage.damage, 0) + passage.end - passage.start
    return max(shares, key=lambda damage: shares[damage]) if shares else Damage.EMPTY
