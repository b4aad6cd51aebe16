from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from vnreport_ocr.errors import OptionError, UsageError
from vnreport_ocr.options import _CHECKS, _CHOICES, Options

REFUSED: list[tuple[str, Any]] = [
    ("source", "pdf"), ("source", None), ("engine", "paddle"), ("strictness", "x"), ("tone_style", "hoà"),
    ("pages", ""), ("pages", "a"), ("pages", "0"), ("pages", "3-2"), ("pages", []), ("pages", [0]), ("pages", [1, "2"]),
    ("pages", [True]), ("pages", 1.5), ("pages", b"1"), ("password", 7), ("language", ""), ("language", "vie;rm"),
    ("language", None), ("terms", "Sở Y tế"), ("terms", [1]), ("terms", None), ("reflow", 1), ("repair", "yes"),
    ("furniture", None), ("page_timeout", -1), ("page_timeout", 0), ("page_timeout", float("nan")),
    ("page_timeout", float("inf")), ("page_timeout", "5"), ("page_timeout", True), ("dictionaries", 5), ("tessdata", 5),
    ("page_memory", 10), ("page_memory", True), ("docx_doubts", "red"), ("docx_page_breaks", "yes"), ("pdfa", 1),
    ("csv_bom", "x"), ("quality", "good"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_what_cannot_be_followed_is_refused_at_once_by_name(name: str, value: Any) -> None:  # noqa: ANN401 - of every type
    with pytest.raises(OptionError) as caught:
        Options(**{name: value})
    assert isinstance(caught.value, UsageError)
    assert isinstance(caught.value, ValueError)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_field_has_a_check() -> None:
    names = {field.name for field in fields(Options)}
    assert {*_CHECKS, *_CHOICES} == names
    assert {name for name, _ in REFUSED} == names


@pytest.mark.parametrize(
    ("pages", "kept"),
    [([1, 2, 3, 7], "1-3,7"), (range(2, 5), "2-4"), ((9, 1, 1), "1,9"), (4, "4"), ("2-", "2-"), (None, None)],
)
def test_pages_may_be_numbers(pages: Any, kept: str | None) -> None:  # noqa: ANN401 - of every type
    assert Options(pages=pages).pages == kept


def test_other_ways_to_write_the_same_are_the_same() -> None:
    loose = Options(terms=["Sở Y tế"], page_timeout=7, dictionaries=Path("d"))  # type: ignore[arg-type]
    strict = Options(terms=("Sở Y tế",), page_timeout=7.0, dictionaries="d")
    assert loose == strict
    assert hash(loose) == hash(strict)
    assert loose.fingerprint() == strict.fingerprint()


def test_a_password_is_never_told() -> None:
    with pytest.raises(OptionError) as caught:
        Options(password=b"geheim")  # type: ignore[arg-type]
    assert "geheim" not in str(caught.value)
