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
         [("căn cứ", "40/2019/QH14", "")]),
        ("Số 12 đường Trần Phú, Quyết định đúng đắn, thay thế bóng đèn hỏng.", []),
        ("Chi theo đề nghị của Hội đồng trong trường hợp cần thiết.", []),
        ("Các mỏ mới bổ sung nêu tại Thông báo số 5/TB-UBND.", []),
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
