"""Measures how well letterheads are read: on letters that are drawn here, and on pages of a folder with their truths.

The folder holds ``NAME.json``: ``{"file": PDF, "printed": {field: text}, "by_hand": [field]}``; a list of texts where a
field is one. What is written by hand need not be read, but must not be told as sure.
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tools.bench.checks import Check
from tools.bench.letter_pages import drawn_letters
from tools.bench.letters import Letter
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.model import Letterhead, Reading
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.structure.letterhead import merged

QUOTED: Final = ("number", "date", "kind", "issuer", "signer")
"""The fields that people quote and look for; the goals are set for these."""
OTHERS: Final = ("superior", "symbol", "place", "title", "urgency", "secrecy", "arrival", "addressees", "recipients",
                 "authority", "post", "rank")  # fmt: skip
_SURE: Final = 0.9

Truth = Mapping[str, str | list[str]]


@dataclass(slots=True)
class FieldScore:
    """What came of one field over all pages."""

    printed: int = 0
    right: int = 0
    absent: int = 0
    wrong_and_sure: int = 0
    invented: int = 0
    flagged: int = 0
    by_hand: int = 0
    by_hand_sure: int = 0
    misses: list[str] = field(default_factory=list)


class _Case:
    def __init__(self, name: str, path: Path, printed: Truth, by_hand: tuple[str, ...]) -> None:
        self.name, self.path, self.printed, self.by_hand = name, path, printed, by_hand


def measure(cleaner: Pipeline, folder: Path | None) -> dict[str, FieldScore]:
    """Read every letter and hold each field against its truth."""
    scores = {name: FieldScore() for name in (*QUOTED, *OTHERS)}
    with tempfile.TemporaryDirectory() as place:
        for case in (*_drawn(Path(place)), *_given(folder)):
            found = merged(page.letterhead for page in cleaner.iter_pages(case.path)) or Letterhead()
            for name, score in scores.items():
                _count(score, case, name, getattr(found, name))
    return scores


def wrong_fields(found: Letterhead, letter: Letter) -> list[str]:
    """Name the fields of a letterhead that are not what was printed."""
    printed, _ = _truth(letter)
    return [name for name, truth in printed.items() if _said(getattr(found, name)) != _plain(truth)]


def _drawn(folder: Path) -> Iterator[_Case]:
    for made in drawn_letters():
        path = folder / f"{made.name}.pdf"
        path.write_bytes(made.data)
        yield _Case(made.name, path, *_truth(made.letter))


def _truth(letter: Letter) -> tuple[Truth, tuple[str, ...]]:
    symbol = re.split(r"^[\d]+(?:/\d{4})?[/-]", letter.number)[-1]
    printed: dict[str, str | list[str]] = {
        "superior": " ".join(letter.superior),
        "issuer": " ".join(text for text in letter.issuer if text != "*"),
        "number": letter.number,
        "symbol": symbol,
        "place": letter.place,
        "date": letter.date,
        "kind": letter.kind,
        "title": _without_about(" ".join(letter.title)) if not letter.kind else " ".join(letter.title),
        "urgency": letter.urgency,
        "secrecy": letter.secrecy,
        "arrival": "CÔNG VĂN ĐẾN Số: 1187 Ngày: 21/12/2015" if letter.arrival else "",
        "addressees": list(letter.addressees),
        "recipients": list(letter.recipients),
        "authority": "; ".join(letter.authority),
        "post": letter.post,
        "rank": letter.rank,
        "signer": letter.signer,
    }
    hand = ("number", "date") if letter.by_hand else ()
    # The stamp of arrival is drawn on one of the damages only: what stands in it is not counted where it is missing.
    return {name: text for name, text in printed.items() if name not in hand and name != "arrival"}, hand


def _without_about(text: str) -> str:
    return re.sub(r"^V/v\s+", "", text)


def _given(folder: Path | None) -> Iterator[_Case]:
    for path in sorted(folder.glob("*.json")) if folder is not None else ():
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        yield _Case(path.stem, path.parent / said["file"], said["printed"], tuple(said.get("by_hand", ())))


def _count(score: FieldScore, case: _Case, name: str, found: Reading | tuple[Reading, ...] | None) -> None:
    said = _said(found)
    sure = found.confidence if isinstance(found, Reading) else min((r.confidence for r in found or ()), default=0.0)
    if name in case.by_hand:
        score.by_hand += 1
        score.by_hand_sure += bool(said) and sure >= _SURE
        return
    truth = _plain(case.printed.get(name, ""))
    if not truth:
        score.invented += bool(said) and name in case.printed
        score.wrong_and_sure += bool(said) and name in case.printed and sure > _SURE
        if said and name in case.printed:
            score.misses.append(f"{case.name}: {said!r} ({sure:.2f}) where there is none")
        return
    score.printed += 1
    score.right += said == truth
    score.absent += not said
    score.flagged += said == truth and sure <= 0.5
    score.wrong_and_sure += bool(said) and said != truth and sure > _SURE
    if said != truth:
        score.misses.append(f"{case.name}: {said!r} ({sure:.2f}) for {truth!r}")


def _said(found: Reading | tuple[Reading, ...] | None) -> str:
    if isinstance(found, Reading):
        return _plain(found.text)
    return _plain([reading.text for reading in found or ()])


def _plain(text: str | list[str]) -> str:
    """Keep what must be equal: letters, tones and figures, not the width of blanks or dashes, nor an item's end."""
    if isinstance(text, list):
        return " | ".join(map(_plain, text))
    text = unicodedata.normalize("NFC", text).translate(str.maketrans("\N{EN DASH}\N{EM DASH}", "--"))
    return re.sub(r"\s*([/.-])\s*", r"\1", " ".join(text.split())).strip(" .;:,-")


def letterhead_table(scores: Mapping[str, FieldScore]) -> str:
    """Return the fields, those that are quoted first."""
    head = ["field", "printed", "right", "must", "not found", "right but doubted", "wrong over 0.9", "by hand",
            "of these given as certain"]  # fmt: skip
    rows = [_row(name, scores[name]) for name in (*QUOTED, *OTHERS)]
    rows.insert(len(QUOTED), _row("these together", _sum([scores[name] for name in QUOTED]), "95 %"))
    return markdown_table(head, rows)


def _row(name: str, score: FieldScore, must: str = "") -> list[str]:
    share = percent(score.right / score.printed) if score.printed else "-"
    return [name, str(score.printed), share, must, str(score.absent), str(score.flagged), str(score.wrong_and_sure),
            str(score.by_hand), str(score.by_hand_sure)]  # fmt: skip


def _sum(scores: list[FieldScore]) -> FieldScore:
    whole = FieldScore()
    for score in scores:
        for name in ("printed", "right", "absent", "flagged", "wrong_and_sure", "by_hand", "by_hand_sure"):
            setattr(whole, name, getattr(whole, name) + getattr(score, name))
    return whole


def checks(scores: Mapping[str, FieldScore]) -> Iterator[Check]:
    """Yield what must be reached: nearly all quoted fields right, and none wrong that is told as sure."""
    quoted = _sum([scores[name] for name in QUOTED])
    if quoted.printed:
        yield Check("letterheads: share of quoted fields right", quoted.right / quoted.printed, 0.95, at_least=True)
    every = _sum(list(scores.values()))
    yield Check("letterheads: fields wrong over 0.9", every.wrong_and_sure, 0)
    yield Check("letterheads: written by hand and told as sure", every.by_hand_sure, 0)
