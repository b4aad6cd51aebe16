import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.evaluate.score import digits_changed, score

TRUTH = "Ủy ban nhân dân tỉnh giao 3 sở báo cáo trước ngày 15/8/2021"


def test_the_truth_itself_is_perfect() -> None:
    result = score(TRUTH, TRUTH)
    assert (result.cer, result.wer, result.missing, result.numbers_missing) == (0, 0, 0, 0)
    assert (result.words, result.numbers) == (13, 4)
    assert result.repair is None


def test_wrong_characters_and_words_are_shares_of_the_truth() -> None:
    result = score("mười hai xã", "mười hai xả")
    assert result.cer == pytest.approx(1 / 11)
    assert result.wer == pytest.approx(1 / 3)


def test_the_place_of_a_tone_does_not_count_as_a_word() -> None:
    result = score("hoà bình, thuỷ lợi", "hòa bình, thủy lợi")
    assert result.wer == 0
    assert result.cer > 0


def test_marks_and_tones_are_told_apart() -> None:
    result = score("đường tỉnh lộ mới", "dường tĩnh lọ xới")
    assert result.marks_wrong == pytest.approx(3 / 4)
    assert result.tones_wrong == pytest.approx(1 / 4)


def test_capitals_do_not_hide_a_wrong_mark() -> None:
    assert score("Tỉnh", "TĨNH").marks_wrong == 1


def test_missing_words_do_not_mind_the_order() -> None:
    result = score("Nơi nhận Chủ tịch", "Chủ tịch Nơi nhận")
    assert result.wer > 0
    assert result.missing == 0


def test_a_repair_is_judged_word_by_word() -> None:
    result = score("một hai ba bốn năm", "một hai ba bôn nam", raw="một hại bá bốn năm")
    assert result.repair is not None
    assert (result.repair.mended, result.repair.broken, result.repair.left_wrong) == (2, 2, 2)
    assert result.repair.harm == pytest.approx(2 / 3)
    assert result.repair.raw_wer == pytest.approx(2 / 5)


def test_numbers_are_counted_in_their_order() -> None:
    assert score("12 xã, 305 ha", "12 xã, 350 ha").numbers_missing == 1
    assert score("12 xã, 305 ha", "305 xã, 12 ha").numbers_missing == 1


def test_a_number_that_was_right_must_stay() -> None:
    assert digits_changed("ngày 1/8 có 20 xã", "ngay 1/8 co 20 x4", "ngày 1/8 có 20 xã") == 0
    assert digits_changed("ngày 1/8 có 20 xã", "ngày 1/8 có 20 xã", "ngày 1/3 có 20 xã") == 1
    assert digits_changed("ngày 1/8 có 20 xã", "ngày 1/8 có 20 xã", "ngày 1/8 có xã") == 1


def test_a_number_that_was_misread_must_not_become_another_wrong_one() -> None:
    assert digits_changed("có 20 xã", "có 70 xã", "có 70 xã") == 0
    assert digits_changed("có 20 xã", "có 70 xã", "có 10 xã") == 1


def test_a_figure_that_stands_for_a_letter_may_go() -> None:
    assert digits_changed("lần thứ 14", "1an thu 14", "lần thứ 14") == 0


def test_quotes_dashes_and_white_space_are_made_plain() -> None:
    result = score("“mục tiêu kép” – ‘xanh’\n", "\"mục  tiêu kép\" - 'xanh'")
    assert (result.cer, result.wer) == (0, 0)


def test_empty_texts_have_scores_too() -> None:
    assert score("", "").cer == 0
    assert score("một", "").missing == 1
    assert score("", "một").cer == 3


def test_every_figure_has_its_own_name() -> None:
    assert {"words", "cer", "broken", "harm"} <= set(score("a", "a", "a").flat())
    assert "broken" not in score("a", "a").flat()


@given(st.text(), st.text())
def test_normal_forms_score_the_same(truth: str, text: str) -> None:
    decomposed = score(unicodedata.normalize("NFD", truth), unicodedata.normalize("NFD", text), truth)
    assert decomposed == score(unicodedata.normalize("NFC", truth), unicodedata.normalize("NFC", text), truth)


@given(st.text(alphabet="ăâđêôơưáàảãạ 19", max_size=40), st.text(alphabet="ăâđêôơưáàảãạ 19", max_size=40))
def test_shares_stay_within_bounds(truth: str, text: str) -> None:
    result = score(truth, text, raw=truth)
    assert 0 <= result.missing <= 1
    assert 0 <= result.tones_wrong <= result.marks_wrong <= 1
    assert result.repair is not None
    assert result.repair.mended == 0
