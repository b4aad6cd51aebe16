"""PDFs that were taken for texts on their way, or joined with others."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pikepdf
import pytest

from tests.test_bad_input import Run, vnocr
from tests.unit.sources.conftest import SENTENCES, MakePdf, make_pdf, say
from vnreport_ocr import clean_file
from vnreport_ocr.sources.pdf import journey
from vnreport_ocr.sources.pdf.journey import joined_files, was_taken_for_text

__all__ = ["make_pdf", "vnocr"]

Change = Callable[[bytes], bytes]

CHANGES: dict[str, Change] = {
    "ends of lines became two signs": lambda data: re.sub(rb"\r?\n", b"\r\n", data),
    "they became those of an old Mac": lambda data: data.replace(b"\n", b"\r"),
    "returns became ends of lines": lambda data: data.replace(b"\r", b"\n"),
    "returns were dropped": lambda data: data.replace(b"\r", b""),
    "letters became Unicode": lambda data: data.decode("latin-1").encode(),
    "what is no Unicode was replaced": lambda data: data.decode("utf-8", "replace").encode(),
}


def packed(seed: int, size: int = 60_000) -> bytes:
    """Return what packed data look like."""
    return Random(seed).randbytes(size)


def made(*streams: bytes, end: bytes = b"\n") -> bytes:
    """Return the bytes of a PDF as far as they matter here."""
    parts = [b"1 0 obj", b"<</Length 9>>"]
    body = end.join([*parts, *(b"stream" + end + one + end + b"endstream" for one in streams)])
    return b"%PDF-1.4" + end + b"%\xe2\xe3\xcf\xd3" + end + body + end + b"%%EOF" + end


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_was_changed_throughout_is_seen(change: Change, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(change(made(packed(1))))
    assert was_taken_for_text(path)


@pytest.mark.parametrize(
    "data",
    [
        made(packed(2)),
        made(packed(3), end=b"\r\n"),
        made(*(packed(seed, 40) for seed in range(500)), end=b"\r\n"),
        made(b"BT (Nghi quyet) Tj ET\n" * 3000),
        made("Tiêu đề của văn bản\n".encode() * 3000, end=b"\r\n"),
        made(b"\0\1" * 30_000, "Ủy ban nhân dân".encode() * 50),
        made(bytes([255, 10]) * 10, b"\x0d\xff" * 10),
        b"%PDF-1.4",
    ],
)
def test_what_was_not_passes(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert not was_taken_for_text(path)


def test_every_page_of_a_file_that_was_taken_for_a_text_is_told(make_pdf: MakePdf, vnocr: Run) -> None:
    path = make_pdf(say(*SENTENCES), say(*SENTENCES))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:  # legible as they are: nothing that is packed tells of the damage
            page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes())
        pdf.Root.Other = pdf.make_stream(zlib.compress(packed(4)))
        pdf.save(path, compress_streams=False)
    path.write_bytes(CHANGES["ends of lines became two signs"](path.read_bytes()))
    code, _, told = vnocr("clean", path)
    assert code == 6
    assert [line.count("Fetch it again as a binary file.") for line in told[:2]] == [1, 1]
    assert "incomplete: 1, 2" in told[2]


@pytest.mark.parametrize("between", [b"", b"\r\n", b"\0" * 5000, b"\n--part 2--\nContent-Type: application/pdf\n\n"])
def test_files_one_behind_the_other_are_counted(between: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    one = made(packed(5, 300))
    path.write_bytes(between.join([one, one, one]))
    assert joined_files(path) == 3


@pytest.mark.parametrize("at", range(-8, 9))
def test_they_are_counted_once_where_blocks_meet(at: int, tmp_path: Path) -> None:
    path, one = tmp_path / "a.pdf", made(packed(6, 300))
    filled = one[:-7] + b"x" * (journey._BLOCK + at - len(one)) + one[-7:]
    path.write_bytes(filled + one)
    assert joined_files(path) == 2


def test_what_is_attached_or_added_is_no_file_of_its_own(tmp_path: Path) -> None:
    path, one = tmp_path / "a.pdf", made(packed(7, 300))
    more = b"2 0 obj\n<<>>\nendobj\nxref\n%%EOF\n"
    path.write_bytes(made(one, one) + more * 3)
    assert joined_files(path) == 1


def test_a_second_file_is_not_passed_over_in_silence(make_pdf: MakePdf, vnocr: Run) -> None:
    first = make_pdf(say(*SENTENCES), say(*SENTENCES), name="a.pdf")
    second = make_pdf(say("Phụ lục kèm theo quyết định"), say("Hết"), say("Nơi nhận"), name="b.pdf")
    path = first.with_name("ab.pdf")
    path.write_bytes(first.read_bytes() + second.read_bytes())
    code, _, told = vnocr("clean", path)
    assert code == 6
    assert "The file holds several PDFs one behind the other" in told[0]
    assert clean_file(path).pages[-1].error_class == "DamagedPdfError"  # and not its picture
    marks = [page.incomplete is not None for page in clean_file(path).pages]
    assert marks == [False] * (len(marks) - 1) + [True]
    assert all(page.incomplete is None for page in clean_file(second).pages)
