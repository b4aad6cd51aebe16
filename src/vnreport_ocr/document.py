"""A whole document: its pages, what they say together, and the forms it can be given away in."""

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vnreport_ocr.model import Correction, Doubt, LeftOut, Page, lead
from vnreport_ocr.plurals import many

if TYPE_CHECKING:
    from vnreport_ocr.outputs.streams import Stream

_SHOWN_PAGES: Final = 20
"""Pages that a notebook shows of a document."""
_SHOWN_CHARACTERS: Final = 4000


def text_of(pages: Iterable[Page]) -> Iterator[str]:
    """Yield the text of pages, piece by piece, as it is printed."""
    begun = False
    for page in pages:
        text = page.text
        yield lead(page, text, begun) + text
        begun = begun or bool(text)


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A whole document."""

    pages: tuple[Page, ...]
    name: str = ""
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole text, tables in columns and unread pages named, just as ``vnocr clean`` prints it."""
        return "".join(text_of(self.pages))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Every correction of the document, those in tables included, in reading order."""
        return tuple(correction for page in self.pages for correction in page.corrections)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every place that a person should look at, those in tables included, in reading order."""
        return tuple(doubt for page in self.pages for doubt in page.doubts)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """All that was read and stands in no text, with the reason."""
        return tuple(words for page in self.pages for words in page.left_out)

    @property
    def quality(self) -> float:
        """Mean quality of the pages, each weighing as much as it has text."""
        weights = [max(1, sum(len(line.raw) for line in page.all_lines())) for page in self.pages]
        total = sum(weights)
        return sum(p.quality * w for p, w in zip(self.pages, weights, strict=True)) / total if total else 1.0

    def to_text(self, *, reflow: bool = False) -> str:
        """Return the plain text; ``reflow`` joins lines of print to paragraphs."""
        from vnreport_ocr.outputs.text import TextStream  # what writes files is loaded when it is asked for

        return self._streamed(TextStream(reflow=reflow))

    def to_markdown(self, *, reflow: bool = False) -> str:
        """Return Markdown: headings, paragraphs, tables."""
        from vnreport_ocr.outputs.markdown import MarkdownStream

        return self._streamed(MarkdownStream(reflow=reflow))

    def to_json(self) -> str:
        """Return the JSON with all that is known, as ``vnocr clean -f json`` writes it (docs/json.md)."""
        from vnreport_ocr.outputs.json import JsonStream

        return self._streamed(JsonStream(self.name, self.properties))

    def to_dict(self) -> dict[str, Any]:
        """Return the same as plain dictionaries, lists, texts and numbers."""
        record: dict[str, Any] = json.loads(self.to_json())
        return record

    def _streamed(self, stream: "Stream") -> str:
        from vnreport_ocr.structure.across import across

        return "".join([*map(stream.page, across(self.pages)), stream.end()])

    def __repr__(self) -> str:
        """Say what the document is in one short line."""
        name = f" {self.name!r}" if self.name else ""
        words, unread = sum(page.words for page in self.pages), sum(page.error is not None for page in self.pages)
        counts = [(len(self.pages), "page"), (words, "word"), (len(self.corrections), "correction")]
        counts += [(number, what) for number, what in ((len(self.doubts), "doubt"), (unread, "unread page")) if number]
        said = ", ".join(many(*count) for count in counts)
        return f"<Document{name}: {said}, quality {self.quality:.2f}>"

    def _repr_html_(self) -> str:
        """Show the first pages in a notebook; all that comes from the document is escaped."""
        parts = [f"<p><strong>{html.escape(repr(self)[1:-1])}</strong></p>"]
        for page in self.pages[:_SHOWN_PAGES]:
            text = page.text
            more = "\n[...]" if len(text) > _SHOWN_CHARACTERS else ""
            parts.append(
                f"<details{' open' if len(self.pages) == 1 else ''}><summary>{html.escape(repr(page)[1:-1])}</summary>"
                f'<pre style="white-space: pre-wrap">{html.escape(text[:_SHOWN_CHARACTERS] + more)}</pre></details>'
            )
        if len(self.pages) > _SHOWN_PAGES:
            parts.append(f"<p>and {len(self.pages) - _SHOWN_PAGES:,} more pages</p>")
        return "".join(parts)
