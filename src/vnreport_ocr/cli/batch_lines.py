"""The sentences of ``batch`` and ``status``."""

from collections.abc import Iterator, Sequence

from vnreport_ocr.archive.progress import Progress
from vnreport_ocr.archive.scan import LINK, SPECIAL, PassedOver
from vnreport_ocr.archive.summary import Summary
from vnreport_ocr.plurals import many

INDEX_BEHIND = "The outputs are there; a search misses files until the same 'vnocr batch' is run again."

_WORST_SHOWN = 5
_KINDS_SHOWN = 8


def duration(seconds: float) -> str:
    """Format a time as a person says it."""
    if seconds < 90:
        return many(max(1, round(seconds)), "second")
    minutes = round(seconds / 60)
    return many(minutes, "minute") if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"


def progress_line(now: Progress) -> str:
    """How far a run has come, in one line."""
    parts = [
        f"{now.files:,} of {now.todo_files:,} files",
        many(now.pages, "page"),
        f"{now.pages_a_minute:,.0f} pages per minute",
        f"{duration(now.seconds_left)} left" if now.seconds_left is not None else "time left not known yet",
        many(now.workers, "worker"),
        f"{now.failed:,} failed",
    ]
    if now.partial:
        parts.append(f"{now.partial:,} partly unread")
    return ("Stopping: " if now.stopping else "") + ", ".join(parts)


def live_line(now: Progress) -> str:
    """Format the same, short enough to stand beside a bar."""
    left = f"{duration(now.seconds_left)} left" if now.seconds_left is not None else "time left: ?"
    return ("stopping, " if now.stopping else "") + (
        f"{now.files:,}/{now.todo_files:,} files, {now.pages:,} pages, {now.pages_a_minute:,.0f}/min, "
        f"{left}, {many(now.workers, 'worker')}, {now.failed:,} failed"
    )


def closing_lines(summary: Summary) -> Iterator[str]:
    """Describe an archive: totals, the worst pages, failures with their cure."""
    states = summary.states
    said = [
        f"{states[name]:,} {words}"
        for name, words in (
            ("done", "done"),
            ("partial", "partly unread"),
            ("failed", "failed"),
            ("waiting", "to do"),
            ("open", "begun"),
            ("gone", "gone from the folder"),
        )
        if states.get(name)
    ]
    quality = "" if summary.quality is None else f", mean quality {summary.quality:.2f}"
    yield (
        f"{many(summary.files, 'file')} ({', '.join(said) or 'none yet'}): {many(summary.pages, 'page')}, "
        f"{many(summary.words, 'word')}, {many(summary.corrections, 'correction')}{quality}."
    )
    if summary.worst:
        need = "page needs" if summary.in_need == 1 else "pages need"
        yield f"{summary.in_need:,} {need} to be checked, worst first:"
        for page in summary.worst[:_WORST_SHOWN]:
            how = "unread" if page.error else f"{page.quality:.2f}"
            yield f"  {how:>6}  {page.path}, page {page.number}: {page.error or page.attention or page.damage}"
    if summary.failures:
        yield "Failures:"
        for failure in summary.failures:
            counts = [many(n, what) for n, what in ((failure.files, "file"), (failure.pages, "page")) if n]
            yield f"  {', '.join(counts)}: {failure.error_class}. {failure.cure} For example {failure.examples[0]}."
    yield from passed_over_lines(summary.passed_over)


def passed_over_lines(kinds: Sequence[PassedOver]) -> Iterator[str]:
    """List by kind what lies in the folder and is not read."""
    others = [kind for kind in kinds if kind.kind not in (LINK, SPECIAL)]
    if others:
        said = [f"{kind.files:,} {kind.kind}" for kind in others[:_KINDS_SHOWN]]
        if len(others) > _KINDS_SHOWN:
            said.append(f"{sum(kind.files for kind in others[_KINDS_SHOWN:]):,} of other kinds")
        yield f"Not read: {', '.join(said)}. Convert them to PDF if they belong in the archive."
    special = next((kind for kind in kinds if kind.kind == SPECIAL), None)
    if special is not None:
        one = special.files == 1
        are = "entry is a pipe or a device, not a file" if one else "entries are pipes or devices, not files"
        yield f"{special.files:,} {are}, such as {special.examples[0]}."
    links = next((kind for kind in kinds if kind.kind == LINK), None)
    if links is not None:
        were = "link was" if links.files == 1 else "links were"
        which = f"{links.files:,} {were} not followed, such as {links.examples[0]}"
        yield f"{which}; --follow-links follows those that lead out."


def run_line(summary: Summary) -> str:
    """Describe the last run in one line."""
    run = summary.run
    if run is None:
        return "No run yet."
    left = f", {duration(run.seconds_left)} left" if run.seconds_left is not None else ""
    when = "for" if run.state == "running" else "after"
    return (
        f"Run {run.state} {when} {duration(run.seconds)}: {run.files:,} of {run.todo_files:,} files, "
        f"{many(run.pages, 'page')}, {run.pages_a_minute:,.0f} pages per minute, {many(run.workers, 'worker')}, "
        f"{run.failed:,} failed{left}."
    )
