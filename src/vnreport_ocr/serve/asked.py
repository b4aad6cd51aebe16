"""What a request asks for, out of its address: few values, each within its bounds."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from vnreport_ocr.model import Box
from vnreport_ocr.search.finding import FACETS

LONGEST_QUERY: Final = 400
LONGEST_NAME: Final = 2000
A_PAGE: Final = 20
"""Results on a page."""
_LAST_PAGE: Final = 5000
_EDGE: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2})?")
_NUMBER: Final = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, values of facets, and which page of the results."""

    query: str
    only: dict[str, str]
    page: int

    @classmethod
    def of(cls, parameters: QueryParams) -> "Asked":
        """Read it from the parameters of an address; what makes no sense is left out."""
        only = {name: value for name in FACETS if (value := text_in(parameters, name, LONGEST_NAME))}
        page = min(_LAST_PAGE, max(1, number_in(parameters, "page") or 1))
        return cls(text_in(parameters, "q", LONGEST_QUERY + 1), only, page)

    def address(self, *, page: int = 1, add: dict[str, str] | None = None, drop: str = "") -> str:
        """Return the address of the same search with something else in it."""
        only = {name: value for name, value in (self.only | (add or {})).items() if name != drop}
        return link("/", q=self.query, **only, page=page if page > 1 else "")


def link(path: str, **values: object) -> str:
    """Return an address on this site; values that are empty are left out."""
    said = {name: value for name, value in values.items() if value not in ("", None)}
    return path + ("?" + urlencode(said, errors="replace") if said else "")


def text_in(parameters: QueryParams, name: str, longest: int) -> str:
    """Return a text, cut off where it is too long."""
    return " ".join(parameters.get(name, "").replace("\x00", " ").split())[:longest]


def key_in(parameters: QueryParams, name: str = "file") -> str:
    """Return the name of a document as it is kept; nothing where it could be none."""
    key = parameters.get(name, "")
    return key if len(key) <= LONGEST_NAME and "\x00" not in key else ""


def box_in(parameters: QueryParams, name: str = "box") -> Box | None:
    """Return a place on a page, None where there is none."""
    edges = parameters.get(name, "").split(",")
    if len(edges) != 4 or not all(_EDGE.fullmatch(edge) for edge in edges):
        return None
    left, top, right, bottom = map(float, edges)
    return Box(left, top, right, bottom) if left < right and top < bottom else None


def number_in(parameters: QueryParams, name: str) -> int | None:
    """Return a number, None where there is none."""
    said = parameters.get(name, "").strip()
    return int(said) if _NUMBER.fullmatch(said) else None
