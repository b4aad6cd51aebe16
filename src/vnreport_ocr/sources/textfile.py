"""Text files: decoded, or refused with a reason."""

from pathlib import Path

from vnreport_ocr.errors import MissingFileError, NotTextError, UnreadableFileError
from vnreport_ocr.vietnamese import charsets

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"))
_SHORT_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ALLOWED_CONTROLS = frozenset("\t\n\v\f\r\x1b\x85")


def read_bytes(path: Path) -> bytes:
    """The file's bytes; raises ``MissingFileError`` or ``UnreadableFileError``."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except OSError as error:
        raise UnreadableFileError(f"The file cannot be read ({error.strerror}).", file=str(path)) from error


def read_text(path: Path) -> str:
    """The file's text, line ends as they are."""
    return decode(read_bytes(path), str(path))


def decode(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 and UTF-32 with their mark; anything else is refused."""
    for mark, encoding in _MARKS + _SHORT_MARKS:
        if data.startswith(mark):
            return _decode(data, encoding, name)
    if b"\x00" in data:
        raise NotTextError("The file is binary, not text.", file=name)
    text = _decode_plain(data, name)
    controls = sum(1 for c in text if ord(c) < 32 and c not in _ALLOWED_CONTROLS)
    if controls * 50 > len(text):
        raise NotTextError("The file is binary, not text.", file=name)
    return text


def _decode_plain(data: bytes, name: str) -> str:
    """UTF-8, or the bytes of an old Vietnamese charset, which the repair then makes right."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = charsets.decode_bytes(data)
        return text if charsets.detect(text) else _decode(data, "utf-8", name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problem = f"The file is no text in {encoding.removesuffix('-sig').upper()} (line {line}, byte {error.start})."
        raise NotTextError(problem, file=name) from error
