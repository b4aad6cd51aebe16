"""Pictures of pages: drawn by workers, kept within bounds, and what cannot be drawn harms nobody."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serving import SAMPLES
from vnreport_ocr.model import Page
from vnreport_ocr.serve.pictures import Pictures

pytestmark = pytest.mark.xdist_group("site")

FILE = SAMPLES / "good-layer.pdf"
A4 = (595.0, 842.0)


@pytest.fixture(scope="module")
def pictures() -> Iterator[Pictures]:
    made = Pictures()
    yield made
    made.close()


def test_many_ask_for_the_same_page(pictures: Pictures) -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda n: pictures.draw(FILE, "a", Page(n % 2 + 1, (), size=A4)), range(8)))
    assert len(set(drawn)) == 2
    assert all(one is not None and one.startswith(b"RIFF") for one in drawn)
    assert pictures.bytes_kept == sum(len(one or b"") for one in set(drawn))


def test_what_cannot_be_drawn_is_none_and_harms_nobody(pictures: Pictures, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00" * 1000)
    assert pictures.draw(broken, "b", Page(1, (), size=A4)) is None
    assert pictures.draw(tmp_path / "missing.pdf", "c", Page(1, (), size=A4)) is None
    assert pictures.draw(FILE, "a", Page(99, (), size=A4)) is None
    assert pictures.draw(FILE, "a", Page(1, (), size=A4)) is not None


def test_no_more_is_kept_than_is_allowed() -> None:
    pictures = Pictures(most_bytes=1)
    first = pictures.draw(FILE, "a", Page(1, (), size=A4))
    second = pictures.draw(FILE, "a", Page(2, (), size=A4))
    assert first is not None
    assert second is not None
    assert pictures.bytes_kept == len(second)
    pictures.close()
    assert pictures.draw(FILE, "a", Page(1, (), size=A4)) is None, "nothing is drawn after the end"
