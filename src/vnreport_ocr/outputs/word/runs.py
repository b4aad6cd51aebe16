"""Lines to the runs of a paragraph: bold as it was set, calls of notes, doubts."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from vnreport_ocr.model import Doubt, Line, between
from vnreport_ocr.raised import PLAIN, calls_of
from vnreport_ocr.structure.segments import in_text

_UNWRITABLE = re.compile("[^\\x09\\x0a\\x0d\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Signs that no XML file may hold."""


class Run(NamedTuple):
    """A stretch of text of one look; ``call`` is the mark of the note it calls."""

    text: str
    bold: bool = False
    doubt: Doubt | None = None
    call: str = ""
    italic: bool = False


def runs_of(lines: Sequence[Line], marks: Sequence[frozenset[str]], *, keep_bold: bool = True) -> list[Run]:
    """Return the runs of lines joined to one paragraph; ``marks`` are the notes of each line's page."""
    found: list[Run] = []
    for line, known in zip(lines, marks, strict=True):
        text = line.text
        if found:
            gap = between(found[-1].text, text.strip())
            if gap:
                found.append(Run(gap, found[-1].bold and keep_bold, italic=found[-1].italic))
        begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
        found += [run for run in _cut(line, known, keep_bold) if run.text] if (begin, end) == (0, len(text)) else [
            run._replace(text=run.text.strip()) for run in _cut(line, known, keep_bold) if run.text.strip()
        ]  # fmt: skip
    return found


def _cut(line: Line, known: frozenset[str], keep_bold: bool) -> list[Run]:
    """Cut a line where its look, its doubts, or a call of a note begin and end."""
    text = line.text
    bold = _places(line, "bold") if keep_bold else []
    italic = _places(line, "italic")
    calls = [m for m in calls_of(text) if m[0].translate(PLAIN) in known]
    edges = {0, len(text)}
    for first, last in (*bold, *italic):
        edges |= {first, last}
    for one in line.doubts:
        edges |= {one.start, min(len(text), one.start + len(one.text))}
    for match in calls:
        edges |= set(match.span())
    places = sorted(edge for edge in edges if 0 <= edge <= len(text))
    runs = []
    for first, last in pairwise(places):
        call = next((m[0].translate(PLAIN) for m in calls if m.span() == (first, last)), "")
        doubt = next((d for d in line.doubts if d.start <= first and last <= d.start + len(d.text)), None)
        heavy, slanted = (any(begin <= first and last <= end for begin, end in places) for places in (bold, italic))
        runs.append(Run(writable(text[first:last]), heavy, doubt, call, slanted))
    return runs


def _places(line: Line, look: Literal["bold", "italic"]) -> list[tuple[int, int]]:
    """Where the corrected text is set so: from the first such word of a stretch to its last."""
    found: list[tuple[int, int]] = []
    tokens = list(line.tokens)
    before = False
    for index, token in enumerate(tokens):
        heavy = token.style is not None and bool(getattr(token.style, look))
        first = in_text(line, token.start)
        last = in_text(line, tokens[index + 1].start) if index + 1 < len(tokens) else len(line.text)
        if heavy and before:
            found[-1] = (found[-1][0], last)
        elif heavy:
            found.append((first, last))
        before = heavy
    return found


def runs_of_cell(lines: Sequence[Line]) -> list[Run]:
    """Return the runs of a cell's text in one line."""
    said = [line for line in lines if line.text.strip()]
    nothing: frozenset[str] = frozenset()
    return runs_of(said, [nothing] * len(said))


def runs_within(text: str, doubts: Iterable[Doubt], look: Run) -> list[Run]:
    """Return the runs of a text that lines say, all in one look; doubts are found by their words.

    A doubt whose words stand there no more is one about the whole.
    """
    found: list[Run] = []
    place = 0
    for doubt in doubts:
        at = text.find(doubt.text, place)
        if at < 0:
            return [look._replace(text=writable(text), doubt=doubt)]
        found += [
            look._replace(text=writable(text[place:at])),
            look._replace(text=writable(doubt.text), doubt=doubt),
        ]
        place = at + len(doubt.text)
    return [run for run in (*found, look._replace(text=writable(text[place:]))) if run.text]


def writable(text: str) -> str:
    """Return a text without the signs that XML forbids; each leaves a mark that something stood there."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
