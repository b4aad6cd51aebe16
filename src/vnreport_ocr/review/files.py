"""Files of a person's own: read as text or refused with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from vnreport_ocr.errors import InputError, MissingFileError, unreadable


def text_of(
    path: Path, wrong: type[InputError], *, errors: str = "strict", limit: tuple[int, str] | None = None
) -> str:
    """Read a UTF-8 file; one that is none is ``wrong``, as is one of more bytes than the limit, with what it says."""
    with opened_text(path, wrong, errors=errors, limit=limit) as file:
        return file.read()


@contextmanager
def opened_text(
    path: Path, wrong: type[InputError], *, errors: str = "strict", limit: tuple[int, str] | None = None
) -> Iterator[TextIO]:
    """Open a UTF-8 file to be read in pieces; what is wrong with it is told as by ``text_of``."""
    try:
        if limit is not None and path.stat().st_size > limit[0]:
            raise wrong(limit[1], file=str(path))
        with path.open(encoding="utf-8-sig", errors=errors) as file:
            yield file
    except FileNotFoundError as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise wrong("It is not UTF-8.", file=str(path)) from error
    except OSError as error:
        raise unreadable(error, str(path)) from error
