"""One round of repair: policies by line, lattice, decoding, and how sure each decision is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import ORDER, SENTENCE
from vnreport_ocr.model import Damage
from vnreport_ocr.options import Options
from vnreport_ocr.repair.acceptance import Acceptance
from vnreport_ocr.repair.adapt import learn, learn_systematic, systematic
from vnreport_ocr.repair.adaptation import Adaptation, Key
from vnreport_ocr.repair.decision import Decision, RoundResult
from vnreport_ocr.repair.decode import decode
from vnreport_ocr.repair.diagnose import TRUSTED, Passage
from vnreport_ocr.repair.evidence import Evidence, is_doubted
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.lattice import Aids, Lattice, build
from vnreport_ocr.repair.names import DocumentNames
from vnreport_ocr.repair.pairs import DocumentPairs, Pairs
from vnreport_ocr.repair.policies import Policies
from vnreport_ocr.repair.policy import NEVER, Policy
from vnreport_ocr.repair.posterior import improved, posteriors
from vnreport_ocr.repair.suspicion import numbers_of, suspects
from vnreport_ocr.repair.terms import Terms
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.tokens import Kind

_WEIGHT = TUNING.rounds.weight
_BEARING = ORDER - 1
"""This many words before and after a place affect what is chosen there."""

_HEAT = TUNING.rounds.heat
_BATCH_ITEMS = TUNING.rounds.batch_items
_ADAPT_FROM = TUNING.rounds.adapt_from
_SAMPLE_WORDS, _SAMPLE_SHARE = TUNING.rounds.sample_words, TUNING.rounds.sample_share

_LEARN_FROM = TUNING.rounds.learn_from
_LEARN_WEIGHT = TUNING.rounds.learn_weight
_MOST_SECOND_THOUGHTS = TUNING.rounds.most_second_thoughts
_RECURRING_SHARE = TUNING.rounds.recurring_share
_MOST_ADAPTATIONS, _LEAST_SURE = TUNING.rounds.most_adaptations, TUNING.rounds.least_sure

Work = tuple[list[Item], list[bool]]


class Rounds:
    """Runs rounds of any document; what a document teaches is handed along from one of its rounds to the next."""

    def __init__(self, language: Language, options: Options) -> None:
        self._language = language
        self._policies = Policies(language, Terms(options.terms))
        self._acceptance = Acceptance(language, options)
        self._pairs = Pairs(language)

    def run(
        self, lines: Parsed, passages: Sequence[Passage], evidence: Evidence, style: str, adaptation: Adaptation
    ) -> RoundResult:
        """Run one round over all lines; a document first teaches how it was read, as far as its decisions tell."""
        policies = self._policies.choose(lines, passages, adaptation.sources, adaptation.reader)
        wrong = [n for p in passages if p.damage is Damage.WRONG_LANGUAGE for n in range(p.start, p.end)]
        words = sum(len(lines.items[n]) for n in wrong)
        if words >= _ADAPT_FROM:
            sample = _first_lines(lines, wrong, min(_SAMPLE_WORDS, _SAMPLE_SHARE * words))
            self._adapt(lines, passages, policies, sample, adaptation)
            policies = self._policies.choose(lines, passages, adaptation.sources, adaptation.reader)
        decisions = self._decide(lines, passages, policies, evidence, adaptation)
        for _ in range(_MOST_ADAPTATIONS):
            if not self._learn_systematic(lines, passages, decisions, adaptation):
                break
            policies = self._policies.choose(lines, passages, adaptation.sources, adaptation.reader)
            decisions = self._decide(lines, passages, policies, evidence, adaptation)
        result = self._acceptance.weigh(
            lines, passages, policies, decisions, style, adaptation.slips, adaptation.mended
        )
        slips = slips_of(result)
        adaptation.mended |= slips.keys()
        adaptation.slips += recurring(slips, lines)
        return result

    def _learn_systematic(
        self, lines: Parsed, passages: Sequence[Passage], decisions: Sequence[Decision], adaptation: Adaptation
    ) -> bool:
        """Learn misreadings that a document repeats and the channel does not know (``ữong`` for ``trong``), if new."""
        light = {n for p in passages if p.damage in TRUSTED for n in range(p.start, p.end)}
        sure = Counter(
            (d.before, d.after)
            for d in decisions
            if d.before != d.after and d.confidence > _LEARN_FROM and d.item.line in light and d.before.isalpha()
        )
        if len(sure) < _LEAST_SURE:
            return False
        source = self._policies.channel(adaptation.reader)
        found = systematic(source.channel, sure)
        if not found.keys() - adaptation.systematic.keys():
            return False
        adaptation.systematic |= found
        words = (item.text for items in lines.items for item in items if item.kind is Kind.WORD)
        channel = learn_systematic(source.channel, adaptation.systematic, words)
        adaptation.sources[adaptation.reader] = self._policies.with_terms(source.over(channel))
        return True

    def _decide(
        self,
        lines: Parsed,
        passages: Sequence[Passage],
        policies: Sequence[Policy],
        evidence: Evidence,
        adaptation: Adaptation,
    ) -> list[Decision]:
        """Return the decoder's choices for every item that may change."""
        damaged = _damaged(passages, len(lines))
        slipped = {before for before, _ in adaptation.slips}
        known = adaptation.decided
        keyed = _keyed(lines, policies, damaged, slipped)
        found: dict[Key, list[Decision]] = {key: known.get(key, []) for key, _ in keyed}
        fresh = [(key, sentence) for key, sentence in keyed if key not in known]
        unknown_yet = [sentence for _, sentence in fresh]
        numbers = numbers_of(unknown_yet, self._language)
        if not known or adaptation.pairs is None or adaptation.names is None:
            adaptation.pairs, adaptation.names = DocumentPairs(self._pairs, numbers), DocumentNames(unknown_yet)
        aids = Aids(self._language, evidence, adaptation.pairs, adaptation.names, adaptation.budget)
        free = [spoilt or policy.loose for spoilt, policy in zip(damaged, policies, strict=True)]
        odd = self._suspects(unknown_yet, numbers, free, slipped)
        work: list[tuple[Work, Key]] = []
        for (key, sentence), flags in zip(fresh, odd, strict=True):
            if not (evidence.exists or any(flags) or any(free[sentence[0].line : sentence[-1].line + 1])):
                continue
            active = [
                (flag or free[item.line] or (evidence.exists and is_doubted(evidence, item)))
                and _open(item, policies[item.line])
                for item, flag in zip(sentence, flags, strict=True)
            ]
            work += [(window, key) for window in windows(sentence, active)]
        work.sort(key=lambda pair: len(pair[0][0]))
        for batch in _batches(work):
            pairs = [pair for pair, _ in batch]
            lattice = build([s for s, _ in pairs], policies, [a for _, a in pairs], aids)
            for (_, key), decisions in zip(batch, self._decode(lines.texts, lattice), strict=True):
                found[key] += decisions
        adaptation.decided = known | found  # a later round may return to policies of an earlier one
        return [decision for decisions in found.values() for decision in decisions]

    def _suspects(
        self, sentences: Sequence[list[Item]], numbers: NDArray[np.int64], free: Sequence[bool], slipped: set[str]
    ) -> list[list[bool]]:
        """Return for each item whether it may be wrong; where all may change in any case nothing is weighed."""
        asked = [n for n, one in enumerate(sentences) if not all(free[one[0].line : one[-1].line + 1])]
        weighed = [sentences[n] for n in asked]
        if len(weighed) < len(sentences):
            numbers = numbers_of(weighed, self._language)
        result = [[True] * len(sentence) for sentence in sentences]
        for n, flags in zip(
            asked, suspects(weighed, numbers, self._language, self._policies.rivals, slipped), strict=True
        ):
            result[n] = flags
        return result

    def _decode(self, texts: Sequence[str], lattice: Lattice) -> list[list[Decision]]:
        """Return the decisions of each sentence of a lattice."""
        model = self._language.ngrams
        paths = decode(model, lattice.edges, lattice.lengths, _WEIGHT)
        sure = self._settled(lattice, paths)
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

    def _settled(self, lattice: Lattice, paths: list[list[int]]) -> NDArray[np.float64]:
        """Return how sure the choices of the paths are, after those have been replaced that a beam has missed."""
        model, edges, asked = self._language.ngrams, lattice.edges, lattice.can_change
        sure, better = posteriors(model, edges, paths, asked, _WEIGHT, _HEAT)
        numbers = list(range(len(paths)))
        for _ in range(_MOST_SECOND_THOUGHTS):
            found = {n: path for n in numbers if (path := improved(paths[n], better)) is not None} if better else {}
            if not found:
                break
            numbers = list(found)
            for number, path in found.items():
                paths[number] = path
            some, better = posteriors(model, edges, list(found.values()), asked, _WEIGHT, _HEAT)
            anew = np.array([edge for path in found.values() for edge in path], dtype=np.int64)
            sure[anew] = some[anew]
        return sure

    def _adapt(
        self,
        lines: Parsed,
        passages: Sequence[Passage],
        policies: Sequence[Policy],
        sample: Sequence[int],
        adaptation: Adaptation,
    ) -> None:
        """Adapt the wrong-language source to a document by the sure decisions of some of its lines."""
        only = [Policy(None)] * len(policies)
        words = 0
        for number in sample:
            # What runs together tells nothing of letters.
            only[number] = policies[number]._replace(split_cost=NEVER)
            words += len(lines.items[number])
        # A sample is part of the text, and without evidence: its decisions are not the document's.
        trial = replace(adaptation, decided=dict(adaptation.decided))
        decisions = self._decide(lines, passages, only, Evidence(), trial)
        sure = Counter((d.before, d.after) for d in decisions if d.confidence > _LEARN_FROM)
        adaptation.sources.pop("other", None)
        if sure.total() >= words / 4:
            source = self._policies.channel("other")
            adapted = source.adapted(learn(source.channel, sure, _LEARN_WEIGHT), sure)
            adaptation.sources["other"] = self._policies.prepared("other", adapted)


def slips_of(result: RoundResult) -> Counter[tuple[str, str]]:
    """Return the changes of single words that a round has made in text that is right for the most part."""
    steps = [f"decode:{damage.name.lower()}" for damage in TRUSTED]
    made = (correction for mine in result.corrections for correction in mine if correction.step in steps)
    return Counter((c.before, c.after) for c in made if c.before.isalpha() and c.after.isalpha())


def recurring(slips: Counter[tuple[str, str]], lines: Parsed) -> Counter[tuple[str, str]]:
    """Return the slips whose word is one in a good part of the places where the document has it."""
    words = {before for before, _ in slips}
    written = Counter(item.text for items in lines.items for item in items if item.text in words) if words else {}
    return Counter({slip: n for slip, n in slips.items() if n > _RECURRING_SHARE * written[slip[0]]})


def _first_lines(lines: Parsed, numbers: Sequence[int], words: float) -> list[int]:
    """Return the first of some lines, as many as make so many words."""
    chosen: list[int] = []
    for number in numbers:
        if words < 0:
            break
        chosen.append(number)
        words -= len(lines.items[number])
    return chosen


def windows(sentence: list[Item], active: list[bool]) -> Iterator[Work]:
    """Return the stretches of a sentence that affect what may change; what is further away decides nothing."""
    places = [place for place, may_change in enumerate(active) if may_change]
    start = 0
    while start < len(places):
        end = start
        while end + 1 < len(places) and places[end + 1] - places[end] <= 2 * _BEARING:
            end += 1
        low, high = max(0, places[start] - _BEARING), places[end] + _BEARING + 1
        yield sentence[low:high], active[low:high]
        start = end + 1


def _damaged(passages: Sequence[Passage], lines: int) -> list[bool]:
    """Return for each line whether it stands in a passage whose words are not to be trusted."""
    damaged = [True] * lines
    for passage in passages:
        if passage.damage in TRUSTED:
            damaged[passage.start : passage.end] = [False] * (passage.end - passage.start)
    return damaged


def _keyed(
    lines: Parsed, policies: Sequence[Policy], damaged: Sequence[bool], slipped: set[str]
) -> list[tuple[Key, list[Item]]]:
    """Return the sentences that may change, each with what its decisions follow from."""
    keyed: list[tuple[Key, list[Item]]] = []
    for sentence in lines.sentences([policy.source is not None for policy in policies]):
        first, last = sentence[0], sentence[-1]
        span = slice(first.line, last.line + 1)
        place = first.line, first.start, last.end
        here = tuple(sorted(slipped.intersection([item.text for item in sentence]))) if slipped else ()
        keyed.append(((*place, tuple(lines.texts[span]), tuple(policies[span]), tuple(damaged[span]), here), sentence))
    return keyed


def _open(item: Item, policy: Policy) -> bool:
    """Whether an item may change; in letter-spaced lines even what looks like a Roman numeral."""
    if item.may_change(digits=policy.digits):
        return True
    return policy.loose and item.kind is Kind.WORD and len(item.text) == 1 and item.text.isalpha()


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
