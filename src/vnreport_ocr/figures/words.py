"""The words of a repaired page with their other readings, and what is found out about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from vnreport_ocr.model import Correction, Doubt, Line, Token
from vnreport_ocr.spans import changed_stretches, final_stretch
from vnreport_ocr.vietnamese.letters import digits_of

AROUND: Final = ".,;:()[]\"'\u201c\u201d"
SURE: Final = 0.8
"""Findings that are surer than this become corrections, the others doubts."""


class PageWord(NamedTuple):
    """A word of the final text that was read from a picture."""

    line: int
    start: int
    text: str
    readings: tuple[str, ...]
    """Its other readings, likeliest first."""

    confidence: float

    @property
    def core(self) -> str:
        """The word without the punctuation around it."""
        return self.text.strip(AROUND)

    def other(self, wanted: str) -> str | None:
        """Return the word with another core, if that was one of its readings."""
        return self.with_core(wanted) if any(r.strip(AROUND) == wanted for r in self.readings) else None

    def with_core(self, wanted: str) -> str:
        """Return the word with another core."""
        return self.text.replace(self.core, wanted, 1) if self.core else wanted


class Finding(NamedTuple):
    """What was found out about a word: what it should be, or only that a person should check it."""

    word: PageWord
    after: str
    step: str
    confidence: float
    reason: str

    def settles(self, doubt: Doubt) -> bool:
        """Whether a doubt is resolved: every one is, but if only signs between figures were chosen, only theirs."""
        same = digits_of(self.word.text) == digits_of(self.after) != ""
        return not same or self.after.strip(AROUND) in doubt.reason


@dataclass(frozen=True)
class PageWords:
    """The lines of a page with their words."""

    lines: tuple[Line, ...]
    words: tuple[tuple[PageWord, ...], ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "PageWords":
        """List the words of lines; those of a text layer or a text file, which no engine has read, are left out."""
        return cls(tuple(lines), tuple(tuple(_words(number, line)) for number, line in enumerate(lines)))

    def with_lines(self, changed: Mapping[int, Line]) -> "PageWords":
        """Return the sheet with some of its lines replaced."""
        if not changed:
            return self
        lines, words = list(self.lines), list(self.words)
        for number, line in changed.items():
            lines[number], words[number] = line, tuple(_words(number, line))
        return PageWords(tuple(lines), tuple(words))


def _words(number: int, line: Line) -> Iterator[PageWord]:
    text, changed = line.text, changed_stretches(line)
    for token in line.tokens:
        if token.confidence is None:
            continue
        start, end = token.start, token.start + len(token.text)
        if changed:
            start, end = final_stretch(changed, start, end)
        shown = text[start:end]
        if shown and not any(c.isspace() for c in shown):
            yield PageWord(number, start, shown, _readings(token, shown), token.confidence)


def _readings(token: Token, shown: str) -> tuple[str, ...]:
    ranked = sorted(token.alternatives, key=lambda pair: -pair[1])
    told = dict.fromkeys((token.text, *(text for text, _ in ranked)))
    return tuple(text for text in told if text != shown)


def _moved(doubt: Doubt, start: int, grown: int, finding: Finding) -> Doubt:
    """Return a doubt at its new position after a word was replaced."""
    if doubt.start > start:
        return doubt._replace(start=doubt.start + grown)
    return doubt._replace(text=finding.after) if (doubt.start, doubt.text) == (start, finding.word.text) else doubt


def applied(line: Line, findings: Sequence[Finding]) -> Line:
    """Add findings to the line, from right to left so that positions hold: corrections if sure, otherwise doubts."""
    corrections, doubts = list(line.corrections), list(line.doubts)
    for finding in sorted(findings, key=lambda finding: -finding.word.start):
        start, before = finding.word.start, finding.word.text
        here = [d for d in doubts if d.start < start + len(before) and start < d.start + max(1, len(d.text))]
        if finding.after and finding.after != before and finding.confidence >= SURE:
            grown = len(finding.after) - len(before)
            made = Correction(start, before, finding.after, finding.step, finding.confidence, finding.reason)
            corrections.append(made)
            settled = [d for d in here if finding.settles(d)]
            doubts = [_moved(d, start, grown, finding) for d in doubts if d not in settled]
        elif not here:
            named = f"; it may be {finding.after!r}" if finding.after and finding.after != before else ""
            doubts.append(Doubt(start, before, finding.reason + named))
    return replace(line, corrections=tuple(corrections), doubts=tuple(sorted(doubts)))
