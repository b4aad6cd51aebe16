"""A person's decisions as data: kept in a file, merged, and found again in another reading of the same page.

A decision knows the words and the box that it was made on, and the words around them; so it holds after another
reading, and where its place cannot be found any more that is told.
"""

import json
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from vnreport_ocr.errors import DecisionsError
from vnreport_ocr.model import Box
from vnreport_ocr.review.files import text_of

FORMAT: Final = "vnocr-decisions"
FORMAT_VERSION: Final = 1
AROUND: Final = 40
"""So many letters on either side of a decision are kept, to know its place again."""

MOST_BYTES: Final = 64_000_000
MOST_MADE: Final = 100_000
"""Decisions of one file: a person makes a few on each page."""
LONGEST_TERM: Final = 100
"""Letters of a name or a word that is worth knowing; what has more is no word."""
_LAST_PAGE: Final = 10_000_000
_FURTHEST: Final = 1e6
"""Points from a page's corner: no page is so large."""
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_EDGES: Final = ".,;:()[]\"'“”‘’…!?"
_ALWAYS: Final = ("read", "put", "chosen")


class Verdict(StrEnum):
    """What a person said of a place."""

    ACCEPT = "accept"
    REJECT = "reject"
    TYPE = "type"


class ReviewDecision(NamedTuple):
    """One decision: on this page, where ``read`` was read and ``put`` stood, ``chosen`` is right."""

    page: int
    read: str
    put: str
    verdict: Verdict
    chosen: str
    before: str = ""
    after: str = ""
    box: Box | None = None
    when: str = ""
    by: str = ""

    @property
    def place(self) -> tuple[object, ...]:
        """Name the place, so that a later decision about it takes the earlier one's place."""
        corner = tuple(round(edge) for edge in self.box) if self.box else (self.before, self.after)
        return (self.page, self.read, corner)


class Decisions(NamedTuple):
    """The decisions of one document."""

    document: str
    made: tuple[ReviewDecision, ...] = ()


def merged(first: Decisions, *others: Decisions) -> Decisions:
    """Put decisions together; of two about one place the later one (by its time, else by its order) holds."""
    latest: dict[tuple[object, ...], ReviewDecision] = {}
    for decisions in (first, *others):
        for decision in decisions.made:
            known = latest.get(decision.place)
            if known is None or known.when <= decision.when:
                latest[decision.place] = decision
    return Decisions(first.document, tuple(sorted(latest.values(), key=lambda d: d.page)))


def by_page(made: Iterable[ReviewDecision]) -> dict[int, list[ReviewDecision]]:
    """Part decisions by their pages; on each they keep their order."""
    parted: dict[int, list[ReviewDecision]] = {}
    for decision in made:
        parted.setdefault(decision.page, []).append(decision)
    return parted


def to_json(decisions: Decisions) -> str:
    """Write decisions as the review page does."""
    record = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "document": decisions.document,
        "decisions": [_record(decision) for decision in decisions.made],
    }
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    # Half a sign, out of a broken text layer, can be written in UTF-8 only as its number.
    return _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _record(decision: ReviewDecision) -> dict[str, Any]:
    box = [round(edge, 1) for edge in decision.box] if decision.box else None
    record = decision._asdict() | {"verdict": str(decision.verdict), "box": box}
    return {name: value for name, value in record.items() if value not in (None, "") or name in _ALWAYS}


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions; whatever is wrong with it is told with the file's name."""
    text = text_of(path, DecisionsError, limit=(MOST_BYTES, "It is too large for a file of decisions."))
    try:
        return from_json(text)
    except DecisionsError as error:
        error.file = str(path)
        raise


def from_json(text: str) -> Decisions:
    """Read decisions; raises ``DecisionsError`` where the text is something else."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecisionsError("It is not JSON.") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise DecisionsError("It does not hold vnocr decisions.")
    if record.get("format_version") != FORMAT_VERSION:
        said = str(record.get("format_version"))
        raise DecisionsError(f"Its format has version {said:.20}; this vnocr knows version {FORMAT_VERSION}.")
    made = record.get("decisions", [])
    if not isinstance(made, list):
        raise DecisionsError("Its decisions are not a list.")
    if len(made) > MOST_MADE:
        raise DecisionsError(f"It holds {len(made):,} decisions; at most {MOST_MADE:,} are taken.")
    return Decisions(_text(record.get("document", "")), tuple(_decision(one, n) for n, one in enumerate(made, start=1)))


def _decision(record: object, number: int) -> ReviewDecision:
    if not isinstance(record, dict):
        raise DecisionsError(f"Decision {number} is not an object.")
    try:
        verdict = Verdict(record.get("verdict", ""))
        page = record["page"]
        if not isinstance(page, int) or isinstance(page, bool) or not 1 <= page <= _LAST_PAGE:
            raise ValueError("page")
        texts = {name: _text(record.get(name, "")) for name in (*_ALWAYS, "before", "after", "when", "by")}
        if texts["chosen"] != texts["read"]:
            texts["chosen"] = _CONTROLS.sub(" ", texts["chosen"])  # it stands in a line, and a line is one
        return ReviewDecision(page=page, verdict=verdict, box=_box(record.get("box")), **texts)
    except (KeyError, TypeError, ValueError) as error:
        raise DecisionsError(f"Decision {number} lacks a field or has one that does not belong there.") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DecisionsError(f"Text was expected, not {value!r:.40}.")
    return value


def _box(value: object) -> Box | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError("box")
    return Box(*map(_edge, value))


def _edge(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) <= _FURTHEST:
        raise ValueError("box")
    return float(value)


def learned_terms(decisions: Iterable[ReviewDecision], is_common: Callable[[str], bool]) -> list[str]:
    """List the names that a person wrote or found right, and the words that are not common: what repair should know.

    Figures and codes belong to one document; a common word needs no help.
    """
    terms: dict[str, None] = {}
    for decision in decisions:
        if decision.verdict is Verdict.REJECT:
            continue
        name: list[str] = []
        for word in [*(word.strip(_EDGES) for word in decision.chosen.split()), ""]:
            if word.isalpha() and word[0].isupper():
                name.append(word)
                continue
            if len(name) > 1 or (name and not is_common(name[0]) and not is_common(name[0].lower())):
                terms[" ".join(name)] = None
            name = []
            if word.isalpha() and not is_common(word):
                terms[word] = None
    return [term for term in terms if len(term) <= LONGEST_TERM]
