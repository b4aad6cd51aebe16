r"""Names of files as they are told and kept: printable, on one line, and no two files under one name.

A byte that is no UTF-8 (old disks have them), a control character or a sign that turns the direction of writing is
shown as ``\xNN``; so is a backslash that would read like one of these. ``real_name`` undoes it.
"""

import re
import unicodedata

RESERVED = frozenset(
    {
        "archive.db", "archive.db-journal", "archive.db-shm", "archive.db-wal", "report.html", "report.vi.html",
        "pages.csv", "documents.csv", "relations.csv", "indicators.csv", "search.db", "search.db-journal",
        "search.db-shm", "search.db-wal",
    }
)  # fmt: skip
"""What an output folder holds for itself at its top; a folder of the archive cannot be mirrored under such a name."""

_PLAIN = re.compile(r"[\w .,;()\[\]{}/+=@!#$%&'~^`-]*")
_ESCAPED = re.compile(r"(?:\\x[0-9a-f]{2})+")
_LIKE_AN_ESCAPE = re.compile(r"x[0-9a-f]{2}")


def shown(name: str) -> str:
    """Return the name as it can be printed; names that differ in a byte stay different."""
    if _PLAIN.fullmatch(name):
        return name
    return "".join(
        _bytes_shown(sign) if _must_be_escaped(sign, name, index) else sign for index, sign in enumerate(name)
    )


def printable(line: str) -> str:
    """Return a line of a message as it can be printed; what ``shown`` has made of a name in it stays as it is."""
    if _PLAIN.fullmatch(line):
        return line
    return "".join(_bytes_shown(sign) if _misleads(sign) else sign for sign in line)


def real_name(key: str) -> str:
    """Return the name that ``shown`` was given."""
    if "\\" not in key:
        return key
    return _ESCAPED.sub(
        lambda found: bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "surrogateescape"), key
    )


def _must_be_escaped(sign: str, name: str, index: int) -> bool:
    if sign == "\\":
        return _LIKE_AN_ESCAPE.match(name, index + 1) is not None
    return _misleads(sign)


def _misleads(sign: str) -> bool:
    # Cs: bytes that are no UTF-8. Cf holds joiners that scripts need; only what turns the direction misleads the eye.
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _TURNING


_TURNING = frozenset(map(chr, (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def _bytes_shown(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign.encode("utf-8", "surrogateescape"))
