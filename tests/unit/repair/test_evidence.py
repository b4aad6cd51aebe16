"""Evidence: how sure the engine was of a word, and what else it might have read."""

from tests.unit.repair.helpers import repairer
from vnreport_ocr.model import Correction, Line, Token
from vnreport_ocr.repair.evidence import change_gain, gather, is_doubted
from vnreport_ocr.repair.items import line_items

TEXT = "Ban Thường vụ Huyện uỷ giao chi bộ thực hiên nhiệm vụ năm 2019."


def line(word: str, confidence: float, alternatives: tuple[tuple[str, float], ...] = ()) -> Line:
    tokens, place = [], 0
    for text in TEXT.split():
        place = TEXT.index(text, place)
        own = text == word
        tokens.append(Token(text, place, None, confidence if own else 0.97, alternatives if own else ()))
        place += len(text)
    return Line(TEXT, tuple(tokens))


def test_tokens_are_found_by_their_first_letter() -> None:
    quoted = Line("(“Đảng” bộ", (Token("(“Đảng”", 0, None, 0.4), Token("bộ", 9, None, 0.99)))
    found = gather([quoted])
    items = line_items(0, quoted.raw)
    assert [is_doubted(found, item) for item in items] == [True, False]


def test_tokens_are_found_behind_what_was_corrected_as_it_was_read() -> None:
    tokens = (Token("40", 0, None, 0.9), Token("mỸ", 3, None, 0.4), Token("đất", 6, None, 0.4))
    corrected = Line("40 mỸ đất", tokens, (Correction(3, "mỸ", "m2 (?)", "picture:signs", 0.9),))
    found = gather([corrected])
    assert [is_doubted(found, item) for item in line_items(0, corrected.text) if item.text == "đất"] == [True]


def test_doubt_makes_a_change_cheaper() -> None:
    gains = [change_gain(Token("a", 0, None, confidence)) for confidence in (0.3, 0.8, 0.99)]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0 > gains[-1]


def test_an_unsure_word_is_mended_sooner_than_a_sure_one() -> None:
    doubted = repairer().repair([line("hiên", 0.35)]).lines[0]
    assert doubted.text == TEXT.replace("hiên", "hiện")


def test_the_engines_own_second_thought_is_taken_where_it_fits() -> None:
    alternatives = (("hiện", 0.4), ("hiến", 0.1))
    assert repairer().repair([line("hiên", 0.5, alternatives)]).lines[0].text == TEXT.replace("hiên", "hiện")


def test_figures_that_the_engine_doubts_are_flagged_and_stay() -> None:
    result = repairer().repair([line("2019.", 0.3)]).lines[0]
    assert "2019." in result.text
    assert any(doubt.text == "2019." and "30%" in doubt.reason for doubt in result.doubts)
