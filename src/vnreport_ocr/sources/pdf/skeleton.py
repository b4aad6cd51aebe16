"""What a reader of a PDF must unpack before it knows of any page: measured in the file's bytes, before it is opened."""

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from vnreport_ocr.sources.pdf.qpdf import MOST_UNPACKED
from vnreport_ocr.sources.pdf.unpack import GROWTH, MOST_FILTERS, SHORT, TooMuchError, check_data

_MARKS: Final = (b"ObjStm", b"/XRef")
_DICTIONARY: Final = 1 << 16
_OBJECT: Final = re.compile(rb"\bobj\b")
_STREAM: Final = re.compile(rb"stream\r?\n")
_FILTER: Final = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]()]+)")
_NAME: Final = re.compile(rb"/[^\s/<>\[\]()]+")
_SMALL: Final = MOST_UNPACKED // GROWTH["/FlateDecode"] ** 2


def check_skeleton(path: Path) -> None:
    """Raise where a stream of objects or of references would unpack to far more than any file has."""
    with path.open("rb") as file:
        if file.seek(0, 2) < _SMALL:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for place in _places(data):
                _check(data, place)


def _places(data: mmap.mmap) -> Iterator[int]:
    for mark in _MARKS:
        place = data.find(mark)
        while place >= 0:
            yield place
            place = data.find(mark, place + len(mark))


def _check(data: mmap.mmap, place: int) -> None:
    """Measure the stream whose dictionary has the mark at this place."""
    following = data[place : place + _DICTIONARY]
    begun = _STREAM.search(following)
    if begun is None:
        return
    before = data[max(0, place - _DICTIONARY) : place]
    head = before[before.rfind(b"obj") :] + following[: begun.start()]
    found = _FILTER.search(head)
    if found is None:
        return
    names = [SHORT.get(name, name) for name in (n.decode("latin-1") for n in _NAME.findall(found[1]))]
    if len(names) > MOST_FILTERS:
        raise TooMuchError(f"a stream of objects is packed {len(names)} times over")
    start = place + begun.end()
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)]
    growth = 1
    for name in names:
        growth *= GROWTH.get(name, 1)
    if len(packed) * growth > MOST_UNPACKED and all(name in GROWTH for name in names):
        check_data(packed, names, MOST_UNPACKED)
