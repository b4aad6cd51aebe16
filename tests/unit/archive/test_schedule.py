"""Who comes next."""

from vnreport_ocr.archive.messages import FileJob, FileSplit, Job, JoinJob, PageJob
from vnreport_ocr.archive.scan import Found
from vnreport_ocr.archive.schedule import Schedule, ScheduleLimits, Work
from vnreport_ocr.jobs.messages import Trouble

FAILED = Trouble("EngineTimeoutError", "It took too long.", "")
LIMITS = ScheduleLimits(page_seconds=10.0, attempts=3, backoff=2.0)


class Files:
    """A source of files that are all ready."""

    def __init__(self, *found: Found) -> None:
        self._works = [Work(ticket, file, "recipe") for ticket, file in enumerate(found)]

    def take(self) -> Work | None:
        return self._works.pop(0) if self._works else None

    def is_empty(self) -> bool:
        return not self._works


def schedule(*names: str, limits: ScheduleLimits = LIMITS) -> Schedule:
    return Schedule(Files(*(Found(name, "pdf", 100, 0) for name in names)), limits)


def split(
    pages: int, spooled: tuple[int, ...] = (), tried: tuple[int, ...] = (), together: tuple[int, ...] = ()
) -> FileSplit:
    failed = tuple((number, FAILED) for number in tried)
    return FileSplit("hash", "spool", tuple(range(1, pages + 1)), spooled, failed, together)


def names(made: Schedule, count: int) -> list[str]:
    taken = [made.take(0.0) for _ in range(count)]
    return [_name(job) for job in taken if job is not None]


def _name(job: Job) -> str:
    return f"{job.name}:{','.join(map(str, job.numbers))}" if isinstance(job, PageJob) else job.name


def test_files_come_in_their_order() -> None:
    assert names(schedule("a", "b", "c"), 4) == ["a", "b", "c"]


def test_pages_of_a_long_file_and_other_files_take_turns() -> None:
    made = schedule("giant", "b", "c")
    assert names(made, 1) == ["giant"]
    made.split(0, split(4), 0.0)

    assert sorted(names(made, 4)) == ["b", "c", "giant:1", "giant:2"]
    assert names(made, 4) == ["giant:3", "giant:4"]


def test_the_last_page_brings_the_file_together() -> None:
    made = schedule("giant")
    made.take(0.0)
    made.split(0, split(2, spooled=(1,)), 0.0)
    job = made.take(0.0)
    assert isinstance(job, PageJob)
    assert made.take(0.0) is None
    assert not made.is_empty()

    made.pages_read(job)

    join = made.take(0.0)
    assert isinstance(join, JoinJob)
    assert join.numbers == (1, 2)
    made.closed(0)
    assert made.is_empty()


def test_a_file_whose_pages_are_all_spooled_is_joined_at_once() -> None:
    made = schedule("giant")
    made.take(0.0)
    made.split(0, split(2, spooled=(1, 2)), 0.0)

    assert isinstance(made.take(0.0), JoinJob)


def test_each_try_waits_longer_and_there_is_a_last_one() -> None:
    made = schedule("a")
    job = made.take(0.0)
    assert isinstance(job, FileJob)

    assert made.again(job, 100.0)
    assert made.wait_for(100.0) == 2.0
    assert made.take(101.0) is None
    assert made.take(102.0) == job
    assert made.again(job, 200.0)
    assert made.wait_for(200.0) == 4.0
    assert made.take(204.0) == job
    assert not made.again(job, 300.0)
    assert made.tries(0) == 3


def test_pages_that_failed_in_the_file_job_are_tried_again() -> None:
    made = schedule("a")
    made.take(0.0)
    made.split(0, split(2, spooled=(1,), tried=(2,)), 0.0)

    assert made.take(0.0) is None
    again = made.take(2.0)
    assert isinstance(again, PageJob)
    assert again.numbers == (2,)


def test_with_a_single_attempt_no_page_is_forgotten() -> None:
    made = schedule("a", limits=LIMITS._replace(attempts=1))
    made.take(0.0)
    ((job, found),) = made.split(0, split(1, tried=(1,)), 0.0)

    assert found == FAILED
    made.pages_read(job)
    assert isinstance(made.take(0.0), JoinJob)


def test_a_long_text_is_given_more_time() -> None:
    made = Schedule(Files(Found("a.txt", "text", 5_000_000, 0), Found("b.pdf", "pdf", 5_000_000, 0)), LIMITS)
    first, second = made.take(0.0), made.take(0.0)

    assert first is not None
    assert second is not None
    assert first.limit == 10 * second.limit
    assert second.limit == 10.0


def test_short_pages_go_together_and_each_by_itself_where_they_failed() -> None:
    made = schedule("a")
    made.take(0.0)
    made.split(0, split(7, spooled=(1,), tried=(5,), together=(3, 3)), 0.0)
    first, second, third = (made.take(0.0) for _ in range(3))
    assert [job.numbers for job in (first, second, third) if isinstance(job, PageJob)] == [(2, 3), (4, 6), (7,)]
    assert isinstance(second, PageJob)

    made.each_by_itself(second)

    assert names(made, 3) == ["a:4", "a:6"]
