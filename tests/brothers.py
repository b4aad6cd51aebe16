"""The words of the outputs of one document, format by format: all of them say the same."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FURNITURE = "furniture"
"""What a Word file leaves out: running heads and page numbers."""


def differing(outputs: Mapping[str, bytes]) -> list[str]:
    """Name the outputs whose words are not those of the document's text, by the files' names."""
    stems = sorted(name.removesuffix(".json") for name in outputs if name.endswith(".json"))
    return [f"{stem}: {what}" for stem in stems for what in _differing(stem, outputs)]


def _differing(stem: str, outputs: Mapping[str, bytes]) -> Iterator[str]:
    pages = json.loads(outputs[f"{stem}.json"])["pages"]
    lines = [line for page in pages for line in _lines(page)]
    words = [word for line in lines for word in line["text"].split()]
    if any(page.get("error") for page in pages):
        return  # what was not read is told by each format in its own way
    if sorted(outputs[f"{stem}.txt"].decode().split()) != sorted(words):
        yield "txt"
    hocr = [one.text for one in _tree(outputs[f"{stem}.hocr"]).iter("{*}span") if one.get("class") == "ocrx_word"]
    alto = [one.get("CONTENT") for one in _tree(outputs[f"{stem}.alto.xml"]).iter("{*}String")]
    xml = [outputs[name] for name in sorted(outputs) if name.startswith(f"{stem}.page-")]
    read = [one.findtext("{*}TextEquiv[@index='0']/{*}Unicode") or one.findtext("{*}TextEquiv/{*}Unicode")
            for tree in map(_tree, xml) for one in tree.iter("{*}Word")]  # fmt: skip
    yield from (name for name, said in (("hocr", hocr), ("alto", alto), ("page", read)) if said != words)
    body = "".join(line["text"] for line in lines if line.get("role") != _FURNITURE)
    # Word puts words at the end of a line and the next one together where they are one, and numbers its notes itself.
    lacking = _letters(body) - _letters(_word_text(outputs[f"{stem}.docx"]))
    if lacking:
        yield f"docx lacks {''.join(lacking.elements())[:40]!r}"


def _lines(page: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - a value out of JSON
    """Yield the lines of a page and of its tables' cells in reading order."""
    lines, start = page.get("lines", []), 0
    for table in sorted(page.get("tables", []), key=lambda table: table["before_line"]):
        yield from lines[start : table["before_line"]]
        start = max(start, table["before_line"])
        for cell in table["cells"]:
            yield from cell["lines"]
    yield from lines[start:]


def _letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter.isalnum() and not letter.isnumeric())


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def _word_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        held = [parts.read(name) for name in ("word/document.xml", "word/footnotes.xml") if name in parts.namelist()]
    return "".join(text.text or "" for tree in map(_tree, held) for text in tree.iter(f"{_W}t"))
