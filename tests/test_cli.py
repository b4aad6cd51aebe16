"""The command line as its users meet it: real files, real programs, exit codes, and one line for an error."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.waiting import LONG, eventually
from vnreport_ocr import __version__
from vnreport_ocr.cli.main import run

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
PAGES = (
    ("Ủy ban nhân dân tỉnh giao các sở, ngành rà soát", "việc giao đất ở 12 xã trước ngày 30/6/2021."),
    ("Sở Tài chính cân đối nguồn vốn đầu tư công", "theo Nghị quyết số 18/NQ-HĐND của Hội đồng nhân dân."),
    ("Ban Thường vụ Tỉnh ủy ghi nhận kết quả đạt được", "và yêu cầu các huyện báo cáo hằng quý."),
)


@pytest.fixture(scope="session")
def born_digital(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages with a good text layer."""
    path = tmp_path_factory.mktemp("pdf") / "bao-cao.pdf"
    pdfmetrics.registerFont(TTFont("DejaVu", FONT))
    canvas = Canvas(str(path), pagesize=A4)
    for lines in PAGES:
        canvas.setFont("DejaVu", 13)
        for row, line in enumerate(lines):
            canvas.drawString(72, 760 - 24 * row, line)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="session")
def scan(born_digital: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages as pictures, without any text."""
    document = pypdfium2.PdfDocument(born_digital)
    pictures: list[Image.Image] = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    document.close()
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=200)
    return path


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "bien-ban.txt"
    path.write_text("".join(" ".join(lines) + "\n" for lines in PAGES), encoding="utf-8")
    return path


Answer = tuple[int, str, str]


@pytest.fixture
def vnocr(capfdbinary: pytest.CaptureFixture[bytes]) -> "Vnocr":
    return Vnocr(capfdbinary)


class Vnocr:
    """Runs the command inside this process and gives its exit code, output and messages."""

    def __init__(self, captured: pytest.CaptureFixture[bytes]) -> None:
        self._captured = captured

    def __call__(self, *arguments: str | Path) -> Answer:
        self._captured.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = self._captured.readouterr()
        return code, out.decode(), err.decode()


def start(*arguments: str | Path, **others: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "vnreport_ocr", *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | others,
    )  # fmt: skip


def words(text: str) -> list[str]:
    return text.split()


ALL_WORDS = words(" ".join(line for lines in PAGES for line in lines))


class TestClean:
    def test_a_text_goes_to_standard_output_and_the_closing_line_beside_it(self, vnocr: Vnocr, text: Path) -> None:
        code, out, err = vnocr("clean", text)
        assert (code, out) == (0, text.read_text(encoding="utf-8"))
        assert err.startswith("1 page (1 text), ")
        assert err.count("\n") == 1

    def test_quiet_says_nothing(self, vnocr: Vnocr, text: Path) -> None:
        assert vnocr("clean", text, "--quiet")[2] == ""

    def test_standard_input_is_a_dash(self) -> None:
        out, err = start("clean", "-").communicate("Tỉnh ủy chỉ đạo\r\nkhông dấu cách cuối".encode())
        assert out.decode() == "Tỉnh ủy chỉ đạo\r\nkhông dấu cách cuối"
        assert b"1 page" in err

    def test_pages_of_standard_input_are_chosen(self) -> None:
        text = "Tỉnh ủy chỉ đạo\n\fTrang hai\n\fTrang ba\n".encode()
        out, err = start("clean", "-", "--pages", "2").communicate(text)
        assert out.decode() == "Trang hai\n\f"
        assert err.startswith(b"1 page (1 text)")
        process = start("clean", "-", "--pages", "4")
        out, err = process.communicate(text)
        assert (process.returncode, out) == (2, b"")
        assert b"There is no page 4; the document ends with page 3." in err

    def test_a_pdf_through_its_text_layer(self, vnocr: Vnocr, born_digital: Path) -> None:
        code, out, err = vnocr("clean", born_digital)
        assert (code, words(out)) == (0, ALL_WORDS)
        assert err.startswith("3 pages (3 layer), ")

    def test_a_scan_is_read_by_the_engine(self, vnocr: Vnocr, scan: Path) -> None:
        code, out, err = vnocr("clean", scan, "--pages", "2")
        assert (code, words(out)) == (0, words(" ".join(PAGES[1])))
        assert err.startswith("1 page (1 ocr), ")

    def test_several_processes_give_the_same_bytes(self, vnocr: Vnocr, scan: Path) -> None:
        alone, together = vnocr("clean", scan, "-j", "1"), vnocr("clean", scan, "-j", "2")
        assert alone == together
        assert alone[0] == 0

    def test_files_of_every_format_in_a_folder(self, vnocr: Vnocr, born_digital: Path, tmp_path: Path) -> None:
        out = tmp_path / "a" / "b"
        code, printed, _ = vnocr("clean", born_digital, "-o", out, "-f", "txt,md,json,csv")
        assert (code, printed) == (0, "")
        assert sorted(path.name for path in out.iterdir()) == ["bao-cao.json", "bao-cao.md", "bao-cao.txt"]
        assert len(json.loads((out / "bao-cao.json").read_text(encoding="utf-8"))["pages"]) == 3

    def test_json_on_standard_output(self, vnocr: Vnocr, born_digital: Path) -> None:
        _, out, _ = vnocr("clean", born_digital, "-f", "json", "--pages", "1,3")
        assert [page["number"] for page in json.loads(out)["pages"]] == [1, 3]

    def test_verbose_tells_of_every_page(self, vnocr: Vnocr, born_digital: Path) -> None:
        _, _, err = vnocr("clean", born_digital, "-v")
        assert err.splitlines()[1].startswith("page 2: layer, clean, quality ")

    def test_own_terms_are_read_from_a_file(self, vnocr: Vnocr, text: Path, tmp_path: Path) -> None:
        terms = tmp_path / "terms.txt"
        terms.write_text("# tên riêng\nĐạ Tẻh\n\n", encoding="utf-8")
        assert vnocr("clean", text, "--terms", terms)[0] == 0
        assert vnocr("clean", text, "--terms", tmp_path / "none.txt")[0] == 3


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (["clean"], 2, "Missing argument 'FILE...'"),
            (["clean", "a.txt", "--colour"], 2, "No such option '--colour'"),
            (["clean", "a.txt", "-f", "odt"], 2, "There is no format 'odt'. Choose from txt, md, json, csv, docx"),
            (["clean", "a.txt", "-f", "csv"], 2, "-o DIR"),
            (["clean", "a.txt", "--source", "eye"], 2, "'eye' is not one of"),
            (["tidy"], 2, "No such command 'tidy'"),
            (["clean", "khong-co.pdf"], 3, "khong-co.pdf: There is no such file. Check the path."),
            (["inspect", "khong-co.pdf"], 3, "khong-co.pdf: There is no such file."),
            (["eval", "khong-co.txt", "a.txt"], 3, "khong-co.txt: There is no such file."),
            (["clean", "a.txt", "--dictionaries", "khong-co"], 4, "khong-co"),
        ],
    )
    def test_an_error_is_one_line_with_its_exit_code(
        self, vnocr: Vnocr, arguments: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.txt").write_text("Báo cáo\n", encoding="utf-8")
        found, out, err = vnocr(*arguments)
        assert (found, out, err.count("\n")) == (code, "", 1)
        assert said in err
        assert err.startswith("vnocr")

    def test_no_pages_of_that_number(self, vnocr: Vnocr, born_digital: Path) -> None:
        assert vnocr("clean", born_digital, "--pages", "9")[0] == 2
        assert vnocr("clean", born_digital, "--pages", "drei")[0] == 2

    def test_bytes_that_are_no_text(self, vnocr: Vnocr, tmp_path: Path) -> None:
        path = tmp_path / "anh.txt"
        path.write_bytes(bytes(range(256)) * 4)
        code, _, err = vnocr("clean", path)
        assert code == 3
        assert "anh.txt" in err

    def test_a_pdf_on_standard_input_is_read_like_a_file(self, born_digital: Path) -> None:
        process = start("clean", "-")
        text, err = process.communicate(born_digital.read_bytes(), timeout=LONG)
        assert (process.returncode, err.count(b"\n")) == (0, 1)
        from_file, _ = start("clean", born_digital).communicate(timeout=LONG)
        assert text == from_file != b""

    def test_a_damaged_pdf_on_standard_input_is_named_as_what_it_is(self, born_digital: Path) -> None:
        process = start("clean", "-")
        _, err = process.communicate(born_digital.read_bytes()[:600], timeout=LONG)
        assert process.returncode == 3
        assert b"standard input" in err
        assert b"/tmp" not in err

    def test_a_truncated_pdf(self, vnocr: Vnocr, born_digital: Path, tmp_path: Path) -> None:
        path = tmp_path / "nua.pdf"
        path.write_bytes(born_digital.read_bytes()[:600])
        code, _, err = vnocr("clean", path, "-o", tmp_path / "out")
        assert (code, err.count("\n")) == (3, 1)
        assert not list(tmp_path.glob("out/*"))

    def test_an_encrypted_pdf_and_its_password(self, vnocr: Vnocr, born_digital: Path, tmp_path: Path) -> None:
        path = tmp_path / "khoa.pdf"
        with pikepdf.open(born_digital) as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(owner="chu", user="mat-khau"))
        code, _, err = vnocr("clean", path)
        assert code == 3
        assert "--password" in err
        assert vnocr("clean", path, "--password", "sai")[0] == 3
        assert words(vnocr("clean", path, "--password", "mat-khau")[1]) == ALL_WORDS

    def test_a_missing_engine_is_named_with_its_cure(self, scan: Path, born_digital: Path, tmp_path: Path) -> None:
        # Poppler's programs are found through a folder of their own, Tesseract is not.
        for program in ("pdftoppm", "pdftocairo", "pdfinfo"):
            found = shutil.which(program)
            assert found is not None
            (tmp_path / program).symlink_to(found)
        process = start("clean", scan, "-j", "1", PATH=str(tmp_path))
        _, err = process.communicate(timeout=LONG)
        assert process.returncode == 4
        assert "Install it: 'apt install tesseract-ocr" in err.decode().splitlines()[-1]
        process = start("clean", born_digital, PATH=str(tmp_path))
        out, _ = process.communicate(timeout=LONG)
        assert (process.returncode, words(out.decode())) == (0, ALL_WORDS)

    def test_one_bad_file_of_several_stays_alone(self, vnocr: Vnocr, text: Path, tmp_path: Path) -> None:
        code, _, err = vnocr("clean", text, tmp_path / "none.pdf", "-o", tmp_path / "out")
        assert code == 6
        assert (tmp_path / "out" / "bien-ban.txt").exists()
        assert "1 file failed" in err

    def test_an_output_that_cannot_be(self, vnocr: Vnocr, text: Path) -> None:
        code, _, err = vnocr("clean", text, "-o", text / "out")
        assert (code, err.count("\n")) == (5, 1)

    def test_an_input_is_never_written_over(self, vnocr: Vnocr, text: Path) -> None:
        before = text.read_bytes()
        code, _, err = vnocr("clean", text, "-o", text.parent)
        assert (code, text.read_bytes()) == (2, before)
        assert "is an input" in err

    def test_debug_shows_the_traceback(self, vnocr: Vnocr) -> None:
        assert "Traceback" in vnocr("--debug", "clean", "khong-co.pdf")[2]
        assert "Traceback" in vnocr("clean", "khong-co.pdf", "--debug")[2]


class TestEnds:
    def test_a_reader_that_goes_away_is_no_error(self, tmp_path: Path) -> None:
        path = tmp_path / "dai.txt"
        path.write_text("Báo cáo của Ủy ban nhân dân tỉnh\n" * 20_000, encoding="utf-8")
        with start("clean", path, "--no-repair") as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.read(10)
            process.stdout.close()
            process.wait(timeout=LONG)
            assert process.stderr.read() == b""
        assert process.returncode == 128 + signal.SIGPIPE

    @pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
    def test_stopped_in_the_middle_nothing_is_left(self, sign: signal.Signals, scan: Path, tmp_path: Path) -> None:
        temporary, out = tmp_path / "tmp", tmp_path / "out"
        temporary.mkdir()
        # Its standard input does not end before the signal, and so neither does the run.
        process = start("clean", scan, "-", "-o", out, "-j", "2", TMPDIR=str(temporary))
        eventually(lambda: list(temporary.iterdir()), "it keeps temporary files")
        process.send_signal(sign)
        assert process.wait(timeout=LONG) == 130
        _, err = process.communicate(timeout=LONG)
        assert b"Traceback" not in err
        assert err.decode().splitlines()[-1].startswith("vnocr: Stopped.")
        assert not list(temporary.iterdir())
        assert not list(out.glob("*.part")) + list(out.glob(".*"))


class TestOthers:
    def test_the_version_names_dictionaries_and_engine(self, vnocr: Vnocr) -> None:
        code, out, _ = vnocr("--version")
        first, second, third = out.splitlines()
        assert (code, first) == (0, f"vnocr {__version__}")
        assert second.startswith("dictionaries: ")
        assert third.startswith("engine: Tesseract ")
        assert "vie" in third

    def test_nothing_asked_shows_the_help(self, vnocr: Vnocr) -> None:
        code, out, _ = vnocr()
        assert code == 0
        assert "Usage: vnocr" in out

    def test_help_does_not_wait_for_pictures(self) -> None:
        program = (
            "import sys; from vnreport_ocr.cli.main import run; run(['clean', '--help'])\n"
            "slow = {'cv2', 'numpy', 'pypdfium2', 'pikepdf', 'rich', 'pytesseract', 'PIL'} & set(sys.modules)\n"
            "sys.exit(', '.join(slow) or 0)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def test_doctor_finds_this_machine_well(self, vnocr: Vnocr, tmp_path: Path) -> None:
        code, out, _ = vnocr("doctor", "-o", tmp_path / "not-yet")
        assert code == 0, out
        assert "Vietnamese" in out
        assert not (tmp_path / "not-yet").exists()

    def test_doctor_names_the_cure(self, tmp_path: Path) -> None:
        process = start("doctor", "-o", "/proc/here", PATH=str(tmp_path))
        out, err = process.communicate(timeout=LONG)
        assert process.returncode == 4
        assert "LACK  engine" in out.decode()
        assert "install" in out.decode()
        assert "LACK  output" in out.decode()
        assert err.decode().startswith("vnocr: 3 of the things")

    def test_inspect_tells_of_every_page(self, vnocr: Vnocr, born_digital: Path, scan: Path, text: Path) -> None:
        code, out, _ = vnocr("inspect", born_digital)
        head, *rows = out.splitlines()
        assert (code, len(rows)) == (0, 3)
        assert head.startswith("page  size (mm)")
        assert all("210x297" in row and "take the layer" in row and "DejaVuSans" in row for row in rows)
        code, out, _ = vnocr("inspect", scan, text)
        assert code == 0
        assert "read the picture: " in out
        assert "200" in out
        assert "clean" in out

    def test_inspect_tells_of_every_page_of_a_text_as_clean_divides_it(self, vnocr: Vnocr, tmp_path: Path) -> None:
        stripped = "Uy ban nhan dan tinh bao cao ket qua thuc hien ke hoach\n"
        (tmp_path / "long.txt").write_text("Hết\f" + "Báo cáo\n" * 2000 + stripped * 40, encoding="utf-8")
        code, out, _ = vnocr("inspect", tmp_path / "long.txt")
        assert code == 0
        looks = [row.split() for row in out.splitlines()[1:]]
        assert [(look[0], look[-3]) for look in looks] == [("1", "1"), ("2", "4,000"), ("3", "520")]
        _, _, told = vnocr("clean", tmp_path / "long.txt")
        corrections = sum(int(look[-2].replace(",", "")) for look in looks)
        assert corrections > 0
        assert f"{corrections:,} corrections" in told
        code, out, _ = vnocr("inspect", tmp_path / "long.txt", "--pages", "2-")
        assert [row.split()[0] for row in out.splitlines()[1:]] == ["2", "3"]

    def test_eval_compares_texts(self, vnocr: Vnocr, text: Path, tmp_path: Path) -> None:
        worse = tmp_path / "worse.txt"
        worse.write_text(text.read_text(encoding="utf-8").replace("tỉnh", "tinh").replace("12", "13"), encoding="utf-8")
        code, out, _ = vnocr("eval", text, text, "--raw", worse, "--json")
        result = json.loads(out)
        assert (code, result["wer"], result["broken"], result["mended"]) == (0, 0, 0, 2)
        code, out, _ = vnocr("eval", text, worse)
        assert "numbers_missing" in out
        assert "broken" not in out
