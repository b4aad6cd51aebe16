import io
import os
import tracemalloc
from pathlib import Path

import pytest

from vnreport_ocr.errors import MissingFileError, NotTextError, OutputError, UnreadableFileError
from vnreport_ocr.sources.text import encoding
from vnreport_ocr.sources.text.files import TextFile, opened, read_pieces, read_text, spooled
from vnreport_ocr.vietnamese import charsets

TEXT = "Tỉnh ủy An Bình\r\nbáo cáo quý I\n"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32")


def decoded(data: bytes) -> str:
    return "".join(read_pieces(io.BytesIO(data), "a.txt"))


@pytest.fixture(params=[1, 2, 3, 7, 1 << 18])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So many bytes are read at once: letters and line ends are parted in every way."""
    monkeypatch.setattr(encoding, "_PIECE", request.param)
    return int(request.param)


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.usefixtures("piece")
def test_unicode_encodings_are_read_and_line_ends_stay(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(name))
    assert read_text(path) == TEXT


@pytest.mark.usefixtures("piece")
def test_an_old_charset_is_read_as_western_letters() -> None:
    text = charsets.encode("Kế hoạch phát triển đô thị của tỉnh\n", "tcvn3") * 3
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.usefixtures("piece")
def test_bytes_of_another_charset_are_refused_with_their_place() -> None:
    with pytest.raises(NotTextError, match=r"a\.txt.*in UTF-8 \(line 2, byte 5\)"):
        decoded(b"mot\nh\xe4i\n")
    with pytest.raises(NotTextError, match=r"in UTF-8 \(line 2, byte 8\)"):
        decoded(b"\xef\xbb\xbfmot\nh\xe4i\n")
    with pytest.raises(NotTextError, match=r"in UTF-16 \(line 2, byte 6\)"):
        decoded(b"\xff\xfea\x00\n\x00b")


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x01\x02\x03\x04abc", b"h\xe4i\n\x00", b"\x01" + b"a" * 48])
@pytest.mark.usefixtures("piece")
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError, match="binary"):
        decoded(data)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.usefixtures("piece")
def test_encodings_without_their_mark_are_known_by_their_bytes(codec: str) -> None:
    assert decoded(TEXT.encode(codec)) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        "abc".encode("utf-16-le"),
        bytes(range(1, 90)) + bytes(1),
        b"".join(number.to_bytes(2, "little") for number in range(300)),
        b"a\x00b\x00c\x00\x00\x00d\x00",
        "Quyết định\x01".encode("utf-16-be"),
        "Ủy ban".encode("utf-16-le")[1:] + b"\x00",
    ],
)
@pytest.mark.usefixtures("piece")
def test_bytes_that_only_look_like_it_are_binary(data: bytes) -> None:
    with pytest.raises(NotTextError, match="binary"):
        decoded(data)


@pytest.mark.usefixtures("piece")
def test_a_few_null_bytes_are_told_with_their_place() -> None:
    with pytest.raises(NotTextError, match=r"It has a null byte \(line 2, byte 7\); .*tr -d '.000' < FILE > NEW"):
        decoded(b"mot\nhai\0 " + b"ba " * 40)
    with pytest.raises(NotTextError, match=r"It has 2 null bytes, the first \(line 1, byte 120\)"):
        decoded(b"ba " * 40 + bytes(2))


@pytest.mark.usefixtures("piece")
def test_a_rare_control_character_makes_no_binary() -> None:
    assert decoded(b"\x01" + b"a" * 49) == "\x01" + "a" * 49


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="There is no such file"):
        read_text(tmp_path / "none.txt")


def test_a_folder_is_not_read_as_text(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_text(tmp_path)


def test_a_pipe_is_told_and_not_read_as_an_empty_text() -> None:
    reading, writing = os.pipe()
    os.close(writing)
    try:
        with pytest.raises(UnreadableFileError, match="standard input"), opened(Path(f"/dev/fd/{reading}")):
            pass
    finally:
        os.close(reading)


def test_an_empty_file_is_an_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    assert read_text(path) == ""
    assert (TextFile().count(path), TextFile().pages(path, [1])) == (1, [""])


@pytest.mark.parametrize("name", [*ENCODINGS, "cp1252"])
def test_each_page_is_read_by_itself(name: str, tmp_path: Path) -> None:
    pages = [TEXT, "\f", "Khen thưởng \N{TROPHY}\ufeff\n" * 2000, "Hết"]
    if name == "cp1252":
        pages = [charsets.encode(page.replace("\N{TROPHY}\ufeff", "tập thể"), "tcvn3") for page in pages]
    path = tmp_path / "a.txt"
    path.write_bytes("".join(pages).encode(name))
    file = TextFile()
    expected = [pages[0] + "\f", *pages[2:]]
    assert file.pages(path, [3, 1]) == [expected[2], expected[0]]
    assert file.pages(path, [2]) == [expected[1]]
    assert file.count(path) == 3


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một\fhai", encoding="utf-8")
    file = TextFile()
    assert file.pages(path, [2]) == ["hai"]
    path.write_text("bốn mươi\fnăm", encoding="utf-8")
    assert file.pages(path, [2]) == ["năm"]
    path.write_text("sáu", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="changed"):
        file.pages(path, [1, 2])
    with pytest.raises(UnreadableFileError, match="changed"):
        list(file.together(path, [1, 2]))


def test_short_pages_are_read_together(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\f" * 600 + "một dòng\n" * 1000 + "\fhai\f" + "một trang in\n" * 200 + "\f", encoding="utf-8")
    file = TextFile()
    assert list(file.together(path, range(1, file.count(path) + 1))) == [250, 250, 100, 1, 2]
    assert list(file.together(path, [1, 2, 601, 602])) == [2, 1, 1]
    assert list(file.together(path, [])) == []


def test_the_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Khen thưởng tập thể và cá nhân\n" * 600_000, encoding="utf-8")
    file = TextFile()
    tracemalloc.start()
    try:
        assert file.count(path) == 300
        assert file.pages(path, [300])[0].endswith("cá nhân\n")
        with path.open("rb") as stream, spooled(stream, "a.txt") as kept:
            assert sum(map(len, read_pieces(kept, "a.txt"))) == 600_000 * 31
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 8_000_000


@pytest.mark.parametrize("length", [0, 5, 9 << 20])
def test_a_stream_can_be_read_again(length: int) -> None:
    with spooled(io.BytesIO(b"a" * length), "standard input") as file:
        assert [len(file.read()), file.seek(0), len(file.read())] == [length, 0, length]


def test_a_stream_that_fails_is_told() -> None:
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with (
        pytest.raises(UnreadableFileError, match="standard input: It cannot be read"),
        spooled(Failing(), "standard input"),
    ):
        pass


def test_no_room_for_a_stream_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(OutputError, match="TMPDIR"), spooled(io.BytesIO(b"a" * (9 << 20)), "standard input"):
        pass
