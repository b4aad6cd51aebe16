"""Which file each input is written to: never over an input, and never two to one place."""

import os
import stat
from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.errors import UsageError
from vnreport_ocr.outputs.write import FORMATS, NO_STREAM, ending_of
from vnreport_ocr.sources.incoming import as_others_find_it

STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
STANDARD_INPUT = ("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")


class Target(NamedTuple):
    """An input and where its results go; a stem of None is standard output, a path of None standard input."""

    path: Path | None
    name: str
    stem: Path | None

    @property
    def label(self) -> str:
        """What messages call the input."""
        return "standard input" if self.path is None else str(self.path)


class Destination(NamedTuple):
    """Where results go: standard output, a folder, or one file, whose name without its ending is ``stem``."""

    folder: Path | None
    formats: tuple[str, ...]
    stem: Path | None = None
    overwrite: bool = False


def place_of(output: Path | None, formats: tuple[str, ...], *, asked: bool, overwrite: bool = False) -> Destination:
    """Understand ``-o``: a name that ends like a file of a format means that file, unless a folder is called so.

    ``asked`` says whether the formats were given; where they were not, the name decides.
    """
    if output is None or str(output) in STANDARD_OUTPUT:
        return Destination(None, formats, overwrite=overwrite)
    _refuse_special(output)
    wish = next((f for f in FORMATS if output.name.endswith(f".{ending_of(f)}")), None)
    if wish is None or wish == "page" or _is_folder(output):
        if _is_there(output):
            raise UsageError(f"-o {output} is a file, not a folder.", cure="Name a folder, or a file such as out.txt.")
        return Destination(output, formats, overwrite=overwrite)
    if wish == "csv":
        raise UsageError("Each table becomes a CSV file of its own.", cure="Name a folder with -o and give -f csv.")
    if asked and formats != (wish,):
        raise UsageError(
            f"-o {output} is a single {wish} file, but -f asks for {', '.join(formats)}.",
            cure="Leave out -f, or name a folder with -o.",
        )
    stem = output.with_name(output.name.removesuffix(f".{ending_of(wish)}"))
    return Destination(output.parent, (wish,), stem, overwrite)


def _refuse_special(output: Path) -> None:
    """Refuse what can be neither a folder nor a file with a name of its own."""
    try:
        mode = output.stat().st_mode
    except (OSError, ValueError):
        return  # told when it is written
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        what = "a pipe" if stat.S_ISFIFO(mode) else "a device" if stat.S_ISCHR(mode) else "a device or a socket"
        cure = f"Leave out -o and send standard output there: vnocr clean FILE > {output}"
        raise UsageError(f"-o {output} is {what}, not a folder or a file.", cure=f"{cure}.")


def plan_targets(files: Sequence[str], place: Destination) -> list[Target]:
    """Give every input its place, or say why that cannot be."""
    if sum(name in STANDARD_INPUT for name in files) > 1:
        raise UsageError("Standard input can only be read once.")
    folder, formats = place.folder, place.formats
    if folder is None:
        return _to_standard_output(files, formats)
    if place.stem is not None:
        if len(files) > 1:
            cure = "Name a folder with -o."
            raise UsageError(
                f"{len(files)} inputs cannot be written to the single file {place.stem}.{formats[0]}.", cure=cure
            )
        targets = [Target(_path(files[0]), _name(files[0]), place.stem)]
    else:
        targets = [_into_folder(name, folder, _is_shared(name, files)) for name in files]
    _refuse_clashes(targets)
    _refuse_inputs(targets, formats)
    if not place.overwrite:
        refuse_existing(targets, formats)
    return targets


def _to_standard_output(files: Sequence[str], formats: Sequence[str]) -> list[Target]:
    if len(formats) > 1 or formats[0] in NO_STREAM:
        raise UsageError("Several formats, tables and Word files need an output folder.", cure="Name it with -o DIR.")
    if formats[0] == "json" and len(files) > 1:
        raise UsageError("Several documents cannot be written as one JSON document.", cure="Name a folder with -o DIR.")
    return [Target(_path(name), _name(name), None) for name in files]


def _into_folder(name: str, folder: Path, shared: bool) -> Target:
    path = _path(name)
    if path is None:
        return Target(None, _name(name), folder / "standard-input")
    full = _real(path) if path.name in ("", "..") else path
    stem = full.name if shared or _is_folder(full) else full.stem
    return Target(path, _name(name), folder / stem)


def _is_shared(name: str, files: Sequence[str]) -> bool:
    """Whether another input has the same stem (``bao-cao.pdf``, ``bao-cao.txt``): then the whole name is kept."""
    return sum(Path(other).stem == Path(name).stem for other in files) > 1


def _refuse_clashes(targets: Sequence[Target]) -> None:
    seen: dict[Path | None, Target] = {}
    for target in targets:
        other = seen.setdefault(target.stem, target)
        if other is not target:
            problem = f"{other.label} and {target.label} would both be written to {target.stem}."
            raise UsageError(problem, cure="Clean them into different folders.")


def _refuse_inputs(targets: Sequence[Target], formats: Sequence[str]) -> None:
    inputs = {_real(target.path) for target in targets if target.path is not None}
    for target in targets:
        for ending in formats:
            written = Path(f"{target.stem}.{ending_of(ending)}")
            if _real(written) in inputs:
                raise UsageError(
                    f"{written} is an input and would be overwritten.", cure="Choose another folder with -o."
                )


def refuse_existing(targets: Sequence[Target], formats: Sequence[str]) -> None:
    """Keep what is there: it may be what a person corrected."""
    there = [path for target in targets for path in _existing(target, formats)]
    if there:
        more = f", and {len(there) - 1:,} more of the outputs do too" if len(there) > 1 else ""
        raise UsageError(
            f"{there[0]} already exists{more}.", cure="Use --overwrite to replace it, or choose another place with -o."
        )


def is_delivered(target: Target, formats: Sequence[str]) -> bool:
    """Say whether outputs of an input lie in their place."""
    return any(_existing(target, formats))


def _existing(target: Target, formats: Sequence[str]) -> Iterator[Path]:
    if target.stem is None:
        return
    for ending in formats:
        path = Path(f"{target.stem}.{ending_of(ending)}")
        if ending not in ("csv", "page") and _is_there(path):
            yield path
    name = escape(target.stem.name)
    numbered = {"csv": (f"{name}.table-*.csv", f"{name}.letterhead.csv"), "page": (f"{name}.page-*.xml",)}
    for pattern in (pattern for wish in formats for pattern in numbered.get(wish, ())):
        if _is_folder(target.stem.parent):
            yield from sorted(target.stem.parent.glob(pattern))[:1]


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name that is too long, say: it is told when it is written.
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # What cannot be looked at is told when it is read.
        return False


def _real(path: Path) -> Path:
    """Where the path leads; unlike ``Path.resolve`` this stands links that lead to themselves."""
    return Path(os.path.realpath(path))


def _path(name: str) -> Path | None:
    return None if name in STANDARD_INPUT else as_others_find_it(Path(name))


def _name(name: str) -> str:
    # Bytes of a name that are no UTF-8 can be neither shown nor written in JSON.
    return "" if name in STANDARD_INPUT else os.fsencode(Path(name).name).decode("utf-8", "replace")
