"""Slips of one letter: none is impossible, another mark is likelier than another letter, and each is weighed."""

import numpy as np
import pytest

from tests.unit.repair.helpers import language, mended, repair
from vnreport_ocr.language.lexicon import SMALL, TITLE
from vnreport_ocr.native.scale import SPARE, Weighed
from vnreport_ocr.options import Strictness
from vnreport_ocr.repair import slips as slips_module
from vnreport_ocr.repair.candidates import ChannelSource, case_of
from vnreport_ocr.repair.policies import MANNERS
from vnreport_ocr.repair.slips import Slips

CHANNEL = language().confusions("vie")
TEXTS = CHANNEL.inventory.texts
SLIPS = Slips(CHANNEL.inventory, CHANNEL.letters, np.zeros(len(TEXTS), dtype=np.float32))
SOURCE = ChannelSource(language(), CHANNEL, MANNERS["vie"])
NONE = np.zeros(SPARE, dtype=np.int32)
NOTHING = Weighed(NONE[:0], NONE, NONE, np.zeros(SPARE, dtype=np.float32), -1)


def found(read: str, case: int, slips: Slips = SLIPS) -> dict[str, float]:
    weighed = slips.merged(read, case, NOTHING, 400)
    return {TEXTS[form]: float(chance) for form, chance in zip(weighed.forms, weighed.scores, strict=False)}


def chance(read: str, meant: str, case: int = SMALL) -> float:
    return found(read, case)[meant]


def test_another_mark_is_likelier_than_another_letter() -> None:
    assert chance("bỗ", "bổ") > chance("bể", "bổ") > chance("xổ", "bổ") > -9


@pytest.mark.parametrize(("meant", "letter", "both"), [("bộ", "bậ", "bả"), ("ra", "ru", "rỗ")])
def test_another_letter_with_other_marks_is_two_slips(meant: str, letter: str, both: str) -> None:
    assert chance(letter, meant) > chance(both, meant) + 2


def test_a_letter_that_engines_take_for_another_is_likelier() -> None:
    assert chance("bình", "hình") > chance("xình", "hình")


@pytest.mark.parametrize(("read", "meant", "case"), [("Ihống", "thống", TITLE), ("kRu", "khu", SMALL)])
def test_a_capital_may_be_a_misread_letter(read: str, meant: str, case: int) -> None:
    assert chance(read, meant, case) > -10


def test_one_letter_has_no_neighbours() -> None:
    assert found("ă", SMALL) == {}
    assert found("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}a", TITLE) == {}


def test_the_word_itself_is_none_of_them() -> None:
    assert "bình" not in found("bình", SMALL)
    assert all(len(text) == len("bình") for text in found("bình", SMALL))


@pytest.mark.parametrize("read", ["triên", "kRu", "Ihống", "TRIÊN", "xyzwt", "bỗ", "h@i", "đồng", "ngheo", "rỗ"])
def test_the_compiled_part_finds_the_same(read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(read)
    source = ChannelSource(language(), CHANNEL, MANNERS["vie"])
    weights = np.linspace(0, 5, len(TEXTS), dtype=np.float32)
    compiled = Slips(CHANNEL.inventory, CHANNEL.letters, weights)
    with monkeypatch.context() as patch:
        patch.setattr(slips_module, "native_slips", lambda *_: None)
        plain = Slips(CHANNEL.inventory, CHANNEL.letters, weights)
    for weighed in (NOTHING, source._sightings.weigh(read, source.pool(read), 40)):
        one, other = (slips.merged(read, case, weighed, 12) for slips in (compiled, plain))
        size = one.forms.size
        assert one.forms.tolist() == other.forms.tolist()
        assert one.words[:size].tolist() == other.words[:size].tolist()
        assert one.cases[:size].tolist() == other.cases[:size].tolist()
        assert one.scores[:size].tolist() == other.scores[:size].tolist()


@pytest.mark.parametrize(
    ("read", "meant"), [("triên", "triển"), ("triên", "triền"), ("kidh", "kinh"), ("mhất", "nhất")]
)
def test_no_slip_is_impossible(read: str, meant: str) -> None:
    candidates = SOURCE.find(read)
    assert float(candidates.scores[list(candidates.texts).index(meant)]) > -9


AROUND = (
    "Ủy ban nhân dân huyện báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế, xã hội sáu tháng đầu năm.\n"
    "Các xã, thị trấn tiếp tục rà soát hộ nghèo, sửa chữa đường giao thông và chăm sóc cây trồng vụ mùa."
)


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        (
            "Chính phủ ra nghị quyết về phát triên kinh tê.",
            "Chính phủ ra nghị quyết về phát triển kinh tế.",
        ),
        ("Luật sửa đồi, bỗ sung một số điều được thông qua.", "Luật sửa đổi, bổ sung một số điều được thông qua."),
        ("Cán bộ thôn bị phê bình vì chậm báo cáo sô liệu.", "Cán bộ thôn bị phê bình vì chậm báo cáo số liệu."),
        ("Đề nghị các đơn vị nghiêm túc thực hiệu kế hoạch.", "Đề nghị các đơn vị nghiêm túc thực hiện kế hoạch."),
        (
            "Giá gạo bán sang Indonesìa tăng nhẹ trong quý.",
            "Giá gạo bán sang Indonesia tăng nhẹ trong quý.",
        ),
    ],
)
def test_slips_are_mended(damaged: str, right: str) -> None:
    assert mended(f"{AROUND}\n{damaged}").split("\n")[-1] == right


def test_the_same_slip_is_mended_wherever_it_stands() -> None:
    slipped = [
        "Hội nghị thông qua chương trình phát triên kinh tế.",
        "Huyện đã có nhiều chính sách phát triên nông nghiệp.",
        "Phát triên du lịch là khâu đột phá của thị xã.",
        "Quy hoạch phát triên đô thị được công bố rộng rãi.",
        "Xã chú trọng phát triên chăn nuôi gia súc.",
        "Nguồn vốn dành cho đầu tư phát triên còn ít.",
        "Đảng bộ đề ra mục tiêu phát triên bền vững.",
        "Doanh nghiệp cần thêm điều kiện để phát triên.",
        "Sự phát triên của làng nghề giúp dân thoát nghèo.",
        "Tốc độ phát triên công nghiệp đạt chín phần trăm.",
    ]
    text = mended("\n".join([AROUND, *slipped]))
    assert text.count("hát triển") == len(slipped) + 1


@pytest.mark.parametrize("strictness", ["careful", "normal", "bold"])
def test_right_sentences_stay(strictness: Strictness) -> None:
    assert mended(AROUND, strictness=strictness) == AROUND


def test_what_is_changed_without_being_sure_is_pointed_at() -> None:
    lines = repair("Can bo xa da hop ban ve viec nay, ba con dong tinh va ung ho chu truong").lines
    unsure = [c for line in lines for c in line.corrections if c.confidence < 0.7]
    pointed = {doubt.text for line in lines for doubt in line.doubts if "sure" in doubt.reason}
    assert {c.after for c in unsure} == pointed


@pytest.mark.parametrize("word", ["Champs-Élysées", "Fátima", "García"])
def test_marks_that_other_languages_have_stay(word: str) -> None:
    line = f"Báo cáo nêu {word} là ví dụ được nhắc đến nhiều lần trong năm."
    assert mended(f"{AROUND}\n{line}").split("\n")[-1] == line


MISREAD = (
    "Uỷ ban nhân dân huyện đã chỉ đaọ các phòng triển khai nhíệm vụ. Hội nông dân phốì hợp với ngành giáo dục vận "
    "động nhân đân tham gia xây dựng nông thôn mới, bảo đảm vệ sỉnh môi trường. "
)
"""A text in which an engine has misread several words."""


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("Căn cứ NgRị quyết của Hội đồng nhân dân tỉnh", "Căn cứ Nghị quyết của Hội đồng nhân dân tỉnh"),
        ("Văn phòng Chính phủ. TRủ tướng họp với các bộ", "Văn phòng Chính phủ. Thủ tướng họp với các bộ"),
        ("không đạI được mục tiêu như đã đề ra", "không đạt được mục tiêu như đã đề ra"),
        ("ngành y tế quản lý Irang bị và nhân lực", "ngành y tế quản lý trang bị và nhân lực"),
        ("Đại Rội công đoàn có hai trăm đại biểu", "Đại hội công đoàn có hai trăm đại biểu"),
    ],
)
def test_a_capital_that_was_a_small_letter(raw: str, right: str) -> None:
    assert mended(MISREAD + raw).endswith(right)


@pytest.mark.parametrize("right", ["Ngân hàng HDBank mở chi nhánh", "Hãng VinFast bán xe", "TRƯỜNG ĐẠI HỌC CẦN THƠ"])
def test_a_capital_that_was_set_so_stays(right: str) -> None:
    assert mended(MISREAD + right).endswith(right)


def test_marks_on_a_foreign_name_go_where_an_engine_was_at_work() -> None:
    raw = "Đoàn đại biểu của tỉnh đã đến thăm nhà máy của hãng Hondá ở tỉnh Vĩnh Phúc vào sáng thứ hai."
    assert "hãng Honda ở" in mended(MISREAD + raw)
    assert mended(raw) == raw


def test_the_same_slip_is_mended_in_all_its_contexts() -> None:
    contexts = [
        "Căn cứ Luật Tổ chức chính quyền địa phương, Hội {} nhân dân tỉnh quyết nghị.",
        "Thường trực Hội {} nhân dân huyện đã họp.",
        "Đại biểu Hội {} nhân dân xã tiếp xúc cử tri.",
        "Nghị quyết được Hội {} nhân dân thông qua.",
        "Văn phòng Hội {} nhân dân gửi báo cáo.",
        "Chủ tịch Hội {} nhân dân thành phố phát biểu.",
        "Ban Pháp chế Hội {} nhân dân tỉnh thẩm tra.",
        "Kỳ họp thứ năm của Hội {} nhân dân khai mạc.",
        "Uỷ ban nhân dân trình Hội {} nhân dân xem xét.",
        "Theo đề nghị của Hội {} nhân dân cấp xã.",
    ]
    for slip in ("đông", "đổng", "đồug"):
        raw = "\n".join(context.format(slip) for context in contexts)
        assert mended(raw) == "\n".join(context.format("đồng") for context in contexts)


def test_marks_of_foreign_names_stay_however_many_names_a_line_has() -> None:
    for line in (
        "Đội bóng có các cầu thủ Mbappé và Dembélé, sân nhà của đối thủ là Santiago Bernabéu.",
        "Đoàn diễu hành đi qua đại lộ Champs-Élysées rồi dừng trước bảo tàng.",
        "Đoàn công tác của tỉnh thăm Côte d'Ivoire và tỉnh Québec trong tháng chín.",
    ):
        assert mended(line) == line


def test_names_of_people_stay_in_a_text_that_somebody_typed() -> None:
    line = "Ông Nguyễn Đăng Bẩy và bà Trần Thị Lạn kể với ông Tộ rằng anh Khá đã về thôn."
    assert mended(line) == line


def test_a_name_that_the_document_has_often_is_mended_where_it_slipped() -> None:
    right = "Tuyến đường nối tỉnh Hoài Giang với thành phố Cần Thơ được khởi công, cầu qua thành phố Cần Thơ đã xong.\n"
    raw = right * 4 + "Dự án đường cao tốc Châu Đốc - Cầu Thơ - Sóc Trăng được phê duyệt."
    assert mended(raw).endswith("Châu Đốc - Cần Thơ - Sóc Trăng được phê duyệt.")
