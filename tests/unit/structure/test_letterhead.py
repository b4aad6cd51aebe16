from dataclasses import replace

import pytest

from tests.unit.structure.helpers import SIZE, letter, line
from vnreport_ocr.model import Letterhead, Line, Reading, Role, Token
from vnreport_ocr.structure.fieldnames import FIELDS, facts
from vnreport_ocr.structure.letterhead import merged, read_letterhead, with_doubts
from vnreport_ocr.structure.roles import with_roles

UNSURE = 0.5


def read(lines: list[Line]) -> Letterhead:
    found = read_letterhead(with_roles(lines, SIZE), SIZE)
    assert found is not None
    return found


def told(lines: list[Line]) -> dict[str, str]:
    """What is said, lists with a bar between their items."""
    said: dict[str, list[str]] = {}
    for name, _, reading in facts(read(lines)):
        said.setdefault(name, []).append(reading.text)
    return {name: " | ".join(texts) for name, texts in said.items()}


def test_the_letterhead_as_data() -> None:
    assert told(letter()) == {
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ",
        "number": "145/TTr-UBND",
        "symbol": "TTr-UBND",
        "place": "An Phú",
        "date": "ngày 3 tháng 4 năm 2019",
        "kind": "TỜ TRÌNH",
        "title": "Về việc phân bổ vốn đầu tư công đợt hai",
        "addressees": "Hội đồng nhân dân huyện",
        "recipients": "Như trên",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "post": "CHỦ TỊCH",
        "signer": "Trần Văn Bình",
    }


def test_every_fact_has_its_place_and_is_as_sure_as_its_least_sure_word() -> None:
    found = read(letter())
    assert found.date is not None
    assert found.issuer is not None
    assert found.issuer.box is not None
    assert found.date.confidence == 0.95
    assert (found.issuer.box.top, found.issuer.box.bottom) == (40, 69)


@pytest.mark.parametrize("number", ["Số: /#⁄/UBND", "Số: 4Đ5_/TM-SYT", "Số: 45 /TTr-UBND"])
def test_a_number_by_hand_is_told_as_unsure_and_doubted(number: str) -> None:
    lines = letter(number=number)
    found = read(lines).number
    assert found is not None
    assert found.confidence <= UNSURE
    assert found.doubt is not None
    marked = with_doubts(with_roles(lines, SIZE), read(lines))
    assert [doubt.reason for doubt in marked[2].doubts] == ["the number may be handwritten"]
    assert lines[2].raw.endswith(marked[2].doubts[0].text)


def test_a_number_that_is_missing_is_doubted() -> None:
    lines = letter(number="Số:")
    assert read(lines).number is None
    marked = with_doubts(with_roles(lines, SIZE), read(lines))
    assert [doubt.reason for doubt in marked[2].doubts] == ["the number may be handwritten"]


def test_figures_taller_than_the_print_beside_them_are_written_by_hand() -> None:
    lines = letter(number="Số: 145/TTr-UBND")
    label, number = lines[2].tokens
    assert number.box is not None
    tall = number._replace(box=number.box._replace(top=number.box.top - 9))
    lines[2] = Line(lines[2].raw, (label, tall))
    found = read(lines).number
    assert found is not None
    assert found.confidence <= UNSURE
    assert "height" in (found.doubt or "")


def test_another_reading_of_the_figures_is_a_doubt_and_a_letter_for_a_figure_is_none() -> None:
    def with_rival(rival: str) -> Reading | None:
        lines = letter(number="Số: 145/TTr-UBND")
        label, number = lines[2].tokens
        lines[2] = Line(lines[2].raw, (label, number._replace(confidence=0.8, alternatives=((rival, 0.9),))))
        return read(lines).number

    other, letters = with_rival("146/TTr-UBND"), with_rival("l45/TTr-UBND")
    assert other is not None
    assert letters is not None
    assert (other.confidence, letters.confidence) == (UNSURE, 0.8)
    assert letters.doubt is None


@pytest.mark.parametrize("dated", ["An Phú, ngày Í( tháng 4 năm 2019", "An Phú, ngày 33 tháng 4 năm 2019"])
def test_a_date_by_hand_is_told_as_unsure_and_doubted(dated: str) -> None:
    lines = letter(dated=dated)
    found = read(lines)
    assert found.date is not None
    assert found.place is not None
    assert found.date.confidence <= UNSURE
    assert found.place.doubt is None
    marked = with_doubts(with_roles(lines, SIZE), found)
    assert marked[5].doubts[0].text.startswith("ngày")


def test_a_month_that_is_none_is_taken_from_another_reading_of_the_engine() -> None:
    lines = letter(dated="An Phú, ngày 3 tháng I1 năm 2019")
    tokens = [t._replace(alternatives=(("11", 0.7),)) if t.text == "I1" else t for t in lines[5].tokens]
    lines[5] = Line(lines[5].raw, tuple(tokens))
    found = read(lines).date
    assert found is not None
    assert (found.text, found.confidence) == ("ngày 3 tháng 11 năm 2019", UNSURE)
    assert "I1" in (found.doubt or "")


def test_a_number_read_badly_is_no_office() -> None:
    assert told(letter(number="SốISỞ/QĐBIP"))["issuer"] == "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ"


def test_what_the_engine_doubts_is_never_told_as_sure() -> None:
    lines = letter(sure=0.4)
    assert all(reading.confidence <= UNSURE and reading.doubt for _, _, reading in facts(read(lines)))
    assert all(made.doubts for made in with_doubts(with_roles(lines, SIZE), read(lines))[2:6:3])


def test_an_office_and_the_one_above_it() -> None:
    lines = [
        line("UBND TỈNH CAO LÂM", 60, 24),
        line("SỞ TÀI NGUYÊN", 60, 40),
        line("VÀ MÔI TRƯỜNG", 62, 56),
        *letter()[2:],
    ]
    assert told(lines)["superior"] == "UBND TỈNH CAO LÂM"
    assert told(lines)["issuer"] == "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"


def test_a_paper_of_the_party() -> None:
    lines = [
        line("TỈNH ỦY CAO LÂM", 80, 40),
        line("*", 140, 56),
        line("Số 18-NQ/TU", 90, 74),
        line("ĐẢNG CỘNG SẢN VIỆT NAM", 320, 40, bold=True),
        line("Cao Lâm, ngày 02 tháng 6 năm 2014", 310, 74),
        line("NGHỊ QUYẾT", 250, 120),
        line("về phát triển nghề rừng đến năm 2020", 180, 138),
        line("Trong những năm qua, nghề rừng của tỉnh đã có những bước tiến đáng kể.", 60, 180),
        line("T/M TỈNH ỦY", 380, 600),
        line("BÍ THƯ", 390, 616),
        line("Hoàng Văn Sơn", 370, 700),
    ]
    assert told(lines) == {
        "issuer": "TỈNH ỦY CAO LÂM",
        "number": "18-NQ/TU",
        "symbol": "NQ/TU",
        "place": "Cao Lâm",
        "date": "ngày 02 tháng 6 năm 2014",
        "kind": "NGHỊ QUYẾT",
        "title": "về phát triển nghề rừng đến năm 2020",
        "authority": "T/M TỈNH ỦY",
        "post": "BÍ THƯ",
        "signer": "Hoàng Văn Sơn",
    }


def test_the_stamp_of_arrival_is_not_taken_for_the_paper() -> None:
    lines = letter()
    lines[3:3] = [
        line("CÔNG VĂN ĐẾN", 90, 110, size=9),
        line("Số: 2210", 90, 121, size=9),
        line("Ngày: 8/4/2019", 90, 132, size=9),
    ]
    said = told(lines)
    assert said["arrival"] == "CÔNG VĂN ĐẾN Số: 2210 Ngày: 8/4/2019"
    assert (said["number"], said["date"]) == ("145/TTr-UBND", "ngày 3 tháng 4 năm 2019")
    assert [made.role for made in with_roles(lines, SIZE)[3:6]] == [Role.STAMP] * 3


def test_marks_of_urgency_and_secrecy_are_no_offices_and_no_title() -> None:
    lines = letter()
    lines[3:3] = [line("MẬT", 90, 96)]
    lines.insert(7, line("HỎA TỐC", 80, 114))
    said = told(lines)
    assert (said["secrecy"], said["urgency"]) == ("MẬT", "HỎA TỐC")
    assert said["issuer"] == "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ"
    assert said["title"] == "Về việc phân bổ vốn đầu tư công đợt hai"


def test_the_subject_of_a_letter_stands_under_its_number() -> None:
    lines = letter(number="Số: 88/UBND-NN")
    lines[3:3] = [line("V/v gieo cấy lúa vụ xuân", 60, 100), line("ở các xã ven sông", 70, 116)]
    del lines[8:10]
    said = told(lines)
    assert said["title"] == "gieo cấy lúa vụ xuân ở các xã ven sông"
    assert "kind" not in said


def test_both_halves_read_as_one_line_are_told_apart() -> None:
    lines = letter()
    words = [*lines[0].tokens, *lines[3].tokens]
    text, placed = "", []
    for token in words:
        placed.append(Token(token.text, len(text), token.box, token.confidence, (), token.style))
        text += token.text + " "
    lines[0] = Line(text.strip(), tuple(placed))
    del lines[3]
    assert told(lines)["issuer"] == "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ"


def test_a_list_of_recipients_that_does_not_end_with_the_files_may_not_be_whole() -> None:
    lines = letter()
    assert read(lines).recipients[-1].doubt is not None
    lines.insert(12, line("- Lưu: VT.", 60, 670, 0.95))
    assert read(lines).recipients[-1] == Reading("Lưu: VT", 0.95, read(lines).recipients[-1].box)


def test_rank_and_name_of_the_signer() -> None:
    lines = letter()
    lines[14] = line("Thượng tá Trần Văn Bình", 345, 740)
    said = told(lines)
    assert (said["rank"], said["signer"]) == ("Thượng tá", "Trần Văn Bình")


@pytest.mark.parametrize(
    ("above", "rank"),
    [
        ("PGS.TS, Tô Thị Nga", "PGS.TS."),
        ("BS.CKII: Tô Thị Nga", "BS.CKII."),
        ("ThS.DS. Tô Thị Nga", "ThS.DS."),
        ("Trung tá, ThS. Tô Thị Nga", "Trung tá, ThS."),
        ("BSCKI Tô Thị Nga", "BSCKI"),
        ("NGƯT.TS. Tô Thị Nga", "NGƯT.TS."),
    ],
)
def test_stops_of_a_rank_that_were_read_as_other_signs(above: str, rank: str) -> None:
    lines = letter()
    lines[14] = line(above, 345, 740, 0.95)
    said = told(lines)
    assert (said["rank"], said["signer"]) == (rank, "Tô Thị Nga")


@pytest.mark.parametrize(("sure", "signer"), [(0.6, "Đinh Thị Nga"), (0.93, "Đỉnh Thị Nga")])
def test_a_first_word_that_only_one_family_name_can_be_is_that_name_if_it_was_unsure(sure: float, signer: str) -> None:
    lines = letter(sure=0.96)
    read_as = line("Đỉnh Thị Nga", 365, 740, 0.96)
    first = read_as.tokens[0]._replace(confidence=sure)
    lines[14] = replace(read_as, tokens=(first, *read_as.tokens[1:]))
    found = read(lines).signer
    assert found is not None
    assert found.text == signer
    assert (found.doubt is not None and "Đỉnh Thị Nga" in found.doubt) is (signer != "Đỉnh Thị Nga")
    assert found.confidence <= (UNSURE if sure < 0.9 else 0.9)


def test_of_several_family_names_none_is_guessed() -> None:
    lines = letter(sure=0.96)
    read_as = line("Lậu Văn Tám", 365, 740, 0.5)
    lines[14] = read_as
    found = read(lines).signer
    assert found is not None
    assert (found.text, found.confidence) == ("Lậu Văn Tám", UNSURE)


def test_a_name_whose_beginning_a_seal_hides_is_doubted() -> None:
    lines = letter()
    lines[14] = line("Thị Thanh Mai", 365, 740, 0.96)
    signer = read(lines).signer
    assert signer is not None
    assert (signer.text, signer.confidence, signer.doubt is not None) == ("Thị Thanh Mai", UNSURE, True)


def test_the_pages_of_a_document_together() -> None:
    head, other = Letterhead(number=Reading("1/QĐ-UB", 0.9)), Letterhead(number=Reading("2/QĐ-UB", 0.9))
    first, second = Letterhead(signer=Reading("Lê Văn Tâm", 0.9)), Letterhead(signer=Reading("Vũ Thị Mai", 0.9))
    whole = merged([None, head, None, first, second, other])
    assert whole == Letterhead(number=head.number, signer=first.signer)
    assert merged([head, other, second]) == head
    assert merged([None]) is None


def test_every_fact_has_a_name_in_vietnamese() -> None:
    assert list(FIELDS) == list(Letterhead.__slots__)


def headed(*left: str, sure: float | None = None) -> list[Line]:
    """A letter with other lines over its date in the left half."""
    lines = [line(text, 60, 24 + 16 * n, sure) for n, text in enumerate(left)]
    return [*lines, *letter(sure=sure or 0.95)[3:]]


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (("BỘ MÔI TRƯỜNG", "CỤC BẢN ĐỒ", "Số: 7/TB-CBĐ"), {"superior": "BỘ MÔI TRƯỜNG", "issuer": "CỤC BẢN ĐỒ"}),
        (("CHỦ TỊCH", "ỦY BAN NHÂN DÂN", "TỈNH CAO LÂM", "Số: 5/CT-UBND"),
         {"issuer": "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO LÂM"}),
        (("SỞ TƯ PHÁP", "PHÒNG CÔNG CHỨNG SỐ 2", "Số: 8/TB-CC2"), {"issuer": "PHÒNG CÔNG CHỨNG SỐ 2"}),
        (("MẶT TRẬN TỔ QUỐC", "BAN THƯỜNG TRỰC", "Số: 64/KH-BTT"), {"issuer": "MẶT TRẬN TỔ QUỐC BAN THƯỜNG TRỰC"}),
        (("SỞ VĂN HÓA VÀ THỂ THAO", "THƯ VIỆN TỈNH", "Số: 4/BC-TV"),
         {"superior": "SỞ VĂN HÓA VÀ THỂ THAO", "issuer": "THƯ VIỆN TỈNH"}),
        (("BAN QUẢN LÝ", "VƯỜN QUỐC GIA", "Số: 4/BC-VQG"), {"issuer": "BAN QUẢN LÝ VƯỜN QUỐC GIA"}),
        (("QUỐC HỘI", "Luật số: 12/2013/QH13"), {"issuer": "QUỐC HỘI", "number": "12/2013/QH13"}),
        (("BỘ NỘI VỤ", "Số: 3/2017/TTLT-BNV-", "BTC-BCA"), {"number": "3/2017/TTLT-BNV-BTC-BCA"}),
        (("HUYỆN ỦY AN PHÚ", "*", "Số 47-CV/HU", "Về phân công cấp ủy viên"), {"issuer": "HUYỆN ỦY AN PHÚ"}),
    ],
)  # fmt: skip
def test_offices_posts_and_numbers_as_they_are_written(left: tuple[str, ...], expected: dict[str, str]) -> None:
    said = told(headed(*left))
    assert {name: said.get(name) for name in expected} == expected


def test_the_subject_of_a_paper_of_the_party_stands_under_its_number_too() -> None:
    lines = headed("HUYỆN ỦY AN PHÚ", "*", "Số 47-CV/HU", "Về phân công cấp ủy viên")
    assert told([made for made in lines if "TỜ" not in made.raw and "Về việc" not in made.raw])["title"] == (
        "phân công cấp ủy viên"
    )


@pytest.mark.parametrize(("name", "doubted"), [("ĐINH NGỌC DẠN", False), ("CÁN BỘ LẬP BIỂU", True)])
def test_capitals_that_begin_as_no_name_does_are_doubted(name: str, doubted: bool) -> None:
    lines = letter()
    lines[-2] = line(name, 365, 740, 0.95)
    found = read(lines).signer
    assert found is not None
    assert (found.doubt is not None) is doubted


def test_a_judge_of_the_highlands_signs() -> None:
    lines = letter()
    lines[-4:-1] = [line("THẨM PHÁN", 370, 656, 0.95), line("Y Phi Ayun", 365, 740, 0.95)]
    assert (told(lines)["post"], told(lines)["signer"]) == ("THẨM PHÁN", "Y Phi Ayun")


@pytest.mark.parametrize("name", ["A Rất Thị Blứ", "K'Brông", "H' Yar Niê", "Bh'riu Nhớp"])
def test_names_of_the_highlands_have_letters_alone_and_ticks(name: str) -> None:
    lines = letter()
    lines[-2] = line(name, 365, 740, 0.95)
    assert told(lines)["signer"] == name


def test_one_word_of_a_name_in_capitals_is_written_like_the_others() -> None:
    lines = letter()
    lines[-2] = line("Quách THỊ Bông Sen", 365, 740, 0.95)
    found = read(lines).signer
    assert found is not None
    assert (found.text, found.doubt) == ("Quách Thị Bông Sen", "Thị was read as THỊ")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("'Về việc trồng rừng ven sông", "Về việc trồng rừng ven sông"),
        ("'Lá lành' và 'lá rách'", "'Lá lành' và 'lá rách'"),
    ],
)
def test_a_speck_that_touches_the_subject_is_left_out(title: str, expected: str) -> None:
    lines = letter()
    place = next(n for n, made in enumerate(lines) if made.raw.startswith("Về việc"))
    lines[place : place + 2] = [line(title, 200, 135, 0.95)]
    assert told(lines)["title"] == expected


def test_the_subject_ends_where_the_page_shows_a_gap_that_the_engine_did_not_tell() -> None:
    lines = letter()
    place = next(n for n, made in enumerate(lines) if made.raw.startswith("Về việc"))
    lines[place : place + 2] = [
        line("Về việc phân bổ vốn đầu tư công đợt hai", 150, 135, 0.95),
        line("Đề nghị các xã rà soát lại danh mục và báo cáo về", 115, 176, 0.95),
    ]
    assert told(lines)["title"] == "Về việc phân bổ vốn đầu tư công đợt hai"


def test_an_office_and_its_number_stand_apart() -> None:
    assert told(headed("LỮ ĐOÀN45", "Số: 8/TB-LĐ"))["issuer"] == "LỮ ĐOÀN 45"


@pytest.mark.parametrize(
    ("text", "doubted"), [("các quận.huyện", True), ("các quận. huyện", True), ("TL.GIÁM ĐỐC", False)]
)
def test_words_that_a_sign_joins_are_doubted(text: str, doubted: bool) -> None:
    lines = letter()
    lines[8] = line(f"Kính gửi: {text}", 180, 190, 0.95)
    assert (read(lines).addressees[0].doubt is not None) is doubted


def test_both_blocks_of_the_closing_may_be_read_as_one_line() -> None:
    lines = letter()
    lines[10:15] = [
        line("Nơi nhận:", 60, 640, 0.95),
        line("\N{MODIFIER LETTER CIRCUMFLEX ACCENT}TM. ỦY BAN NHÂN DÂN", 330, 640, 0.95),
        beside(line("- Các thôn, tổ;", 60, 656, 0.95), line("CHỦ TỊCH", 370, 656, 0.95)),
        line("- Lưu: VT.", 60, 672, 0.95),
        line("Trần Văn Bình", 365, 740, 0.95),
    ]
    said = told(lines)
    assert said["recipients"] == "Các thôn, tổ | Lưu: VT"
    assert (said["authority"], said["post"], said["signer"]) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình")


def beside(left: Line, right: Line) -> Line:
    """Two lines read as one."""
    begin = len(left.raw) + 1
    return Line(f"{left.raw} {right.raw}", (*left.tokens, *(t._replace(start=t.start + begin) for t in right.tokens)))


def test_an_addressee_that_lost_its_dash_is_one() -> None:
    lines = letter()
    lines[8:9] = [
        line("Kính gửi:", 190, 190, 0.95),
        line("Các xã ven sông;", 250, 206, 0.95),
        line("- Trạm thủy nông.", 240, 222, 0.95),
    ]
    lines[11] = line("Ủy ban nhân dân huyện kính trình Hội đồng nhân dân huyện xem xét.", 60, 250, 0.95)
    assert told(lines)["addressees"] == "Các xã ven sông | Trạm thủy nông"


@pytest.mark.parametrize("dated", ["ngày 01 tháng 02:năm 201 9", "ngày 01 tháng'02 năm 2019"])
def test_a_date_with_specks_is_told_and_doubted(dated: str) -> None:
    found = read(letter(dated=f"An Phú, {dated}")).date
    assert found is not None
    assert (found.text, found.confidence) == ("ngày 01 tháng 02 năm 2019", UNSURE)


def test_a_name_is_never_surer_than_its_marks() -> None:
    assert read(letter(sure=0.92)).signer == read(letter(sure=0.93)).signer
    found = read(letter(sure=0.96)).signer
    assert found is not None
    assert found.confidence == 0.96


@pytest.mark.parametrize(("first", "doubted"), [("ỦY CAO LÂM", True), ("TỈNH ỦY CAO LÂM", False)])
def test_an_issuer_that_begins_as_no_office_does_is_doubted(first: str, doubted: bool) -> None:
    found = read(headed(first, "*", "Số 18-NQ/TU", sure=0.95)).issuer
    assert found is not None
    assert (found.doubt is not None) is doubted
