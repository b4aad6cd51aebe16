"""JSON with everything known: what was read, what was decided and why, where it is, how sure it is."""

import json
from importlib.resources import files
from typing import Any, Final

from vnreport_ocr import __version__
from vnreport_ocr.attention import attention
from vnreport_ocr.model import AS_IT_IS, Cell, Correction, Doubt, LeftOut, Letterhead, Line, Page, Reading, Table, Token
from vnreport_ocr.structure.fieldnames import facts
from vnreport_ocr.structure.wording import real_date

FORMAT: Final = "vnocr-document"
FORMAT_VERSION: Final = 1

Record = dict[str, Any]


def schema() -> Record:
    """Return the JSON Schema that all JSON output conforms to (``docs/json.md``)."""
    text = files("vnreport_ocr.outputs").joinpath("document.schema.json").read_text(encoding="utf-8")
    found: Record = json.loads(text)
    return found


class JsonStream:
    """Writes pages to one JSON object, one page at a time."""

    def __init__(self, name: str = "", properties: dict[str, str] | None = None) -> None:
        self._head: Record = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "made_by": f"vnocr {__version__}",
            "name": name,
            "properties": properties or {},
        }
        self._first = True

    def page(self, page: Page) -> str:
        """Return the part of the file for this page."""
        lead = self._opening() if self._first else ","
        self._first = False
        return f"{lead}\n{_written(page_record(page))}"

    def end(self) -> str:
        """Return the end of the file."""
        return (self._opening() if self._first else "") + "\n]}\n"

    def _opening(self) -> str:
        return _written(self._head)[:-2] + ',\n "pages": ['


def _written(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1)


def page_record(page: Page) -> Record:
    """Return one page as plain values; absent ones are left out."""
    return _without_nothing(
        {
            "number": page.number,
            "source": page.source,
            "damage": str(page.damage),
            "quality": round(page.quality, 4),
            "size": page.size,
            "posture": page.posture._asdict() if page.posture != AS_IT_IS else None,
            "notes": list(page.notes),
            "error": page.error,
            "error_class": page.error_class,
            "incomplete": page.incomplete,
            "attached": list(page.attached),
            "unfitting": list(page.unfitting),
            "attention": [
                {"matter": str(reason.matter), "reason": reason.reason, "places": list(reason.places)}
                for reason in attention(page)
            ],
            "letterhead": letterhead_record(page.letterhead) if page.letterhead else None,
            "text": page.text if page.error is None else "",
            "lines": [_line(line) for line in page.lines],
            "tables": [_table(table) for table in page.tables],
            "left_out": [_left_out(words) for words in page.left_out],
        }
    )


def _line(line: Line) -> Record:
    return _without_nothing(
        {
            "text": line.text,
            "raw": line.raw if line.corrections else None,
            "role": str(line.role) if line.role != "body" else None,
            "end": line.end if line.end != "\n" else None,
            "corrections": [_correction(c) for c in line.corrections],
            "doubts": [_doubt(d) for d in line.doubts],
            "tokens": [_token(token) for token in line.tokens if token.box is not None],
        }
    )


def _correction(correction: Correction) -> Record:
    record = correction._asdict() | {"confidence": round(correction.confidence, 4)}
    return _without_nothing(record)


def _doubt(doubt: Doubt) -> Record:
    return doubt._asdict()


def _left_out(words: LeftOut) -> Record:
    box = [round(edge, 1) for edge in words.box] if words.box else None
    return _without_nothing(words._asdict() | {"box": box, "as_noise": words.as_noise or None})


def _token(token: Token) -> Record:
    style = token.style
    return _without_nothing(
        {
            "text": token.text,
            "start": token.start,
            "box": [round(edge, 1) for edge in token.box] if token.box else None,
            "confidence": token.confidence,
            "alternatives": [list(pair) for pair in token.alternatives],
            "size": style.size if style else None,
            "bold": style.bold or None if style else None,
            "superscript": style.superscript or None if style else None,
            "italic": style.italic or None if style else None,
        }
    )


def _table(table: Table) -> Record:
    return _without_nothing(
        {
            "before_line": table.before_line,
            "box": list(table.box) if table.box else None,
            "continues": table.continues or None,
            "repeated": table.repeated or None,
            "rows": table.rows(),
            "cells": [_cell(cell) for cell in table.cells],
        }
    )


def _cell(cell: Cell) -> Record:
    return _without_nothing(
        {
            "row": cell.row,
            "column": cell.column,
            "row_span": cell.row_span if cell.row_span > 1 else None,
            "column_span": cell.column_span if cell.column_span > 1 else None,
            "box": list(cell.box) if cell.box else None,
            "text": cell.text,
            "lines": [_line(line) for line in cell.lines],
        }
    )


def letterhead_record(letterhead: Letterhead) -> Record:
    """Return what a letterhead says as plain values, each fact with its name in Vietnamese; lists stay lists."""
    record: Record = {}
    for name, vietnamese, reading in facts(letterhead):
        said = _reading(reading) | {"vi": vietnamese}
        if name in ("addressees", "recipients"):
            record.setdefault(name, []).append(said)
        else:
            record[name] = said
    day = real_date(letterhead.date.text) if letterhead.date is not None else None
    if day is not None:
        record["date"]["iso"] = day.isoformat()
    return record


def _reading(reading: Reading) -> Record:
    return _without_nothing(
        {
            "text": reading.text,
            "confidence": round(reading.confidence, 3),
            "box": [round(edge, 1) for edge in reading.box] if reading.box else None,
            "doubt": reading.doubt,
        }
    )


def _without_nothing(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None and value != []}
