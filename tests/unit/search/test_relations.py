"""What documents say of each other."""

import pytest

from vnreport_ocr.search.relations import relations_of


def found(text: str, own: str = "") -> list[tuple[str, str, str]]:
    return [(r.relation, r.number or r.kind or r.issuer, r.date) for r in relations_of(text, own)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Nghị định số 15/2018/NĐ-CP ngày 2 tháng 3 năm 2018 của Chính phủ;",
         [("căn cứ", "15/2018/NĐ-CP", "2018-03-02")]),
        ("Căn cứ Luật Trồng trọt ngày 19 tháng 11 năm 2018;", [("căn cứ", "Luật Trồng trọt", "2018-11-19")]),
        ("Căn cứ Quyết định số 7/QĐ-UBND\nngày 4/5/2019 của\nỦy ban nhân dân huyện;",
         [("căn cứ", "7/QĐ-UBND", "2019-05-04")]),
        ("Thực hiện Nghị quyết số 9-NQ/TU, Chỉ thị số 3-CT/TU của Tỉnh ủy.",
         [("căn cứ", "9-NQ/TU", ""), ("căn cứ", "3-CT/TU", "")]),
        ("Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 21/TTr-SNV ngày 5/6/2020.",
         [("theo đề nghị", "21/TTr-SNV", "2020-06-05")]),
        ("Xét đề nghị của Trưởng phòng Văn hóa,", [("theo đề nghị", "Trưởng phòng Văn hóa", "")]),
        ("Quyết định này thay thế Quyết định số 8/2010/QĐ-UBND ngày 1/2/2010.",
         [("thay thế", "8/2010/QĐ-UBND", "2010-02-01")]),
        ("Bãi bỏ Điều 5 Quyết định số 9/2011/QĐ-UBND.", [("bãi bỏ", "9/2011/QĐ-UBND", "")]),
        ("Quyết định số 9/2011/QĐ-UBND hết hiệu lực kể từ ngày ký.", [("bãi bỏ", "9/2011/QĐ-UBND", "")]),
        ("Sửa đổi, bổ sung một số điều của Thông tư số 4/2012/TT-BTC.", [("sửa đổi, bổ sung", "4/2012/TT-BTC", "")]),
        ("Căn cứ Luật Nhà ở số 65/2014/QH13 đã được sửa đổi, bổ sung bởi Luật số 40/2019/QH14;",
         [("sửa đổi, bổ sung", "65/2014/QH13", ""), ("căn cứ", "40/2019/QH14", ""), ("căn cứ", "65/2014/QH13", "")]),
        ("Số 12 đường Trần Phú, Quyết định đúng đắn, thay thế bóng đèn hỏng.", []),
        ("Chi theo đề nghị của Hội đồng trong trường hợp cần thiết.", []),
        ("Các mỏ mới bổ sung nêu tại Thông báo số 5/TB-UBND.", [("dẫn chiếu", "5/TB-UBND", "")]),
    ],
)  # fmt: skip
def test_relations_are_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_a_document_is_no_other_to_itself_and_each_is_told_once() -> None:
    text = "Căn cứ Quyết định số 7/QĐ-UBND; căn cứ Quyết định số 7/QĐ-UBND; căn cứ Nghị quyết số 1/NQ-HĐND."

    assert found(text, "Số: 1/NQ-HĐND") == [("căn cứ", "7/QĐ-UBND", "")]


def test_the_article_and_the_sentence_are_kept() -> None:
    (relation,) = relations_of("Điều 3. Bãi bỏ khoản 2 Điều 4 Nghị định số 1/2001/NĐ-CP ngày 5/1/2001 của Chính phủ.")

    assert relation.article == "khoản 2 Điều 4"
    assert relation.issuer == "Chính phủ"
    assert relation.span.startswith("Bãi bỏ khoản 2 Điều 4")
    assert 0 < relation.confidence < 1


def of_others(text: str) -> list[tuple[str, str, str]]:
    return [(r.relation, r.number, r.by_number) for r in relations_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Nghị định số 4/2016/NĐ-CP ngày 6/3/2016 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số "
         "7/2012/NĐ-CP ngày 3/6/2012;",
         [("sửa đổi, bổ sung", "7/2012/NĐ-CP", "4/2016/NĐ-CP"), ("căn cứ", "4/2016/NĐ-CP", "")]),
        ("_ Căn cứ Quyết định số 4/QĐ-SYT về hội đồng; Quyết định số 5/QĐ-SYT về tổ giúp việc;",
         [("căn cứ", "4/QĐ-SYT", ""), ("căn cứ", "5/QĐ-SYT", "")]),
        ("Chương trình số 5-CTr/TU (thay thế Chương trình số 2-CTr/TU) được ban hành.",
         [("thay thế", "2-CTr/TU", "5-CTr/TU"), ("dẫn chiếu", "5-CTr/TU", "")]),
        ("Quyết định số 8/2001/QĐ-UBND được thay thế bởi Quyết định số 9/2011/QĐ-UBND.",
         [("thay thế", "8/2001/QĐ-UBND", "9/2011/QĐ-UBND"), ("dẫn chiếu", "9/2011/QĐ-UBND", "")]),
        ("Nghị quyết số 5/NQ-HĐND nêu trên; Nghị quyết này thay thế Nghị quyết số 2/NQ-HĐND.",
         [("dẫn chiếu", "5/NQ-HĐND", ""), ("thay thế", "2/NQ-HĐND", "")]),
        ("Các ngành tập trung chỉ đạo thực hiện Nghị quyết số 9-NQ/TU của Tỉnh ủy.", [("dẫn chiếu", "9-NQ/TU", "")]),
        ("Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Đo đạc số 7/2001/QH10.",
         [("dẫn chiếu", "7/2001/QH10", "")]),
        ("Ban hành danh mục bổ sung một số mặt hàng theo Quyết định số 6/2009/QĐ-TTg.",
         [("dẫn chiếu", "6/2009/QĐ-TTg", "")]),
    ],
)  # fmt: skip
def test_what_third_documents_do_is_theirs(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert of_others(text) == expected


def test_only_an_opening_is_based_on_what_it_carries_out() -> None:
    text = "Thực hiện Nghị quyết số 9-NQ/TU, huyện đã xây ba cây cầu."

    assert [r.relation for r in relations_of(text)] == ["căn cứ"]
    assert [r.relation for r in relations_of(text, first=False)] == ["dẫn chiếu"]
    assert [r.relation for r in relations_of("Nước dâng cao.\n" * 400 + text)] == ["dẫn chiếu"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Căn cứ Quyết định số 7/QĐ-UBND ngày 4/5/2019 của Chủ tịch Ủy ban nhân dân huyện sửa đổi, bổ sung quy chế;",
         "Chủ tịch Ủy ban nhân dân huyện"),
        ("Chỉ thị số 3-CT/TU về việc nâng cao chất lượng của Sở Xây dựng.", ""),
        ("Đề án số 8-ĐA/TU, ngày 4/8/2018 về bộ máy của tỉnh Đông Sơn tinh gọn.", ""),
        ("Thông tư số 4/2020/TT-BNV ngày 13 tháng 10 năm 2020 của Bộ trưởng Bộ Nội vụ quy định chi tiết.",
         "Bộ trưởng Bộ Nội vụ"),
    ],
)  # fmt: skip
def test_the_issuer_stands_right_behind_the_number(text: str, issuer: str) -> None:
    (relation, *_) = relations_of(text)
    assert relation.issuer == issuer


@pytest.mark.parametrize(
    "number", ["2269/TTr-BNG-QLDA", "5311/BYT-BM-TE", "02-HD/UBKTTW", "1735/CTr-UBND", "99/BC-QLNNVLĐNN", "30c/NQ-CP"]
)
def test_long_numbers_are_whole(number: str) -> None:
    (relation,) = relations_of(f"Theo Công văn số {number} ngày 2/3/2020.")
    assert relation.number == number


@pytest.mark.parametrize("number", ["63/2002/T T-BTC", "735/CTr UBND"])
def test_a_number_that_goes_on_behind_a_gap_is_doubted(number: str) -> None:
    (relation,) = relations_of(f"Theo Chương trình số {number} ngày 24/7/2002.")
    assert relation.confidence <= 0.5


def test_words_in_capitals_are_no_symbol() -> None:
    assert list(relations_of("NGHỊ QUYẾT 2020/ THỰC HIỆN 2019")) == []


def test_how_sure_a_relation_is_depends_on_what_is_told() -> None:
    texts = (
        "Căn cứ Nghị định số 15/2018/NĐ-CP ngày 2 tháng 3 năm 2018;",
        "Căn cứ Quyết định số 15/QĐ-UBND;",
        "Thực hiện Quyết định số 15/QĐ-UBND;",
    )
    sure = [next(iter(relations_of(text))).confidence for text in texts]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 3


def test_both_who_proposed_are_told() -> None:
    text = (
        "Theo đề nghị của Hội Làm vườn tại Công văn số 6/HLV ngày 2/3/2020"
        " và Giám đốc Sở Nội vụ tại Tờ trình số 9/TTr-SNV."
    )

    assert [(r.issuer, r.number) for r in relations_of(text)] == [
        ("Hội Làm vườn", "6/HLV"), ("Giám đốc Sở Nội vụ", "9/TTr-SNV"),
    ]  # fmt: skip


def told(text: str) -> list[tuple[str, str, str]]:
    return [(r.relation, r.number or r.kind, r.by_number or r.by_kind) for r in relations_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sửa đổi, bổ sung một số điều của các Nghị định số 12/2033/NĐ-CP, số 15/2033/NĐ-CP và số 18/2034/NĐ-CP.",
         ["12/2033/NĐ-CP", "15/2033/NĐ-CP", "18/2034/NĐ-CP"]),
        ("Sửa đổi, bổ sung một số điều của Nghị định số 12/2033/NĐ-CP ngày 3 tháng 2 năm 2033 của Chính phủ về bến "
         "thuyền, Nghị định số 15/2033/NĐ-CP ngày 9 tháng 3 năm 2033 của Chính phủ về đò ngang.",
         ["12/2033/NĐ-CP", "15/2033/NĐ-CP"]),
        ("Bãi bỏ các Quyết định số 5/2030/QĐ-UBND, 6/2030/QĐ-UBND của Ủy ban nhân dân tỉnh Đông Sơn.",
         ["5/2030/QĐ-UBND", "6/2030/QĐ-UBND"]),
        ("Bãi bỏ Nghị quyết số 35/2029/NQ-HĐND; Nghị quyết số 36/2029/NQ-HĐND của Hội đồng nhân dân tỉnh.",
         ["35/2029/NQ-HĐND", "36/2029/NQ-HĐND"]),
        ("Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực:\n1. Quyết định số 3/2030/QĐ-UBND "
         "ngày 1 tháng 2 năm 2030 của Ủy ban nhân dân tỉnh.\n2. Quyết định số 8/2031/QĐ-UBND về bến đò.\nĐiều "
         "3. Như Quyết định số "
         "4/2031/QĐ-UBND.", ["3/2030/QĐ-UBND", "8/2031/QĐ-UBND"]),
        ("Các nghị quyết sau hết hiệu lực thi hành: Nghị quyết số 3/2030/NQ-HĐND, Nghị quyết số 8/2031/NQ-HĐND.",
         ["3/2030/NQ-HĐND", "8/2031/NQ-HĐND"]),
        ("Điểm a khoản 2 Điều 4 Thông tư số 7/2033/TT-BTB được sửa đổi, bổ sung như sau:", ["7/2033/TT-BTB"]),
        ("Nghị quyết này thay thế Nghị quyết số 3/NQ-HĐND; Nghị quyết số 5/NQ-HĐND tiếp tục có hiệu lực.",
         ["3/NQ-HĐND"]),
        ("Trường hợp Nghị định số 5/2030/NĐ-CP hết hiệu lực thì thực hiện theo văn bản mới.", []),
        ("Theo Nghị định số 5/2030/NĐ-CP, Giấy phép số 7 hết hiệu lực.", []),
        ("Thay thế Luật Đê điều năm 2030.", ["Luật Đê điều"]),
    ],
)  # fmt: skip
def test_lists_of_documents_are_read_to_their_end(text: str, expected: list[str]) -> None:
    assert [one for relation, one, by in told(text) if relation not in ("dẫn chiếu", "căn cứ") and not by] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2030 đã được sửa đổi, bổ sung một số điều theo Luật số "
         "89/2034/QH15 và Luật số 90/2035/QH15;",
         [("Luật Ngân sách nhà nước", "89/2034/QH15"), ("Luật Ngân sách nhà nước", "90/2035/QH15")]),
        ("Luật Đò số 1/2030/QH15 đã được sửa đổi, bổ sung một số điều theo Luật số 2/2031/QH15, Luật số 3/2032/QH15 và "
         "Luật số 4/2033/QH15, Luật Bến số 5/2030/QH15 đã được sửa đổi, bổ sung một số điều theo Luật số 6/2031/QH15, "
         "Luật Phà số 7/2030/QH15.",
         [("1/2030/QH15", "2/2031/QH15"), ("1/2030/QH15", "3/2032/QH15"), ("1/2030/QH15", "4/2033/QH15"),
          ("5/2030/QH15", "6/2031/QH15")]),
        ("Nghị định số 20/2030/NĐ-CP (được sửa đổi, bổ sung bởi Nghị định số 21/2034/NĐ-CP) quy định về bến.",
         [("20/2030/NĐ-CP", "21/2034/NĐ-CP")]),
        ("Thay thế cụm từ “bến đò” bằng cụm từ “bến thuyền” tại Nghị định số 9/2030/NĐ-CP.", [("9/2030/NĐ-CP", "")]),
    ],
)  # fmt: skip
def test_what_was_amended_by_which(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one, by) for relation, one, by in told(text) if relation == "sửa đổi, bổ sung"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Việc này theo Luật Đất đai năm 2034 và Luật Nhà ở năm 2033.",
         [("Luật Đất đai", "2034"), ("Luật Nhà ở", "2033")]),
        ("Theo quy định của luật và kế hoạch năm 2030 thì.", []),
        ("Theo Quy  định số 22 QĐ/TW ngày 28/7/2031 thì.", [("22 QĐ/TW", "2031-07-28")]),
        ("Theo Thông tư số 04 ngày 5/6/2031 thì.", [("04", "2031-06-05")]),
        ("Theo Nghị định số 30 năm 2030 thì.", [("30", "2030")]),
        ("Nghị định số 30/2030/NĐ-CP đã rõ. Theo Nghị định số 30 thì.", [("30/2030/NĐ-CP", "")]),
        ("Nghị định số 30/2030/NĐ-CP và Nghị định số 30/2031/NĐ-CP. Theo Nghị định số 30 thì.",
         [("30/2030/NĐ-CP", ""), ("30/2031/NĐ-CP", ""), ("30", "")]),
        ("Quyết định số 1.250 mét vuông đất, Quyết định số 5% vốn.", []),
    ],
)  # fmt: skip
def test_documents_that_are_named_otherwise(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.number or r.kind, r.date) for r in relations_of(text)] == expected


def test_a_number_in_part_is_not_sure_and_found_again_where_the_page_has_all_of_it() -> None:
    (unsure,) = relations_of("Bãi bỏ Thông tư số 04 của Bộ Thủy lợi.")
    (whole,) = relations_of("Bãi bỏ Thông tư số 04.\nThông tư số 04/2031/TT-BTL ngày 5 tháng 6 năm 2031 nói về đê.")

    assert unsure.confidence == 0.5
    assert (whole.relation, whole.number, whole.date, whole.confidence) == (
        "bãi bỏ",
        "04/2031/TT-BTL",
        "2031-06-05",
        0.75,
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Theo đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường Bến Tranh tại Tờ trình số 12/TTr-KT;",
         "Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường Bến Tranh"),
        ("Theo đề nghị của Giám đốc Sở Văn hóa, Thể thao và Du lịch.", "Giám đốc Sở Văn hóa, Thể thao và Du lịch"),
        ("Theo đề nghị của Giám đốc Sở Tài chính, Giám đốc Sở Nội vụ.", "Giám đốc Sở Tài chính"),
        ("Xét đề nghị của Trưởng phòng Tổ chức, QUYẾT ĐỊNH:", "Trưởng phòng Tổ chức"),
        ("Xét đề nghị của Chánh Văn phòng HĐND và UBND xã Lạc Thuỷ tại Tờ trình số 45/TTr-VP;",
         "Chánh Văn phòng HĐND và UBND xã Lạc Thuỷ"),
    ],
)  # fmt: skip
def test_who_proposed_it_is_named_whole(text: str, who: str) -> None:
    assert next(relations_of(text)).issuer == who


@pytest.mark.parametrize(
    ("sentence", "number", "issuer"),
    [
        ("(theo Nghị định số 34/2039/NĐ-CP ngày 24/4/2039 của Chính phủ)", "34/2039/NĐ-CP", "Chính phủ"),
        ("Quyết định số 9/QĐ-BLĐ ngày 5/1/2039 của Bộ trưởng Bộ Lao động - Thương binh và Xã hội về nghề.", "9/QĐ-BLĐ",
         "Bộ trưởng Bộ Lao động - Thương binh và Xã hội"),
        ("Thông tư số 8/2039/TT-BVH ngày 5/1/2039 của Bộ Văn hóa và Du lịch và các hướng dẫn.", "8/2039/TT-BVH",
         "Bộ Văn hóa và Du lịch"),
        ("Kế hoạch số 62/KH UBND, ngày 29/3/2039 của UBND tỉnh về chợ.", "62/KH UBND", "UBND tỉnh"),
        ("Nghị quyết số 13-NQ/TW ngày 2/4/2039 của Bộ Chính trị và Quy hoạch vùng.", "13-NQ/TW", "Bộ Chính trị"),
    ],
)  # fmt: skip
def test_the_whole_number_and_issuer_are_told(sentence: str, number: str, issuer: str) -> None:
    (relation,) = relations_of(sentence)

    assert (relation.number, relation.issuer) == (number, issuer)


@pytest.mark.parametrize("kind", ["Chương trình hành động", "Chương trình phối hợp", "Thông báo kết luận"])
def test_kinds_of_several_words_are_told_whole(kind: str) -> None:
    (relation,) = relations_of(f"Theo {kind} số 6-CTr/TU ngày 2/3/2039.")

    assert relation.kind == kind


def test_the_day_in_a_list_of_documents_is_told() -> None:
    (relation,) = relations_of("7 Thông tư 5/2039/TT-BTC 13/1/2039 Hướng dẫn về thủ tục")

    assert relation.date == "2039-01-13"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theo Điều 4 Nghị định số 17/2031/NĐ-CP (sửa đổi bởi khoản 2 Điều 1 Nghị định số 62/2033/NĐ-CP) thì đò dừng.",
         [("sửa đổi, bổ sung", "17/2031/NĐ-CP", "62/2033/NĐ-CP"), ("dẫn chiếu", "62/2033/NĐ-CP", "")]),
        ("Thông tư số 6/2031/TT-BĐ; được sửa đổi, bổ sung bởi Thông tư số 29/2033/TT-BĐ;",
         [("sửa đổi, bổ sung", "6/2031/TT-BĐ", "29/2033/TT-BĐ"), ("dẫn chiếu", "29/2033/TT-BĐ", "")]),
        ("Thông tư số 6/2031/TT-BĐ được sửa đổi, thay thế bởi Thông tư số 29/2033/TT-BĐ.",
         [("thay thế", "6/2031/TT-BĐ", "29/2033/TT-BĐ"), ("dẫn chiếu", "29/2033/TT-BĐ", "")]),
        ("Dự thảo Nghị định sửa đổi Nghị định số 69/2031/NĐ-CP được gửi đi.", [("dẫn chiếu", "69/2031/NĐ-CP", "")]),
        ("Dự thảo Nghị định về đò dọc thay thế Nghị định số 3/2031/NĐ-CP.", [("dẫn chiếu", "3/2031/NĐ-CP", "")]),
        ("Thay thế cụm từ “khoản 3 Điều 6 Nghị định số 63/2031/NĐ-CP” bằng “khoản 1” tại Quyết định số 4/2032/QĐ-UBND.",
         [("sửa đổi, bổ sung", "4/2032/QĐ-UBND", ""), ("dẫn chiếu", "63/2031/NĐ-CP", "")]),
        ("Quyết định số 76/2031/QĐ-UBND bãi bỏ các Quyết định cũ. Quyết định số 76/2031/QĐ-UBND có 3 điều.",
         [("dẫn chiếu", "76/2031/QĐ-UBND", "")]),
        ("Thay thế Phụ lục I ban hành kèm theo Nghị định số 17/2031/NĐ-CP.", [("thay thế", "17/2031/NĐ-CP", "")]),
        ("Sửa đổi, bổ sung một số định mức ban hành kèm theo Thông tư số 44/2031/TT-BĐ.",
         [("sửa đổi, bổ sung", "44/2031/TT-BĐ", "")]),
        ("Ngoài ra, căn cứ theo khoản 5 Điều 5 Nghị định số 25/2031/NĐ-CP quy định về bến.",
         [("căn cứ", "25/2031/NĐ-CP", "")]),
        ("Căn cứ Luật Tần số vô tuyến bến đò số 42/2031/QH18;", [("căn cứ", "42/2031/QH18", "")]),
    ],
)  # fmt: skip
def test_who_does_what_to_whom(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(of_others(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký và huỷ bỏ Quyết định số 77/QĐ-SNV ngày 9/1/2030.",
         [("bãi bỏ", "77/QĐ-SNV", "")]),
        ("Thu hồi Quyết định số 218/QĐ-UBND ngày 7/7/2030.", [("bãi bỏ", "218/QĐ-UBND", "")]),
        ("Quyết định số 21/2024/QĐ-UBND không còn hiệu lực thi hành kể từ ngày 01/01/2032.",
         [("bãi bỏ", "21/2024/QĐ-UBND", "")]),
        ("Quyết định số 17/2024/QĐ-UBND bị bãi bỏ kể từ ngày Quyết định này có hiệu lực.",
         [("bãi bỏ", "17/2024/QĐ-UBND", "")]),
        ("Chấm dứt hiệu lực của Quyết định số 73/QĐ-SGDĐT.", [("bãi bỏ", "73/QĐ-SGDĐT", "")]),
        ("Nghị định số 47/2021/NĐ-CP đã bị hủy bỏ bởi Nghị định số 5/2031/NĐ-CP.",
         [("bãi bỏ", "47/2021/NĐ-CP", "5/2031/NĐ-CP"), ("dẫn chiếu", "5/2031/NĐ-CP", "")]),
        ("Hủy bỏ các quyết định sau:\n1. Quyết định số 4/QĐ-UBND về đò.\n2. Quyết định số 6/QĐ-UBND về phà.",
         [("bãi bỏ", "4/QĐ-UBND", ""), ("bãi bỏ", "6/QĐ-UBND", "")]),
        ("Kết luận này thay cho Kết luận số 41-KL/TU ngày 6/8/2029.", [("thay thế", "41-KL/TU", "")]),
        ("Công văn này thay Công văn số 903/STC-NS.", [("thay thế", "903/STC-NS", "")]),
        ("Quyết định này thay thế các Quyết định: số 14/QĐ-UBND ngày 3/1/2028, số 95/QĐ-UBND.",
         [("thay thế", "14/QĐ-UBND", ""), ("thay thế", "95/QĐ-UBND", "")]),
        ("Đính chính sai sót về kỹ thuật trình bày tại khoản 3 Điều 7 Thông tư số 19/2031/TT-BTL.",
         [("đính chính", "19/2031/TT-BTL", "")]),
        ("Nghị định số 88/2029/NĐ-CP được đính chính bởi Quyết định số 512/QĐ-BTC.",
         [("đính chính", "88/2029/NĐ-CP", "512/QĐ-BTC"), ("dẫn chiếu", "512/QĐ-BTC", "")]),
        ("Văn bản hợp nhất số 07/VBHN-BTC hợp nhất Thông tư số 31/2028/TT-BTC và Thông tư số 12/2031/TT-BTC.",
         [("dẫn chiếu", "07/VBHN-BTC", ""), ("hợp nhất", "12/2031/TT-BTC", "07/VBHN-BTC"),
          ("hợp nhất", "31/2028/TT-BTC", "07/VBHN-BTC")]),
        ("Ngưng hiệu lực thi hành Điều 5 và Điều 6 Nghị định số 64/2030/NĐ-CP.",
         [("ngưng hiệu lực", "64/2030/NĐ-CP", "")]),
        ("Nghị định số 91/2026/NĐ-CP tạm ngưng hiệu lực đến hết năm 2032.", [("ngưng hiệu lực", "91/2026/NĐ-CP", "")]),
        ("Đình chỉ việc thi hành Nghị quyết số 04/NQ-HĐND.", [("ngưng hiệu lực", "04/NQ-HĐND", "")]),
        ("Điều chỉnh khoản 2 Điều 1 Quyết định số 300/QĐ-UBND như sau:", [("sửa đổi, bổ sung", "300/QĐ-UBND", "")]),
        ("Bổ sung vào Kế hoạch số 55/KH-UBND nội dung sau đây.", [("sửa đổi, bổ sung", "55/KH-UBND", "")]),
        ("Nghị định này thay thế Nghị định số 5/2020/NĐ-CP, bãi bỏ Điều 8 Nghị định số 6/2021/NĐ-CP và Chương III Nghị "
         "định số 7/2022/NĐ-CP.",
         [("bãi bỏ", "6/2021/NĐ-CP", ""), ("bãi bỏ", "7/2022/NĐ-CP", ""), ("thay thế", "5/2020/NĐ-CP", "")]),
    ],
)  # fmt: skip
def test_every_way_to_end_or_change_a_document_is_known(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(of_others(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Các hộ đã hủy bỏ hợp đồng thuê theo Thông báo số 66/TB-UBND.",
        "Thu hồi 350 m2 đất của hộ ông Nam theo Thông báo số 66/TB-UBND.",
        "Cơ quan thu hồi giấy chứng nhận cấp kèm Thông báo số 66/TB-UBND.",
        "Hợp nhất Trung tâm Y tế và Bệnh viện theo Thông báo số 66/TB-UBND.",
        "Điều chỉnh giá bán nước theo khung giá tại Thông báo số 66/TB-UBND.",
        "Thay mặt Ủy ban nhân dân tỉnh ký Thông báo số 66/TB-UBND.",
        "Đình chỉ công tác đối với ông Bảy theo Thông báo số 66/TB-UBND.",
        "Tại Thông báo số 66/TB-UBND, đề nghị đính chính số liệu thành 4,5 tỷ đồng.",
    ],
)
def test_what_is_done_to_other_things_is_not_done_to_a_document(text: str) -> None:
    assert of_others(text) == [("dẫn chiếu", "66/TB-UBND", "")]


def test_letters_without_a_number_are_known_by_their_day_and_sender() -> None:
    told = relations_of("Căn cứ Công văn ngày 14/9/2031 và Công văn ngày 3 tháng 10 năm 2031 của Sở Nội vụ;")
    assert [(r.relation, r.kind, r.number, r.date, r.issuer) for r in told] == [
        ("căn cứ", "Công văn", "", "2031-10-03", "Sở Nội vụ")
    ]
    both = relations_of("Phúc đáp Công văn ngày 14/9/2031 của Sở Nội vụ và Công văn ngày 3/10/2031 của Sở Nội vụ.")
    assert [(r.kind, r.date) for r in both] == [("Công văn", "2031-09-14"), ("Công văn", "2031-10-03")]
    assert not list(relations_of("Gửi báo cáo ngày 15/9/2031 của đơn vị. Báo cáo ngày 15 hằng tháng."))


@pytest.mark.parametrize("kind", ["Kết luận thanh tra", "Văn bản", "Công điện", "Báo cáo thẩm tra"])
def test_a_word_between_kind_and_number_hides_no_document(kind: str) -> None:
    (relation,) = relations_of(f"Theo {kind} số 33/KL-TTr ngày 3/8/2031.")
    assert (relation.number, relation.date) == ("33/KL-TTr", "2031-08-03")
