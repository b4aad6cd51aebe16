"""Functions that shadings and colours are computed by: one may be made of two that are made of two, and so on."""

from collections.abc import Iterator
from typing import Final

import pikepdf

from vnreport_ocr.sources.pdf.unpack import TooMuchError

_MOST: Final = 10_000
"""Functions that one may be made of, each as often as it is used: shadings of a picture have a few hundred."""


def check_functions(resources: pikepdf.Object) -> None:
    """Raise where a shading or a colour is computed by more functions than any drawing needs."""
    for function in _functions(resources):
        if _made_of(function, {}, set()) > _MOST:
            raise TooMuchError(f"a colour is computed by more than {_MOST} functions")


def _functions(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for shading in _values(resources.get("/Shading")):
        yield from _of_shading(shading)
    for pattern in _values(resources.get("/Pattern")):
        if isinstance(pattern, pikepdf.Dictionary):
            yield from _of_shading(pattern.get("/Shading"))
    for space in _values(resources.get("/ColorSpace")):
        if isinstance(space, pikepdf.Array) and len(space) >= 4:
            yield space[3]


def _of_shading(shading: pikepdf.Object | None) -> Iterator[pikepdf.Object]:
    if isinstance(shading, pikepdf.Dictionary | pikepdf.Stream):
        function = shading.get("/Function")
        yield from function if isinstance(function, pikepdf.Array) else () if function is None else (function,)


def _values(table: pikepdf.Object | None) -> list[pikepdf.Object]:
    return list(table.values()) if isinstance(table, pikepdf.Dictionary) else []


def _made_of(function: pikepdf.Object, known: dict[tuple[int, int], int], above: set[tuple[int, int]]) -> int:
    """Count the functions that one is made of; one that is made of itself counts once, as it is not computed."""
    parts = function.get("/Functions") if isinstance(function, pikepdf.Dictionary) else None
    if not isinstance(parts, pikepdf.Array):
        return 1
    key = function.objgen
    if key in above:
        return 1
    if key not in known or not key[0]:
        inner = above | {key} if key[0] else above
        total = 1
        for part in parts:
            total += _made_of(part, known, inner)
            if total > _MOST:
                break
        known[key] = total
    return known[key]
