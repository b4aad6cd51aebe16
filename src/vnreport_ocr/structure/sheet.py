"""The lines of a page with their positions, and the roles that are being assigned to them."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple, Self

from vnreport_ocr.model import Box, Line, Role
from vnreport_ocr.structure.segments import line_box
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import capital_share

_HEAVY: Final = TUNING.headings.heavy
_ENOUGH_LINES: Final = TUNING.headings.enough_lines


def is_bold(line: Line) -> bool:
    """Whether a line is known to be bold throughout."""
    return bool(line.tokens) and all(t.style is not None and t.style.bold for t in line.tokens)


class Sheet(NamedTuple):
    """One page; ``roles`` is filled in, step by step."""

    lines: Sequence[Line]
    boxes: list[Box | None]
    texts: list[str]
    size: tuple[float, float]
    roles: list[Role]
    heavy: bool = False
    """Whether the whole page is set in bold, as slides are: bold type is then no sign of a heading."""

    @classmethod
    def of(cls, lines: Sequence[Line], size: tuple[float, float]) -> Self:
        """Return the sheet of lines, all of them body."""
        texts = [line.text for line in lines]
        bold = sum(len(line.text) for line in lines if is_bold(line))
        heavy = len(lines) >= _ENOUGH_LINES and bold > _HEAVY * sum(map(len, texts))
        return cls(lines, [line_box(line) for line in lines], texts, size, [Role.BODY] * len(lines), heavy)

    def body(self) -> Iterator[tuple[int, Box]]:
        """Return the lines that have no role yet, with their positions."""
        for index, (box, role) in enumerate(zip(self.boxes, self.roles, strict=True)):
            if box is not None and role is Role.BODY:
                yield index, box

    def column(self) -> tuple[float, float]:
        """Return where the body's lines begin and end."""
        found = [box for index, box in self.body() if len(self.texts[index]) > 1]
        if not found:
            return 0.0, self.size[0]
        return min(box.left for box in found), max(box.right for box in found)

    def gap_after(self, index: int) -> bool:
        """Whether a wider gap than usual follows a line."""
        return self.lines[index].end.count("\n") > 1

    def bold(self, index: int) -> bool:
        """Whether a line is known to be bold throughout, on a page where that means something."""
        return not self.heavy and is_bold(self.lines[index])

    def bold_lead(self, index: int) -> bool:
        """Whether a line is known to begin in bold."""
        tokens = self.lines[index].tokens
        return not self.heavy and bool(tokens) and tokens[0].style is not None and tokens[0].style.bold

    def capitals(self, index: int) -> bool:
        """Whether nearly all letters of a line are capitals."""
        return sum(c.isalpha() for c in self.texts[index]) > 3 and capital_share(self.texts[index]) > 0.8

    def sizes(self) -> list[float]:
        """Return the usual type size of each line, 0 if it is unknown."""
        found = []
        for line in self.lines:
            sizes = [t.style.size for t in line.tokens if t.style and t.style.size and not t.style.superscript]
            found.append(median(sizes) if sizes else 0.0)
        return found
