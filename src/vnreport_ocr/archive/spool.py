"""Where the pages of a long file wait until all of them are read.

The folder's name holds the file's hash and the recipe, so what is in it is right for exactly
that work, also in a later run. Each page, or a few short ones that were read together, are written
beside their place and then moved into it.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from uuid import uuid4

from vnreport_ocr.archive.lock import HIDDEN
from vnreport_ocr.delivery import remove_parts
from vnreport_ocr.jobs.codec import packed, unpacked
from vnreport_ocr.jobs.frames import LENGTH, framed, frames_of, length_of
from vnreport_ocr.model import Page

_ENDING: Final = ".page"
_NAME: Final = re.compile(r"\d+(-\d+)?")
"""The number of a page, or the first and the last of several in one file, which begins with all of their numbers."""

_WHOLE: Final = b"\n"
"""The last byte of a file that is there to its end."""


class Timed(NamedTuple):
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


def put_pages(spool: Path, pages: Iterable[Timed]) -> None:
    """Lay pages into the spool, whole or not at all: those that were read in one file, any other in its own."""
    spool.mkdir(parents=True, exist_ok=True)
    read = []
    for one in pages:
        if one.page.error is None:
            read.append(one)
        else:
            _put(spool, [one])
    if read:
        _put(spool, read)


def get_pages(spool: Path, numbers: Iterable[int]) -> Iterator[Timed]:
    """Pages one after another, so that only one is held."""
    places = {number: path for path in _files(spool) for number in _numbers_in(path)}
    opened: Path | None = None
    frames: Iterator[Timed] = iter(())
    with contextlib.ExitStack() as held:
        for number in numbers:
            place = places.get(number, spool / f"{number}{_ENDING}")
            if place != opened:
                held.close()
                opened, frames = place, _pages_in(held.enter_context(place.open("rb")))
            yield next(one for one in frames if one.page.number == number)


def drop_page(spool: Path, number: int) -> None:
    """Take a page that was not read out again, to be read anew."""
    (spool / f"{number}{_ENDING}").unlink(missing_ok=True)


def spooled_numbers(spool: Path) -> set[int]:
    """List the pages that lie in the spool and can be read."""
    return {number for path in _files(spool) for number in _numbers_in(path)}


def _put(spool: Path, pages: Sequence[Timed]) -> None:
    numbers = [one.page.number for one in pages]
    name = str(numbers[0])
    beside = spool / f"{name}.{uuid4().hex}.part"
    try:
        with beside.open("wb") as file:
            if len(pages) > 1:
                name = f"{numbers[0]}-{numbers[-1]}"
                file.write(framed(packed(numbers)))
            file.writelines(framed(packed(one)) for one in pages)
            file.write(_WHOLE)
        beside.replace(spool / f"{name}{_ENDING}")
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _files(spool: Path) -> list[Path]:
    # After a power cut a file may be there in name only: its closing line is missing.
    return sorted(path for path in spool.glob(f"*{_ENDING}") if _NAME.fullmatch(path.stem) and _is_whole(path))


def _numbers_in(path: Path) -> Sequence[int]:
    if "-" not in path.stem:
        return (int(path.stem),)
    with path.open("rb") as file:
        return unpacked(next(frames_of(file)), tuple[int, ...])


def _pages_in(file: BinaryIO) -> Iterator[Timed]:
    frames = frames_of(file)
    if "-" in Path(file.name).stem:
        next(frames)
    return (unpacked(frame, Timed) for frame in frames)


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        place = 0
        while place + LENGTH.size <= size:
            file.seek(place)
            place += LENGTH.size + length_of(file.read(LENGTH.size))
        file.seek(min(place, size))
        return place > 0 and file.read() == _WHOLE


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
