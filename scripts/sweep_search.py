"""How quick the search is on a made archive, and whether it finds what was planted; no part of the tests.

    python scripts/sweep_search.py             100,000 pages of made text
    python scripts/sweep_search.py --pages N   fewer or more

The text is drawn word by word from the words of the dictionary as often as they occur, 300 a page, ten pages a
document. Times are seconds of the processor, but for the command.
The exit code is 1 where a figure is not what it must be.
"""

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.record import RunState
from vnreport_ocr.language.files import find_dictionaries
from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import INDEX, Entry, Index
from vnreport_ocr.vietnamese.letters import strip_marks

PAGES_A_DOCUMENT = 10
WORDS_A_PAGE = 300
PLANTED = 200
NAMES = (
    "Đỗ",
    "Huỳnh",
    "Lý",
    "Ngô",
    "Phùng",
    "Quách",
    "Trịnh",
    "Vương",
    "Đặng",
    "Bạch",
    "Tạ",
    "Mạc",
    "Kiều",
    "Lưu",
    "Đàm",
)
MUST = {"MB a minute": 20.0, "median": 0.050, "99 %": 0.300, "command": 0.5}


def words() -> tuple[list[str], list[float]]:
    """Count the words of the dictionary, and how often they occur."""
    found: list[tuple[str, float]] = []
    for line in (find_dictionaries() / "words.tsv").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition("\t")
        count = rest.split("\t")[0]
        if not line.startswith(("#", "<")) and count.isdigit():
            found.append((word, float(count)))
    return [word for word, _ in found], list(accumulate(count for _, count in found))


def planted(number: int) -> str:
    """Make a phrase that does not occur by chance."""
    return " ".join(NAMES[(number // len(NAMES) ** place + place * 7) % len(NAMES)] for place in range(4))


def documents(pages: int) -> Iterator[tuple[Entry, list[PageText]]]:
    """Documents of made text; every so many pages a planted phrase stands in one."""
    chance = random.Random(1945)
    vocabulary, weights = words()
    every = max(1, pages // PLANTED)
    for document in range(pages // PAGES_A_DOCUMENT):
        made = []
        for number in range(1, PAGES_A_DOCUMENT + 1):
            drawn = chance.choices(vocabulary, cum_weights=weights, k=WORDS_A_PAGE)
            place = document * PAGES_A_DOCUMENT + number - 1
            if place % every == 0:
                drawn.insert(WORDS_A_PAGE // 2, planted(place // every))
            lines = [" ".join(drawn[begin : begin + 12]) for begin in range(0, len(drawn), 12)]
            made.append(PageText(number, "\n".join(lines), lines[0]))
        facts = {
            "number": f"{document}/{2000 + document % 25}/QĐ-UBND",
            "kind": "Quyết định",
            "issuer": "Ủy ban nhân dân",
        }
        path = f"{2000 + document % 25}/{document:05}.pdf"
        yield Entry(path, f"{document:064}", 1.0, 0.9, facts, 2000 + document % 25), made


def processor() -> float:
    """Processor seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def build(out: Path, pages: int) -> tuple[float, int]:
    """Make the index; returns the processor seconds it took, without the making of the text, and the bytes of text."""
    seconds, size = 0.0, 0
    with Index(out / INDEX) as index:
        batch: list[tuple[Entry, list[PageText]]] = []

        def write() -> None:
            nonlocal seconds
            begun = processor()
            with index.together():
                for entry, made in batch:
                    index.put(entry, made)
            seconds += processor() - begun
            batch.clear()

        for entry, made in documents(pages):
            size += sum(len(page.text.encode()) for page in made)
            batch.append((entry, made))
            if len(batch) == 50:
                write()
        write()
        index.base.execute("INSERT INTO upto VALUES (1, 1)")
    return seconds, size


def queries(pages: int) -> list[str]:
    """Choose the queries: common and rare words, marked and bare, phrases, fields."""
    chance = random.Random(7)
    vocabulary, weights = words()
    count = min(PLANTED, pages)
    asked = []
    for number in range(100):
        two = chance.choices(vocabulary, cum_weights=weights, k=2)
        phrase = planted(chance.randrange(count))
        asked += [
            " ".join(two), strip_marks(" ".join(two)), f'"{phrase}"', strip_marks(phrase),
            f"{two[0]} nam:{2000 + number % 25}",
            f"so:{chance.randrange(pages // PAGES_A_DOCUMENT)}", f"{chance.choice(vocabulary)}", f'"{two[0]} {two[1]}"',
        ]  # fmt: skip
    return asked


def recall(finder: Finder, pages: int) -> tuple[int, int]:
    """How many planted phrases are found where they stand and nowhere else: with marks, without, and half marked."""
    right = asked = 0
    every = max(1, pages // PLANTED)
    bare = [strip_marks(planted(number)).lower() for number in range(PLANTED)]
    for number in range(min(PLANTED, pages // every)):
        place = number * every
        at = {
            (
                f"{2000 + place // PAGES_A_DOCUMENT % 25}/{place // PAGES_A_DOCUMENT:05}.pdf",
                place % PAGES_A_DOCUMENT + 1,
            )
        }
        parts = planted(number).split()
        half = " ".join(part if index % 2 else strip_marks(part) for index, part in enumerate(parts))
        unique = bare.count(bare[number]) == 1
        for query in (f'"{planted(number)}"', f'"{strip_marks(planted(number))}"', f'"{half}"'):
            if not unique and query != f'"{planted(number)}"':
                continue  # another planted phrase is the same without its marks
            asked += 1
            right += {(found.path, found.page) for found in finder.search(query, limit=50).found} == at
    return right, asked


def main() -> int:
    """Build, ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="vnocr-sweep-") as place:
        out = Path(place)
        with Ledger(out / LEDGER) as ledger:
            ledger.update_run(ledger.begin_run(RunState(place)), RunState(place), "finished")
        seconds, size = build(out, pages)
        stored = (out / INDEX).stat().st_size
        figures = {"MB a minute": size / 1e6 / seconds * 60}
        print(f"{pages:,} pages, {size / 1e6:.0f} MB of text: indexed in {seconds:.0f} s of processor,")
        print(
            f"{figures['MB a minute']:.0f} MB a minute; "
            f"the index has {stored / 1e6:.0f} MB, {stored / size:.1f} times that"
        )
        with Index(out / INDEX, read_only=True) as index:
            finder = Finder(index)
            asked = queries(pages)
            for query in asked[:8]:
                finder.search(query)  # warm
            times = []
            for query in asked:
                begun = processor()
                finder.search(query)
                times.append(processor() - begun)
            figures["median"] = statistics.median(times)
            figures["99 %"] = sorted(times)[int(len(times) * 0.99)]
            slowest = max(zip(times, asked, strict=True))
            print(
                f"{len(asked)} queries: median {figures['median'] * 1000:.1f} ms, 99 % {figures['99 %'] * 1000:.0f} ms,"
            )
            print(f"the slowest {slowest[0] * 1000:.0f} ms ({slowest[1]})")
            right, of = recall(finder, pages)
        command = [sys.executable, "-m", "vnreport_ocr", "search", place, "--json", planted(3)]
        begun = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        figures["command"] = time.perf_counter() - begun
        print(f"planted phrases: {right} of {of} found where they stand and nowhere else; "
              f"the command answers in {figures['command']:.2f} s by the clock")  # fmt: skip
    well = figures["MB a minute"] >= MUST["MB a minute"] and all(
        figures[name] <= MUST[name] for name in ("median", "99 %", "command")
    )
    return 0 if well and right == of else 1


if __name__ == "__main__":
    sys.exit(main())
