"""What only looks like a file, names that would steer a terminal, other locales: told in one line, and nothing lost."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from vnreport_ocr.archive.ledger import LEDGER

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành báo cáo kết quả trước ngày 30/6/2021.\n"
ROOT = Path(__file__).parent.parent
ENDS = 120
"""Seconds after which a command that waits for nobody is given up."""


class Answer(NamedTuple):
    """What a run of the command gave."""

    code: int
    out: str
    told: list[str]


def vnocr(
    *arguments: str | bytes | Path, before: str = "", given: bytes = b"", more: Mapping[str, str] = MappingProxyType({})
) -> Answer:
    """Run the command by way of a shell, which may limit or redirect something before."""
    paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path)
    done = subprocess.run(
        ["sh", "-c", f'{before} exec "$@"', "sh", sys.executable, "-m", "vnreport_ocr", *arguments],
        input=given,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": paths, **more},
        timeout=ENDS,
        check=False,
    )
    told = done.stderr.decode("utf-8", "replace").splitlines()
    assert not [line for line in told if "Traceback" in line or "internal error" in line]
    return Answer(done.returncode, done.stdout.decode("utf-8", "replace"), told)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "van-ban.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


@pytest.fixture
def odd(tmp_path: Path, text: Path) -> Path:
    """A folder with a text, and with pipes, a socket and a link to a device that are called like documents."""
    folder = tmp_path / "in"
    folder.mkdir()
    text.rename(folder / text.name)
    for name in ("ong.pdf", "ong.txt", "ong.png"):
        os.mkfifo(folder / name)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(folder / "o-cam.pdf"))
    return folder


@pytest.mark.parametrize("command", ["clean", "inspect"])
@pytest.mark.parametrize(("name", "said"), [("ong.pdf", "pipe"), ("ong.txt", "pipe"), ("o-cam.pdf", "socket")])
def test_a_pipe_or_a_socket_is_told_and_not_waited_for(command: str, name: str, said: str, odd: Path) -> None:
    code, out, told = vnocr(command, odd / name)
    assert (code, out, len(told)) == (3, "", 1)
    assert said in told[0]
    assert "standard input" in told[0]


def test_a_batch_counts_what_is_no_file(odd: Path, tmp_path: Path) -> None:
    code, out, told = vnocr("batch", odd, "-o", tmp_path / "out")
    assert code == 0, told
    assert "4 entries are pipes or devices, not files" in out + "".join(told)


@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/0", "-"])
def test_standard_input_is_whole_under_each_of_its_names(name: str, text: Path) -> None:
    assert vnocr("clean", name, given=SENTENCE.encode()).out == SENTENCE
    assert vnocr("clean", name, before=f"exec < '{text}';").out == SENTENCE


def test_a_file_that_the_shell_has_opened_is_read(text: Path) -> None:
    assert vnocr("clean", "/dev/fd/7", before=f"exec 7< '{text}';").out == SENTENCE


NAMES = {
    b"\x1b[31mdo.txt": r"\x1b[31mdo",
    b"hai\ndong.txt": r"hai\x0adong",
    b"\xe2\x80\xaegnp.txt": r"\xe2\x80\xaegnp",
    b"\xff\xfe.txt": r"\xff\xfe",
}
"""Names as a disk may have them, and as they are told."""


def test_names_can_steer_nothing(tmp_path: Path) -> None:
    files = [os.fsencode(tmp_path) + b"/" + name for name in NAMES]
    missing = vnocr("clean", *files, "-q")
    assert missing.code == 3
    for file in files:
        Path(os.fsdecode(file)).write_text(SENTENCE, encoding="utf-8")
    cleaned = vnocr("clean", *files, "-v", "-o", tmp_path / "out")
    looked = vnocr("inspect", *files)
    assert (cleaned.code, looked.code) == (0, 0)
    assert len(cleaned.told) == 2 * len(files) + 1
    for shown in NAMES.values():
        for told in (missing.told, cleaned.told, looked.out.splitlines()):
            assert [line for line in told if shown in line]
            assert not [line for line in told if "\x1b" in line or "\N{RIGHT-TO-LEFT OVERRIDE}" in line]


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=["ascii", "latin-1"],
)
def test_words_and_names_are_the_same_in_every_locale(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "công văn.txt").write_text(SENTENCE, encoding="utf-8")
    out = tmp_path / "out"
    assert vnocr("batch", tmp_path / "in", "-o", out).code == 0
    again = vnocr("batch", tmp_path / "in", "-o", out, more=environment)
    assert "Nothing to do" in again.out + "".join(again.told)
    found = vnocr("search", out, "nhân dân", more=environment)
    assert found.code == 0
    assert found.out.startswith("công văn.txt, page 1")


def test_a_python_that_refuses_utf_8_does_not_begin_again_for_ever() -> None:
    for utf_8 in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8=0", "-m", "vnreport_ocr", "--version"],
            capture_output=True,
            env={**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": utf_8},
            timeout=ENDS,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_command_of_commands_shows_its_help() -> None:
    code, out, told = vnocr("terms")
    assert (code, told) == (0, [])
    assert out.startswith("Usage:")
    assert len(out.splitlines()) > 10


def test_a_place_that_holds_files_of_the_archive_is_no_place_for_outputs(text: Path, tmp_path: Path) -> None:
    inner = tmp_path / "2019"
    inner.mkdir()
    (inner / "nghi-quyet.txt").write_text(SENTENCE, encoding="utf-8")
    for more in ([], ["--dry-run"]):
        code, _, told = vnocr("batch", tmp_path, "-o", inner, *more)
        assert (code, len(told)) == (2, 1)
        assert "nghi-quyet.txt" in told[0]
    assert [path.name for path in inner.iterdir()] == ["nghi-quyet.txt"]
    for _ in range(2):
        assert vnocr("batch", tmp_path, "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / LEDGER).exists()
    assert (tmp_path / "out" / "2019" / "nghi-quyet.txt.txt").exists()


def test_no_room_for_temporary_files_is_told_once_with_its_cure(tmp_path: Path) -> None:
    scan = ROOT / "samples" / "clean-scan.pdf"
    code, out, told = vnocr("clean", scan, before="ulimit -f 64;", more={"TMPDIR": str(tmp_path)})
    assert code == 4
    assert len([line for line in told if f"no room for temporary files in {tmp_path}." in line]) == 1
    assert "TMPDIR" in told[-1]
    assert out.count("was not read]") == 2


def test_a_batch_without_room_for_temporary_files_ends_at_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / "in" / name).write_bytes((ROOT / "samples" / "clean-scan.pdf").read_bytes() + name.encode())
    (tmp_path / "temporary").mkdir()
    place = {"TMPDIR": str(tmp_path / "temporary")}
    code, _, told = vnocr("batch", tmp_path / "in", "-o", tmp_path / "out", before="ulimit -f 1024;", more=place)
    assert code == 4
    assert told[-1].count("TMPDIR") == 1
    assert not [line for line in told if "permissions" in line]
