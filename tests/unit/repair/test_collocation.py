"""Words beside their neighbours: what is often written there is no slip, what has lost its term is one."""

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.language.ngrams import SENTENCE, UNKNOWN
from vnreport_ocr.repair.collocation import Collocation, Slot, collocations


def place(before: str, word: str, after: str, meant: str) -> Slot:
    number = language().lexicon.numbers
    return Slot(number[before], number[word], number[after], number[meant])


@pytest.mark.parametrize(
    ("words", "usual", "breaks_term"),
    [
        (("thị", "trường", "lao", "trưởng"), True, False),
        (("xung", "độ", "và", "đột"), False, True),
        (("thành", "niệm", "vụ", "nhiệm"), False, True),
        (("của", "bàn", "nhà", "bạn"), False, False),
    ],
)
def test_how_words_stand(words: tuple[str, str, str, str], usual: bool, breaks_term: bool) -> None:
    assert collocations([place(*words)], language())[0][:2] == (usual, breaks_term)


def test_what_is_no_word_says_nothing() -> None:
    word, meant = (language().lexicon.numbers[text] for text in ("độ", "đột"))
    assert collocations([Slot(SENTENCE, word, UNKNOWN, meant)], language()) == [Collocation()]
    assert collocations([], language()) == []
