"""Rivals: words that fill a place better than the word there, for which one slip would have them read."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.repair.helpers import language
from vnreport_ocr.language.ngrams import NgramModel
from vnreport_ocr.repair.candidates import ChannelSource
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.policies import MANNERS, Policies
from vnreport_ocr.repair.rivals import Rivals
from vnreport_ocr.repair.suspicion import numbers_of, running_scores
from vnreport_ocr.repair.terms import Terms

TEXT = """Uỷ ban nhân dân tỉnh giao Sở Tài chính chủ trì, phối hợp với các cơ quan lien quan thẩm định dự toán.
Hội đông nhân dân huyện thông qua nghị quyết vê phát triên kinh tê - xã hội; giá trị sàn xuất tăng 12,5%.
Trong thời hạn mười ngày kế từ ngày nhận đủ hô sơ, phòng chuyên môn phải trà lời bằng văn bản cho công đân.
Tổng thống và các tước láng giềng ký hiệp định; đoàn đại biêu đến thăm nhà máy ở Bắc Kinh."""


def words() -> NDArray[np.int64]:
    lines = Parsed(TEXT.split("\n"))
    return numbers_of(list(lines.sentences([True] * len(lines))), language())


def rivals() -> Rivals:
    return Policies(language(), Terms(())).rivals


def test_a_slip_is_outdone_and_most_right_words_are_not() -> None:
    numbers = words()
    outdone = rivals().outdone(numbers, running_scores(numbers, language()))
    texts = [language().lexicon.entries[number].text for number in numbers[3:]]
    found = {text for text, odd in zip(texts, outdone, strict=True) if odd}
    assert {"đông", "triên", "sàn", "kế", "trà", "tước"} <= found
    assert outdone.sum() < len(texts) / 4


def test_a_short_text_has_no_words_to_weigh() -> None:
    numbers = numbers_of([], language())
    assert rivals().outdone(numbers, running_scores(numbers, language())).size == 0


def test_the_compiled_part_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    model: NgramModel = language().ngrams
    if model.native is None:
        pytest.skip("the compiled part was not built here")
    numbers = words()
    scores = running_scores(numbers, language())
    compiled = rivals().outdone(numbers, scores)
    monkeypatch.setattr(model, "native", None)
    plain = rivals().outdone(numbers, scores)
    assert compiled.tolist() == plain.tolist()
    assert compiled.any()


def test_rivals_are_found_alike_with_and_without_the_compiled_part(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [language().lexicon.numbers[word] for word in ("và", "hội", "đông", "nghiêng", "quyết", "ý")]
    made = []
    for native in (True, False):
        slips = ChannelSource(language(), language().confusions("vie"), MANNERS["vie"]).slips
        assert slips is not None
        if not native:
            monkeypatch.setattr(slips, "_native", None)
        weighs = Rivals(language(), slips)
        weighs._fill(np.array(numbers))
        made.append((weighs._words[numbers].tolist(), weighs._chances[numbers].tolist()))
    assert made[0] == made[1]
    assert made[0][0][1].count(-1) < len(made[0][0][1])
