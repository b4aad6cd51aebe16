"""Measures speed and memory of repair, beside the least that any repair must do."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from tools.bench.checks import Check
from tools.bench.tables import markdown_table
from vnreport_ocr import Cleaner
from vnreport_ocr.document import Document
from vnreport_ocr.model import Damage
from vnreport_ocr.options import Options

_TIMES = 3
_MUST = {Damage.CLEAN: 50_000, Damage.WRONG_LANGUAGE: 10_000}
_OPENINGS = (
    "Uy ban nhan dan tinh bdo cdo vé nhi€m vy nim 2021 va k¥ thuat, ké hoach phat tri€n kinh t€ cua huyén",
    "Tỉnh báo cáo tinh hình kinh té năm qua.",
)
"""Short texts of both kinds, so that what is opened on first need is open."""

_LOADING = """
import time
started = time.perf_counter()
from vnreport_ocr.options import Options
from vnreport_ocr import Cleaner
Cleaner(Options()).clean_text("Báo cáo")
import json
print(json.dumps(time.perf_counter() - started))
"""
_MEMORY = """
import json, resource, sys
from pathlib import Path
from vnreport_ocr.options import Options
from vnreport_ocr import Cleaner
Cleaner(Options()).clean_text(sys.stdin.read())
status = Path("/proc/self/status")
if status.exists():
    # What the system counts for a process takes in what its parent held when it was started.
    print(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:")))
else:
    print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


class Speed(NamedTuple):
    """Words a second of one text, and the floor beside it."""

    name: str
    words: int
    per_second: float
    again_per_second: float
    must: int | None
    """What is asked for clean text and for text read in another language."""
    floor_per_second: float


def measure(texts: dict[str, str]) -> list[Speed]:
    """Clean each text twice with a cleaner that has opened its dictionaries: words not met before, and met again."""
    speeds = []
    for name, text in texts.items():
        words = len(text.split())
        known = frozenset(text.split())
        cleaner = Cleaner(Options())
        for opening in _OPENINGS:
            cleaner.clean_text(opening)
        (first, document), (again, _) = (_timed(cleaner, text) for _ in range(2))
        must = _MUST.get(document.pages[0].damage)
        floor = words / _best(partial(_floor, text, known))
        speeds.append(Speed(name, words, words / first, words / again, must, floor))
    return speeds


def _timed(cleaner: Cleaner, text: str) -> tuple[float, Document]:
    """Processor time of a repair, and what came of it."""
    started = time.process_time()
    document = cleaner.clean_text(text)
    return time.process_time() - started, document


def growth(text: str) -> list[tuple[int, float]]:
    """Seconds for the text, twice and four times the text: the cost should grow in proportion."""
    seconds = []
    for times in (1, 2, 4):
        longer = "\n".join([text] * times)
        cleaner = Cleaner(Options())
        cleaner.clean_text("Báo cáo")
        started = time.process_time()
        cleaner.clean_text(longer)
        seconds.append((len(longer.split()), time.process_time() - started))
    return seconds


def loading_seconds() -> float:
    """From a started Python to the first cleaned words, the best of three."""
    return min(float(json.loads(_in_new_process(_LOADING))) for _ in range(_TIMES))


def memory_megabytes(text: str) -> float:
    """Measure the most memory a process held that cleaned the text."""
    return float(json.loads(_in_new_process(_MEMORY, text))) / 1024


def checks(speeds: list[Speed]) -> Iterator[Check]:
    """Hold the speed of texts that were not met before against what is asked for their kind."""
    for speed in speeds:
        if speed.must is not None:
            yield Check(f"{speed.name}: words per second", speed.per_second, speed.must, at_least=True)


def speed_table(speeds: list[Speed]) -> str:
    """Words a second."""
    head = ["text", "words", "words per second", "the same text again", "must", "goal", "floor: split and look up"]
    rows = []
    for speed in speeds:
        rates = [f"{rate:,.0f}" for rate in (speed.per_second, speed.again_per_second)]
        asked = [f"{times * speed.must:,}" if speed.must else "" for times in (1, 3)]
        rows.append([speed.name, f"{speed.words:,}", *rates, *asked, f"{speed.floor_per_second:,.0f}"])
    return markdown_table(head, rows)


def _floor(text: str, known: frozenset[str]) -> int:
    return sum(word in known for word in text.split())


def _best(action: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def _in_new_process(program: str, text: str = "") -> str:
    done = subprocess.run([sys.executable, "-c", program], input=text, capture_output=True, text=True, check=True)
    return done.stdout


def children_seconds() -> float:
    """Processor time of this process and of those it waited for."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
