import json
from pathlib import Path

import pytest

from vnreport_ocr.archive.handler import _mark
from vnreport_ocr.attention import Matter, attention, told
from vnreport_ocr.cli.closing import Closing
from vnreport_ocr.document import Document
from vnreport_ocr.model import Cell, Doubt, LeftOut, Letterhead, Line, Page, Reading, Role, Table

FIGURE = Line("thu 1.2O3 tỷ", doubts=(Doubt(4, "1.2O3", "a figure"),))
WORD = Line("các sờ", doubts=(Doubt(4, "sờ", "a word"),))
SIGNER = Line("Trần Vãn An", doubts=(Doubt(5, "Vãn", "a word"),), role=Role.SIGNATURE)
CELL = Table((Cell(0, 0, (FIGURE,)),), 0)


@pytest.mark.parametrize(
    ("page", "matters"),
    [
        (Page(1, (Line("rõ ràng"),)), []),
        (Page(1, (WORD,)), []),
        (Page(1, (FIGURE,)), [Matter.FIGURE]),
        (Page(1, (), (CELL,)), [Matter.FIGURE]),
        (Page(1, (SIGNER,)), [Matter.LETTERHEAD]),
        (Page(1, letterhead=Letterhead(signer=Reading("An", 0.5, None, "unsure"))), [Matter.LETTERHEAD]),
        (Page(1, letterhead=Letterhead(recipients=(Reading("Sở", 0.5, None, "unsure"),))), []),
        (Page(1, letterhead=Letterhead(signer=Reading("An", 0.9))), []),
        (Page(1, left_out=(LeftOut("vị", "noise", as_noise=True),)), [Matter.LEFT_OUT]),
        (Page(1, left_out=(LeftOut("3653", "noise", as_noise=True),)), [Matter.LEFT_OUT]),
        (Page(1, left_out=(LeftOut("~|", "noise", as_noise=True), LeftOut("BẢN SAO", "a watermark"))), []),
        (Page(1, (WORD,), attached=("bang-ke.xlsx",)), [Matter.ATTACHED]),
        (Page(1, (WORD,), quality=0.79), [Matter.QUALITY]),
        (Page(1, (WORD,), quality=0.5, incomplete="cut off"), [Matter.INCOMPLETE, Matter.QUALITY]),
        (Page(1, error="cut off", quality=0.0), [Matter.UNREAD]),
    ],
)
def test_what_a_person_must_look_at(page: Page, matters: list[Matter]) -> None:
    assert [reason.matter for reason in attention(page)] == matters


def test_reasons_are_told_in_words_with_their_places() -> None:
    page = Page(1, (FIGURE,) * 7, left_out=(LeftOut("vị", "noise", as_noise=True),))
    said = told(attention(page))
    assert said.startswith("7 doubtful figures: 1.2O3, 1.2O3, 1.2O3, 1.2O3, 1.2O3 and 2 more; a word left out: vị")


def test_closing_line_json_and_ledger_name_the_same_pages() -> None:
    pages = (Page(1, (FIGURE,)), Page(2, (WORD,)), Page(3, (SIGNER,)), Page(4, (WORD,), quality=0.4))
    closing = Closing()
    for page in pages:
        closing.count(page, "")
    assert [label.split()[0] for label in closing.doubtful_pages] == ["1", "3", "4"]
    written = json.loads(Document(pages).to_json())["pages"]
    assert [page["number"] for page in written if page.get("attention")] == [1, 3, 4]
    marks = [_mark(page, 0.1, Path("a.pdf")) for page in pages]
    assert [mark.number for mark in marks if mark.attention or mark.quality < 0.8] == [1, 3, 4]
    assert marks[0].attention == "a doubtful figure: 1.2O3"
