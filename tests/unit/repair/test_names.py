"""Names that a document writes again and again draw the forms that were misread."""

import pytest

from tests.unit.repair.helpers import mended
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.names import DocumentNames

OFTEN = "Ông Brogel đến thăm xã. Bà Brogel phát biểu. Nhà máy Brogel khởi công. Theo Brogel thì dự án tốt. "


def names(text: str) -> DocumentNames:
    return DocumentNames(Parsed([text]).sentences([True]))


def found(text: str, read: str) -> list[str]:
    return [name.text for name in names(text).find(read)]


def test_a_name_draws_the_form_with_another_letter() -> None:
    assert found(OFTEN + "Hôm qua Btogel trả lời.", "Btogel") == ["Brogel"]
    assert found(OFTEN + "Hôm qua Brögel trả lời.", "Brögel") == ["Brogel"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (OFTEN + "Hôm qua Btogel trả lời.", "Brogel"),
        ("Ông Brogel đến. Bà Btogel phát biểu.", "Btogel"),
        (OFTEN + "Btogel và Btogel là hai người.", "Btogel"),
        (OFTEN + "Hôm qua Brogle trả lời.", "Brogle"),
        ("Kofi nói. Kofi đi. Kofi về. Kori ở lại.", "Kori"),
        (OFTEN, "Hoàng"),
    ],
)
def test_no_name_where_the_document_does_not_tell(text: str, read: str) -> None:
    assert found(text, read) == []


def test_the_misread_form_is_mended() -> None:
    assert mended(OFTEN + "Hôm qua Btogel trả lời báo chí.").endswith("Hôm qua Brogel trả lời báo chí.")


def test_two_names_that_look_alike_both_stay() -> None:
    text = "Ông Harlan đến thăm xã. Bà Harlen phát biểu. Ông Harlan khởi công. Bà Harlen trả lời báo chí."
    assert mended(text) == text


@pytest.mark.parametrize("other", ["Bromel", "Brozel", "Brogek"])
def test_a_letter_of_another_shape_makes_another_name(other: str) -> None:
    text = OFTEN + f"Hôm qua {other} trả lời báo chí."
    assert found(text, other) == []
    assert mended(text) == text
