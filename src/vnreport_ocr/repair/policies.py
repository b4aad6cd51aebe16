"""How each line is to be treated: where its candidates come from, and what a change costs."""

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from threading import RLock

from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.candidates import ChannelSource, Manner, Source, StrippedSource
from vnreport_ocr.repair.diagnose import Passage, torn_pieces
from vnreport_ocr.repair.figure_words import FigureSource
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.loss import Loss, LossSource
from vnreport_ocr.repair.policy import NEVER, Policy
from vnreport_ocr.repair.rivals import Rivals
from vnreport_ocr.repair.terms import Terms, TermSource
from vnreport_ocr.repair.tuning import TUNING

_T = TUNING.policies
_VIE = Manner(_T.vie_letter_cost, _T.vie_most_cost, _T.vie_slip_score, _T.vie_unlikely)
MANNERS: dict[Engine, Manner] = {
    "other": Manner(_T.other_letter_cost, _T.other_most_cost, None, _T.other_unlikely),
    "vie": _VIE,
    "trueocr": _VIE,
}
_TORN, _SPACED_DOCUMENT, _RARELY_TORN = (
    TUNING.policies.torn,
    TUNING.policies.spaced_document,
    TUNING.policies.rarely_torn,
)
_SPLIT_COST = TUNING.policies.split_cost
_LOSSES_KEPT = 32
_FRAGMENTS_OF_SPACED = TUNING.policies.fragments_of_spaced
_FRAGMENTS_OF_TORN = TUNING.policies.fragments_of_torn
_SPACED_LINES = TUNING.policies.spaced_lines
_COST_STEP = TUNING.policies.cost_step

_TAUGHT_ERRORS: dict[Engine, float] = {"vie": _T.taught_errors, "trueocr": _T.taught_errors_fast}


class Policies:
    """Chooses the policy of each line; all documents share its sources, which remember what they looked up."""

    def __init__(self, language: Language, terms: Terms) -> None:
        self._language = language
        self._terms = terms
        self._opening = RLock()
        self._channels: dict[Engine, ChannelSource] = {}
        self._sources: dict[Engine, Source] = {}
        self._lossy_sources: Memory[Loss, Source] = Memory(_LOSSES_KEPT)
        self._stripped = self.with_terms(StrippedSource(language))

    def channel(self, engine: Engine) -> ChannelSource:
        """Return the source of an engine's candidates, not adapted to any document."""
        with self._opening:
            known = self._channels.get(engine)
            if known is None:
                channel = self._language.confusions(engine)
                known = self._channels[engine] = ChannelSource(self._language, channel, MANNERS[engine])
            return known

    @cached_property
    def rivals(self) -> Rivals:
        """What weighs words against those that a Vietnamese engine may have read them for."""
        slips = self.channel("vie").slips
        assert slips is not None
        return Rivals(self._language, slips)

    def choose(
        self, lines: Parsed, passages: Sequence[Passage], adapted: Mapping[Engine, Source], reader: Engine = "vie"
    ) -> list[Policy]:
        """Return the policies of all lines, read by ``reader`` where they show no other language.

        ``adapted`` are the sources that a document has of its own.
        """
        torn = [torn_pieces(lines, n, self._language) for n in range(len(lines))]
        spaced = sum(count >= _FRAGMENTS_OF_SPACED for count in torn)
        usual = _SPACED_DOCUMENT if spaced >= _SPACED_LINES else _RARELY_TORN
        policies = [Policy(None)] * len(lines)
        for passage in passages:
            for number in range(passage.start, passage.end):
                policies[number] = self._policy(passage, torn[number], usual, reader, adapted)
        return policies

    def _policy(
        self, passage: Passage, torn: int, usual: float, reader: Engine, adapted: Mapping[Engine, Source]
    ) -> Policy:
        if passage.damage in (Damage.FOREIGN, Damage.EMPTY):
            return Policy(None)
        if passage.loss is not None:
            return Policy(self._lossy(passage.loss), join_cost=NEVER, split_cost=NEVER, digits=True)
        if passage.damage is Damage.STRIPPED:
            return Policy(self._stripped, join_cost=NEVER, split_cost=NEVER, digits=True)
        if passage.damage is Damage.WRONG_LANGUAGE:
            join_cost = _TORN if torn >= _FRAGMENTS_OF_TORN else usual
            return Policy(self._source("other", adapted), join_cost=join_cost, digits=True)
        steps = round(math.log(passage.error_rate / _TAUGHT_ERRORS[reader]) / _COST_STEP)
        cost = min(0.0, _COST_STEP * steps)
        loose = torn >= _FRAGMENTS_OF_SPACED
        return Policy(self._source(reader, adapted), cost, _TORN if loose else usual, _SPLIT_COST, loose)

    def _lossy(self, loss: Loss) -> Source:
        with self._opening:
            return self._lossy_sources.recall(loss, self._new_lossy)

    def _new_lossy(self, loss: Loss) -> Source:
        return self.with_terms(LossSource(self._language, loss))

    def _source(self, engine: Engine, adapted: Mapping[Engine, Source]) -> Source:
        own = adapted.get(engine)
        if own is not None:
            return own
        with self._opening:
            known = self._sources.get(engine)
            if known is None:
                known = self._sources[engine] = self.prepared(engine, self.channel(engine))
            return known

    def prepared(self, engine: Engine, source: Source) -> Source:
        """Return an engine's source with what figures look like where it is none for Vietnamese, and with terms."""
        return self.with_terms(FigureSource(source, self._language) if engine == "other" else source)

    def with_terms(self, source: Source) -> Source:
        """Return the source with the user's terms as further candidates."""
        return TermSource(source, self._terms, self._language) if self._terms else source
