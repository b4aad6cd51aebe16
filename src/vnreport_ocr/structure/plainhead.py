"""The head of a letter in plain text, where only lines and gaps give positions: columns made with spaces, or none.

Less is found than on a page with positions, and nothing with certainty: a text shows no type, seals or handwriting.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, Letterhead, Line, Reading, Token
from vnreport_ocr.structure.facts import UNSURE
from vnreport_ocr.structure.issuer import begins_as_office, office_lines, offices
from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import (
    BODY_BEGINS,
    DATE,
    DATED,
    MOTTO,
    NUMBER,
    SECRECY,
    STATE,
    SUBJECT_BESIDE,
    URGENCY,
    WELL_FORMED,
    bare_kind,
    capital_share,
    is_kind,
    real_date,
)

_T: Final = TUNING.plain
_MARKUP: Final = re.compile(r"\*\*|__|^#+\s|^\s*>\s|\\(?=[*_])|</?(?:u|b|i|br|center)\s*/?>")
_RULE: Final = re.compile(r"[\W_]*")
_GAP: Final = re.compile(r"\s{3,}|\t+|\s\|\s")
_PLACE: Final = re.compile(r"(?<!\S)(?P<place>(?:[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s|-|\.\s?)?){1,5}),\s*(?=ngày\s)")
_NUMBER_LEADS: Final = re.compile(r"\s*Số\s*[:.]?\s*\d")


class _Piece(NamedTuple):
    """A stretch of a line: the number of the line, where the stretch begins, and whether others are beside it."""

    line: int
    start: int
    text: str
    sure: float


def plain_letterhead(lines: Sequence[Line]) -> Letterhead | None:
    """Return what the head of a text says; None if it surely has none."""
    top = list(_top(lines))
    numbered = next((p for p in top if _number(p) is not None), None)
    dated = next((p for p in top if DATED.search(p.text) and len(p.text) < _T.longest_date), None)
    signs = [p for p in top if STATE.search(p.text) or MOTTO.search(p.text)]
    kind = next((p for p in top if is_kind(p.text) and (numbered is None or p.line > numbered.line)), None)
    issuing = _issuer(top, numbered, kind)
    if sum(map(bool, (numbered, dated, signs, issuing, kind))) < _T.least_signs or not (numbered or signs):
        return None
    number = symbol = None
    if numbered is not None and (told := _number(numbered)) is not None:
        number, symbol = (_reading(text, numbered, _usual(told[1])) for text in told)
    date = place = None
    if dated is not None and real_date(dated.text) is not None and (day := DATE.search(dated.text)) is not None:
        date, where = _reading(day[0], dated), _PLACE.search(dated.text)
        place = _reading(where["place"], dated) if where is not None else None
    title = _title(lines, kind) if kind is not None else _subject(top, numbered)
    found = Letterhead(
        superior=_joined([p for office in issuing[:-1] for p in office]),
        issuer=_joined(issuing[-1]) if issuing else None,
        number=number,
        symbol=symbol,
        place=place,
        date=date,
        kind=_reading(bare_kind(kind.text), kind) if kind is not None else None,
        title=title,
    )
    return found if found != Letterhead() else None


def _top(lines: Sequence[Line]) -> Iterator[_Piece]:
    """Return the pieces of the first lines, up to the beginning of the body."""
    seen = 0
    for number, line in enumerate(lines):
        text = _without_markup(line.text)
        if _RULE.fullmatch(text):
            continue
        if BODY_BEGINS.match(text.lstrip()) or len(text) > _T.longest_line or seen == _T.most_lines:
            return
        seen += 1
        sure = min([_T.surest, *(correction.confidence for correction in line.corrections)])
        sure = min(sure, UNSURE) if line.doubts else sure
        yield from (_Piece(number, start, piece, sure) for start, piece in _pieces(text))


def _without_markup(text: str) -> str:
    return _MARKUP.sub("", text)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a line at wide gaps, before the state's name, and between a number and the date beside it."""
    cuts = [0, *(gap.end() for gap in _GAP.finditer(text))]
    signs = (STATE.search(text), MOTTO.search(text))
    cuts += [sign.start() for sign in signs if sign is not None and text[: sign.start()].strip(" *|")]
    if _NUMBER_LEADS.match(text) and (place := _PLACE.search(text)) is not None:
        cuts.append(place.start())
    ends = [*sorted(set(cuts))[1:], len(text)]
    for start, end in zip(sorted(set(cuts)), ends, strict=True):
        piece = text[start:end].strip(" \t|*")
        if piece:
            yield start, piece


def _number(piece: _Piece) -> tuple[str, str] | None:
    """Return the number and symbol of a line that holds both complete."""
    said = NUMBER.match(piece.text)
    whole = WELL_FORMED.fullmatch(said["number"].strip(" .,:;_|*")) if said is not None else None
    if whole is None:
        return None
    number, symbol = (re.sub(r"\s*([/\-\N{EN DASH}])\s*", r"\1", said) for said in whole.group(0, "symbol"))
    return number, symbol


def _usual(symbol: str) -> float:
    """Return how sure a symbol is: it has figures only after the letters of the National Assembly or of an office."""
    return 1.0 if re.fullmatch(r"[^\W\d]*(?:[-/.&\N{EN DASH}][^\W\d]+)*\d{0,2}", symbol) else UNSURE


def _issuer(top: Sequence[_Piece], numbered: _Piece | None, kind: _Piece | None) -> list[list[Segment]]:
    """Find the offices above the number: capitals that begin like the name of an office."""
    # A badly read number ends the names too.
    until = next((p for p in top if NUMBER.match(p.text)), numbered or kind)
    if until is None:
        return []
    above = [
        _segment(p)
        for p in top
        if p.line < until.line
        and not any(sign.search(p.text) for sign in (STATE, MOTTO, DATED))
        and not (is_kind(p.text) or URGENCY.fullmatch(p.text) or SECRECY.fullmatch(p.text))
        and capital_share(p.text) > _T.capitals
    ]
    # Words in capitals that begin otherwise are a motto, a stamp, a title.
    while above and not begins_as_office(above[0].text):
        above.pop(0)
    if until is kind and len(above) > _T.most_without_number:
        return []
    return offices(office_lines(above))


def _segment(piece: _Piece) -> Segment:
    box = Box(piece.start, piece.line, piece.start + len(piece.text), piece.line + 1)
    return Segment(piece.line, piece.start, piece.text, box, (Token(piece.text, piece.start, box),), piece.sure)


def _title(lines: Sequence[Line], kind: _Piece) -> Reading | None:
    """Find the subject: the lines directly below the kind, up to a gap or the beginning of the text."""
    block: list[str] = []
    for line in lines[kind.line + 1 :]:
        text = _without_markup(line.text).strip(" \t*|")
        if _RULE.fullmatch(text):
            if block or line.text.strip():
                break
            continue
        if BODY_BEGINS.match(text) or is_kind(text) or len(block) == _T.most_title_lines:
            break
        if block and capital_share(text) > _T.capitals > capital_share(block[0]):
            break
        block.append(text)
        if line.end.count("\n") > 1:
            break
    said = " ".join(" ".join(block).split())
    if not said or len(said) > _T.longest_title or said.endswith(":"):
        return None
    return Reading(said, min(kind.sure, _T.title))


def _subject(top: Sequence[_Piece], numbered: _Piece | None) -> Reading | None:
    """Find what a letter is about, under its number."""
    if numbered is None:
        return None
    below = [p for p in top if p.line > numbered.line and abs(p.start - numbered.start) <= _T.beside]
    first = next((n for n, p in enumerate(below) if SUBJECT_BESIDE.match(p.text)), None)
    if first is None:
        return None
    block = [below[first]]
    for piece in below[first + 1 :]:
        if piece.line - block[-1].line > 1 or is_kind(piece.text):
            break
        if any(sign.search(piece.text) for sign in (STATE, MOTTO, DATED)):
            break
        block.append(piece)
    said = SUBJECT_BESIDE.sub("", " ".join(p.text for p in block), count=1).strip(" -_")
    return Reading(said, min([_T.title, *(p.sure for p in block)])) if said else None


def _joined(parts: Sequence[Segment]) -> Reading | None:
    text = " ".join(" ".join(p.text.split()) for p in parts)
    return _doubted(Reading(text, round(min(p.sure for p in parts), 3))) if text else None


def _reading(text: str, piece: _Piece, sure: float = 1.0) -> Reading:
    return _doubted(Reading(" ".join(text.split()), round(min(sure, piece.sure), 3)))


def _doubted(reading: Reading) -> Reading:
    return reading._replace(doubt="a word in it is doubtful") if reading.confidence <= UNSURE else reading
