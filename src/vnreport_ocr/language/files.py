"""Where the dictionaries lie: in the installed package, else in the checkout."""

import hashlib
from functools import lru_cache
from pathlib import Path

from vnreport_ocr.errors import DictionaryError

SHAPES = "shapes.bin"
"""What tells signs by their shape; a folder of one's own dictionaries need not have it."""

FILES = ("words.tsv", "ngrams.bin", "confusions.tsv", "symbols.tsv")
FAST_CONFUSIONS = "confusions-trueocr.tsv"
"""What the engine trueocr misreads; where a folder lacks it, what Tesseract misreads stands in for it."""

OPTIONAL = (SHAPES, FAST_CONFUSIONS)
"""What a folder of one's own dictionaries may do without."""


def find_dictionaries(override: str | None = None) -> Path:
    """Return the folder that holds the dictionaries; raises when one of them is not there."""
    package = Path(__file__).resolve().parent.parent
    places = [Path(override)] if override else [package / "dictionaries", package.parent.parent / "dictionaries"]
    for place in places:
        if all((place / name).is_file() for name in FILES):
            return place
    if override:
        lacking = next((name for name in FILES if not (Path(override) / name).is_file()), FILES[0])
        raise DictionaryError(f"There is no {lacking} in it.", file=override, cure="Check --dictionaries.")
    raise DictionaryError("The dictionaries are missing.")


def find_shapes(override: str | None = None) -> Path:
    """Find the file that tells signs by their shape: the folder's own, else that of the package."""
    own = find_dictionaries(override) / SHAPES
    place = own if own.is_file() else find_dictionaries() / SHAPES
    if not place.is_file():
        raise DictionaryError(f"There is no {SHAPES} among the dictionaries.")
    return place


@lru_cache(maxsize=8)
def dictionaries_version(folder: Path) -> str:
    """Return a short name of what the dictionaries hold: equal files, equal name."""
    digest = hashlib.blake2b(digest_size=6)
    for name in (*FILES, *(name for name in OPTIONAL if (folder / name).is_file())):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()
