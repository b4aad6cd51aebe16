"""Contents of pages that were damaged after they were written."""

import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sources.conftest import SENTENCES, MakePdf, make_pdf, say
from vnreport_ocr import clean_file
from vnreport_ocr.sources.pdf.spoilt import is_damaged

__all__ = ["make_pdf"]


@given(st.binary(max_size=5000), st.binary(max_size=3))
def test_what_is_whole_passes(data: bytes, more: bytes) -> None:
    packed = zlib.compress(data)
    assert not is_damaged(packed)
    assert not is_damaged(packed + more)
    assert not is_damaged(packed[:-4])  # without its check sum
    assert not is_damaged(b"")


@given(st.binary(min_size=20, max_size=5000), st.data())
def test_what_is_cut_or_changed_is_seen(data: bytes, more: st.DataObject) -> None:
    packed = zlib.compress(data)
    assert is_damaged(packed[: more.draw(st.integers(2, len(packed) - 5))])
    place = more.draw(st.integers(2, len(packed) - 1))
    changed = packed[:place] + bytes([packed[place] ^ more.draw(st.integers(1, 255))]) + packed[place + 1 :]
    assert is_damaged(changed) or zlib.decompressobj().decompress(changed) == data  # bits behind the last sign


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_page_with_damaged_contents_is_not_taken_for_whole(share: float, make_pdf: MakePdf) -> None:
    data = plain(make_pdf(say(*SENTENCES * 6), say(*SENTENCES)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        raw = pdf.pages[0].obj.Contents.read_raw_bytes()
    place = data.index(raw) + int(len(raw) * share)
    first, second = clean_file(data[:place] + b"\xff" * 8 + data[place + 8 :]).pages
    assert (second.incomplete, second.error) == (None, None)
    assert "damaged" in str(first.incomplete) or "lost" in str(first.error)
    assert first.quality <= 0.5
    assert all(page.incomplete is None for page in clean_file(data).pages)


def plain(path: Path) -> bytes:
    """Return a PDF whose contents are packed by themselves."""
    written = io.BytesIO()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            page.obj.Contents = pdf.make_stream(page.obj.Contents.read_bytes())
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=True)
    return written.getvalue()
