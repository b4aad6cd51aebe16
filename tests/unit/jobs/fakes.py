"""A handler whose orders say what a worker is to do: answer, spin, grow, sleep, die, start a program that spins."""

import inspect
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

from vnreport_ocr.errors import MissingEngineError
from vnreport_ocr.jobs.codec import packed
from vnreport_ocr.jobs.frames import MOST, framed
from vnreport_ocr.jobs.messages import Tell, Vocabulary
from vnreport_ocr.model import Page

_held: list[bytearray] = []
_SPIN = "while True: pass"


class FakeContext(NamedTuple):
    """Opens unless it is told otherwise."""

    lacking: bool = False

    def vocabulary(self) -> Vocabulary:
        return Vocabulary((str,), (str, int))

    def prepare(self) -> None:
        """Nothing to load."""

    def open(self) -> "FakeWorkplace":
        if self.lacking:
            raise MissingEngineError("Tesseract was not found.")
        return FakeWorkplace()


def raw(kind: str) -> Iterator[bytes]:
    """Bytes that a worker which has been taken over may send, and never an answer."""
    length = struct.Struct("!Q")
    pickled = pickle.dumps(Marking())
    if kind == "noise":
        yield bytes(range(256))
    elif kind == "pickle":
        yield length.pack(len(pickled)) + pickled
    elif kind == "cut-off":
        yield length.pack(1000) + b"m\x93"
    elif kind == "huge":
        yield length.pack(1 << 40)
    elif kind == "flood":
        while True:
            yield b"\x00" * (1 << 20)
    elif kind == "endless":
        yield length.pack(60_000_000)
        while True:
            yield b"m" * (1 << 20)
    elif kind == "empty-frames":
        while True:
            yield length.pack(0) * 1000
    elif kind == "other-answer":
        yield framed(packed(("done", 0.0, ("Page", packed(Page(1))))))
    elif kind == "retiring":
        yield framed(packed(("retiring", 0.0, None)))
    elif kind == "no-time":
        yield framed(packed(("news", float("nan"), ("str", packed("a")))))


class Marking:
    """Leaves a mark where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (os.putenv, ("VNOCR_TEST_UNPICKLED", "1"))


def _end(tell: Tell) -> socket.socket:
    end = inspect.getclosurevars(tell).nonlocals["end"]
    assert isinstance(end, socket.socket)
    return end


class FakeWorkplace:
    """Does what the order says."""

    def perform(self, order: object, tell: Tell) -> object:
        what = str(order).partition(" ")[0]
        if what == "spin":
            while True:
                pass
        if what == "spin-in-c":
            # Holds the interpreter's lock all the while: no thread of the worker can run.
            pow(3, 3**300_000, 3**300_000 + 1)
        if what == "child":
            with subprocess.Popen([sys.executable, "-c", _SPIN]) as child:
                tell(child.pid)
                child.wait(600)
        if what == "raw":
            for data in raw(str(order).partition(" ")[2]):
                _end(tell).sendall(data)
            if not str(order).endswith("cut-off"):
                time.sleep(600)
            os._exit(0)
        if what == "too-much":
            return "a" * (MOST + 1)
        if what == "unknown":
            return Marking()
        if what == "grow":
            while True:
                _held.append(bytearray(b"x") * 20_000_000)
        if what == "sleep":
            time.sleep(600)
        if what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if what == "stretches":
            for number in range(3):
                tell(number)
                until = time.process_time() + 0.4
                while time.process_time() < until:
                    pass
        if what == "environment":
            return subprocess.run(["env"], capture_output=True, text=True, check=True, timeout=60).stdout
        if what == "pid":
            return os.getpid()
        return f"done {order}"
