"""Words that a page draws in another order than the text: written invisibly where they belong.

Readers take words in the order in which they are drawn. A running head drawn last, columns drawn across, boxes of a
slide in the order in which they were made: the letters of such a word are read as blanks, and the word is shown unseen
at its place on the page, between the words that it stands between in the text. What is seen is drawn by the same steps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.respelling import Spot
from vnreport_ocr.outputs.pdf.shows import SHOWS, Contents, Step

_STARTS: Final = frozenset({"Td", "TD", "Tm", "T*", "'", '"', "ET"})
"""Steps that move to another place: what was shown before them no longer matters."""
_SET: Final = _STARTS | {"q", "Q", "cm", "BT", "TL"}
"""Steps that set what words put between them must undo."""
DrawnAt = tuple[int, int]
"""Where a letter is shown: the step of the page's own contents, and the number of its code among all that are shown."""


class LineStart(NamedTuple):
    """Where a line of a text object begins: the object's matrix, and how far from its origin."""

    matrix: tuple[object, ...]
    x: float
    y: float


class Gap(NamedTuple):
    """A place between two steps where other words may be shown."""

    step: int
    matrix: pikepdf.Matrix
    line: LineStart | None
    """Where the text continues from; None outside of text."""


class Moved(NamedTuple):
    """Words to be written invisibly before a step."""

    step: int
    spots: tuple[Spot, ...]


def astray(
    found: Sequence[Spot], at: Mapping[int, DrawnAt], between: Callable[[], Sequence[int]], unsaid: Collection[int] = ()
) -> list[Moved]:
    """Find the words that are drawn out of their order, and the steps that they belong before.

    ``between`` lists the steps before which words may be shown, and the number of steps where they may stand behind.
    ``unsaid`` are the numbers of those that their own letters cannot say wherever they stand. Of a word that is not
    whole and that readers get all the same it is not known where it is drawn: it goes with its neighbours.
    """
    placed = [number for number, spot in enumerate(found) if spot.whole and number not in unsaid]
    firsts = {number: min(at[letter] for letter in found[number].numbers if letter in at) for number in placed}
    kept = {placed[place] for place in _longest([firsts[number] for number in placed])}
    loose = {number for number, spot in enumerate(found) if not spot.whole and number not in unsaid}
    if len(kept) + len(loose) == len(found):
        return []
    gaps = between()
    moved: list[Moved] = []
    before = -1
    index = 0
    while index < len(found):
        if index in kept or index in loose:
            steps = [at[number][0] for number in found[index].numbers if number in at]
            before = max([before, *steps]) if index in kept else before
            index += 1
            continue
        next_gap = bisect_right(gaps, before)
        gap = gaps[next_gap] if next_gap < len(gaps) else None
        end = _next_kept(kept, index, len(found))
        while end < len(found) and (gap is None or gap > firsts[end][0]):
            # Without a gap before the next word that stays, that word goes with them.
            end = _next_kept(kept, end, len(found))
        if gap is not None:
            moved.append(Moved(gap, tuple(found[index:end])))
        index = end
    return moved


def _next_kept(kept: Collection[int], index: int, end: int) -> int:
    """Return the place of the next word behind one that stays where it is drawn, or the end."""
    return next((place for place in range(index + 1, end) if place in kept), end)


def _longest(places: Sequence[DrawnAt]) -> set[int]:
    """Return the longest stretch of items that follow one another in the order of their places."""
    tails: list[DrawnAt] = []
    held: list[int] = []
    before: list[int | None] = []
    for number, place in enumerate(places):
        room = bisect_left(tails, place)
        before.append(held[room - 1] if room else None)
        if room == len(tails):
            tails.append(place)
            held.append(number)
        else:
            tails[room], held[room] = place, number
    kept: set[int] = set()
    at = held[-1] if held else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return kept


def gaps(contents: Contents) -> list[int]:
    """List the steps of a page before which words may be shown; the number of all of them stands for the end."""
    found: list[int] = []
    depth = 0
    text: int | None = None
    """How deep what is marked was nested where the text began: what was begun within it must end within it."""
    resting = _resting(contents.names)
    for number, name in enumerate([*contents.names, ""]):
        if (number == len(resting) or resting[number]) and text in (None, depth):
            found.append(number)
        if name in ("BMC", "BDC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name == "BT":
            text = depth
        elif name == "ET":
            text = None
    return found


def gaps_at(contents: Contents, wanted: Collection[int]) -> dict[int, Gap]:
    """Return the state before some of the steps."""
    walk, found = _Walk(), {}
    names, steps, at = contents.names, contents.steps, 0
    for stop in sorted(wanted):
        for number in range(at, stop):
            if names[number] in _SET:
                walk.take(names[number], steps[number])
        found[stop], at = walk.gap(stop), stop
    return found


class _Walk:
    """Follows what a page's steps set, as far as words put between them must undo it."""

    def __init__(self) -> None:
        self._matrix = pikepdf.Matrix()
        self._above: list[tuple[pikepdf.Matrix, float]] = []
        self._leading = 0.0
        self._text: _Text | None = None

    def gap(self, number: int) -> Gap:
        """Return the current state, before a step."""
        return Gap(number, self._matrix, None if self._text is None else self._text.start())

    def take(self, name: str, step: Step) -> None:
        """Follow a step."""
        if name == "q":
            self._above.append((self._matrix, self._leading))
        elif name == "Q" and self._above:
            self._matrix, self._leading = self._above.pop()
        elif name == "cm":
            self._matrix = pikepdf.Matrix(*_numbers(step)) @ self._matrix
        elif name == "BT":
            self._text = _Text()
        elif name == "ET":
            self._text = None
        elif name == "TL":
            self._leading = _numbers(step)[0]
        elif self._text is not None:
            self._move(self._text, name, step)

    def _move(self, text: "_Text", name: str, step: Step) -> None:
        if name == "Tm":
            text.matrix, text.x, text.y = step, 0.0, 0.0
        elif name in ("Td", "TD"):
            across, up = _numbers(step)
            text.x, text.y = text.x + across, text.y + up
            if name == "TD":
                self._leading = -up
        elif name in ("T*", "'", '"'):
            text.y -= self._leading


class _Text:
    """Where the lines of a text object begin."""

    def __init__(self) -> None:
        self.matrix: Step | None = None
        self.x = self.y = 0.0

    def start(self) -> LineStart:
        """Return where its line begins."""
        return LineStart((1, 0, 0, 1, 0, 0) if self.matrix is None else tuple(self.matrix.operands), self.x, self.y)


def _resting(names: Sequence[str]) -> list[bool]:
    """Find the steps before which it does not matter where the last string ended, as the next has its own position."""
    found = [True] * len(names)
    free = True
    for number in range(len(names) - 1, -1, -1):
        name = names[number]
        if name in _STARTS or name == "BT":
            free = True
        elif name in SHOWS:
            free = False
        found[number] = free
    return found


def _numbers(step: Step) -> list[float]:
    return [float(value) for value in step.operands]


def _written(value: object) -> bytes:
    """Write a number as PDF has it: without an exponent."""
    if isinstance(value, float):
        value = round(value, 9)
    return f"{Decimal(str(value)):f}".encode()


def unseen(gap: Gap, laid: pikepdf.Matrix, rows: Iterable[bytes]) -> bytes:
    """Return the steps that write rows of invisible words at a gap; ``laid`` maps the page as read to the PDF's.

    The page's own letter and word spacing and its text rise do not apply to them.
    """
    numbers = b" ".join(map(_written, (laid @ gap.matrix.inverse()).shorthand))
    steps = b"\nq %s cm BT 3 Tr 0 Tc 0 Tw 0 Ts\n%s\nET Q\n" % (numbers, b"\n".join(rows))
    if gap.line is None:
        return steps
    matrix, x, y = gap.line
    back = b"BT %s Tm %s %s Td" % (b" ".join(map(_written, matrix)), _written(x), _written(y))
    return b"\nET%s%s\n" % (steps, back)
