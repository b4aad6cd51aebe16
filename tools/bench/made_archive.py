"""An archive of made text as large as one likes: for measuring the search and the site.

Words are drawn as often as they occur in the dictionary, 300 a page, ten pages a document. The first page of a document
has a heading and names three others, the third a table of indicators; every page ends with its number. Every so many
pages a planted phrase stands in one: within a line, over the end of one, with a parted word, over that of a page.
"""

import random
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.record import Record, RunState
from vnreport_ocr.language.files import find_dictionaries
from vnreport_ocr.search.cells import CellText, TableText
from vnreport_ocr.search.crossing import Running
from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.index import INDEX, DocumentEntry, Index
from vnreport_ocr.vietnamese.letters import strip_marks

PAGES_A_DOCUMENT: Final = 10
WORDS_A_PAGE: Final = 300
PLANTED: Final = 200
TOGETHER: Final = 50
_NAMES: Final = (
    "Đỗ", "Huỳnh", "Lý", "Ngô", "Phùng", "Quách", "Trịnh", "Vương", "Đặng", "Bạch", "Tạ", "Mạc", "Kiều", "Lưu", "Đàm",
)  # fmt: skip
_ISSUERS: Final = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Sở Tài chính", "Ban Chấp hành", "Văn phòng")
_KINDS: Final = (("Quyết định", "QĐ-UBND"), ("Nghị quyết", "NQ-HĐND"), ("Báo cáo", "BC-STC"), ("Kế hoạch", "KH-VP"))
_INDICATORS: Final = ("Tỷ lệ hộ nghèo", "Thu ngân sách", "Sản lượng lúa", "Số trường học", "Dân số trung bình")


class Planted(NamedTuple):
    """A phrase that stands on one page alone."""

    words: str
    path: str
    page: int
    is_alone_bare: bool
    """Whether no other planted phrase is the same without its marks."""

    def spellings(self) -> Iterator[str]:
        """Give it with marks, without, and half marked, each as a query."""
        parts = self.words.split()
        yield f'"{self.words}"'
        if self.is_alone_bare:
            yield f'"{strip_marks(self.words)}"'
            yield '"' + " ".join(part if n % 2 else strip_marks(part) for n, part in enumerate(parts)) + '"'


def words() -> tuple[list[str], list[float]]:
    """Count the words of the dictionary, and how often they occur."""
    found: list[tuple[str, float]] = []
    for line in (find_dictionaries() / "words.tsv").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition("\t")
        count = rest.split("\t")[0]
        if not line.startswith(("#", "<")) and count.isdigit():
            found.append((word, float(count)))
    return [word for word, _ in found], list(accumulate(count for _, count in found))


def path_of(document: int) -> str:
    """Return the name of a document's file."""
    return f"{2000 + document % 25}/{document:05}.pdf"


def number_of(document: int) -> str:
    """Return a document's number."""
    return f"{document}/{2000 + document % 25}/{_KINDS[document % len(_KINDS)][1]}"


def planted(pages: int) -> list[Planted]:
    """Return every planted phrase, and where it stands."""
    every = max(1, pages // PLANTED)
    phrases = [_phrase(number) for number in range(min(PLANTED, pages // every))]
    bare = [strip_marks(phrase).lower() for phrase in phrases]
    return [
        Planted(
            phrase, path_of(number * every // PAGES_A_DOCUMENT), number * every % PAGES_A_DOCUMENT + 1,
            bare.count(bare[number]) == 1,
        )
        for number, phrase in enumerate(phrases)
    ]  # fmt: skip


def documents(pages: int) -> Iterator[tuple[DocumentEntry, list[PageText]]]:
    """Make the documents."""
    chance = random.Random(1945)
    vocabulary, weights = words()
    every = max(1, pages // PLANTED)
    for document in range(pages // PAGES_A_DOCUMENT):
        texts: list[list[str]] = []
        for number in range(PAGES_A_DOCUMENT):
            drawn = chance.choices(vocabulary, cum_weights=weights, k=WORDS_A_PAGE)
            texts.append([" ".join(drawn[begin : begin + 12]) for begin in range(0, len(drawn), 12)])
            place = document * PAGES_A_DOCUMENT + number
            before = place - 1
            if number and before % every == 0 and before // every % 4 == 3:
                texts[-1][0] = " ".join(_phrase(before // every).split()[2:]) + " " + texts[-1][0]
            if place % every == 0:
                _plant(texts[-1], place // every, last=number == PAGES_A_DOCUMENT - 1)
        yield _entry(document), [_page(document, number, lines) for number, lines in enumerate(texts, 1)]


def make(out: Path, pages: int, clock: "Clock") -> int:
    """Make ledger and index; ``clock`` counts what the index takes. Returns the bytes of text."""
    size = 0
    with Ledger(out / LEDGER) as ledger, Index(out / INDEX) as index:
        batch: list[tuple[DocumentEntry, list[PageText]]] = []

        def write() -> None:
            with clock, index.together():
                for entry, made in batch:
                    index.put(entry, made)
            with ledger.together():
                ledger.put(
                    Record(
                        entry.path,
                        "pdf",
                        1,
                        1,
                        entry.sha256,
                        state="done",
                        pages=len(made),
                        quality=0.9,
                        finished=entry.finished,
                    )
                    for entry, made in batch
                )
            batch.clear()

        for entry, made in documents(pages):
            size += sum(len(page.text.encode()) for page in made)
            batch.append((entry, made))
            if len(batch) == TOGETHER:
                write()
        write()
        ledger.update_run(ledger.begin_run(RunState(str(out))), RunState(str(out)), "finished")
        with index.together():
            index.base.execute("INSERT INTO upto SELECT 1, 1")
    return size


class Clock:
    """Adds up the processor seconds that pass within."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._begun = 0.0

    def __enter__(self) -> None:
        """Begin."""
        self._begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        """Add what has passed."""
        self.seconds += time.process_time() - self._begun


def _phrase(number: int) -> str:
    """Make a phrase that does not occur by chance."""
    return " ".join(_NAMES[(number // len(_NAMES) ** place + place * 7) % len(_NAMES)] for place in range(4))


def _plant(lines: list[str], number: int, *, last: bool) -> None:
    """Let a planted phrase stand on a page: within a line, over its end, with a parted word, at the end of the page."""
    parts = _phrase(number).split()
    middle = len(lines) // 2
    if number % 4 == 0 or (number % 4 == 3 and last):
        lines[middle] += " " + " ".join(parts)
    elif number % 4 == 1:
        lines[middle] += " " + " ".join(parts[:2])
        lines[middle + 1] = " ".join(parts[2:]) + " " + lines[middle + 1]
    elif number % 4 == 2:
        lines[middle] += f" {parts[0]} {parts[1]} {parts[2][:-1]}-"
        lines[middle + 1] = f"{parts[2][-1]} {parts[3]} {lines[middle + 1]}"
    else:
        lines[-1] += " " + " ".join(parts[:2])


def _page(document: int, number: int, lines: list[str]) -> PageText:
    heading = lines[0]
    tables = (_table(document),) if number == 3 else ()
    if number == 1:
        named = [(document * 7 + step * 13) % max(1, document) for step in (1, 2, 3)] if document else []
        bases = [f"Căn cứ {_KINDS[one % len(_KINDS)][0]} số {number_of(one)} của Chính phủ về biển;" for one in named]
        lines = [lines[0], *bases, *lines[1:]]
    text = "\n".join(lines)
    return PageText(number, f"{text}\n- {number} -\n", heading, "", tables, Running(0, len(text)))


def _table(document: int) -> TableText:
    year = 2000 + document % 25
    head = ("Chỉ tiêu", "Đơn vị tính", f"Kế hoạch năm {year}", f"Thực hiện năm {year}")
    rows = [(name, "tỷ đồng", f"{document % 90 + 10},5", f"{document % 80 + 9},25") for name in _INDICATORS]
    return TableText(
        tuple(
            CellText(r, c, 1, 1, text) for r, row in enumerate((head, *rows)) for c, text in enumerate(row)
        )
    )  # fmt: skip


def _entry(document: int) -> DocumentEntry:
    facts = {
        "number": number_of(document), "kind": _KINDS[document % len(_KINDS)][0],
        "issuer": f"{_ISSUERS[document % len(_ISSUERS)]} xã {document % 300}", "signer": f"Người ký {document % 400}",
        "title": f"Về việc số {document}",
    }  # fmt: skip
    return DocumentEntry(
        path_of(document), f"{document:064}", 1.0, 0.5 + document % 50 / 100, facts, 2000 + document % 25
    )
