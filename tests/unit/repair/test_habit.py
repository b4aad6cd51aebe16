"""Words beside their neighbours: what is often written there is no slip, what has lost its term is one."""

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.language.ngrams import SENTENCE, UNKNOWN
from vnreport_ocr.repair.habit import Place, standings


def place(before: str, word: str, after: str, meant: str) -> Place:
    number = language().lexicon.numbers
    return Place(number[before], number[word], number[after], number[meant])


@pytest.mark.parametrize(
    ("words", "at_home", "astray"),
    [
        (("thị", "trường", "lao", "trưởng"), True, False),
        (("xung", "độ", "và", "đột"), False, True),
        (("thành", "niệm", "vụ", "nhiệm"), False, True),
        (("của", "bàn", "nhà", "bạn"), False, False),
    ],
)
def test_how_words_stand(words: tuple[str, str, str, str], at_home: bool, astray: bool) -> None:
    assert standings([place(*words)], language())[0][:2] == (at_home, astray)


def test_what_is_no_word_says_nothing() -> None:
    word, meant = (language().lexicon.numbers[text] for text in ("độ", "đột"))
    assert standings([Place(SENTENCE, word, UNKNOWN, meant)], language()) == [(False, False, False, False)]
    assert standings([], language()) == []
