"""What a word may have been: the syllables that can be read so, and the word itself."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.confusions import Confusions
from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE, in_case
from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.vietnamese.letters import strip_marks

MOST = 16
_WIDTH = 11.0
_WORD_WEIGHT = 30.0
"""How many sightings of a whole word weigh as much as what its parts say."""
_FREQUENCY = 0.6
_LETTER_COST = 2.8
"""What each letter of a word costs that is in no lexicon."""
_STRANGE_COST = 1.0
_KNOWN_COST = 0.7
_LONGEST = 12


class Candidates(NamedTuple):
    """The candidates of one word, arrays of one length."""

    words: NDArray[np.int64]
    cases: NDArray[np.int64]
    scores: NDArray[np.float32]
    texts: list[str]


class Source(Protocol):
    """Anything that knows what a word may have been."""

    def find(self, read: str) -> Candidates:
        """The candidates of a word as it was read; never none."""


def case_of(text: str) -> int:
    """Small, with a capital, or in capitals."""
    if len(text) > 1 and text.isupper():
        return CAPITALS
    return TITLE if text[:1].isupper() else SMALL


def itself(read: str, language: Language) -> Candidates:
    """The word as it stands, and nothing else."""
    number = language.lexicon.number(read)
    return Candidates(
        np.array([UNKNOWN if number is None else number]), np.array([case_of(read)]), np.zeros(1, np.float32), [read]
    )


class ChannelSource:
    """Candidates by the confusion model of an engine."""

    def __init__(self, language: Language, channel: Confusions) -> None:
        self._language = language
        self.channel = channel
        self._frequency = _FREQUENCY * np.log(language.lexicon.counts + 1)
        self._totals = {word: sum(readings.values()) for word, readings in channel.words.items()}
        self._known: dict[str, Candidates] = {}

    def find(self, read: str) -> Candidates:
        """The syllables that may be read so, the abbreviation it may be, and the word itself."""
        known = self._known.get(read)
        if known is None:
            known = self._known[read] = self._look_up(read)
        return known

    def _look_up(self, read: str) -> Candidates:
        inventory = self.channel.inventory
        if len(read) > _LONGEST:
            forms, scores = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        else:
            forms, scores = self.channel.form_scores(read, _WIDTH)
        texts = [inventory.texts[form] for form in forms]
        scores = self._with_whole_words(read, texts, scores)
        if forms.size > MOST:
            best = np.argsort(-(scores + self._frequency[inventory.word[forms]]), kind="stable")[:MOST]
            forms, scores, texts = forms[best], scores[best], [texts[place] for place in best]
        words = list(inventory.word[forms])
        cases = list(inventory.case[forms])
        costs = list(scores)
        for word, text, cost in self._others(read, texts):
            words.append(word)
            cases.append(case_of(text))
            costs.append(-cost)
            texts.append(text)
        return Candidates(
            np.array(words, dtype=np.int64), np.array(cases, dtype=np.int64), np.array(costs, dtype=np.float32), texts
        )

    def _with_whole_words(self, read: str, texts: list[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        result = scores.copy()
        for place, text in enumerate(texts):
            total = self._totals.get(text)
            if total:
                seen = self.channel.words[text].get(read, 0.0)
                result[place] = np.log((seen + _WORD_WEIGHT * np.exp(scores[place])) / (total + _WORD_WEIGHT))
        return result

    def _others(self, read: str, texts: list[str]) -> list[tuple[int, str, float]]:
        lexicon, symbols = self._language.lexicon, self._language.symbols
        others: list[tuple[int, str, float]] = []
        if read.isupper() and len(read) > 2:
            mended = symbols.mend(read)
            if mended is not None and mended not in texts:
                others.append((lexicon.number(mended) or UNKNOWN, mended, _KNOWN_COST + 1.0))
        if read not in texts:
            number = lexicon.number(read)
            if number is not None:
                others.append((number, read, _KNOWN_COST))
            else:
                others.append((UNKNOWN, read, _LETTER_COST * len(read) + _STRANGE_COST))
        return others


class StrippedSource:
    """Candidates of a word without marks: every syllable of the same letters."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: dict[str, Candidates] = {}

    def find(self, read: str) -> Candidates:
        """The syllables that have these letters, in the case of the word."""
        known = self._known.get(read)
        if known is None:
            known = self._known[read] = self._look_up(read)
        return known

    def _look_up(self, read: str) -> Candidates:
        numbers = self._language.skeletons.get(read.lower(), ()) if read.isascii() else ()
        if not numbers or (len(read) > 1 and read.isupper() and read in self._language.symbols):
            mended = self._language.symbols.mend(read) if read.isupper() else None
            return itself(mended or read, self._language)
        case = case_of(read)
        entries = self._language.lexicon.entries
        texts = [in_case(entries[number].text, case) for number in numbers]
        if not all(strip_marks(text) == read for text in texts):
            texts = [_like(read, text) for text in texts]
        size = len(numbers)
        return Candidates(np.array(numbers), np.full(size, case), np.zeros(size, dtype=np.float32), texts)


def _like(read: str, text: str) -> str:
    """The letters of a text in the cases of the word that was read (``HCm``)."""
    return "".join(t.upper() if r.isupper() else t.lower() for r, t in zip(read, text, strict=True))
