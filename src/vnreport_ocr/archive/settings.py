"""How an archive is worked through: which files, how many at once, how often again.

What changes a text stands in ``Options``; of what stands here only ``formats`` changes what is written.
"""

import os
from dataclasses import dataclass

REAL_BACKEND = "vnreport_ocr.archive.backend:open_backend"
"""Who does the work of a page: a module and the function in it that opens a backend."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one run goes about its work; the texts that come of it do not depend on it."""

    formats: tuple[str, ...] = ("txt",)
    jobs: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    limit: int | None = None
    follow_links: bool = False
    """Whether links that lead out of the folder are followed."""
    attempts: int = 3
    backoff: float = 2.0
    cluster: str | None = None
    split_after: float = 2.0
    """Seconds after which the pages that are left of a file are shared out among the workers."""
    worker_bytes: int = 1_000_000_000
    """A worker that holds more memory than this after a job (a giant text, a leak somewhere below) is replaced."""
    backend: str = REAL_BACKEND

    def worker_count(self) -> int:
        """Return the number of worker processes: what was asked for, else one per core that this process may use."""
        if self.jobs is not None:
            return max(1, self.jobs)
        if hasattr(os, "sched_getaffinity"):
            return len(os.sched_getaffinity(0))
        return os.cpu_count() or 1
