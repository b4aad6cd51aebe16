"""Files of an export: begun beside their place, moved into it when all of them are whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from uuid import uuid4

from vnreport_ocr.errors import OutputError


def whole(value: object) -> object:
    """Return a cell without halves of signs, which a name that is no UTF-8 has and which no reader takes."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


class Outgoing:
    """The files of one export into a folder; those that are there already are kept unless ``overwrite`` is set."""

    def __init__(self, folder: Path, *, overwrite: bool = False) -> None:
        self._folder = folder
        self._overwrite = overwrite
        self._begun: dict[Path, Path] = {}

    @classmethod
    @contextmanager
    def into(cls, folder: Path, *, overwrite: bool = False) -> Iterator[Self]:
        """Deliver all files that were begun inside, or none."""
        outgoing = cls(folder, overwrite=overwrite)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            yield outgoing
            outgoing._deliver()
        except OSError as error:
            raise OutputError(f"It cannot be written: {error.strerror or error}.", file=str(folder)) from error
        finally:
            for aside in outgoing._begun.values():
                aside.unlink(missing_ok=True)

    @property
    def paths(self) -> list[Path]:
        """The files, in the order in which they were begun."""
        return list(self._begun)

    def begin(self, name: str) -> Path:
        """Return the path to write a file to; it gets its name when all are written."""
        target = self._folder / name
        if not self._overwrite and target.exists():
            cure = "Give --overwrite, or another folder with -o."
            raise OutputError("The file exists already.", file=str(target), cure=cure)
        aside = self._folder / f".{uuid4().hex}.part"
        self._begun[target] = aside
        return aside

    def _deliver(self) -> None:
        for target, aside in self._begun.items():
            aside.replace(target)
