"""Whether a PDF ends where it should."""

from pathlib import Path

import pytest

from vnreport_ocr.sources.pdf.salvage import ends_early

WHOLE = b"%PDF-1.4\n" + b"x" * 5000 + b"\n%%EOF\n"


@pytest.mark.parametrize("padding", [b"", b"\0" * 3000, b"\0" * 600_000, b" \r\n" * 200_000])
def test_what_is_filled_up_is_whole(padding: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(WHOLE + padding)
    assert not ends_early(path)


@pytest.mark.parametrize("data", [WHOLE[:-8], WHOLE[:-8] + b"\0" * 600_000, WHOLE + b"x" * 3000, b"", b"\0" * 600_000])
def test_what_is_cut_off_or_goes_on_is_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert ends_early(path)
