"""What a run would do and how long it may take, found out without doing any of it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.plan import make_plan, recipes
from vnreport_ocr.archive.scan import Found, scan_folder
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.options import Options

_SAMPLE = 40
_SCANNED_BYTES_A_PAGE = 20_000
"""A page of a PDF larger than this is most likely a picture."""

_SCANNED_SECONDS = 4.0
_LAYER_SECONDS = 0.05
_TEXT_BYTES_A_SECOND = 50_000.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be done."""

    files: tuple[tuple[str, str], ...]
    """Name and reason of each file that would be read."""
    kinds: dict[str, int]
    bytes: int
    moved: int
    kept: int
    gone: int
    closed_folders: tuple[str, ...]
    seconds: float
    """How long it may take, with all workers at work."""
    measured: bool
    """Whether that is taken from what was read before, and no mere guess."""


def forecast(folder: Path, out: Path, options: Options, settings: Settings) -> Forecast:
    """Plan a run without making it; nothing is written."""
    ledger_path = out / LEDGER
    known = ledger_path.is_file()
    with Ledger(ledger_path, read_only=True) if known else Ledger(Path(":memory:")) as ledger:
        scan = scan_folder(folder, out, settings.include, settings.exclude)
        plan = make_plan(scan, ledger, folder, out, recipes(options, settings.formats))
        todo = [found for found, _ in plan.todo[: settings.limit]]
        speeds = _measured_speeds(ledger)
    guessed: dict[str, float] = {}
    for kind in {found.kind for found in todo}.difference(speeds):
        guessed[kind] = _guess(kind, [found for found in todo if found.kind == kind], folder, options)
    seconds = sum(max(0, found.size) * (speeds | guessed)[found.kind] for found in todo)
    return Forecast(
        files=tuple((found.key, plan.reasons[found.key]) for found in todo),
        kinds=dict(Counter(found.kind for found in todo)),
        bytes=sum(max(0, found.size) for found in todo),
        moved=len(plan.moved),
        kept=plan.kept,
        gone=len({record.path for record in plan.gone}.difference(old.path for old, _ in plan.moved)),
        closed_folders=scan.closed_folders,
        seconds=seconds / settings.worker_count(),
        measured=not guessed,
    )


def _measured_speeds(ledger: Ledger) -> dict[str, float]:
    """Seconds a byte by kind of file, of what was read before."""
    rows = ledger.ask(
        "SELECT kind, sum((SELECT sum(seconds) FROM pages WHERE pages.path = files.path)), sum(size) FROM files"
        " WHERE quality IS NOT NULL GROUP BY kind"
    )
    return {kind: seconds / size for kind, seconds, size in rows if size and seconds}


def _guess(kind: str, files: list[Found], folder: Path, options: Options) -> float:
    """Seconds a byte where nothing was measured: from the size of a page in a sample."""
    size = sum(max(0, found.size) for found in files)
    if kind == "text" or not size:
        return 1 / _TEXT_BYTES_A_SECOND
    if kind == "image":
        return _SCANNED_SECONDS * len(files) / size
    from vnreport_ocr.pipeline import page_count  # loads what opens PDFs, which no real run does in this process

    seconds, sampled = 0.0, 0
    for found in files[:: max(1, len(files) // _SAMPLE)]:
        try:
            pages = page_count(folder / found.name, options)
        except VnocrError:
            continue  # the run will tell; a forecast only skips it
        per_page = _SCANNED_SECONDS if found.size / max(1, pages) > _SCANNED_BYTES_A_PAGE else _LAYER_SECONDS
        seconds += per_page * pages
        sampled += found.size
    return seconds / sampled if sampled else _SCANNED_SECONDS / 1_000_000
