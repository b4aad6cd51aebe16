import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from vnreport_ocr.cli import pool
from vnreport_ocr.cli.pool import PagePool, usable_cores
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LINES = ("Trang thứ nhất", "Trang thứ hai", "Trang thứ ba", "Trang thứ tư", "Trang thứ năm", "Trang thứ sáu")
NUMBERS = range(1, len(LINES) + 1)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pictures = []
    for line in LINES:
        picture = Image.new("L", (900, 300), 255)
        ImageDraw.Draw(picture).text((80, 100), line, font=ImageFont.truetype(FONT, 48), fill=0)
        pictures.append(picture)
    path = tmp_path_factory.mktemp("pool") / "scan.pdf"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200)
    return path


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The second page already goes to other processes, however quick the first one was; none is left behind."""
    monkeypatch.setattr(pool, "_WORTH_A_POOL", 0.0)
    yield
    assert multiprocessing.active_children() == []


def texts(pages: list[Page]) -> list[str]:
    return [page.text.strip() for page in pages]


def test_pages_come_in_their_order(scan: Path) -> None:
    with PagePool(Options(), 2) as pages:
        found = list(pages.pages(scan, NUMBERS))
    assert [page.number for page in found] == list(NUMBERS)
    assert texts(found) == list(LINES)


def test_one_job_starts_no_process(scan: Path) -> None:
    with PagePool(Options(), 1) as pages:
        iterator = pages.pages(scan, [1, 2])
        next(iterator)
        next(iterator)
        assert multiprocessing.active_children() == []


def test_a_killed_process_costs_no_page(scan: Path) -> None:
    with PagePool(Options(), 2) as pages:
        iterator = pages.pages(scan, NUMBERS)
        found = [next(iterator), next(iterator)]
        pid = multiprocessing.active_children()[0].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        found += iterator
    assert texts(found) == list(LINES)
    assert all(page.error is None for page in found)


def stop_at_the_second(pages: PagePool, scan: Path) -> None:
    with pages:
        for page in pages.pages(scan, NUMBERS):
            if page.number == 2:
                raise KeyboardInterrupt


def test_leaving_in_the_middle_ends_the_processes(scan: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        stop_at_the_second(PagePool(Options(), 2), scan)


def test_there_is_at_least_one_core() -> None:
    assert usable_cores() >= 1
