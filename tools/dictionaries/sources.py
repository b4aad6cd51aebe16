"""The texts that the dictionaries are counted from, as ``sources.lock`` names them: `make corpora FROM=DIR`.

    python -m tools.dictionaries.sources DIR [--into DIR]

holds every file of DIR against the lock (size and hash) and lays links to them where `make dictionaries` looks.
"""

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "sources.lock"
PREPARED = ROOT / "build" / "corpora"


class Locked(NamedTuple):
    """A text as the lock names it."""

    name: str
    path: str
    size: int
    sha256: str


@lru_cache(maxsize=1)
def locked() -> dict[str, Locked]:
    """Read the lock."""
    entries = tomllib.loads(LOCK.read_text(encoding="utf-8"))["source"]
    return {e["name"]: Locked(e["name"], e["path"], e["bytes"], e["sha256"]) for e in entries}


def problems(folder: Path, sources: Iterable[Locked]) -> Iterator[str]:
    """Tell which texts are lacking or are not the ones that the lock names."""
    for source in sources:
        path = folder / source.path
        if not path.is_file():
            yield f"{path} is not there."
        elif path.stat().st_size != source.size:
            yield f"{path} has {path.stat().st_size:,} bytes; the lock says {source.size:,}."
        else:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != source.sha256:
                    yield f"{path} has another hash than the lock says."


def prepare(folder: Path, into: Path, sources: Iterable[Locked]) -> None:
    """Lay links to the texts where the builders look for them."""
    for source in sources:
        link = into / source.path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to((folder / source.path).resolve())


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the texts of a folder and prepare them; 1 where one is not the one that the lock names."""
    parser = argparse.ArgumentParser(description="Check and prepare the texts that the dictionaries are counted from.")
    parser.add_argument("folder", type=Path, help="the folder with corpora/ and lexicons/")
    parser.add_argument("--into", type=Path, default=PREPARED, help="where they are laid for 'make dictionaries'")
    asked = parser.parse_args(arguments)
    found = list(problems(asked.folder, locked().values()))
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        above = asked.folder.resolve().parent
        if not any(problems(above, list(locked().values())[:1])):
            print(f"Name the folder that holds corpora/ and lexicons/: FROM={above}", file=sys.stderr)
        print("Nothing was prepared: dictionaries built from other texts would not be these.", file=sys.stderr)
        return 1
    prepare(asked.folder, asked.into, locked().values())
    print(f"{len(locked())} texts are the ones that sources.lock names; they lie in {asked.into}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
