"""Acceptance: how sure a decision must be, by strictness and damage; what is only pointed at."""

import pytest

from tests.unit.repair.helpers import language, repair
from vnreport_ocr.model import Damage, Line, Token
from vnreport_ocr.options import Options, Strictness
from vnreport_ocr.repair.acceptance import Acceptance
from vnreport_ocr.repair.decision import Decision, RoundResult
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.figures import doubtful_figures
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.policy import Policy


def weighed(
    text: str, decided: tuple[str, str, float], damage: Damage, strictness: Strictness, strange: float = 0.0
) -> RoundResult:
    lines = Parsed([text])
    before, after, confidence = decided
    item = next(item for item in lines.items[0] if text.startswith(before, item.start))
    acceptance = Acceptance(language(), Options(strictness=strictness))
    decision = Decision(item, before, after, confidence)
    return acceptance.weigh(
        lines, [Passage(0, 1, damage, 0.01, strange=strange)], [Policy(None)], [decision], "new", {}
    )


TEXT = "chi bộ thưc hiện kế hoach"


@pytest.mark.parametrize(
    ("decided", "damage", "accepted"),
    [
        (("thưc", "thực", 0.8), Damage.CLEAN, ["normal", "bold"]),
        (("thưc", "thực", 0.95), Damage.CLEAN, ["careful", "normal", "bold"]),
        (("thưc", "thực", 0.6), Damage.CLEAN, ["bold"]),
        (("thưc", "thực", 0.4), Damage.CLEAN, []),
        (("kế", "kể", 0.9), Damage.LIGHT, ["bold"]),
        (("kế", "kể", 0.2), Damage.LIGHT, []),
        (("kế", "kể", 0.5), Damage.WRONG_LANGUAGE, ["normal", "bold"]),
        (("kế", "kể", 0.2), Damage.STRIPPED, ["bold"]),
    ],
)
def test_strictness_moves_the_threshold(decided: tuple[str, str, float], damage: Damage, accepted: list[str]) -> None:
    levels: list[Strictness] = ["careful", "normal", "bold"]
    results = {level: weighed(TEXT, decided, damage, level) for level in levels}
    assert [level for level, result in results.items() if result.corrections[0]] == accepted
    for level, result in results.items():
        (doubts,) = result.doubts
        assert (decided[0] in [doubt.text for doubt in doubts]) == (level not in accepted)


def test_a_correction_says_what_and_why() -> None:
    (correction,) = weighed(TEXT, ("thưc", "thực", 0.99), Damage.CLEAN, "normal").corrections[0]
    assert (correction.start, correction.before, correction.after) == (7, "thưc", "thực")
    assert correction.step == "decode:clean"
    assert correction.reason == "no such word"
    (other,) = weighed(TEXT, ("kế", "kể", 0.999), Damage.CLEAN, "bold").corrections[0]
    assert other.reason == "does not fit the words around it"


def test_a_decision_for_the_word_itself_is_none() -> None:
    text = TEXT.replace("thưc", "thực")
    assert weighed(text, ("kế", "kế", 1.0), Damage.CLEAN, "bold") == RoundResult.nothing(1)


def test_the_tone_is_written_as_the_document_does() -> None:
    (correction,) = weighed("khoa hoc", ("khoa", "khóa", 1.0), Damage.STRIPPED, "normal").corrections[0]
    assert correction.after == "khoá"


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("Số liệu năm 2019® do huyện cung cấp cho tỉnh uỷ", "®"),
        ("Tổng thu đạt 12O tỷ đồng, bằng dự toán của tỉnh", "12O"),
        ("Diện tích l5,5 ha rừng trồng của huyện và tỉnh", "l5,5"),
        ("Nhân dân hiến 186.400 mỶ đất và mở 3 km² đường.", "mỶ"),
    ],
)
def test_signs_that_stand_for_something_else_stay_and_are_pointed_at(text: str, doubted: str) -> None:
    (line,) = repair(text).lines
    assert doubted in line.text
    assert doubted in [doubt.text for doubt in line.doubts]


def test_an_address_is_no_doubt() -> None:
    (line,) = repair("Thư gửi về vanthu@tanlap.example.vn của Văn phòng Huyện uỷ trước ngày 25.").lines
    assert line.doubts == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [("lễ giao quân diễn ra gọd trong buổi sáng", "gọd"), ("trưởng ga báo tàu SE5 irễ 48 phút", "irễ")],
)
def test_a_word_that_cannot_be_is_mended_or_pointed_at(text: str, word: str) -> None:
    (line,) = repair(text).lines
    assert [doubt.text for doubt in line.doubts if doubt.start == text.index(word)] == [
        line.text[text.index(word) :].split()[0]
    ]
    (line,) = repair(text, terms=(word,)).lines
    assert (line.text, line.doubts) == (text, ())


def test_nothing_else_is_pointed_at_as_no_word() -> None:
    (line,) = repair("điểm đ) khoản 1, các em hát bài Klơn và nhảy tơlơi").lines
    assert "đ" not in [doubt.text for doubt in line.doubts]


@pytest.mark.parametrize(("slips", "made"), [(0, []), (2, ["kể"])])
def test_a_word_of_a_typed_text_without_slips_is_changed_more_reluctantly(slips: int, made: list[str]) -> None:
    lines = Parsed([TEXT, *["chi bộ thưc hiện"] * slips])
    item = next(item for item in lines.items[0] if item.text == "kế")
    others = [next(i for i in lines.items[n] if i.text == "thưc") for n in range(1, 1 + slips)]
    decisions = [Decision(item, "kế", "kể", 0.93), *(Decision(other, "thưc", "thực", 0.99) for other in others)]
    passages = [Passage(0, len(lines), Damage.CLEAN, 0.01)]
    policies = [Policy(None)] * len(lines)
    result = Acceptance(language(), Options()).weigh(lines, passages, policies, decisions, "new", {})
    assert [correction.after for correction in result.corrections[0]] == made


def test_words_that_an_author_ran_together_are_pointed_at() -> None:
    (line,) = repair("Hội nghị thống nhất với báo cáo; vừatổ chức rút kinh nghiệm, vừa triển khai nhiệm vụ.").lines
    assert line.corrections == ()
    assert [doubt.text for doubt in line.doubts] == ["vừatổ"]


def test_figures_of_which_the_engine_is_unsure() -> None:
    line = Line("thu 45 tỷ", (Token("thu", 0, None, 0.2), Token("45", 4, None, 0.5), Token("tỷ", 7, None, 0.9)))
    ((doubt,),) = doubtful_figures([line])
    assert (doubt.start, doubt.text) == (4, "45")


@pytest.mark.parametrize(
    ("text", "decided", "made"),
    [
        ("vải kỹ thuật Longo các loại", ("Longo", "cho", 1.0), None),
        ("các doah nghiệp của tỉnh", ("doah", "doanh", 0.999), "doanh"),
        ("BÁO CÁO CỦA Ban chỉ đạo", ("đạo", "ĐẠO", 0.9), None),
        ("HỒ SƠ JAMđ CỦA TỈNH", ("JAMđ", "JAMĐ", 0.99), None),
        ("HỒ SƠ TỈNh CAO LÂM", ("TỈNh", "TỈNH", 0.99), "TỈNH"),
        ("tài xế M.T. S. đã về", ("S", "Sợ", 0.99), None),
        ("ông rời nghế nóng", ("nghế", "Ghế", 0.99), "ghế"),
        ("thành phố và la Chim", ("la", "Ia", 0.99), "Ia"),
        ("quan điểm của C.Mác về lao động", ("C.Mác", "Cược", 0.99), None),
        ("hai em Hồ Văn Thăm và Lò Thị Ún", ("Thăm", "Thắm", 0.99), None),
        ("^Nguyễn Hưởng viết năm 2025", ("Hưởng", "Hương", 0.99), None),
        ("gặp ông Tư, Thăm trạm y tế", ("Thăm", "Thắm", 0.9999), "Thắm"),
        ("ông Nhẫn ở thôn Ba", ("Nhẫn", "Nhân", 0.99), None),
        ("kế toán: Sầm Thị Mản", ("Sầm", "cầm", 0.9999), None),
        ("chị Hứa Thị Nhình đi rẫy", ("Nhình", "Oanh", 0.9999), None),
        ("tổ vay vốn có Cơlâu Nâm", ("Nâm", "Nam", 0.9999), None),
        ("thôn Nà Lốc chưa có điện", ("Nà", "Na", 0.9999), None),
        ("khai báo biến int trong hàm", ("int", "Ia", 1.0), None),
        ("bài ca láy đi láy lại", ("láy", "lấy", 0.99), None),
        ("nó cứ đần đần suốt ngày", ("đần", "dần", 0.999), None),
        ("xã Đồng Huống có chợ", ("Huống", "Hương", 0.999), "Hương"),
    ],
)
def test_what_an_author_wrote_is_no_misreading(text: str, decided: tuple[str, str, float], made: str | None) -> None:
    result = weighed(text, decided, Damage.CLEAN, "normal")
    assert [correction.after for correction in result.corrections[0]] == ([made] if made else [])
    assert bool(result.doubts[0]) is (made is None)


@pytest.mark.parametrize(
    ("read", "other"), [("kì", "kỳ"), ("Lí", "Lý"), ("quí", "quý"), ("gởi", "gửi"), ("hàng", "hằng"), ("mầu", "màu")]
)
def test_a_spelling_that_is_right_too_is_no_slip_where_somebody_typed_it(read: str, other: str) -> None:
    text = f"{read} đã ghi trong sổ của xã"
    result = weighed(text, (read, other, 0.999), Damage.CLEAN, "bold")
    assert (result.corrections[0], result.doubts[0]) == ((), ())


@pytest.mark.parametrize(("read", "other", "made"), [("hột", "hạt", []), ("kì", "kỳ", []), ("hằng", "hàng", ["hàng"])])
def test_nor_where_an_engine_has_read_it_unless_marks_alone_differ(read: str, other: str, made: list[str]) -> None:
    text = f"{read} đã ghi trong sổ của xã"
    result = weighed(text, (read, other, 0.999), Damage.CLEAN, "bold", strange=0.3)
    assert [correction.after for correction in result.corrections[0]] == made


@pytest.mark.parametrize(
    ("text", "decided", "kept"),
    [
        ("bí thư Lò Văn Ún", ("Lò", "Lê", 0.999), True),
        ("Lò gạch của xã", ("Lò", "Lê", 0.999), False),
        ("anh Ngộ Văn Hai", ("Ngộ", "Ngô", 0.999), False),
        ("kho riu riu lửa", ("riu", "liu", 0.999), True),
        ("kho riu lửa riu", ("riu", "liu", 0.999), False),
        ("mời ông Sùng phát biểu", ("ông", "uông", 0.999), True),
        ("mời ông sùng đạo", ("ông", "uông", 0.999), False),
        ("thơ Pu-skin rất hay", ("Pu", "Ia", 0.999), True),
        ("trận Đờ-cát-xtơ-ri thua", ("cát", "các", 0.999), True),
        ("kinh tế-xã hội", ("xã", "xà", 0.999), False),
        ("máy nổ chạy điezen", ("điezen", "điện", 0.999), True),
        ("máy nổ chạy điệnn", ("điệnn", "điện", 0.999), False),
        ("máy bay SH -60 B đã về", ("B", "i", 0.9999), True),
    ],
)
def test_names_loans_and_words_said_twice_stay_whoever_read_them(
    text: str, decided: tuple[str, str, float], *, kept: bool
) -> None:
    result = weighed(text, decided, Damage.CLEAN, "bold", strange=0.3)
    assert (result.corrections[0] == ()) is kept


@pytest.mark.parametrize(("times", "kept"), [(1, False), (6, True)])
def test_a_rare_word_that_a_text_has_again_and_again_is_what_it_is_about(times: int, kept: bool) -> None:
    places = [
        "cho riềng vào giã",
        "mua riềng ở chợ",
        "củ riềng già",
        "thái riềng ra",
        "thêm riềng với mẻ",
        "rửa riềng sạch",
    ]
    text = "; ".join(places[:times])
    result = weighed(text, ("riềng", "riêng", 0.99), Damage.CLEAN, "normal")
    assert (result.corrections[0] == ()) is kept


def test_a_word_that_a_text_has_less_often_than_the_other_is_not_what_it_is_about() -> None:
    places = [
        "cho riềng vào",
        "mua riềng ở chợ",
        "củ riềng già",
        "thái riềng ra",
        "thêm riềng với mẻ",
        "rửa riềng sạch",
    ]
    text = "; ".join(places + ["nói riêng"] * 7)
    result = weighed(text, ("riềng", "riêng", 0.99), Damage.CLEAN, "normal")
    assert [correction.after for correction in result.corrections[0]] == ["riêng"]


@pytest.mark.parametrize(("read", "other", "kept"), [("web", "vẹn", True), ("nh", "như", False)])
def test_a_known_foreign_word_stays_and_a_scrap_of_a_syllable_does_not(read: str, other: str, kept: bool) -> None:
    result = weighed(f"có trang {read} của huyện", (read, other, 0.999), Damage.LIGHT, "normal")
    assert (result.corrections[0] == ()) is kept


@pytest.mark.parametrize("unit", ["ha", "Ha", "HA"])
def test_a_unit_is_kept_in_any_case(unit: str) -> None:
    wrong = unit[0] + ("ạ" if unit[1].islower() else "Ạ")
    for text in (f"Diện tích trồng mới {unit} 3.280", unit):
        result = weighed(text, (unit, wrong, 0.91), Damage.CLEAN, "normal")
        assert result.corrections == [()]
        assert [doubt.text for doubt in result.doubts[0]] == [unit]


def test_a_name_that_is_torn_is_joined() -> None:
    result = weighed("ông Nguyễn Qu ang đã về", ("Qu ang", "Quang", 0.99), Damage.CLEAN, "normal")
    assert [correction.after for correction in result.corrections[0]] == ["Quang"]
