"""The site as an ASGI application: its addresses, and what is said where something goes wrong."""

import sqlite3
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from vnreport_ocr.errors import VnocrError
from vnreport_ocr.serve.guard import Guard, tell
from vnreport_ocr.serve.indicators import Indicators
from vnreport_ocr.serve.phrases import LANGUAGES
from vnreport_ocr.serve.reading import Documents
from vnreport_ocr.serve.reviewing import MOST_BYTES
from vnreport_ocr.serve.searching import Searching
from vnreport_ocr.serve.site import COOKIE, STATIC, Site

_A_YEAR: Final = 31_536_000


def application(site: Site) -> ASGIApp:
    """Return the site as an application."""
    app = Starlette(
        routes=_routes(site),
        exception_handlers=dict.fromkeys(
            (HTTPException, VnocrError, sqlite3.Error, OSError, Exception), partial(_refuse, site)
        ),
    )
    return Guard(app, site.hosts, site.refusal)


def _routes(site: Site) -> list[Route]:
    """Return the addresses of the site, and who answers each."""
    documents, searching, indicators = Documents(site), Searching(site), Indicators(site)

    async def decide(request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(documents.take, request, body)

    def static(request: Request) -> Response:
        return _static(site, request)

    return [
        Route("/", searching.search),
        Route("/results", searching.part),
        Route("/document", documents.document),
        Route("/page", documents.page),
        Route("/picture", documents.picture),
        Route("/download", documents.download),
        Route("/table", documents.table),
        Route("/review", documents.review),
        Route("/decisions", documents.decisions),
        Route("/decisions", decide, methods=["POST"]),
        Route("/indicators", indicators.show),
        Route("/language", _language),
        Route("/static/{name}", static),
    ]


def _static(site: Site, request: Request) -> Response:
    """Return a style or script; an address that names its version never changes."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    kept = f"public, max-age={_A_YEAR}, immutable" if "v" in request.query_params else "no-cache"
    return Response(site.static[name], media_type=STATIC[name], headers={"cache-control": kept})


def _refuse(site: Site, request: Request, error: Exception) -> Response:
    """Return the page that says what went wrong."""
    if isinstance(error, HTTPException):
        status = error.status_code
    else:
        status = 503 if isinstance(error, VnocrError | sqlite3.Error | OSError) else 500
        if status == 503:  # other faults are told by the guard
            tell(error, request.scope)
    if not isinstance(error, VnocrError):
        return site.refusal(request.scope, status)
    why = site.say(request.scope).trouble(f"{error.problem} {error.advice}", type(error).__name__)
    return site.refusal(request.scope, status, why)


def _language(request: Request) -> Response:
    """Choose a language, and go back to where one was."""
    to, back = request.query_params.get("to", ""), request.query_params.get("back", "/")
    if to not in [code for code, _ in LANGUAGES]:
        raise HTTPException(400)
    # Only an address of this site: a path, and no host before it.
    is_own = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() and "\\" not in back
    response = RedirectResponse(back if is_own else "/", 303)
    response.set_cookie(COOKIE, to, max_age=_A_YEAR, httponly=True, samesite="lax")
    return response


async def _body(request: Request) -> bytes:
    """Read what is sent, no more than is taken."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(400)
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BYTES:
                raise HTTPException(413)
    except ClientDisconnect as error:
        raise HTTPException(400) from error
    return bytes(body)
