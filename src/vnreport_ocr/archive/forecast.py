"""What a run would do and how long it may take, found out without doing any of it."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.plan import Plan
from vnreport_ocr.archive.recipe import recipes
from vnreport_ocr.archive.scan import Found, PassedOver, Scan
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.jobs.shared import shared_crew
from vnreport_ocr.options import Options

_SAMPLE = 40
_LEAST_SAMPLE = 5
_SCANNED_BYTES_A_PAGE = 20_000
"""A page of a PDF larger than this is most likely a picture."""

_SCANNED_SECONDS = 4.0
_LAYER_SECONDS = 0.05
_TEXT_BYTES_A_SECOND = 50_000.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would be done."""

    files: int
    kinds: dict[str, int]
    bytes: int
    moved: int
    kept: int
    gone: int
    closed_folders: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]
    seconds: float
    """How long it may take, with all workers at work."""
    measured: bool
    """Whether that is taken from what was read before, and no mere guess."""


def forecast(
    folder: Path, out: Path, options: Options, settings: Settings, tell: Callable[[str, str], None] | None = None
) -> Forecast:
    """Plan a run without making it; nothing is written. ``tell`` hears name and reason of each file to be read."""
    ledger_path = out / LEDGER
    known = ledger_path.is_file()
    with Ledger(ledger_path, read_only=True) if known else Ledger(Path(":memory:")) as ledger:
        scan = Scan(folder, out, settings)
        plan = Plan(ledger, folder, out, recipes(options, settings.formats))
        plan.look(scan.files())
        plan.compare()
        kinds: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        samples: defaultdict[str, list[Found]] = defaultdict(list)
        files, size = plan.size_of_tasks(settings.limit)
        for number, (found, reason) in enumerate(plan.reasons(settings.limit)):
            kinds[found.kind] += 1
            sizes[found.kind] += max(0, found.size)
            if len(samples[found.kind]) < _LEAST_SAMPLE or number % max(1, files // _SAMPLE) == 0:
                samples[found.kind].append(found)
            if tell is not None:
                tell(found.key, reason)
        speeds = _measured_speeds(ledger)
        guessed = {kind: _guess(kind, samples[kind], folder, options) for kind in kinds.keys() - speeds.keys()}
        return Forecast(
            files=files,
            kinds=dict(kinds),
            bytes=size,
            moved=plan.count("moved"),
            kept=plan.kept,
            gone=plan.gone(),
            closed_folders=tuple(sorted(scan.closed_folders)),
            passed_over=scan.passed_over(),
            seconds=sum(sizes[kind] * (speeds | guessed)[kind] for kind in kinds) / settings.worker_count(),
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
    if kind in ("text", "docx") or not size:
        return 1 / _TEXT_BYTES_A_SECOND
    if kind == "image":
        return _SCANNED_SECONDS * len(files) / size
    reader = DocumentReader(shared_crew, options)
    seconds, sampled = 0.0, 0
    for found in files:
        try:
            pages = len(reader.open(folder / found.name).numbers)
        except VnocrError:
            continue  # the run will tell; a forecast only skips it
        per_page = _SCANNED_SECONDS if found.size / max(1, pages) > _SCANNED_BYTES_A_PAGE else _LAYER_SECONDS
        seconds += per_page * pages
        sampled += found.size
    return seconds / sampled if sampled else _SCANNED_SECONDS / 1_000_000
