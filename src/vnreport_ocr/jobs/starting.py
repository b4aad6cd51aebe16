"""The parent's side of a nursery: how it is started, and workers started and ended through it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from vnreport_ocr.jobs import nursery
from vnreport_ocr.jobs.wire import Wire

_PATIENCE: Final = 120.0
"""Seconds for an answer: a busy machine loads slowly, and starts and ends nothing before."""


class Nursery:
    """A process that forks workers; whatever happens to it, its workers end with this process."""

    def __init__(self, pid: int, control: socket.socket, program: "subprocess.Popen[bytes] | None" = None) -> None:
        control.settimeout(_PATIENCE)
        self._pid = pid
        self._control = control
        self._program = program

    @classmethod
    def as_program(cls) -> Self:
        """Start it as a program of its own: nothing of this process comes along, not its threads nor its files."""
        ours, theirs = socket.socketpair()
        environment = {name: value for name, value in os.environ.items() if name not in nursery.SECRETS}
        environment["PYTHONPATH"] = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
        environment["PYTHONHASHSEED"] = "0"  # nothing may depend on the order of a set
        with theirs:
            program = subprocess.Popen(
                [sys.executable, "-P", "-m", nursery.__name__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=environment,
                # A session of its own: Ctrl-C at the terminal is for the parent.
                start_new_session=True,
            )
        return cls(program.pid, ours, program)

    @classmethod
    def forked(cls, modules: Sequence[str]) -> Self:
        """Fork it from this process, which must have a single thread and next to nothing loaded; this is quicker."""
        ours, theirs = socket.socketpair()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        pid = os.fork()
        if pid == 0:
            try:
                ours.close()
                os.setsid()
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                nothing = os.open(os.devnull, os.O_RDWR)
                os.dup2(nothing, 0)
                os.dup2(nothing, 1)
                nursery.serve(theirs, modules)
            finally:
                os._exit(1)
        theirs.close()
        made = cls(pid, ours)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return made

    def prepare(self, address: str, context: bytes, temporary: Path) -> None:
        """Let it load what workers of a context need; they put their temporary files into ``temporary``."""
        data = b"\0".join((os.fsencode(temporary), address.encode(), context))
        self._control.sendall(nursery.REQUEST.pack(nursery.PREPARE, len(data)) + data)

    def start(self) -> tuple[int, Wire]:
        """Start a worker; raises ``OSError`` or ``EOFError`` where the nursery is gone."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                request = nursery.REQUEST.pack(nursery.START, 0)
                socket.send_fds(self._control, [request], [theirs.fileno()])
                return self._answer(), Wire(ours)
        except BaseException:
            ours.close()
            raise

    def end(self, worker: int) -> int:
        """End a worker and every program it started; returns how it ended."""
        try:
            self._control.sendall(nursery.REQUEST.pack(nursery.END, worker))
            return self._answer()
        except (OSError, EOFError):
            # The nursery was killed; its workers are nobody's children now.
            with contextlib.suppress(OSError):
                os.killpg(worker, signal.SIGKILL)
            return -signal.SIGKILL

    def close(self) -> None:
        """End it; its workers end with it."""
        self._control.close()
        if self._program is None:
            nursery.end_group(self._pid)
            return
        with contextlib.suppress(OSError):
            os.killpg(self._pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._program.wait(timeout=nursery.DEATH)

    def forget(self) -> None:
        """Let go of it in a forked child, whose parent has use for it."""
        self._control.close()
        if self._program is not None:
            self._program.returncode = 0  # no child of this process

    def _answer(self) -> int:
        data = b""
        while len(data) < nursery.ANSWER.size:
            piece = self._control.recv(nursery.ANSWER.size - len(data))
            if not piece:
                raise EOFError
            data += piece
        (number,) = nursery.ANSWER.unpack(data)
        return int(number)


_early: list[Nursery] = []


def start_early(modules: Sequence[str]) -> None:
    """Fork the nursery of this process ahead of time, while nothing else is loaded."""
    _early.append(Nursery.forked(modules))


def nursery_at_hand() -> Nursery:
    """Return the nursery that was started ahead of time, or a new one."""
    return _early.pop() if _early else Nursery.as_program()


def end_early() -> None:
    """End a nursery that nobody had use for."""
    while _early:
        _early.pop().close()
