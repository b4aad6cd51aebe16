"""The long lists of a report: pages that need a person, files that could not be read; read one row at a time."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from urllib.parse import quote

from vnreport_ocr.archive.ledger import IN_NEED, Ledger
from vnreport_ocr.archive.names import real_name
from vnreport_ocr.archive.phrases import Phrases
from vnreport_ocr.outputs.csv import harmless

_NEED_KIND = (
    "CASE WHEN p.error IS NOT NULL THEN 'unread' WHEN coalesce(p.attention, '') != '' THEN 'doubtful' ELSE 'low' END"
)


class PageRow(NamedTuple):
    """A page that needs a person."""

    path: str
    number: int
    quality: str
    kind: str
    reason: str
    source: str
    outputs: tuple[tuple[str, str], ...]


class FailedRow(NamedTuple):
    """A file of which nothing could be read."""

    path: str
    kind: str
    name: str
    error: str
    cure: str
    source: str


class ReportPaths(NamedTuple):
    """Where the report lies, and where the files do: links go from one to the other."""

    out: Path
    folder: Path

    def source(self, path: str, kind: str, page: int | None = None) -> str:
        """Link to the file itself, at the page where that can be said."""
        name = real_name(path)
        fragment = f"#page={page}" if kind == "pdf" and page is not None else ""
        return quote(os.fsencode(os.path.relpath(self.folder / name, self.out))) + fragment

    def outputs(self, path: str, outputs: str) -> tuple[tuple[str, str], ...]:
        """Link to the outputs of a file, each by its ending."""
        before = len(real_name(path)) + 1
        return tuple((name[before:], quote(os.fsencode(name))) for name, _ in json.loads(outputs)[:6])


def count_by_need(ledger: Ledger) -> dict[str, int]:
    """Count the pages that need a person by the kind of their first reason."""
    rows = ledger.ask(f"SELECT {_NEED_KIND} AS kind, count(*) FROM pages p WHERE {IN_NEED} GROUP BY kind")
    return {str(kind): int(number) for kind, number in rows}


def pages_in_need(ledger: Ledger, places: ReportPaths, say: Phrases, most: int) -> Iterator[PageRow]:
    """Give the pages that need a person, the worst first."""
    for path, number, quality, kind, reason, damage, file_kind, outputs in _need(ledger, most):
        yield PageRow(
            path=path,
            number=number,
            quality=say("unread") if kind == "unread" and not quality else say.number(quality, 2),
            kind=kind,
            reason=say.reason(reason) if reason else say("low quality", damage=say(damage)),
            source=places.source(path, file_kind or "", number),
            outputs=places.outputs(path, outputs or "[]"),
        )


def write_pages(ledger: Ledger, file: TextIO) -> None:
    """Write all pages that need a person as a table (CSV with semicolons)."""
    table = csv.writer(file, delimiter=";", lineterminator="\n")
    table.writerow(("file", "page", "quality", "kind", "reason"))
    for name, number, quality, kind, reason, damage, _, _ in _need(ledger, -1):
        table.writerow((harmless(name), number, quality, kind, harmless(reason or f"low quality: {damage}")))


def failed_files(ledger: Ledger, places: ReportPaths, say: Phrases, most: int) -> Iterator[FailedRow]:
    """Give the files of which nothing could be read."""
    rows = ledger.rows(
        "SELECT path, kind, error_class, error, cure FROM files WHERE state = 'failed'"
        " ORDER BY error_class, path LIMIT ?",
        (most,),
    )
    for path, kind, error_class, error, cure in rows:
        name = error_class or "VnocrError"
        link = places.source(path, kind) if kind != "folder" else ""
        yield FailedRow(path, name, say.error_name(name), error or "", say.cure(name, cure), link)


def _need(ledger: Ledger, most: int) -> Iterator[tuple[Any, ...]]:
    return ledger.rows(
        f"SELECT p.path, p.number, p.quality, {_NEED_KIND}, coalesce(p.error, p.attention), p.damage, f.kind, f.outputs"
        f" FROM (SELECT * FROM pages WHERE {IN_NEED} ORDER BY error IS NULL, quality, path, number LIMIT ?) p"
        " LEFT JOIN files f ON f.path = p.path ORDER BY p.error IS NULL, p.quality, p.path, p.number",
        (most,),
    )
