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

MANNERS: dict[Engine, Manner] = {"other": Manner(4.0, 19.0, None, -8.0), "vie": Manner(2.8, 15.0, -5.0, -12.0)}
_TORN, _SPACED_DOCUMENT, _RARELY_TORN = 1.2, 4.0, 8.0
_SPLIT_COST = 5.0
_LOSSES_KEPT = 32
_FRAGMENTS_OF_SPACED = 2
_FRAGMENTS_OF_TORN = 4
_SPACED_LINES = 3
_COST_STEP = 0.2
"""Error rates that are nearly alike are treated alike, so that little need be decided again."""

_TAUGHT_ERRORS = 0.06
"""The share of words that the Vietnamese engine had wrong on the pages that its confusions were counted on."""


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

    def choose(self, lines: Parsed, passages: Sequence[Passage], adapted: Mapping[Engine, Source]) -> list[Policy]:
        """Return the policies of all lines; ``adapted`` are the sources that a document has of its own."""
        torn = [torn_pieces(lines, n, self._language) for n in range(len(lines))]
        spaced = sum(count >= _FRAGMENTS_OF_SPACED for count in torn)
        usual = _SPACED_DOCUMENT if spaced >= _SPACED_LINES else _RARELY_TORN
        policies = [Policy(None)] * len(lines)
        for passage in passages:
            for number in range(passage.start, passage.end):
                policies[number] = self._policy(passage, torn[number], usual, adapted)
        return policies

    def _policy(self, passage: Passage, torn: int, usual: float, adapted: Mapping[Engine, Source]) -> Policy:
        if passage.damage in (Damage.FOREIGN, Damage.EMPTY):
            return Policy(None)
        if passage.loss is not None:
            return Policy(self._lossy(passage.loss), join_cost=NEVER, split_cost=NEVER, digits=True)
        if passage.damage is Damage.STRIPPED:
            return Policy(self._stripped, join_cost=NEVER, split_cost=NEVER, digits=True)
        if passage.damage is Damage.WRONG_LANGUAGE:
            join_cost = _TORN if torn >= _FRAGMENTS_OF_TORN else usual
            return Policy(self._source("other", adapted), join_cost=join_cost, digits=True)
        steps = round(math.log(passage.error_rate / _TAUGHT_ERRORS) / _COST_STEP)
        cost = min(0.0, _COST_STEP * steps)
        loose = torn >= _FRAGMENTS_OF_SPACED
        return Policy(self._source("vie", adapted), cost, _TORN if loose else usual, _SPLIT_COST, loose)

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
