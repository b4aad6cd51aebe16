"""How quick the search and the site are on a made archive, and whether they find what was planted.

``VNOCR_MADE_PAGES`` says how many pages it has (100,000), ``VNOCR_MADE`` a folder in which it stays to be used again.
Times are processor seconds; the command is timed by the clock as well.
"""

import multiprocessing
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tools.bench.checks import Check
from tools.bench.made_archive import (
    PAGES_A_DOCUMENT,
    TOGETHER,
    Clock,
    documents,
    make,
    path_of,
    planted,
    words,
)
from tools.bench.tables import markdown_table
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import INDEX, Index
from vnreport_ocr.vietnamese.letters import strip_marks

_PAGES: Final = 100_000
_MEDIAN, _HIGH, _COMMAND, _MEGABYTES = 0.050, 0.300, 0.5, 20.0
_QUESTIONS: Final = 60
_SIDES: Final = (
    "the search page", "a search", "a filtered search", "suggestions while typing", "the filtered list", "a document",
    "a page", "all indicators", "an indicator as a plot",
)  # fmt: skip


class CountedFigure(NamedTuple):
    """A row of the table."""

    what: str
    must: str
    measured: str


class Times(NamedTuple):
    """How long answers took."""

    median: float
    high: float
    slowest: str

    def __str__(self) -> str:
        """Say it in milliseconds."""
        return f"{self.median * 1000:.0f} ms, {self.high * 1000:.0f} ms"


def measure() -> tuple[list[CountedFigure], tuple[Check, ...]]:
    """Make the archive, ask it, and tell."""
    pages = int(os.environ.get("VNOCR_MADE_PAGES") or _PAGES)
    with _place() as out:
        figures, checks = _built(out, pages)
        for more, held in (_searched(out, pages), _command(out), _served(out), _while_written(out)):
            figures += more
            checks += held
    return figures, tuple(checks)


def table(figures: Sequence[CountedFigure]) -> str:
    """Return the figures as a table."""
    return markdown_table(["what", "must", "measured"], figures)


@contextmanager
def _place() -> Iterator[Path]:
    if kept := os.environ.get("VNOCR_MADE"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept)
    else:
        with tempfile.TemporaryDirectory(prefix="vnocr-made-") as place:
            yield Path(place)


def _built(out: Path, pages: int) -> tuple[list[CountedFigure], list[Check]]:
    if (out / INDEX).exists():
        return [], []
    clock = Clock()
    size = make(out, pages, clock)
    rate = size / 1e6 / clock.seconds * 60
    stored = (out / INDEX).stat().st_size
    what = f"indexing {pages:,} pages, {size / 1e6:.0f} MB of text, per minute"
    times = f"{stored / 1e6:.0f} MB, {stored / size:.1f} times the text"
    rows = [
        CountedFigure(what, f"{_MEGABYTES:.0f} MB", f"{rate:.0f} MB"),
        CountedFigure("size of the index, including the text", "reported", times),
    ]
    return rows, [Check("megabytes of text indexed per minute", rate, _MEGABYTES, at_least=True)]


def _searched(out: Path, pages: int) -> tuple[list[CountedFigure], list[Check]]:
    with Index(out / INDEX, read_only=True) as index:
        finder = Finder(index)
        usual = _timed(finder, _usual(pages))
        common = _timed(finder, _common())
        right, of = _recall(finder, pages)
    rows = [
        CountedFigure("800 queries, median and 99 %", "50 ms, 300 ms", str(usual)),
        CountedFigure("120 queries of three to six common words", "50 ms, 300 ms", str(common)),
        CountedFigure("planted phrases with marks, without, half marked", "all, nothing else", f"{right} of {of}"),
    ]
    print(f"slowest: {usual.slowest}; {common.slowest}", file=sys.stderr)
    held = [Check("planted phrases found where they stand and nowhere else", right / of, 1.0, at_least=True)]
    for name, times in (("queries", usual), ("queries of common words", common)):
        held += [
            Check(f"{name}: median seconds", times.median, _MEDIAN),
            Check(f"{name}: seconds, 99 %", times.high, _HIGH),
        ]
    return rows, held


def _timed(finder: Finder, asked: Sequence[str]) -> Times:
    for query in asked[:8]:
        finder.search(query)  # warm
    times = []
    for query in asked:
        begun = time.process_time()
        finder.search(query)
        times.append((time.process_time() - begun, query))
    return _times(times)


def _times(times: Sequence[tuple[float, str]]) -> Times:
    seconds = sorted(second for second, _ in times)
    slowest = max(times)
    return Times(
        statistics.median(seconds),
        seconds[min(len(seconds) - 1, int(len(seconds) * 0.99))],
        f"{slowest[1]} ({slowest[0]:.2f} s)",
    )


def _usual(pages: int) -> list[str]:
    """Choose queries: common and rare words, marked and bare, phrases, fields."""
    chance = random.Random(7)
    vocabulary, weights = words()
    phrases = planted(pages)
    asked = []
    for number in range(100):
        two = chance.choices(vocabulary, cum_weights=weights, k=2)
        phrase = chance.choice(phrases).words
        asked += [
            " ".join(two), strip_marks(" ".join(two)), f'"{phrase}"', strip_marks(phrase),
            f"{two[0]} nam:{2000 + number % 25}",
            f"so:{chance.randrange(pages // PAGES_A_DOCUMENT)}", f"{chance.choice(vocabulary)}", f'"{two[0]} {two[1]}"',
        ]  # fmt: skip
    return asked


def _common() -> list[str]:
    """Choose queries of several of the most common words, as people type sentences."""
    chance = random.Random(8)
    vocabulary, ends = words()
    counts = [end - begin for begin, end in zip((0.0, *ends), ends, strict=False)]
    often = sorted(range(len(vocabulary)), key=lambda place: -counts[place])[:120]
    chosen = [" ".join(vocabulary[p] for p in chance.sample(often, 3 + number % 4)) for number in range(120)]
    return [strip_marks(query) if number % 2 else query for number, query in enumerate(chosen)]


def _recall(finder: Finder, pages: int) -> tuple[int, int]:
    right = asked = 0
    for phrase in planted(pages):
        for query in phrase.spellings():
            asked += 1
            found = {(one.path, one.page) for one in finder.search(query, limit=50).found}
            right += found == {(phrase.path, phrase.page)}
            if found != {(phrase.path, phrase.page)}:
                print(f"{query}: {found} instead of {phrase.path}, page {phrase.page}", file=sys.stderr)
    return right, asked


def _command(out: Path) -> tuple[list[CountedFigure], list[Check]]:
    command = [sys.executable, "-m", "vnreport_ocr", "search", str(out), "--json", "hội đồng nhân dân"]
    clocks, processors = [], []
    for _ in range(5):
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        clocks.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    said = f"{min(clocks):.2f} s; {statistics.median(processors):.2f} s of processor"
    return [CountedFigure("the command, wall-clock time", f"{_COMMAND} s", said)], [
        Check("seconds of the command", statistics.median(processors), _COMMAND)
    ]


def _served(out: Path) -> tuple[list[CountedFigure], list[Check]]:
    """Ask the site in a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        times, before, after = pool.apply(_site_times, (str(out),))
    rows = [
        CountedFigure(f"the site: {name}", "50 ms, 300 ms" if "search" in name else "reported", str(one))
        for name, one in times
    ]
    rows.append(
        CountedFigure("the site: memory at the start, and after all of that", "reported", f"{before} MB, {after} MB")
    )
    for name, one in times:
        print(f"slowest of {name}: {one.slowest}", file=sys.stderr)
    return rows, [Check(f"the site: {name}, 99 %, seconds", one.high, 2 * _HIGH) for name, one in times]


def _site_times(out: str) -> tuple[list[tuple[str, Times]], int, int]:
    from starlette.testclient import TestClient

    from vnreport_ocr.serve.app import application
    from vnreport_ocr.serve.site import Site

    with Archive(out) as archive:
        site = Site(archive)
        with TestClient(application(site), base_url="http://127.0.0.1:8737") as client:
            client.get("/")
            before = _memory()
            measured = []
            for name, addresses in _addresses(archive).items():
                times = []
                for address in addresses:
                    begun = time.process_time()
                    answer = client.get(address)
                    times.append((time.process_time() - begun, address))
                    if answer.status_code != 200:
                        raise RuntimeError(f"{address}: {answer.status_code}")
                measured.append((name, _times(times)))
        site.close()
        return measured, before, _memory()


def _addresses(archive: Archive) -> dict[str, list[str]]:
    chance = random.Random(9)
    vocabulary, weights = words()
    total, _ = archive.some_documents(limit=1)
    typed = [" ".join(chance.choices(vocabulary, cum_weights=weights, k=2)) for _ in range(_QUESTIONS)]
    chosen = [chance.randrange(total) for _ in range(_QUESTIONS)]
    narrowed = [f"&year={2000 + n % 25}" if n % 2 else "&quality=0.7" for n in chosen]
    keys = [one.key for one in archive.series()]
    made = (
        [f"/?page={1 + n % 50}" for n in range(_QUESTIONS)],
        [f"/?q={query}" for query in typed],
        [f"/?q={query}{more}" for query, more in zip(typed, narrowed, strict=True)],
        [f"/results?q={query[:place]}" for query in typed[:12] for place in range(2, len(query))],
        [f"/?{more[1:]}" for more in narrowed],
        [f"/document?file={path_of(n)}" for n in chosen],
        [f"/page?file={path_of(n)}&n={1 + n % PAGES_A_DOCUMENT}&q={q}" for n, q in zip(chosen, typed, strict=True)],
        ["/indicators", *(f"/indicators?find={word}" for word in ("thu", "ngan sach", "lúa", "không có"))] * 4,
        [f"/indicators?key={keys[n % len(keys)]}" for n in range(20)],
    )  # fmt: skip
    return dict(zip(_SIDES, made, strict=True))


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _while_written(out: Path) -> tuple[list[CountedFigure], list[Check]]:
    """Search while another process writes, kill it in the midst of that, and look whether the index is whole."""
    context = multiprocessing.get_context("spawn")
    begun = context.Event()
    writer = context.Process(target=_write, args=(str(out), begun), daemon=True)
    writer.start()
    begun.wait(120)
    times = []
    with Index(out / INDEX, read_only=True) as index:
        finder = Finder(index)
        asked = _usual(_PAGES)[:200]
        for query in asked:
            start = time.process_time()
            finder.search(query)
            times.append((time.process_time() - start, query))
    is_writing = writer.is_alive()
    if writer.pid is not None:
        os.kill(writer.pid, signal.SIGKILL)
    writer.join(60)
    whole = _is_whole(out)
    said = "right" if whole and is_writing else "not right"
    return [
        CountedFigure("200 queries while a process writes", "reported", str(_times(times))),
        CountedFigure("the index after that process was killed", "right", said),
    ], [Check("the index is right after a kill", float(whole and is_writing), 1.0, at_least=True)]


def _write(out: str, begun: threading.Event) -> None:
    """Enter made documents under other names, again and again."""
    with Index(Path(out, INDEX)) as index:
        while True:
            made = []
            for entry, pages in documents(TOGETHER * PAGES_A_DOCUMENT):
                made.append((entry._replace(path=f"more/{entry.path}"), pages))
            with index.together():
                for number, (entry, pages) in enumerate(made):
                    index.put(entry, pages)
                    if number == 2:
                        begun.set()


def _is_whole(out: Path) -> bool:
    with Index(out / INDEX) as index:
        index.base.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        ((pages, worded),) = index.ask("SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM words_docsize)")
        ((torn,),) = index.ask(
            "SELECT count(*) FROM documents d WHERE d.pages != (SELECT count(*) FROM pages p WHERE p.document = d.id)"
        )
        for (path,) in index.ask("SELECT path FROM documents WHERE path GLOB 'more/*'"):
            with index.together():
                index.remove(path)
    return bool(pages == worded and not torn)
