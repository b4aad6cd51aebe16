"""The tree of errors: one line each, with a cure, and the same after a journey between processes."""

import errno
import inspect
import pickle
import re
from pathlib import Path

import pytest

from vnreport_ocr import errors
from vnreport_ocr.errors import VnocrError, internal_error

ROOT = Path(__file__).parent.parent
ALL = sorted(
    (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, VnocrError)),
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_class_has_a_code_a_cure_and_a_meaning(kind: type[VnocrError]) -> None:
    assert 1 <= kind.exit_code <= 130
    assert kind.cure.endswith((".", ")."))
    assert kind.__doc__


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_a_child_has_the_exit_code_of_its_branch(kind: type[VnocrError]) -> None:
    branch = [parent for parent in kind.__mro__ if issubclass(parent, VnocrError) and parent is not VnocrError]
    assert {parent.exit_code for parent in branch} <= {kind.exit_code}


def test_a_message_says_where_what_and_what_to_do() -> None:
    error = errors.OversizedPageError("The page is 5.0 by 5.0 metres.", file="ban-do.pdf", page=3)
    assert str(error).startswith("ban-do.pdf, page 3: The page is 5.0 by 5.0 metres. ")
    assert str(error).endswith(errors.OversizedPageError.cure)
    assert "\n" not in str(error)


def test_a_message_may_have_no_page_or_a_cure_of_its_own() -> None:
    assert str(errors.UsageError("No pages.", cure="Name some.")) == "No pages. Name some."
    assert str(errors.EngineError("It failed.", page=2)).startswith("page 2: It failed.")


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_an_error_travels_between_processes(kind: type[VnocrError]) -> None:
    error = kind("What is wrong.", file="a.pdf", page=7, cure="What to do.")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind
    assert (str(back), back.problem, back.file, back.page, back.advice) == (
        str(error), error.problem, error.file, error.page, error.advice,
    )  # fmt: skip


def test_the_table_of_errors_is_the_tree() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| ", page, re.MULTILINE)
    assert sorted(rows) == [(kind.__name__, str(kind.exit_code)) for kind in ALL]


def test_a_fault_of_the_program_is_told_in_one_line() -> None:
    told = internal_error(ValueError("first line\n  second line " + 400 * "x"), "; page.py, line 7")
    assert str(told).startswith("An internal error (ValueError: first line second line xxx")
    assert "xxx; page.py, line 7). Run the command again with --debug" in str(told)
    assert len(told.problem) < 400
    assert internal_error("answer None").problem == "An internal error (answer None)."


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_too_many_open_files_are_no_fault_of_the_file(number: int) -> None:
    error = errors.unreadable(OSError(number, "Too many open files"), "a.pdf")
    assert type(error) is errors.OpenFilesError
    assert "ulimit -n" in str(error)
    assert type(errors.unwritable(OSError(number, "Too many open files"), "a.txt")) is errors.OpenFilesError
    assert type(errors.unwritable(PermissionError(errno.EACCES, "no"), "a.txt")) is errors.OutputError
    assert type(errors.unreadable(PermissionError(errno.EACCES, "no"), "a.pdf")) is errors.UnreadableFileError
