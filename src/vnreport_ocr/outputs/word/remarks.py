"""Doubts shown in a Word file that was there before: as comments, or in yellow."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from vnreport_ocr.model import Doubt
from vnreport_ocr.outputs.word.mending import Set, look_of
from vnreport_ocr.outputs.word.runs import writable
from vnreport_ocr.reasons import in_vietnamese
from vnreport_ocr.sources.word.package import W

AUTHOR: Final = "vnocr"
_BEHIND_HIGHLIGHT: Final = tuple(
    f"{W}{name}"
    for name in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout",
                 "specVanish", "oMath")
)  # fmt: skip
"""What stands behind the highlight among the properties of a run."""


class Comments:
    """The comments of a file, those that were there before among them."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401 - an element of lxml
        self.root = root if root is not None else etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
        numbers = [int(one.get(f"{W}id")) for one in self.root if (one.get(f"{W}id") or "").isdigit()]
        self._next = max(numbers, default=-1) + 1
        self.added = 0

    def add(self, runs: Sequence[Any], text: str) -> None:
        """Say something about neighbouring runs."""
        number = str(self._next)
        self._next += 1
        self.added += 1
        comment = etree.SubElement(self.root, f"{W}comment")
        for name, value in (("id", number), ("author", AUTHOR), ("initials", "v")):
            comment.set(f"{W}{name}", value)
        said = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r"), f"{W}t")
        said.text = text
        runs[0].addprevious(_numbered("commentRangeStart", number))
        end = _numbered("commentRangeEnd", number)
        runs[-1].addnext(end)
        calling = etree.Element(f"{W}r")
        calling.append(_numbered("commentReference", number))
        end.addnext(calling)


def told_of(doubt: Doubt) -> str:
    """Return what a comment says about a doubt: in Vietnamese, and in the words of the other outputs."""
    told = in_vietnamese(doubt.reason)
    return writable(f"{told} / {doubt.reason}" if told else doubt.reason)


def remark(sets: Sequence[Set], doubts: Sequence[Doubt], comments: Comments | None) -> None:
    """Show the doubts of a line, from its end: what is cut off a run then stands behind all that is still to come."""
    for doubt in sorted(doubts, key=lambda doubt: doubt.start, reverse=True):
        runs = list(_runs_of(sets, doubt.start, doubt.start + len(doubt.text)))
        if not runs:
            continue
        if comments is not None:
            comments.add(runs, told_of(doubt))
        else:
            for run in runs:
                _highlight(run)


def _runs_of(sets: Sequence[Set], start: int, end: int) -> Iterator[Any]:
    """Cut the runs so that some hold this stretch of the text and nothing else."""
    for element, low, high in sets:
        if low < end and start < high and low < high:
            if end < high:
                _cut(element, end - low)
            yield (_cut(element, start - low) if start > low else element).getparent()


def _cut(element: Any, at: int) -> Any:  # noqa: ANN401 - elements of lxml
    """Divide a run within one of its texts; returns the text of the second part."""
    run = element.getparent()
    rest = etree.Element(run.tag, dict(run.attrib))
    look = run.find(f"{W}rPr")
    if look is not None:
        rest.append(deepcopy(look))
    behind = deepcopy(element)
    text = element.text or ""
    element.text, behind.text = text[:at], text[at:]
    for one in (element, behind):
        one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    rest.append(behind)
    rest.extend(list(element.itersiblings()))
    run.addnext(rest)
    return behind


def _highlight(run: Any) -> None:  # noqa: ANN401 - an element of lxml
    look = look_of(run)
    for old in look.findall(f"{W}highlight"):
        look.remove(old)
    sign = etree.Element(f"{W}highlight")
    sign.set(f"{W}val", "yellow")
    behind = next((one for one in look if one.tag in _BEHIND_HIGHLIGHT), None)
    if behind is None:
        look.append(sign)
    else:
        behind.addprevious(sign)


def _numbered(name: str, number: str) -> Any:  # noqa: ANN401 - an element of lxml
    made = etree.Element(f"{W}{name}")
    made.set(f"{W}id", number)
    return made
