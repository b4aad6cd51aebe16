"""What the site says to whom: pages, languages, headers, what is refused, and that nothing leads out."""

import html
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.serving import HARMFUL, LAYER, LETTER_NAME, TABLE, TARGETS
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.serve.app import application
from vnreport_ocr.serve.site import Site

pytestmark = pytest.mark.xdist_group("site")

ROUTES = (
    "/", "/results", "/document", "/page", "/picture", "/download", "/table", "/review", "/decisions", "/indicators",
    "/language", "/static/site.css", "/nothing",
)  # fmt: skip
NAMES = ("file", "n", "q", "name", "page", "year", "issuer", "kind", "signer", "quality", "find", "key", "measure",
         "unit", "area", "to", "back", "v", "box")  # fmt: skip
ESCAPES = (
    "../secret.txt", "..%2fsecret.txt", "/etc/passwd", "2021/../../secret.txt", "2021/nghi-quyet.txt\x00.pdf",
    "..\\secret",
    "%2e%2e/%2e%2e/secret.txt", "archive.db", "search.db", ".vnocr/lock", "txt/../../../secret.txt", "....//secret.txt",
)  # fmt: skip


class _Scripts(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script" and not (named.get("src") or "").startswith("/static/"):
            self.run.append(f"{tag} {attrs}")
        if any(name.startswith("on") or name == "style" for name in named):
            self.run.append(f"{tag} {attrs}")
        if (named.get("href") or "").strip().lower().startswith(("javascript:", "data:", "http:", "https:", "//")):
            self.run.append(f"{tag} {attrs}")


class _Said(HTMLParser):
    """Collects what a page of the site says itself, without what stands in documents."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        quoted = (tag != "html" and "lang" in named and not (named.get("class") or "").startswith("tag")) or tag == "dt"
        inside = quoted or bool(self._inside and self._inside[-1])
        if not inside:
            self.said += [named.get(name) or "" for name in ("title", "aria-label", "placeholder", "alt")]
        if tag not in ("meta", "link", "input", "img", "br", "line", "rect", "circle", "polyline"):
            self._inside.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside or not self._inside[-1]:
            self.said.append(data)


_ENGLISH = re.compile(
    r"(?<![\w./-])(?:the|of|and|was|were|not|is|it|its|with|by|no|as|this|that|may|page|pages|found|word|figure|doubt|read|"
    r"based|cites|amends|search|words|values|years?)(?![\w.-])",
    re.IGNORECASE,
)


def english_in(body: str) -> list[str]:
    """Give what a page says itself that has an English word in it."""
    said = _Said()
    said.feed(body)
    return [text for text in said.said if _ENGLISH.search(re.sub(r"\b(?:OR|NOT|AND|NEAR)\b", "", text))]


def check(body: str) -> None:
    """Nothing in a page runs, none of our own traces is shown, no secret is told."""
    found = _Scripts()
    found.feed(body)
    assert found.run == []
    check_secrets(body)


def check_secrets(body: str) -> None:
    """No secret is told, and no trace."""
    assert "Traceback" not in body
    assert "site-packages" not in body
    assert "TOP SECRET" not in body
    assert "root:x:" not in body


def test_every_document_is_listed_and_opens(client: TestClient) -> None:
    listed = client.get("/").text
    assert "7 documents" in listed
    check(listed)
    for address in re.findall(r'href="(/document\?[^"]+)"', listed):
        page = client.get(address.replace("&amp;", "&"))
        assert page.status_code == 200
        check(page.text)


def test_hits_are_marked_and_escaped(client: TestClient) -> None:
    found = client.get("/", params={"q": "ben bai"}).text
    assert "<mark>bến</mark> <mark>bãi</mark>" in found
    assert "&lt;script&gt;window.harmed" in found
    check(found)


@pytest.mark.parametrize(
    ("query", "marked"),
    [("co-quan:hội đồng nhân dân phí", {"phí"}), ("phì", {"phí"}), ("co-quan:hội đồng", set()), ("phí OR (", set())],
)
def test_a_page_marks_what_the_search_looked_for(client: TestClient, query: str, marked: set[str]) -> None:
    page = client.get("/page", params={"file": "2021/nghi-quyet.txt", "n": 1, "q": query}).text
    assert {word.lower() for word in re.findall(r"<mark>([^<]*)</mark>", page)} == marked


def test_a_facet_narrows_and_can_be_taken_away(client: TestClient) -> None:
    found = client.get("/", params={"q": "ben bai", "year": "2022"}).text
    assert "One page found" in found
    assert "Remove: 2022" in found
    assert "2021/nghi-quyet.txt" not in found


def test_a_broken_query_is_told_on_the_page(client: TestClient) -> None:
    page = client.get("/", params={"q": '"ben'}, headers={"accept-language": "vi"})
    assert page.status_code == 200
    assert "Thiếu một dấu ngoặc kép." in page.text
    assert client.get("/", params={"q": "a" * 401}).text.count("too long") == 1
    assert client.get("/", params={"q": "a" * 5000}).status_code == 414


def test_the_page_shows_picture_text_and_boxes(client: TestClient) -> None:
    page = client.get("/page", params={"file": LAYER, "n": 2, "q": "hội đồng"}).text
    assert "<mark>Hội</mark> <mark>đồng</mark>" in page
    assert '<rect class="hit"' in page
    assert 'rel="prev"' in page
    assert 'rel="next"' not in page
    picture = client.get("/picture", params={"file": LAYER, "n": 2})
    assert picture.headers["content-type"] == "image/webp"
    assert picture.content[:4] == b"RIFF"
    assert client.get("/picture", params={"file": LAYER, "n": 3}).status_code == 404
    assert client.get("/picture", params={"file": LETTER_NAME, "n": 1}).status_code == 404


def test_an_original_that_changed_is_not_shown(client: TestClient, out: Path) -> None:
    original = out.parent / "in" / LAYER
    before, stat = original.read_bytes(), original.stat()
    try:
        original.write_bytes(before.replace(b"%PDF", b"%PdF", 1))
        os.utime(original, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))
        assert client.get("/picture", params={"file": LAYER, "n": 1}).status_code == 404
        assert "no picture of this page" in client.get("/page", params={"file": LAYER, "n": 1}).text
    finally:
        original.write_bytes(before)
        os.utime(original, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_relations_are_drawn_and_listed(client: TestClient) -> None:
    page = client.get("/document", params={"file": "2021/nghi-quyet.txt"}).text
    assert '<svg class="graph"' in page
    assert page.count("07/2010/NQ-HĐND") >= 2
    check(page)


def test_what_names_a_document_is_listed_with_it(client: TestClient) -> None:
    page = client.get("/document", params={"file": LAYER}).text
    assert "Documents that cite it" in page
    assert f'href="/document?file={quote(LETTER_NAME, safe="").replace("%20", "+")}"' in page


def test_indicators_are_plotted_with_their_pages(client: TestClient) -> None:
    chosen = client.get("/indicators").text
    check(chosen)
    addresses = [html.unescape(one) for one in re.findall(r'href="(/indicators\?key=[^"]+)"', chosen)]
    for address in addresses:
        check(client.get(address).text)
    (address,) = [one for one in addresses if one.endswith("ho+ngheo")]
    page = client.get(f"{address}&unit=%25&measure=result").text
    assert page.count('<circle class="dot"') >= 3
    assert '<polyline class="curve"' in page
    sources = {html.unescape(one) for one in re.findall(r'href="(/page\?[^"]+)"', page)}
    assert any(f"file={quote(TARGETS, safe='')}" in source for source in sources)
    for source in sources:
        assert client.get(source).status_code == 200


def test_the_place_of_a_figure_is_shown(client: TestClient) -> None:
    document = client.get("/document", params={"file": TABLE}).text
    source = next(html.unescape(one) for one in re.findall(r'href="(/page\?[^"]+box=[^"]+)"', document))
    assert '<rect class="hit"' in client.get(source).text
    for wrong in ("1,2,3", "a,b,c,d", "9,9,1,1", "1e9,1,1e9,1", "inf,0,nan,0"):
        page = client.get("/page", params={"file": TABLE, "n": 1, "box": wrong})
        assert page.status_code == 200
        assert '<rect class="hit"' not in page.text


def test_outputs_are_downloads(client: TestClient, out: Path) -> None:
    got = client.get("/download", params={"file": LAYER, "name": "txt"})
    assert got.content == (out / f"{LAYER}.txt").read_bytes()
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert client.get("/table", params={"name": "documents.csv"}).content.startswith(b"\xef\xbb\xbffile;")


@pytest.mark.parametrize(("accepted", "said"), [
    ("vi-VN,vi;q=0.9,en;q=0.5", "Tìm"), ("en-GB", "Search"), ("de, vi;q=0.4", "Tìm"), ("", "Search"),
    ("vi;q=0", "Search"), ("vi;q=x", "Search"),
])  # fmt: skip
def test_the_language_is_the_one_asked_for(client: TestClient, accepted: str, said: str) -> None:
    assert f">{said}</a>" in client.get("/", headers={"accept-language": accepted}).text


def test_a_vietnamese_page_says_nothing_in_english(client: TestClient) -> None:
    vietnamese = {"accept-language": "vi"}
    listed = client.get("/", headers=vietnamese).text
    documents = re.findall(r'href="(/document\?[^"]+)"', listed)
    opened = [client.get(html.unescape(address), headers=vietnamese).text for address in documents]
    leaves = [address for body in opened for address in re.findall(r'href="(/page\?[^"]+)"', body)]
    series = re.findall(r'href="(/indicators\?key[^"]+)"', client.get("/indicators", headers=vietnamese).text)
    others = ["/?q=ben+bai", "/?q=khong+co+gi", "/?q=%22", "/?q=NEAR", "/indicators", "/nothing", "/picture"]
    bodies = [client.get(html.unescape(one), headers=vietnamese).text for one in [*leaves, *series[:4], *others]]

    assert len(leaves) > 6
    assert "đoán" in " ".join(bodies) or "theo ngữ cảnh" in " ".join(bodies)  # reasons of changes are among them
    for body in [listed, *opened, *bodies]:
        assert '<html lang="vi">' in body
        assert english_in(body) == []


def test_an_english_page_is_in_english(client: TestClient) -> None:
    assert english_in(client.get("/", headers={"accept-language": "en"}).text)
    document = client.get("/document", params={"file": "2021/nghi-quyet.txt"}, headers={"accept-language": "en"}).text
    assert "based on" in document
    assert "replaces" in document


def test_the_switch_stays_and_leads_back_only_here(site: Site) -> None:
    with TestClient(application(site), base_url="http://localhost", follow_redirects=False) as client:
        gone = client.get("/language", params={"to": "vi", "back": "/page?file=a&n=1"})
        assert (gone.status_code, gone.headers["location"]) == (303, "/page?file=a&n=1")
        assert ">Tìm</a>" in client.get("/", headers={"accept-language": "en"}).text
        for back in ("//evil.example", "https://evil.example", "/\\evil.example", "\\/evil", "/a\r\nset-cookie: x=1"):
            assert client.get("/language", params={"to": "en", "back": back}).headers["location"] == "/"
        assert client.get("/language", params={"to": "xx"}).status_code == 400


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_carries_the_headers(client: TestClient, route: str) -> None:
    headers = client.get(route, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "192.168.1.9", "[::2]:80"]
)
def test_a_name_of_somebody_else_is_refused(client: TestClient, host: str) -> None:
    page = client.get("/", headers={"host": host})
    assert page.status_code == 421
    assert "Documents" not in page.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8737", "[::1]:9", "LOCALHOST"])
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "POST"])
@pytest.mark.parametrize("route", ["/", "/decisions", "/page"])
def test_nothing_but_reading_is_done(client: TestClient, method: str, route: str) -> None:
    assert client.request(method, route).status_code in (403, 405)


@pytest.mark.parametrize("name", ESCAPES)
@pytest.mark.parametrize("route", ["/document", "/page", "/picture", "/review", "/decisions", "/download", "/table"])
def test_no_name_leads_out(client: TestClient, route: str, name: str) -> None:
    for parameters in ({"file": name, "name": "txt", "n": "1"}, {"file": "2021/nghi-quyet.txt", "name": name}):
        got = client.get(route, params=parameters)
        check_secrets(got.text)
        if parameters["file"] == name or route in ("/download", "/table"):
            assert got.status_code == 404


@pytest.mark.parametrize("path", [
    "/static/../site.py", "/static/..%2f..%2fsite.py", "/static/%2e%2e/%2e%2e/app.py", "/../secret.txt",
    "//etc/passwd", "/static//etc/passwd", "/static/site.css%00", "/%00", "/static/.", "/%ff",
])  # fmt: skip
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    got = client.get(path)
    assert got.status_code == 404
    check(got.text)


def test_no_link_in_the_output_leads_out(client: TestClient, out: Path) -> None:
    for victim in (out / "2021/nghi-quyet.txt.txt", out / "indicators.csv"):
        kept = victim.read_bytes()
        victim.unlink()
        victim.symlink_to(out.parent / "secret.txt")
        try:
            for route, name in (("/download", "txt"), ("/table", "indicators.csv"), ("/indicators", "")):
                got = client.get(route, params={"file": "2021/nghi-quyet.txt", "name": name})
                check_secrets(got.text)
        finally:
            victim.unlink()
            victim.write_bytes(kept)


_KNOWN = (*ESCAPES, HARMFUL, LAYER, "2021/nghi-quyet.txt", "1", "99999999999", "-1", '"', "a OR", "nam:x", "(((((",
          "NOT NOT a", "<script>x</script>", "txt", "html")  # fmt: skip
_TEXT = st.text(max_size=60) | st.sampled_from(_KNOWN)


@settings(max_examples=150)
@given(st.sampled_from(ROUTES), st.dictionaries(st.sampled_from(NAMES), _TEXT, max_size=6))
def test_whatever_is_asked_gets_a_plain_answer(client: TestClient, route: str, parameters: dict[str, str]) -> None:
    said = {name: value.encode("utf-8", "replace").decode() for name, value in parameters.items()}
    got = client.get(route, params=said, follow_redirects=False)
    assert got.status_code in (200, 303, 400, 404, 409, 414)
    if got.headers.get("content-type", "").startswith("text/html") and route != "/review":
        check(got.text)


def test_only_the_script_of_this_version_runs_on_a_review_page(client: TestClient, out: Path) -> None:
    address = {"file": LAYER}
    page = client.get("/review", params=address)
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'sha256-" in policy
    assert "<meta http-equiv=" not in page.text
    assert "<script src=" not in page.text, "nothing is kept without --review"
    path = out / f"{LAYER}.html"
    before = path.read_text(encoding="utf-8")
    try:
        path.write_text(before.replace("script-src 'sha256-", "script-src 'sha256-x"), encoding="utf-8")
        other = client.get("/review", params=address)
        assert other.status_code == 409
        assert "another version" in other.text
        check(other.text)
    finally:
        path.write_text(before, encoding="utf-8")


def test_a_fault_is_told_without_a_trace(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Archive(out) as archive:
        site = Site(archive)
        application_ = application(site)
        archive.search = None  # type: ignore[assignment,method-assign]
        with TestClient(application_, base_url="http://127.0.0.1") as client:
            got = client.get("/", params={"q": "bến"})
        site.close()
    assert got.status_code == 500
    assert "Something went wrong" in got.text
    check(got.text)
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_a_closed_archive_is_told_as_such(out: Path) -> None:
    archive = Archive(out)
    site = Site(archive)
    archive.close()
    with TestClient(application(site), base_url="http://127.0.0.1") as client:
        assert client.get("/").status_code == 503
        told = client.get("/", headers={"accept-language": "vi"}).text
        assert "Không dùng được." in told
        assert english_in(told) == []
    site.close()


@pytest.mark.parametrize(("language", "said"), [("en", "were left out"), ("vi", "đã được bỏ qua")])
def test_a_search_that_is_loosened_says_so(client: TestClient, language: str, said: str) -> None:
    page = client.get("/?q=ben+zzzz", headers={"accept-language": language}).text

    assert said in page
    assert said not in client.get("/?q=ben", headers={"accept-language": language}).text
