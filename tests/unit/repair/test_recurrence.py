"""What a document writes again and again makes a change surer, and nothing else does."""

import pytest

from tests.unit.repair.helpers import mended
from vnreport_ocr.repair.recurrence import Recurrence

TEXTS = ["Nhà thi đấu của thế giới trẻ,", "một thế", "giới khác; thế giới này, thế giới kia.", "Thể giới, thuỷ lợi"]


@pytest.mark.parametrize(
    ("slip", "term", "surer"),
    [
        (("thề", "giới"), ("thế", "giới"), True),
        (("thể", "giới"), ("thế", "giới"), False),  # one of them to four: not often enough
        (("thi", "đẩu"), ("thi", "đấu"), False),
    ],
)
def test_terms_of_the_document_make_surer(slip: tuple[str, str], term: tuple[str, str], *, surer: bool) -> None:
    confidence = Recurrence(TEXTS).raised(0.6, slip, term)
    assert (confidence > 0.9) is surer
    assert confidence == 0.6 or surer


def test_both_styles_of_tone_count() -> None:
    texts = ["hội thuỷ lợi", "hội thủy lợi"] * 3
    assert 0.95 < Recurrence(texts).raised(0.7, ("thúy", "lợi"), ("thủy", "lợi")) <= 0.99


def test_what_is_sure_stays_so() -> None:
    assert Recurrence(["Sóc Trăng"] * 9).raised(0.999, ("Sốc", "Trăng"), ("Sóc", "Trăng")) == 0.999


SLIP = "Đội bóng chưa ra thể giới bao giờ."
OTHERS = ["Lúa gạo của tỉnh đã có mặt ở nhiều nơi trên thế giới.", "Tình hình thế giới năm qua có nhiều khó khăn."]


def test_a_slip_is_mended_where_the_document_has_the_term() -> None:
    others = "\n".join(OTHERS * 5)
    assert mended(SLIP) == SLIP
    assert mended(f"{others}\n{SLIP}") == f"{others}\nĐội bóng chưa ra thế giới bao giờ."
