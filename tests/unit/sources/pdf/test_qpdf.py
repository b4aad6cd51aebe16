"""PDFs written by qpdf: a disk that is full is an error like any other, at every byte."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf
import pytest

from vnreport_ocr.sources.pdf.qpdf import save_pdf


class FullDisk(io.RawIOBase):
    """Takes so many bytes and no more."""

    def __init__(self, room: int) -> None:
        self._held = io.BytesIO()
        self._room = room

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        return self._held.seek(place, whence)

    def readinto(self, buffer: object) -> int:
        return self._held.readinto(buffer)  # type: ignore[arg-type]

    def write(self, data: object) -> int:
        if self._held.tell() >= self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._held.write(bytes(memoryview(data))[: self._room - self._held.tell()])  # type: ignore[arg-type]


@pytest.fixture
def made() -> Callable[[], pikepdf.Pdf]:
    def make() -> pikepdf.Pdf:
        pdf = pikepdf.new()
        pdf.add_blank_page()
        pdf.Root.Noise = pdf.make_stream(os.urandom(20_000))
        return pdf

    return make


def test_a_full_disk_never_ends_the_process(made: Callable[[], pikepdf.Pdf]) -> None:
    whole = io.BytesIO()
    save_pdf(made(), whole, deterministic_id=True)
    size = len(whole.getvalue())
    for room in (0, 10, 4096, size // 2, *range(size - 900, size - 10, 50)):
        full = io.BufferedRandom(FullDisk(room))
        with pytest.raises(OSError, match="No space left"):
            save_pdf(made(), cast("BinaryIO", full), deterministic_id=True)


def test_a_new_file_is_written(made: Callable[[], pikepdf.Pdf], tmp_path: Path) -> None:
    save_pdf(made(), tmp_path / "a.pdf", compress_streams=True)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) == 1
