"""Slips of one letter: any letter may be misread once, whatever the pages showed that a channel was counted on.

A channel gives what it never saw hardly any chance, and a word that it saw often the least of all. A slip has a floor:
the chance of the letter to be read so, and a small one of any other; for another mark on the letter a greater one,
and for another letter with other marks a far smaller one, as that is two slips.
"""

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.confusions import Inventory
from vnreport_ocr.language.letter_model import Readings
from vnreport_ocr.language.lexicon import SMALL
from vnreport_ocr.native.scale import SPARE, Weighed
from vnreport_ocr.native.slips import DRESSED, NativeSlips, SlipArrays, keys_without, native_slips
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import strip_marks

_MARKS = TUNING.slips.marks

_LETTER = TUNING.slips.letter

_BOTH = TUNING.slips.both

SHORTEST, LONGEST = TUNING.slips.shortest, TUNING.slips.longest

_TOO_RARE = TUNING.slips.too_rare

_SPARE = np.zeros(SPARE, dtype=np.int32)
_NOTHING = Weighed(_SPARE[:0], _SPARE, _SPARE, np.zeros(SPARE, dtype=np.float32), -1)


class Slips:
    """Finds the forms that differ from a reading in one letter."""

    def __init__(self, inventory: Inventory, letters: Readings, weights: NDArray[np.float32]) -> None:
        """Prepare for the syllables of an inventory: what each letter was read as, and by what forms are ranked."""
        self._weights = weights
        self._number_of = inventory.number_of
        self._arrays = _arrays(inventory, letters)
        self._native: NativeSlips | None = native_slips(self._arrays, weights)

    def merged(self, read: str, case: int, weighed: Weighed, most: int) -> Weighed:
        """Return forms that were weighed, none less likely than a slip makes it, and ``most`` more that one makes."""
        small = read.lower()
        bare = strip_marks(small)
        if not SHORTEST <= len(read) <= LONGEST or len(small) != len(read) or len(bare) != len(read):
            return weighed
        own = self._number_of.get(read, -1)
        if self._native is not None:
            return self._native.merged(read, small, bare, case, weighed, own, most)
        near: dict[int, np.float32] = {}
        for form, chance in self._near(read, small, bare, case):
            near[form] = max(near.get(form, chance), chance)
        near.pop(own, None)
        near.pop(-1, None)
        return self._merge(near, weighed, most)

    def rivals(
        self,
        numbers: Sequence[int],
        texts: Sequence[str],
        frequency: NDArray[np.float32],
        found: tuple[NDArray[np.int32], NDArray[np.float32]],
    ) -> None:
        """Write the words that one slip makes of each of some words, and their log-chances, into the rows of those.

        Words much rarer than the word are left out; ``frequency`` says how often each is written.
        """
        joined = "".join(texts)
        bare = strip_marks(joined)
        if self._native is not None and len(bare) == len(joined):
            begins = list(accumulate(map(len, texts), initial=0))
            self._native.rivals(numbers, (joined, bare, begins), frequency, _TOO_RARE, found)
            return
        most = found[0].shape[1]
        for number, text in zip(numbers, texts, strict=True):
            near = self.merged(text, SMALL, _NOTHING, most)
            size = near.forms.size
            words, chances = near.words[:size], near.scores[:size]
            likely = chances + frequency[words] - frequency[number] > np.float32(_TOO_RARE)
            size = int(np.count_nonzero(likely))
            found[0][number, :size], found[1][number, :size] = words[likely], chances[likely]

    def _merge(self, near: dict[int, np.float32], weighed: Weighed, most: int) -> Weighed:
        size = weighed.forms.size
        scores = weighed.scores.copy()
        for place, form in enumerate(weighed.forms.tolist()):
            if place != weighed.own:
                scores[place] = max(scores[place], near.pop(form, scores[place]))
        more = sorted(near, key=lambda form: (-(near[form] + self._weights[form]), form))[:most]
        forms = np.array(more, dtype=np.int32)
        spare = np.zeros(SPARE, dtype=np.int32)
        return Weighed(
            np.append(weighed.forms, forms),
            np.concatenate([weighed.words[:size], self._arrays.form_word[forms], spare]),
            np.concatenate([weighed.cases[:size], self._arrays.form_case[forms].astype(np.int32), spare]),
            np.concatenate([scores[:size], np.array([near[form] for form in more], np.float32), spare]),
            weighed.own,
        )

    def _near(self, read: str, small: str, bare: str, case: int) -> Iterator[tuple[int, np.float32]]:
        """Yield the forms that may have been read so by one slip, with the log-chance of it."""
        stock = self._arrays
        codes = np.array([[ord(sign) for sign in small]], dtype=np.uint32)
        for place, sign in enumerate(small):
            key = keys_without(codes, place)[0]
            at = int(np.searchsorted(stock.keys, key))
            if at == stock.keys.size or stock.keys[at] != key:
                continue
            for n in range(int(stock.begins[at]), int(stock.begins[at + 1])):
                letter, word = int(stock.letters[n]), stock.words[n]
                if letter != ord(sign):
                    chance = self._chance(n, sign, read[place], bare[place])
                    # A capital at the head of a small word may be a misread letter itself.
                    for written in dict.fromkeys((case, SMALL) if place == 0 else (case,)):
                        yield int(stock.forms[written, word]), chance

    def _chance(self, entry: int, small: str, read: str, bare: str) -> np.float32:
        stock = self._arrays
        letter = int(stock.letters[entry])
        key = np.uint64(letter << 32 | ord(read))
        at = int(np.searchsorted(stock.pair_keys, key))
        if at < stock.pair_keys.size and stock.pair_keys[at] == key:
            return np.float32(stock.pair_chances[at])
        if int(stock.bare[entry]) == ord(bare):
            return np.float32(stock.unseen[0])
        as_dressed = max(letter, ord(small)) < DRESSED and stock.dress[letter] == stock.dress[ord(small)]
        return np.float32(stock.unseen[1 if as_dressed else 2])


def _arrays(inventory: Inventory, letters: Readings) -> SlipArrays:
    forms = np.array(inventory.form_by_word, dtype=np.int32)
    by_size: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for word, form in enumerate(inventory.form_by_word[SMALL]):
        if form >= 0:
            by_size[len(inventory.texts[form])].append((word, inventory.texts[form]))
    keys, words, left_out = [], [], []
    for size, found in by_size.items():
        numbers = np.array([word for word, _ in found], dtype=np.int32)
        codes = np.array([[ord(sign) for sign in text] for _, text in found], dtype=np.uint32)
        for place in range(size):
            keys.append(keys_without(codes, place))
            words.append(numbers)
            left_out.append(codes[:, place])
    key, word_of, letter = np.concatenate(keys), np.concatenate(words), np.concatenate(left_out)
    order = np.lexsort((word_of, key))
    distinct, begins = np.unique(key[order], return_index=True)
    bare_of = {code: ord(strip_marks(chr(code))) for code in np.unique(letter).tolist()}
    pairs = sorted(_pairs(letters))
    return SlipArrays(
        distinct,
        np.append(begins, key.size).astype(np.int64),
        word_of[order],
        letter[order],
        np.array([bare_of[code] for code in letter[order].tolist()], dtype=np.uint32),
        np.array([pair for pair, _ in pairs], dtype=np.uint64),
        np.array([chance for _, chance in pairs], dtype=np.float32),
        _dress(),
        (math.log(_MARKS), math.log(_LETTER), math.log(_BOTH)),
        forms,
        inventory.word,
        inventory.case,
    )


def _dress() -> NDArray[np.uint8]:
    """Number the marks of every letter: letters with the same ones have the same number."""
    marks = [_marks(chr(code)) for code in range(DRESSED)]
    numbers = {found: number for number, found in enumerate(dict.fromkeys(marks))}
    return np.array([numbers[found] for found in marks], dtype=np.uint8)


def _pairs(letters: Readings) -> Iterator[tuple[int, float]]:
    """Yield letters with what they were read as, as one number, and the log-chance of it."""
    for letter, readings in letters.items():
        total = max(sum(readings.values()), 1.0)
        for read, times in readings.items():
            if len(letter) == len(read) == 1:
                yield ord(letter) << 32 | ord(read), math.log(times / total + _least(letter, read.lower()))


def _least(letter: str, read: str) -> float:
    """Return the chance that a letter is read as another one, whatever was seen."""
    if strip_marks(letter) == strip_marks(read):
        return _MARKS
    return _LETTER if _marks(letter) == _marks(read) else _BOTH


def _marks(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[1:]
