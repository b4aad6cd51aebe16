"""``vnocr serve`` in a real browser, and as a command: started, asked, reviewed on, and ended."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import shown
from tests.serving import HARMFUL, LAYER, LETTER_NAME, STRIPPED, TABLE, TARGETS, make_archive, served
from tests.waiting import LONG, eventually
from vnreport_ocr.cli.main import run
from vnreport_ocr.review.decisions import Verdict, read_decisions

pytestmark = pytest.mark.xdist_group("site")


EVERY_KIND = (
    "/", "/?q=hoi+dong", f"/document?file={LAYER}", f"/page?file={LAYER}&n=1&q=hội", f"/page?file={TABLE}&n=1",
    "/document?file=2021/nghi-quyet.txt", "/indicators", "/indicators?key=ty+le+ho+ngheo",
)  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("browsed"))


@pytest.fixture(scope="module")
def address(out: Path) -> Iterator[str]:
    with served(out) as where:
        yield where


@contextmanager
def tab(
    address: str, path: str = "/", *, language: str = "en-GB", width: int = 1280, script: bool = True
) -> Iterator[Tab]:
    """Open a page of the site; an error in it, or a request to anybody else, fails the test."""
    own = (f"{address}/", "data:image/", "blob:")
    with shown(address + path, lambda url: url.startswith(own), language=language, width=width, script=script) as page:
        yield page


def test_search_as_one_types_facet_open_turn_and_plot(address: str) -> None:
    with tab(address) as page:
        page.locator("#q").type("hoi dong")
        page.locator("#count", has_text="pages found").wait_for()
        assert page.locator(".snippet mark").first.inner_text().lower() in ("hội", "đồng")
        assert "q=hoi+dong" in page.url
        page.locator(".facets a", has_text="2021").first.click()
        page.locator(".chosen a", has_text="2021").wait_for()
        assert page.locator(".list > li").count() == 1
        page.locator(".chosen a").click()
        page.locator(".list .title", has_text="kết quả").first.click()
        picture = page.locator(".paper img")
        assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") > 600
        assert page.locator(".sheet mark").count() > 0
        assert page.locator(".paper rect.hit").count() > 0
        key, number = ("ArrowRight", 2) if "n=1" in page.url else ("ArrowLeft", 1)
        page.locator("body").press(key)
        page.wait_for_url(f"**n={number}**")
        page.locator(".leaf h1 a").click()
        page.locator("h2", has_text="Relations").wait_for()
        page.locator(".top a", has_text="Indicators").click()
        page.locator("a", has_text="Tỷ lệ hộ nghèo").first.click()
        page.locator("svg.plot").wait_for()
        assert page.locator("svg.plot circle").count() >= 2
        page.locator("svg.plot a").first.focus()
        page.keyboard.press("Enter")
        page.locator(".sheet").wait_for()


def test_everything_can_be_read_without_javascript(address: str) -> None:
    with tab(address, script=False) as page:
        page.locator("#q").fill("bến bãi")
        page.locator("form.search button").click()
        page.locator(".list > li", has_text="nghi-quyet.txt").locator(".title").click()
        assert page.locator(".sheet mark").count() == 2
        page.locator(".leaf h1 a").click()
        with page.expect_download() as waiting:
            page.locator(".files a", has_text="txt").first.click()
        assert "bến bãi" in Path(waiting.value.path()).read_text(encoding="utf-8")


def test_the_language_is_switched_and_stays(address: str) -> None:
    with tab(address, "/?q=phi", language="vi-VN") as page:
        assert page.locator("html").get_attribute("lang") == "vi"
        page.locator(".languages a").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert "q=phi" in page.url
        page.reload()
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_is_cut_off_at_any_width(address: str, width: int) -> None:
    with tab(address, width=width) as page:
        for path in EVERY_KIND:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_control_has_a_name_and_the_page_its_parts(address: str) -> None:
    unnamed = (
        "() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, svg[role], summary')]"
        ".filter(x => !(x.textContent.trim() || x.getAttribute('aria-label') || x.labels?.length"
        " || x.getAttribute('aria-hidden'))).map(x => x.outerHTML)"
    )
    with tab(address) as page:
        for path in EVERY_KIND:
            page.goto(address + path)
            assert page.evaluate(unnamed) == []
            assert page.locator("main").count() == page.locator("h1").count() == page.locator("a.skip").count() == 1
        page.keyboard.press("Tab")
        page.goto(address + f"/page?file={LAYER}&n=1")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"


def test_what_a_document_says_is_never_run(address: str) -> None:
    with tab(address, "/?q=ben+bai") as page:
        page.locator("#q").fill('bến <script>window.harmed=1</script> "><img src=x onerror=window.harmed=1>')
        page.locator("#count.problem, .list, #count").first.wait_for()
        for path in ("/", "/?q=bến+bãi", "/indicators", f"/document?file={TARGETS}", f"/page?file={TARGETS}&n=1"):
            page.goto(address + path)
            assert page.evaluate("window.harmed") is None
        page.goto(address)
        page.locator(".list > li", has_text=HARMFUL).locator(".title").click()
        assert page.evaluate("window.harmed") is None
        page.locator(".actions a").first.click()
        assert "window.harmed = 1" in page.locator(".sheet").inner_text()
        assert page.evaluate("window.harmed") is None
        page.locator(".aside").click()
        page.locator("#panel").wait_for()
        assert page.evaluate("window.harmed") is None


def test_decisions_go_back_into_the_archive_and_are_undone(out: Path) -> None:
    kept = out / f"{STRIPPED}.decisions.json"
    with served(out, review=True) as address, tab(address, f"/document?file={STRIPPED}") as page:
        page.locator("a", has_text="Review page").click()
        page.locator("#kept", has_text="0").wait_for()
        page.locator("#filter").select_option("all")
        page.locator("mark").first.click()
        page.locator("#typed").fill("đã xem")
        page.locator("#write").click()
        page.locator("#kept", has_text="1").wait_for()
        (made,) = read_decisions(kept).made
        assert (made.verdict, made.chosen) == (Verdict.TYPE, "đã xem")
        page.reload()
        page.locator("mark.done", has_text="đã xem").wait_for()
        page.evaluate("localStorage.clear()")
        page.reload()
        page.locator("mark.done", has_text="đã xem").wait_for()
        page.locator("mark.done").first.click()
        page.locator("#accept").click()
        eventually(lambda: read_decisions(kept).made[0].verdict is Verdict.ACCEPT, "the later decision is kept")
        page.locator("#undo").click()
        eventually(lambda: [one.verdict for one in read_decisions(kept).made] == [Verdict.TYPE], "it is undone")
    kept.unlink()


def _asked(address: str, headers: dict[str, str], body: bytes) -> int:
    asked = Request(f"{address}/decisions?file=2021/nghi-quyet.txt", body, headers, method="POST")
    try:
        with urlopen(asked, timeout=LONG) as answer:
            return int(answer.status)
    except OSError as error:
        return int(getattr(error, "code", 0))


def test_decisions_are_taken_from_the_site_itself_alone(out: Path, address: str) -> None:
    body = b'{"format": "vnocr-decisions", "format_version": 1, "document": "nghi-quyet.txt", "decisions": []}'
    json = {"content-type": "application/json"}
    with served(out, review=True) as writing:
        own = json | {"origin": writing}
        assert _asked(writing, own, body) == 200
        assert _asked(writing, json, body) == 403
        assert _asked(writing, json | {"origin": "http://evil.example"}, body) == 403
        assert _asked(writing, json | {"origin": "null"}, body) == 403
        assert _asked(writing, own | {"sec-fetch-site": "cross-site"}, body) == 403
        assert _asked(writing, own | {"content-type": "text/plain"}, body) == 400
        assert _asked(writing, own, body.replace(b"nghi-quyet", b"another")) == 400
        assert _asked(writing, own, b"[" * 100_000) == 400
        assert _asked(writing, own, b"x" * 8_100_000) in (0, 413)
        (out / "2021/nghi-quyet.txt.decisions.json").unlink()
    assert _asked(address, json | {"origin": address}, body) == 405
    assert not (out / "2021/nghi-quyet.txt.decisions.json").exists()


@contextmanager
def started(out: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "vnreport_ocr", "serve", str(out), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=LONG)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_one_line(out: Path, number: int) -> None:
    with started(out, "--port", "0") as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urlopen(address, timeout=LONG) as answer:
            assert answer.status == 200
        process.send_signal(number)
        said, told = process.communicate(timeout=LONG)
    assert (said, process.returncode) == ("", 130)
    assert told == "Press Ctrl-C to stop.\nvnocr: Stopped. Run the same command again to continue.\n"


def test_a_port_that_is_taken_is_told(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert run(["serve", str(out), "--port", str(other.getsockname()[1])]) == 2
    assert capsys.readouterr().err.endswith("is taken. Choose another with --port; --port 0 takes a free one.\n")


@pytest.mark.parametrize(("arguments", "said"), [
    (["--host", "0.0.0.0"], "Add --network"),
    (["--host", "0.0.0.0", "--network", "--review"], "Leave out --host or --review."),
    (["--host", "example.org", "--network"], "is not an address"),
    (["--host", "203.0.113.7", "--network"], "is not an address of this machine"),
])  # fmt: skip
def test_other_machines_are_let_in_only_where_that_is_said(
    out: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", str(out), "--port", "0", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1


def test_a_folder_without_an_archive_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", str(tmp_path)]) == 3
    assert "There is no archive here." in capsys.readouterr().err


def test_a_missing_extra_is_told(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("uvicorn", "starlette")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("vnreport_ocr.serve.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert run(["serve", str(out)]) == 4
    assert "pip install vnreport-ocr[serve]" in capsys.readouterr().err


def test_names_with_every_sign_can_be_opened(address: str) -> None:
    with tab(address, "/?q=kho+bạc") as page:
        page.locator(".list .title").first.click()
        assert LETTER_NAME in page.locator(".where").inner_text()
        assert page.locator("a[rel=prev]").count() == 1
