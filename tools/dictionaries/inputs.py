"""What a built file was counted from: names and hashes of its texts, as its header tells them."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_SHORT = 12


def name_of(path: Path) -> str:
    """Return what a text is called: its file's name without any ending."""
    return path.name.split(".")[0]


def hash_of(path: Path) -> str:
    """Return the hash of a text's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note(text: Path, work: Path) -> None:
    """Note in the work folder which bytes the numbers of a text were made from."""
    (work / f"{name_of(text)}.sha256").write_text(hash_of(text) + "\n", encoding="ascii")


def noted(names: Iterable[str], work: Path) -> str:
    """Say which texts the work folder holds numbers of, as it stands in a header."""
    return _line((name, (work / f"{name}.sha256").read_text(encoding="ascii").strip()) for name in names)


def of_texts(paths: Iterable[Path]) -> str:
    """Say which texts a file is built from directly, as it stands in a header."""
    return _line((name_of(path), hash_of(path)) for path in paths)


def _line(texts: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{name}={sha256[:_SHORT]}" for name, sha256 in texts)
