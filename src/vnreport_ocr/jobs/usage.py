"""What a process and all programs it started have used: processor seconds and memory, as the system tells it."""

import os
import re
import subprocess
from pathlib import Path
from typing import Final, NamedTuple

_PROC: Final = Path("/proc")
_TICK: Final = 1 / os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_CLOCK: Final = re.compile(r"(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)")
_PS_SECONDS: Final = 5.0
_STOPPED: Final = 30.0
"""Seconds in which nobody looked, although it is done many times a second."""


class Usage(NamedTuple):
    """Processor seconds since the start, of children that ended too, and the bytes in memory now."""

    seconds: float
    memory: int


class Idleness:
    """How long a process has got nothing done, told from many looks at what it uses."""

    def __init__(self) -> None:
        self._used = -1.0
        self._changed_at = self._looked_at = float("-inf")

    def seconds(self, used: Usage, now: float, since: float) -> float:
        """Return for how many seconds it has got nothing done since then; 0 where the system tells nothing."""
        # Who has not looked for so long was stopped, and the process with it.
        stopped, self._looked_at = now - self._looked_at > _STOPPED, now
        if stopped or used.seconds != self._used or self._changed_at < since or not used.memory:
            self._used, self._changed_at = used.seconds, now
        return now - self._changed_at


def usage_of(leader: int) -> Usage:
    """Sum up a process and everything below it; ``leader`` leads its process group."""
    return _from_proc(leader) if _PROC.joinpath("self", "stat").exists() else _from_ps(leader)


def seconds_used() -> float:
    """Return the processor seconds of this process and of the programs it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def resident_bytes() -> int:
    """Return the memory that this process holds now, or 0 where the system does not tell."""
    try:
        return _resident(os.getpid())
    except OSError:
        return 0


def _from_proc(leader: int) -> Usage:
    seconds, memory, waiting = 0.0, 0, [leader]
    while waiting:
        process = waiting.pop()
        try:
            seconds += _seconds(process)
            memory += _resident(process)
            waiting += _children(process)
        except (OSError, ValueError):
            continue  # it ended while we looked; its time then stands with its parent
    return Usage(seconds, memory)


def _seconds(process: int) -> float:
    # The name in brackets may hold anything; what follows the last bracket are numbers.
    fields = _read(process, "stat").rpartition(b")")[2].split()
    return sum(map(int, fields[11:15])) * _TICK


def _resident(process: int) -> int:
    return int(_read(process, "statm").split()[1]) * _PAGE


def _children(process: int) -> list[int]:
    try:
        # A child belongs to the thread that started it.
        threads = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for at in threads for child in _read(process, f"task/{at.name}/children").split()]
    except FileNotFoundError:
        return []


def _read(process: int, name: str) -> bytes:
    descriptor = os.open(f"/proc/{process}/{name}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 1 << 16)
    finally:
        os.close(descriptor)


def _from_ps(leader: int) -> Usage:
    """Ask ``ps``, where there is no /proc: it tells of every process which group it is in."""
    try:
        answer = subprocess.run(
            ["ps", "-A", "-o", "pgid=,rss=,time="], capture_output=True, text=True, check=False, timeout=_PS_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return Usage(0.0, 0)
    rows = [line.split() for line in answer.stdout.splitlines()]
    ours = [row for row in rows if len(row) == 3 and row[0] == str(leader)]
    return Usage(sum(_clock(row[2]) for row in ours), sum(int(row[1]) * 1024 for row in ours))


def _clock(text: str) -> float:
    """Seconds of ``[[days-]hours:]minutes:seconds``."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return 0.0
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
