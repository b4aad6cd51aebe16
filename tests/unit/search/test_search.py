"""Queries as people type them, over a small archive whose answers are known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search import ordering
from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import DocumentEntry, Index
from vnreport_ocr.search.matching import SearchedText
from vnreport_ocr.search.query import Both, Either, Field, Near, Not, Phrase, Term, parse
from vnreport_ocr.search.snippets import snippet
from vnreport_ocr.search.words import bare_text, number_key, written_text

RESOLUTION = (
    "HỘI ĐỒNG NHÂN DÂN\nTỈNH ĐÔNG SƠN\nKính gửi các đồng chí.\n"
    "Mở rộng con đường ven sông đến cầu Hoà Bình, dài 12,5 km.\n"
    "Ngân sách tỉnh chi 3.450 triệu đồng."
)
LETTER = "Con hoi dong y viec nay; dường như chưa ai trả lời. Trường ở xã Hòa Bình đã xây xong."
REPORT = "Báo cáo về ngân hàng và ngân quỹ của hợp tác xã.\nThu ngân sách đạt kế hoạch."


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    path = tmp_path_factory.mktemp("index") / "search.db"
    with Index(path) as index, index.together():
        facts = {
            "number": "Số: 18/2021/NQ-HĐND", "kind": "Nghị quyết", "issuer": "Hội đồng nhân dân tỉnh Đông Sơn",
            "signer": "Trần Văn Ẩn", "date": "ngày 9 tháng 7 năm 2021",
        }  # fmt: skip
        pages = [PageText(1, RESOLUTION, "Nghị quyết về đường ven sông"), PageText(2, "Trang sau nói về trường học.")]
        index.put(DocumentEntry("nq/18.pdf", "a", 1.0, 0.95, facts, 2021), pages, {1: 0.95, 2: 0.9})
        index.put(DocumentEntry("thu.txt", "b", 1.0, 0.7, {}, 2018), [PageText(1, LETTER, "", "truởng xay")])
        facts = {"number": "7/BC-UBND", "kind": "Báo cáo", "issuer": "Ủy ban nhân dân xã", "date": "năm 2023"}
        index.put(DocumentEntry("bc.pdf", "c", 1.0, 0.8, facts, 2023), [PageText(1, REPORT, "Báo cáo")])
    with Index(path, read_only=True) as index:
        yield Finder(index)


def pages(finder: Finder, query: str) -> list[str]:
    return sorted(f"{found.path}:{found.page}" for found in finder.search(query).found)


NQ, NQ2, THU, BC = "nq/18.pdf:1", "nq/18.pdf:2", "thu.txt:1", "bc.pdf:1"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("hoi dong", [NQ, THU]),
        ("hội đồng", [NQ]),
        ("HỘI ĐỒNG", [NQ]),
        ("ho\u0302\u0323i đo\u0302\u0300ng", [NQ]),
        ("dường", [THU]),
        ("đường", [NQ]),
        ("duong", [NQ, THU]),
        ("đuong", [NQ]),
        ("hòa bình", [NQ, THU]),
        ("hoà bình", [NQ, THU]),
        ('"cầu hòa bình"', [NQ]),
        ('"xa hoà binh"', [THU]),
        ('"hội dong"', [NQ]),
        ('"hoi đồng"', [NQ]),
        ('"dong hoi"', []),
        ("trường", [NQ2, THU]),
        ("truởng", [THU]),
        ("xay", [THU]),
        ("ngân*", [BC, NQ]),
        ("ngan*", [BC, NQ]),
        ('"thu ngân s*"', [BC]),
        ("ngân sách OR trường", [BC, NQ, NQ2, THU]),
        ("ngân sách AND triệu", [NQ]),
        ("ngân sách NOT triệu", [BC]),
        ("ngân sách -triệu", [BC]),
        ('ngân -"ngân sách tỉnh"', [BC]),
        ("ngân -(triệu OR quỹ)", []),
        ("(ngân hàng OR triệu) ngân", [BC, NQ]),
        ("NOT ngân", [NQ2, THU]),
        ("đường NEAR/3 cầu", [NQ]),
        ("đường NEAR/2 cầu", []),
        ("cau NEAR/6 đường", [NQ]),
        ("so:18/2021/NQ-HĐND", [NQ, NQ2]),
        ("so:18-2021-nq/hdnd", [NQ, NQ2]),
        ("số:18/2021", [NQ, NQ2]),
        ("so:18/2020/NQ-HĐND", []),
        ("so:7/BC-UBND", [BC]),
        ("so:07/bc-ubnd", [BC]),
        ("nam:2021", [NQ, NQ2]),
        ("năm:2018..2021", [NQ, NQ2, THU]),
        ("nam:2022..", [BC]),
        ("nam:..2018", [THU]),
        ("loai:nghi-quyet", [NQ, NQ2]),
        ('co-quan:"hội đồng"', [NQ, NQ2]),
        ('cơ-quan:"hoi dong"', [NQ, NQ2]),
        ("nguoi-ky:an", [NQ, NQ2]),
        ("nguoi-ky:ẩn", [NQ, NQ2]),
        ("nguoi-ky:ân", []),
        ("tep:thu", [THU]),
        ("nam:2021 trường", [NQ2]),
        ("nam:2018 OR triệu", [NQ, THU]),
        ("-nam:2021", [BC, THU]),
        ("12,5", [NQ]),
        ("3.450", [NQ]),
        ('"3.450 triệu"', [NQ]),
        ("18/2021/NQ-HĐND", []),
        ("gửi: các", [NQ]),
        ("khôngcótừnày", []),
        ("khongcotunay" * 9_000, []),
    ],
)
def test_queries_find_what_they_mean(finder: Finder, query: str, expected: list[str]) -> None:
    assert pages(finder, query) == sorted(expected)


@pytest.mark.parametrize(
    "query",
    ["", "  ", "...", '"ba', '""', "(a", "a)", "OR a", "a OR", "a AND", "NOT", "a NEAR", "NEAR a", "(a OR b) NEAR c",
     '"' + "a " * 65 + '"', "a* b* c* d*", "nam:hai", "nam:2020..2023..2025", "so:/", "()", "a " * 65],
)  # fmt: skip
def test_a_query_that_cannot_be_followed_is_told(finder: Finder, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        finder.search(query)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@given(st.text(alphabet='aâđ "()*-:/.OANDRTEu1\u0301\x00', max_size=30))
def test_any_query_finds_or_is_told(finder: Finder, query: str) -> None:
    try:
        answer = finder.search(query)
        finder.facets(query)
    except QueryError:
        return
    assert len(answer.found) <= answer.total


def test_headings_come_before_bodies_and_what_is_written_so_before_what_is_bare(finder: Finder) -> None:
    assert [found.path for found in finder.search("duong").found] == ["nq/18.pdf", "thu.txt"]
    assert [found.path for found in finder.search("hoi dong").found] == ["thu.txt", "nq/18.pdf"]
    assert finder.search("báo cáo OR ngân sách").found[0].path == "bc.pdf"


def test_snippets_mark_what_was_asked_for(finder: Finder) -> None:
    (found,) = finder.search('"ngan sach tinh" OR "ven sông"').found

    assert [found.snippet[start:end] for start, end in found.hits] == ["ven sông", "Ngân sách tỉnh"]
    assert "\n" not in found.snippet


def test_words_that_were_read_otherwise_are_shown_as_they_were_read(finder: Finder) -> None:
    (found,) = finder.search("truởng").found
    assert found.snippet == "truởng xay"


def test_results_come_in_stretches(finder: Finder) -> None:
    everything = finder.search("ngân OR trường OR hoi").found
    by_one = [finder.search("ngân OR trường OR hoi", limit=1, offset=place).found[0] for place in range(4)]

    assert tuple(by_one) == everything
    assert finder.search("ngân", limit=1).total == 2


def test_words_that_stand_on_very_many_pages_are_ranked_in_headings_and_on_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Index(tmp_path / "search.db") as index:
        with index.together():
            for number in range(200):
                heading = "xã Đông" if number == 3 else ""
                index.put(DocumentEntry(f"{number:03}.pdf", str(number), 1.0, 1.0, {}, None),
                          [PageText(1, f"Ủy ban nhân dân xã số {number}.", heading)])  # fmt: skip
        finder = Finder(index)
        everything = finder.search("xã", limit=200)
        monkeypatch.setattr(ordering, "_RANKED", 20)
        cut = finder.search("xã", limit=5)

    assert everything.total == cut.total == 200
    assert cut.found[0].path == everything.found[0].path == "003.pdf"
    assert {found.path for found in cut.found[1:]} <= {f"{number:03}.pdf" for number in range(170, 200)}


def test_facets_see_what_another_connection_writes(tmp_path: Path) -> None:
    path = tmp_path / "search.db"

    def enter(name: str, year: int) -> None:
        with Index(path) as index, index.together():
            index.put(DocumentEntry(name, name, 1.0, 0.9, {}, year), [PageText(1, "Chi ngân sách của xã")])

    enter("a.txt", 2001)
    with Index(path, read_only=True) as index:
        asked = Finder(index)
        assert asked.facets("ngân")["year"] == [("2001", 1)]
        enter("b.txt", 2001)
        enter("c.txt", 2000)
        assert asked.facets("ngân")["year"] == [("2001", 2), ("2000", 1)]
        enter("b.txt", 2000)  # in the place of what was known of it
        assert asked.facets(None)["year"] == [("2000", 2), ("2001", 1)]
        assert asked.facets("ngân", {"year": "2001"})["quality"] == [("0.9", 1)]
        assert asked.facets("rừng")["year"] == []


def test_facets_count_documents(finder: Finder) -> None:
    counted = finder.facets("trường OR ngân")

    assert counted["year"] == [("2018", 1), ("2021", 1), ("2023", 1)]
    assert counted["kind"] == [("Báo cáo", 1), ("Nghị quyết", 1)]
    assert counted["signer"] == [("Trần Văn Ẩn", 1)]
    assert counted["quality"] == [("0.7", 1), ("0.8", 1), ("0.9", 1)]


def test_a_document_takes_the_place_of_its_former_version(tmp_path: Path) -> None:
    with Index(tmp_path / "search.db") as index:
        for text in ("Bản thứ nhất.", "Bản thứ hai."):
            with index.together():
                index.put(DocumentEntry("a.pdf", "h", 1.0, 1.0, {}, None), [PageText(1, text)])
        finder = Finder(index)
        assert finder.search("nhất").total == 0
        assert finder.search("hai").total == 1
        with index.together():
            index.remove("a.pdf")
        assert finder.search("bản").total == 0
        index.base.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_queries_are_read_by_precedence() -> None:
    a, b, c = (Phrase((Term(letter),)) for letter in "abc")

    assert parse("a b OR c") == Either((Both((a, b)), c))
    assert parse("a (b OR c)") == Both((a, Either((b, c))))
    assert parse("a NOT b c") == Both((a, Not(b), c))
    assert parse("a NEAR b NEAR/3 c") == Near((a, b, c), 10)
    assert parse("số:18/NQ a*") == Both((Field("number", "18/NQ"), Phrase((Term("a", prefix=True),))))


@given(st.text(max_size=60))
def test_both_forms_of_a_text_have_as_many_words(text: str) -> None:
    assert len(written_text(text).split(" ")) == len(bare_text(text).split(" "))


@given(st.text(alphabet="aáđ \n.b", max_size=200), st.text(alphabet="aáđb", min_size=1, max_size=2))
def test_snippets_hold_their_hits(text: str, word: str) -> None:
    looked_at = SearchedText(text)
    hits = looked_at.hits(Phrase((Term(word),)))
    said, marked = snippet(looked_at, hits)

    assert bool(marked) == bool(hits)
    assert all(bare_text(said[hit.start : hit.end]) == bare_text(word) for hit in marked)


@pytest.mark.parametrize(
    "spelling", ["18/2021/NQ-HĐND", "18-2021-NQ/HĐND", "Số: 18/2021/nq-hđnd", "018 / 2021 / NQ – HDND"]
)
def test_a_number_has_one_key_in_every_spelling(spelling: str) -> None:
    assert number_key(spelling) == "18 2021 nq hdnd"


FAR = "Phà qua sông chạy cả ngày; chợ họp lúc sáng sớm. " + "Tàu ghe ra vào bến, hàng hóa nhiều. " * 12
BESIDE = [
    ("cho song", "chợ sông"),
    ("ben chay", "bến chạy"),
    ("hang hoa ngay song", "hàng hóa ngày sông"),
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    """Pages with all words far apart, many times and also in headings; each phrase once, deep in a longer page."""
    with Index(tmp_path_factory.mktemp("shelf") / "search.db") as index:
        with index.together():
            for number in range(12):
                heading = "Chợ họp bến sông, tàu chạy hàng ngày, hóa đơn" if number % 2 else ""
                entry = DocumentEntry(f"far-{number:02}.pdf", f"far{number}", 1.0, 1.0, {}, 2020)
                index.put(entry, [PageText(1, FAR, heading)])
            for number, (_, phrase) in enumerate(BESIDE):
                text = f"{'Lời mở đầu dài dòng kể chuyện cũ. ' * 60}Có {phrase} ở đây. {FAR}"
                index.put(DocumentEntry(f"{phrase}.pdf", f"near{number}", 1.0, 1.0, {}, 2000), [PageText(1, text)])
        yield Finder(index)


@pytest.mark.parametrize(("bare", "phrase"), BESIDE)
@pytest.mark.parametrize("form", ["{}", "{} nam:2000..2020", "({}) OR khongcogi", "{} NOT khongcogi"])
@pytest.mark.parametrize("ranked", [10_000, 3])
def test_words_beside_each_other_come_before_words_far_apart(
    shelf: Finder, monkeypatch: pytest.MonkeyPatch, bare: str, phrase: str, form: str, ranked: int
) -> None:
    monkeypatch.setattr(ordering, "_RANKED", ranked)  # few enough, and more than are ranked among each other
    for words in (bare, phrase):
        answer = shelf.search(form.format(words), limit=1)
        assert answer.found[0].path == f"{phrase}.pdf"
        assert answer.total >= 12


def test_the_more_words_stand_beside_each_other_the_earlier_a_page_comes(tmp_path: Path) -> None:
    texts = {
        "all": "Xưa kể nhiều. " * 30 + "Làng có nghề dệt chiếu cói.",
        "three": "Nghề dệt chiếu; mua cói về.",
        "two": "Cói tốt nhờ nghề, chiếu đẹp; vải dệt, nghề dệt.",
        "none": "Dệt nghề; cói, chiếu. Chiếu, dệt, nghề.",
    }
    with Index(tmp_path / "search.db") as index:
        with index.together():
            for name, text in texts.items():
                index.put(DocumentEntry(name, name, 1.0, 1.0, {}, None), [PageText(1, text)])
        for query in ("nghề dệt chiếu cói", "nghe det chieu coi", "nghe det chieu co*"):
            assert [found.path for found in Finder(index).search(query).found] == list(texts)


@pytest.mark.parametrize("query", ["cho song", "chợ sông", "cho sông", "cho song nam:2000..2020"])
def test_stretches_of_ranked_words_join_without_gap_or_double(shelf: Finder, query: str) -> None:
    everything = shelf.search(query, limit=100)
    one_by_one = [shelf.search(query, limit=1, offset=place).found[0] for place in range(len(everything.found))]

    assert tuple(one_by_one) == everything.found
    assert len({found.path for found in everything.found}) == len(everything.found) == everything.total
    assert sum(count for _, count in shelf.facets(query)["year"]) == everything.total


def test_what_is_written_so_and_headings_still_lead_among_words_beside_each_other(tmp_path: Path) -> None:
    pages = {
        "heading": PageText(1, "Kể chuyện bến đò ngày xưa, rồi thôi.", "Bến đò"),
        "marked": PageText(1, "Kể chuyện bến đò ngày xưa, rồi thôi."),
        "other marks": PageText(1, "Kể chuyện bền đỗ ngày xưa, rồi thôi."),
    }
    with Index(tmp_path / "search.db") as index:
        with index.together():
            for name, page in pages.items():
                index.put(DocumentEntry(name, name, 1.0, 1.0, {}, None), [page])
        finder = Finder(index)
        assert [found.path for found in finder.search("bến đò").found] == ["heading", "marked"]
        assert finder.search("ben do").found[0].path == "heading"
        assert finder.search("bền đỗ").found[0].path == "other marks"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    path = tmp_path_factory.mktemp("papers") / "search.db"
    texts = {
        "seven": "Thông tư số 07/2031/TT-BTB ngày 5/3/2031 về bến thuyền.",
        "plain": "Quyết định số 7/2031/QĐ-UBND ngày 05/03/2031 về đò ngang.",
        "amount": "Chi 1,05 tỷ đồng cho cầu; còn 12.7 tấn.",
        "other": "Chi 1,5 tỷ đồng cho cầu; còn 12.07 tấn.",
        "decision": "Số: 779/QĐ-UBND. Quyết định công nhận Điều lệ quỹ.",
        "order": "Chỉ thị ngày 06 tháng 4 năm 2031 về phòng cháy.",
        "sum": "Thu 1.060 tỷ đồng, trong đó 2,50 tỷ từ phà; năm 2031 có 67.929 lượt khách.",
        "room": "Họp tại phòng QH779 của nhà khách Hậu Giang.",
    }
    with Index(path) as index, index.together():
        for name, text in texts.items():
            index.put(DocumentEntry(name, name, 1.0, 0.9, {}, None), [PageText(1, text)])
    with Index(path, read_only=True) as index:
        yield Finder(index)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tt 7/2031", ["seven"]),
        ("7/2031", ["plain", "seven"]),
        ("07/2031", ["plain", "seven"]),
        ("thông tư 7", ["seven"]),
        ("5/3/2031", ["plain", "seven"]),
        ("05/03/2031", ["plain", "seven"]),
        ('"07/2031"', ["seven"]),  # what is in quotes is taken as it is
        ("1,05", ["amount"]),  # amounts are never another amount
        ("1,5", ["other"]),
        ("12.7", ["amount"]),
        ("12.07", ["other"]),
        ("1,05 tỷ", ["amount"]),
        ("1060 tỷ", ["sum"]),
        ("1060 tỷ 67929 lượt", ["sum"]),
        ("2,5 tỷ", ["sum"]),
        ("2,50 tỷ", ["sum"]),
        ("2,05", []),
        ('"1060"', []),
        ("QĐ779", ["decision"]),
        ("qd779", ["decision"]),
        ("QH779", ["room"]),
        ("hậugiang", ["room"]),
        ("haugiang", ["room"]),
        ("6.4.2031", ["order"]),
        ("06/04/2031", ["order"]),
        ("nhàkhách hậugiang", ["room"]),
        ("hạugiang", []),
        ("xyzgiang", []),
    ],
)
def test_numbers_and_words_as_people_type_them(papers: Finder, query: str, expected: list[str]) -> None:
    answer = papers.search(query)

    assert sorted(found.path for found in answer.found) == expected
    assert all(found.hits for found in answer.found)
    assert sum(number for _, number in papers.facets(query)["quality"]) == len(expected)


@pytest.mark.parametrize(
    ("query", "expected", "loosened"),
    [
        ("phông cháy", ["order"], "marks"),  # nobody writes so
        ('"phông cháy"', [], ""),  # what is in quotes is meant to the letter
        ("nhàkhách", ["room"], "parted"),
        ("chỉ thị xyzw", ["order"], "words"),
        ("phòng cháy tháng 4 thuyền", ["order"], "most"),
        ("xyzw", [], ""),
        ("cầu 12.7 tấn 1/7/2045", ["amount"], "words"),  # no page has that day
        ("phòng cháy", ["order"], ""),
        ("bến thuyền NOT thuyền", [], ""),
    ],
)
def test_a_query_that_finds_nothing_is_loosened_and_that_is_told(
    papers: Finder, query: str, expected: list[str], loosened: str
) -> None:
    answer = papers.search(query)

    assert [found.path for found in answer.found] == expected
    assert answer.loosened == loosened
    assert sum(number for _, number in papers.facets(query)["quality"]) == len(expected)


def test_words_that_must_not_be_there_are_looked_for_letter_by_letter(finder: Finder) -> None:
    assert pages(finder, "hoi NOT đuong") == pages(finder, "hoi NOT đường")
    assert pages(finder, "song OR hoi NOT đuong") == pages(finder, "song OR hoi NOT đường")


@given(
    st.text(alphabet="aáàđdD oóờ.-1_\n\u0301\u00adßЖİ", max_size=60),
    st.lists(st.sampled_from(["a", "á", "d", "đ", "đá", "ờ", "o", "1", "ss"]), min_size=1, max_size=2),
)
def test_a_text_that_is_folded_tells_what_its_words_tell(text: str, words: list[str]) -> None:
    phrase = Phrase(tuple(map(Term, words)))
    folded, cut = SearchedText(text), SearchedText(text)
    cut.__dict__["_folded"] = None  # so that it is cut into words

    assert folded.hits(phrase) == cut.hits(phrase)


def test_what_the_index_tells_first_is_ordered_by_how_words_stand_in_the_text(tmp_path: Path) -> None:
    far = "Lúa chín rộ ngoài đồng. " + "Chuyện kể đã lâu. " * 40 + "Sản lượng cá tăng."
    texts = {"far": far, "title": "Sản lượng cá và lúa", "near": f"Sản lượng của lúa. {far}"}
    with Index(tmp_path / "search.db") as index:
        with index.together():
            for name, text in texts.items():
                heading = text if name == "title" else ""
                index.put(DocumentEntry(name, name, 1.0, 1.0, {}, None), [PageText(1, text, heading)])
        answer = Finder(index).search("san luong lua")
        assert [found.path for found in answer.found] == ["title", "near", "far"]
        assert "Sản lượng của lúa" in answer.found[1].snippet


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## II. Bến đò\n\n*Một là*, sửa **bến** ngay.", "II. Bến đò Một là, sửa bến ngay"),
        ("Bến đò<sup>10</sup> số 3<br>cũ", "Bến đò10 số 3cũ"),
        ("Bến 5 * 3 m (*) và 16* hộ; # 7; a*b*c bến", "Bến 5 * 3 m (*) và 16* hộ; # 7; a*b*c bến"),
    ],
)
def test_snippets_show_words_and_no_signs_of_markdown(text: str, shown: str) -> None:
    searched = SearchedText(text)
    made, hits = snippet(searched, searched.hits(parse("bến")))

    assert made == shown
    assert {made[hit.start : hit.end] for hit in hits} <= {"Bến", "bến"}
    assert hits
