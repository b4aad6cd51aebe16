"""The review page in a real browser: opened from disk, decided on by keys and clicks, saved, and opened again."""

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page as Tab

from tests.browser import opened
from vnreport_ocr.cli.main import run
from vnreport_ocr.document import Document
from vnreport_ocr.model import Box, Cell, Correction, Doubt, Line, Page, Table, Token
from vnreport_ocr.review.applying import Applying
from vnreport_ocr.review.decisions import read_decisions
from vnreport_ocr.review.page import ReviewStream

pytestmark = pytest.mark.xdist_group("browser")

SAMPLES = Path(__file__).parent.parent / "samples"
NAME = "Báo cáo <số> 1 & 2.pdf"


def picture(_page: Page) -> bytes:
    held = io.BytesIO()
    Image.new("L", (595, 842), 255).save(held, "WEBP")
    return held.getvalue()


def line(raw: str, row: int, *corrections: Correction, doubts: tuple[Doubt, ...] = ()) -> Line:
    tokens, start = [], 0
    for column, word in enumerate(raw.split(" ")):
        box = Box(50.0 + 60 * column, 20.0 * row, 105.0 + 60 * column, 20.0 * row + 12)
        rivals = (("93/NQ-HĐND", 0.6),) if word.startswith("33/") else ()
        tokens.append(Token(word, start, box, 0.6 if rivals else 0.95, rivals))
        start += len(word) + 1
    return Line(raw, tuple(tokens), corrections, doubts)


def document() -> Document:
    """Two pages: a doubtful number, changed words, the same change twice, a cell, and text that looks like HTML."""
    first = Page(
        1,
        (
            line("Số: 33/NQ-HĐND", 1, doubts=(Doubt(4, "33/NQ-HĐND", "the engine is only 41% sure of these figures"),)),
            line("Héi đồng nhân dân xã Dak To", 2, Correction(0, "Héi", "Hội", "decode", 0.99),
                 Correction(21, "Dak To", "Đại Táo", "decode", 0.6)),
            line("<script>alert(1)</script> & <b>", 3, doubts=(Doubt(0, "<script>alert(1)</script>", "</script>"),)),
        ),
        size=(595.0, 842.0),
    )  # fmt: skip
    cell = Cell(0, 0, (line("hién có 12,5", 5, Correction(0, "hién", "hiện", "decode", 0.7)),))
    second = Page(
        2, (line("phát trién kinh té, phát trién xã", 4, Correction(5, "trién", "triển", "decode", 0.8),
                 Correction(25, "trién", "triển", "decode", 0.8)),),
        (Table((cell,), 1),), size=(595.0, 842.0),
    )  # fmt: skip
    return Document((first, second), NAME)


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    made = document()
    stream = ReviewStream(made.name, picture)
    path = tmp_path / "trang xem lại.html"
    path.write_text("".join(stream.page(page) for page in made.pages) + stream.end(), encoding="utf-8")
    return path


def now(tab: Tab) -> str:
    return tab.locator("mark.now").inner_text()


def test_it_opens_on_the_doubtful_figure_and_shows_its_place(page_file: Path) -> None:
    with opened(page_file) as tab:
        assert now(tab) == "33/NQ-HĐND"
        assert "máy chỉ chắc 41% về con số này" in tab.locator("#list").inner_text()
        tab.locator("#language").click()
        assert "the engine is only 41% sure" in tab.locator("#list").inner_text()
        tab.locator("#language").click()
        assert tab.locator("#strip").is_visible()
        assert tab.locator(".spot").count() == 1
        assert tab.locator("html").get_attribute("lang") == "vi"
        assert "alert(1)" in tab.locator("main").inner_text(), "text from a document is shown, not run"


def test_every_reason_is_told_in_the_reader_s_language(tmp_path: Path) -> None:
    reason = "the engine is only 50% sure of this; it may be '17'"
    doubtful = line("ngày 11 tháng 5", 1, Correction(5, "11", "17", "figures", 0.6, "it follows 16"),
                    doubts=(Doubt(5, "17", reason),))  # fmt: skip
    stream = ReviewStream("a.pdf", picture)
    path = tmp_path / "a.html"
    path.write_text(stream.page(Page(1, (doubtful,), size=(595.0, 842.0))) + stream.end(), encoding="utf-8")
    with opened(path) as tab:
        told = tab.locator("#list").inner_text()
        assert "máy chỉ chắc 50% ở chỗ này; có thể là “17”" in told
        assert "con số: đứng sau 16" in told
        tab.locator("#language").click()
        told = tab.locator("#list").inner_text()
        assert reason in told
        assert "figures: it follows 16" in told


def test_a_round_of_decisions_by_keyboard_alone(page_file: Path, tmp_path: Path) -> None:
    with opened(page_file) as tab:
        tab.keyboard.press("t")
        tab.keyboard.type("93/NQ-HĐND")
        tab.keyboard.press("Enter")
        while now(tab) != "Đại Táo":
            tab.keyboard.press("ArrowRight")
        tab.keyboard.press("r")
        assert tab.locator("mark.done", has_text="Dak To").count() == 1
        tab.locator("#filter").select_option("changed")
        tab.keyboard.press("Tab")
        tab.locator("mark", has_text="triển").first.focus()
        tab.locator("mark", has_text="triển").first.click()
        tab.keyboard.press("s")
        tab.keyboard.press("a")
        assert tab.locator("mark.done", has_text="triển").count() == 2, "all that are the same"
        tab.keyboard.press("u")
        assert tab.locator("mark.done", has_text="triển").count() == 0
        tab.keyboard.press("a")
        with tab.expect_download() as waiting:
            tab.keyboard.press("Control+s")
        saved = tmp_path / "saved.json"
        waiting.value.save_as(saved)
        assert waiting.value.suggested_filename.endswith(".decisions.json")
    made = read_decisions(saved)
    assert made.document == NAME
    applying = Applying(made, {1, 2})
    first, second = applying.pages(document().pages)
    assert (applying.held, applying.lost) == (4, [])
    assert first.lines[0].text == "Số: 93/NQ-HĐND"
    assert first.lines[1].text == "Hội đồng nhân dân xã Dak To"
    assert second.lines[0].text == "phát triển kinh té, phát triển xã"


def test_progress_is_kept_in_the_browser_and_a_saved_file_opens(page_file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    with opened(page_file) as tab:
        tab.locator("#rivals button").click()
        assert tab.locator("mark.done", has_text="93/NQ-HĐND").count() == 1
        tab.reload()
        assert tab.locator("mark.done", has_text="93/NQ-HĐND").count() == 1, "kept over a reload"
        with tab.expect_download() as waiting:
            tab.locator("#save").click()
        waiting.value.save_as(saved)
    with opened(page_file, language="en-GB") as tab:
        assert tab.locator("mark.done").count() == 0, "another browser knows nothing yet"
        tab.locator("#file").set_input_files(saved)
        tab.locator("mark.done", has_text="93/NQ-HĐND").wait_for()
        saved.write_text('{"format": "vnocr-decisions", "document": "another.pdf"}')
        tab.locator("#file").set_input_files(saved)
        tab.locator("#said", has_text="not a file of decisions").wait_for()


def test_a_line_is_edited_as_a_whole(page_file: Path, tmp_path: Path) -> None:
    with opened(page_file) as tab:
        tab.locator("mark", has_text="triển").first.click()
        tab.keyboard.press("e")
        tab.locator("#typed").fill("phát triển kinh tế, phát triển xã hội")
        tab.keyboard.press("Enter")
        with tab.expect_download() as waiting:
            tab.keyboard.press("Control+s")
        waiting.value.save_as(tmp_path / "saved.json")
    applying = Applying(read_decisions(tmp_path / "saved.json"), {1, 2})
    _, second = applying.pages(document().pages)
    assert applying.lost == []
    assert second.lines[0].text == "phát triển kinh tế, phát triển xã hội"


def saved_by(tab: Tab, path: Path) -> list[dict[str, object]]:
    with tab.expect_download() as waiting:
        tab.keyboard.press("Control+s")
    waiting.value.save_as(path)
    made: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))["decisions"]
    return made


def test_a_line_that_was_begun_is_left_with_the_place(page_file: Path, tmp_path: Path) -> None:
    """What is typed for the next place must not take the place of a whole line."""
    with opened(page_file) as tab:
        tab.locator("mark", has_text="triển").first.click()
        tab.keyboard.press("e")
        tab.locator("#next").click()
        tab.locator("#typed").fill("khác")
        tab.keyboard.press("Enter")
        (made,) = saved_by(tab, tmp_path / "saved.json")
        assert (made["put"], made["chosen"]) != ("phát", "khác")
        assert " " not in str(made["put"])


def test_a_line_is_edited_where_words_of_it_are_decided(page_file: Path, tmp_path: Path) -> None:
    with opened(page_file) as tab:
        first = tab.locator("mark", has_text="triển").first
        first.click()
        tab.locator("#typed").fill("triễn")
        tab.keyboard.press("Enter")
        tab.locator("mark", has_text="triển").first.click()
        tab.keyboard.press("e")
        assert tab.locator("#typed").input_value() == "phát triễn kinh té, phát triển xã", "as it is decided so far"
        tab.locator("#typed").fill("phát triễn kinh tế, phát triểng xã")
        tab.keyboard.press("Enter")
        made = saved_by(tab, tmp_path / "saved.json")
        assert sorted(str(one["chosen"]) for one in made) == ["triểng", "triễn", "tế,"]
        tab.reload()
        assert sorted(str(one["chosen"]) for one in saved_by(tab, tmp_path / "again.json")) == [
            "triểng",
            "triễn",
            "tế,",
        ]
        tab.locator("mark.done").first.click()
        tab.keyboard.press("e")
        tab.locator("#typed").fill("phát triển kinh tế, phát triểng xã")
        tab.keyboard.press("Enter")
        assert tab.locator("mark.done").first.inner_text() == "triển", "typed back to what was written"
        tab.keyboard.press("u")
        assert tab.locator("mark.done").first.inner_text() == "triễn"
    applying = Applying(read_decisions(tmp_path / "saved.json"), {1, 2})
    _, second = applying.pages(document().pages)
    assert applying.lost == []
    assert second.lines[0].text == "phát triễn kinh tế, phát triểng xã"


def test_an_opened_file_tells_what_no_longer_fits_and_keeps_it(page_file: Path, tmp_path: Path) -> None:
    with opened(page_file) as tab:
        tab.locator("#rivals button").click()
        mine = saved_by(tab, tmp_path / "mine.json")
        older = {**mine[0], "chosen": "11/NQ-HĐND", "when": "2001-01-01T00:00:00.000Z"}
        stray = {**older, "page": 1, "read": "sông Lô", "put": "sông Lô", "before": "", "after": "", "box": None}
        record = {"format": "vnocr-decisions", "format_version": 1, "document": NAME, "decisions": [older, stray]}
        (tmp_path / "theirs.json").write_text(json.dumps(record), encoding="utf-8")
        tab.locator("#file").set_input_files(tmp_path / "theirs.json")
        tab.locator("#said", has_text="1 không còn khớp").wait_for()
        kept = saved_by(tab, tmp_path / "both.json")
        assert sorted(str(one["chosen"]) for one in kept) == ["11/NQ-HĐND", "93/NQ-HĐND"]
        assert [one["read"] for one in kept if one["chosen"] == "11/NQ-HĐND"] == ["sông Lô"], "the later decision stays"


def test_arrow_keys_pass_over_filters_and_enter_goes_to_the_place(page_file: Path) -> None:
    with opened(page_file) as tab:
        tab.keyboard.press("f")
        for _ in range(4):
            tab.keyboard.press("ArrowDown")
        assert tab.locator("#filter").input_value() == "changed"
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.matches('mark.now')")


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_the_place_is_in_sight_as_soon_as_the_page_is_open(width: int, tmp_path: Path) -> None:
    told = [line(f"Các xã đã gieo trồng xong {n} khu ruộng ở ven sông", n) for n in range(1, 38)]
    told.append(line("Số: 33/NQ-HĐND", 39, doubts=(Doubt(4, "33/NQ-HĐND", "a letter among figures"),)))
    stream = ReviewStream("a.pdf", picture)
    path = tmp_path / "a.html"
    path.write_text(stream.page(Page(1, tuple(told), size=(595.0, 842.0))) + stream.end(), encoding="utf-8")
    with opened(path, width=width) as tab:

        def in_sight() -> bool:
            places = [tab.locator(name).bounding_box() for name in (".bar", "mark.now", "#panel")]
            bar, mark, panel = (place or {"y": 0.0, "height": 0.0} for place in places)
            return bar["y"] + bar["height"] <= mark["y"] <= panel["y"] - mark["height"]

        for _ in range(100):
            if in_sight():
                break
            tab.wait_for_timeout(100)
        assert in_sight()


def test_a_word_that_goes_can_be_found_again(page_file: Path) -> None:
    with opened(page_file) as tab:
        tab.locator("#typed").fill("")
        tab.keyboard.press("Enter")
        assert tab.locator("mark.done").inner_text() == "\N{EMPTY SET}"
        tab.locator("mark.done").click()
        assert tab.locator("#typed").input_value() == ""


def test_a_browser_that_keeps_nothing_says_so_until_the_file_is_saved(page_file: Path, tmp_path: Path) -> None:
    with opened(page_file) as tab:
        assert tab.locator("#warning").is_hidden()
        tab.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
        tab.keyboard.press("a")
        tab.keyboard.press("j")
        assert tab.locator("#warning").is_visible()
        saved_by(tab, tmp_path / "saved.json")


def test_filters_show_what_they_say(page_file: Path) -> None:
    with opened(page_file) as tab:
        counts = {}
        for name in ("doubtful", "undecided", "figures", "names", "changed", "all"):
            tab.locator("#filter").select_option(name)
            counts[name] = tab.locator("#count").inner_text()
        assert counts == {
            "doubtful": "0 trên 6 đã quyết định", "undecided": "0 trên 7 đã quyết định",
            "figures": "0 trên 2 đã quyết định", "names": "0 trên 1 đã quyết định",
            "changed": "0 trên 5 đã quyết định", "all": "0 trên 7 đã quyết định",
        }  # fmt: skip


def test_both_languages_and_names_for_screen_readers(page_file: Path) -> None:
    with opened(page_file, language="en-GB", scheme="dark") as tab:
        assert tab.locator("#accept").inner_text() == "Right"
        tab.locator("#language").click()
        assert tab.locator("#accept").inner_text() == "Đúng"
        for element in tab.locator("mark").all():
            assert element.get_attribute("role") == "button"
            assert element.get_attribute("aria-label")
        unnamed = (
            "e => [...document.querySelectorAll('button, input:not([hidden]), select')]"
            ".filter(x => !(x.innerText || x.getAttribute('aria-label') || x.closest('label'))).length"
        )
        assert tab.evaluate(unnamed) == 0


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
def test_on_a_phone_every_act_is_in_sight_and_the_text_has_room(page_file: Path, language: str) -> None:
    with opened(page_file, width=360, language=language) as tab:
        tab.set_viewport_size({"width": 360, "height": 640})
        for name in ("previous", "next", "accept", "reject", "typed", "write", "edit", "same", "undo"):
            box = tab.locator(f"#{name}").bounding_box()
            assert box is not None
            assert box["x"] >= 0, name
            assert box["x"] + box["width"] <= 360, name
            assert box["y"] + box["height"] <= 640, name
        bar, panel = (tab.locator(where).bounding_box() for where in (".bar", "#panel"))
        assert bar is not None
        assert panel is not None
        assert panel["y"] - bar["y"] - bar["height"] > 160, "some lines of text between both"


@pytest.mark.parametrize("width", [390, 820, 1400])
def test_nothing_is_cut_off_at_any_width(page_file: Path, width: int) -> None:
    with opened(page_file, width=width) as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.locator("#accept").is_visible()


def test_a_hundred_pages_of_six_hundred_words_answer(tmp_path: Path) -> None:
    words = " ".join(["kế hoạch phát triển nông thôn mới của huyện"] * 67)
    lines = tuple(Line(words, corrections=(Correction(0, "kế", "Kế", "case", 0.8),)) for _ in range(1))
    stream = ReviewStream("dài.pdf", None)
    path = tmp_path / "dài.html"
    pages = [Page(number, lines) for number in range(1, 101)]
    path.write_text("".join(map(stream.page, pages)) + stream.end(), encoding="utf-8")
    with opened(path) as tab:
        assert tab.locator("section.page").count() == 100
        tab.keyboard.press("ArrowRight")
        assert tab.locator("mark.now").evaluate("e => e.closest('section').id") == "p2"


def test_data_cannot_end_the_element_that_holds_it() -> None:
    stream = ReviewStream("</script><script>alert(2)</script>", None)
    made = "".join(stream.page(page) for page in document().pages) + stream.end()
    assert "<script>alert" not in made
    for block in made.split('type="application/json"')[1:]:
        json.loads(block.split(">", 1)[1].split("</script>", 1)[0])


@pytest.mark.parametrize("road", ["clean", "batch"])
def test_every_road_writes_it_with_the_pictures_of_the_pages(tmp_path: Path, road: str) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    shutil.copy(SAMPLES / "good-layer.pdf", folder / "báo cáo.pdf")
    given = [str(folder / "báo cáo.pdf")] if road == "clean" else [str(folder)]
    assert run([road, *given, "-o", str(out), "-f", "html", "-q"]) == 0
    (made,) = out.rglob("*.html") if road == "clean" else out.rglob("báo cáo*.html")
    with opened(made) as tab:
        assert tab.locator("section.page").count() == 2
        assert tab.locator(".sheet img").count() == 2
        assert tab.locator(".sheet img").first.evaluate("e => e.decode().then(() => e.naturalWidth)") > 600
        assert "HOÀI GIANG" in tab.locator("main").inner_text()
