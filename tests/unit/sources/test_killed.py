"""Whoever killed a process: the machine for want of memory, or its limit of processor time."""

import resource
import signal

import pytest

from vnreport_ocr.errors import EngineKilledError, ProcessorLimitError
from vnreport_ocr.sources.killed import killed


@pytest.mark.parametrize(
    ("allowed", "number", "seconds", "kind"),
    [
        (resource.RLIM_INFINITY, signal.SIGKILL, 1e6, EngineKilledError),
        (60, signal.SIGKILL, 3.0, EngineKilledError),
        (60, signal.SIGKILL, 59.8, ProcessorLimitError),
        (60, signal.SIGXCPU, 3.0, ProcessorLimitError),
        (60, signal.SIGSEGV, 61.0, EngineKilledError),
    ],
)
def test_a_limit_of_time_is_told_from_want_of_memory(
    allowed: int, number: int, seconds: float, kind: type[EngineKilledError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (allowed, allowed))
    assert type(killed("The engine", number, seconds)) is kind
