"""Decisions and documents that strangers might send to ``vnocr apply``: one line each, and nothing half-written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vnreport_ocr.cli.main import run
from vnreport_ocr.model import Box, Letterhead, Line, Page, Reading, Token
from vnreport_ocr.outputs.json import JsonStream
from vnreport_ocr.review import decisions as limits
from vnreport_ocr.review.decisions import ReviewDecision, Verdict, by_page, read_decisions
from vnreport_ocr.review.kept import decided
from vnreport_ocr.review.terms import PLACE

SAID = "Ủy ban nhân dân xã Tân Lập"
BOX = Box(10.0, 20.0, 60.0, 32.0)
PAGE = Page(
    1,
    (Line(SAID, (Token("Ủy", 0, BOX, 0.9),)), Line("họp ngày 3 tháng 4.")),
    source="ocr",
    size=(595.0, 842.0),
    letterhead=Letterhead(issuer=Reading(SAID, 0.9, BOX)),
)
ONE: dict[str, Any] = {
    "page": 1, "read": "Tân Lập", "put": "Tân Lập", "verdict": "type", "chosen": "Tân Lâp", "before": "xã ",
    "box": None,
}  # fmt: skip

Change = Callable[[dict[str, Any]], object]


def written(*pages: Page) -> str:
    stream = JsonStream("to-trinh.pdf")
    return "".join(map(stream.page, pages)) + stream.end()


def of_decisions(*made: object, **more: object) -> str:
    record = {"format": "vnocr-decisions", "format_version": 1, "document": "to-trinh.pdf", "decisions": made}
    return json.dumps(record | more)


def one(**changes: object) -> str:
    return of_decisions({**ONE, **changes})


def edges(edge: str) -> str:
    """A box of which one edge is written as no list of Python's could say it."""
    return one(box=["EDGE", 2, 3, 4]).replace('"EDGE"', edge)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PLACE, str(tmp_path / "terms.txt"))
    (tmp_path / "to-trinh.json").write_text(written(PAGE), encoding="utf-8")
    (tmp_path / "made.json").write_text(of_decisions(), encoding="utf-8")
    return tmp_path


def apply(folder: Path) -> int:
    return run(["apply", str(folder / "to-trinh.json"), str(folder / "made.json"), "-o", str(folder / "out")])


DECISIONS = {
    "lists-in-lists": "[" * 200_000,
    "objects-in-objects": '{"a":' * 200_000,
    "lists-as-decisions": '{"format": "vnocr-decisions", "format_version": 1, "decisions": ' + "[" * 100_000,
    "page-of-many-digits": one(page="PAGE").replace('"PAGE"', "9" * 4000),
    "page-of-too-many-digits": one(page="PAGE").replace('"PAGE"', "9" * 100_000),
    "page-beyond-all": one(page=10**9),
    "page-not-a-number": one(page="PAGE").replace('"PAGE"', "NaN"),
    "page-and-a-half": one(page=1.5),
    "edge-of-many-digits": edges("9" * 400),
    "edge-over-all": edges("1e999"),
    "edge-not-a-number": edges("NaN"),
    "edge-without-end": edges("-Infinity"),
    "edge-far-out": edges("1e9"),
    "edge-of-letters": edges('"10"'),
    "edge-true": edges("true"),
    "five-edges": one(box=[1, 2, 3, 4, 5]),
    "no-edges": one(box=[]),
    "verdict-list": one(verdict=["accept"]),
    "verdict-object": one(verdict={}),
    "said-as-number": one(chosen=5),
    "decisions-object": of_decisions(decisions={"a": 1}),
    "decisions-null": of_decisions(decisions=None),
    "decision-null": of_decisions(None),
    "document-number": of_decisions(document=5),
    "version-list": of_decisions(format_version=[1] * 100_000),
    "version-steers": of_decisions(format_version="\x1b[2J\n" * 1000),
    "too-many": of_decisions(*[None] * (limits.MOST_MADE + 1)),
    "nothing": "",
    "noughts": "\0" * 1000,
    "number": "1e400",
}


@pytest.mark.parametrize("name", DECISIONS)
def test_hostile_decisions_are_told_in_one_line(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "made.json").write_text(DECISIONS[name], encoding="utf-8")
    assert apply(folder) == 3
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(f"vnocr: {folder / 'made.json'}: ")
    assert "Traceback" not in told
    assert len(told) < 400 + len(str(folder))
    assert not (folder / "out").exists()
    assert not (folder / "terms.txt").exists()


def test_a_file_of_two_hundred_megabytes_is_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "made.json").open("wb") as file:
        file.truncate(200_000_000)
    assert apply(folder) == 3
    assert "too large" in capsys.readouterr().err


def first_page(change: Change) -> Change:
    return lambda document: change(document["pages"][0])


def first_line(change: Change) -> Change:
    return lambda document: change(document["pages"][0]["lines"][0])


def put(**values: object) -> Change:
    return lambda record: record.update(values)


def cells(*made: dict[str, Any], before: object = 0) -> Change:
    return first_page(put(tables=[{"before_line": before, "cells": [{"lines": [{"text": "x"}], **c} for c in made]}]))


GROWING = {"start": 0, "before": "", "after": "q" * 1000, "step": "x", "confidence": 1}
DOCUMENTS: dict[str, Change] = {
    "name-with-nought": put(name="a\0b"),
    "name-too-long": put(name="ế" * 300 + ".pdf"),
    "name-of-half-a-sign": put(name="a\ud800b"),
    "name-list": put(name=["a"]),
    "pages-text": put(pages="abc"),
    "pages-object": put(pages={"a": 1}),
    "pages-null": put(pages=None),
    "page-null": put(pages=[None]),
    "page-list": put(pages=[[1, [], []]]),
    "number-text": first_page(put(number="1")),
    "number-negative": first_page(put(number=-5)),
    "number-of-many-digits": first_page(put(number=10**4000)),
    "number-twice": lambda document: document["pages"].append(document["pages"][0]),
    "quality-text": first_page(put(quality="x")),
    "quality-none-of-all": first_page(put(quality=float("nan"))),
    "size-without-end": first_page(put(size=[float("inf"), 1.0])),
    "size-text": first_page(put(size=["a", "b"])),
    "error-number": first_page(put(error=5)),
    "notes-number": first_page(put(notes=5)),
    "damage-unknown": first_page(put(damage="evil")),
    "letterhead-list": first_page(put(letterhead=[1, 2, 3])),
    "letterhead-numbers": first_page(put(letterhead={"date": {"text": 5, "confidence": "x"}})),
    "left-out-numbers": first_page(put(left_out=[{"text": 5, "reason": 6}])),
    "lines-text": first_page(put(lines="abc")),
    "line-number": first_page(put(lines=[{"text": 5}])),
    "line-null": first_page(put(lines=[{"text": None}])),
    "line-end-number": first_line(put(end=7)),
    "role-unknown": first_line(put(role="evil")),
    "tokens-text": first_line(put(tokens="abcd")),
    "box-of-letters": first_line(put(tokens=[{"text": "x", "start": 0, "box": ["a", "b", "c", "d"]}])),
    "doubt-number": first_line(put(doubts=[{"start": 0, "text": 5, "reason": None}])),
    "correction-that-does-not-fit": first_line(put(corrections=[{**GROWING, "before": "zzz"}])),
    "corrections-that-grow": first_line(put(corrections=[GROWING] * 20_000)),
    "cell-far-out": cells({"row": 10**6, "column": 10**6}),
    "cell-over-all": cells({"row": 0, "column": 0, "row_span": 10**9, "column_span": 10**9}),
    "cell-before-the-table": cells({"row": -5, "column": 0}),
    "table-before-the-page": cells({"row": 0, "column": 0}, before=-3),
    "properties-numbers": put(properties={"Title": 5}),
    "properties-text": put(properties="abc"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_documents_are_told_in_one_line(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(written(PAGE))
    DOCUMENTS[name](document)
    (folder / "to-trinh.json").write_text(json.dumps(document), encoding="utf-8")
    assert apply(folder) == 3
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith(f"vnocr: {folder / 'to-trinh.json'}: ")
    assert len(told) < 400 + len(str(folder))
    assert not (folder / "out").exists()


def test_what_no_longer_fits_is_told_in_a_few_lines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = [{**ONE, "read": f"số {number}", "put": f"số {number}"} for number in range(2000)]
    (folder / "made.json").write_text(of_decisions(*made), encoding="utf-8")
    assert apply(folder) == 6
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 13
    assert told[-2] == "vnocr: no longer fit: 1,990 more"
    assert len(read_decisions(folder / "out" / "to-trinh.pdf.decisions.json").made) == 2000


def test_what_was_typed_stays_on_its_line_and_steers_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = of_decisions({**ONE, "chosen": "Tân\n\x1b[2J\0Lâp"}, document="khác\x1b[2J.pdf")
    (folder / "made.json").write_text(made, encoding="utf-8")
    assert apply(folder) == 0
    text = (folder / "out" / "to-trinh.txt").read_text(encoding="utf-8")
    assert text.splitlines() == ["Ủy ban nhân dân xã Tân [2J Lâp", "họp ngày 3 tháng 4."]
    assert "\x1b" not in capsys.readouterr().err


def test_half_a_sign_is_kept(folder: Path) -> None:
    (folder / "made.json").write_text(one(read="\ud800", chosen="Tân\udfff Lâp"), encoding="utf-8")
    assert apply(folder) == 0
    (kept,) = read_decisions(folder / "out" / "to-trinh.pdf.decisions.json").made
    assert (kept.read, kept.chosen) == ("\ud800", "Tân\udfff Lâp")


def test_a_word_without_end_is_no_term(folder: Path) -> None:
    (folder / "made.json").write_text(one(chosen="z" * 1_000_000), encoding="utf-8")
    assert apply(folder) == 0
    assert not (folder / "terms.txt").exists()


def test_decisions_are_parted_by_their_pages() -> None:
    made = [ReviewDecision(page, "a", "b", Verdict.TYPE, "c") for page in (2, 1, 2)]
    assert by_page(made) == {2: [made[0], made[2]], 1: [made[1]]}
    pages = list(decided([Page(1), Page(2)], limits.Decisions("a", tuple(made))))
    assert [len(page.unfitting) for page in pages] == [1, 2]
