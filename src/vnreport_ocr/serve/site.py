"""The site: the archive it shows, and what all its pages have in common."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from importlib import resources
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.serve.asked import LONGEST_QUERY, link
from vnreport_ocr.serve.hosts import Hosts
from vnreport_ocr.serve.leaves import Leaves
from vnreport_ocr.serve.phrases import LANGUAGES, Say, language_of
from vnreport_ocr.serve.pictures import Pictures
from vnreport_ocr.serve.places import Places
from vnreport_ocr.serve.reviewing import DecisionStore

STATIC: Final = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
COOKIE: Final = "vnocr-language"


class Site:
    """What every page needs."""

    def __init__(
        self, archive: Archive, *, host: str = "127.0.0.1", review: bool = False, password: str | None = None
    ) -> None:
        self.archive = archive
        self.hosts = Hosts.of(host)
        self.review = review
        self.places = Places(archive)
        self.pictures = Pictures(password)
        self.leaves = Leaves()
        self.decisions = DecisionStore(archive.out)
        self._templates = Environment(
            loader=PackageLoader("vnreport_ocr.serve"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip

    def close(self) -> None:
        """End what works behind it."""
        self.pictures.close()

    @cached_property
    def static(self) -> dict[str, bytes]:
        """The style, the scripts and the icon."""
        folder = resources.files("vnreport_ocr.serve") / "static"
        return {name: (folder / name).read_bytes() for name in STATIC}

    @cached_property
    def _version(self) -> str:
        return hashlib.sha256(b"".join(self.static.values())).hexdigest()[:10]

    def say(self, scope: Scope) -> Say:
        """Return the sentences in the language of who asks."""
        headers = Headers(scope=scope)
        cookie = cookie_parser(headers.get("cookie", "")[:4000]).get(COOKIE)
        return Say(language_of(cookie, headers.get("accept-language", "")))

    def page(self, request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Make a page."""
        return self._made(request.scope, template, values, status)

    def static_address(self, name: str) -> str:
        """Return the address of a file of this site's own; another one for other bytes."""
        return link(f"/static/{name}", v=self._version)

    def refusal(self, scope: Scope, status: int, why: str = "") -> Response:
        """Make the page that tells why nothing is shown."""
        return self._made(scope, "error.html", {"status": status, "why": why}, status)

    def _made(self, scope: Scope, template: str, values: Mapping[str, Any], status: int) -> Response:
        say = self.say(scope)
        asked = scope["query_string"].decode("ascii", "replace")
        address = scope["path"] + (f"?{asked}" if asked else "")
        common = {
            "say": say, "link": link, "static": self.static_address, "languages": LANGUAGES, "address": address,
            "longest_query": LONGEST_QUERY, "query": "",
        }  # fmt: skip
        text = self._templates.get_template(template).render(common | dict(values))
        headers = {"vary": "Accept-Language, Cookie", "content-language": say.language}
        # Half a letter, as some old files leave one, has no bytes.
        return HTMLResponse(text.encode("utf-8", "replace"), status, headers)
