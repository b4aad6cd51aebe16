"""How long a process gets nothing done."""

from vnreport_ocr.jobs.usage import Idleness, Usage


def idle(*looks: tuple[float, float], since: float = 0.0, memory: int = 1) -> list[float]:
    """Return what is said at each look: the time of it, and the processor seconds used by then."""
    idleness = Idleness()
    return [idleness.seconds(Usage(used, memory), now, since) for now, used in looks]


def test_time_counts_from_the_last_look_at_which_it_had_worked() -> None:
    assert idle((1, 0.5), (11, 0.5), (21, 0.5), (31, 0.6), (41, 0.6)) == [0, 10, 20, 0, 10]


def test_an_order_begins_anew() -> None:
    idleness = Idleness()
    assert [idleness.seconds(Usage(0.5, 1), now, since) for now, since in ((1, 0), (11, 0), (21, 15), (31, 15))] == [
        0, 10, 0, 10,
    ]  # fmt: skip


def test_where_nobody_looked_both_were_stopped() -> None:
    assert idle((1, 0.5), (11, 0.5), (3611, 0.5), (3621, 0.5)) == [0, 10, 0, 10]


def test_where_the_system_tells_nothing_nobody_is_idle() -> None:
    assert idle((1, 0.0), (11, 0.0), (21, 0.0), memory=0) == [0, 0, 0]
