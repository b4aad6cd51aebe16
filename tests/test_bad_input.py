"""What cannot be read is told in one line, under its exit code; the rest is delivered and nothing is left behind."""

import io
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from PIL import Image

from tests.unit.sources.conftest import SENTENCES, MakePdf, as_image, make_pdf, picture_of, say, scanned
from vnreport_ocr import clean_text
from vnreport_ocr.document import Document
from vnreport_ocr.jobs import limits
from vnreport_ocr.jobs.crew import Crew
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.language.files import FILES, find_dictionaries
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import write
from vnreport_ocr.sources.text.pages import cut_pages, page_lines

__all__ = ["make_pdf"]

SIZE = (5.6 * 72, 4 * 72)
SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành báo cáo kết quả trước ngày 30/6/2021. "


class Answer(NamedTuple):
    """What a run of the command gave."""

    code: int
    out: bytes
    told: list[str]


Run = Callable[..., Answer]


@pytest.fixture
def vnocr(tmp_path: Path) -> Run:
    """Runs the command in a process of its own; no traceback and no temporary file may ever be left by it."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def run(*arguments: str | bytes | Path, given: bytes = b"", **environment: str) -> Answer:
        command = [sys.executable, "-m", "vnreport_ocr", *(os.fsdecode(argument) for argument in arguments)]
        paths = os.pathsep.join(str(Path(path).resolve()) for path in sys.path)
        variables = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": paths, **environment}
        done = subprocess.run(command, input=given, capture_output=True, env=variables, cwd=tmp_path, check=False)
        told = done.stderr.decode("utf-8", "replace").splitlines()
        assert "Traceback" not in done.stderr.decode("utf-8", "replace")
        assert not list(scratch.iterdir())
        return Answer(done.returncode, done.stdout, told)

    return run


@pytest.fixture
def between(make_pdf: MakePdf) -> Path:
    """A scanned page between two with a good text layer."""
    picture = picture_of(*SENTENCES, size=(5.6, 4))
    return make_pdf(say(*SENTENCES), lambda canvas: scanned(canvas, picture), say(*SENTENCES), size=SIZE)


def with_picture(path: Path, data: bytes, packing: str, side: int | None = None) -> None:
    """Put other data into the one picture of a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
        for stream in streams:
            if stream.get("/Subtype") == "/Image":
                stream.write(data, filter=pikepdf.Name(packing))
                stream.ColorSpace = pikepdf.Name.DeviceGray
                stream.BitsPerComponent = 8
                if side is not None:
                    stream.Width = stream.Height = side
        pdf.save(path)


def cut_off(path: Path) -> None:
    """Cut a PDF off behind its last object, so that nothing says where its pages are."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"xref\n0 ")])


def fax_codes(picture: Image.Image) -> bytes:
    """A picture in Group 4 codes, without the file around them."""
    packed = io.BytesIO()
    picture.save(packed, "TIFF", compression="group4", tiffinfo={278: picture.height})
    packed.seek(0)
    with Image.open(packed) as image:
        tags = image.getexif()
    start, length = int(tags[273]), int(tags[279])
    return packed.getvalue()[start : start + length]


def with_fax(path: Path, codes: bytes, size: tuple[int, int]) -> None:
    """Put fax codes into the one picture of a PDF."""
    with_picture(path, codes, "/CCITTFaxDecode")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for stream in pdf.objects:
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") == "/Image":
                stream.BitsPerComponent = 1
                stream.Width, stream.Height = size
                stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=size[0], Rows=size[1])
        pdf.save(path)


def a_program(folder: Path, script: str) -> str:
    """A folder for PATH with poppler's programs and a Tesseract that does what the script says."""
    folder.mkdir()
    for name in ("pdftoppm", "pdfinfo"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    if script:
        path = folder / "tesseract"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(folder)


class TestPdf:
    @pytest.mark.parametrize(
        ("data", "said"),
        [(b"<html>xin</html>", "is not a PDF"), (b"", "is not a PDF"), (b"%PDF-1.7\n1 0 obj\n", "cut off or broken")],
    )
    def test_bytes_that_are_no_pdf(self, data: bytes, said: str, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "bao-cao.pdf").write_bytes(data)
        code, out, told = vnocr("clean", "bao-cao.pdf")
        assert (code, out, len(told)) == (3, b"", 1)
        assert "bao-cao.pdf: " in told[0]
        assert said in told[0]

    def test_no_pages_at_all(self, vnocr: Run, tmp_path: Path) -> None:
        pikepdf.new().save(tmp_path / "rong.pdf")
        code, _, told = vnocr("clean", "rong.pdf")
        assert (code, len(told)) == (3, 1)
        assert "has no pages" in told[0]

    @pytest.mark.parametrize(
        ("data", "packing", "side"),
        [
            (b"\x00broken\xff" * 9, "/DCTDecode", None),
            (b"\x00broken\xff" * 9, "/JPXDecode", None),
            (b"x\x9c\x00broken\xff" * 9, "/FlateDecode", None),
            (zlib.compress(bytes(1000)), "/FlateDecode", None),
            (zlib.compress(bytes(1000)), "/FlateDecode", 12_000),
        ],
    )
    def test_a_picture_that_cannot_be_decoded_is_no_empty_page(
        self, data: bytes, packing: str, side: int | None, between: Path, vnocr: Run
    ) -> None:
        with_picture(between, data, packing, side)
        code, out, told = vnocr("clean", between, "-j", "1")
        assert (code, len(told)) == (6, 3)
        assert f"{between}, page 2: " in told[0]
        assert "unread: 2" in told[1]
        assert out.decode().count(SENTENCES[0]) == 2
        assert "[page 2 was not read]" in out.decode()

    def test_a_picture_that_is_cut_off_is_for_a_person(self, between: Path, vnocr: Run) -> None:
        packed = io.BytesIO()
        image = as_image(picture_of(*SENTENCES, size=(5.6, 4)))
        image.save(packed, "JPEG")
        data = packed.getvalue()
        with_picture(between, data[: len(data) * 3 // 4], "/DCTDecode")
        code, out, told = vnocr("clean", between, "-j", "1")
        assert (code, out.decode().count(SENTENCES[0]), len(told)) == (6, 3, 3)
        assert f"{between}, page 2: Its picture is cut off" in told[0]
        assert "incomplete: 2" in told[1]
        assert "1 page could not be read completely" in told[2]

    def test_what_is_left_of_a_plain_picture_is_for_a_person(self, between: Path, vnocr: Run) -> None:
        pixels = picture_of(*SENTENCES, size=(5.6, 4)).pixels
        with_picture(between, zlib.compress(pixels[: len(pixels) // 2].tobytes()), "/FlateDecode")
        code, out, told = vnocr("clean", between, "-j", "1")
        assert (code, out.decode().count(SENTENCES[0])) == (6, 3)
        assert "Its picture is cut off" in told[0]

    @pytest.mark.parametrize(
        ("spoil", "code", "said"),
        [
            (lambda codes: codes, 0, "1 ocr"),
            (lambda codes: codes[: len(codes) // 2], 6, "Its picture is broken inside"),
            (lambda codes: codes[:900] + bytes(40) + codes[940:], 6, "picture"),
            (lambda codes: bytes(len(codes)), 6, "cannot be decoded"),
            (lambda codes: bytes(b * 89 % 251 for b in range(len(codes))), 6, "picture"),
        ],
    )
    def test_broken_fax_codes_are_told(
        self, spoil: Callable[[bytes], bytes], code: int, said: str, between: Path, vnocr: Run
    ) -> None:
        picture = as_image(picture_of(*SENTENCES, size=(5.6, 4))).convert("1")
        with_fax(between, spoil(fax_codes(picture)), picture.size)
        found, out, told = vnocr("clean", between, "-j", "1")
        assert (found, out.decode().count(SENTENCES[0]) >= 2) == (code, True)
        assert said in told[0]

    def test_a_blank_fax_is_an_empty_page(self, between: Path, vnocr: Run) -> None:
        # A one for each row that is like the one above it, then the mark of the end.
        with_fax(between, b"\xff" * 100 + b"\x00\x10\x01", (1120, 800))
        assert vnocr("clean", between, "-j", "1").code == 0

    def test_the_pages_of_a_file_that_is_cut_off_are_saved(self, between: Path, vnocr: Run, tmp_path: Path) -> None:
        cut_off(between)
        code, out, told = vnocr("clean", between, "-j", "1")
        assert (code, out.decode().count(SENTENCES[0])) == (6, 3)
        assert [line for line in told if "page 3: The PDF is cut off or broken inside" in line] == told[:1]
        code, out, told = vnocr("clean", between, "-j", "2", "--pages", "1-2", "-o", "out", "-f", "json")
        assert code == 6
        assert "page 2: The PDF is cut off or broken inside" in told[0]
        pages = json.loads((tmp_path / "out" / "made.json").read_text(encoding="utf-8"))["pages"]
        assert ["incomplete" in page for page in pages] == [False, True]

    def test_an_archive_tells_what_is_not_all_there(self, between: Path, vnocr: Run, tmp_path: Path) -> None:
        cut_off(between)
        (tmp_path / "in").mkdir()
        between.rename(tmp_path / "in" / "made.pdf")
        code, _, told = vnocr("batch", "in", "-o", "out", "-j", "1")
        assert code == 6
        assert any("cut off or broken inside" in line for line in told)
        assert (tmp_path / "out" / "made.pdf.txt").read_text(encoding="utf-8").count(SENTENCES[0]) == 3

    def test_pages_whose_contents_are_lost_are_no_empty_pages(self, between: Path, vnocr: Run) -> None:
        cut_off(between)
        between.write_bytes(between.read_bytes().replace(b"/Contents", b"/Cantents", 1))
        code, out, told = vnocr("clean", between, "-j", "1")
        assert (code, out.decode().count(SENTENCES[0])) == (6, 2)
        assert "page 1: The contents of the page are lost" in told[0]

    def test_a_page_without_any_ink_stays_an_empty_page(self, between: Path, vnocr: Run) -> None:
        blank = Image.new("L", (1120, 800), 255)
        with_picture(between, zlib.compress(blank.tobytes()), "/FlateDecode")
        assert vnocr("clean", between, "-j", "1").code == 0


class TestPictures:
    @pytest.mark.parametrize("end", [b"", b"\xff\xd9"])
    def test_the_upper_half_of_a_jpeg(self, end: bytes, vnocr: Run, tmp_path: Path) -> None:
        as_image(picture_of(*SENTENCES)).save(tmp_path / "nua.jpg", dpi=(200, 200))
        data = (tmp_path / "nua.jpg").read_bytes()
        (tmp_path / "nua.jpg").write_bytes(data[: len(data) // 2] + end)
        code, out, told = vnocr("clean", "nua.jpg", "-j", "1")
        assert (code, out.decode().count(SENTENCES[0])) == (6, 1)
        assert "nua.jpg, page 1: Its picture is cut off" in told[0]

    def test_no_more_than_the_head_of_a_jpeg(self, vnocr: Run, tmp_path: Path) -> None:
        as_image(picture_of(*SENTENCES)).save(tmp_path / "nua.jpg", dpi=(200, 200))
        data = (tmp_path / "nua.jpg").read_bytes()
        (tmp_path / "nua.jpg").write_bytes(data[:640])
        code, _, told = vnocr("clean", "nua.jpg", "-j", "1")
        assert (code, "cannot be decoded" in told[0]) == (3, True)

    @pytest.mark.parametrize("name", ["nua.png", "nua.tif"])
    def test_half_a_picture(self, name: str, vnocr: Run, tmp_path: Path) -> None:
        picture = as_image(picture_of(*SENTENCES))
        picture.save(tmp_path / name)
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data[: len(data) // 2])
        code, _, told = vnocr("clean", name, "-j", "1")
        assert code == 3
        assert name in told[0]
        assert "Open the picture in a viewer" in told[-1]

    def test_a_picture_that_would_unpack_to_gigabytes(self, vnocr: Run, tmp_path: Path) -> None:
        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
        parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")
        (tmp_path / "bom.png").write_bytes(b"\x89PNG\r\n\x1a\n" + parts)
        code, _, told = vnocr("clean", "bom.png")
        assert (code, len(told)) == (3, 1)
        assert "too many pixels" in told[0]


class TestEngine:
    @pytest.mark.parametrize(
        ("script", "code", "said"),
        [
            ("", 4, "apt install tesseract-ocr"),
            ("kill -9 $$", 6, "killed (signal 9)"),
            ('[ "$1" = --list-langs ] && echo vie && exit; echo trouble >&2; exit 1', 6, "status 1: trouble"),
        ],
    )
    def test_what_can_be_had_without_it_is_delivered(
        self, script: str, code: int, said: str, between: Path, vnocr: Run, tmp_path: Path
    ) -> None:
        path = a_program(tmp_path / "programs", script)
        found, out, told = vnocr("clean", between, "-j", "1", PATH=path)
        assert (found, out.decode().count(SENTENCES[0])) == (6, 2)
        assert f"{between}, page 2: " in told[0]
        assert said in told[0]
        assert vnocr("clean", between, "--pages", "2", PATH=path).code == code

    def test_an_engine_that_hangs_is_ended_by_the_clock(
        self, between: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The clock runs twenty times as long as the processor may; no test needs to wait for all of them.
        monkeypatch.setattr(limits, "CLOCK", 3.0)
        monkeypatch.setenv("PATH", a_program(tmp_path / "programs", "exec /bin/sleep 600"))
        with Crew(1) as crew:
            reader = DocumentReader(lambda: crew, Options(page_timeout=5.0))
            first, second, third = reader.pages(between, reader.open(between))
        assert second.error_class == "EngineTimeoutError"
        assert second.error is not None
        assert second.error.startswith(f"{between}, page 2: It did not finish within 15 seconds.")
        assert "--page-timeout" in second.error
        assert first.text.count(SENTENCES[0]) == third.text.count(SENTENCES[0]) == 1

    def test_no_vietnamese_data(self, between: Path, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        code, _, told = vnocr("clean", between, "--pages", "2", TESSDATA_PREFIX=str(tmp_path / "empty"))
        assert code == 4
        # To install it would not help: the folder that was named is the reason.
        assert f"TESSDATA_PREFIX is {tmp_path / 'empty'}" in told[0]
        assert "apt install" not in "".join(told)

    @pytest.mark.parametrize("seconds", ["nan", "inf", "0"])
    def test_a_time_that_is_none(self, seconds: str, between: Path, vnocr: Run) -> None:
        code, _, told = vnocr("clean", between, "--page-timeout", seconds)
        assert (code, len(told)) == (2, 1)


class TestText:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ("Nghé quê cũ, déjà vu".encode()[:-1] + b"\xff", "no text in UTF-8 (line 1"),
            (bytes(range(256)) * 9, "binary"),
            ("Báo cáo".encode("utf-16")[:-1], "no text in UTF-16"),
            ("Báo cáo".encode("utf-16-le")[:-1], "binary"),
            ("委员会".encode("utf-16-le") + bytes(2), "binary"),
            (f"{SENTENCE}\n\0{SENTENCE}".encode(), "It has a null byte (line 2, byte "),
            (SENTENCE.encode() * 9 + bytes(3), "It has 3 null bytes, the first (line 1, byte "),
        ],
    )
    def test_bytes_that_are_no_text(self, data: bytes, said: str, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(data)
        for answer in (vnocr("clean", "a.txt"), vnocr("clean", "-", given=data)):
            assert (answer.code, answer.out, len(answer.told)) == (3, b"", 1)
            assert said in answer.told[0]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n\n",
            f"{SENTENCE}\r\n{SENTENCE}\r{SENTENCE}\n\n{SENTENCE}",
            "a\x01b \x0b\x1c\x85\u2028 c\n" + SENTENCE * 9,
            "The committee approved the budget of 1,250 million dong.\n" * 9,
            "委员会批准了年度预算。\n" * 9,
        ],
    )
    def test_what_needs_no_repair_comes_back_byte_for_byte(self, text: str, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(text.encode())
        assert vnocr("clean", "a.txt")[:2] == (0, text.encode())

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("text", [SENTENCE, "Báo cáo", "The budget is 1,250 million dong.\n"])
    def test_encodings_without_their_mark_are_known_by_their_bytes(self, encoding: str, text: str, vnocr: Run) -> None:
        assert vnocr("clean", "-", given=text.encode(encoding))[:2] == (0, text.encode())

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_marks_of_encodings_are_understood(self, encoding: str, vnocr: Run) -> None:
        assert vnocr("clean", "-", given=SENTENCE.encode(encoding)).out == SENTENCE.encode()

    @pytest.mark.parametrize("line", [SENTENCE * 12_000, "ủ" * 1_000_000, "1" * 1_000_000])
    def test_a_monstrous_line_is_divided_over_pages_and_comes_back_whole(self, line: str) -> None:
        pages = list(cut_pages([f"Tờ trình\n{line}\nHết"]))
        assert "".join(pages) == f"Tờ trình\n{line}\nHết"
        assert all(len(page) <= 500_000 for page in pages)
        assert clean_text(line).text == line

    def test_pages_end_with_lines_where_lines_are_long(self) -> None:
        text = (SENTENCE * 50 + "\n") * 100
        pages = list(cut_pages([text]))
        assert len(pages) > 1
        assert all(page.endswith("\n") for page in pages)
        assert "".join(line.raw + line.end for page in pages for line in page_lines(page)) == text

    def test_lone_surrogates_are_kept_and_can_be_written(self, tmp_path: Path) -> None:
        document = clean_text("Báo cáo \udc80 số 12\n")
        assert document.text == "Báo cáo \udc80 số 12\n"
        paths = write(Document(document.pages, "b\udce1o.txt"), ("txt", "md", "json"), tmp_path / "a")
        assert all(path.stat().st_size for path in paths)


class TestPlaces:
    def test_names_that_are_no_utf8(self, vnocr: Run, tmp_path: Path) -> None:
        name = b"b\xe1o-c\xe1o.txt"
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(SENTENCE, encoding="utf-8")
        assert vnocr("clean", name, "-o", "out", "-f", "txt,json").code == 0
        written = {path.suffix: path for path in (tmp_path / "out").iterdir()}
        assert json.loads(written[".json"].read_text(encoding="utf-8"))["name"] == "b\ufffdo-c\ufffdo.txt"
        assert vnocr("clean", b"kh\xf4ng.txt").code == 3

    def test_links_that_lead_to_themselves(self, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").symlink_to(tmp_path / "a.pdf")
        code, _, told = vnocr("clean", "a.pdf")
        assert (code, len(told)) == (3, 1)
        assert "if it is a link" in told[0]

    def test_links_are_no_trouble_for_where_results_go(self, vnocr: Run, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").symlink_to(tmp_path / "a.pdf")
        (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
        assert vnocr("clean", "a.pdf", "-o", "out").code == 3
        assert vnocr("clean", "a.txt", "-o", "a.pdf/out").code == 5

    def test_a_dead_link_among_page_images_is_one_unread_page(self, vnocr: Run, tmp_path: Path) -> None:
        folder = tmp_path / "pages"
        folder.mkdir()
        (folder / "1.png").symlink_to(folder / "none.png")
        as_image(picture_of(*SENTENCES)).save(folder / "2.png", dpi=(200, 200))
        code, out, told = vnocr("clean", folder, "-j", "1")
        assert (code, out.decode().startswith("[page 1 was not read]")) == (6, True)
        assert "1.png, page 1: There is no such file" in told[0]

    @pytest.mark.parametrize("command", ["clean", "inspect"])
    def test_no_room_for_what_is_printed(self, command: str, tmp_path: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no /dev/full")
        (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
        arguments = [sys.executable, "-m", "vnreport_ocr", command, str(tmp_path / "a.txt")]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 5
        assert "output: It cannot be written" in done.stderr.decode().splitlines()[0]

    @pytest.mark.parametrize(("closed", "code"), [("<&-", 0), (">&-", 5), ("2>&-", 0)])
    def test_streams_that_are_closed(self, closed: str, code: int, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
        line = f'"{sys.executable}" -m vnreport_ocr clean "{tmp_path / "a.txt"}" {closed}'
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False)
        assert done.returncode == code
        assert b"Traceback" not in done.stderr
        assert done.stdout == (b"" if code else SENTENCE.encode())

    def test_two_inputs_of_one_name(self, vnocr: Run, tmp_path: Path) -> None:
        for folder in ("a", "b"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "bao-cao.txt").write_text(SENTENCE, encoding="utf-8")
        code, _, told = vnocr("clean", "a/bao-cao.txt", "b/bao-cao.txt", "-o", "out")
        assert (code, len(told)) == (2, 1)
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize("pages", ["9-3", "99", "0", "", "a", "²"])
    def test_pages_that_are_none_are_told(self, pages: str, vnocr: Run, between: Path) -> None:
        code, out, told = vnocr("clean", between, "--pages", pages)
        assert (code, out, len(told)) == (2, b"", 1)
        assert (str(between) if pages == "99" else "names no pages") in told[0]

    @pytest.mark.parametrize("terms", ["none.txt", ".", "binary.txt"])
    def test_terms_that_cannot_be_read(self, terms: str, vnocr: Run, between: Path, tmp_path: Path) -> None:
        (tmp_path / "binary.txt").write_bytes(bytes(range(256)))
        code, _, told = vnocr("clean", between, "--terms", terms)
        assert (code, len(told)) == (3, 1)


class TestDictionaries:
    def test_none_there_ends_the_run_at_once(self, vnocr: Run, between: Path, tmp_path: Path) -> None:
        code, out, told = vnocr("clean", between, "-o", "out", "--dictionaries", "nowhere")
        assert (code, out, len(told)) == (4, b"", 1)
        assert "nowhere: There is no words.tsv" in told[0]
        assert not list(tmp_path.glob("out/*"))

    @pytest.mark.parametrize("name", FILES)
    @pytest.mark.parametrize("share", [0.0, 0.001, 0.5])
    def test_a_file_cut_off_is_named(self, name: str, share: float, vnocr: Run, tmp_path: Path) -> None:
        folder = tmp_path / "dictionaries"
        folder.mkdir()
        for other in FILES:
            (folder / other).symlink_to(find_dictionaries() / other)
        data = (folder / name).read_bytes()
        (folder / name).unlink()
        # Never at the end of a line: such a list of symbols would be a shorter list.
        end = int(len(data) * share)
        (folder / name).write_bytes(data[: end - (data[end - 1 : end] == b"\n")])
        stripped = b"Uy ban nhan dan tinh yeu cau cac so, nganh bao cao ket qua truoc ngay 30/6/2021.\n" * 9
        code, out, told = vnocr("clean", "-", "--dictionaries", folder, given=stripped)
        assert (code, out, len(told)) == (4, b"", 1)
        assert name in told[0]
