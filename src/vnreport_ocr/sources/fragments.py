"""Letters to words and fragments of lines, by where they stand and not only by what spaces the file holds."""

from collections.abc import Sequence
from typing import NamedTuple

from vnreport_ocr.model import Box, Style
from vnreport_ocr.sources.glyphs import Glyph

_SAME_BASE = 0.25
_RAISED = (0.12, 0.75)
_SMALL = 0.8
_WORD_GAP = 0.17
_FRAGMENT_GAP = 2.2
_BACKWARDS = 0.45
_SPACES = frozenset(" \t\r\n\v\f\N{NO-BREAK SPACE}\N{EM SPACE}\N{EN SPACE}\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}")


class Piece(NamedTuple):
    """A word as it was set; ``raised`` marks the small raised signs of footnotes."""

    text: str
    glyphs: tuple[Glyph, ...]
    raised: bool = False

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(glyph.right for glyph in self.glyphs)

    @property
    def style(self) -> Style:
        """Size and weight of its first letter."""
        first = self.glyphs[0]
        return Style(round(first.size, 1), first.font.bold, self.raised)

    @property
    def box(self) -> Box:
        """Its place on the page, about as high as its letters."""
        base, size = self.glyphs[0].base, self.glyphs[0].size
        return Box(self.left, base - 0.9 * size, self.right, base + 0.25 * size)


def runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Stretches of letters that follow one another on one base line, spaces left inside."""
    found: list[list[Glyph]] = []
    end = base = size = 0.0
    for glyph in glyphs:
        reach = max(size, glyph.size)
        follows = (
            found
            and abs(glyph.base - base) <= _RAISED[1] * reach
            and -_BACKWARDS * reach <= glyph.start - end <= _FRAGMENT_GAP * reach
        )
        if follows and (abs(glyph.base - base) <= _SAME_BASE * reach or _is_raised(glyph, found[-1][-1])):
            found[-1].append(glyph)
            end = max(end, glyph.right)
        else:
            found.append([glyph])
            end = glyph.right
        base, size = glyph.base, glyph.size
    return [run for run in found if any(glyph.text not in _SPACES for glyph in run)]


def _is_raised(one: Glyph, other: Glyph) -> bool:
    """Whether one of two neighbours is a small sign raised above the other."""
    small, large = (one, other) if one.size < other.size else (other, one)
    return small.size < _SMALL * large.size and _RAISED[0] * large.size < large.base - small.base


def gather(parts: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Runs on one base line joined to fragments; a wide gap keeps them apart."""
    fragments: list[list[Glyph]] = []
    for run in sorted(parts, key=lambda run: (run[0].base, run[0].left)):
        home = next((f for f in reversed(fragments[-40:]) if _belongs(f, run)), None)
        if home is None:
            fragments.append(list(run))
        else:
            home.extend(run)
            home.sort(key=lambda glyph: glyph.start)
    return _joined(fragments)


def _joined(fragments: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join once more: a run that came late may have closed a gap between two fragments."""
    fragments.sort(key=lambda f: f[0].left)
    result: list[list[Glyph]] = []
    for fragment in fragments:
        home = next((f for f in result if _belongs(f, fragment)), None)
        if home is None:
            result.append(fragment)
        else:
            home.extend(fragment)
            home.sort(key=lambda glyph: glyph.start)
    return result


def _belongs(fragment: list[Glyph], run: list[Glyph]) -> bool:
    large = max(fragment[0].size, run[0].size)
    rise = abs(fragment[0].base - run[0].base)
    raised = any(_is_raised(run[0], glyph) for glyph in (fragment[0], fragment[-1]))
    if rise > _SAME_BASE * large and not (raised and rise < _RAISED[1] * large):
        return False
    left, right = min(g.left for g in fragment), max(g.right for g in fragment)
    start, end = min(g.left for g in run), max(g.right for g in run)
    return start - right <= _FRAGMENT_GAP * large and left - end <= _FRAGMENT_GAP * large


def pieces(fragment: Sequence[Glyph]) -> list[Piece]:
    """The words of a fragment, spaces judged by the letters' places where the setting is wide."""
    body = max(glyph.size for glyph in fragment)
    groups: list[list[Glyph]] = []
    gaps: list[float] = []
    spaced = True
    for glyph in fragment:
        if glyph.text in _SPACES:
            spaced = True
            continue
        gap = (glyph.start - max(g.right for g in groups[-1])) / max(glyph.size, 1.0) if groups else 0.0
        raised = bool(groups) and _is_raised(glyph, groups[-1][-1])
        if spaced or gap > _WORD_GAP or raised:
            groups.append([glyph])
            gaps.append(gap)
        else:
            groups[-1].append(glyph)
        spaced = False
    groups = _unspaced(groups, gaps)
    return [_piece(group, body, fragment) for group in groups]


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


def _piece(group: list[Glyph], body: float, fragment: Sequence[Glyph]) -> Piece:
    base = next((g.base for g in fragment if g.size >= 0.95 * body), group[0].base)
    first = group[0]
    raised = first.size < _SMALL * body and base - first.base > _RAISED[0] * body
    return Piece("".join(glyph.text for glyph in group), tuple(group), raised)
