"""Which pages a person must look at, and why: one answer for the closing line, JSON, status and report."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from vnreport_ocr.model import LeftOut, Page, Reading, Role
from vnreport_ocr.reasons import MOST_TOLD
from vnreport_ocr.vietnamese.letters import WORD
from vnreport_ocr.vietnamese.syllables import is_legal

LOW_QUALITY: Final = 0.8
"""Below this quality a page is named."""
_NAMING_ROLES: Final = frozenset({Role.LETTERHEAD, Role.SIGNATURE})
_NAMING_FACTS: Final = ("superior", "issuer", "number", "symbol", "place", "date", "signer")
"""What a paper is found and quoted by."""
_LEAST_LETTERS: Final = 2


class Matter(StrEnum):
    """What is the matter with a page, what weighs most first."""

    UNREAD = "unread"
    INCOMPLETE = "incomplete"
    DECISION = "decision"
    FIGURE = "figure"
    LETTERHEAD = "letterhead"
    LEFT_OUT = "left out"
    ATTACHED = "attached"
    QUALITY = "quality"


IN_WHAT_WAS_READ: Final = frozenset(
    {Matter.DECISION, Matter.FIGURE, Matter.LETTERHEAD, Matter.LEFT_OUT, Matter.ATTACHED}
)
"""Matters that neither an error nor a number of quality tells."""


class Attention(NamedTuple):
    """A reason why a person must look at a page, in words, with the places it is about."""

    matter: Matter
    reason: str
    places: tuple[str, ...] = ()


def attention(page: Page) -> tuple[Attention, ...]:
    """Return the reasons why a person must look at a page; none where it can be trusted."""
    if page.error is not None:
        return (Attention(Matter.UNREAD, "it was not read"),)
    return tuple(_reasons(page))


def doubtful(reasons: Iterable[Attention]) -> tuple[Attention, ...]:
    """Return the reasons that lie in what was read, which neither an error nor a number of quality tells."""
    return tuple(reason for reason in reasons if reason.matter in IN_WHAT_WAS_READ)


def told(reasons: Iterable[Attention]) -> str:
    """Tell the reasons in one line."""
    return "; ".join(reason.reason for reason in reasons)


def _reasons(page: Page) -> Iterator[Attention]:
    if page.incomplete is not None:
        yield Attention(Matter.INCOMPLETE, "it could not be read completely")
    if page.unfitting:
        yield _counted(
            Matter.DECISION, "a decision that no longer fits", "decisions that no longer fit", list(page.unfitting)
        )
    figures = [
        text
        for line in page.all_lines()
        for text in dict.fromkeys(doubt.text for doubt in line.doubts)
        if any(c.isdigit() for c in text)
    ]
    if figures:
        yield _counted(Matter.FIGURE, "a doubtful figure", "doubtful figures", figures)
    named = list(dict.fromkeys([*_doubted_readings(page), *_doubted_names(page)]))
    if named:
        kind = "a doubt in the letterhead or signature"
        yield _counted(Matter.LETTERHEAD, kind, "doubts in the letterhead or signature", named)
    lost = [part.text for part in page.left_out if may_be_writing(part)]
    if lost:
        yield _counted(Matter.LEFT_OUT, "a word left out", "words left out", lost)
    if page.attached:
        yield _counted(
            Matter.ATTACHED,
            "an attached file that was not read",
            "attached files that were not read",
            list(page.attached),
        )
    if page.quality < LOW_QUALITY:
        yield Attention(Matter.QUALITY, f"low quality ({page.quality:.2f})")


def _doubted_readings(page: Page) -> Iterator[str]:
    """Return what the letterhead says and was not read for certain."""
    if page.letterhead is None:
        return
    for name in _NAMING_FACTS:
        reading: Reading | None = getattr(page.letterhead, name)
        if reading is not None and reading.doubt is not None:
            yield reading.text


def _doubted_names(page: Page) -> Iterator[str]:
    """Doubtful words in the lines that name somebody; figures are told by themselves."""
    for line in page.lines:
        if line.role in _NAMING_ROLES:
            yield from (doubt.text for doubt in line.doubts if not any(c.isdigit() for c in doubt.text))


def _counted(matter: Matter, one: str, several: str, places: list[str]) -> Attention:
    shown = ", ".join(place.strip() or "(nothing)" for place in places[:MOST_TOLD])
    more = len(places) - MOST_TOLD
    said = one if len(places) == 1 else f"{len(places):,} {several}"
    return Attention(matter, f"{said}: {shown}" + (f" and {more:,} more" if more > 0 else ""), tuple(places))


def may_be_writing(part: LeftOut) -> bool:
    """Whether what was taken for no writing looks like words or figures all the same: then somebody must look."""
    if not part.as_noise:
        return False
    if sum(c.isdigit() for c in part.text) >= _LEAST_LETTERS:
        return True
    return any(len(run) >= _LEAST_LETTERS and is_legal(run) for run in WORD.findall(part.text))
