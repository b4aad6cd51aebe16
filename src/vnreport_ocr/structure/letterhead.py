"""The head of a letter as data, after the rules for official documents: facts with position, confidence and doubts.

A fact that is not certain is given with low confidence and the reason, never with high confidence: a number written by
hand is what people quote, and what engines get wrong.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from vnreport_ocr.model import Doubt, Letterhead, Line, Reading, Role
from vnreport_ocr.spans import around, box_around
from vnreport_ocr.structure.closing import RIGHT, read_closing
from vnreport_ocr.structure.facts import SURE, UNSURE, doubtful, joined
from vnreport_ocr.structure.hand import written_by_hand
from vnreport_ocr.structure.issuer import is_cut, office_lines, offices
from vnreport_ocr.structure.segments import Segment, part, segments
from vnreport_ocr.structure.stamps import arrival_parts, is_mark, secrecy, urgency
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import (
    ANY_SYMBOL,
    DATE,
    DATED,
    MOTTO,
    NUMBER,
    STATE,
    SUBJECT_BESIDE,
    TO,
    WELL_FORMED,
    bare_kind,
    is_kind,
    real_date,
    without_specks,
)

_LIKELY: Final = TUNING.letterhead.likely
_ANY_TEXT = re.compile(r".*")
_TORN_YEAR = re.compile(r"(\d{3})\s(\d)$")
_LOOSE = re.compile(r"(?<=[\dg])\s*[:'.,`](?=\s*(?:\d|tháng|năm))")
"""What specks do to a date: a year in two parts, signs between its words."""
_REST = re.compile(r"[A-ZĐƯ][\w&.]*(?:[-\N{EN DASH}][A-ZĐƯ][\w&.]*)*")
"""The rest of a symbol that was broken at a dash."""
_PLACE = re.compile(r"[\W_]*(?P<place>[^\W\d_][^,\d]{1,40}?)\s*,")

Size = tuple[float, float]


def read_letterhead(lines: Sequence[Line], size: Size) -> Letterhead | None:
    """Return what the page's head and closing say, or None if it has neither."""
    parts = segments(lines)
    head = [p for p in parts if lines[p.line].role in (Role.LETTERHEAD, Role.STAMP)]
    # Of two who sign side by side, the one on the right signs for the office that issues.
    closing = [
        p
        for p in parts
        if (role := lines[p.line].role) is Role.RECIPIENTS or (role is Role.SIGNATURE and p.box.left > RIGHT * size[0])
    ]
    found = read_closing(closing, size)
    if head:
        found = _with_head(found, head, [p for p in parts if lines[p.line].role not in _NOT_BETWEEN], lines, size)
    return found if found != Letterhead() else None


_NOT_BETWEEN: Final = (Role.LETTERHEAD, Role.STAMP, Role.SIGNATURE, Role.RECIPIENTS, Role.FURNITURE)


def _with_head(
    closing: Letterhead, head: Sequence[Segment], rest: Sequence[Segment], lines: Sequence[Line], size: Size
) -> Letterhead:
    stamp = arrival_parts(head)
    typed = [p for p in head if p not in stamp and lines[p.line].role is not Role.STAMP]
    border = _border(typed, size)
    left = [p for p in typed if p.middle < border]
    right = [p for p in typed if p.middle >= border]
    numbered = _numbered(left) or _numbered(right)
    names = offices(office_lines(_above(left, numbered)))
    number, symbol = _number(numbered)
    marks = [p for p in (*head, *rest) if p.box.top < size[1] / 2]
    title = _subject(rest, lines) or _subject_beside(left, numbered)
    place, day = _place_and_date(right or left)
    return replace(
        closing,
        superior=joined([p for office in names[:-1] for p in office]),
        issuer=_issuer(names[-1]) if names else None,
        number=number,
        symbol=symbol,
        place=place or closing.place,
        date=day or closing.date,
        kind=_kind(rest),
        title=title,
        urgency=_urgency(marks),
        secrecy=_secrecy(marks),
        arrival=joined(stamp),
        addressees=_addressees([*typed, *rest]),
    )


def _issuer(parts: Sequence[Segment]) -> Reading | None:
    found = joined(parts)
    if found is None or not parts[0].read_by_engine or not is_cut(found.text):
        return found
    return doubtful(found, "its beginning may be missing: no office begins like this")


def halves(lines: Sequence[Line], width: float) -> tuple[list[Segment], list[Segment]]:
    """Return what is in the left and in the right half of a letterhead, each from top to bottom."""
    typed = segments(lines)
    border = _border(typed, (width, 0.0))
    left = sorted((p for p in typed if p.middle < border), key=lambda p: p.box.top)
    return left, sorted((p for p in typed if p.middle >= border), key=lambda p: p.box.top)


def merged(found: Iterable[Letterhead | None]) -> Letterhead | None:
    """Return what all pages of a document say together: the first head, and the first closing from there on."""
    whole: Letterhead | None = None
    for one in found:
        if one is None:
            continue
        if whole is None:
            whole = one
        elif one.number is not None or one.issuer is not None:
            # Another document begins: whatever is said from here on belongs to that one.
            break
        elif whole.signer is None:
            whole = replace(whole, **{name: value for name in _CLOSING if (value := getattr(one, name))})
    return whole


_CLOSING: Final = ("date", "recipients", "authority", "post", "rank", "signer")


def _border(typed: Sequence[Segment], size: Size) -> float:
    """Find where the right half begins: a little before the state's name, its motto, or the date."""
    for sign in (STATE, MOTTO, DATED):
        found = next((p for p in typed if sign.search(p.text) and p.middle > 0.4 * size[0]), None)
        if found is not None:
            lefts = [p.box.right for p in typed if p.middle < min(found.box.left, size[0] / 2)]
            return max([found.box.left - 1, *(r for r in lefts if r < found.middle)][:1])
    return size[0] / 2


def _above(left: Sequence[Segment], numbered: Segment | None) -> list[Segment]:
    """Find what is above the number; without a number, everything in capitals, up to the subject."""
    found = []
    for p in sorted(left, key=lambda p: p.box.top):
        if (numbered is not None and p.box.top >= numbered.box.top - 2) or SUBJECT_BESIDE.match(p.text):
            break
        if not (is_mark(p) or STATE.search(p.text) or MOTTO.search(p.text)):
            found.append(p)
    return found


def _numbered(parts: Sequence[Segment]) -> Segment | None:
    """Find the line with the number: preferably a complete one, then one with a symbol, then any other."""
    found = [p for p in parts if NUMBER.match(p.text)]
    for pattern in (WELL_FORMED, ANY_SYMBOL):
        for p in found:
            match = NUMBER.match(p.text)
            if match is not None and pattern.search(match["number"]):
                return _with_rest(p, parts)
    return found[0] if found else None


def _with_rest(p: Segment, parts: Sequence[Segment]) -> Segment:
    """Return the line of the number with the rest of its symbol, if that was too long for one line."""
    if not p.text.rstrip().endswith(("-", "\N{EN DASH}")):
        return p
    below = (q for q in parts if 0 < q.box.top - p.box.top < 2.5 * p.height and _REST.fullmatch(q.text.strip()))
    rest = next(below, None)
    if rest is None:
        return p
    return p._replace(
        text=p.text.rstrip() + rest.text.strip(),
        tokens=(*p.tokens, *rest.tokens),
        box=around((p.box, rest.box)) or p.box,
        sure=min(p.sure, rest.sure),
    )


def _number(line: Segment | None) -> tuple[Reading | None, Reading | None]:
    """Find the number with its symbol, and the symbol alone, which is printed even if the number is handwritten."""
    match = NUMBER.match(line.text) if line is not None else None
    if line is None or match is None or not match["number"].strip():
        return None, None
    said = part(line, match, "number")
    reading = joined([said]) or Reading(said.text, 0.0, said.box)
    whole = WELL_FORMED.fullmatch(without_specks(said.text).strip(" .,:;_|"))
    symbol = None
    if whole is not None:
        reading = doubtful(reading, written_by_hand(said, line))
        reading = reading._replace(text=_close(said.text))
        symbol = whole["symbol"]
    else:
        reading = doubtful(reading, "it may be handwritten")
        loose = ANY_SYMBOL.search(said.text.strip())
        symbol = loose["symbol"] if loose is not None else None
    return reading, _symbol(symbol, said)


def _symbol(symbol: str | None, said: Segment) -> Reading | None:
    if symbol is None:
        return None
    holding = [t for t in said.tokens if symbol.split()[-1] in t.text or t.text in symbol]
    known = [t.confidence for t in holding if t.confidence is not None]
    sure = min(known, default=said.sure)
    reading = Reading(_close(symbol), round(sure, 3), box_around(holding) or said.box)
    return reading if sure >= SURE else doubtful(reading, f"the engine is only {sure:.0%} sure of it")


def _close(text: str) -> str:
    """Return a number with its symbol as it is quoted, without the gaps of its typesetting."""
    text = " ".join(text.split()).strip(" .,:;_|")
    for sign in "/-\N{EN DASH}":
        text = text.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    return text


def _place_and_date(right: Sequence[Segment]) -> tuple[Reading | None, Reading | None]:
    line = next((p for p in right if DATED.search(p.text)), None)
    if line is None:
        return None, None
    return _place(line), _date(line)


def _place(line: Segment) -> Reading | None:
    match = _PLACE.match(line.text)
    return joined([part(line, match, "place")]) if match is not None else None


def _date(line: Segment) -> Reading | None:
    match = DATE.search(line.text)
    if match is not None and real_date(line.text) is not None:
        said = part(line, match)
        return doubtful(joined([said]) or Reading(said.text, 0.0, said.box), written_by_hand(said, line))
    other = _read_otherwise(line)
    if other is not None:
        return other
    begin = line.text.lower().find("ngày")
    said = line._replace(text=line.text[begin:].strip(), start=line.start + begin)
    return doubtful(joined([said]) or Reading(said.text, 0.0, said.box), "it may be handwritten")


def _read_otherwise(line: Segment) -> Reading | None:
    """Find the date among the engine's other readings: of ``tháng I1`` and ``tháng 11``, only one is a month."""
    text = _LOOSE.sub(" ", _TORN_YEAR.sub(r"\1\2", line.text))
    for token in line.tokens:
        figures = next((other for other, weight in token.alternatives if other.isdigit() and weight >= _LIKELY), None)
        if figures is not None and not token.text.isdigit():
            text = text.replace(token.text, figures, 1)
    match = DATE.search(text) if text != line.text else None
    if match is None or real_date(text) is None:
        return None
    box = part(line, _ANY_TEXT.match(line.text) or match).box
    return Reading(match[0], UNSURE, box, f"read as {line.text[line.text.lower().find('ngày') :].strip()}")


def _kind(rest: Sequence[Segment]) -> Reading | None:
    found = next((p for p in rest if is_kind(p.text)), None)
    return joined([found._replace(text=bare_kind(found.text))]) if found is not None else None


def _subject(rest: Sequence[Segment], lines: Sequence[Line]) -> Reading | None:
    """Find what is below the kind."""
    under = (p for p in rest if lines[p.line].role is Role.TITLE and not is_kind(p.text))
    return joined([p._replace(text=without_specks(p.text)) for p in under])


def _subject_beside(left: Sequence[Segment], numbered: Segment | None) -> Reading | None:
    """Find what a letter is about, under its number."""
    below = [p for p in left if (numbered is None or p.box.top > numbered.box.top) and not is_mark(p)]
    start = next((i for i, p in enumerate(below) if SUBJECT_BESIDE.match(p.text)), None)
    if start is None:
        return None
    block = [below[start]]
    for p in below[start + 1 :]:
        if p.box.top - block[-1].box.bottom > 1.2 * p.height or not any(c.isalpha() for c in p.text):
            break
        block.append(p)
    found = joined([p._replace(text=without_specks(p.text)) for p in block])
    return found._replace(text=SUBJECT_BESIDE.sub("", found.text, count=1).strip(" -_")) if found is not None else None


def _urgency(marks: Sequence[Segment]) -> Reading | None:
    found = urgency(marks)
    if found is None:
        return None
    segment, said, whole = found
    reading = Reading(said, round(segment.sure, 3), segment.box)
    return (
        reading if whole and segment.sure >= SURE else doubtful(reading, "the stamp could not be read with certainty")
    )


def _secrecy(marks: Sequence[Segment]) -> Reading | None:
    found = secrecy(marks)
    if found is None:
        return None
    segment, said = found
    reading = Reading(said, round(segment.sure, 3), segment.box)
    return reading if segment.sure >= SURE else doubtful(reading, "the stamp could not be read with certainty")


def _addressees(parts: Sequence[Segment]) -> tuple[Reading, ...]:
    """Find whom the document is addressed to: what follows ``Kính gửi``, or the items of the list below it."""
    start = next((i for i, p in enumerate(parts) if TO.search(p.text)), None)
    if start is None:
        return ()
    match = TO.search(parts[start].text)
    items: list[list[Segment]] = []
    first = parts[start]
    if match is not None and match.end() < len(first.text.strip()):
        items.append([first._replace(text=first.text[match.end() :])])
    for before, p in zip(parts[start:], parts[start + 1 :], strict=False):
        if p.box.top - before.box.bottom > 2.5 * p.height or p.line - before.line > 1:
            break
        if p.text.lstrip().startswith(("-", "\N{EN DASH}", "+", "~")):
            items.append([p])
        elif items and p.box.left >= items[-1][0].box.left - 1 and not items[-1][-1].text.rstrip().endswith((".", ";")):
            items[-1].append(p)
        elif _is_item(p, items, first):
            items.append([p])
        else:
            break
    said = [joined(item) for item in items]
    return tuple(r._replace(text=r.text.lstrip("-\N{EN DASH}+~ ").rstrip(" ;.,")) for r in said if r is not None)


def _is_item(p: Segment, items: Sequence[Sequence[Segment]], first: Segment) -> bool:
    """Whether a line of the list has lost its dash: it is aligned with the other items, or indented like the first."""
    if not items:
        return p.box.left > first.box.left + 2 * p.height
    aligned = abs(p.box.left - items[-1][0].box.left) < 2 * p.height
    return aligned and p.box.left > first.box.left + p.height and p.text.rstrip().endswith((";", "."))


def with_doubts(lines: Sequence[Line], found: Letterhead | None) -> tuple[Line, ...]:
    """Mark the lines with the number and the date for a person to check if they were not read reliably."""
    marked = list(lines)
    for reading, said in ((found.number, NUMBER), (found.date, DATED)) if found is not None else ():
        if reading is None or reading.doubt is None:
            continue
        for index, line in enumerate(lines):
            match = said.search(line.text) if line.role in (Role.LETTERHEAD, Role.SIGNATURE) else None
            if match is None:
                continue
            start = match.start("number") if said is NUMBER else match.start()
            what = "number" if said is NUMBER else "date"
            doubt = Doubt(start, line.text[start:], f"the {what} may be handwritten")
            marked[index] = replace(marked[index], doubts=(*marked[index].doubts, doubt))
            break
    for index, line in enumerate(lines):
        match = NUMBER.match(line.text)
        if line.role is Role.LETTERHEAD and match is not None and not match["number"].strip():
            doubt = Doubt(match.start("number"), "", "the number may be handwritten")
            marked[index] = replace(marked[index], doubts=(*marked[index].doubts, doubt))
    return tuple(marked)
