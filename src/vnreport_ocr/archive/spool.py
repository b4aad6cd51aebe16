"""Where the pages of a long file wait until all of them are read.

The folder's name holds the file's hash and the recipe, so what is in it is right for exactly
that work, also in a later run. Each page is written beside its place and then moved into it.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from vnreport_ocr.archive.lock import HIDDEN
from vnreport_ocr.delivery import remove_parts
from vnreport_ocr.jobs.codec import packed, unpacked
from vnreport_ocr.jobs.frames import LENGTH, framed, frames_of, length_of
from vnreport_ocr.model import Page

_WHOLE: Final = b"\n"
"""The last byte of a page that is there to its end."""


class _Spooled(NamedTuple):
    """A page and the seconds it took."""

    page: Page
    seconds: float


def spool_name(sha256: str, recipe: str) -> str:
    """Return the name of the folder for the pages of this file under this recipe."""
    return f"{sha256[:32]}-{recipe}"


def spool_root(out: Path) -> Path:
    """Where the spools of an output lie."""
    return out / HIDDEN / "pages"


def stage_root(out: Path) -> Path:
    """Where outputs are written before they are moved into their place."""
    return out / HIDDEN / "stage"


def texts_root(out: Path) -> Path:
    """Where the pages of finished files wait to be indexed."""
    return out / HIDDEN / "texts"


def put_page(spool: Path, page: Page, seconds: float) -> None:
    """Lay a page into the spool, whole or not at all."""
    spool.mkdir(parents=True, exist_ok=True)
    beside = spool / f"{page.number}.{uuid4().hex}.part"
    try:
        beside.write_bytes(framed(packed(_Spooled(page, seconds))) + _WHOLE)
        beside.replace(spool / f"{page.number}.page")
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def get_page(spool: Path, number: int) -> tuple[Page, float]:
    """Read a page from the spool, and the seconds it took."""
    with (spool / f"{number}.page").open("rb") as file:
        return unpacked(next(frames_of(file)), _Spooled)


def drop_page(spool: Path, number: int) -> None:
    """Take a page out again, to be read anew."""
    (spool / f"{number}.page").unlink(missing_ok=True)


def get_pages(spool: Path, numbers: Iterable[int]) -> Iterator[tuple[Page, float]]:
    """Pages one after another, so that only one is held."""
    return (get_page(spool, number) for number in numbers)


def spooled_numbers(spool: Path) -> set[int]:
    """List the pages that lie in the spool and can be read."""
    numbers: set[int] = set()
    if not spool.is_dir():
        return numbers
    for path in spool.glob("*.page"):
        # After a power cut a page may be there in name only: its closing line is missing.
        if path.stem.isdigit() and _is_whole(path):
            numbers.add(int(path.stem))
    return numbers


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(LENGTH.size)
        if len(head) < LENGTH.size or file.seek(0, os.SEEK_END) != LENGTH.size + length_of(head) + len(_WHOLE):
            return False
        file.seek(-len(_WHOLE), os.SEEK_END)
        return file.read() == _WHOLE


def remove_spool(spool: Path) -> None:
    """Remove the pages of a file that is delivered."""
    shutil.rmtree(spool, ignore_errors=True)


def leave_tidy(out: Path) -> None:
    """Remove the folders of a run that are empty now."""
    for folder in (stage_root(out), spool_root(out), texts_root(out)):
        with contextlib.suppress(OSError):  # not there, or pages wait in it for the next run
            folder.rmdir()


def clear_leftovers(out: Path, is_wanted: Callable[[str], bool], folders: Iterable[Path]) -> None:
    """Remove what a killed run left: half-written outputs in ``folders``, and spools that nobody wants any more."""
    shutil.rmtree(stage_root(out), ignore_errors=True)
    for part in texts_root(out).glob("*.part"):
        part.unlink(missing_ok=True)
    remove_parts(folders)
    root = spool_root(out)
    if not root.is_dir():
        return
    for spool in root.iterdir():
        if not is_wanted(spool.name):
            shutil.rmtree(spool, ignore_errors=True)
        else:
            for part in spool.glob("*.part"):
                part.unlink(missing_ok=True)
