"""What is pointed at without being changed."""

from tests.unit.repair.helpers import repair
from vnreport_ocr.model import Correction, Doubt
from vnreport_ocr.repair.flags import still_standing, untold

READ = (
    "Hgi déng nhan dan xa da thao luan va thong qua nghi quyét vé viéc xay dung tru sé.\n"
    "Nhan dan trong xa déng tinh, cac hé gia dinh da giao dat va nhan tién bdi thudng.\n"
    "Bac si tram y té kham loc phong, lao va buéu cé cho déng bao cac ban vung cao.\n"
    "Bira no, ga bom ruou nga dui dui xudng ranh, lop ngép bo lén bo, mat may lem luéc."
)
"""Short words without marks stand beside one another, and little tells what each of them was."""


def test_words_that_stay_for_little_reason_are_told_where_they_end_up() -> None:
    lines = repair(READ).lines
    told = [(line, doubt) for line in lines for doubt in line.doubts if doubt.reason.startswith("kept as it was read")]
    assert told
    assert all(line.text[doubt.start :].startswith(doubt.text) for line, doubt in told)
    assert all(doubt.text in line.raw for line, doubt in told)


def test_no_place_is_told_twice() -> None:
    for line in repair(READ).lines:
        kept = [doubt.start for doubt in line.doubts if doubt.reason.startswith(("kept as", "a figure within"))]
        others = [doubt.start for doubt in line.doubts if doubt.start not in kept]
        assert len(set(kept)) == len(kept)
        assert not set(kept) & set(others)


def test_what_stands_no_longer_is_not_told() -> None:
    doubts = [Doubt(4, "ngan", "kept"), Doubt(9, "tho", "kept")]
    since = [Correction(0, "bo", "bò, ", "decode", 1.0), Correction(11, "tho", "thỏ", "decode", 1.0)]
    assert list(still_standing(doubts, since, "bò,   ngan thỏ")) == [Doubt(6, "ngan", "kept")]


def test_places_of_which_something_is_told_are_left_out() -> None:
    assert untold([Doubt(0, "a", "x"), Doubt(4, "b", "x")], [Doubt(4, "b", "y")]) == (Doubt(0, "a", "x"),)
