"""What a document's unsure proposals say of its sure ones.

The decoder proposes another word wherever a text writes what its language model has hardly seen. Most of such
proposals are unsure, and of those that are sure a part is as wrong: so where few of them are sure, the text is
strange rather than misread, and the sure ones are less so than each looks by itself. Real slips are nearly all sure.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.repair.decision import Decision
from vnreport_ocr.repair.diagnose import TRUSTED, Passage
from vnreport_ocr.repair.tuning import TUNING

_T = TUNING.tempering

Pair = tuple[str, str]
"""A word as it stands, and the one that may have been meant."""


class Proposal(NamedTuple):
    """A word that may be another one, and how sure that is."""

    pair: Pair
    confidence: float


class Strangeness(NamedTuple):
    """Tempers the proposals against real words of a document whose words are rare ones."""

    language: Language
    of_line: Mapping[int, Passage]
    sure_from: float

    def temper(self, changes: Sequence[Decision], mended: Set[Pair], words: int) -> tuple[list[Decision], bool]:
        """Return changes with as much confidence as the unsure ones of the document leave to those of real words, and
        whether they have lost any; ``mended`` and ``words`` are those of ``tempering``.
        """
        against = [self._is_against_word(change) for change in changes]
        proposals = (
            Proposal((change.before, change.after), change.confidence)
            for change, real in zip(changes, against, strict=True)
            if real
        )
        log_odds = tempering(proposals, filter(self._is_of_word, mended), self.sure_from, words)
        weighed = [
            change._replace(confidence=tempered(change.confidence, log_odds)) if real else change
            for change, real in zip(changes, against, strict=True)
        ]
        return weighed, log_odds < 0

    def _is_against_word(self, change: Decision) -> bool:
        """Whether a change is one of a real word in text that is right for the most part."""
        passage, pair = self.of_line[change.item.line], (change.before, change.after)
        is_case = change.before.lower() == change.after.lower()
        return passage.damage in TRUSTED and not passage.torn and not is_case and self._is_of_word(pair)

    def _is_of_word(self, pair: Pair) -> bool:
        return self.language.lexicon.number(pair[0]) is not None


def tempering(proposals: Iterable[Proposal], mended: Iterable[Pair], sure_from: float, words: int) -> float:
    """Return the log-odds, none or fewer, that proposals against the words of a document are to lose.

    ``mended`` are those that earlier rounds have accepted, ``words`` is how many words the document has. Each pair of
    words counts once, however often it recurs.
    """
    sure, unsure = set(mended), set[Pair]()
    for pair, confidence in proposals:
        (sure if confidence >= sure_from else unsure).add(pair)
    doubtful = len(unsure - sure) - _T.usual_share * words
    if doubtful <= 0:
        return 0.0
    false = _T.false_ones * doubtful
    true = max(0.0, len(sure) - false) + 1
    return min(0.0, _T.weight * (math.log(true / false) - _T.usual))


def tempered(confidence: float, log_odds: float) -> float:
    """Return a confidence that has lost log-odds."""
    if not log_odds or not 0 < confidence < 1:
        return confidence
    return 1 / (1 + math.exp(-math.log(confidence / (1 - confidence)) - log_odds))
