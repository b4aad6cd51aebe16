"""Cases of repair by kind; a known failure that mends itself must move to another kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.repair.helpers import mended

FOLDER = Path(__file__).parents[2] / "cases"
CASES = json.loads((FOLDER / "repair.json").read_text(encoding="utf-8"))
MIXED = json.loads((FOLDER / "charsets.json").read_text(encoding="utf-8"))["mixed"]
_KNOWN_FAILURE = pytest.mark.xfail(strict=True, reason="if it passes, move the case to another kind")
KINDS = ["in-the-wild", "negative", "synthetic", "known-failures"]


def _params() -> list[Any]:
    found = []
    for kind in KINDS:
        marks = [_KNOWN_FAILURE] if kind == "known-failures" else []
        found += [pytest.param(case, id=f"{kind}: {case['name']}", marks=marks) for case in CASES[kind]]
    return found


def _options(case: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name == "terms" else value for name, value in case.get("options", {}).items()}


@pytest.mark.parametrize("case", _params())
def test_case(case: dict[str, Any]) -> None:
    assert mended(case["before"], **_options(case)) == case["after"]


@pytest.mark.parametrize("case", [case for kind in KINDS[:3] for case in CASES[kind]], ids=lambda case: case["name"])
def test_what_is_right_stays(case: dict[str, Any]) -> None:
    assert mended(case["after"], **_options(case)) == case["after"]


@pytest.mark.parametrize("case", MIXED, ids=lambda case: case["name"])
def test_documents_of_several_charsets(case: dict[str, str]) -> None:
    assert mended(case["before"]) == case["after"]


def test_the_kinds_are_what_they_say() -> None:
    assert sorted(CASES) == sorted(KINDS)
    assert all(case["before"] == case["after"] for case in CASES["negative"])
    assert all(case["before"] != case["after"] for case in [*CASES["in-the-wild"], *CASES["known-failures"]])
    names = [case["name"] for kind in KINDS for case in CASES[kind]]
    assert len(set(names)) == len(names)
