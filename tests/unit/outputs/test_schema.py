"""What is written as JSON fits the schema that is shipped, and the schema asks for what is written."""

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import vnreport_ocr
from vnreport_ocr.document import Document
from vnreport_ocr.model import (
    Box,
    Cell,
    Correction,
    Damage,
    Doubt,
    LeftOut,
    Letterhead,
    Line,
    Page,
    Posture,
    Reading,
    Role,
    Style,
    Table,
    Token,
)
from vnreport_ocr.outputs.json import schema

SAMPLES = Path(__file__).parents[3] / "samples"
BOX = Box(1, 2, 3, 4)
FULL = Line(
    "tố 1O",
    (Token("tố", 0, BOX, 0.6, (("tổ", 0.5),), Style(12, True, True, True)), Token("1O", 3, BOX)),
    (Correction(0, "tố", "tổ", "decode", 0.9, "why"),),
    (Doubt(3, "1O", "a figure"),),
    Role.HEADING,
    "\n\n",
)
SAID = Reading("ngày 3 tháng 4 năm 2019", 0.9, BOX, "why")
LISTS = ("addressees", "recipients")
LETTERHEAD = replace(
    Letterhead(addressees=(SAID,), recipients=(SAID,)),
    **{field.name: SAID for field in fields(Letterhead) if field.name not in LISTS},  # type: ignore[arg-type]
)
EVERYTHING = Document(
    (
        Page(
            1,
            (FULL,),
            (
                Table((Cell(0, 0, (FULL,), 2, 2, BOX),), 1, BOX, continues=True, repeated=1),
                Table((), 0),
            ),
            "ocr",
            Damage.LIGHT,
            0.5,
            (595.0, 842.0),
            ("read",),
            letterhead=LETTERHEAD,
            incomplete="cut off",
            left_out=(LeftOut("vị", "noise", BOX, 0.2, as_noise=True), LeftOut("x", "a watermark")),
            posture=Posture(90, -1.5),
            attached=("bang-ke.xlsx",),
            unfitting=("'a' -> 'b'",),
        ),
        Page(2, source="none", quality=0.0, error="no", error_class="EngineError"),
    ),
    "a.pdf",
    {"Title": "B"},
)  # fmt: skip


def errors(record: dict[str, Any]) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in Draft202012Validator(schema()).iter_errors(record)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", ["good-layer.pdf", "table-vector.pdf", "note.md"])
def test_samples_fit(name: str) -> None:
    assert errors(vnreport_ocr.clean_file(SAMPLES / name).to_dict()) == []


def test_a_document_with_everything_in_it_fits_and_uses_every_field_of_the_schema() -> None:
    record = EVERYTHING.to_dict()
    assert errors(record) == []
    written = json.dumps(record)
    known = {name for part in schema()["$defs"].values() for name in part.get("properties", {})}
    assert sorted(name for name in known if f'"{name}":' not in written) == []


@pytest.mark.parametrize(("field", "value"), [("number", 0), ("source", "eye"), ("quality", 1.5), ("colour", "red")])
def test_what_does_not_fit_is_refused(field: str, value: object) -> None:
    record = EVERYTHING.to_dict()
    record["pages"][0][field] = value
    assert errors(record)
