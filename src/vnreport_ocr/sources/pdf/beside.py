"""What a PDF holds besides its pages: files attached to it or to a page, and a form that only Adobe's programs draw."""

import unicodedata
from collections.abc import Iterator
from typing import Final

import pikepdf

_MOST_NODES: Final = 10_000
MOST_NAMES: Final = 1_000
MOST_NOTES: Final = 20_000
_LONGEST: Final = 80
_UNNAMED: Final = "(no name)"
_NAMES: Final = ("/UF", "/F", "/Unix", "/DOS", "/Mac", "/Desc")
"""Where a file's name stands, the best first."""

_Specification = tuple[pikepdf.Object, str]
"""What tells of an attached file, and the name it goes by where it has none of its own."""


def attached_to_document(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """Name the files that are attached to the document as a whole, those of a portfolio among them."""
    names = pdf.Root.get("/Names")
    tree = names.get("/EmbeddedFiles") if isinstance(names, pikepdf.Dictionary) else None
    return _named([*_leaves(tree), *((one, "") for one in _items(pdf.Root.get("/AF"), _MOST_NODES))])


def attached_to_page(page: pikepdf.Object) -> tuple[str, ...]:
    """Name the files that are pinned to a page."""
    notes = (note for note in _items(page.get("/Annots"), MOST_NOTES) if isinstance(note, pikepdf.Dictionary))
    pinned = [note["/FS"] for note in notes if note.get("/Subtype") == "/FileAttachment" and "/FS" in note]
    return _named([(file, "") for file in (*pinned, *_items(page.get("/AF"), _MOST_NODES))])


def hides_a_form(pdf: pikepdf.Pdf) -> bool:
    """Whether the document is a dynamic XFA form, whose pages only ask to wait or to take another program."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(form.get("/XFA"), pikepdf.Array | pikepdf.Stream):
        return False
    return bool(pdf.Root.get("/NeedsRendering", False)) or not any(True for _ in _items(form.get("/Fields"), 1))


def _leaves(tree: pikepdf.Object | None) -> Iterator[_Specification]:
    """Yield what a tree of names holds; no branch is followed twice."""
    waiting, seen = [tree], set[tuple[int, int]]()
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        pairs = list(_items(node.get("/Names"), 2 * _MOST_NODES))
        yield from ((pairs[place + 1], str(pairs[place])) for place in range(0, len(pairs) - 1, 2))
        waiting += reversed(list(_items(node.get("/Kids"), _MOST_NODES)))


def _items(array: pikepdf.Object | None, most: int) -> Iterator[pikepdf.Object]:
    if isinstance(array, pikepdf.Array):
        # One after the other: an array's own iterator holds all of them.
        yield from (array[place] for place in range(min(most, len(array))))


def _named(found: list[_Specification]) -> tuple[str, ...]:
    """Name each file once; one that only lies elsewhere is not attached."""
    seen, names = set[tuple[int, int]](), list[str]()
    for file, name in found:
        if not isinstance(file, pikepdf.Dictionary) or "/EF" not in file or (file.is_indirect and file.objgen in seen):
            continue
        seen.add(file.objgen)
        if len(names) == MOST_NAMES:
            return (*names, more_than(MOST_NAMES))
        own = next((str(file[key]) for key in _NAMES if isinstance(file.get(key), pikepdf.String)), "")
        names.append(harmless(own or name))
    return tuple(names)


def more_than(count: int) -> str:
    """Say in the place of a name that there are more."""
    return f"(more than {count:,})"


def harmless(name: str) -> str:
    """Return a name on one line, without what steers a terminal or turns the direction of writing, and not too long."""
    cut = name[: 4 * _LONGEST]
    plain = "".join("\N{REPLACEMENT CHARACTER}" if _misleads(sign) else sign for sign in cut)
    told = unicodedata.normalize("NFC", " ".join(plain.split()))
    return (told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}") or _UNNAMED


def _misleads(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
