import pytest

from tests.unit.sources.conftest import SENTENCES
from vnreport_ocr.choose import WordScore, is_better, score_words
from vnreport_ocr.vietnamese.letters import strip_marks


def test_print_scores_high() -> None:
    score = score_words(" ".join(SENTENCES))
    assert score.pure > 0.4
    assert score.legal > 0.95
    assert score.quality > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 345 %",
        strip_marks(" ".join(SENTENCES)),
        "The annual report of the board was sent to all members",
        "1JQQJQK QJKDGOL XEDRJPF DFFXO QKFKRSKHSQJL",
    ],
)
def test_everything_else_scores_low(text: str) -> None:
    assert score_words(text).quality < 0.1


def test_better_words_win_and_so_do_many_more_of_them() -> None:
    good, poor, short = WordScore(300, 0.5, 0.95), WordScore(300, 0.05, 0.6), WordScore(20, 0.5, 0.95)
    assert is_better(good, poor)
    assert not is_better(poor, good)
    assert is_better(good, short)
    assert not is_better(good, good)
