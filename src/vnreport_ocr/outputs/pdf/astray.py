"""Words that a page draws elsewhere in its order than the text has them: told unseen where they belong.

Readers take words in the order in which they are drawn. A running head drawn last, columns drawn across, boxes of a
slide in the order in which they were made: the letters of such a word are read as blanks, and the word is shown unseen
at its place on the page, between the words that it stands between in the text. What is seen is drawn by the same steps.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.respelling import Spot
from vnreport_ocr.outputs.pdf.shows import SHOWS, Contents, Step

_STARTS: Final = frozenset({"Td", "TD", "Tm", "T*", "'", '"', "ET"})
"""Steps that leave the place within a line: what was shown before them no longer counts."""
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
    """Where the text goes on from; None outside of text."""


class Moved(NamedTuple):
    """Words to be shown unseen at a gap."""

    gap: Gap
    spots: tuple[Spot, ...]


def astray(found: Sequence[Spot], at: Mapping[int, DrawnAt], between: Callable[[], Sequence[Gap]]) -> list[Moved]:
    """Find the words that are drawn out of their order, and the gaps that they belong to."""
    firsts = [min(at[number] for number in spot.numbers if number in at) for spot in found]
    kept = _longest(firsts)
    if len(kept) == len(found):
        return []
    gaps = between()
    moved: list[Moved] = []
    before = -1
    index = 0
    while index < len(found):
        if index in kept:
            before = max(at[number][0] for number in found[index].numbers)
            index += 1
            continue
        end, gap = index, None
        while gap is None and end < len(found):
            # Without a gap before the next word that stays, that word goes with them.
            end += 1
            while end < len(found) and end not in kept:
                end += 1
            behind = firsts[end][0] if end < len(found) else None
            gap = next((g for g in gaps if g.step > before and (behind is None or g.step <= behind)), None)
        if gap is not None:
            moved.append(Moved(gap, tuple(found[index:end])))
        index = end
    return moved


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


def gaps(contents: Contents) -> list[Gap]:
    """List the places between the steps of a page where words may be shown."""
    return list(_Walk().gaps(contents.steps))


class _Walk:
    """Follows what a page's steps set, as far as words put between them must undo it."""

    def __init__(self) -> None:
        self._matrix = pikepdf.Matrix()
        self._above: list[tuple[pikepdf.Matrix, float]] = []
        self._leading = 0.0
        self._depth = 0
        self._text: _Text | None = None

    def gaps(self, steps: Sequence[Step]) -> Iterator[Gap]:
        """List the gaps before each of the steps, and the one behind the last."""
        resting = _resting(steps)
        for number, step in enumerate(steps):
            if resting[number] and (gap := self._gap(number)) is not None:
                yield gap
            self._take(str(step.operator), step)
        if (gap := self._gap(len(steps))) is not None:
            yield gap

    def _gap(self, number: int) -> Gap | None:
        if self._text is None:
            return Gap(number, self._matrix, None)
        # What was begun to be marked within the text must end within it.
        return Gap(number, self._matrix, self._text.start()) if self._text.depth == self._depth else None

    def _take(self, name: str, step: Step) -> None:
        if name == "q":
            self._above.append((self._matrix, self._leading))
        elif name == "Q" and self._above:
            self._matrix, self._leading = self._above.pop()
        elif name == "cm":
            self._matrix = pikepdf.Matrix(*_numbers(step)) @ self._matrix
        elif name in ("BMC", "BDC"):
            self._depth += 1
        elif name == "EMC":
            self._depth -= 1
        elif name == "BT":
            self._text = _Text(self._depth)
        elif name == "ET":
            self._text = None
        elif name == "TL":
            self._leading = _numbers(step)[0]
        elif self._text is not None:
            self._move(self._text, name, step)

    def _move(self, text: "_Text", name: str, step: Step) -> None:
        if name == "Tm":
            text.matrix, text.x, text.y = tuple(step.operands), 0.0, 0.0
        elif name in ("Td", "TD"):
            across, up = _numbers(step)
            text.x, text.y = text.x + across, text.y + up
            if name == "TD":
                self._leading = -up
        elif name in ("T*", "'", '"'):
            text.y -= self._leading


class _Text:
    """Where the lines of a text object begin."""

    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.matrix: tuple[object, ...] = (1, 0, 0, 1, 0, 0)
        self.x = self.y = 0.0

    def start(self) -> LineStart:
        """Return where its line begins."""
        return LineStart(self.matrix, self.x, self.y)


def _resting(steps: Sequence[Step]) -> list[bool]:
    """Tell before which steps nothing hangs on where the last string ended, as the next has a place of its own."""
    found = [True] * len(steps)
    free = True
    for number in range(len(steps) - 1, -1, -1):
        name = str(steps[number].operator)
        if name in _STARTS or name == "BT":
            free = True
        elif name in SHOWS:
            free = False
        found[number] = free
    return found


def _numbers(step: Step) -> list[float]:
    return [float(str(value)) for value in step.operands]


def _written(value: object) -> bytes:
    """Write a number as PDF has it: without an exponent."""
    if isinstance(value, float):
        value = round(value, 9)
    return f"{Decimal(str(value)):f}".encode()


def unseen(gap: Gap, laid: pikepdf.Matrix, rows: Iterable[bytes]) -> bytes:
    """Return the steps that show rows of words unseen at a gap; ``laid`` leads from the laid page to the PDF's."""
    numbers = b" ".join(map(_written, (laid @ gap.matrix.inverse()).shorthand))
    steps = b"\nq %s cm BT 3 Tr\n%s\nET Q\n" % (numbers, b"\n".join(rows))
    if gap.line is None:
        return steps
    matrix, x, y = gap.line
    back = b"BT %s Tm %s %s Td" % (b" ".join(map(_written, matrix)), _written(x), _written(y))
    return b"\nET%s%s\n" % (steps, back)
