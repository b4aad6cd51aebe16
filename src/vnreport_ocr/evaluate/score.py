"""How far a text is from the truth: wrong characters and words, harm done, errors mended, digits.

Texts are compared in NFC, where each Vietnamese letter is one character, with white space collapsed and
curly quotes and dashes made plain. The two placements of a tone (``hoà``, ``hòa``) are the same word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from rapidfuzz.distance import Levenshtein, Opcode

from vnreport_ocr.vietnamese import letters

_PLAIN = str.maketrans(
    {
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
    }
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair did, word by word: the truth, the text before it, and the text after it."""

    raw_cer: float
    raw_wer: float
    broken: int
    """Words that were right before and are wrong now."""
    mended: int
    """Words that were wrong before and are right now."""
    harm: float
    """The broken words' share of the words that were right."""
    left_wrong: int
    """Words of the truth that the repaired text does not have in their place."""


@dataclass(frozen=True, slots=True)
class Score:
    """How far a text is from its truth; shares are of the truth's characters or words."""

    words: int
    cer: float
    wer: float
    missing: float
    """The share of the truth's words that are nowhere in the text, in whatever order."""
    marks_wrong: float
    """The share of words that have the right letters under wrong hats, horns, strokes or tones."""
    tones_wrong: float
    """The part of these where only the tone is wrong."""
    numbers: int
    numbers_missing: int
    """Numbers of the truth that do not stand in their place."""
    repair: Repair | None = None

    def flat(self) -> dict[str, float | int]:
        """Every figure under its own name, those of the repair last."""
        figures = asdict(self)
        repair = figures.pop("repair") or {}
        return figures | repair


def score(truth: str, text: str, raw: str | None = None) -> Score:
    """Score ``text`` against ``truth``; with ``raw``, the text before a repair, also what the repair did."""
    plain_truth, plain_text = _plain(truth), _plain(text)
    truth_words, text_words = plain_truth.split(), plain_text.split()
    truth_keys, text_keys = word_keys(truth_words), word_keys(text_words)
    steps = Levenshtein.opcodes(truth_keys, text_keys)
    marks, tones = _marks_and_tones(truth_words, text_words, steps)
    truth_count = Counter(truth_keys)
    truth_numbers = _NUMBER.findall(plain_truth)
    text_numbers = _NUMBER.findall(plain_text)
    return Score(
        words=len(truth_keys),
        cer=Levenshtein.distance(plain_truth, plain_text) / max(1, len(plain_truth)),
        wer=Levenshtein.distance(truth_keys, text_keys) / max(1, len(truth_keys)),
        missing=(truth_count - Counter(text_keys)).total() / max(1, truth_count.total()),
        marks_wrong=marks / max(1, len(truth_keys)),
        tones_wrong=tones / max(1, len(truth_keys)),
        numbers=len(truth_numbers),
        numbers_missing=len(truth_numbers) - len(_right(truth_numbers, text_numbers)),
        repair=None if raw is None else _repair(plain_truth, raw, truth_keys, text_keys),
    )


def digits_changed(truth: str, raw: str, text: str) -> int:
    """How many numbers a repair lost that had been read rightly, or made that were neither read nor true.

    A figure that stands for a letter (``1an`` for ``lần``) is no number of the truth, and may go.
    """
    true, before, after = (Counter(_NUMBER.findall(one)) for one in (truth, raw, text))
    lost = (true & before) - after
    invented = after - before - true
    return max(lost.total(), invented.total())


def right_words(truth: str, text: str) -> set[int]:
    """Return the numbers of the text's words (counted from 0) that stand in the truth, in their place."""
    return _right(word_keys(_plain(text).split()), word_keys(_plain(truth).split()))


def word_keys(words: list[str]) -> list[str]:
    """Words as they are compared: equal where only the place of a tone differs."""
    known: dict[str, str] = {}
    return [known[w] if w in known else known.setdefault(w, _key(w)) for w in words]


def _repair(plain_truth: str, raw: str, truth_keys: list[str], text_keys: list[str]) -> Repair:
    plain_raw = _plain(raw)
    raw_keys = word_keys(plain_raw.split())
    was, now = _right(truth_keys, raw_keys), _right(truth_keys, text_keys)
    return Repair(
        raw_cer=Levenshtein.distance(plain_truth, plain_raw) / max(1, len(plain_truth)),
        raw_wer=Levenshtein.distance(truth_keys, raw_keys) / max(1, len(truth_keys)),
        broken=len(was - now),
        mended=len(now - was),
        harm=len(was - now) / max(1, len(was)),
        left_wrong=len(truth_keys) - len(now),
    )


def _plain(text: str) -> str:
    return " ".join(letters.nfc(text).translate(_PLAIN).split())


def _key(word: str) -> str:
    """Return the word with its tones moved behind it, so that their place does not count (and nothing else is lost)."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(c for c in decomposed if c in letters.TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in letters.TONES)) + tones


def _right(truth: list[str], text: list[str]) -> set[int]:
    """Return the places of the truth that the text has right."""
    places: set[int] = set()
    for step in Levenshtein.opcodes(truth, text):
        if step.tag == "equal":
            places.update(range(step.src_start, step.src_end))
    return places


def _marks_and_tones(truth: list[str], text: list[str], steps: Iterable[Opcode]) -> tuple[int, int]:
    marks = tones = 0
    for step in steps:
        if step.tag != "replace":
            continue
        for right, read in zip(
            truth[step.src_start : step.src_end], text[step.dest_start : step.dest_end], strict=True
        ):
            if letters.strip_marks(right).lower() == letters.strip_marks(read).lower():
                marks += 1
                tones += letters.split_tone(right)[0].lower() == letters.split_tone(read)[0].lower()
    return marks, tones
