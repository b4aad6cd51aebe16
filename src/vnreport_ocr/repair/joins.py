"""Joins the fragments of a torn word."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER
from vnreport_ocr.repair.candidates import Candidates, Source, some
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.policy import Policy
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import split_tone, strip_marks
from vnreport_ocr.vietnamese.syllables import LETTER_WORDS, is_legal
from vnreport_ocr.vietnamese.tokens import Kind

_UNITS = frozenset("mglh")
"""A letter after a figure that is not a piece of a word (``2.000 m ở xã``)."""

_LONGEST_JOIN, _LONGEST_PIECE = TUNING.joins.longest_join, TUNING.joins.longest_piece
_MOST_FRAGMENTS = TUNING.joins.most_fragments
_JOIN_FLOOR = TUNING.joins.join_floor
_JOIN_CANDIDATES = TUNING.joins.join_candidates
_WIDE_GAP_COST = TUNING.joins.wide_gap_cost


class Join(NamedTuple):
    """What fragments up to a place may have been as one word, and how likely they were torn apart."""

    read: str
    stop: int
    found: Candidates
    score: float


Wholes = dict[tuple[int, str], Candidates | None]
"""What fragments may have been together, by the number of the source and the fragments, as far as it was found out."""


def find_joins(
    sentence: Sequence[Item], place: int, policy: Policy, source: Source, language: Language, wholes: Wholes
) -> Iterator[Join]:
    """Find the words that fragments from a place on may have been; the next item is known to stand behind a blank.

    ``wholes`` serves all of a decoding: a letter-spaced text joins the same letters again and again.
    """
    first = sentence[place]
    if len(first.text) + len(sentence[place + 1].text) > _LONGEST_JOIN:
        return
    if not policy.loose and not _piece_near(sentence, place, language):
        return
    if first.text in _UNITS and place and sentence[place - 1].kind is Kind.NUMBER:
        return
    joined, score = first.text, 0.0
    torn = _is_piece(first.text, language)
    for after in range(place + 1, min(place + _MOST_FRAGMENTS, len(sentence))):
        item = sentence[after]
        if item.line != first.line or item.gap < 1 or item.kind is not Kind.WORD:
            return
        if not (item.may_change(digits=policy.digits) or (policy.loose and item.text.isalpha())):
            return
        if not policy.digits and _stand_alone(sentence[place : after + 1], language):
            return
        joined += item.text
        two_names = item.text[0].isupper() and not (joined.isupper() or first.capitals)
        if len(joined) > _LONGEST_JOIN or two_names:
            return
        torn = torn or _is_piece(item.text, language)
        score -= policy.join_cost + _WIDE_GAP_COST * (item.gap - 1)
        whole = strip_marks(joined).lower() in language.skeletons
        if not (torn or whole if policy.loose else torn and whole):
            continue
        key = (id(source), joined)
        if key not in wholes:
            wholes[key] = _whole(source.find(joined))
        found = wholes[key]
        if found is not None:
            yield Join(joined, after + 1, found, score)


def _whole(found: Candidates) -> Candidates | None:
    """Return what fragments may have been as one word, likeliest first."""
    known = np.flatnonzero((found.words > NUMBER) & (found.scores > _JOIN_FLOOR))
    best = known[np.argsort(-found.scores[known], kind="stable")[:_JOIN_CANDIDATES]].tolist()
    rows = [n for n in best if is_legal(found.texts[n]) or found.texts[n].isupper()]
    return some(found, rows, [found.texts[n] for n in rows]) if rows else None


def _stand_alone(pieces: Sequence[Item], language: Language) -> bool:
    """Whether pieces cannot come from one word: a sign among them, or a whole word with a tone,
    and another tone, or nothing but tones (``Ì Ị``).
    """
    toned = [piece for piece in pieces if split_tone(piece.text)[1]]
    whole = any(len(piece.text) > 1 and language.lexicon.number(piece.text) is not None for piece in toned)
    return len(toned) == len(pieces) or (whole and len(toned) > 1) or not all(piece.text.isalpha() for piece in pieces)


def _is_piece(text: str, language: Language) -> bool:
    """Whether a text is probably not a whole word."""
    if len(text) == 1:
        return text.lower() not in LETTER_WORDS
    return len(text) <= _LONGEST_PIECE and language.lexicon.number(text) is None


def _piece_near(sentence: Sequence[Item], place: int, language: Language) -> bool:
    """Whether a piece stands near enough to be torn off the same word as what is in a place."""
    length = 0
    for item in sentence[place : place + _MOST_FRAGMENTS]:
        length += len(item.text)
        if length > _LONGEST_JOIN:
            return False
        if _is_piece(item.text, language):
            return True
    return False
