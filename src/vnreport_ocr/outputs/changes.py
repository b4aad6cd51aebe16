"""Changed words, shown in their line: in colour on a terminal, between plain marks elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import click
from rapidfuzz.distance import Levenshtein

from vnreport_ocr.model import Line, Page
from vnreport_ocr.review.marks import marks_of

_CONTEXT: Final = 1
"""How many unchanged lines are shown before and after a changed one."""


class TextChange(NamedTuple):
    """Words that were removed, and words that replaced them."""

    before: str
    after: str

    def shown(self, *, colour: bool) -> str:
        """Show both: red and green, or ``[-before-]{+after+}``."""
        if colour:
            gone = click.style(self.before, fg="red", strikethrough=True) if self.before else ""
            come = click.style(self.after, fg="green", bold=True) if self.after else ""
        else:
            gone = f"[-{self.before}-]" if self.before else ""
            come = f"{{+{self.after}+}}" if self.after else ""
        return gone + come


class ChangesStream:
    """Shows pages with every correction where it was made."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def page(self, page: Page) -> str:
        """Return the page's lines, and the lines of its tables' cells, with their changes."""
        if page.error is not None:
            return page.text
        return "".join(with_changes(line, colour=self._colour) + "\n" for line in page.all_lines())

    def end(self) -> str:
        """Return what closes the text: nothing."""
        return ""


def with_changes(line: Line, *, colour: bool) -> str:
    """Show a line with what was read beside what replaced it."""
    text, at, parts = line.text, 0, []
    for mark in marks_of(line):
        parts.append(text[at : mark.start])
        parts.append(TextChange(mark.read, mark.text).shown(colour=colour) if mark.changed else mark.text)
        at = mark.end
    return "".join(parts) + text[at:]


def differences(before: str, after: str, *, colour: bool) -> Iterator[str]:
    """Show the lines of two texts that differ in words, each with the lines around it."""
    old, new = before.splitlines(), after.splitlines()
    shown = -1
    for step in Levenshtein.opcodes(old, new):
        if step.tag == "equal":
            continue
        first = max(shown + 1, step.src_start - _CONTEXT)
        if shown >= 0 and first > shown + 1:
            yield click.style("…", dim=True) if colour else "..."
        yield from old[first : step.src_start]
        yield from _changed_lines(
            old[step.src_start : step.src_end], new[step.dest_start : step.dest_end], colour=colour
        )
        shown = step.src_end - 1
        following = old[step.src_end : step.src_end + _CONTEXT]
        if following and following[0] in new[step.dest_end : step.dest_end + _CONTEXT]:
            yield from following
            shown += len(following)


def _changed_lines(old: Sequence[str], new: Sequence[str], *, colour: bool) -> Iterator[str]:
    words, others = "\n".join(old).split(" "), "\n".join(new).split(" ")
    parts = []
    for step in Levenshtein.opcodes(words, others):
        here, there = words[step.src_start : step.src_end], others[step.dest_start : step.dest_end]
        if step.tag == "equal":
            parts += here
        else:
            parts.append(TextChange(" ".join(here), " ".join(there)).shown(colour=colour))
    yield from " ".join(parts).split("\n")


def count_of(before: str, after: str) -> int:
    """Count the places where the words of two texts differ."""
    return sum(step.tag != "equal" for step in Levenshtein.opcodes(before.split(), after.split()))
