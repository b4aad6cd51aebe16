"""What a run has to do: what is new, changed or failed; everything else is left in peace."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import vnreport_ocr
from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.messages import may_pass
from vnreport_ocr.archive.record import Record, waiting
from vnreport_ocr.archive.scan import Found, Scan
from vnreport_ocr.archive.workplace import file_hash
from vnreport_ocr.language.files import dictionaries_version, find_dictionaries
from vnreport_ocr.options import Options


class Recipe(NamedTuple):
    """What a text comes of besides the bytes of its file: the options that touch it, and the dictionaries."""

    options: str
    dictionaries: str

    @property
    def name(self) -> str:
        """One short name for both."""
        return hashlib.sha256(f"{self.options} {self.dictionaries}".encode()).hexdigest()[:12]


@dataclass(slots=True)
class Plan:
    """What is to be done, and what need not be."""

    todo: list[tuple[Found, Record]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each file of ``todo`` is to be read."""
    moved: list[tuple[Record, Found]] = field(default_factory=list)
    touched: list[Record] = field(default_factory=list)
    gone: list[Record] = field(default_factory=list)
    """Files that were read and are there no more; their outputs are kept."""
    lost: list[Record] = field(default_factory=list)
    """Files that went before they could be read."""
    kept: int = 0

    def read(self, found: Found, record: Record, reason: str) -> None:
        """Enter a file to be read."""
        self.todo.append((found, record))
        self.reasons[found.key] = reason


def recipes(options: Options, formats: tuple[str, ...]) -> dict[str, Recipe]:
    """The recipe for each kind of file. An option that cannot change a text has no part in its recipe."""
    dictionaries = dictionaries_version(find_dictionaries(options.dictionaries))
    # More time changes only what failed for want of it, and that is tried again in any case.
    for_pages = replace(options, page_timeout=0.0, dictionaries=None)
    plain = Options()
    for_texts = replace(for_pages, source=plain.source, pages=plain.pages, language=plain.language)
    made = {}
    for kind, chosen in (("pdf", for_pages), ("image", for_pages), ("text", for_texts)):
        values = json.dumps([vnreport_ocr.__version__, chosen.fingerprint(), sorted(set(formats))])
        made[kind] = Recipe(hashlib.sha256(values.encode()).hexdigest()[:16], dictionaries)
    return made


def make_plan(scan: Scan, ledger: Ledger, folder: Path, out: Path, recipe: dict[str, Recipe]) -> Plan:
    """Compare what is there with what the ledger says of it."""
    known = {record.path: record for record in ledger.records()}
    plan = Plan()
    new: list[Found] = []
    for found in scan.files:
        record = known.get(found.key)
        if record is None:
            new.append(found)
        elif reason := _must_be_read(found, record, recipe[found.kind]):
            plan.read(found, _again(found, record), reason)
        else:
            _keep_or_read(plan, found, record, folder, out)
    present = {found.key for found in scan.files}
    absent = [record for path, record in known.items() if path not in present and not _is_there(folder, path)]
    plan.gone = [record for record in absent if record.state in ("done", "partial")]
    plan.lost = [record for record in absent if record.state in ("waiting", "open", "failed")]
    _recognise(plan, new, list(known.values()), folder, out, recipe)
    plan.todo.sort(key=lambda pair: pair[0].name)
    return plan


def is_another_archive(scan: Scan, ledger: Ledger) -> bool:
    """Whether a ledger knows files, and not one of those that were found."""
    known = {record.path for record in ledger.records() if record.kind != "folder"}
    return bool(known and scan.files) and known.isdisjoint(found.key for found in scan.files)


def _must_be_read(found: Found, record: Record, recipe: Recipe) -> str | None:
    """Why a file that is known is read again, as far as that can be told without looking into it."""
    if record.state in ("failed", "waiting", "open"):
        return "failed before" if record.state == "failed" else "not finished"
    if record.state == "partial" and may_pass(record.error_class):
        return "pages failed before"
    if record.size != found.size:
        return "changed"
    if record.options != recipe.options:
        return "other options"
    return "other dictionaries" if record.dictionaries != recipe.dictionaries else None


def _keep_or_read(plan: Plan, found: Found, record: Record, folder: Path, out: Path) -> None:
    """A file of the same size under the same recipe: its bytes decide where its time has changed."""
    if not outputs_are_there(record, out):
        plan.read(found, _again(found, record), "output missing")
    elif record.mtime_ns == found.mtime_ns and record.state != "gone":
        plan.kept += 1
    elif _hash_or_none(folder / found.name) == record.sha256:
        state = "partial" if record.unread else "done"
        plan.touched.append(replace(record, mtime_ns=found.mtime_ns, state=state))
        plan.kept += 1
    else:
        plan.read(found, _again(found, record), "changed")


def _recognise(
    plan: Plan, new: list[Found], known: list[Record], folder: Path, out: Path, recipe: dict[str, Recipe]
) -> None:
    """Look for new names among the files that were read under another name: the same size, then the same hash."""
    by_size: defaultdict[int, list[Record]] = defaultdict(list)
    for record in known:
        if record.state in ("done", "partial", "gone") and record.sha256:
            by_size[record.size].append(record)
    for found in new:
        match = next(_same_bytes(found, by_size.get(found.size, []), folder, out, recipe), None)
        if match is None:
            plan.read(found, waiting(found), "new")
        else:
            plan.moved.append((match, found))


def _same_bytes(
    found: Found, records: list[Record], folder: Path, out: Path, recipe: dict[str, Recipe]
) -> Iterator[Record]:
    sha256: str | None = None
    for record in records:
        # The ending says what a file is read as, and the output is called after the whole name.
        if (record.options, record.dictionaries) != recipe[found.kind] or record.kind != found.kind:
            continue
        if not outputs_are_there(record, out):
            continue
        sha256 = sha256 or _hash_or_none(folder / found.name)
        if sha256 == record.sha256:
            yield record


def outputs_are_there(record: Record, out: Path) -> bool:
    """Whether every output lies in its place, as long as it was written."""
    try:
        return all((out / name).stat().st_size == size for name, size in record.output_files())
    except OSError:
        return False


def _again(found: Found, record: Record) -> Record:
    """The record of a file that is read again; what is known of its old outputs stays, so that they can go."""
    return replace(
        waiting(found), outputs=record.outputs, attempts=record.attempts, sha256=record.sha256, state="waiting"
    )


def _hash_or_none(path: Path) -> str | None:
    try:
        return file_hash(path)
    except OSError:
        return None


def _is_there(folder: Path, path: str) -> bool:
    try:
        return (folder / path).exists()
    except OSError:
        return True  # in a folder that is closed to us now: nothing tells that it has gone
