"""What stands before every page: who may ask, for how much, and what goes with every answer."""

import sys
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vnreport_ocr.serve.hosts import Hosts, host_name

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_LONGEST: Final = 4096
"""Bytes of an address."""

Refusal = Callable[[Scope, int], Response]
"""Makes the page that tells why a request was refused."""


class Guard:
    """Lets through what may be asked; whatever goes wrong behind it is told without a trace."""

    def __init__(self, app: ASGIApp, hosts: Hosts, refusal: Refusal) -> None:
        self._app = app
        self._hosts = hosts
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        status = self._wrong(scope)
        if status is not None:
            await self._refusal(scope, status)(scope, receive, guarded)
            return
        try:
            await self._app(scope, receive, guarded)
        except Exception as error:
            tell(error, scope)
            if not begun:
                await self._refusal(scope, 500)(scope, receive, guarded)

    def _wrong(self, scope: Scope) -> int | None:
        """Say with which status a request is refused, if it is."""
        headers = Headers(scope=scope)
        if len(headers.getlist("host")) != 1 or not self._hosts.know(headers["host"]):
            return 421
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST:
            return 414
        if scope["method"] == "POST" and not is_own(headers):
            return 403
        return None


def tell(error: Exception, scope: Scope) -> None:
    """Say on the terminal, in one line, what went wrong."""
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    print(f"vnocr: {scope['path']!r:.200} could not be shown ({said})", file=sys.stderr)  # noqa: T201


def is_own(headers: Headers) -> bool:
    """Whether a page of this very site sends it: the browser says so, and no other page can say it."""
    origin = headers.get("origin", "")
    own = origin.partition("://")[2]
    same = bool(own) and own.lower() == headers["host"].strip().lower() and bool(host_name(own))
    return same and headers.get("sec-fetch-site", "same-origin") == "same-origin"
