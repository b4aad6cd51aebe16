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
SAMPLES = Path(__file__).parents[3] / "samples"
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


def test_pages_that_need_the_engine_are_shared_out_from_the_first_on(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "_WORTH_A_POOL", 1000.0)
    with PagePool(Options(), 2) as pages:
        iterator = pages.pages(scan, [1, 2])
        assert next(iterator).text.strip() == LINES[0]
        assert multiprocessing.active_children()
        assert next(iterator).text.strip() == LINES[1]


@pytest.mark.parametrize("numbers", [[1], [1, 2]])
def test_pages_with_a_good_layer_start_no_process(numbers: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_WORTH_A_POOL", 1000.0)
    with PagePool(Options(), 2) as pages:
        found = list(pages.pages(SAMPLES / "good-layer.pdf", numbers))
        assert multiprocessing.active_children() == []
    assert [page.source for page in found] == ["layer"] * len(numbers)


def test_a_single_scanned_page_starts_no_process(scan: Path) -> None:
    with PagePool(Options(), 2) as pages:
        list(pages.pages(scan, [3]))
        assert multiprocessing.active_children() == []


def test_a_first_page_that_cannot_be_opened_is_told_as_any_other(tmp_path: Path, scan: Path) -> None:
    with PagePool(Options(), 2) as pages:
        found = list(pages.pages(scan, [len(LINES) + 5, 1]))
    assert [page.error is None for page in found] == [False, True]


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
