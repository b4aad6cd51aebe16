"""The end of a document as data: its recipients, for whom it is signed, in which post, and by whom."""

import re
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.model import Letterhead, Reading
from vnreport_ocr.structure.facts import SURE, doubtful, fact, joined
from vnreport_ocr.structure.issuer import tidy
from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import (
    AUTHORITY,
    CAPITAL_NAME,
    DATED,
    NAME,
    POST,
    RECIPIENTS,
    real_date,
)
from vnreport_ocr.vietnamese.degrees import RANK, as_written, without_rank
from vnreport_ocr.vietnamese.letters import bones
from vnreport_ocr.vietnamese.surnames import SURNAMES

RIGHT: Final = TUNING.closing.right
_SCRAP: Final = TUNING.closing.scrap
_CERTAIN: Final = TUNING.closing.certain
_MOST: Final = TUNING.closing.most
_NO_SURNAME: Final = ("thị ", "văn ")
"""What stands between surname and given name, and remains when a seal hides the surname."""
_LEAST_SMALL: Final = 2
_FILED = re.compile(r"L[ưuƯ]u\b", re.IGNORECASE)
"""Every list of recipients ends with the office's own files."""
_ITEMS: Final = ("-", "\N{EN DASH}", "\N{EM DASH}", "+", "~", "*", "•")


def read_closing(parts: Sequence[Segment], size: tuple[float, float]) -> Letterhead:
    """Return what the signature block and the recipients beside it say."""
    block = sorted((p for p in parts if p.box.left > RIGHT * size[0]), key=lambda p: (p.box.top, p.box.left))
    recipients = [p for p in parts if p.box.left <= RIGHT * size[0]]
    authority = [p for p in block if AUTHORITY.match(tidy(p.text))]
    name = _name(block)
    above = [p for p in block if p not in authority and p is not name and (name is None or p.box.top < name.box.top)]
    post = next((p for p in reversed(above) if POST.search(p.text) and not AUTHORITY.match(p.text)), None)
    rank, signer = _rank_and_signer(name)
    dated = next((p for p in block if DATED.search(p.text) and real_date(p.text) is not None), None)
    return Letterhead(
        date=None if dated is None else fact(dated, dated.text[dated.text.lower().index("ngày") :]),
        recipients=_recipients(recipients),
        authority=joined([p._replace(text=tidy(p.text)) for p in authority], "; "),
        post=_post(post),
        rank=rank,
        signer=signer,
    )


def _name(block: Sequence[Segment]) -> Segment | None:
    """Find the lowest line that is a person's name, ignoring what pen and seal leave on the page."""
    for segment in reversed(block):
        text = _evenly_written(tidy(segment.text))
        bare = without_rank(text)
        if NAME.fullmatch(bare):
            return segment._replace(text=text)
        if CAPITAL_NAME.fullmatch(bare) and not POST.search(bare) and not AUTHORITY.match(bare):
            return segment._replace(text=text)
    return None


def _evenly_written(text: str) -> str:
    """Return a name of which one word alone was read in capitals (``Ngô THỊ Sen``) as print writes it."""
    words = text.split()
    shouted = [word for word in words if len(word) > 1 and word.isalpha() and word.isupper()]
    small = [word for word in words if word.istitle() and len(word) > 1]
    if len(shouted) != 1 or len(small) < _LEAST_SMALL or shouted[0].capitalize() not in (*SURNAMES, "Thị", "Văn"):
        return text
    return " ".join(word.capitalize() if word == shouted[0] else word for word in words)


def _rank_and_signer(name: Segment | None) -> tuple[Reading | None, Reading | None]:
    if name is None:
        return None, None
    match = RANK.match(name.text)
    rank, person = (match["rank"].strip(), name.text[match.end() :]) if match is not None else ("", name.text)
    said = fact(name, person, _doubt_of_name(person) or _doubt_of_capitals(name, person))
    if (surname := _meant_surname(name, person)) is not None:
        first, _, rest = person.partition(" ")
        said = doubtful(said._replace(text=f"{surname} {rest}"), f"read as {person}; {first} is no family name")
    if name.read_by_engine and name.sure < _CERTAIN:
        # No word next to a name confirms its marks, as neighbours confirm those of other words.
        said = said._replace(confidence=min(said.confidence, _MOST))
    return fact(name, as_written(rank)) if rank else None, said


def _meant_surname(name: Segment, person: str) -> str | None:
    """Return the one family name that the first word may be with other marks, if the engine was not sure of it."""
    first = person.split()[0]
    read = next((token for token in name.tokens if token.text.strip(".,:;'`-_|") == first), None)
    if first in SURNAMES or read is None or read.confidence is None or read.confidence >= SURE:
        return None
    alike = [surname for surname in SURNAMES if bones(surname) == bones(first)]
    return alike[0] if len(alike) == 1 else None


def _doubt_of_name(person: str) -> str | None:
    """Return why a line written like a name may not be one, or not all of it."""
    if person.lower().startswith(_NO_SURNAME):
        return "its beginning may be missing: no name begins like this"
    if person.isupper() and person.split()[0].capitalize() not in SURNAMES:
        return "it may be a post: hardly any name begins like this"
    return None


def _doubt_of_capitals(name: Segment, person: str) -> str | None:
    """Return that a word of the name was read in capitals, as no other word of it."""
    words = person.split()
    shouted = (token.text for token in name.tokens if token.text.isupper() and token.text not in words)
    read = next((text for text in shouted if text.title() in words), None)
    return f"{read.title()} was read as {read}" if read is not None else None


def _post(segment: Segment | None) -> Reading | None:
    if segment is None:
        return None
    match = POST.search(segment.text)
    if match is None:
        return None
    before = segment.text[: match.start()].strip(" .|'`")
    doubt = "the line could not be read completely" if any(c.isalnum() for c in before) else None
    return fact(segment, tidy(match[0]), doubt)


def _recipients(parts: Sequence[Segment]) -> tuple[Reading, ...]:
    items: list[list[Segment]] = []
    for part in parts:
        if RECIPIENTS.match(part.text):
            continue
        if part.text.lstrip(" _").startswith(_ITEMS):
            items.append([part])
        elif sum(c.isalnum() for c in part.text) < _SCRAP:
            continue
        elif not items or _ended(items[-1][-1]):
            items.append([part])
        else:
            items[-1].append(part)
    said = [joined(item) for item in items]
    found = [
        reading._replace(text=text)
        for reading in said
        if reading is not None and (text := reading.text.lstrip("_-\N{EN DASH}\N{EM DASH}+~*• ").rstrip(" ;.,_`'|"))
    ]
    if found and not _FILED.search(found[-1].text):
        found[-1] = doubtful(found[-1], "the list may be incomplete: it does not end with where the document is filed")
    return tuple(found)


def _ended(part: Segment) -> bool:
    return part.text.rstrip().endswith((";", "."))
