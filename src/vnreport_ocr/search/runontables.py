"""Tables of a text whose columns are gone: the heads one after another, then name, unit and values of each row.

Programs that write out a PDF in the order in which it was drawn leave tables like that. Nothing shows where a column
is, but a row's values stand on one line: those with exactly as many as the head has columns for figures are read, any
other row is left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from vnreport_ocr.model import Line
from vnreport_ocr.search.cells import CellText, TableText
from vnreport_ocr.search.tableheads import NAME_OF_COLUMN, NOTE_OF_COLUMN, UNIT_OF_COLUMN
from vnreport_ocr.search.units import UNIT
from vnreport_ocr.search.words import bare_text

_SURE: Final = 0.7
_DOUBTED: Final = 0.5
_LEAST_ROWS: Final = 3
_LEAST_VALUES: Final = 2
_LONGEST_HEAD: Final = 60
"""Lines that a head may have."""
_LONGEST_LINE: Final = 120
"""Letters of a line of a table; a longer one is running text."""
_LONGEST_GAP: Final = 30
"""Lines without a row that end a table."""
_NAMES: Final = 3
"""Columns before those of the figures: the number of a row, its name, its unit."""
_MOST_WORDS_OF_UNIT: Final = 3
_KNOWN_NOTE: Final = 2
"""How often words stand behind values that are known as a note."""
_SHARE: Final = 0.5
"""The share of rows that must have as many values as the head has columns."""

_BEGINS: Final = re.compile(r"\W*(?:(?:so )?(?:s ?t ?t|tt) )?(?P<name>(?:chi tieu|noi dung|hang muc|linh vuc))(?: .*)?")
_ORDINAL: Final = re.compile(r"\(?(?:\d{1,3}|[IVX]{1,5})\)?[.)]?")
_NUMBERED: Final = re.compile(r"(\(?(?:\d{1,3}|[IVX]{1,5})\)?[.)]?)\s+(?=\S)")
_VALUE: Final = (
    r"(?:(?:[<>\N{LESS-THAN OR EQUAL TO}\N{GREATER-THAN OR EQUAL TO}]=?|Trên|Dưới|Từ)\s*)?"
    r"\d[\d.,]*(?:[-\N{EN DASH}]\d[\d.,]*)?%?(?![^\W\d_])|[-\N{EN DASH}](?=\s|$)|(?:Chưa|Không)\s+đạt|Đạt|Vượt"
)
_VALUES: Final = re.compile(rf"(?:(?<=\s)|^)(?:{_VALUE})(?:\s+(?:{_VALUE}))+(?=\s+[^\d\s<>-]|\s*$)")
_ONE_VALUE: Final = re.compile(_VALUE)
_ONE_FIGURE: Final = re.compile(r"[<>\N{LESS-THAN OR EQUAL TO}\N{GREATER-THAN OR EQUAL TO}]=?\s\d")
_IS_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-\N{EN DASH}](?:19|20)\d\d)?")
_UNIT_AT_END: Final = re.compile(rf"(?:^|\s)(?P<unit>{UNIT})$", re.IGNORECASE)
_PERCENT_AT_END: Final = re.compile(r"\s%$")
_ONLY_UNIT: Final = re.compile(rf"(?:{UNIT}|triệu|tỷ|tỉ|nghìn|ngàn|trăm)", re.IGNORECASE)
_COLUMN: Final = re.compile(
    r"\S.*?(?:(?<!\d)(?:19|20)\d\d(?:\s*[-\N{EN DASH}]\s*(?:19|20)\d\d)?(?!\s*[-\N{EN DASH}/\d(])|\([^()]*\)(?!\s*/))"
)
"""A column's head: down to its year, or to what is in brackets behind it."""


class _Row(NamedTuple):
    """A row: its name and unit, the line of its values and where each stands in it."""

    ordinal: str
    name: str
    unit: str
    line: int
    values: tuple[tuple[int, int], ...] = ()
    doubt: str = ""


def run_on_tables(lines: Sequence[Line], taken: frozenset[int] = frozenset()) -> Iterator[TableText]:
    """Find such tables, except in lines that are ``taken``, from 1 on, by a table with columns."""
    begins = [
        number
        for number, line in enumerate(lines)
        if number + 1 not in taken and len(line.text) < _LONGEST_LINE and _BEGINS.fullmatch(bare_text(line.text))
    ]
    before: tuple[str, ...] = ()
    found: list[_Found] = []
    for begin, until in pairwise([*begins, len(lines)]):
        table = _find(lines, begin, until, before)
        if table is not None:
            found.append(table)
            before = table.heads
    # Notes are learned first: what stands below one row alone may stand right behind another, in any of the tables.
    notes: Counter[str] = Counter()
    for table in found:
        notes.update(_read(lines, table, notes).notes)
    for table in found:
        yield _table(lines, table, _read(lines, table, notes).rows)


class _Found(NamedTuple):
    """A table: its lines, the heads of its columns, and whether they are those of the table before."""

    first: int
    last: int
    width: int
    heads: tuple[str, ...]
    goes_on: bool


def _find(lines: Sequence[Line], begin: int, until: int, before: tuple[str, ...]) -> _Found | None:
    """Return the table that begins at a line; one whose head lacks words may go on with that of the table before."""
    first = _first_row(lines, begin, until)
    if first is None:
        return None
    last = _last_row(lines, first, until)
    counted = Counter(len(places) for line in lines[first:last] if (places := _values(line.text)))
    if not counted:
        return None
    ((width, most),) = counted.most_common(1)
    said = [line.text for line in lines[begin:first]]
    heads = _heads(said, width)
    goes_on = heads is None and len(before) == width + _NAMES and _is_what_is_left(said, before)
    if not (heads or goes_on) or most < _LEAST_ROWS or most < _SHARE * counted.total():
        return None
    return _Found(first, last, width, heads or before, goes_on)


def _table(lines: Sequence[Line], found: _Found, rows: Sequence[_Row]) -> TableText:
    cells = [CellText(0, column, 1, 1, text) for column, text in enumerate(found.heads) if text]
    for number, row in enumerate(rows, 1):
        cells += _cells(lines[row.line], number, row)
    return TableText(tuple(cells), found.goes_on, int(found.goes_on), heads=1)


def _is_what_is_left(said: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a head is that of the table before, with words missing."""
    whole = iter(bare_text(" ".join(before)).split())
    words = NOTE_OF_COLUMN.sub("", bare_text(" ".join(said))).split()
    return len(words) > 1 and all(word in whole for word in words[words[0] in ("tt", "stt") :])


def _last_row(lines: Sequence[Line], first: int, until: int) -> int:
    """Return the line behind the last row: running text ends a table, and so do many lines without a row."""
    last = first
    for number in range(first, until):
        if len(lines[number].text) > _LONGEST_LINE or number - last > _LONGEST_GAP:
            break
        if _values(lines[number].text):
            last = number
    return last + 1


def _first_row(lines: Sequence[Line], begin: int, until: int) -> int | None:
    """Return the line at which the head ends: the first number of a row, or the first values."""
    for number in range(begin + 1, min(until, begin + _LONGEST_HEAD)):
        text = lines[number].text.strip()
        if len(text) > _LONGEST_LINE:
            return None
        if _ORDINAL.fullmatch(text) or _NUMBERED.match(text) or _values(text):
            return number
        if NOTE_OF_COLUMN.fullmatch(bare_text(text)):
            return number + 1  # the last column
    return None


def _values(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the values of a row stand on a line; years alone are the head of a table."""
    found = None
    for found in _VALUES.finditer(text):  # noqa: B007 - the last one
        pass
    if found is None:
        return ()
    places = tuple(one.span() for one in _ONE_VALUE.finditer(text, *found.span()))
    is_head = all(_IS_YEAR.fullmatch(text[start:end]) for start, end in places)
    # At the beginning of a line, a number and a dash rather number a row.
    least = _LEAST_VALUES if text[: places[0][0]].strip() else _LEAST_VALUES + 1
    return () if len(places) < least or is_head else places


def _heads(said: Sequence[str], width: int) -> tuple[str, ...] | None:
    """Return the heads of number, name, unit and ``width`` columns of figures; None if unsure which is which."""
    whole = " ".join(" ".join(said).split())
    name, unit, rest = _lead(whole)
    if not name:
        return None
    by_year = [found[0].strip() for found in _COLUMN.finditer(rest)]
    behind = rest[sum(map(len, by_year)) + max(0, len(by_year) - 1) :].strip() if by_year else rest
    if by_year and behind and not NOTE_OF_COLUMN.search(bare_text(behind)):
        by_year = []
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", "\n".join(said))]
    by_paragraph = _figures_of(paragraphs)
    by_line = _figures_of([" ".join(line.split()) for line in said])
    for way in (by_year, by_paragraph, by_line):
        if len(way) == width:
            return ("TT", name, unit, *way)
    return None


def _lead(whole: str) -> tuple[str, str, str]:
    """Part a head into the name's, the unit's and those of the figures."""
    words = whole.split()
    plain = [bare_text(word) for word in words]
    at = next((n for n in range(len(words)) if NAME_OF_COLUMN.match(" ".join(plain[n : n + 2]))), None)
    if at is None:
        return "", "", whole
    name, place = " ".join(words[at : at + 2]), at + 2
    size = next((n for n in (3, 2, 1) if UNIT_OF_COLUMN.fullmatch(" ".join(plain[place : place + n]).strip())), 0)
    return name, " ".join(words[place : place + size]), " ".join(words[place + size :])


def _figures_of(parts: Sequence[str]) -> list[str]:
    """Return the heads of the columns of figures, where each part of the head is a column of its own."""
    kept = [part for part in parts if part]
    plain = [bare_text(part) for part in kept]
    return [
        part
        for part, said in zip(kept, plain, strict=True)
        if not (NAME_OF_COLUMN.search(said) and not any(map(str.isdecimal, said)))
        and not UNIT_OF_COLUMN.search(said)
        and not NOTE_OF_COLUMN.search(said)
        and said not in ("tt", "stt", "so tt")
    ]


def _read(lines: Sequence[Line], found: _Found, notes: Mapping[str, int]) -> "_Reader":
    reader = _Reader(found.width, notes)
    for number, line in enumerate(lines[found.first : found.last], found.first):
        reader.line(number, line.text)
    return reader


class _Reader:
    """Reads the lines under a head: what stands before the values of a row is its name."""

    def __init__(self, width: int, notes: Mapping[str, int]) -> None:
        self.rows: list[_Row] = []
        self.notes: Counter[str] = Counter()
        """What stands behind the values of rows, without marks."""
        self._width = width
        self._known = notes
        self._parts: list[list[str]] = []
        self._note: list[str] = []
        self._short: _Row | None = None
        """A row that lacks a value, until it is seen what stands there instead."""
        self._is_open = self._is_note = self._lacks_values = self._is_unsure = False

    def line(self, number: int, text: str) -> None:
        """Take in the next line."""
        said = text.strip()
        places = _values(text)
        if places:
            self._short = None
            self._row(number, text, places)
            self._parts, self._note, self._is_open = [], [], False
            self._is_note, self._lacks_values = True, len(places) < self._width
            self._learn(text[places[-1][1] :].strip(" \N{BULLET}"))
        elif not said:
            self._is_open = self._is_note = False
        elif not self._parts and not _starts_a_row(said) and self._belongs_to_values(said):
            self._is_note, self._lacks_values = True, False
            self._learn(said)
            if self._short is not None and self._known.get(bare_text(" ".join(self._note)), 0) >= _KNOWN_NOTE:
                self.rows.append(self._short)
                self._short = None
        elif self._is_open and not _starts_a_row(said):
            self._parts[-1].append(said)
        else:
            self._is_note = self._lacks_values = False
            self._parts.append([said])
            self._is_open = True

    def _belongs_to_values(self, said: str) -> bool:
        """Whether a line stands right below values, goes on from there, or is in place of a value that a row lacks."""
        return self._is_note or self._lacks_values or (bool(self._note) and said[0].islower())

    def _learn(self, said: str) -> None:
        if said:
            self._note.append(said)
            self.notes[bare_text(" ".join(self._note))] += 1

    def _row(self, number: int, text: str, places: tuple[tuple[int, int], ...]) -> None:
        lead = " ".join(text[: places[0][0]].split())
        unit = ""
        if found := _UNIT_AT_END.search(lead):
            unit, lead = found["unit"], lead[: found.start()].strip()
        parts = self._parts
        if lead and not (self._is_open or _starts_a_row(lead) or len(lead.split()) > _MOST_WORDS_OF_UNIT):
            unit, lead = f"{lead} {unit}".strip(), ""
        if lead and self._is_open and not _starts_a_row(lead):
            parts[-1].append(lead)
        elif lead:
            parts.append([lead])
        else:
            unit = " ".join([*_taken_units(parts), unit]).strip()
        parts = _with_their_numbers(parts)
        name, before = _name_of(parts)
        is_sure = min([self._tell(part, number) for part in before], default=True)
        ordinal, name = _numbered(name)
        if not name or not unit:
            return
        self._is_unsure = not is_sure or (self._is_unsure and _is_part(name))
        doubt = "what it is a part of is uncertain" if self._is_unsure and _is_part(name) else ""
        is_whole = len(places) == self._width and not _is_torn(text, places)
        if len(places) == self._width - 1 and not _is_torn(text, places):
            self._short = _Row(ordinal, name, unit, number, places, doubt or "its row has a value less than the head")
        if not is_whole and _is_part(name):
            return
        # Where the values cannot be told apart, the name still says of what the rows below are parts.
        self.rows.append(_Row(ordinal, name, unit, number, places if is_whole else (), doubt))

    def _tell(self, part: list[str], number: int) -> bool:
        """Take in a paragraph between two rows; whether it is known what it is."""
        ordinal, name = _numbered(" ".join(part))
        if not name or name[0].islower() or bare_text(name) in self._known:
            return True
        unit = _PERCENT_AT_END.search(name)
        if name.lower().startswith("trong đó") and name.endswith(":"):
            return True
        is_sure = bool(ordinal or unit or name.endswith(":"))
        said = name[: unit.start()] if unit else name
        self.rows.append(_Row(ordinal if is_sure else "-", said, "%" if unit else "", number))
        return is_sure


def _starts_a_row(said: str) -> bool:
    return said.startswith(("-", "+")) or _NUMBERED.match(said) is not None or _ORDINAL.fullmatch(said) is not None


def _is_part(name: str) -> bool:
    return name.startswith(("-", "+")) or name.lower().startswith("trong đó")


def _is_torn(text: str, places: tuple[tuple[int, int], ...]) -> bool:
    """Whether a blank may stand within a number: a sign, one figure, and another figure alone behind it."""
    return any(
        _ONE_FIGURE.fullmatch(text[slice(*one)]) and text[slice(*two)].isdecimal() for one, two in pairwise(places)
    )


def _with_their_numbers(parts: list[list[str]]) -> list[list[str]]:
    """Put a row's number that stands alone before its name, and a unit that does behind it."""
    made: list[list[str]] = []
    for part in parts:
        if made and (_ORDINAL.fullmatch(" ".join(made[-1])) or all(map(_ONLY_UNIT.fullmatch, part))):
            made[-1] += part
        else:
            made.append(list(part))
    return made


def _taken_units(parts: list[list[str]]) -> list[str]:
    """Take the lines that only give a unit from the end of what stands before the values."""
    taken: list[str] = []
    while parts:
        last = parts[-1]
        size = next((n for n in (2, 1) if len(last) >= n and _ONLY_UNIT.fullmatch(" ".join(last[-n:]))), 0)
        if not size or len(taken) + size > _MOST_WORDS_OF_UNIT:
            break
        taken[:0] = last[-size:]
        del last[-size:]
        if not last:
            parts.pop()
    return taken


def _name_of(parts: list[list[str]]) -> tuple[str, list[list[str]]]:
    """Return the name of a row, the last paragraph before its values, and what stands before that."""
    if not parts:
        return "", []
    first = len(parts) - 1
    while first and parts[first][0][:1].islower():
        first -= 1
    name = " ".join(" ".join(line for part in parts[first:] for line in part).split())
    return ("" if name[:1].islower() else name), parts[:first]


def _numbered(name: str) -> tuple[str, str]:
    """Separate the number of a row from its name."""
    if _ORDINAL.fullmatch(name):
        return name, ""
    found = _NUMBERED.match(name)
    return (found[1], name[found.end() :]) if found else ("", name)


def _cells(line: Line, row: int, found: _Row) -> Iterator[CellText]:
    """Return the cells of a row; what was changed or doubted in a value stays with it."""
    number = found.line + 1
    for column, said in enumerate((found.ordinal, found.name, found.unit)):
        if said:
            yield CellText(row, column, 1, 1, said, None, _SURE, "", number)
    for column, (start, end) in enumerate(found.values, 3):
        doubts = [d.reason for d in line.doubts if d.start < end and start < d.start + max(1, len(d.text))]
        changed = [c.confidence for c in line.corrections if c.start < end and start < c.start + len(c.after)]
        doubt = next(iter(doubts), found.doubt)
        sure = min([_SURE, *(round(one, 4) for one in changed), *([_DOUBTED] if doubt else [])])
        yield CellText(row, column, 1, 1, line.text[start:end], None, sure, doubt, number)
