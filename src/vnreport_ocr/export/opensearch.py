"""An archive for OpenSearch: the index as JSON, and its pages as files for the bulk interface."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import product
from pathlib import Path
from typing import Any, Final

from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.export.files import Outgoing, whole
from vnreport_ocr.search.extract import FACTS
from vnreport_ocr.search.words import number_key
from vnreport_ocr.vietnamese.letters import place_tone

INDEX_FILE: Final = "index.json"
BULK_BYTES: Final = 50_000_000
"""A bulk file ends when it has so many bytes; the server takes 100 MB at once unless it is told otherwise."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OLD_PLACES = ("o{}a", "o{}e", "u{}y")

_KEYWORD: Final = {"type": "keyword"}
_NAMES: Final = {"type": "text", "analyzer": "vietnamese", "fields": {
    "bare": {"type": "text", "analyzer": "vietnamese_bare"}, "exact": {"type": "keyword", "ignore_above": 512},
}}  # fmt: skip
_TEXT: Final = {
    "type": "text",
    "analyzer": "vietnamese",
    "term_vector": "with_positions_offsets",
    "fields": {"bare": {"type": "text", "analyzer": "vietnamese_bare", "term_vector": "with_positions_offsets"}},
}
_AS_NAMES = ("superior", "issuer", "place", "title", "post", "signer")


def export(
    archive: Archive, folder: Path, *, index: str, overwrite: bool = False, most: int = BULK_BYTES
) -> list[Path]:
    """Write the index and the bulk files of an archive into a folder."""
    with Outgoing.into(folder, overwrite=overwrite) as outgoing:
        outgoing.begin(INDEX_FILE).write_text(json.dumps(index_settings(), indent=1) + "\n", encoding="ascii")
        actions = _actions(archive, index)
        held = next(actions, None)
        number = 0
        while held is not None:
            number += 1
            with outgoing.begin(f"bulk-{number:05}.ndjson").open("w", encoding="ascii") as file:
                held = _fill(file, held, actions, most)
        return outgoing.paths


def index_settings() -> dict[str, Any]:
    """Return settings and mapping of the index; they need the plug-in ``analysis-icu``."""
    return {"settings": {"analysis": _analysis()}, "mappings": {"dynamic": "strict", "properties": _properties()}}


def _analysis() -> dict[str, Any]:
    """Return how words are compared: as they are written in either tone style, and without their marks."""
    return {
        "char_filter": {
            # Composed only: the default would make m2 of m².
            "composed": {"type": "icu_normalizer", "name": "nfc", "mode": "compose"},
            "old_tone_places": {"type": "mapping", "mappings": [f"{old}=>{new}" for old, new in tone_places()]},
            "d_with_stroke": {"type": "mapping", "mappings": ["\u0111=>d", "\u0110=>D"]},
        },
        "analyzer": {
            "vietnamese": {
                "type": "custom",
                "char_filter": ["composed", "old_tone_places"],
                "tokenizer": "standard",
                "filter": ["lowercase"],
            },
            "vietnamese_bare": {
                "type": "custom",
                "char_filter": ["composed", "d_with_stroke"],
                "tokenizer": "standard",
                "filter": ["icu_folding"],
            },
        },
    }


def _properties() -> dict[str, Any]:
    """Return the fields of a page, and how each is kept."""
    return {
        "path": _KEYWORD,
        "page": {"type": "integer"},
        "pages": {"type": "integer"},
        "text": _TEXT,
        "heading": _TEXT,
        "as_read": _TEXT,
        "quality": {"type": "float"},
        "year": {"type": "short"},
        "number_key": _KEYWORD,
        **{name: _NAMES if name in _AS_NAMES else _KEYWORD for name in FACTS},
    }


def tone_places() -> Iterator[tuple[str, str]]:
    """Yield each ending that the old style writes otherwise, small and large, with the new style's spelling."""
    for ending, tone in product(_OLD_PLACES, _TONES):
        old = unicodedata.normalize("NFC", ending.format(tone))
        new = place_tone(f"h{old}", "new")[1:]
        yield old, new
        yield old.capitalize(), new.capitalize()
        yield old.upper(), new.upper()


def _fill(file: TextIOWrapper, held: str, actions: Iterator[str], most: int) -> str | None:
    """Write actions to a file until it is full; returns the one that is left over, if any."""
    size = 0
    action: str | None = held
    while action is not None:
        file.write(action)
        size += len(action)
        action = next(actions, None)
        if action is not None and size + len(action) > most:
            return action
    return None


def _actions(archive: Archive, index: str) -> Iterator[str]:
    """Yield a page after another as a bulk action, in ASCII."""
    for document in archive.documents():
        key = hashlib.sha256(document.path.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        head = {"path": document.path, "pages": document.pages, "quality": document.quality, "year": document.year}
        head |= document.facts
        if "number" in document.facts:
            head["number_key"] = number_key(document.facts["number"])
        for page in archive.pages(document.path):
            body = {**head, "page": page.number, "text": page.text, "heading": page.heading, "as_read": page.as_read}
            action = {"index": {"_index": index, "_id": f"{key}-{page.number}"}}
            yield f"{json.dumps(action)}\n{json.dumps(_told(body))}\n"


def _told(body: dict[str, Any]) -> dict[str, Any]:
    """Return what there is to tell."""
    return {name: whole(value) for name, value in body.items() if value not in (None, "")}
