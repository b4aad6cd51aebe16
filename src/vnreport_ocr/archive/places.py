"""Places in an output that cannot be taken, found before the work where that can be, and told with their cure."""

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from vnreport_ocr.archive.names import RESERVED, shown
from vnreport_ocr.archive.scan import Found, output_stem
from vnreport_ocr.errors import OutputError
from vnreport_ocr.outputs.write import ending_of

_FULL_OR_CLOSED = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
"""What a disk says when no other file will fare better."""

_LONGEST_NAME = 255
"""Bytes a name may have where the file system does not say it."""

_NUMBERED = {"csv": ".table-01", "page": "-0001.xml"}
"""What else stands in the name of an output that is one of many."""


def trouble_with_place(found: Found, folder: Path, out: Path, formats: Sequence[str]) -> OutputError | None:
    """Say why the outputs of a file cannot be put into their place; most often they can."""
    top, slash, _ = found.name.partition("/")
    if slash and top in RESERVED:
        return OutputError(
            f"The output folder keeps the name {top} for itself.", file=found.key, cure=f"Rename the folder {top}."
        )
    longest = _longest_name(out)
    stem = output_stem(found.name)
    for wish in formats:
        name = f"{stem}.{ending_of(wish)}"
        size = len(os.fsencode(name.rpartition("/")[2])) + len(_NUMBERED.get(wish, ""))
        if size > longest:
            problem = f"The name of its output would have {size} bytes; {longest} are possible."
            return OutputError(problem, file=found.key, cure="Give the file a shorter name.")
        if (folder / name).is_dir():
            problem = f"Its output belongs where the outputs of the folder {shown(name)} go."
            return OutputError(problem, file=found.key, cure="Rename the file or that folder.")
        if (out / name).is_dir() and not (out / name).is_symlink():
            problem = f"A folder is in the way of its output ({shown(name)})."
            return OutputError(problem, file=found.key, cure="Rename that folder, or give another output with -o.")
    return None


@contextlib.contextmanager
def output_errors(target: Path) -> Iterator[None]:
    """Turn what the file system says while an output is written into an error with the cure that helps."""
    try:
        yield
    except OSError as error:
        problem, cure = _said(error, target)
        raise OutputError(problem, file=shown(str(target)), cure=cure) from error


def is_shut(error: OutputError, out: Path) -> bool:
    """Whether no other file can be written either: the disk is full, or nothing may be written at all."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FULL_OR_CLOSED:
            return True
        cause = cause.__cause__ or cause.__context__
    return not os.access(out, os.W_OK)


def _said(error: OSError, target: Path) -> tuple[str, str | None]:
    where = shown(str(error.filename or target))
    if error.errno == errno.ENAMETOOLONG:
        return "The name of its output would be too long.", "Give the file, or its folders, a shorter name."
    if error.errno == errno.EISDIR:
        return f"A folder is in the way of its output ({where}).", "Rename that folder, or the file."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"A file is in the way of an output folder ({where}).", "Rename that file, or the folder."
    return f"It cannot be written: {error.strerror or error}.", None


def _longest_name(out: Path) -> int:
    try:
        return os.pathconf(out, "PC_NAME_MAX")
    except (OSError, ValueError):
        return _LONGEST_NAME
