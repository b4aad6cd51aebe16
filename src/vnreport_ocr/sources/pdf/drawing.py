"""How much a page draws, found without drawing it: each thing drawn counts as often as it is drawn.

A form may draw a form twice that draws a form twice; after thirty such steps a page of a few hundred bytes draws a
thousand million times. The counts are upper bounds: a page that is let pass draws no more than was counted.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.sources.pdf.functions import check_functions
from vnreport_ocr.sources.pdf.qpdf import BROKEN
from vnreport_ocr.sources.pdf.unpack import TooMuchError, chain_of, check_size, unpacked
from vnreport_ocr.sources.picture.heads import head_of

DEEPEST: Final = 40
"""Forms within forms: what lies deeper is not drawn by pdfium, and would be lost unseen."""
_MOST_NODES: Final = 50_000
_EACH: Final = 100
"""What drawing a form costs besides what is in it, in bytes of drawing."""
_LEAF_GLYPH: Final = 100
"""The shapes of letters are kept once they have been drawn."""
_PICTURE_SHARE: Final = 50
"""A byte of a picture costs so much less than a byte of drawing."""
_TILE_SHARE: Final = 10
_SMALL: Final = 60_000
"""Contents of so many bytes, as they are packed, need not be looked into where nothing but letters and lines can be."""
_LARGEST_PICTURE: Final = 256 << 20
"""Bytes: a map of a square metre at 600 dpi in black and white has 70 MB."""

_NAME: Final = rb"/([^\x00\s/<>\[\](){}%]*)[\x00\s]*"
_DO: Final = re.compile(_NAME + rb"Do(?![^\x00\s/<>\[\](){}%])")
_PATTERN: Final = re.compile(_NAME + rb"(?:scn|SCN)(?![^\x00\s/<>\[\](){}%])")
_STATE: Final = re.compile(_NAME + rb"gs(?![^\x00\s/<>\[\](){}%])")
_FONT: Final = re.compile(_NAME + rb"[-+.\d]+[\x00\s]+Tf(?![^\x00\s/<>\[\](){}%])")
_PAINTS: Final = re.compile(rb"(?:f\*?|F|[Bb]\*?|[Ss]|sh|Do|EI|T[jJ]|['\"])(?![^\x00\s/<>\[\](){}%])")
_STRING: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_INLINE: Final = re.compile(rb"BI\s(.{,300}?)\sID\s", re.DOTALL)
_INLINE_SIDE: Final = re.compile(rb"/(W|H|Width|Height)\s+(\d{1,10})")
_WITH_HEADS: Final = ("/DCTDecode", "/DCT", "/JPXDecode")
_DRAWN: Final = re.compile(rb"\sEI\s|(?:re|[lcvyh])\s+(?:f\*?|F|[Bb]\*?|[Ss])\s|[^\s(<\[][)>]\s*(?:\]\s*)?T[jJ]")
_MOST_LOOKED_AT: Final = 64 << 20
_ESCAPE: Final = re.compile(rb"#([0-9A-Fa-f]{2})")

_Key = tuple[int, int, int]


class _Node(NamedTuple):
    """Something that is drawn, and how often it draws each other thing."""

    name: str
    size: int
    draws: dict[_Key, int]


class Drawing:
    """Counts what one page draws."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._nodes: dict[_Key, _Node] = {}
        self._kept: list[pikepdf.Object] = []
        self._waiting: list[tuple[_Key, Callable[[], _Node]]] = []
        self._read = 0

    def check(self, page: pikepdf.Object, resources: pikepdf.Object) -> None:
        """Raise where the page draws more than may be."""
        top = self._page(page, resources)
        while self._waiting:
            key, make = self._waiting.pop()
            self._nodes[key] = make()
            if len(self._nodes) > _MOST_NODES:
                raise TooMuchError(f"it draws more than {_MOST_NODES} different things")
        self._weigh(top)

    def _weigh(self, top: _Node) -> None:
        """Add up what is drawn, one level of forms after the other, until nothing is added or it is too much."""
        sizes = {key: node.size for key, node in self._nodes.items()}
        for _ in range(DEEPEST):
            total = self._total(top, sizes)
            if total > self._most:
                raise TooMuchError(self._reason())
            following = {key: self._total(node, sizes) for key, node in self._nodes.items()}
            if following == sizes:
                return
            sizes = following
        looped = self._looped()
        if looped is None:
            raise TooMuchError(f"it draws forms within forms, more than {DEEPEST} deep")

    def _total(self, node: _Node, sizes: dict[_Key, int]) -> int:
        total = node.size + sum(times * (sizes[key] + _EACH) for key, times in node.draws.items())
        return min(total, self._most * 2)

    def _reason(self) -> str:
        looped = self._looped()
        if looped is not None:
            return f"{looped} draws itself again and again"
        return f"what it draws comes to more than {self._most >> 20} MB, as things are drawn that draw others"

    def _looped(self) -> str | None:
        """Return the name of something that draws itself, by itself or through others."""
        waits_for = {key: len(node.draws) for key, node in self._nodes.items()}
        drawn_by: dict[_Key, list[_Key]] = {key: [] for key in self._nodes}
        for key, node in self._nodes.items():
            for other in node.draws:
                drawn_by[other].append(key)
        ends = [key for key, count in waits_for.items() if count == 0]
        while ends:
            for above in drawn_by[ends.pop()]:
                waits_for[above] -= 1
                if waits_for[above] == 0:
                    ends.append(above)
        return next((self._nodes[key].name for key, count in waits_for.items() if count), None)

    def _page(self, page: pikepdf.Object, resources: pikepdf.Object) -> _Node:
        contents = page.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        streams: list[pikepdf.Object] = [part for part in parts if isinstance(part, pikepdf.Stream)]
        room = self._most
        if _draws_nothing_else(resources):
            size = self._plain_size(streams)
            node = _Node("the page", size, {})
        else:
            texts: dict[tuple[int, int], bytes] = {}
            whole = []
            for stream in streams:
                text = texts.get(stream.objgen)
                if text is None:
                    text = unpacked(stream, room)
                    texts[stream.objgen] = text
                room -= len(text)
                if room < 0:
                    raise TooMuchError(f"its contents come to more than {self._most >> 20} MB")
                whole.append(text)
            node = self._content("the page", b"\n".join(whole), resources, resources)
        for form in _stamps(page):
            key = self._wait(form, "a stamp", partial(self._form, "a stamp", form, resources))
            node.draws[key] = node.draws.get(key, 0) + 1
        return node

    def _plain_size(self, streams: list[pikepdf.Object]) -> int:
        """Measure the size of contents that draw nothing but themselves, measured only where it may be too large."""
        once = {stream.objgen: stream for stream in streams}
        times = Counter(stream.objgen for stream in streams)
        packed = sum(times[key] * len(stream.read_raw_bytes()) for key, stream in once.items())
        bound = packed * max((chain_of(stream).growth for stream in once.values()), default=1)
        if packed <= _SMALL and bound <= self._most:
            return bound
        size = 0
        for key, stream in once.items():
            text = unpacked(stream, self._most)
            size += times[key] * (len(text) + _inline_cost(text))
        if size > self._most:
            raise TooMuchError(f"its contents come to more than {self._most >> 20} MB")
        return size

    def _wait(self, item: pikepdf.Object, name: str, make: Callable[[], _Node], part: int = 0) -> _Key:
        """Return the key of something drawn, which is looked into later, once."""
        number, generation = item.objgen
        if number == 0:
            # Not an object of its own: it can be drawn from here only.
            self._kept.append(item)
            number, generation = -len(self._kept), 0
        key = (number, generation, part)
        if key not in self._nodes:
            self._nodes[key] = _Node(name, 0, {})
            self._waiting.append((key, make))
        return key

    def _text(self, stream: pikepdf.Object) -> bytes:
        text = unpacked(stream, self._most)
        self._read += len(text)
        if self._read > self._most:
            raise TooMuchError(f"what it draws comes to more than {self._most >> 20} MB")
        return text

    def _form(self, name: str, form: pikepdf.Object, around: pikepdf.Object) -> _Node:
        resources = form.get("/Resources")
        inner = resources if isinstance(resources, pikepdf.Dictionary) else around
        check_functions(inner)
        return self._content(name, self._text(form), inner, around)

    def _content(self, name: str, text: bytes, resources: pikepdf.Object, around: pikepdf.Object) -> _Node:
        draws: dict[_Key, int] = {}
        size = len(text) + _inline_cost(text)
        paints: int | None = None

        def add(key: _Key, times: int) -> None:
            draws[key] = draws.get(key, 0) + times

        for label, times in _counted(_DO, text):
            item = _found("/XObject", label, resources, around)
            if not isinstance(item, pikepdf.Stream):
                continue
            if item.get("/Subtype") == "/Form":
                told = f"the form {label}"
                add(self._wait(item, told, partial(self._form, told, item, resources)), times)
            elif item.get("/Subtype") == "/Image":
                size += times * _picture_cost(item, label)
        for expression, kind, make in ((_PATTERN, "/Pattern", self._pattern), (_STATE, "/ExtGState", self._mask)):
            if not any(_HOLDS[kind](place.get(kind)) for place in (resources, around)):
                continue
            for label, _ in _counted(expression, text):
                item = _found(kind, label, resources, around)
                key = None if item is None else make(label, item, resources)
                if key is not None:
                    paints = len(_PAINTS.findall(text)) if paints is None else paints
                    add(key, paints)
        if any(_has_drawn_font(place.get("/Font")) for place in (resources, around)):
            shown = sum(map(len, _STRING.findall(text)))
            for label, _ in _counted(_FONT, text):
                font = _found("/Font", label, resources, around)
                if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type3":
                    add(self._font(label, font, resources), shown)
        return _Node(name, size, draws)

    def _pattern(self, label: str, item: pikepdf.Object, around: pikepdf.Object) -> _Key | None:
        if not isinstance(item, pikepdf.Stream):
            return None
        _check_tiles(item, label, self._most)
        told = f"the pattern {label}"
        return self._wait(item, told, partial(self._form, told, item, around))

    def _mask(self, label: str, item: pikepdf.Object, around: pikepdf.Object) -> _Key | None:
        mask = item.get("/SMask") if isinstance(item, pikepdf.Dictionary) else None
        form = mask.get("/G") if isinstance(mask, pikepdf.Dictionary) else None
        if not isinstance(form, pikepdf.Stream):
            return None
        told = f"the mask {label}"
        return self._wait(form, told, partial(self._form, told, form, around))

    def _font(self, label: str, font: pikepdf.Object, around: pikepdf.Object) -> _Key:
        return self._wait(font, f"the font {label}", partial(self._type3, label, font, around))

    def _type3(self, label: str, font: pikepdf.Object, around: pikepdf.Object) -> _Node:
        """Measure a font by the largest of its letters; letters that draw nothing else hardly count."""
        shapes = font.get("/CharProcs")
        resources = font.get("/Resources")
        inner = resources if isinstance(resources, pikepdf.Dictionary) else around
        nodes = [
            self._content(label, self._text(shape), inner, around)
            for shape in (shapes.values() if isinstance(shapes, pikepdf.Dictionary) else ())
            if isinstance(shape, pikepdf.Stream)
        ]
        draws: dict[_Key, int] = {}
        for node in nodes:
            for key, times in node.draws.items():
                draws[key] = max(draws.get(key, 0), times)
        return _Node(f"the font {label}", _LEAF_GLYPH, draws)


def says_something(page: pikepdf.Object) -> bool:
    """Whether a page's contents draw a line, an area or a letter, or cannot be told to draw nothing."""
    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    for stream in parts:
        if not isinstance(stream, pikepdf.Stream):
            continue
        if chain_of(stream).picture is not None and stream.read_raw_bytes():
            return True
        if _DRAWN.search(unpacked(stream, _MOST_LOOKED_AT)) or _is_spoilt(stream):
            return True
    return False


def _is_spoilt(stream: pikepdf.Object) -> bool:
    """Whether a stream cannot be unpacked to its end, as after a transfer that took the file for a text."""
    try:
        stream.read_bytes()
    except BROKEN:
        return True
    return False


def _is_filled(item: pikepdf.Object | None) -> bool:
    return isinstance(item, pikepdf.Dictionary) and len(item) > 0


def _has_mask(states: pikepdf.Object | None) -> bool:
    return isinstance(states, pikepdf.Dictionary) and any(
        isinstance(state, pikepdf.Dictionary) and isinstance(state.get("/SMask"), pikepdf.Dictionary)
        for state in states.values()
    )


def _has_drawn_font(fonts: pikepdf.Object | None) -> bool:
    return isinstance(fonts, pikepdf.Dictionary) and any(
        isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == "/Type3" for font in fonts.values()
    )


_HOLDS: Final = {"/XObject": _is_filled, "/Pattern": _is_filled, "/ExtGState": _has_mask, "/Font": _has_drawn_font}
"""What in resources may draw something more than once, by its kind."""


def _draws_nothing_else(resources: pikepdf.Object) -> bool:
    """Whether there is nothing in the resources that could draw anything more than once."""
    return not any(holds(resources.get(kind)) for kind, holds in _HOLDS.items())


def _counted(expression: re.Pattern[bytes], text: bytes) -> Iterator[tuple[str, int]]:
    counts: dict[bytes, int] = {}
    for name in expression.findall(text):
        counts[name] = counts.get(name, 0) + 1
    for name, times in counts.items():
        plain = _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), name)
        yield "/" + plain.decode("utf-8", "replace"), times


def _found(kind: str, name: str, *places: pikepdf.Object) -> pikepdf.Object | None:
    for place in places:
        table = place.get(kind)
        if isinstance(table, pikepdf.Dictionary):
            item = table.get(name)
            if item is not None:
                return item
    return None


def _picture_cost(item: pikepdf.Object, label: str) -> int:
    """Return what drawing a picture costs once; raises where it could not be unpacked at all."""
    size = _picture_size(item, label)
    for name in ("/SMask", "/Mask"):
        mask = item.get(name)
        if isinstance(mask, pikepdf.Stream):
            size += _picture_size(mask, label)
    return size // _PICTURE_SHARE


def _picture_size(item: pikepdf.Object, label: str) -> int:
    try:
        wide, high = int(item.get("/Width", 0)), int(item.get("/Height", 0))
        bits = 1 if item.get("/ImageMask") else int(item.get("/BitsPerComponent", 8))
    except (TypeError, ValueError):
        return 0
    size = abs(wide * high * bits) // 8
    if size > _LARGEST_PICTURE:
        raise TooMuchError(f"the picture {label} claims to have {wide} by {high} pixels of {bits} bits")
    chain = chain_of(item)
    if chain.picture in _WITH_HEADS:
        head = head_of(unpacked(item, _LARGEST_PICTURE))
        if head is not None and (head.pixels > _LARGEST_PICTURE or not head.is_bounded):
            raise TooMuchError(f"the picture {label} has {head.width} by {head.height} pixels in {head.passes} passes")
    elif chain.names and (chain.picture is not None or len(chain.names) > 1):
        check_size(item, _LARGEST_PICTURE)
    return size


def _inline_cost(text: bytes) -> int:
    """Return what the pictures cost that lie in the contents themselves."""
    cost = 0
    for found in _INLINE.finditer(text):
        said = [int(value) for _, value in _INLINE_SIDE.findall(found[1])[:2]]
        cost += said[0] * said[1] // _PICTURE_SHARE if len(said) == 2 else 0
    return cost


def _check_tiles(pattern: pikepdf.Object, label: str, most: int) -> None:
    """Raise where a pattern is so small that a page would take too many of it."""
    if pattern.get("/PatternType") != 1:
        return
    try:
        steps = [abs(float(pattern.get(name, 0))) for name in ("/XStep", "/YStep")]
        matrix = [float(value) for value in pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))]
    except (TypeError, ValueError):
        return
    area = steps[0] * steps[1] * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
    if 0 < area < 1e6 * _TILE_SHARE / most:
        raise TooMuchError(f"the pattern {label} is too small to fill a page with")


def _stamps(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Return what is drawn on top of the page: the looks of its annotations."""
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    for note in notes:
        look = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
        look = look.get("/N") if isinstance(look, pikepdf.Dictionary) else None
        if isinstance(look, pikepdf.Stream):
            yield look
        elif isinstance(look, pikepdf.Dictionary):
            yield from (state for state in look.values() if isinstance(state, pikepdf.Stream))
