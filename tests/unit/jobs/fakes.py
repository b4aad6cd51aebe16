"""A workplace whose orders say what a worker is to do: answer, spin, grow, sleep, die, start a program that spins."""

import os
import signal
import subprocess
import sys
import time
from typing import NamedTuple

from vnreport_ocr.errors import MissingEngineError
from vnreport_ocr.jobs.messages import Tell

_held: list[bytearray] = []
_SPIN = "while True: pass"


class FakeContext(NamedTuple):
    """Opens unless it is told otherwise."""

    lacking: bool = False

    def prepare(self) -> None:
        """Nothing to load."""

    def open(self) -> "FakeWorkplace":
        if self.lacking:
            raise MissingEngineError("Tesseract was not found.")
        return FakeWorkplace()


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
