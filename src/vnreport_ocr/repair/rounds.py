"""One round of repair: settings by line, lattice, decoding, and how sure each decision is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import ORDER, SENTENCE
from vnreport_ocr.model import Damage
from vnreport_ocr.options import Options
from vnreport_ocr.repair.adapt import Reading, learn, learn_systematic, systematic
from vnreport_ocr.repair.candidates import Source
from vnreport_ocr.repair.decode import decode
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.evidence import Evidence, is_doubted
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.judge import TRUSTED, Decision, Judge, RoundResult
from vnreport_ocr.repair.lattice import Aids, Lattice, build
from vnreport_ocr.repair.pairs import Pairs
from vnreport_ocr.repair.posterior import posteriors
from vnreport_ocr.repair.setting import NEVER, Setting
from vnreport_ocr.repair.settings import Settings
from vnreport_ocr.repair.suspicion import numbers_of, suspects
from vnreport_ocr.repair.terms import Terms
from vnreport_ocr.vietnamese.tokens import Kind

_WEIGHT = 1.1
_BEARING = ORDER - 1
"""So many words before a place and after it bear on what stands there."""

_HEAT = 1.25
_BATCH_ITEMS = 5_000
_LEAST_LESSON = 1500
_LESSON_WORDS, _LESSON_SHARE = 3000, 0.5
"""A lesson is so long at most, and no greater part of the text."""

_LESSON_SURE = 0.9
_LESSON_WEIGHT = 4.0
_MOST_LESSONS, _LEAST_SURE = 2, 3

Work = tuple[list[Item], list[bool]]
Key = tuple[int, int, int, tuple[str, ...], tuple[Setting, ...], tuple[bool, ...]]
"""What a sentence's decisions follow from, so that a later round need not take them again: where it stands, the lines
it stands in, their settings, and whether they are damaged."""


class Rounds:
    """Runs rounds; what it looked up is remembered from one document to the next."""

    def __init__(self, language: Language, options: Options) -> None:
        self._language = language
        self._settings = Settings(language, Terms(options.terms))
        self._judge = Judge(language, options)
        self._pairs = Pairs(language)
        self._known: dict[Key, list[Decision]] = {}
        self._systematic: Counter[Reading] = Counter()

    def forget(self) -> None:
        """Begin a new document: decisions, and what was learned of its readings, are for that document only."""
        self._known = {}
        self._systematic = Counter()
        self._settings.teach("other", None)
        self._settings.teach("vie", None)

    def run(self, lines: Parsed, passages: Sequence[Passage], evidence: Evidence, style: str) -> RoundResult:
        """One round over all lines; a document first teaches how it was read, as far as its decisions tell."""
        settings = self._settings.choose(lines, passages)
        wrong = [n for p in passages if p.damage is Damage.WRONG_LANGUAGE for n in range(p.start, p.end)]
        words = sum(len(lines.items[n]) for n in wrong)
        if words >= _LEAST_LESSON:
            lesson = _first_lines(lines, wrong, min(_LESSON_WORDS, _LESSON_SHARE * words))
            self._settings.teach("other", self._taught(lines, passages, settings, lesson))
            settings = self._settings.choose(lines, passages)
        decisions = self._decide(lines, passages, settings, evidence)
        for _ in range(_MOST_LESSONS):
            if not self._learn_systematic(lines, passages, decisions):
                break
            settings = self._settings.choose(lines, passages)
            decisions = self._decide(lines, passages, settings, evidence)
        return self._judge.judge(lines, passages, settings, decisions, style)

    def _learn_systematic(self, lines: Parsed, passages: Sequence[Passage], decisions: Sequence[Decision]) -> bool:
        """Learn what the engine reads again and again as nobody else does (``ữong`` for ``trong``), if it is new."""
        light = {n for p in passages if p.damage in TRUSTED for n in range(p.start, p.end)}
        sure = Counter(
            (d.before, d.after)
            for d in decisions
            if d.before != d.after and d.confidence > _LESSON_SURE and d.item.line in light and d.before.isalpha()
        )
        if len(sure) < _LEAST_SURE:
            return False
        source = self._settings.channel("vie")
        found = systematic(source.channel, sure)
        if not found.keys() - self._systematic.keys():
            return False
        self._systematic |= found
        words = (item.text for items in lines.items for item in items if item.kind is Kind.WORD)
        self._settings.teach("vie", source.anew(learn_systematic(source.channel, self._systematic, words)))
        return True

    def _decide(
        self, lines: Parsed, passages: Sequence[Passage], settings: Sequence[Setting], evidence: Evidence
    ) -> list[Decision]:
        """The decoder's choices for every item that may change."""
        damaged = [True] * len(lines)
        for passage in passages:
            if passage.damage is Damage.CLEAN:
                damaged[passage.start : passage.end] = [False] * (passage.end - passage.start)
        known, found = self._known, {}
        fresh: list[tuple[Key, list[Item]]] = []
        for sentence in lines.sentences([setting.source is not None for setting in settings]):
            first, last = sentence[0], sentence[-1]
            span = slice(first.line, last.line + 1)
            place = first.line, first.start, last.end
            key = (*place, tuple(lines.texts[span]), tuple(settings[span]), tuple(damaged[span]))
            if key in known:
                found[key] = known[key]
            else:
                found[key] = []
                fresh.append((key, sentence))
        unknown_yet = [sentence for _, sentence in fresh]
        numbers = numbers_of(unknown_yet, self._language)
        if not known:
            self._pairs.read(numbers)
        odd = suspects(unknown_yet, numbers, self._language)
        work: list[tuple[Work, Key]] = []
        free = [spoilt or setting.loose for spoilt, setting in zip(damaged, settings, strict=True)]
        for (key, sentence), flags in zip(fresh, odd, strict=True):
            if not (evidence or any(flags) or any(free[sentence[0].line : sentence[-1].line + 1])):
                continue
            active = [
                (flag or free[item.line] or (bool(evidence) and is_doubted(evidence, item)))
                and _open(item, settings[item.line])
                for item, flag in zip(sentence, flags, strict=True)
            ]
            work += [(window, key) for window in windows(sentence, active)]
        work.sort(key=lambda pair: len(pair[0][0]))
        for batch in _batches(work):
            pairs = [pair for pair, _ in batch]
            lattice = build(
                [s for s, _ in pairs], settings, [a for _, a in pairs], Aids(self._language, evidence, self._pairs)
            )
            for (_, key), decisions in zip(batch, self._decode(lines.texts, lattice), strict=True):
                found[key] += decisions
        self._known = known | found  # a later round may return to settings of an earlier one
        return [decision for decisions in found.values() for decision in decisions]

    def _decode(self, texts: Sequence[str], lattice: Lattice) -> list[list[Decision]]:
        """The decisions of each sentence of a lattice."""
        model = self._language.ngrams
        paths = decode(model, lattice.edges, lattice.lengths, _WEIGHT)
        sure: NDArray[np.float64] = posteriors(model, lattice.edges, paths, lattice.can_change, _WEIGHT, _HEAT)
        edges = np.array([edge for path in paths for edge in path], dtype=np.int64)
        numbers = lattice.group_of[edges]
        rows = zip(
            numbers.tolist(), (edges - lattice.begins[numbers]).tolist(),
            lattice.can_change[edges].tolist(), sure[edges].tolist(), strict=True,
        )  # fmt: skip
        words = lattice.edges.first[edges].tolist()
        found: list[list[Decision]] = []
        at = 0
        for path in paths:
            mine: list[Decision] = []
            around = [SENTENCE, *words[at : at + len(path)], SENTENCE]
            for place, (number, row, can_change, confidence) in enumerate(islice(rows, len(path))):
                if can_change:
                    item, end, after = lattice.origin(number, row)
                    before = item.text if end == item.end else texts[item.line][item.start : end]
                    beside = around[place], around[place + 2]
                    mine.append(Decision(item, before, after, confidence, beside))
            at += len(path)
            found.append(mine)
        return found

    def _taught(
        self, lines: Parsed, passages: Sequence[Passage], settings: Sequence[Setting], lesson: Sequence[int]
    ) -> Source | None:
        """The wrong-language source, taught by the sure decisions of some lines of this document."""
        only = [Setting(None)] * len(settings)
        words = 0
        for number in lesson:
            # What runs together teaches nothing of letters.
            only[number] = settings[number]._replace(split_cost=NEVER)
            words += len(lines.items[number])
        remembered = self._known
        decisions = self._decide(lines, passages, only, {})
        self._known = remembered  # a lesson looks at part of the text and without evidence: its decisions do not count
        sure = Counter((d.before, d.after) for d in decisions if d.confidence > _LESSON_SURE)
        if sure.total() < words / 4:
            return None
        source = self._settings.channel("other")
        return source.taught(learn(source.channel, sure, _LESSON_WEIGHT), sure)


def _first_lines(lines: Parsed, numbers: Sequence[int], words: float) -> list[int]:
    """The first of some lines, as many as make so many words."""
    chosen: list[int] = []
    for number in numbers:
        if words < 0:
            break
        chosen.append(number)
        words -= len(lines.items[number])
    return chosen


def windows(sentence: list[Item], active: list[bool]) -> Iterator[Work]:
    """The stretches of a sentence that bear on what may change; what lies further off decides nothing."""
    places = [place for place, may_change in enumerate(active) if may_change]
    start = 0
    while start < len(places):
        end = start
        while end + 1 < len(places) and places[end + 1] - places[end] <= 2 * _BEARING:
            end += 1
        low, high = max(0, places[start] - _BEARING), places[end] + _BEARING + 1
        yield sentence[low:high], active[low:high]
        start = end + 1


def _open(item: Item, setting: Setting) -> bool:
    """Whether an item may change; in letter-spaced lines even what looks like a Roman numeral."""
    if item.may_change(digits=setting.digits):
        return True
    return setting.loose and item.kind is Kind.WORD and len(item.text) == 1 and item.text.isalpha()


def _batches(work: Sequence[tuple[Work, Key]]) -> Iterable[list[tuple[Work, Key]]]:
    batch: list[tuple[Work, Key]] = []
    size = 0
    for pair in work:
        batch.append(pair)
        size += len(pair[0][0])
        if size >= _BATCH_ITEMS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
