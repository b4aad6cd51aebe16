import random
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.streams import lzw_run
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.unpack import TooMuchError, check_data, check_size, holds, undone, unpacked

SAMPLES = Path(__file__).parents[4] / "samples"
LARGE = 1 << 30


PDF = pikepdf.new()


def stream_of(data: bytes, *filters: str) -> pikepdf.Stream:
    stream = pikepdf.Stream(PDF, data)
    stream.Filter = pikepdf.Array([pikepdf.Name(name) for name in filters])
    return stream


@given(st.binary(max_size=5000))
def test_what_was_packed_comes_back(data: bytes) -> None:
    assert undone(zlib.compress(data), "/FlateDecode", LARGE) == data
    assert unpacked(stream_of(zlib.compress(data).hex().encode() + b">", "/ASCIIHexDecode", "/Fl"), LARGE) == data


def test_the_lzw_code_is_read_as_qpdf_reads_it() -> None:
    data = lzw_run()
    assert undone(data, "/LZWDecode", LARGE) == stream_of(data, "/LZWDecode").read_bytes()


def test_data_of_chance_never_hang_nor_fail() -> None:
    chance = random.Random(5)
    for _ in range(200):
        data = chance.randbytes(chance.randrange(300))
        for name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"):
            undone(data, name, LARGE)
            undone(zlib.compress(data) + data, "/FlateDecode", LARGE)


@pytest.mark.parametrize("length", [1 << 16, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_bytes_after_the_end_are_left_alone(length: int) -> None:
    packed = zlib.compress(bytes(length)) + b"\r\nmore" * 30_000
    assert len(undone(packed, "/FlateDecode", LARGE)) == length
    assert holds(packed, length)
    assert not holds(packed, length + 1)


def test_too_much_is_told_and_a_byte_less_is_not() -> None:
    packed = zlib.compress(bytes(5000))
    check_data(packed, ("/FlateDecode",), 5000)
    with pytest.raises(TooMuchError):
        check_data(packed, ("/FlateDecode",), 4999)
    with pytest.raises(TooMuchError):
        check_size(stream_of(zlib.compress(packed), "/FlateDecode", "/FlateDecode"), 4999)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.name)
def test_no_page_of_the_samples_is_refused(path: Path) -> None:
    with PdfFile(path, "hoaigiang" if "encrypted" in path.name else None) as file:
        for number in range(1, len(file) + 1):
            with file.page(number) as page:
                assert page.size[0] > 0
