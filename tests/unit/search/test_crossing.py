"""What goes on over the end of a line or of a page is found and told as if it stood together."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.model import Line, Page, Role
from vnreport_ocr.search.crossing import REACH, Running, running
from vnreport_ocr.search.extract import PageText, page_text
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import DocumentEntry, Index
from vnreport_ocr.search.words import bare_text, words_of, written_text


def page(number: int, *lines: tuple[str, Role] | str) -> PageText:
    made = (line if isinstance(line, tuple) else (line, Role.BODY) for line in lines)
    return page_text(Page(number, tuple(Line(text, role=role, end="\n") for text, role in made), source="layer"))


PAGES = (
    page(
        1, "Ủy ban xã đã khởi công trạm bơm thoát", ("1 Theo sổ của kho vật tư.", Role.FOOTNOTE), ("- 1 -", Role.BODY)
    ),
    page(
        2, ("Báo cáo quý ba", Role.FURNITURE), "nước Đầm Sen, dùng vật liệu com-", "posite và hệ thống an-", "ten mới."
    ),
)


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    path = tmp_path_factory.mktemp("index") / "search.db"
    with Index(path) as index, index.together():
        index.put(DocumentEntry("tram.pdf", "a", 1.0, 0.9, {}, None), PAGES)
        index.put(
            DocumentEntry("khac.pdf", "b", 1.0, 0.9, {}, None),
            [PageText(1, "Thoát\nnước cho khu chợ."), PageText(2, "Đầm.")],
        )
    with Index(path, read_only=True) as index:
        yield Finder(index)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"trạm bơm thoát nước đầm sen"', ["tram.pdf:1"]),
        ('"tram bom thoat nuoc dam sen"', ["tram.pdf:1"]),
        ('"tram bơm thoat nước dam sen"', ["tram.pdf:1"]),
        ('"thoát nước"', ["khac.pdf:1", "tram.pdf:1"]),
        ('"thoat nuoc d*"', ["tram.pdf:1"]),
        ('"thoát nược"', []),
        ('"thoat nược"', []),
        ('"nước Đầm Sen"', ["tram.pdf:2"]),
        ('"chợ đầm"', ["khac.pdf:1"]),
        ('"chợ đàm"', []),
        ("composite", ["tram.pdf:2"]),
        ('"vat lieu composite va"', ["tram.pdf:2"]),
        ('"an ten"', ["tram.pdf:2"]),
        ('"sen" "bơm"', []),
        ('khởi NOT "thoát nước"', []),
    ],
)  # fmt: skip
def test_phrases_are_found_over_ends(finder: Finder, query: str, expected: list[str]) -> None:
    answer = finder.search(query)

    assert sorted(f"{found.path}:{found.page}" for found in answer.found) == expected
    assert answer.total == len(expected)


def test_a_phrase_over_the_end_of_a_page_is_shown(finder: Finder) -> None:
    (found,) = finder.search('"bơm thoát nước Đầm"').found

    assert [found.snippet[hit.start : hit.end] for hit in found.hits] == ["bơm thoát nước Đầm"]


def test_running_text_leaves_out_what_stands_at_the_edges() -> None:
    first, second = PAGES

    assert first.text[slice(*first.body)].strip() == "Ủy ban xã đã khởi công trạm bơm thoát"
    assert second.text[slice(*second.body)].startswith("nước Đầm Sen")
    assert running(Page(3)) == Running()


def test_a_document_that_goes_leaves_no_word_behind(tmp_path: Path) -> None:
    with Index(tmp_path / "search.db") as index:
        for _ in range(2):
            with index.together():
                index.put(DocumentEntry("tram.pdf", "a", 1.0, 0.9, {}, None), PAGES)
        assert Finder(index).search('"thoát nước"').total == 1
        with index.together():
            index.remove("tram.pdf")
        assert index.ask("SELECT count(*) FROM words WHERE words MATCH 'ωthoát OR αnước OR composite'") == [(0,)]
        index.base.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_a_clause_over_the_end_of_a_page_is_one(tmp_path: Path) -> None:
    def told(*pages: PageText) -> list[tuple[int, str, str, str]]:
        with Index(tmp_path / "search.db") as index:
            with index.together():
                index.put(DocumentEntry("a.pdf", "a", 1.0, 0.9, {}, None), pages)
            return index.ask("SELECT page, relation, number, date FROM relations ORDER BY page, number")

    assert told(
        page(1, "Căn cứ Nghị định số 45/2031/NĐ-CP ngày 12 tháng", "- 1 -"),
        page(2, "4 năm 2031 của Chính phủ về bến thuyền;", "Căn cứ Nghị định số 46/2031/NĐ-CP của Chính phủ;"),
    ) == [(1, "căn cứ", "45/2031/NĐ-CP", "2031-04-12"), (2, "căn cứ", "46/2031/NĐ-CP", "")]
    assert told(
        page(1, "Quyết định này thay thế Quyết định số"),
        page(2, "17/2030/QĐ-UBND ngày 5 tháng 6 năm 2030 của Ủy ban nhân dân tỉnh.", "Hết."),
        page(3, "Bãi bỏ Quyết định số 3/2030/QĐ-UBND."),
    ) == [(1, "thay thế", "17/2030/QĐ-UBND", "2030-06-05"), (3, "bãi bỏ", "3/2030/QĐ-UBND", "")]
    assert told(page(1, "Bãi bỏ các quy định trước đây."), page(2, "Quyết định số 8/2030/QĐ-UBND còn hiệu lực.")) == [
        (2, "dẫn chiếu", "8/2030/QĐ-UBND", "")
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("inter-\nnet", ["internet"]),
        ("Trị-\n  nh Xuân", ["Trịnh", "Xuân"]),
        ("kinh-\ntế", ["kinh", "tế"]),
        ("NQ-\nHĐND", ["NQ", "HĐND"]),
        ("covid-\n19", ["covid", "19"]),
        ("tài\u00adliệu", ["tàiliệu"]),
        ("tài\u00ad\nliệu", ["tàiliệu"]),
    ],
)
def test_words_parted_at_the_end_of_a_line_are_whole(text: str, words: list[str]) -> None:
    assert written_text(text).split() == [written_text(word) for word in words]
    assert len(bare_text(text).split()) == len(words)
    assert next(words_of(text)).start == 0


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(("đường", "sông", "cầu", "bến-\nbãi", "f-\nox", "xã", "12")), min_size=2, max_size=3 * REACH
    ),
    st.data(),
)
def test_any_words_over_the_end_of_a_page_are_found_as_a_phrase(words: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(words) - 1))
    begin = data.draw(st.integers(max(0, cut - 5), cut - 1))
    end = data.draw(st.integers(cut + 1, min(len(words), cut + 5)))
    with tempfile.TemporaryDirectory() as place, Index(Path(place) / "search.db") as index:
        with index.together():
            index.put(
                DocumentEntry("a.pdf", "a", 1.0, 0.9, {}, None),
                [PageText(1, " ".join(words[:cut])), PageText(2, " ".join(words[cut:]))],
            )
        phrase = written_text(" ".join(words[begin:end]))

        assert "a.pdf:1" in [f"{found.path}:{found.page}" for found in Finder(index).search(f'"{phrase}"').found]
