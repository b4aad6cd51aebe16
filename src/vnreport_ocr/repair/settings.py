"""How each line is to be treated: where its candidates come from, and what a change costs."""

import math
from collections.abc import Callable, Sequence

from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.model import Damage
from vnreport_ocr.repair.candidates import ChannelSource, Manner, Source, StrippedSource
from vnreport_ocr.repair.diagnose import Passage, torn_pieces
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.setting import NEVER, Setting
from vnreport_ocr.repair.terms import Terms, TermSource

MANNERS: dict[Engine, Manner] = {"other": Manner(4.0, 19.0, None, -8.0), "vie": Manner(2.8, 15.0, -5.0, -12.0)}
_TAUGHT: dict[Engine, str] = {"other": "other, taught", "vie": "vie, taught"}
_TORN, _SPACED_DOCUMENT, _RARELY_TORN = 1.2, 4.0, 8.0
_SPLIT_COST = 5.0
_FRAGMENTS_OF_SPACED = 2
_FRAGMENTS_OF_TORN = 4
_SPACED_LINES = 3
_TAUGHT_ERRORS = 0.06
"""The share of words that the Vietnamese engine had wrong on the pages that taught its confusions."""


class Settings:
    """Chooses the setting of each line; keeps the sources, which remember what they looked up."""

    def __init__(self, language: Language, terms: Terms) -> None:
        self._language = language
        self._terms = terms
        self._channels: dict[Engine, ChannelSource] = {}
        self._sources: dict[str, Source] = {}

    def channel(self, engine: Engine) -> ChannelSource:
        """The source of an engine's candidates."""
        known = self._channels.get(engine)
        if known is None:
            channel = self._language.confusions(engine)
            known = self._channels[engine] = ChannelSource(self._language, channel, MANNERS[engine])
        return known

    def teach(self, engine: Engine, source: Source | None) -> None:
        """From now on take another source of an engine's candidates, or again the one that no document has taught."""
        name = _TAUGHT[engine]
        self._sources.pop(name, None)
        if source is not None:
            self._sources[name] = self._with_terms(source)

    def choose(self, lines: Parsed, passages: Sequence[Passage]) -> list[Setting]:
        """The settings of all lines."""
        torn = [torn_pieces(lines, n, self._language) for n in range(len(lines))]
        spaced = sum(count >= _FRAGMENTS_OF_SPACED for count in torn)
        usual = _SPACED_DOCUMENT if spaced >= _SPACED_LINES else _RARELY_TORN
        settings = [Setting(None)] * len(lines)
        for passage in passages:
            for number in range(passage.start, passage.end):
                settings[number] = self._setting(passage, torn[number], usual)
        return settings

    def _setting(self, passage: Passage, torn: int, usual: float) -> Setting:
        if passage.damage in (Damage.FOREIGN, Damage.EMPTY):
            return Setting(None)
        if passage.damage is Damage.STRIPPED:
            return Setting(self._stripped(), join_cost=NEVER, split_cost=NEVER, digits=True)
        if passage.damage is Damage.WRONG_LANGUAGE:
            join_cost = _TORN if torn >= _FRAGMENTS_OF_TORN else usual
            return Setting(self._engine_source("other"), join_cost=join_cost, digits=True)
        cost = min(0.0, math.log(passage.error_rate / _TAUGHT_ERRORS))
        loose = torn >= _FRAGMENTS_OF_SPACED
        return Setting(self._engine_source("vie"), cost, _TORN if loose else usual, _SPLIT_COST, loose)

    def _engine_source(self, engine: Engine) -> Source:
        taught = self._sources.get(_TAUGHT[engine])
        return taught or self._kept(engine, lambda: self.channel(engine))

    def _stripped(self) -> Source:
        return self._kept("stripped", lambda: StrippedSource(self._language))

    def _kept(self, name: str, make: Callable[[], Source]) -> Source:
        known = self._sources.get(name)
        if known is None:
            known = self._sources[name] = self._with_terms(make())
        return known

    def _with_terms(self, source: Source) -> Source:
        return TermSource(source, self._terms, self._language) if self._terms else source
