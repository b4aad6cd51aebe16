from dataclasses import replace

import pytest

from vnreport_ocr.cli.closing import Closing
from vnreport_ocr.errors import (
    DamagedPdfError,
    EngineError,
    MissingEngineError,
    MissingFileError,
    PartialResultError,
    VnocrError,
)
from vnreport_ocr.model import Correction, Line, Page


def page(number: int, text: str = "ba chữ đây", quality: float = 1.0, source: str = "layer") -> Page:
    return Page(number, (Line(text),), source=source, quality=quality)


def test_pages_words_and_corrections_are_counted() -> None:
    closing = Closing()
    line = Line("tinh ủy", corrections=(Correction(0, "tinh", "tỉnh", "decode", 0.99),))
    closing.count(Page(1, (line,), source="layer", quality=0.9), "")
    closing.count(page(2), "")
    assert closing.sentence() == "2 pages (2 layer), 5 words, 1 correction, mean quality 0.96."
    assert closing.error() is None


def test_pages_for_a_person_and_unread_ones_are_named() -> None:
    closing = Closing()
    closing.count(page(1, quality=0.4, source="ocr"), "a.pdf")
    closing.count(Page(2, error="The engine did not end.", error_class="EngineTimeoutError"), "a.pdf")
    assert "1 page to check: a.pdf:1 (low quality); unread: a.pdf:2." in closing.sentence()
    error = closing.error()
    assert isinstance(error, PartialResultError)
    assert error.exit_code == 6


def test_pages_that_are_not_all_there_are_named_once() -> None:
    closing = Closing()
    closing.count(page(1), "")
    closing.count(replace(page(2, quality=0.5), incomplete="Its picture is cut off."), "")
    assert closing.sentence().endswith("mean quality 0.75; incomplete: 2.")
    error = closing.error()
    assert isinstance(error, PartialResultError)
    assert "1 page could not be read completely" in str(error)


def test_where_nothing_was_read_the_reason_is_the_pages_own() -> None:
    closing = Closing()
    for number in (1, 2):
        closing.count(Page(number, error="Tesseract is not installed.", error_class="MissingEngineError"), "")
    error = closing.error()
    assert isinstance(error, MissingEngineError)
    assert "2 pages could not be read" in str(error)
    closing.count(page(3), "")
    assert isinstance(closing.error(), PartialResultError)


def test_a_long_list_is_cut() -> None:
    closing = Closing()
    for number in range(1, 31):
        closing.count(page(number, quality=0.1), "")
    assert closing.sentence().endswith("11 (low quality), 12 (low quality) and 18 more.")


@pytest.mark.parametrize(
    ("failures", "delivered", "code"),
    [
        ([MissingFileError("No.")], 0, 3),
        ([MissingFileError("No.")], 1, 6),
        ([MissingFileError("No."), DamagedPdfError("Cut off.")], 0, 3),
        ([EngineError("It failed."), DamagedPdfError("Cut off.")], 0, 6),
        ([], 2, 0),
    ],
)
def test_the_exit_code_derives_from_what_happened(failures: list[VnocrError], delivered: int, code: int) -> None:
    closing = Closing(failures=failures, delivered=delivered)
    error = closing.error()
    assert (error.exit_code if error else 0) == code


def test_nothing_at_all_has_a_sentence() -> None:
    assert Closing().sentence() == "0 pages, 0 words, 0 corrections, mean quality 0.00."
