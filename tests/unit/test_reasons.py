"""Whatever the rooms give as a reason has Vietnamese words, also what is written tomorrow."""

import ast
import inspect
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from vnreport_ocr import errors
from vnreport_ocr.archive.phrases import _CLASSES
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.reasons import attention_in_vietnamese, in_vietnamese, step_in_vietnamese
from vnreport_ocr.serve.phrases import Say

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "vnreport_ocr"
ROOMS = (
    "repair",
    "figures",
    "structure",
    "sources/ocr",
    "sources/pdf/unseen.py",
    "reading",
    "review/applying.py",
    "search",
)
REASON_AT = {"Doubt": 2, "Correction": 5, "Finding": 4, "LeftOut": 1, "Mended": 3, "Value": 3, "doubtful": 1}
"""Which argument of a call is a reason."""
NAMES = ("reason", "why", "doubt", "incomplete", "cut_off", "cut_short", "too_many", "broken")
NOT_TOLD = ("reading/choose.py", "sources/pdf/drawing.py")
"""Notes of how a page was read, and what the error of its class tells."""


def files() -> Iterator[Path]:
    for room in ROOMS:
        place = SOURCE / room
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def texts(node: ast.expr | None) -> Iterator[str]:
    """Give the texts that an expression may come to, with a 7 for what is put into them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*texts(node.body), *texts(node.orelse))
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in texts(value))
    elif isinstance(node, ast.Tuple):
        yield from (text for value in node.elts for text in texts(value))


def is_named(name: str) -> bool:
    return any(part in name.lower() for part in NAMES)


def told(path: Path) -> Iterator[str]:
    """Give every reason in a module: what is called so, what is given as one, what functions of that name return."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and is_named(target.id) for target in targets):
                yield from texts(node.value)
        elif isinstance(node, ast.FunctionDef) and is_named(node.name):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return | ast.Yield):
                    yield from texts(inner.value)
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            place = REASON_AT.get(name, len(node.args))
            yield from (text for argument in node.args[place : place + 1] for text in texts(argument))
            yield from (text for one in node.keywords if one.arg and is_named(one.arg) for text in texts(one.value))


@pytest.mark.parametrize("path", list(files()), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_reason_has_vietnamese_words(path: Path) -> None:
    if path.relative_to(SOURCE).as_posix() in NOT_TOLD:
        return
    reasons = {text for text in told(path) if " " in text.strip()}
    assert [reason for reason in sorted(reasons) if in_vietnamese(reason) is None] == []


def test_reasons_are_found_in_the_source() -> None:
    found = {text for path in files() for text in told(path)}
    assert {"no such word", "there is no such date", "the number may be handwritten"} <= found
    assert len(found) > 50


def test_what_texts_come_to_is_told_in_vietnamese() -> None:
    cases = json.loads((ROOT / "tests" / "cases" / "repair.json").read_text(encoding="utf-8"))
    damaged = [value for value in _strings(cases) if len(value) > 20]
    document = Pipeline(Options()).clean_text("\n\n".join(damaged[:400]))
    reasons = {doubt.reason for doubt in document.doubts} | {one.reason for one in document.corrections}
    steps = {one.step for one in document.corrections}

    assert len(reasons) > 8
    assert {reason for reason in reasons if in_vietnamese(reason) is None} == set()
    assert {step for step in steps if step_in_vietnamese(step) is None} == set()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("may be 'Hội'", "có thể là “Hội”"),
        ("changed from 'Hoi', 61% sure", "đã sửa từ “Hoi”, chắc 61%"),
        ("the page has the same number with another figure; it may be '45'",
         "trên trang có số này với một chữ số khác; có thể là “45”"),
        ("not a letter or figure, and no surer than 0.3", "không phải chữ hay số, độ chắc không quá 0,3"),
        ("somebody's words", None),
        ("", ""),
    ],
)  # fmt: skip
def test_what_was_read_stands_in_it(english: str, vietnamese: str | None) -> None:
    assert in_vietnamese(english) == vietnamese


def test_why_a_page_needs_a_person() -> None:
    said = "1,234 doubtful figures: 12; 5, 7, 8, 9, 10 and 1,229 more; a word left out: (nothing)"
    assert attention_in_vietnamese(said) == (
        "1.234 con số đáng ngờ: 12; 5, 7, 8, 9, 10 và 1.229 chỗ nữa; một từ bị bỏ ra: (không có gì)"
    )


def test_every_class_of_errors_has_vietnamese_words() -> None:
    kinds = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, VnocrError)}
    assert kinds - set(_CLASSES) == set()


def test_every_broken_query_is_told_in_vietnamese() -> None:
    said = set()
    for path in (SOURCE / "search").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QueryError":
                said |= set(texts(node.args[0]))
    say = Say("vi")
    usual = say("query not followed")

    assert len(said) > 10
    assert {one for one in said if say.problem(one) == usual} - {"The query cannot be understood (7)."} == set()
