"""``vnocr batch`` and ``vnocr status`` as a user meets them: real files, the real engine, real signals."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.unit.archive.helpers import delivered
from tests.waiting import LONG, eventually
from vnreport_ocr.archive.lock import OutputLock
from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import MissingEngineError

SERIF = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
MORE_THAN_ANYBODY_WAITS_FOR = 600
SENTENCES = (
    "Ủy ban nhân dân xã báo cáo kết quả công tác quý một năm 2019.",
    "Tổng diện tích lúa đạt 1.250 ha, tăng 3,5 % so với cùng kỳ.",
    "Các thôn đã hoàn thành việc rà soát hộ nghèo đúng thời hạn.",
)


def text_pdf(path: Path, pages: int = 1) -> None:
    """A PDF whose text layer is good."""
    pdfmetrics.registerFont(TTFont("Serif", SERIF))
    canvas = Canvas(str(path), pagesize=(420, 595), invariant=True)
    for page in range(pages):
        canvas.setFont("Serif", 11)
        for index, sentence in enumerate((*SENTENCES, f"Đây là trang thứ {page + 1} của tài liệu.")):
            canvas.drawString(40, 520 - 22 * index, sentence)
        canvas.showPage()
    canvas.save()


def scan(path: Path, lines: int = 2, shift: int = 0) -> None:
    """A clean page image; shifted, it is no copy of another."""
    image = Image.new("L", (1240, 700), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(SERIF, 30)
    for index in range(lines):
        draw.text((60, 60 + 70 * index + shift), SENTENCES[index % len(SENTENCES)], font=font, fill=0)
    image.save(path, dpi=(150, 150))


def encrypt(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="giám đốc", user="bí mật"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    (made / "2019").mkdir(parents=True)
    (made / "2019" / "bao-cao.txt").write_text("\n".join(SENTENCES) + "\n", encoding="utf-8")
    text_pdf(made / "2019" / "nghi-quyet.pdf", pages=2)
    scan(made / "cong-van.png")
    return made


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def batch(folder: Path, out: Path, *more: str) -> int:
    return run(["batch", str(folder), "-o", str(out), "-j", "2", *more])


def test_a_folder_is_read_once_and_then_left_in_peace(
    folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch(folder, out, "-f", "txt,json") == 0
    first = capsys.readouterr().out
    texts = delivered(out)

    assert set(texts) == {
        f"{name}.{ending}"
        for name in ("2019/bao-cao.txt", "2019/nghi-quyet.pdf", "cong-van.png")
        for ending in ("txt", "json")
    }
    assert SENTENCES[1] in texts["2019/bao-cao.txt.txt"].decode()
    assert "trang thứ 2" in texts["2019/nghi-quyet.pdf.txt"].decode()
    assert "Ủy ban nhân dân xã báo cáo" in texts["cong-van.png.txt"].decode()
    assert json.loads(texts["cong-van.png.json"])["name"] == "cong-van.png"
    assert "3 files (3 done): 4 pages" in first
    assert (out / "report.html").is_file()

    assert batch(folder, out, "-f", "txt,json") == 0
    assert "Nothing to do: 3 files unchanged." in capsys.readouterr().out
    assert delivered(out) == texts


def test_bad_files_are_named_and_the_rest_is_delivered(
    folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "no.pdf").write_text("no PDF at all", encoding="utf-8")
    (folder / "cut.pdf").write_bytes((folder / "2019/nghi-quyet.pdf").read_bytes()[:900])
    text_pdf(folder / "secret.pdf")
    encrypt(folder / "secret.pdf")
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "broken.png").write_bytes((folder / "cong-van.png").read_bytes()[:500])

    assert batch(folder, out) == 6

    said = capsys.readouterr()
    assert "Traceback" not in said.err
    failed = {line.split(": ")[1] for line in said.err.splitlines() if line.startswith("failed: ")}
    assert failed == {"no.pdf", "cut.pdf", "secret.pdf", "noise.txt", "broken.png"}
    assert "Give the password with --password." in said.out
    assert len(delivered(out)) == 3
    assert run(["status", str(out)]) == 0
    assert "5 failed" in capsys.readouterr().out
    assert batch(folder, out, "--password", "bí mật", "--include", "secret.pdf") == 6
    assert "secret.pdf.txt" in delivered(out)


def test_four_copies_of_a_pdf_of_many_pages_are_all_delivered(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text_pdf(folder / "a.pdf", pages=19)
    for name in "bcd":
        (folder / f"{name}.pdf").write_bytes((folder / "a.pdf").read_bytes())

    assert batch(folder, out, "-q") == 0

    texts = delivered(out)
    assert set(texts) == {f"{name}.pdf.txt" for name in "abcd"}
    assert len(set(texts.values())) == 1
    assert "trang thứ 19" in texts["d.pdf.txt"].decode()


def test_status_as_json(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch(folder, out, "-q")
    capsys.readouterr()

    assert run(["status", str(out), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["states"] == {"done": 3}
    assert told["run"]["state"] == "finished"
    assert (told["files"], told["pages"], told["unread"]) == (3, 4, 0)


def test_quiet_says_nothing(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(folder, out, "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_a_dry_run_tells_and_writes_nothing(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(folder, out, "--dry-run", "--exclude", "*.png") == 0

    said = capsys.readouterr()
    assert said.out.splitlines() == ["2019/bao-cao.txt\tnew", "2019/nghi-quyet.pdf\tnew"]
    assert "Would read 2 files (1 pdf, 1 text;" in said.err
    assert "It may take" in said.err
    assert not out.exists()


def test_another_run_is_told(folder: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.mkdir()
    with OutputLock(out):
        assert batch(folder, out) == 7
    assert f"process {os.getpid()}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["batch", "{in}/nowhere", "-o", "{out}"], 3, "There is no such folder."),
        (["batch", "{in}/cong-van.png", "-o", "{out}"], 2, "It is a file"),
        (["batch", "{in}"], 2, "--output"),
        (["batch", "{in}", "-o", "{in}/cong-van.png"], 5, "It is not a folder."),
        (["batch", "{in}", "-o", "{out}", "-f", "odt"], 2, "no format 'odt'"),
        (["batch", "{in}", "-o", "{out}", "--dictionaries", "{in}"], 4, "words.tsv"),
        (["status", "{out}"], 3, "There is no archive here."),
    ],
)
def test_mistakes_are_told_in_one_line(
    arguments: list[str], code: int, sentence: str, folder: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([part.format(**{"in": folder, "out": out}) for part in arguments]) == code

    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.splitlines()) == 1


def test_without_the_engine_the_run_ends_and_says_how_to_install_it(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(folder))

    assert batch(folder, out) == MissingEngineError.exit_code
    assert "apt install tesseract-ocr" in capsys.readouterr().err


def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    scan(tmp_path / "page.png", lines=6)
    for number in range(MORE_THAN_ANYBODY_WAITS_FOR):
        # What follows the picture makes each a file of its own.
        (folder / f"{number:04}.png").write_bytes((tmp_path / "page.png").read_bytes() + b"%d" % number)
    command = [sys.executable, "-m", "vnreport_ocr", "batch", str(folder), "-o", str(out), "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    eventually(lambda: len(delivered(out)) >= 2, "two files are delivered")
    process.send_signal(signal.SIGINT)
    said, complaint = process.communicate(timeout=LONG)

    assert process.returncode == 130
    assert "Run the same command again to continue." in complaint.splitlines()[-1]
    assert "Traceback" not in complaint
    assert "to do" in said
    texts = delivered(out)
    assert 2 <= len(texts) < MORE_THAN_ANYBODY_WAITS_FOR
    assert all(b"b\xc3\xa1o c\xc3\xa1o" in text for text in texts.values())


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers on this machine, as docs/archive.md starts them."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    address_file = tmp_path / "scheduler.json"
    quiet = (*("--no-dashboard", "--scheduler-file"), str(address_file))

    def start(module: str, *more: str) -> "subprocess.Popen[str]":
        log = (tmp_path / f"{module}-{len(started)}.log").open("w", encoding="utf-8")
        with log:
            command = [sys.executable, "-m", f"distributed.cli.{module}", *quiet, *more]
            return subprocess.Popen(command, stdout=log, stderr=log, text=True, env=environment, cwd=tmp_path)

    started: list[subprocess.Popen[str]] = []
    started.append(start("dask_scheduler", "--host", "127.0.0.1", "--port", "0"))
    eventually(address_file.exists, "the scheduler is there")
    started += [start("dask_worker", "--nthreads", "1", "--local-directory", str(tmp_path)) for _ in range(2)]
    try:
        yield json.loads(address_file.read_text(encoding="utf-8"))["address"], started[1:]
    finally:
        for process in reversed(started):  # the workers first: they say good-bye to the scheduler
            process.terminate()
            try:
                process.wait(timeout=LONG)
            finally:
                process.kill()


def test_two_workers_of_a_cluster_give_the_same_bytes_also_when_one_is_killed(
    folder: Path, out: Path, tmp_path: Path, cluster: tuple[str, list["subprocess.Popen[str]"]]
) -> None:
    address, (first, _) = cluster
    text_pdf(folder / "long.pdf", pages=40)
    for number in range(6):
        scan(folder / f"{number}.png", lines=5)
    command = [
        sys.executable,
        "-m",
        "vnreport_ocr",
        "batch",
        str(folder),
        "-o",
        str(out),
        "-f",
        "txt,json",
        "--cluster",
        address,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    eventually(lambda: len(delivered(out)) >= 4, "four files are delivered")
    children = Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text(encoding="ascii").split()
    for child in children:  # the worker itself; its nanny starts another
        os.kill(int(child), signal.SIGKILL)

    said, complaint = process.communicate(timeout=LONG)

    assert (process.returncode, complaint) == (0, ""), said
    assert batch(folder, tmp_path / "here", "-f", "txt,json", "-q") == 0
    assert delivered(out) == delivered(tmp_path / "here")
