"""Tone styles: a document's own majority, and writing a text all one way."""

import pytest

from tests.unit.repair.helpers import repair
from vnreport_ocr.model import replay
from vnreport_ocr.repair.tone import document_style, restyle


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["Uỷ ban", "hoà bình", "khóa"], "new"),
        (["Ủy ban", "hòa bình", "khoá"], "old"),
        (["không có chữ nào"], "new"),
        (["quý", "quả", "toàn"], "new"),
        ([], "new"),
    ],
)
def test_the_majority_of_a_document(texts: list[str], style: str) -> None:
    assert document_style(texts, "auto") == style
    assert document_style(texts, "old") == "old"


def test_a_text_is_written_one_way() -> None:
    text = "Uỷ ban, HỘI ĐỒNG KHOÁ XII và ủy viên; quý I"
    for style, wanted in (("old", "Ủy ban, HỘI ĐỒNG KHÓA XII và ủy viên; quý I"), ("new", text.replace("ủy", "uỷ"))):
        (found,) = restyle([text], style)
        assert replay(text, found) == wanted
        assert not restyle([wanted], style)[0]


def test_words_that_are_changed_follow_the_document() -> None:
    result = repair("Ủy ban nhân dân huyện họp.\nThường trực Tinh uy và Huyện ủy Hòa Bình đã báo cáo.")
    assert result.lines[1].text == "Thường trực Tỉnh ủy và Huyện ủy Hòa Bình đã báo cáo."
