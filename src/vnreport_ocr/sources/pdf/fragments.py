"""Letters to words and fragments of lines, by where they stand and not only by what spaces the file holds."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from vnreport_ocr.model import Box, Style
from vnreport_ocr.sources.pdf.glyphs import Glyph
from vnreport_ocr.sources.pdf.tuning import TUNING

_SAME_BASE = TUNING.fragments.same_base
_RAISED = (0.12, 0.75)
_SMALL = TUNING.fragments.small
_WORD_GAP = TUNING.fragments.word_gap
_FRAGMENT_GAP = TUNING.fragments.fragment_gap
_BACKWARDS = TUNING.fragments.backwards
_NEAREST = TUNING.fragments.nearest
_FILLED = 0.05
"""Share of the type size: letters this close to each other leave no room."""
_SPACES = frozenset(" \t\r\n\v\f\N{NO-BREAK SPACE}\N{EM SPACE}\N{EN SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}")


@lru_cache(maxsize=256)
def _style(size: float, bold: bool, raised: bool, italic: bool) -> Style:
    return Style(round(size, 1), bold, raised, italic)


class LayerPiece(NamedTuple):
    """A word as it was set; ``raised`` marks the small raised signs of footnotes."""

    text: str
    glyphs: tuple[Glyph, ...]
    raised: bool
    left: float
    right: float
    box: Box
    """Its place on the page, about as high as its letters."""

    @property
    def style(self) -> Style:
        """Size, weight and slant of its first letter."""
        first = self.glyphs[0]
        return _style(first.size, first.font.bold, self.raised, first.font.italic)


def runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Stretches of letters that follow one another on one base line, spaces left inside."""
    found: list[list[Glyph]] = []
    run: list[Glyph] = []
    end = before = body = 0.0
    for glyph in glyphs:
        _, start, base, _, right, size, _, _ = glyph
        reach = size
        if body > reach:
            reach = body
        rise = abs(base - before)
        if (
            run
            and -_BACKWARDS * reach <= start - end <= _FRAGMENT_GAP * reach
            and (rise <= _SAME_BASE * reach or (rise <= _RAISED[1] * reach and _is_raised(glyph, run[-1])))
        ):
            run.append(glyph)
            if right > end:
                end = right
        else:
            run = [glyph]
            found.append(run)
            end = right
        before, body = base, size
    return [run for run in found if any(glyph.text not in _SPACES for glyph in run)]


def _is_raised(one: Glyph, other: Glyph) -> bool:
    """Whether one of two neighbours is a small sign raised above the other."""
    small, large = (one, other) if one.size < other.size else (other, one)
    return small.size < _SMALL * large.size and _RAISED[0] * large.size < large.base - small.base


class _Fragment:
    """Letters on one base line, with what is asked of them again and again."""

    __slots__ = ("base", "glyphs", "left", "places", "right", "size")

    def __init__(self, run: Sequence[Glyph]) -> None:
        self.glyphs = list(run)
        # A mark set over the letter before it may begin a hair behind the letter that follows: it stays where it is.
        self.places = list(accumulate((glyph.start for glyph in run), max))
        self.left = min([glyph.left for glyph in run])
        self.right = max([glyph.right for glyph in run])
        self.base, self.size = run[0].base, run[0].size

    def takes(self, other: "_Fragment") -> bool:
        """Whether the other one stands on the same base line and close by."""
        large = self.size
        if other.size > large:
            large = other.size
        rise = abs(self.base - other.base)
        # First what tells most pairs apart: nearly all fragments stand on other base lines.
        if rise >= _RAISED[1] * large:
            return False
        if other.left - self.right > _FRAGMENT_GAP * large or self.left - other.right > _FRAGMENT_GAP * large:
            return False
        if rise <= _SAME_BASE * large:
            return True
        first = other.glyphs[0]
        return _is_raised(first, self.glyphs[0]) or _is_raised(first, self.glyphs[-1])

    def join(self, other: "_Fragment") -> None:
        """Take the other one's letters in."""
        placed = sorted(zip(self.places + other.places, self.glyphs + other.glyphs, strict=True), key=itemgetter(0))
        self.places, self.glyphs = [place for place, _ in placed], [glyph for _, glyph in placed]
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.base, self.size = self.glyphs[0].base, self.glyphs[0].size


def gather(parts: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Join runs on one baseline to fragments; a wide gap keeps them apart."""
    fragments: list[_Fragment] = []
    for run in sorted(parts, key=lambda run: (run[0].base, run[0].left)):
        _settle(_Fragment(run), fragments, _NEAREST)
    # Once more from left to right: a run that came late may have closed a gap between two fragments.
    joined: list[_Fragment] = []
    for fragment in sorted(fragments, key=lambda f: f.left):
        _settle(fragment, joined, len(fragments))
    return [fragment.glyphs for fragment in joined]


def _settle(fragment: _Fragment, among: list[_Fragment], most: int) -> None:
    """Join a fragment to the last one that takes it, or let it stand by itself."""
    for other in reversed(among[-most:]):
        if other.takes(fragment):
            other.join(fragment)
            return
    among.append(fragment)


def pieces(fragment: Sequence[Glyph]) -> list[LayerPiece]:
    """Return the words of a fragment, spaces judged by the letters' places where the setting is wide."""
    groups: list[list[Glyph]] = []
    gaps: list[float] = []
    spaced, made, end, large = True, False, 0.0, 0.0
    for glyph in fragment:
        text, start, _, _, right, size, _, _ = glyph
        if text in _SPACES:
            # One without a width was put in for room that letters drawn later may have filled.
            made, spaced = True, spaced or right > start
            continue
        gap = (start - end) / max(size, 1.0) if groups else 0.0
        spaced, made = spaced or (made and gap > _FILLED), False
        # Only small beside large is raised, and nearly all neighbours are of one size.
        if spaced or gap > _WORD_GAP or (size != large and _is_raised(glyph, groups[-1][-1])):
            groups.append([glyph])
            gaps.append(gap)
            end = right
        else:
            groups[-1].append(glyph)
            if right > end:
                end = right
        spaced, large = False, size
    body = max([glyph.size for glyph in fragment])
    base = next((glyph.base for glyph in fragment if glyph.size >= 0.95 * body), fragment[0].base)
    return [_piece(group, body, base) for group in _unspaced(groups, gaps)]


def _unspaced(groups: list[list[Glyph]], gaps: list[float]) -> list[list[Glyph]]:
    """Letters set apart (``B Á O  C Á O``) joined to words where the gaps show two widths."""
    single = [len(group) == 1 and group[0].text.isalpha() for group in groups]
    result: list[list[Glyph]] = []
    index = 0
    while index < len(groups):
        end = index
        while end < len(groups) and single[end]:
            end += 1
        if end - index >= 4:
            result.extend(_by_width(groups[index:end], gaps[index + 1 : end]))
            index = end
        else:
            result.append(groups[index])
            index += 1
    return result


def _by_width(letters: list[list[Glyph]], gaps: list[float]) -> list[list[Glyph]]:
    ordered = sorted(gaps)
    steps = [(ordered[i + 1] - ordered[i], i) for i in range(len(ordered) - 1)]
    widest, place = max(steps, default=(0.0, 0))
    limit = (ordered[place] + ordered[place + 1]) / 2 if widest > 0.12 else ordered[-1] + 1
    words = [list(letters[0])]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > limit:
            words.append(list(letter))
        else:
            words[-1].extend(letter)
    return words


def _piece(group: list[Glyph], body: float, base: float) -> LayerPiece:
    first = group[0]
    # The words of a hidden layer, a scanner's, each have a size and a base line that were guessed.
    raised = not first.font.hidden and first.size < _SMALL * body and base - first.base > _RAISED[0] * body
    right = max([glyph.right for glyph in group])
    box = Box(first.left, first.base - 0.9 * first.size, right, first.base + 0.25 * first.size)
    return LayerPiece("".join([glyph.text for glyph in group]), tuple(group), raised, first.left, right, box)
