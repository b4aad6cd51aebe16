"""Measures what pages cost: processor time, several processes, memory of a long file, pages with a good layer."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pikepdf

from tools.bench.pages import read_bare
from tools.bench.sets import PageSet
from tools.bench.speed import children_seconds
from tools.bench.tables import markdown_table
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

_LOOK_EVERY = 0.2
_LAYER_PAGES = 60
_PAGES_TO_SHARE = 12
_LONG = 300


class Used(NamedTuple):
    """What a run of the command took."""

    seconds: float
    megabytes: float


def join(pages: Sequence[Path], count: int, target: Path) -> Path:
    """Make a PDF of ``count`` pages: the pages of these files, over and over."""
    with pikepdf.new() as joined:
        sources = [pikepdf.open(path) for path in pages]
        for number in range(count):
            joined.pages.append(sources[number % len(sources)].pages[0])
        joined.save(target)
        for source in sources:
            source.close()
    return target


def layer_milliseconds(path: Path, count: int) -> float:
    """Measure a page with a good text layer, everything included, with a cleaner that is warm."""
    with Pipeline(Options()) as cleaner:
        next(iter(cleaner.iter_pages(path)))
        started = time.perf_counter()
        for _ in cleaner.iter_pages(path):
            pass
        return (time.perf_counter() - started) / count * 1000


def run_command(path: Path, jobs: int) -> Used:
    """Clean a file with the command, watching the memory of all its processes together."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "vnreport_ocr", "clean", str(path), "-j", str(jobs), "-o", out, "--quiet"]
        started, most = time.perf_counter(), 0.0
        with subprocess.Popen(command) as process:
            while process.poll() is None:
                most = max(most, _memory_of_tree(process.pid))
                time.sleep(_LOOK_EVERY)
        return Used(time.perf_counter() - started, most)


def cost_table(pages: PageSet, vector: PageSet | None, with_long_file: bool) -> str:
    """All of it."""
    rows = []
    paths = [page.path for page in pages.pages]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows += _beside_others(paths)
        if vector is not None:
            layers = join([page.path for page in vector.pages], _LAYER_PAGES, folder / "layers.pdf")
            rows.append(
                ["a page with a good text layer", f"{layer_milliseconds(layers, _LAYER_PAGES):.0f} ms", "30 ms"]
            )
        shared = join(paths, _PAGES_TO_SHARE, folder / "shared.pdf")
        one, two = run_command(shared, 1), run_command(shared, 2)
        rows.append(
            [f"{_PAGES_TO_SHARE} scanned pages: two jobs against one", f"{one.seconds / two.seconds:.2f} times", "1.8"]
        )
        if with_long_file:
            used = run_command(join(paths, _LONG, folder / "long.pdf"), 2)
            rows.append([f"{_LONG} scanned pages: memory of all processes", f"{used.megabytes:.0f} MB", "600 MB"])
            rows.append([f"{_LONG} scanned pages: pages per minute", f"{_LONG / used.seconds * 60:.0f}", ""])
    return markdown_table(["what", "measured", "must"], rows)


def _beside_others(paths: Sequence[Path]) -> list[list[str]]:
    """Processor time a page, of us, the bare engine on the same picture, and ocrmypdf where it is installed."""
    cleaner = Pipeline(Options())
    list(cleaner.iter_pages(paths[0]))  # opens the dictionaries, which is no cost of a page
    started = children_seconds()
    for path in paths:
        list(cleaner.iter_pages(path))
    ours = children_seconds() - started
    for path in paths:
        read_bare(path)
    bare = children_seconds() - started - ours
    rows = [
        ["processor seconds per scanned page", f"{ours / len(paths):.2f} s", ""],
        ["the same, bare engine", f"{bare / len(paths):.2f} s", ""],
        ["against the bare engine", f"{ours / bare:.2f} times", "1.15"],
    ]
    if shutil.which("ocrmypdf") is not None:
        started = children_seconds()
        for path in paths:
            _ocrmypdf(path)
        rows.append(["the same, ocrmypdf --force-ocr", f"{(children_seconds() - started) / len(paths):.2f} s", ""])
    return rows


def _ocrmypdf(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["ocrmypdf", "--force-ocr", "-l", "vie", "--jobs", "1", "--sidecar", f"{folder}/page.txt"]
        subprocess.run([*command, str(path), f"{folder}/page.pdf"], check=True, capture_output=True)


def _memory_of_tree(pid: int) -> float:
    """Megabytes that a process and all below it hold, shared pages counted in their share."""
    total, waiting = 0.0, [pid]
    while waiting:
        process = Path(f"/proc/{waiting.pop()}")
        try:
            rollup = (process / "smaps_rollup").read_text(encoding="ascii")
            for task in (process / "task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:
            continue  # it ended while we looked
        total += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total / 1024
