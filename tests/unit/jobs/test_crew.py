"""Workers that hang, grow, spin, die or are killed take only their own order along."""

import contextlib
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.unit.jobs.fakes import FakeContext
from tests.waiting import LONG, eventually
from vnreport_ocr.errors import (
    EngineKilledError,
    EngineTimeoutError,
    GarbledAnswerError,
    MissingEngineError,
    OversizedPageError,
    PageMemoryError,
    PageTimeoutError,
    VnocrError,
)
from vnreport_ocr.jobs.crew import ClosedError, Crew
from vnreport_ocr.jobs.limits import Limits
from vnreport_ocr.jobs.messages import Failure

WIDE = Limits(seconds=60.0, memory=2_000_000_000, clock=LONG, keep=1_000_000_000)
# Each is narrow in one thing alone: memory that the system gives slowly costs seconds, too.
HURRIED = WIDE._replace(seconds=1.0)
CRAMPED = WIDE._replace(memory=300_000_000)

Answers = SimpleQueue[tuple[object, object, bool]]


@pytest.fixture
def crew() -> Iterator[Crew]:
    with Crew(2) as made:
        yield made
        pids = made.workers()
    eventually(lambda: not any(map(is_running, pids)), "the workers have ended")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def give(crew: Crew, orders: list[str], limits: Limits = WIDE, context: FakeContext | None = None) -> Answers:
    answers: Answers = SimpleQueue()
    for order in orders:
        crew.submit(
            context or FakeContext(),
            order,
            limits,
            lambda said, ended, order=order: answers.put((order, said, ended)),  # type: ignore[misc]
        )
    return answers


def results(answers: Answers, count: int) -> dict[object, object]:
    found: dict[object, object] = {}
    while len(found) < count:
        order, said, ended = answers.get(timeout=LONG)
        if ended:
            assert order not in found, "answered twice"
            found[order] = said
    return found


def error_of(result: object) -> type[VnocrError]:
    assert isinstance(result, Failure)
    return type(result.error)


def test_every_order_is_answered_once(crew: Crew) -> None:
    orders = [f"order {number}" for number in range(200)]
    assert results(give(crew, orders), 200) == {order: f"done {order}" for order in orders}
    assert len(crew.workers()) <= 2


@pytest.mark.parametrize(
    ("order", "limits", "error"),
    [
        ("spin", HURRIED, PageTimeoutError),
        ("spin-in-c", HURRIED, PageTimeoutError),
        ("child", HURRIED, PageTimeoutError),
        ("grow", CRAMPED, PageMemoryError),
        ("die", WIDE, EngineKilledError),
    ],
)
def test_what_goes_over_a_limit_or_dies_takes_only_its_own_order(
    crew: Crew, order: str, limits: Limits, error: type[VnocrError]
) -> None:
    orders = ["a", order, *[f"b {number}" for number in range(10)]]
    found = results(give(crew, orders, limits), len(orders))
    assert error_of(found.pop(order)) is error
    assert found == {order: f"done {order}" for order in found}


def test_what_hangs_without_working_is_ended_by_the_clock(crew: Crew) -> None:
    asleep = give(crew, ["sleep"], WIDE._replace(clock=2.0))
    behind = give(crew, ["a"])
    assert error_of(results(asleep, 1)["sleep"]) is EngineTimeoutError
    assert results(behind, 1) == {"a": "done a"}


def test_what_gets_nothing_done_is_ended_long_before_the_clock(crew: Crew) -> None:
    asleep = give(crew, ["sleep"], WIDE._replace(idle=1.0))
    assert error_of(results(asleep, 1)["sleep"]) is EngineTimeoutError
    # It is at work for twice as long, and waits for the processor as long as it must.
    at_work = give(crew, ["child"], HURRIED._replace(idle=30.0))
    assert error_of(results(at_work, 1)["child"]) is PageTimeoutError


def test_each_stretch_has_its_own_seconds(crew: Crew) -> None:
    assert results(give(crew, ["stretches"], HURRIED), 1) == {"stretches": "done stretches"}


def test_a_program_that_was_started_ends_with_its_worker(crew: Crew) -> None:
    answers = give(crew, ["child"], HURRIED)
    _, child, _ = answers.get(timeout=LONG)
    assert isinstance(child, int)
    results(answers, 1)
    eventually(lambda: not is_running(child), "the program has ended")


@pytest.mark.parametrize(
    "kind",
    ["noise", "pickle", "huge", "flood", "endless", "empty-frames", "other-answer", "retiring", "no-time"],
)
def test_a_worker_that_says_what_is_no_answer_is_ended_and_costs_its_order(kind: str) -> None:
    with Crew(1) as crew:
        found = results(give(crew, [f"raw {kind}", "a"]), 2)
    garbled = found[f"raw {kind}"]
    assert error_of(garbled) is GarbledAnswerError
    assert isinstance(garbled, Failure)
    assert "\n" not in str(garbled.error)
    assert found["a"] == "done a"


def test_an_answer_that_is_cut_off_is_none(crew: Crew) -> None:
    found = results(give(crew, ["raw cut-off", "a"]), 2)
    assert error_of(found["raw cut-off"]) is EngineKilledError
    assert found["a"] == "done a"


def test_an_answer_that_is_too_long_or_unknown_costs_its_order_and_not_the_worker() -> None:
    with Crew(1) as crew:
        found = results(give(crew, ["pid"]), 1) | results(give(crew, ["too-much", "unknown", "a"]), 3)
        assert crew.workers() == [found["pid"]]
    assert error_of(found["too-much"]) is OversizedPageError
    assert error_of(found["unknown"]) is VnocrError
    assert found["a"] == "done a"


def test_a_handler_that_cannot_be_opened_is_told(crew: Crew) -> None:
    (result,) = results(give(crew, ["a"], context=FakeContext(lacking=True)), 1).values()
    assert isinstance(result, Failure)
    assert (type(result.error), result.unopened) == (MissingEngineError, True)


def test_workers_killed_at_random_cost_no_order_its_answer(crew: Crew) -> None:
    chance = random.Random(7)
    found: dict[object, object] = {}
    answers = give(crew, [f"order {number}" for number in range(300)])
    # Never before somebody has answered: workers that die before they have begun are a machine that lacks something.
    while len(found) < 300:
        found |= results(answers, min(chance.randint(1, 30), 300 - len(found)))
        for pid in crew.workers()[: chance.randint(1, 2)]:
            with contextlib.suppress(ProcessLookupError):  # ended in the meantime
                os.kill(pid, signal.SIGKILL)
    wrong = [result for order, result in found.items() if result != f"done {order}"]
    assert all(error_of(result) is EngineKilledError for result in wrong)
    assert len(wrong) < 150


def test_closing_answers_what_is_left() -> None:
    crew = Crew(1)
    answers = give(crew, ["sleep", "a", "b"])
    eventually(crew.workers, "a worker is there")
    crew.close()
    assert all(isinstance(result, Failure) for result in results(answers, 3).values())
    with pytest.raises(ClosedError):
        give(crew, ["c"])


def test_an_idle_crew_ends_by_itself() -> None:
    crew = Crew(1, idle=0.3)
    (pid,) = results(give(crew, ["pid"]), 1).values()
    assert isinstance(pid, int)
    eventually(lambda: crew.closed and not is_running(pid), "it has ended")


def test_no_program_sees_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNOCR_PASSWORD", "mật khẩu")
    with Crew(1) as crew:
        (said,) = results(give(crew, ["environment"]), 1).values()
    assert "PATH=" in str(said)
    assert "VNOCR_PASSWORD" not in str(said)
