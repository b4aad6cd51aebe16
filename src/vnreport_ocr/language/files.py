"""Where the dictionaries lie: in the installed package, else in the checkout."""

import hashlib
from functools import lru_cache
from pathlib import Path

from vnreport_ocr.errors import DictionaryError

FILES = ("words.tsv", "ngrams.bin", "confusions.tsv", "symbols.tsv")


def find_dictionaries(override: str | None = None) -> Path:
    """The folder that holds the dictionaries; raises when one of them is not there."""
    package = Path(__file__).resolve().parent.parent
    places = [Path(override)] if override else [package / "dictionaries", package.parent.parent / "dictionaries"]
    for place in places:
        if all((place / name).is_file() for name in FILES):
            return place
    if override:
        lacking = next((name for name in FILES if not (Path(override) / name).is_file()), FILES[0])
        raise DictionaryError(f"There is no {lacking} in it.", file=override, cure="Check --dictionaries.")
    raise DictionaryError("The dictionaries are not there.")


@lru_cache(maxsize=8)
def dictionaries_version(folder: Path) -> str:
    """A short name of what the dictionaries hold: equal files, equal name."""
    digest = hashlib.blake2b(digest_size=6)
    for name in FILES:
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    return digest.hexdigest()
