"""What is pointed at without being changed - strange signs, letters among figures, spoilt units, words that cannot
be - and the gaps that letter-spacing leaves before a comma.
"""

from collections.abc import Iterator, Mapping, Sequence, Set

import numpy as np
import regex

from vnreport_ocr.model import Correction, Damage, Doubt, Line, place_after
from vnreport_ocr.repair.decision import Decision
from vnreport_ocr.repair.diagnose import TRUSTED
from vnreport_ocr.repair.figure_words import may_be_letters
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.policy import Policy
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import is_impossible
from vnreport_ocr.vietnamese.tokens import Kind

_GAP_CONFIDENCE = TUNING.flags.gap_confidence
_UNSURE_CHANGE = TUNING.flags.unsure_change
_WEIGHED_STEPS = ("decode", "punctuation")
_STRANGE_MARK = regex.compile(r"[®©¢¥£¤§¬¦]|(?<![\w.+-])@|@(?![\w-])")
_LETTERED_FIGURE = regex.compile(r"(?<![\p{L}\d])(?:\d+[OolI|S]\d*|[OlI|]\d+[.,/]\d+)(?![\p{L}\d])")

_SPOILT_UNIT = regex.compile(r"(?<=\d )[kcd]?m[ỶÝỲŶŸỸỴỷýỳŷÿỹỵ?\u02c6°^](?![\p{L}\d])")
"""What an engine makes of ``m²`` and ``m³``; which of the two it was, only a person can see."""

_FLAGGED = (
    (_STRANGE_MARK, "a sign that may stand for a footnote mark"),
    (_LETTERED_FIGURE, "a letter among figures"),
    (_SPOILT_UNIT, "a unit whose superscript was misread"),
)


def close_gaps(lines: Parsed, policies: Sequence[Policy], corrections: list[list[Correction]]) -> None:
    """Take out the blank before a comma or full stop where a line was letter-spaced."""
    for number, items in enumerate(lines.items):
        if not policies[number].loose:
            continue
        text = lines.texts[number]
        for item in items:
            start = len(text[: item.start].rstrip())
            dots = text[item.start : item.start + 2] == ".."
            if (
                item.kind in (Kind.PAUSE, Kind.STOP)
                and 0 < start < item.start
                and not dots
                and text[start - 1].isalnum()
            ):
                gap = text[start : item.start]
                corrections[number].append(Correction(start, gap, "", "spacing", _GAP_CONFIDENCE, "torn apart"))


def flag_signs(lines: Parsed, damage: dict[int, Damage], doubts: list[list[Doubt]]) -> None:
    """Point at signs that an engine writes for footnote numbers, at letters among figures, and at spoilt units."""
    for number, mine in enumerate(doubts):
        for found, of_any_text in lines.derived(number, _flags, None):
            if of_any_text or damage.get(number) in TRUSTED:
                mine.append(found)


def flag_impossible(
    lines: Parsed,
    damage: dict[int, Damage],
    corrections: Sequence[Sequence[Correction]],
    doubts: list[list[Doubt]],
    named: Set[str],
) -> None:
    """Point at words that no one can have meant and that stay, as nothing certain was found for them; ``named`` are
    words that the user knows.
    """
    for number, mine in enumerate(doubts):
        found = lines.derived(number, _impossible, None) if damage.get(number) in TRUSTED else ()
        if found:
            known = {doubt.start for doubt in mine} | {correction.start for correction in corrections[number]}
            mine += [doubt for doubt in found if doubt.start not in known and doubt.text not in named]


def figures_within_words(lines: Parsed, misread: Set[int]) -> list[tuple[Doubt, ...]]:
    """Return a doubt for each word with a figure in it that stays in lines ``misread``, those read in another language:
    most of these figures are letters.
    """
    return [
        tuple(Doubt(i.start, i.text, "a figure within a word") for i in items if may_be_letters(i.text))
        if number in misread
        else ()
        for number, items in enumerate(lines.items)
    ]


def untold(doubts: Sequence[Doubt], told: Sequence[Doubt]) -> tuple[Doubt, ...]:
    """Return the doubts about places of which nothing is told yet."""
    known = {doubt.start for doubt in told}
    return tuple(doubt for doubt in doubts if doubt.start not in known)


def _impossible(_text: str, items: Sequence[Item], _context: None) -> list[Doubt]:
    return [Doubt(i.start, i.text, "no such word") for i in items if i.kind is Kind.WORD and is_impossible(i.text)]


def _flags(text: str, _items: Sequence[Item], _context: None) -> list[tuple[Doubt, bool]]:
    """Return what is to be pointed at in a line, and whether it is whatever damage the text has."""
    return [
        (Doubt(found.start(), found.group(), reason), pattern is not _STRANGE_MARK)
        for pattern, reason in _FLAGGED
        for found in pattern.finditer(text)
    ]


def unsure_to_keep(decisions: Sequence[Decision], damage: Mapping[int, Damage]) -> list[tuple[Doubt, ...]]:
    """Return a doubt for each word of damaged text that stays only because it is a little likelier than another."""
    doubts: dict[int, list[Doubt]] = {}
    for decision in decisions:
        line, before = decision.item.line, decision.before
        if before == decision.after and decision.confidence < _UNSURE_CHANGE and damage[line] not in TRUSTED:
            reason = f"kept as it was read, {decision.confidence:.0%} sure"
            doubts.setdefault(line, []).append(Doubt(decision.item.start, before, reason))
    return [tuple(doubts.get(line, ())) for line in range(len(damage))]


def still_standing(doubts: Sequence[Doubt], since: Sequence[Correction], text: str) -> Iterator[Doubt]:
    """Yield doubts where their words are once the corrections made ``since`` are, if they are the same words."""
    for doubt in doubts:
        start = place_after(doubt.start, tuple(since))
        if text.startswith(doubt.text, start):
            yield doubt._replace(start=start)


def unsure_changes(lines: Sequence[Line]) -> list[tuple[Doubt, ...]]:
    """Return a doubt for each uncertain change, at its place in the repaired line."""
    return [tuple(_unsure(line)) for line in lines]


def _unsure(line: Line) -> Iterator[Doubt]:
    unsure = [c.confidence < _UNSURE_CHANGE and c.step.startswith(_WEIGHED_STEPS) for c in line.corrections]
    if not any(unsure):
        return
    text = line.text  # once: it is made anew each time it is asked for
    starts = np.array([correction.start for correction in line.corrections])
    for place, later in enumerate(line.corrections):
        earlier = starts[:place]
        earlier[earlier >= later.start + len(later.before)] += len(later.after) - len(later.before)
    for doubted, start, correction in zip(unsure, starts.tolist(), line.corrections, strict=True):
        if doubted and text.startswith(correction.after, start):
            reason = f"changed from {correction.before!r}, {correction.confidence:.0%} sure"
            yield Doubt(start, correction.after, reason)
