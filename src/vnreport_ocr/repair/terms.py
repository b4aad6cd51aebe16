"""The user's own terms: names and words that the dictionaries do not know, as strong candidates."""

from collections.abc import Iterable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.repair.candidates import KEPT, Candidates, Source, case_of
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones

_BONUS = TUNING.terms.bonus
_NEW_COST = TUNING.terms.new_cost
_FAR_COST = TUNING.terms.far_cost
_MOST = TUNING.terms.most


class Terms:
    """The words of the user's terms, found by their bare letters."""

    def __init__(self, terms: Iterable[str]) -> None:
        words = dict.fromkeys(word for term in terms for word in term.split() if word.isalpha())
        self.words = frozenset(word.lower() for word in words)
        self._by_bones: dict[str, list[str]] = {}
        for word in words:
            self._by_bones.setdefault(bones(word), []).append(word)

    def __bool__(self) -> bool:
        return bool(self.words)

    def near(self, read: str) -> list[tuple[str, int]]:
        """Return the words that look like a reading, with the number of letters in which they differ."""
        limit = 0 if len(read) < 3 else 1 if len(read) < 6 else 2
        found = process.extract(
            bones(read), list(self._by_bones), scorer=Levenshtein.distance, score_cutoff=limit, limit=_MOST
        )
        return [(word, int(distance)) for bare, distance, _ in found for word in self._by_bones[bare]]


class TermSource:
    """A source that knows the user's terms as well."""

    def __init__(self, source: Source, terms: Terms, language: Language) -> None:
        self._source = source
        self._terms = terms
        self._language = language
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def find(self, read: str) -> Candidates:
        """Return the other source's candidates, those that are in terms favoured, and the terms that look alike."""
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        found = self._source.find(read)
        bonus = [_BONUS if text.lower() in self._terms.words else 0.0 for text in found.texts]
        words, cases, scores, texts = (
            list(found.words),
            list(found.cases),
            list(found.scores + bonus),
            list(found.texts),
        )
        for term, distance in self._terms.near(read):
            text = term.upper() if case_of(read) == case_of(read.upper()) and len(read) > 1 else term
            if text not in texts:
                words.append(self._language.lexicon.number(text) or UNKNOWN)
                cases.append(case_of(text))
                scores.append(_BONUS - _NEW_COST - _FAR_COST * distance)
                texts.append(text)
        return Candidates(
            np.array(words, dtype=np.int64), np.array(cases), np.array(scores, dtype=np.float32), texts, found.own
        )
