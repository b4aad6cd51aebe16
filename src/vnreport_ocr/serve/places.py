"""Files that may be given away: those that the ledger names, where they truly lie in their folder."""

import hashlib
import os
import threading
from pathlib import Path

from vnreport_ocr.archive.names import real_name, shown
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.report import PAGES
from vnreport_ocr.archive.scan import output_stem
from vnreport_ocr.archive.tables import DOCUMENTS, INDICATORS_FILE, RELATIONS_FILE

TABLES = (DOCUMENTS, RELATIONS_FILE, INDICATORS_FILE, PAGES)


def within(folder: Path, path: Path) -> Path | None:
    """Return the file itself where it lies in the folder, also by way of every link; None where it does not."""
    try:
        real = path.resolve(strict=True)
        return real if real.is_relative_to(folder.resolve(strict=True)) and real.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


class Places:
    """Where the files of an archive lie."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._hashes: dict[tuple[str, int, int], str] = {}

    def outputs(self, record: Record) -> dict[str, str]:
        """Name the outputs of a file by their endings: the ending, and the name in the output folder."""
        before = len(output_stem(real_name(record.path))) + 1
        return {shown(name[before:]): name for name, _ in record.output_files() if name[before:]}

    def output(self, record: Record, ending: str) -> Path | None:
        """Return one of the outputs of a file."""
        name = self.outputs(record).get(ending)
        return within(self._archive.out, self._archive.out / name) if name is not None else None

    def table(self, name: str) -> Path | None:
        """Return one of the tables of the archive."""
        return within(self._archive.out, self._archive.out / name) if name in TABLES else None

    def original(self, record: Record) -> Path | None:
        """Return the file that was read, where it is still there and still the same, byte for byte."""
        if record.kind not in ("pdf", "image") or record.sha256 is None:
            return None
        path = within(self._archive.folder, self._archive.folder / real_name(record.path))
        if path is None:
            return None
        try:
            return path if self._hash(path) == record.sha256 else None
        except OSError:
            return None

    def _hash(self, path: Path) -> str:
        stat = path.stat()
        key = (os.fspath(path), stat.st_size, stat.st_mtime_ns)
        with self._lock:
            known = self._hashes.get(key)
        if known is None:
            with path.open("rb") as file:
                known = hashlib.file_digest(file, "sha256").hexdigest()
            with self._lock:
                if len(self._hashes) > 10_000:
                    self._hashes.clear()
                self._hashes[key] = known
        return known
