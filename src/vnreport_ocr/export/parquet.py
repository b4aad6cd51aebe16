"""An archive as Parquet tables for those who count: documents, pages, relations, indicators (extra ``parquet``)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from vnreport_ocr.archive.figures import COLUMNS, table_row
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.errors import MissingExtraError
from vnreport_ocr.export.files import Outgoing, whole
from vnreport_ocr.search.extract import FACTS

Row = Sequence[object]

ROWS_AT_ONCE: Final = 500
"""Rows that are held in memory and written as one group; pages may be long."""

_NUMBERS: Final = {
    **dict.fromkeys(("pages", "page", "table", "row", "column", "line"), "int32"), "year": "int16",
    **dict.fromkeys(("quality", "confidence", "value", "left", "top", "right", "bottom"), "float64"),
}  # fmt: skip
_DOCUMENT_COLUMNS: Final = ("file", "pages", "quality", "year", *FACTS, "outputs")
_PAGE_COLUMNS: Final = ("file", "page", "text", "heading", "as_read")
_RELATION_COLUMNS: Final = (
    "file", "number_of_file", "page", "relation", "kind", "number", "date", "issuer", "article", "found_in", "span",
    "confidence", "by_kind", "by_number",
)  # fmt: skip


def export(archive: Archive, folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Write ``documents``, ``pages``, ``relations`` and ``indicators`` into a folder, each as ``.parquet``."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        cure = "Install it with 'pip install vnreport-ocr[parquet]'."
        raise MissingExtraError("Parquet files need the package pyarrow.", cure=cure) from error

    def write(name: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        kinds = [(column, getattr(arrow, _NUMBERS.get(column, "string"))()) for column in columns]
        schema = arrow.schema(kinds)
        with parquet.ParquetWriter(outgoing.begin(name), schema, compression="zstd") as file:
            while group := list(islice(rows, ROWS_AT_ONCE)):
                columns_of_group = [list(map(whole, column)) for column in zip(*group, strict=True)]
                file.write_table(arrow.table(columns_of_group, schema=schema))

    with Outgoing.into(folder, overwrite=overwrite) as outgoing:
        write("documents.parquet", _DOCUMENT_COLUMNS, _documents(archive))
        write("pages.parquet", _PAGE_COLUMNS, _pages(archive))
        write("relations.parquet", _RELATION_COLUMNS, _relations(archive))
        write("indicators.parquet", COLUMNS, map(table_row, archive.indicators()))
        return outgoing.paths


def _documents(archive: Archive) -> Iterator[Row]:
    for document in archive.documents():
        facts = [document.facts.get(name) for name in FACTS]
        outputs = "\n".join(_below(document.outputs, archive.out))
        yield (document.path, document.pages, document.quality, document.year, *facts, outputs)


def _pages(archive: Archive) -> Iterator[Row]:
    for document in archive.documents():
        for page in archive.pages(document.path):
            yield (document.path, page.number, page.text, page.heading, page.as_read)


def _relations(archive: Archive) -> Iterator[Row]:
    for document in archive.documents():
        for relation in archive.relations(document.path, of_others=True):
            yield tuple(relation[column] for column in _RELATION_COLUMNS)


def _below(paths: Iterable[Path], folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in paths)
