"""One round of repair: settings by line, lattice, decoding, sureness, and what becomes of each decision."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.model import Correction, Damage, Doubt, Line
from vnreport_ocr.options import Options
from vnreport_ocr.repair.adapt import learn
from vnreport_ocr.repair.candidates import ChannelSource, Source, StrippedSource
from vnreport_ocr.repair.codes import mend_code
from vnreport_ocr.repair.decode import decode
from vnreport_ocr.repair.diagnose import Passage, fragments
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.lattice import Lattice, Setting, build
from vnreport_ocr.repair.posterior import posteriors
from vnreport_ocr.repair.suspicion import suspects
from vnreport_ocr.vietnamese.tokens import Kind

_WEIGHT = 1.1
_HEAT = 1.5
_LETTER_COST = {"other": 4.0, "vie": 2.8}
_BATCH_ITEMS = 20_000
_ADAPT_WORDS = 250
_ADAPT_SURE = 0.9
_LESSON_WORDS = 3000
_ADAPT_WEIGHT = 4.0
_TORN, _SPACED_DOCUMENT, _RARELY_TORN = 1.2, 4.0, 8.0
_CODE_CONFIDENCE = 0.95


class Decision(NamedTuple):
    """What the decoder chose for an item or several."""

    line: int
    start: int
    before: str
    after: str
    confidence: float
    item: Item


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Corrections and doubts by line."""

    corrections: list[tuple[Correction, ...]]
    doubts: list[tuple[Doubt, ...]]

    @classmethod
    def nothing(cls, lines: int) -> "RoundResult":
        """A round that found nothing."""
        return cls([()] * lines, [()] * lines)


class Rounds:
    """Runs rounds with the sources of candidates that the kinds of damage need."""

    def __init__(self, language: Language, options: Options) -> None:
        self._language = language
        self._options = options
        self._stripped: StrippedSource | None = None
        self._channels: dict[str, ChannelSource] = {}

    def run(self, lines: Parsed, passages: Sequence[Passage], evidence: Sequence[Line] | None) -> RoundResult:
        """One round over all lines; a long document in another language first teaches the channel."""
        settings = self._settings(lines, passages)
        wrong = [n for p in passages if p.damage is Damage.WRONG_LANGUAGE for n in range(p.start, p.end)]
        words = sum(len(lines.items[n]) for n in wrong)
        if words >= _ADAPT_WORDS:
            taught = self._taught(lines, passages, settings, wrong)
            if taught is not None:
                settings = self._settings(lines, passages, taught)
        return self._judge(lines, passages, self._decide(lines, passages, settings))

    def _settings(
        self, lines: Parsed, passages: Sequence[Passage], taught: Source | None = None
    ) -> list[Setting]:
        """How each line is to be treated."""
        torn = [fragments(items, self._language) for items in lines.items]
        spaced_lines = sum(count >= 2 for count in torn)
        usual = _SPACED_DOCUMENT if spaced_lines >= 3 else _RARELY_TORN
        settings: list[Setting] = [Setting(None)] * len(lines)
        for passage in passages:
            for number in range(passage.start, passage.end):
                settings[number] = self._setting(passage, torn[number], usual, taught)
        return settings

    def _setting(self, passage: Passage, torn: int, usual: float, taught: Source | None) -> Setting:
        if passage.damage in (Damage.FOREIGN, Damage.EMPTY):
            return Setting(None)
        if passage.damage is Damage.STRIPPED:
            if self._stripped is None:
                self._stripped = StrippedSource(self._language)
            return Setting(self._stripped, join_cost=99.0, split_cost=99.0)
        if passage.damage is Damage.WRONG_LANGUAGE:
            return Setting(taught or self._source("other"), join_cost=_TORN if torn >= 4 else usual, digits=True)
        cost = float(np.log(passage.error_rate / 0.06)) if passage.error_rate < 0.06 else 0.0
        if torn >= 2:
            return Setting(self._source("vie"), change_cost=cost, join_cost=_TORN, split_cost=5.0, loose=True)
        return Setting(self._source("vie"), change_cost=cost, join_cost=usual, split_cost=5.0)

    def _source(self, engine: str) -> ChannelSource:
        known = self._channels.get(engine)
        if known is None:
            channel = self._language.confusions("other" if engine == "other" else "vie")
            known = self._channels[engine] = ChannelSource(self._language, channel, _LETTER_COST[engine])
        return known

    def _decide(self, lines: Parsed, passages: Sequence[Passage], settings: Sequence[Setting]) -> list[Decision]:
        """The decoder's choices for every item that may change."""
        damage = [Damage.EMPTY] * len(lines)
        for passage in passages:
            damage[passage.start : passage.end] = [passage.damage] * (passage.end - passage.start)
        chosen = [setting.source is not None for setting in settings]
        all_sentences = list(lines.sentences(chosen))
        odd = suspects(all_sentences, self._language)
        active = [
            [
                _open(item, settings[item.line])
                and (flag or damage[item.line] is not Damage.CLEAN or settings[item.line].loose)
                for item, flag in zip(sentence, flags, strict=True)
            ]
            for sentence, flags in zip(all_sentences, odd, strict=True)
        ]
        work = [(s, a) for s, a in zip(all_sentences, active, strict=True) if any(a)]
        work.sort(key=lambda pair: len(pair[0]))
        found: list[Decision] = []
        for batch in _batches(work):
            lattice = build([s for s, _ in batch], settings, [a for _, a in batch], self._language)
            found += self._decode(lines.texts, lattice)
        return found

    def _decode(self, texts: Sequence[str], lattice: Lattice) -> list[Decision]:
        model = self._language.ngrams
        paths = decode(model, lattice.edges, lattice.lengths, _WEIGHT)
        sure: NDArray[np.float64] = posteriors(model, lattice.edges, paths, lattice.can_change, _WEIGHT, _HEAT)
        found = []
        for path in paths:
            for edge in path:
                origin = lattice.origin(edge)
                if origin is not None:
                    item = origin.item
                    before = texts[item.line][item.start : origin.end]
                    found.append(Decision(item.line, item.start, before, origin.text, float(sure[edge]), item))
        return found

    def _taught(
        self, lines: Parsed, passages: Sequence[Passage], settings: Sequence[Setting], wrong: Sequence[int]
    ) -> Source | None:
        """The wrong-language source, taught by the sure decisions of a part of this document."""
        some: set[int] = set()
        words = 0
        for number in wrong:
            some.add(number)
            words += len(lines.items[number])
            if words > _LESSON_WORDS:
                break
        lesson = [setting if n in some else Setting(None) for n, setting in enumerate(settings)]
        decisions = self._decide(lines, passages, lesson)
        sure = Counter((d.before, d.after) for d in decisions if d.confidence > _ADAPT_SURE)
        if sure.total() < _ADAPT_WORDS / 2:
            return None
        source = self._source("other")
        return source.taught(learn(source.channel, sure, _ADAPT_WEIGHT), sure)

    def _judge(self, lines: Parsed, passages: Sequence[Passage], decisions: Iterable[Decision]) -> RoundResult:
        """Decisions to corrections, or to doubts where they are not sure enough."""
        corrections: list[list[Correction]] = [[] for _ in lines.texts]
        doubts: list[list[Doubt]] = [[] for _ in lines.texts]
        damage = {n: p.damage for p in passages for n in range(p.start, p.end)}
        for decision in decisions:
            if decision.before == decision.after:
                continue
            kind = damage[decision.line]
            if decision.confidence >= self._threshold(kind, decision):
                corrections[decision.line].append(
                    Correction(
                        decision.start,
                        decision.before,
                        decision.after,
                        f"decode:{kind.name.lower()}",
                        round(decision.confidence, 3),
                    )
                )
            else:
                doubts[decision.line].append(Doubt(decision.start, decision.before, f"may be {decision.after!r}"))
        self._mend_codes(lines, damage, corrections)
        return RoundResult(
            [tuple(sorted(found, key=lambda c: -c.start)) for found in corrections], [tuple(found) for found in doubts]
        )

    def _mend_codes(self, lines: Parsed, damage: dict[int, Damage], corrections: list[list[Correction]]) -> None:
        for number, items in enumerate(lines.items):
            for item in items:
                if item.kind is Kind.CODE and damage.get(number) is not Damage.FOREIGN:
                    mended = mend_code(item.text, self._language.symbols)
                    if mended is not None:
                        corrections[item.line].append(
                            Correction(item.start, item.text, mended, "symbol", _CODE_CONFIDENCE)
                        )

    def _threshold(self, damage: Damage, decision: Decision) -> float:
        """How sure a decision must be before the text is changed."""
        careful = {"careful": 2, "normal": 1, "bold": 0}[self._options.strictness]
        good_word = self._language.lexicon.number(decision.before) is not None
        if damage in (Damage.CLEAN, Damage.LIGHT) and good_word:
            return (0.6, 0.9, 0.97)[careful]
        return (0.0, 0.3, 0.8)[careful]

    def quality(self, lines: Sequence[Line], passages: Sequence[Passage]) -> float:
        """The share of words that may be trusted, guessed from doubts and from how sure the corrections were."""
        words = sum(len(line.raw.split()) for line in lines)
        if not words:
            return 1.0
        doubtful = sum(len(line.doubts) for line in lines)
        unsure = sum(1 - c.confidence for line in lines for c in line.corrections)
        foreign = sum(p.end - p.start for p in passages if p.damage is Damage.WRONG_LANGUAGE) / max(1, len(lines))
        return round(max(0.0, 1 - 2 * (doubtful + unsure) / words - 0.5 * foreign), 3)


def _open(item: Item, setting: Setting) -> bool:
    if item.may_change(digits=setting.digits):
        return True
    return setting.loose and item.kind is Kind.WORD and len(item.text) == 1 and item.text.isalpha()


def _batches(
    work: Sequence[tuple[list[Item], list[bool]]],
) -> Iterable[list[tuple[list[Item], list[bool]]]]:
    batch: list[tuple[list[Item], list[bool]]] = []
    size = 0
    for pair in work:
        batch.append(pair)
        size += len(pair[0])
        if size >= _BATCH_ITEMS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
