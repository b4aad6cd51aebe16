"""What every job of a run has in common, and how a worker begins on them."""

from pathlib import Path
from typing import Final, NamedTuple

from vnreport_ocr.archive.messages import Beat, FileDone, FileJob, FileSplit, Job, JoinJob, PageJob, PagesDone
from vnreport_ocr.jobs.limits import Limits
from vnreport_ocr.jobs.messages import OrderHandler, Trouble, Vocabulary
from vnreport_ocr.options import CLOCK, Options

_VOCABULARY: Final = Vocabulary(
    orders=(FileJob, PageJob, JoinJob), answers=(Beat, FileDone, FileSplit, PagesDone, Trouble)
)


class ArchiveContext(NamedTuple):
    """What every job of a run has in common."""

    folder: str
    out: str
    options: Options
    formats: tuple[str, ...]
    backend: str
    split_after: float
    worker_bytes: int

    def vocabulary(self) -> Vocabulary:
        """Return the kinds of jobs, and what is told of them."""
        return _VOCABULARY

    def prepare(self) -> None:
        """Load what every worker needs, before workers are forked."""
        from vnreport_ocr.archive import handler
        from vnreport_ocr.jobs.pages import PageContext

        del handler
        PageContext(self.options).prepare()

    def open(self) -> OrderHandler:
        """Open the handler, in the worker."""
        # Not at the top: the parent names it and must not load what reads and draws pages.
        from vnreport_ocr.archive.backend import open_named
        from vnreport_ocr.archive.handler import ArchiveHandler

        backend = open_named(self.backend, self.options, self.formats)
        whole = self.options.pages is None
        return ArchiveHandler(Path(self.folder), Path(self.out), backend, self.split_after, whole=whole)

    def limits(self, job: Job) -> Limits:
        """Return what a job, or the page of it that is in hand, may use."""
        memory = self.options.page_memory * 1_000_000
        return Limits(job.limit, memory, CLOCK * job.limit, min(memory // 2, self.worker_bytes))
