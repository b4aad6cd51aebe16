"""The index of an archive: one SQLite file beside the ledger, readable by any SQLite.

``documents`` and ``pages`` hold what is found, ``places`` of a page no more than its document, so that many are quickly
looked up, ``words`` (FTS5) where each word stands: ``heading``, ``body`` and ``as_read`` as they are written, the same
again without marks. It holds no text of its own; ``pages`` has it.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from vnreport_ocr.databases import hold_only_tables
from vnreport_ocr.errors import OutputError, UsageError
from vnreport_ocr.search.cells import TableText, tables_from
from vnreport_ocr.search.clauses import rest_of_clause
from vnreport_ocr.search.crossing import Running, across_form, over_the_end, with_next
from vnreport_ocr.search.extract import FACTS, PageText
from vnreport_ocr.search.words import bare_text, number_key, written_text

if TYPE_CHECKING:
    from vnreport_ocr.search.indicators import TableReader

INDEX = "search.db"
FORMAT = 8

_TABLES = f"""
BEGIN;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, sha256 TEXT, finished REAL, pages INTEGER, quality REAL,
    {", ".join(f"{name} TEXT" for name in FACTS)}, year INTEGER, number_key TEXT, facts_bare TEXT
);
CREATE INDEX documents_by_number ON documents (number_key);
CREATE INDEX documents_by_hash ON documents (sha256);
CREATE INDEX documents_by_year ON documents (year);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, document INTEGER, number INTEGER, quality REAL, text TEXT, heading TEXT, as_read TEXT,
    start INTEGER, stop INTEGER, across TEXT
);
CREATE INDEX pages_of_document ON pages (document, number);
CREATE TABLE places (id INTEGER PRIMARY KEY, document INTEGER);
CREATE TABLE relations (
    document INTEGER, page INTEGER, relation TEXT, kind TEXT, number TEXT, number_key TEXT, date TEXT, issuer TEXT,
    article TEXT, span TEXT, confidence REAL, by_kind TEXT, by_number TEXT
);
CREATE INDEX relations_of_document ON relations (document);
CREATE INDEX relations_to_number ON relations (number_key);
CREATE TABLE tables (document INTEGER, page INTEGER, place INTEGER, caption TEXT, cells TEXT);
CREATE INDEX tables_of_document ON tables (document, page, place);
CREATE TABLE indicators (
    document INTEGER, page INTEGER, place INTEGER, row INTEGER, "column" INTEGER, line INTEGER, year INTEGER,
    period TEXT, measure TEXT, area TEXT, indicator TEXT, key TEXT, value REAL, bound TEXT, text TEXT, unit TEXT,
    "left" REAL, top REAL, "right" REAL, bottom REAL, confidence REAL, doubt TEXT
);
CREATE INDEX indicators_of_document ON indicators (document);
CREATE INDEX indicators_by_key ON indicators (key, year);
CREATE VIRTUAL TABLE words USING fts5 (
    heading, body, as_read, heading_bare, body_bare, as_read_bare, across, content='',
    tokenize="unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE heads USING fts5 (said, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE upto (one INTEGER PRIMARY KEY CHECK (one = 1), run INTEGER);
PRAGMA user_version = {FORMAT};
COMMIT;
"""

_FORMS = "heading, body, as_read, heading_bare, body_bare, as_read_bare, across"
_INSERT_HEAD = "INSERT INTO heads (rowid, said) VALUES (?, ?)"
_DELETE_HEAD = "INSERT INTO heads (heads, rowid, said) VALUES ('delete', ?, ?)"
_INSERT = f"INSERT INTO words (rowid, {_FORMS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DELETE = f"INSERT INTO words (words, rowid, {_FORMS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"


_BETWEEN = "\N{GREEK SMALL LETTER OMEGA}0"


class DocumentEntry(NamedTuple):
    """A document as it is in the ledger."""

    path: str
    sha256: str | None
    finished: float | None
    quality: float | None
    facts: Mapping[str, str]
    year: int | None


class Index:
    """Reads and writes the index; every method that writes leaves it whole."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self.renewed = False
        """Whether it had an older format and starts anew."""
        with self._errors():
            if read_only:
                self.base = _open_to_read(path)
            else:
                self.base, self.renewed = _open_to_write(path)

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Write what is pending and close the file; at rest it needs no log beside it."""
        with contextlib.suppress(sqlite3.DatabaseError):
            self.base.commit()
            if not self._read_only:
                self.base.execute("PRAGMA busy_timeout = 0")  # where someone reads it now, the log stays
                self.base.execute("PRAGMA main.journal_mode = DELETE")
        self.base.close()

    def ask(self, question: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that a question in SQL gives."""
        with self._errors():
            return self.base.execute(question, tuple(values)).fetchall()

    def rows(self, question: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a question gives."""
        with self._errors():
            yield from self.base.execute(question, tuple(values))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Commit what is written inside all at once, or not at all."""
        with self._errors(), self.base:
            yield

    def put(
        self, entry: DocumentEntry, pages: Iterable[PageText], qualities: Mapping[int, float] | None = None
    ) -> None:
        """Enter a document with its pages in the place of what was known of it (within ``together``)."""
        from vnreport_ocr.search.indicators import TableReader  # loaded here alone: who asks the index reads no tables

        self.remove(entry.path)
        facts = {name: entry.facts.get(name) for name in FACTS}
        number = entry.facts.get("number", "")
        searchable = " ".join(bare_text(value or "") for value in facts.values())
        columns = ("path", "sha256", "finished", "pages", "quality", *FACTS, "year", "number_key", "facts_bare")
        cursor = self.base.execute(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES (?{', ?' * (len(columns) - 1)})",
            (entry.path, entry.sha256, entry.finished, 0, entry.quality, *facts.values(), entry.year,
             number_key(number) if number else None, searchable),
        )  # fmt: skip
        document = cursor.lastrowid
        count = taken = 0
        reader = TableReader(entry.path, entry.year)
        for page, following in with_next(pages):
            count += 1
            quality = (qualities or {}).get(page.number)
            across = over_the_end(page.text, page.body, following.text, following.body) if following else ""
            row = self.base.execute(
                "INSERT INTO pages (document, number, quality, text, heading, as_read, start, stop, across)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document, page.number, quality, page.text, page.heading, page.as_read, *page.body, across),
            ).lastrowid
            self.base.execute("INSERT INTO places VALUES (?, ?)", (row, document))
            self.base.execute(_INSERT, (row, *_forms(page.heading, page.text, page.as_read, across)))
            if page.heading:
                self.base.execute(_INSERT_HEAD, (row, _head_form(page.heading)))
            said, taken = _whole_clauses(page, following, taken)
            self._relate(document, page._replace(text=said), number, first=count == 1)
            if page.tables:
                self._tabulate(document, page, reader)
        self.base.execute("UPDATE documents SET pages = ? WHERE id = ?", (count, document))

    def remove(self, path: str) -> None:
        """Forget a document (within ``together``)."""
        for (document,) in self.base.execute("SELECT id FROM documents WHERE path = ?", (path,)).fetchall():
            for row, *said in self.base.execute(
                "SELECT id, heading, text, as_read, across FROM pages WHERE document = ?", (document,)
            ):
                self.base.execute(_DELETE, (row, *_forms(*said)))
                if said[0]:
                    self.base.execute(_DELETE_HEAD, (row, _head_form(said[0])))
                self.base.execute("DELETE FROM places WHERE id = ?", (row,))
            self.base.execute("DELETE FROM pages WHERE document = ?", (document,))
            for table in ("relations", "tables", "indicators"):
                self.base.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
            self.base.execute("DELETE FROM documents WHERE id = ?", (document,))

    def pages_of(self, path: str) -> Iterator[PageText]:
        """Yield the pages of a document as they were entered."""
        rows = self.ask(
            "SELECT p.document, p.number, p.text, p.heading, p.as_read, p.start, p.stop FROM pages p"
            " JOIN documents d ON d.id = p.document WHERE d.path = ? ORDER BY p.number",
            (path,),
        )
        return (
            PageText(number, text, heading, as_read, self._tables_of(document, number), Running(start, stop))
            for document, number, text, heading, as_read, start, stop in rows
        )

    def _tables_of(self, document: int, page: int) -> tuple[TableText, ...]:
        rows = self.ask("SELECT cells FROM tables WHERE document = ? AND page = ? ORDER BY place", (document, page))
        return tables_from([json.loads(cells) for (cells,) in rows])

    def page_of(self, path: str, number: int) -> PageText | None:
        """Return one page of a document as it was entered."""
        rows = self.ask(
            "SELECT p.number, p.text, p.heading, p.as_read FROM pages p JOIN documents d ON d.id = p.document"
            " WHERE d.path = ? AND p.number = ?",
            (path, number),
        )
        return PageText(*rows[0]) if rows else None

    def path_with_hash(self, sha256: str) -> str | None:
        """Return a document with these bytes."""
        rows = self.ask("SELECT path FROM documents WHERE sha256 = ? LIMIT 1", (sha256,))
        return str(rows[0][0]) if rows else None

    def _relate(self, document: int | None, page: PageText, own_number: str, *, first: bool) -> None:
        from vnreport_ocr.search.relations import relations_of

        found = list(relations_of(page.text, own_number, first=first))
        self.base.executemany(
            "INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (document, page.number, r.relation, r.kind, r.number, number_key(r.number) if r.number else None,
                 r.date, r.issuer, r.article, r.span, r.confidence, r.by_kind or None, r.by_number or None)
                for r in found
            ],
        )  # fmt: skip

    def _tabulate(self, document: int | None, page: PageText, reader: "TableReader") -> None:
        self.base.executemany(
            "INSERT INTO tables VALUES (?, ?, ?, ?, ?)",
            [
                (document, page.number, place, table.caption, json.dumps(table, ensure_ascii=False))
                for place, table in enumerate(page.tables, 1)
            ],
        )
        self.base.executemany(
            f"INSERT INTO indicators VALUES (?{', ?' * 21})",
            [
                (document, *found[1:16], *(found.box or (None,) * 4), found.confidence, found.doubt)
                for found in reader.page(page.number, page.tables)
            ],
        )

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            cure = "Remove it; the next run, or 'vnocr search', rebuilds it." if _is_broken(error) else None
            raise OutputError(f"The index cannot be used: {error}.", file=str(self.path), cure=cure) from error


def _whole_clauses(page: PageText, following: PageText | None, taken: int) -> tuple[str, int]:
    """Return a page's text with the clause that the next one ends, and how much of the next that takes.

    ``taken`` is how much of this page belongs to the one before.
    """
    start, stop = page.body
    text = page.text[start + taken :] if taken else page.text
    if following is None:
        return text, 0
    more = rest_of_clause(page.text, page.body, following.text, following.body)
    if not more or taken >= stop - start:
        return text, 0
    rest = following.text[following.body.start : following.body.start + more]
    begin = start + taken if taken else 0
    return f"{page.text[begin:stop].rstrip()} {rest.lstrip()}\n{page.text[stop:]}", more


def _forms(heading: str, text: str, as_read: str, across: str) -> tuple[str, ...]:
    said = (heading, text, as_read)
    return (*map(written_text, said), *map(bare_text, said), across_form(across))


def _head_form(heading: str) -> str:
    """Return a heading as it is written, then bare; what stands between keeps phrases from going over."""
    return f"{written_text(heading)} {_BETWEEN} {bare_text(heading)}"


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    lacks_a_table = code == sqlite3.SQLITE_ERROR and str(error).startswith("no such table")
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or lacks_a_table


def _open_to_write(path: Path) -> tuple[sqlite3.Connection, bool]:
    base = sqlite3.connect(path.absolute().as_uri(), uri=True, timeout=30, check_same_thread=False)
    try:
        hold_only_tables(base, path)
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        base.execute("PRAGMA cache_size = -64000")
        (version,) = base.execute("PRAGMA user_version").fetchone()
        older = 0 < version < FORMAT
        if older:
            _empty(base)
        if version == 0 or older:
            base.executescript(_TABLES)
        elif version != FORMAT:
            raise UsageError(
                f"The index has format {version}.", file=str(path), cure="Remove it; it is rebuilt by the next run."
            )
    except BaseException:
        base.close()
        raise
    return base, older


def _check_format(path: Path, version: int) -> None:
    if version != FORMAT:
        cure = "Run 'vnocr batch' or 'vnocr search' on it as a user who may write there; that rebuilds it."
        raise UsageError(f"The index has format {version}, not {FORMAT}.", file=str(path), cure=cure)


def _empty(base: sqlite3.Connection) -> None:
    """Drop what an older version kept; who reads meanwhile sees the old index until this is done."""
    with base:
        base.execute("BEGIN IMMEDIATE")
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
            " AND name NOT GLOB 'words_*' AND name NOT GLOB 'heads_*'"
        ).fetchall():
            base.execute(f'DROP TABLE "{name}"')
        base.execute("PRAGMA user_version = 0")


def _open_to_read(path: Path) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    for way in ("mode=ro", "immutable=1"):
        base = sqlite3.connect(f"{address}?{way}", uri=True, timeout=5, check_same_thread=False)
        try:
            hold_only_tables(base, path)
            base.execute("SELECT count(*) FROM documents").fetchone()
            _check_format(path, base.execute("PRAGMA user_version").fetchone()[0])
        except sqlite3.OperationalError:
            base.close()
            if way == "immutable=1":
                raise
        except BaseException:
            base.close()
            raise
        else:
            return base
    raise AssertionError("one of the two ways returns or raises")
