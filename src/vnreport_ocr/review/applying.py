"""Decisions applied to a page: each is looked for by its box and its words, and becomes a correction by a person."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, Correction, Line, Page, Table
from vnreport_ocr.review.decisions import AROUND, Decisions, ReviewDecision, Verdict, by_page
from vnreport_ocr.spans import box_around, final_span, raw_span, tokens_in, whole_words

STEP: Final = "person"
"""The step of a correction that a person made."""

_ENOUGH: Final = 6
"""So many letters around a place must be those around the decision, where nothing tells its box."""

_NO_LETTERS: Final = " \t\u00a0.,;:!?()[]\"'“”‘’…-–/"
_OVERLAP: Final = 0.5
"""So much of the smaller box must be shared by two boxes that show the same word."""


class Applied(NamedTuple):
    """A page with decisions in it, and those whose place was not found."""

    page: Page
    held: int
    lost: tuple[ReviewDecision, ...]


class _Found(NamedTuple):
    line: int
    start: int
    end: int


def apply(page: Page, decisions: Iterable[ReviewDecision]) -> Applied:
    """Apply the decisions about this page.

    All are looked for in the page as it came, and applied from the end: what one changes moves no other's place.
    """
    lines = list(_all_lines(page))
    texts = [line.text for line in lines]
    own = [decision for decision in decisions if decision.page == page.number]
    found = [(place, decision) for decision in own if (place := _find(lines, texts, decision)) is not None]
    held_ones = {id(decision) for _, decision in found}
    lost = [decision for decision in own if id(decision) not in held_ones]
    found.sort(key=lambda pair: (pair[0].line, pair[0].start))
    free = dict.fromkeys(range(len(lines)), 10**9)
    held = 0
    for place, decision in reversed(found):
        if place.end > free[place.line]:
            lost.append(decision)
            continue
        free[place.line] = place.start
        lines[place.line] = _decided(lines[place.line], place.start, place.end, decision)
        held += 1
    return Applied(_with_lines(page, lines) if held else page, held, tuple(lost))


class Applying:
    """Decisions applied to the pages of a document, one after the other."""

    def __init__(self, decisions: Decisions, numbers: Container[int]) -> None:
        self._parted = by_page(decisions.made)
        self.held = 0
        self.lost = [decision for decision in decisions.made if decision.page not in numbers]
        """Those whose place was not found so far, and those about pages that the document does not have."""

    def pages(self, pages: Iterable[Page]) -> Iterator[Page]:
        """Yield the pages with the decisions in them."""
        for page in pages:
            applied = apply(page, self._parted.get(page.number, ()))
            self.held += applied.held
            self.lost += applied.lost
            yield applied.page


def _all_lines(page: Page) -> Iterator[Line]:
    yield from page.lines
    for table in page.tables:
        for cell in table.cells:
            yield from cell.lines


def _with_lines(page: Page, lines: Sequence[Line]) -> Page:
    rest = iter(lines)
    own = tuple(next(rest) for _ in page.lines)
    tables = tuple(_table(table, rest) for table in page.tables)
    return replace(page, lines=own, tables=tables)


def _table(table: Table, lines: Iterator[Line]) -> Table:
    cells = tuple(replace(cell, lines=tuple(next(lines) for _ in cell.lines)) for cell in table.cells)
    return replace(table, cells=cells)


def _find(lines: Sequence[Line], texts: Sequence[str], decision: ReviewDecision) -> _Found | None:
    """Find the place of a decision: its words in its box, else what stands in that box; without boxes, by its words."""
    places = [
        _Found(number, start, start + len(said))
        for number, text in enumerate(texts)
        for said in dict.fromkeys((decision.put, decision.chosen, decision.read))
        for start in _places(text, said)
    ]
    if decision.box is None or all(token.box is None for line in lines for token in line.tokens):
        return _between_the_same_words(texts, places, decision)
    boxed = [(_share(_box_of(lines[place.line], place), decision.box), place) for place in places]
    share, best = max(boxed, key=lambda pair: pair[0], default=(0.0, None))
    if share > _OVERLAP:
        return best
    # What stands in the box was read otherwise now; that a person accepted the former reading says nothing of it.
    return None if decision.verdict is Verdict.ACCEPT else _in_box(lines, decision.box)


def _in_box(lines: Sequence[Line], box: Box) -> _Found | None:
    for number, line in enumerate(lines):
        inside = [t for t in line.tokens if t.box is not None and _share(t.box, box) > _OVERLAP]
        around = box_around(inside)
        if around is not None and _OVERLAP * _area(around) < _area(box) < _area(around) / _OVERLAP:
            last = inside[-1]
            span = final_span(line, inside[0].start, last.start + len(last.text))
            return _Found(number, *whole_words(line.text, *span))
    return None


def _between_the_same_words(texts: Sequence[str], places: list[_Found], decision: ReviewDecision) -> _Found | None:
    fitting = [(_likeness(texts[place.line], place, decision), place) for place in places]
    best = max((score for score, _ in fitting), default=0)
    if best < min(_ENOUGH, len(decision.before) + len(decision.after)):
        return None
    chosen = [place for score, place in fitting if score == best]
    # Between two places that look the same a decision would be a guess.
    return chosen[0] if len(chosen) == 1 else None


def _places(text: str, said: str) -> Iterator[int]:
    """Find a stretch of whole words in a line."""
    if not said:
        return
    start = text.find(said)
    while start >= 0:
        end = start + len(said)
        if not (text[start - 1 : start] + text[end : end + 1]).strip(_NO_LETTERS):
            yield start
        start = text.find(said, start + 1)


def _box_of(line: Line, place: _Found) -> Box | None:
    return box_around(tokens_in(line, *raw_span(line, place.start, place.end)))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _share(one: Box | None, other: Box) -> float:
    """Tell how much of the smaller of two boxes they share."""
    if one is None:
        return 0.0
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min(_area(one), _area(other))
    return max(0.0, wide) * max(0.0, high) / smaller if smaller > 0 else 0.0


def _likeness(text: str, place: _Found, decision: ReviewDecision) -> int:
    """Count the letters around a place that are those around the decision."""
    before, after = text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]
    edges = (not before and not decision.before) + (not after and not decision.after)
    return _same(before[::-1], decision.before[::-1]) + _same(after, decision.after) + edges


def _same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _decided(line: Line, start: int, end: int, decision: ReviewDecision) -> Line:
    """Put what a person chose into a line; doubts about that place are settled."""
    text = line.text
    chosen = text[start:end] if decision.verdict is Verdict.ACCEPT else decision.chosen
    growth = len(chosen) - (end - start)
    corrections = line.corrections
    if chosen != text[start:end]:
        reason = "rejected" if decision.verdict is Verdict.REJECT else "typed"
        corrections = (*corrections, Correction(start, text[start:end], chosen, STEP, 1.0, reason))
    doubts = [
        doubt._replace(start=doubt.start + growth) if doubt.start >= end else doubt
        for doubt in line.doubts
        if doubt.start >= end or doubt.start + len(doubt.text) <= start
    ]
    return replace(line, corrections=corrections, doubts=tuple(doubts))
