"""What lies in a folder before anything is done with it: kinds, damage, charsets, layers, and how long a run takes.

No picture is read and nothing is written. Of a long file some pages stand for all.
"""

import os
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from vnreport_ocr.archive.scan import Found, PassedOver, Scan
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.errors import SetupError, VnocrError
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.jobs.shared import shared_crew
from vnreport_ocr.options import Options
from vnreport_ocr.sources.kind import IMAGE_ENDINGS

if TYPE_CHECKING:
    from vnreport_ocr.looks import PageLook, TextLook

_SAMPLE = 8
"""Pages of a file that are looked at."""

_SECONDS = {"scan": 4.0, "doubtful layer": 4.1, "good layer": 0.05, "blank": 0.02, "text": 0.3}
"""What a page takes, about, on one core."""

_CONDITIONS = {
    "take the layer": "good layer",
    "read the picture": "scan",
    "read the picture too, take the better": "doubtful layer",
    "nothing": "blank",
}
_WELL = ("good layer", "blank", "text: clean", "text: empty")
_EXAMPLES = 5


@dataclass(slots=True)
class Survey:
    """What was found in a folder."""

    folder: str
    files: Counter[str] = field(default_factory=Counter)
    """By kind: pdf, image, text."""
    bytes: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    """By condition: good layer, doubtful layer, scan, blank; of texts by their damage."""
    charsets: Counter[str] = field(default_factory=Counter)
    """Pages with a layer by the charset of its fonts."""
    failures: Counter[str] = field(default_factory=Counter)
    """Files that cannot be read, by the class of the error."""
    examples: dict[str, list[str]] = field(default_factory=dict)
    """Some files for each class of errors and each kind of damage."""
    sampled: int = 0
    """Files of which some pages stood for all."""
    passed_over: tuple[PassedOver, ...] = ()
    closed_folders: tuple[str, ...] = ()
    seconds: float = 0.0
    """How long a run may take with all workers at work."""

    @property
    def needs_repair(self) -> bool:
        """Whether anything is not as it should be: damage, scans, doubtful layers, files that cannot be read."""
        return bool(self.failures or self.closed_folders) or any(
            count
            for name, count in self.pages.items()
            if name not in ("good layer", "blank", "text: clean", "text: empty")
        )

    def as_dict(self) -> dict[str, object]:
        """Return the same as plain tables, for JSON."""
        values = asdict(self)
        for name in ("files", "pages", "charsets", "failures"):
            values[name] = dict(getattr(self, name).most_common())
        values["passed_over"] = [kind._asdict() for kind in self.passed_over]
        return values | {"needs_repair": self.needs_repair}


def is_of_pictures(folder: Path) -> bool:
    """Whether a folder holds page images and nothing else: then it is one document."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return False
    return bool(names) and all(Path(name).suffix.lower() in IMAGE_ENDINGS for name in names)


def survey(folder: Path, options: Options) -> Survey:
    """Look through a folder; what is wrong with a file is counted, and only what this machine lacks is raised."""
    found = Survey(str(folder))
    settings = Settings()
    scan = Scan(folder, folder / ".no-output", settings)
    for file in scan.files():
        found.files[file.kind] += 1
        found.bytes += max(0, file.size)
        try:
            _look(found, file, folder / file.name, options)
        except SetupError:
            raise
        except (VnocrError, OSError, MemoryError) as error:
            _count(found, found.failures, type(error).__name__, file.key, 1)
    found.passed_over = scan.passed_over()
    found.closed_folders = tuple(sorted(scan.closed_folders))
    found.seconds /= settings.worker_count()
    return found


def _look(found: Survey, file: Found, path: Path, options: Options) -> None:
    reader = DocumentReader(shared_crew, options)
    opened = reader.open(path)
    pages = len(opened.numbers)
    numbers = tuple(opened.numbers[place - 1] for place in _spread(pages))
    found.sampled += len(numbers) < pages
    weight = pages / max(1, len(numbers))
    counted: Counter[str] = Counter()
    charsets: Counter[str] = Counter()
    for look in reader.looks(path, opened._replace(numbers=numbers)):
        if isinstance(look, VnocrError):
            raise look
        if file.kind in ("text", "docx"):
            counted[f"text: {cast('TextLook', look).damage}"] += 1
            continue
        page = cast("PageLook", look)
        counted[_CONDITIONS.get(page.plan, page.plan)] += 1
        if page.charset:
            charsets[page.charset] += 1
    for name, count in counted.items():
        _count(found, found.pages, name, file.key, round(count * weight))
        found.seconds += _SECONDS["text" if file.kind in ("text", "docx") else name] * count * weight
    for name, count in charsets.items():
        found.charsets[name] += round(count * weight)


def _spread(pages: int) -> list[int]:
    """Choose some page numbers from all over a document."""
    if pages <= _SAMPLE:
        return list(range(1, pages + 1))
    return sorted({1 + round(step * (pages - 1) / (_SAMPLE - 1)) for step in range(_SAMPLE)})


def _count(found: Survey, counter: Counter[str], name: str, file: str, number: int) -> None:
    counter[name] += number
    examples = found.examples.setdefault(name, [])
    if len(examples) < _EXAMPLES:
        examples.append(file)
