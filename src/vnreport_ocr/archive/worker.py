"""A worker process: ``python -m vnreport_ocr.archive.worker JOBS LIFELINE`` (two inherited file numbers).

It is started as a program of its own, not forked: nothing of the parent comes along, and a
library user's script needs no guard around its main part.
"""

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from vnreport_ocr.archive.messages import Context, Retiring, trouble
from vnreport_ocr.archive.workplace import Workplace
from vnreport_ocr.errors import VnocrError


def main(jobs: int, lifeline: int) -> None:
    """Open the backend, say so, then do jobs until no more come."""
    threading.Thread(target=_die_with_parent, args=(lifeline,), daemon=True).start()
    connection: Connection[object, object] = Connection(jobs)
    try:
        context = connection.recv()
        if not isinstance(context, Context):
            raise TypeError("a worker is told its context first")
        try:
            workplace = Workplace(context)
        except VnocrError as error:
            connection.send(trouble(error, ends_run=True))
            return
        connection.send(None)
        while True:
            job = connection.recv()
            connection.send(workplace.perform(job, connection.send))  # type: ignore[arg-type]
            if _resident_bytes() > context.worker_bytes:
                connection.send(Retiring())
                return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent has no more work


def _resident_bytes() -> int:
    """The memory this process holds now, where the system tells it."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _die_with_parent(lifeline: int) -> None:
    """Wait for the parent's end of the pipe to close, then end this worker and the programs it started."""
    os.read(lifeline, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
