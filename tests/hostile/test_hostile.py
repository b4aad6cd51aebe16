"""Files that strangers might send end in time, within their memory, with one line each; other pages are delivered."""

import os
import random
import re
import resource
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from tests.hostile import embedded, fonts, forms, frames, numbers, pictures, streams, structure, words
from tests.hostile.build import SENTENCES, Hostile, Pdf, good_text

KINDS = {
    "forms": forms.FILES,
    "streams": streams.FILES,
    "structure": structure.FILES,
    "numbers": numbers.FILES,
    "embedded": embedded.FILES,
    "fonts": fonts.FILES,
    "frames": frames.FILES,
    "pictures": pictures.FILES,
    "words": words.FILES,
}
MOST_MEMORY = 1 << 30
MOST_SECONDS = 60.0


class Ran(NamedTuple):
    """What a run of the command gave."""

    code: int
    told: tuple[str, ...]
    out: Path
    peak: int
    """The most memory that it and the processes it started held at a time."""
    seconds: float
    """Its processor time, and that of the processes it started."""


def memory_of(pid: int) -> int:
    """The memory that a process and all below it hold now."""
    total, waiting = 0, [pid]
    while waiting:
        process = Path(f"/proc/{waiting.pop()}")
        try:
            total += int((process / "statm").read_text().split()[1]) * resource.getpagesize()
            for children in process.glob("task/*/children"):
                waiting += map(int, children.read_text().split())
        except (OSError, IndexError):
            continue
    return total


def run(folder: Path, *arguments: str, limit: float = 400.0) -> Ran:
    """Run the command over what lies in a folder, and watch it."""
    inputs, out = sorted(str(path) for path in (folder / "in").iterdir()), folder / "out"
    command = [sys.executable, "-m", "vnreport_ocr", "clean", *inputs, "-o", str(out), "-j", "1", *arguments]
    paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}
    )
    peak = 0

    def watch() -> None:
        nonlocal peak
        until = time.monotonic() + limit
        while done.poll() is None:
            peak = max(peak, memory_of(done.pid))
            if time.monotonic() > until:
                done.kill()
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, said = done.communicate()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(done.returncode, tuple(said.decode("utf-8", "replace").splitlines()), out, peak, seconds)


FUZZED = (
    *(file for file in forms.FILES if file.name in ("form-that-only-names-itself", "glyph-of-itself")),
    *(file for file in embedded.FILES if file.name in ("picture-that-masks-itself", "jpeg2000-of-millions")),
    *(file for file in structure.FILES if file.name in ("object-stream-first", "references-back")),
    *(file for file in numbers.FILES if file.name in ("function-itself", "colours-ring")),
)
"""Small files that hold many kinds of objects."""

AT_ONCE = 9
"""Files of one run: no more than ten pages are told with their reasons."""


class Part(NamedTuple):
    """Files that are cleaned by one run: each of them would take a second by itself."""

    kind: str
    number: int

    @property
    def files(self) -> tuple[Hostile, ...]:
        return KINDS[self.kind][self.number * AT_ONCE : (self.number + 1) * AT_ONCE]


PARTS = [Part(kind, number) for kind, files in KINDS.items() for number in range(-(-len(files) // AT_ONCE))]


_done: dict[Part, Ran] = {}


@pytest.fixture
def ran(part: Part, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """All files of a part, cleaned; once for all tests of the part."""
    if part not in _done:
        folder = tmp_path_factory.mktemp(f"{part.kind}-{part.number}")
        (folder / "in").mkdir()
        for file in part.files:
            file.make(folder / "in" / (file.name + file.ending))
        _done[part] = run(folder)
    return _done[part]


def marked(part: Part, *values: object, name: str) -> ParameterSet:
    """A test that one worker takes with all others of its part."""
    group = f"hostile-{part.kind}-{part.number}"
    return pytest.param(part, *values, id=f"{group}-{name}", marks=pytest.mark.xdist_group(group))


@pytest.mark.parametrize(
    ("part", "file"), [marked(part, file, name=file.name) for part in PARTS for file in part.files]
)
def test_a_hostile_file_is_told_in_one_line_and_the_rest_is_read(part: Part, file: Hostile, ran: Ran) -> None:
    name = file.name + file.ending
    told = [line for line in ran.told if f"/{name}" in line]
    text = ran.out / f"{file.name}.txt"
    read = text.read_text(encoding="utf-8") if text.exists() else ""
    assert read.count(SENTENCES[2]) == file.good
    assert len(told) == (1 if file.code else 0), told
    assert text.exists() == (file.code != 3 or bool(re.search(r", page \d+: ", "".join(told))))
    assert file.said in "".join(told)


@pytest.mark.parametrize("part", [marked(part, name="whole") for part in PARTS])
def test_hostile_files_stay_within_the_limits(part: Part, ran: Ran) -> None:
    codes = {file.code for file in part.files}
    assert ran.code == (0 if codes == {0} else 6)
    assert not [line for line in ran.told if "Traceback" in line or "internal error" in line]
    assert ran.peak < MOST_MEMORY
    assert ran.seconds < MOST_SECONDS


def test_what_no_count_sees_ends_with_its_time(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    numbers.SLOW.make(tmp_path / "in" / "a.pdf")
    ran = run(tmp_path, *numbers.SLOW.arguments)
    text = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert (ran.code, text.count(SENTENCES[2])) == (6, 2)
    assert len([line for line in ran.told if "a.pdf, page 2: " in line]) == 1
    assert ran.seconds < MOST_SECONDS


def test_some_of_a_million_pages_are_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    structure.many_pages(tmp_path / "in" / "a.pdf", times=300_000)
    ran = run(tmp_path, "--pages", "1-3,899998")
    text = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert (ran.code, text.count(SENTENCES[2])) == (6, 3)
    assert ran.told[0].startswith(f"vnocr: {tmp_path}/in/a.pdf, page 2: The page ")
    assert "the form /F draws itself" in ran.told[0]
    assert ran.peak < MOST_MEMORY
    assert ran.seconds < MOST_SECONDS


def mutant(data: bytes, chance: random.Random) -> bytes:
    """A file with some of its bytes, or stretches of them, changed, lost, doubled or put elsewhere."""
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20))):
        place, length = chance.randrange(len(spoilt)), chance.choice((1, 1, 2, 8, 60, 400))
        other = chance.randrange(len(spoilt))
        match chance.randrange(5):
            case 0:
                spoilt[place] = chance.randrange(256)
            case 1:
                del spoilt[place : place + length]
            case 2:
                spoilt[place:place] = spoilt[other : other + length]
            case 3:
                spoilt[place : place + length] = chance.randbytes(length)
            case _:
                found = list(re.finditer(rb"\d+", bytes(spoilt)))
                number = chance.choice(found)
                wild = chance.choice((b"0", b"-1", b"2147483647", b"4294967296", b"1e38", b"null", b"/X", b"1 0 R"))
                spoilt[number.start() : number.end()] = wild
        if len(spoilt) < 64:
            break
    return bytes(spoilt)


@pytest.mark.parametrize("seed", range(4))
def test_spoilt_files_end_without_a_fault(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    (tmp_path / "in").mkdir()
    sources = [tmp_path / f"{file.name}.pdf" for file in FUZZED]
    for file, source in zip(FUZZED, sources, strict=True):
        file.make(source)
    for number in range(9):
        data = chance.choice(sources).read_bytes()
        (tmp_path / "in" / f"{number}.pdf").write_bytes(mutant(data, chance))
    ran = run(tmp_path, "--page-timeout", "10")
    assert ran.code in (0, 3, 6), ran.told
    assert not [line for line in ran.told if "Traceback" in line or "internal error" in line]
    for number in range(9):
        assert (tmp_path / "out" / f"{number}.txt").exists() or any(f"/{number}.pdf: " in line for line in ran.told)
    assert ran.peak < MOST_MEMORY


STEPS = b"q Q " * 4_000_000
"""Nothing is drawn, and a copy would have to take it apart: objects of gigabytes."""


def test_a_copy_that_takes_too_much_costs_the_copy_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pdf = Pdf()
    grey = pdf.stream(
        b"\xff" * 64, b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    packed = zlib.compress(b"q 400 0 0 300 0 0 cm /I Do Q BT 3 Tr ET " + STEPS + good_text())
    pdf.page(pdf.stream(packed, b"/Filter/FlateDecode"), b"/XObject<</I %d 0 R>>" % grey)
    pdf.good_page()
    pdf.save(tmp_path / "in" / "a.pdf")
    ran = run(tmp_path, "--source", "ocr", "-f", "txt,pdf", "--page-memory", "450")
    assert ran.code == 6
    (told,) = ran.told
    assert "/in/a.pdf: No PDF can be made of it: It took more than 450 MB of memory." in told
    assert told.endswith("Allow more with --page-memory, or leave pdf out of -f.")
    assert [path.name for path in ran.out.iterdir()] == ["a.txt"]
    assert ran.peak < MOST_MEMORY


def test_a_word_file_that_cannot_be_opened_within_its_memory_says_what_helps(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    words.many_runs(tmp_path / "in" / "a.docx", 200_000)
    ran = run(tmp_path, "--page-memory", "200")
    (told,) = ran.told
    assert ran.code == 6
    assert "/in/a.docx: It took more than 200 MB of memory." in told
    assert told.endswith("Allow more with --page-memory, or split the file.")
    assert not ran.out.exists() or not list(ran.out.iterdir())
