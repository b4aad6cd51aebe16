"""The process that workers are forked from: ``python -m vnreport_ocr.jobs.nursery SOCKET``.

It has loaded what every worker needs and has a single thread, so that a worker starts within milliseconds and shares
that memory with the others. It never touches a file that somebody sent, so that it can always end its workers: those
that are asked for, and all of them when the parent is gone.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import Sequence
from typing import Final, NoReturn

REQUEST: Final = struct.Struct("!cI")
ANSWER: Final = struct.Struct("!i")
PREPARE: Final = b"P"
START: Final = b"S"
END: Final = b"E"

DEATH: Final = 5.0
"""Seconds in which a killed process is gone, or is stuck in the system."""

SECRETS: Final = ("VNOCR_PASSWORD",)
_SETTINGS: Final = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
_PARENT_DEATH: Final = 1


def serve(control: socket.socket, modules: Sequence[str] = ()) -> NoReturn:
    """Load modules, then start and end workers until the parent is gone."""
    for name in SECRETS:
        os.environ.pop(name, None)
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    workers: set[int] = set()
    # What cannot be loaded here is told by the worker that needs it.
    with contextlib.suppress(ImportError):
        for module in modules:
            importlib.import_module(module)
    with contextlib.suppress(OSError, EOFError):
        while True:
            _answer(control, workers)
    for worker in workers:
        end_group(worker)
    os._exit(0)


def _answer(control: socket.socket, workers: set[int]) -> None:
    data, descriptors, _, _ = socket.recv_fds(control, REQUEST.size, 1)
    if len(data) < REQUEST.size:
        raise EOFError
    what, number = REQUEST.unpack(data)
    if what == PREPARE:
        _prepare(control, number)
    elif what == START:
        worker = _fork(control, descriptors[0])
        workers.add(worker)
        control.sendall(ANSWER.pack(worker))
    else:
        workers.discard(number)
        control.sendall(ANSWER.pack(end_group(number)))


def _prepare(control: socket.socket, length: int) -> None:
    data = bytearray()
    while len(data) < length:
        piece = control.recv(length - len(data))
        if not piece:
            raise EOFError
        data += piece
    temporary, address, context = bytes(data).split(b"\0", 2)
    os.environ["TMPDIR"] = os.fsdecode(temporary)
    # What is missing or broken is told by the worker that opens its handler.
    with contextlib.suppress(Exception):
        from vnreport_ocr.jobs.speech import context_from_bytes

        context_from_bytes(address.decode(), context).prepare()
    gc.collect()
    gc.freeze()


def _fork(control: socket.socket, descriptor: int) -> int:
    nursery = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    worker = os.fork()
    if worker:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            os.setpgid(worker, worker)
        return worker
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        _die_with(nursery)
        control.close()
        from vnreport_ocr.jobs.worker import work

        work(socket.socket(fileno=descriptor))
        os._exit(0)
    finally:
        os._exit(1)


def _die_with(parent: int) -> None:
    """Let the system end this process with its parent, where it can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def end_group(leader: int) -> int:
    """Kill a child and every program it started; returns how it ended."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)
    until = time.monotonic() + DEATH
    pause = 0.0005
    while time.monotonic() < until:
        try:
            ended, status = os.waitpid(leader, os.WNOHANG)
        except ChildProcessError:
            break
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(0.05, 2 * pause)
    return -signal.SIGKILL


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
