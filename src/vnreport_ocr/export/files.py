"""Files of an export: begun beside their place, moved into it when all of them are whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from vnreport_ocr.delivery import Delivery
from vnreport_ocr.errors import OutputError


def whole(value: object) -> object:
    """Return a cell without halves of signs, which a name that is no UTF-8 has and which no reader takes."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


class Outgoing:
    """The files of one export into a folder; those that are there already are kept unless ``overwrite`` is set."""

    def __init__(self, folder: Path, delivery: Delivery, *, overwrite: bool = False) -> None:
        self._folder = folder
        self._delivery = delivery
        self._overwrite = overwrite
        self.paths: list[Path] = []
        """The files, in the order in which they were begun."""

    @classmethod
    @contextmanager
    def into(cls, folder: Path, *, overwrite: bool = False) -> Iterator[Self]:
        """Deliver all files that were begun inside, or none."""
        try:
            with Delivery() as delivery:
                folder.mkdir(parents=True, exist_ok=True)
                yield cls(folder, delivery, overwrite=overwrite)
                delivery.deliver()
        except OSError as error:
            raise OutputError(f"It cannot be written: {error.strerror or error}.", file=str(folder)) from error

    def begin(self, name: str) -> Path:
        """Return the path to write a file to; it gets its name when all are written."""
        target = self._folder / name
        if not self._overwrite and target.exists():
            cure = "Give --overwrite, or another folder with -o."
            raise OutputError("The file exists already.", file=str(target), cure=cure)
        self.paths.append(target)
        return self._delivery.begin(target)
