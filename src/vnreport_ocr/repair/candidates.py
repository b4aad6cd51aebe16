"""What a word may have been: the syllables that can be read that way, and the word itself."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.confusions import Confusions, Inventory
from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE, in_case
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import NUMBER, UNKNOWN
from vnreport_ocr.native.channel import Pool, Search
from vnreport_ocr.native.scale import SPARE, ScaleArrays, Weighed, native_scale
from vnreport_ocr.repair.slips import Slips
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import has_vietnamese_letter, match_case, split_tone, strip_marks
from vnreport_ocr.vietnamese.syllables import canonical, is_impossible, is_legal

KEPT = 12_000
"""How many words are remembered."""

MOST = TUNING.candidates.most

_MARGIN = TUNING.candidates.margin

_POOL = TUNING.candidates.pool
_WIDTH = TUNING.candidates.width
_OWN_WEIGHT = TUNING.candidates.own_weight
_WORD_WEIGHT = TUNING.candidates.word_weight
_LEAST_SHARE = TUNING.candidates.least_share
_FREQUENCY = TUNING.candidates.frequency
_ODD_COST = TUNING.candidates.odd_cost
_STRANGE_COST = TUNING.candidates.strange_cost
_IMPOSSIBLE_COST = TUNING.candidates.impossible_cost
_KNOWN_COST = TUNING.candidates.known_cost
_MOVED_COST = TUNING.candidates.moved_cost

_LABEL_COST = TUNING.candidates.label_cost

_ABBREVIATION_BONUS = TUNING.candidates.abbreviation_bonus
_SHORTEST_FOREIGN, _FOREIGN_COST = TUNING.candidates.shortest_foreign, TUNING.candidates.foreign_cost

_LONGEST = TUNING.candidates.longest
MOST_SLIPS = TUNING.candidates.most_slips

_HOPELESS = -1e9


class FormTexts:
    """The texts of forms and of what is no form; only those asked for are looked up, and few are."""

    __slots__ = ("_forms", "_known", "_others")

    def __init__(self, known: list[str], forms: NDArray[np.int32], others: list[str]) -> None:
        self._known, self._forms, self._others = known, forms, others

    def __len__(self) -> int:
        return self._forms.size + len(self._others)

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, place: int) -> str:
        beyond = place - self._forms.size
        return self._known[self._forms[place]] if beyond < 0 else self._others[beyond]


class Texts(Protocol):
    """Texts by their places."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[str]: ...

    def __getitem__(self, place: int, /) -> str: ...


class Candidates(NamedTuple):
    """The candidates of one word, arrays of one length; ``own`` is the place of the word itself."""

    words: NDArray[np.integer[Any]]
    cases: NDArray[np.integer[Any]]
    scores: NDArray[np.float32]
    texts: Texts
    own: int


class Source(Protocol):
    """Anything that can say what a word may have been."""

    def find(self, read: str) -> Candidates:
        """Return the candidates of a word as it was read; there is always at least one."""


def case_of(text: str) -> int:
    """Small, with a capital, or in capitals."""
    if len(text) > 1 and text.isupper():
        return CAPITALS
    return TITLE if text[:1].isupper() else SMALL


def itself(read: str, language: Language) -> Candidates:
    """Return the word as it is, and nothing else."""
    number = language.lexicon.number(read)
    return Candidates(
        np.array([UNKNOWN if number is None else number]), np.array([case_of(read)]), np.zeros(1, np.float32), [read], 0
    )


def some(found: Candidates, rows: list[int], texts: list[str]) -> Candidates:
    """Return some of the candidates, with other texts; the word itself is none of them."""
    return Candidates(found.words[rows], found.cases[rows], found.scores[rows], texts, -1)


class Manner(NamedTuple):
    """How candidates are sought in what an engine read."""

    letter_cost: float
    """What each letter of a word that is in no lexicon costs."""
    most_cost: float
    """The most a word costs as it is: anything less likely to be read so was not meant."""
    slip_score: float | None
    """The least log-chance of a reading that differs from what is meant in its marks alone."""
    unlikely: float
    """A piece of a word is passed over if no letter group is read as it with more chance than this."""


class ChannelSource:
    """Candidates by the confusion model of an engine."""

    def __init__(self, language: Language, channel: Confusions, manner: Manner, slips: Slips | None = None) -> None:
        slip_score = manner.slip_score
        self._manner = manner
        self.channel = channel
        self._language = language
        frequency = _FREQUENCY * np.log(language.lexicon.counts + 1)
        weights = frequency[channel.inventory.word].astype(np.float32)
        least = _HOPELESS if slip_score is None else slip_score
        self._search = Search(_WIDTH, _POOL, weights, least, manner.unlikely)
        self._sightings = Sightings.of(channel, weights)
        self.slips = None if slip_score is None else slips or Slips(channel.inventory, channel.letters, weights)
        self._pools: Memory[str, Pool] = Memory(KEPT)
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def adapted(self, channel: Confusions, decided: Counter[tuple[str, str]]) -> "AdaptedSource":
        """Return the same source over a channel that was adapted to a document by its decisions."""
        return AdaptedSource(self, channel, self._sightings.with_more(channel, decided))

    def over(self, channel: Confusions) -> "ChannelSource":
        """Return a source of the same manner over another channel."""
        return ChannelSource(self._language, channel, self._manner, self.slips)

    def find(self, read: str) -> Candidates:
        """Return the syllables that may be read so, the abbreviation it may be, and the word itself."""
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        weighed = self._sightings.weigh(read, self.pool(read), MOST)
        if self.slips is not None:
            weighed = self.slips.merged(read, case_of(read), weighed, MOST_SLIPS)
        return self.gather(read, weighed)

    def pool(self, read: str) -> Pool:
        """Return the likeliest forms of a reading, more than will be weighed; remembered."""
        return self._pools.recall(read, self._find_pool)

    def _find_pool(self, read: str) -> Pool:
        slips = [] if self._manner.slip_score is None else self._same_bones(read)
        if len(read) > _LONGEST:
            sure = np.full(len(slips), self._search.sure_score, dtype=np.float32)
            return Pool.pair(np.array(slips, dtype=np.int32), sure)
        return self.channel.pool(read, self._search, slips)

    def _same_bones(self, read: str) -> list[int]:
        """List the forms that have the same letters, whatever their marks, in order."""
        bare = strip_marks(read)
        form_of = self.channel.inventory.form_by_word[case_of(bare)]
        forms = [form_of[number] for number in self._language.skeletons.get(bare.lower(), ())]
        return [form for form in forms if form >= 0]

    def gather(self, read: str, weighed: Weighed) -> Candidates:
        """Return the candidates out of forms that were weighed, and what the word may be besides."""
        forms, words, cases, scores, own = weighed
        others = self._others(read, own < 0, forms)
        for place, (word, text, cost) in enumerate(others, forms.size):
            words[place], cases[place], scores[place] = word, case_of(text), -cost
            own = place if own < 0 and text == read else own
        size = forms.size + len(others)
        texts = FormTexts(self.channel.inventory.texts, forms, [text for _, text, _ in others])
        return Candidates(words[:size], cases[:size], scores[:size], texts, own)

    def _others(self, read: str, strange: bool, forms: NDArray[np.int32]) -> list[tuple[int, str, float]]:
        """Return what a word may be besides the forms: its number, its text and what that costs."""
        lexicon, symbols = self._language.lexicon, self._language.symbols
        others: list[tuple[int, str, float]] = []
        if len(read) > 2 and read.isupper():
            mended = symbols.mend(read)
            if mended is not None and self.channel.inventory.number_of.get(mended, -1) not in forms:
                others.append((lexicon.number(mended) or UNKNOWN, mended, _KNOWN_COST + 1.0))
        if not strange:
            return others
        number, placed, plain = lexicon.number(read), canonical(read), read.isalpha()
        foreign = lexicon.numbers.get(strip_marks(read.lower())) if plain and has_stray_mark(read) else None
        if foreign is not None and len(read) >= _SHORTEST_FOREIGN and not is_legal(lexicon.entries[foreign].text):
            others.append((foreign, strip_marks(read), _FOREIGN_COST))
        moved = lexicon.number(placed) if number is None else None
        if moved is not None:
            others.append((moved, match_case(read, placed), _MOVED_COST))
        if not plain and read.isascii() and any(c.isdigit() for c in read):
            others.append((NUMBER, read, _LABEL_COST))
        elif number is not None and read in (read.lower(), read.upper(), match_case(read, read.lower())):
            others.append((number, read, _KNOWN_COST))
        else:
            odd = 0 if plain else sum(not c.isalpha() for c in read)
            cost = self._manner.letter_cost * len(read) + _STRANGE_COST + _ODD_COST * odd
            cost += _IMPOSSIBLE_COST if is_impossible(read) else 0
            others.append((UNKNOWN, read, min(cost, self._manner.most_cost)))
        return others


def has_stray_mark(word: str) -> bool:
    """Return whether a word has marks that no foreign name has, or none but a tone."""
    return has_vietnamese_letter(word) or (not word.isascii() and split_tone(word)[0].isascii())


class Sightings:
    """How often whole words were read as they are."""

    def __init__(
        self,
        inventory: Inventory,
        totals: NDArray[np.float64],
        readings: dict[str, dict[int, float]],
        weights: NDArray[np.float32],
    ) -> None:
        """``weights`` says of each form how often it is written at all."""
        self._inventory = inventory
        self._totals = totals
        self._readings = readings
        self._weights = weights
        left = np.maximum(_LEAST_SHARE, _WORD_WEIGHT / (totals + _WORD_WEIGHT))
        self._left = left.astype(np.float32)
        self._share = ((1 - left) / np.maximum(totals, 1e-9)).tolist()
        self._native = native_scale(ScaleArrays(np.log(self._left), weights, inventory.word, inventory.case))

    @classmethod
    def of(cls, channel: Confusions, weights: NDArray[np.float32]) -> "Sightings":
        """Return the sightings that came with the channel."""
        forms = channel.inventory.number_of
        totals = np.zeros(len(forms))
        readings: dict[str, dict[int, float]] = {}
        for text, found in channel.words.items():
            form = forms.get(text)
            if form is not None:
                totals[form] = sum(found.values())
                for read, count in found.items():
                    readings.setdefault(read, {})[form] = count
        return cls(channel.inventory, totals, readings, weights)

    def with_more(self, channel: Confusions, decided: Counter[tuple[str, str]]) -> "Sightings":
        """Return the same with a document's own decisions."""
        forms = channel.inventory.number_of
        totals, readings = self._totals.copy(), dict(self._readings)
        for (read, text), count in decided.items():
            form = forms.get(text)
            if form is not None:
                own = readings[read] = dict(readings.get(read, {}))
                own[form] = own.get(form, 0.0) + _OWN_WEIGHT * count
                totals[form] += _OWN_WEIGHT * count
        return Sightings(self._inventory, totals, readings, self._weights)

    def weigh(self, read: str, pool: Pool, most: int, anew: Confusions | None = None) -> Weighed:
        """Return the forms of a pool, their scores mixed with what was seen of whole words; of many the best.

        Where there is another channel, it scores them anew.
        """
        readings = self._readings.get(read)
        seen = {form: self._share[form] * count for form, count in readings.items()} if readings else {}
        own = self._inventory.number_of.get(read, -1)
        if self._native is not None:
            return self._native.weigh(read, own, pool, seen, most, _MARGIN, anew.native if anew else None)
        scores = anew.rescore(read, pool.forms) if anew is not None else pool.scores
        chance = self._left[pool.forms] * np.exp(scores)
        for form, share in seen.items():
            chance[pool.forms == form] += share
        forms, scores = pool.forms, np.log(chance)
        ranks = scores + self._weights[forms]
        some = np.sort(np.argsort(-ranks, kind="stable")[:most])
        some = some[(ranks[some] >= ranks.max(initial=-np.inf) - _MARGIN) | (forms[some] == own)]
        forms, scores = forms[some], scores[some]
        size = forms.size + SPARE
        words, cases, mixed = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.float32)
        words[: forms.size], cases[: forms.size] = self._inventory.word[forms], self._inventory.case[forms]
        mixed[: forms.size] = scores
        places = np.flatnonzero(forms == own)
        return Weighed(forms, words, cases, mixed, int(places[0]) if places.size else -1)


class AdaptedSource:
    """A source whose pools are weighed anew by a channel that was adapted to a document."""

    def __init__(self, source: ChannelSource, channel: Confusions, sightings: Sightings) -> None:
        self._source = source
        self._channel = channel
        self._sightings = sightings
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def find(self, read: str) -> Candidates:
        """Return the candidates of a word; there is always at least one."""
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        weighed = self._sightings.weigh(read, self._source.pool(read), MOST, self._channel)
        return self._source.gather(read, weighed)


class StrippedSource:
    """Candidates of a word without marks: every syllable of the same letters."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def find(self, read: str) -> Candidates:
        """Return the syllables that have these letters, in the case of the word."""
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        numbers = self._language.skeletons.get(read.lower(), ()) if read.isascii() else ()
        if not numbers:
            mended = self._language.symbols.mend(read) if read.isupper() else None
            return itself(mended or read, self._language)._replace(own=-1 if mended else 0)
        case = case_of(read)
        entries = self._language.lexicon.entries
        texts = [in_case(entries[number].text, case) for number in numbers]
        if not all(strip_marks(text) == read for text in texts):
            texts = [_like(read, text) for text in texts]
        size = len(numbers)
        own = texts.index(read) if read in texts else -1
        found = Candidates(np.array(numbers), np.full(size, case), np.zeros(size, dtype=np.float32), texts, own)
        if case == CAPITALS and read in self._language.symbols:
            return _with_abbreviation(found, read)
        return found


def _with_abbreviation(found: Candidates, read: str) -> Candidates:
    """Return the candidates, and the word as an abbreviation (``TU``) where it has the letters of a syllable too."""
    return Candidates(
        np.append(found.words, UNKNOWN),
        np.append(found.cases, CAPITALS),
        np.append(found.scores, np.float32(_ABBREVIATION_BONUS)),
        [*found.texts, read],
        found.words.size,
    )


def _like(read: str, text: str) -> str:
    """Return the letters of a text in the cases of the word that was read (``HCm``)."""
    return "".join(t.upper() if r.isupper() else t.lower() for r, t in zip(read, text, strict=True))
