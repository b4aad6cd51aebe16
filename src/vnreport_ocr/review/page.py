"""The review page: one HTML file that needs no other, each page's picture beside its text, each doubt to be decided."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from html import escape
from importlib import resources
from string import Template
from typing import Any, Final

from vnreport_ocr.model import Box, Line, Page, Role, Table
from vnreport_ocr.reasons import change_in_vietnamese, in_vietnamese
from vnreport_ocr.review.decisions import AROUND
from vnreport_ocr.review.marks import ReviewMark, marks_of

Draw = Callable[[Page], bytes | None]
"""Draws a page as a WebP picture; None where it has none."""

_ROLES: Final = {Role.HEADING: "heading", Role.LETTERHEAD: "letterhead", Role.FURNITURE: "furniture",
                 Role.FOOTNOTE: "footnote"}  # fmt: skip
_PAGES: Final = "<!-- pages -->"
_DECIMALS: Final = 1


class ReviewStream:
    """Pages to one HTML file, a page at a time."""

    def __init__(self, name: str = "", draw: Draw | None = None) -> None:
        self._name = name
        self._draw = draw
        self._first = True
        self._held = hashlib.sha256(name.encode("utf-8", "replace"))

    def page(self, page: Page) -> str:
        """Return what this page adds to the file."""
        lead = self._opening() if self._first else ""
        self._first = False
        marks: list[dict[str, Any]] = []
        body = "".join(_body(page, marks))
        self._held.update(body.encode("utf-8", "replace"))
        picture = self._draw(page) if self._draw is not None and page.size is not None else None
        return lead + _section(page, body, marks, picture)

    def end(self) -> str:
        """Return what closes the file."""
        about = {"name": self._name, "id": self._held.hexdigest()[:24]}
        _, tail = self._frame(about)
        return (self._opening() if self._first else "") + tail

    def _opening(self) -> str:
        return self._frame({})[0]

    def _frame(self, about: dict[str, str]) -> tuple[str, str]:
        """Return what stands before the pages, and what behind them."""
        style, script = _part("review.css"), _part("review.js")
        policy = (
            "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
            f"style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'"
        )
        title = escape(self._name) or "vnocr"
        filled = Template(_part("review.html")).substitute(
            policy=policy, title=title, style=style, script=script, about=_data("about", about)
        )
        head, _, tail = filled.partition(_PAGES)
        return head, tail


def _section(page: Page, body: str, marks: list[dict[str, Any]], picture: bytes | None) -> str:
    sheet = ""
    if picture is not None:
        source = f"data:image/webp;base64,{base64.b64encode(picture).decode('ascii')}"
        sheet = f'<div class="sheet"><img loading="lazy" alt="Trang {page.number}" src="{source}"></div>'
    size = f' data-width="{page.size[0]:g}" data-height="{page.size[1]:g}"' if page.size else ""
    notes = "".join(f'<p class="note">{escape(text)}</p>' for text in (page.error, page.incomplete) if text)
    return (
        f'<section class="page{"" if sheet else " bare"}" id="p{page.number}" data-page="{page.number}"{size}>{sheet}'
        f'<div class="text" lang="vi"><h2>Trang {page.number}</h2>{notes}{body}</div>{_data("", marks)}</section>'
    )


def _body(page: Page, marks: list[dict[str, Any]]) -> Iterator[str]:
    """Write the lines of a page, and its tables where they stand."""
    tables = sorted(page.tables, key=lambda table: table.before_line)
    for number, line in enumerate(page.lines):
        while tables and tables[0].before_line <= number:
            yield from _table(tables.pop(0), marks)
        yield _line(line, marks)
    for table in tables:
        yield from _table(table, marks)


def _table(table: Table, marks: list[dict[str, Any]]) -> Iterator[str]:
    rows: dict[int, list[str]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        content = "".join(_line(line, marks) for line in cell.lines)
        rows.setdefault(cell.row, []).append(f"<td{spans}>{content}</td>")
    yield "<table>" + "".join(f"<tr>{''.join(rows[row])}</tr>" for row in sorted(rows)) + "</table>"


def _line(line: Line, marks: list[dict[str, Any]]) -> str:
    text, at, parts = line.text, 0, []
    for mark in marks_of(line):
        parts.append(escape(text[at : mark.start]))
        parts.append(f'<mark tabindex="0" role="button" class="{_classes(mark)}">{escape(mark.text)}</mark>')
        marks.append(_record(mark, text))
        at = mark.end
    role = _ROLES.get(line.role)
    return f'<p class="l{" " + role if role else ""}">{"".join(parts)}{escape(text[at:])}</p>'


def _classes(mark: ReviewMark) -> str:
    sure = "doubt" if mark.doubts else "low" if mark.confidence < 0.9 else "sure"
    return f"{sure} {mark.kind}"


def _record(mark: ReviewMark, text: str) -> dict[str, Any]:
    return {
        "read": mark.read,
        "put": mark.text,
        "sure": round(mark.confidence, 3),
        "kind": str(mark.kind),
        "changed": mark.changed,
        "doubts": mark.doubts,
        "reasons": mark.reasons,
        "doubts_vi": [in_vietnamese(reason) or reason for reason in mark.doubts],
        "reasons_vi": [change_in_vietnamese(reason) for reason in mark.reasons],
        "rivals": mark.rivals,
        "box": _rounded(mark.box),
        "before": text[max(0, mark.start - AROUND) : mark.start],
        "after": text[mark.end : mark.end + AROUND],
    }


def _rounded(box: Box | None) -> list[float] | None:
    return None if box is None else [round(edge, _DECIMALS) for edge in box]


def _data(name: str, value: object) -> str:
    """Write data for the script; nothing in it can end the element or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    mark = f'id="{name}"' if name else 'class="marks"'
    return f'<script type="application/json" {mark}>{text}</script>'


def _part(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
