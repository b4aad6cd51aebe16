"""The library as a program calls it: inputs of every kind, and many threads at once."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

import vnreport_ocr
from tests.unit.sources.conftest import FakeEngine
from vnreport_ocr import Options, VnocrError
from vnreport_ocr.errors import ChangedFileError

SAMPLES = Path(__file__).parent.parent / "samples"
PDF = SAMPLES / "good-layer.pdf"


def test_a_path_its_bytes_and_an_open_file_give_the_same() -> None:
    by_path = vnreport_ocr.clean_file(PDF)
    with PDF.open("rb") as file:
        by_file = vnreport_ocr.clean_file(file)
    by_bytes = vnreport_ocr.clean_file(PDF.read_bytes())
    assert by_path.pages == by_file.pages == by_bytes.pages
    assert (by_path.name, by_file.name, by_bytes.name) == (PDF.name, PDF.name, "")


@pytest.mark.parametrize("source", [b"%PDF-1.4 broken", io.BytesIO(b"AT&TFORM\0\0"), b""])
def test_what_is_wrong_with_bytes_is_told_without_a_temporary_path(source: "bytes | io.BytesIO") -> None:
    try:
        said = " ".join(page.error or "" for page in vnreport_ocr.clean_file(source).pages)
    except VnocrError as error:
        said = str(error)
    assert "vnocr-" not in said


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_file_that_becomes_another_while_it_is_read_is_no_mixture_of_both(kind: str, tmp_path: Path) -> None:
    path, other = tmp_path / f"a.{kind}", SAMPLES / "table-vector.pdf"
    path.write_bytes(PDF.read_bytes() if kind == "pdf" else ("Trang một. " * 900 + "\f").encode() * 9)
    pages = vnreport_ocr.Cleaner().iter_pages(path)
    assert next(pages).number == 1
    path.write_bytes(other.read_bytes() if kind == "pdf" else ("Trang khác. " * 900 + "\f").encode() * 9)
    with pytest.raises(ChangedFileError) as caught:
        next(pages)
    assert caught.value.file == str(path)


def test_short_pages_that_are_read_together_are_of_one_state(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Trang một.\fTrang hai.\f".encode() * 1000)
    pages = vnreport_ocr.Cleaner().iter_pages(path)
    read = [next(pages).text]
    path.write_bytes("Trang khác.\f".encode() * 2000)
    with pytest.raises(ChangedFileError):
        read.extend(page.text for page in pages)
    assert 1 <= len(read) < 2000
    assert not any("khác" in text for text in read)


@pytest.mark.parametrize("change", ["added", "rewritten", "removed", "beside"])
def test_a_folder_of_pictures_is_read_in_one_state(change: str, tmp_path: Path) -> None:
    picture = Image.new("L", (600, 200), 255)
    for number in range(1, 30):
        picture.save(tmp_path / f"{number}.png")
    cleaner = vnreport_ocr.Cleaner(Options(source="ocr"), engine=lambda _: FakeEngine("Trang trắng"))
    pages = cleaner.iter_pages(tmp_path)
    assert next(pages).number == 1
    if change == "removed":
        (tmp_path / "29.png").unlink()
    elif change == "beside":
        (tmp_path / "1.txt.part").write_text("Kết quả", encoding="utf-8")
    else:
        Image.new("L", (500, 300), 0).save(tmp_path / ("30.png" if change == "added" else "1.png"))
    if change == "beside":
        assert len(list(pages)) == 28
        return
    with pytest.raises(ChangedFileError) as caught:
        next(pages)
    assert caught.value.file == str(tmp_path)


def test_eight_threads_give_what_one_gives() -> None:
    text = (SAMPLES / "note.md").read_text(encoding="utf-8") * 3
    jobs: list[Callable[[], str]] = [
        lambda: vnreport_ocr.clean_file(PDF).text,
        lambda: vnreport_ocr.clean_text(text).text,
        lambda: vnreport_ocr.clean_file(SAMPLES / "table-vector.pdf").text,
        lambda: vnreport_ocr.clean_text(text.upper(), Options(strictness="careful")).text,
    ]
    alone = [job() for job in jobs]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(_call, jobs * 2)) == alone * 2


def _call(job: Callable[[], str]) -> str:
    return job()
