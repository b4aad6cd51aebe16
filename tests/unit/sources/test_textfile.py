from pathlib import Path

import pytest

from vnreport_ocr.errors import MissingFileError, NotTextError, UnreadableFileError
from vnreport_ocr.sources.textfile import decode, read_text

TEXT = "Tỉnh ủy An Bình\r\nbáo cáo quý I\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_and_line_ends_stay(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_text(path) == TEXT


def test_bytes_of_another_charset_are_refused_with_their_place() -> None:
    with pytest.raises(NotTextError, match=r"a\.txt.*line 2, byte 5"):
        decode(b"mot\nh\xe4i\n", "a.txt")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x01\x02\x03\x04abc"])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError, match="binary"):
        decode(data, "a.txt")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="There is no such file"):
        read_text(tmp_path / "none.txt")


def test_a_folder_is_not_read_as_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_text(tmp_path)


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert read_text(path) == ""
