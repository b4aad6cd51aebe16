import random
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.sources.conftest import SENTENCES, MakePdf, make_pdf, say
from vnreport_ocr.reading.choose import WordScore, is_better, judge_layer, score_words, words_fit
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import read_layer
from vnreport_ocr.vietnamese.letters import TONES, strip_marks
from vnreport_ocr.vietnamese.syllables import is_legal

__all__ = ["make_pdf"]


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


PROSE = (
    "Hội đồng nhân dân tỉnh đã thông qua nghị quyết về phát triển kinh tế và xã hội năm sau, trong đó giao các sở, "
    "ngành và địa phương rà soát nguồn vốn đầu tư công, báo cáo kết quả thực hiện trước ngày cuối tháng để tổng hợp."
)


def shuffled(text: str) -> str:
    words = text.split()
    random.Random(7).shuffle(words)
    return " ".join(words)


def wrong_tones(text: str) -> str:
    """The same letters under other tones, all of them legal syllables still."""
    return " ".join(map(retoned, text.split()))


def retoned(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    for tone in TONES:
        other = unicodedata.normalize("NFC", "".join(tone if c in TONES else c for c in apart))
        if other != word and is_legal(other.strip(",.")):
            return other
    return word


@pytest.mark.parametrize("spoil", [shuffled, wrong_tones])
def test_words_in_senseless_company_score_low(spoil: Callable[[str], str]) -> None:
    fit = words_fit(None)
    good, bad = score_words(PROSE, fit), score_words(spoil(PROSE), fit)
    assert good.fit is not None
    assert bad.fit is not None
    assert good.fit > 1 > 0 > bad.fit
    assert abs(good.pure - bad.pure) < 0.1
    assert good.quality > 0.9
    assert bad.quality < 0.4
    assert is_better(good, bad)


def test_names_and_other_languages_are_not_judged_by_their_company() -> None:
    fit = words_fit(None)
    names = (
        "Nguyễn Văn An, Trần Thị Bình, Lê Minh Đức, Phạm Thu Hà, Hồ Thị Sen, Đỗ Quang Minh, Bùi Công Tâm, Mai Văn Sỹ, "
    )
    assert (score_words(names * 2, fit).fit or 0) > 0
    assert score_words("The annual report of the board was sent to all members. " * 9, fit).fit is None
    assert score_words("Ủy ban nhân dân tỉnh", fit).fit is None


def test_without_dictionaries_nothing_is_said(tmp_path: Path) -> None:
    assert score_words(PROSE, words_fit(str(tmp_path))).fit is None


def test_a_layer_of_senseless_words_is_read_again(make_pdf: MakePdf) -> None:
    lines = textwrap.wrap(shuffled(PROSE), 50)
    for text, choice in ((textwrap.wrap(PROSE, 50), "layer"), (lines, "compare")):
        with PdfFile(make_pdf(say(*text))) as file, file.page(1) as page:
            verdict = judge_layer(read_layer(page), page, words_fit(None))
        assert verdict.choice == choice
        assert ("make no sense" in verdict.reasons[0]) is (choice == "compare")
