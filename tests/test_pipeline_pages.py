"""From a file to its pages: which source is taken and why, and every way in which a page alone can fail."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.sources.conftest import (
    SENTENCES,
    Crashing,
    Draw,
    FakeEngine,
    Garbled,
    MakePdf,
    Slow,
    as_image,
    make_pdf,
    picture_of,
    say,
    scanned,
)
from vnreport_ocr.errors import (
    DamagedPdfError,
    EncryptedPdfError,
    MissingEngineError,
    MissingFileError,
    NotAPdfError,
    UsageError,
)
from vnreport_ocr.model import Damage, Line, Role
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.sources.engine.protocol import Engine, ReadLine, ReadWord, Request
from vnreport_ocr.sources.picture.value import Picture, PixelBox

__all__ = ["make_pdf"]

PICTURE = picture_of(*SENTENCES, size=(5.6, 4))
SIZE = (5.6 * 72, 4 * 72)
GARBAGE = ("Uy ban nhin din tinh giao cac so, nganh ri soit", "ngu6n v6n diu tu cong ciia 12 xi trong quy II,")


class Covering(FakeEngine):
    """Says that its lines stand where ``picture_of`` prints them, so that no ink is left over."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        lines = super().read(picture, request)
        return tuple(replace(line, words=self._spread(line, n, picture)) for n, line in enumerate(lines))

    @staticmethod
    def _spread(line: ReadLine, number: int, picture: Picture) -> tuple[ReadWord, ...]:
        top, left, wide = (0.2 + 0.27 * number) * picture.dpi, 0.25 * picture.dpi, picture.width / len(line.words)
        boxes = [
            PixelBox(left + n * wide, top, left + (n + 1) * wide, top + 0.26 * picture.dpi)
            for n in range(len(line.words))
        ]
        return tuple(word._replace(box=box) for word, box in zip(line.words, boxes, strict=True))


class NeverAsked(FakeEngine):
    """An engine that must not be started."""

    def __init__(self) -> None:
        raise AssertionError("the engine was started")


def cleaner(engine: Engine | None = None, source: str = "auto", **values: object) -> Pipeline:
    options = Options(repair=False, source=source, **values)  # type: ignore[arg-type] # plain values of the tests
    return Pipeline(options, (lambda _: engine) if engine is not None else lambda _: NeverAsked())


def scan(canvas: Canvas) -> None:
    scanned(canvas, PICTURE)


def images_of(pdf: pikepdf.Pdf) -> list[pikepdf.Stream]:
    """Every picture of a PDF."""
    streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
    return [stream for stream in streams if stream.get("/Subtype") == "/Image"]


def hidden(*lines: str) -> Draw:
    """A scan with an invisible text layer over it."""

    def draw(canvas: Canvas) -> None:
        scan(canvas)
        text = canvas.beginText(20, 260)
        text.setTextRenderMode(3)
        text.setFont("Serif", 12)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)

    return draw


def test_a_good_layer_never_starts_the_engine(make_pdf: MakePdf) -> None:
    page = cleaner().clean_page(make_pdf(say(*SENTENCES)), 1)
    assert page.text == "\n".join(SENTENCES) + "\n"
    assert (page.source, page.error) == ("layer", None)
    assert page.quality > 0.9
    assert "text layer" in page.notes[0]


def test_a_scan_is_read_and_says_so(make_pdf: MakePdf) -> None:
    engine = Covering(*SENTENCES)
    page = cleaner(engine).clean_page(make_pdf(scan, size=SIZE), 1)
    assert [line.raw for line in page.lines] == list(SENTENCES)
    assert page.source == "ocr"
    assert page.notes[:2] == ("the page has no text layer", "read by fake at 200 dpi")
    assert engine.asked[0].alternatives


def test_a_western_layer_over_a_scan_loses(make_pdf: MakePdf) -> None:
    page = cleaner(FakeEngine(*SENTENCES)).clean_page(make_pdf(hidden(*GARBAGE), size=SIZE), 1)
    assert (page.source, page.lines[0].raw) == ("ocr", SENTENCES[0])


def test_a_good_hidden_layer_is_taken(make_pdf: MakePdf) -> None:
    path = make_pdf(hidden(*SENTENCES * 3), size=SIZE)
    assert cleaner().clean_page(path, 1).source == "layer"


@pytest.mark.parametrize("head", [("CÔNG BÁO số 12 ngày 01 tháng 4",), ("Ký bởi: Văn phòng", "Ngày ký: 3-4-2019")])
def test_a_running_head_is_not_the_document(head: tuple[str, ...], make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        say(*head, top=20, step=12)(canvas)

    page = cleaner(FakeEngine(*SENTENCES)).clean_page(make_pdf(draw, size=SIZE), 1)
    assert page.source == "ocr"
    assert "leaves out" in page.notes[0]


def test_a_watermark_is_not_the_document(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        scan(canvas)
        canvas.rotate(40)
        canvas.drawString(150, 0, "BẢN SAO LƯU TRỮ")

    page = cleaner(FakeEngine(*SENTENCES)).clean_page(make_pdf(draw, size=SIZE), 1)
    assert page.notes[0] == "a watermark is the page's only text"


def test_a_visible_layer_in_doubt_is_compared_with_its_picture(make_pdf: MakePdf) -> None:
    lines = ("The annual report of the board was sent to all members",) * 3
    kept = cleaner(FakeEngine("Thc annuol rcport of thc boord")).clean_page(make_pdf(say(*lines)), 1)
    assert (kept.source, kept.lines[0].raw) == ("layer", lines[0])
    read = cleaner(FakeEngine(*SENTENCES)).clean_page(make_pdf(say(*lines)), 1)
    assert read.source == "ocr"


@pytest.mark.parametrize(("source", "found"), [("layer", "layer"), ("ocr", "ocr")])
def test_the_user_decides_over_the_score(source: str, found: str, make_pdf: MakePdf) -> None:
    path = make_pdf(hidden(*GARBAGE), size=SIZE)
    page = cleaner(FakeEngine(*SENTENCES), source=source).clean_page(path, 1)
    assert page.source == found
    assert "asked for" in page.notes[0]


def test_pages_are_chosen(make_pdf: MakePdf) -> None:
    path = make_pdf(*(say(f"Trang thứ {n} của văn bản") for n in range(1, 6)))
    options = Options(pages="2,4-", repair=False)
    assert len(Pipeline(options).page_numbers(path)) == 3
    assert [page.number for page in Pipeline(options).iter_pages(path)] == [2, 4, 5]
    with pytest.raises(UsageError):
        Pipeline(Options(pages="9")).page_numbers(path)


def test_an_empty_page_is_no_error(make_pdf: MakePdf) -> None:
    page = cleaner().clean_page(make_pdf(lambda canvas: None), 1)
    assert (page.source, page.damage, page.error) == ("none", Damage.EMPTY, None)
    assert page.notes == ("the page is blank",)


@pytest.mark.parametrize(
    ("engine", "name"),
    [(Crashing(), "EngineKilledError"), (Slow(), "EngineTimeoutError"), (Garbled(), "EngineError")],
)
def test_a_page_the_engine_fails_on_is_marked_and_the_rest_delivered(
    engine: FakeEngine, name: str, make_pdf: MakePdf
) -> None:
    path = make_pdf(say(*SENTENCES), scan, say(*SENTENCES), size=SIZE)
    first, second, third = cleaner(engine, page_timeout=5.0).clean_file(path).pages
    assert (first.error, third.error) == (None, None)
    assert second.error_class == name
    assert second.error is not None
    assert f"{path}, page 2: " in second.error
    assert (second.source, second.quality, second.lines) == ("none", 0.0, ())


def test_without_an_engine_text_layers_are_still_delivered(make_pdf: MakePdf) -> None:
    def missing(_: Options) -> Engine:
        raise MissingEngineError("Tesseract is not installed.")

    path = make_pdf(say(*SENTENCES), scan, say("The annual report of the board was sent to all members"), size=SIZE)
    first, second, third = Pipeline(Options(repair=False), missing).clean_file(path).pages
    assert first.source == "layer"
    assert second.error_class == "MissingEngineError"
    assert third.source == "layer"
    assert "could not be read" in third.notes[-1]


def test_a_page_of_five_by_five_metres_is_marked(make_pdf: MakePdf) -> None:
    def wall(canvas: Canvas) -> None:
        canvas.setPageSize((14173, 14173))
        scan(canvas)

    first, second = cleaner(FakeEngine("một")).clean_file(make_pdf(wall, say(*SENTENCES))).pages
    assert first.error_class == "OversizedPageError"
    assert "5.0 by 5.0 metres" in str(first.error)
    assert second.error is None


def test_a_corrupt_image_inside_does_not_stop_the_rest(make_pdf: MakePdf) -> None:
    path = make_pdf(scan, say(*SENTENCES), size=SIZE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for image in images_of(pdf):
            image.write(b"\x00broken\xff" * 9, filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    first, second = cleaner(FakeEngine()).clean_file(path).pages
    assert first.lines == ()
    assert second.error is None


def test_a_picture_that_unpacks_to_gigabytes_is_survived(make_pdf: MakePdf) -> None:
    path = make_pdf(scan, say(*SENTENCES), size=SIZE)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for image in images_of(pdf):
            image.write(zlib.compress(bytes(10_000)), filter=pikepdf.Name.FlateDecode)
            image.Width = image.Height = 60_000
            image.BitsPerComponent = 8
            image.ColorSpace = pikepdf.Name.DeviceGray
        pdf.save(path)
    first, second = cleaner(FakeEngine(), page_timeout=20.0).clean_file(path).pages
    assert first.lines == ()
    assert second.error is None


def test_a_long_document_gives_pages_at_once(make_pdf: MakePdf) -> None:
    path = make_pdf(say("Trang"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for _ in range(4999):
            pdf.pages.append(pdf.pages[0])
        pdf.save(path)
    pages = cleaner().iter_pages(path)
    assert next(pages).lines[0].raw == "Trang"
    assert len(Pipeline().page_numbers(path)) == 5000


def test_files_that_cannot_be_read_at_all(make_pdf: MakePdf, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        cleaner().clean_file(tmp_path / "none.pdf")
    fake = tmp_path / "fake.pdf"
    fake.write_text("<html>", encoding="utf-8")
    with pytest.raises(NotAPdfError):
        cleaner().clean_file(fake)
    fake.write_bytes(b"%PDF-1.4\nbroken")
    with pytest.raises(DamagedPdfError):
        cleaner().clean_file(fake)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(make_pdf(say(*SENTENCES))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="chu", user="khoa"))
    with pytest.raises(EncryptedPdfError):
        cleaner().clean_file(locked)
    assert cleaner(password="khoa").clean_file(locked).pages[0].lines[0].raw == SENTENCES[0]


def test_pictures_and_folders_of_pictures_are_pages(tmp_path: Path) -> None:
    image = as_image(PICTURE)
    image.save(tmp_path / "scan.tif", save_all=True, append_images=[image], dpi=(200, 200))
    (tmp_path / "pages").mkdir()
    image.save(tmp_path / "pages" / "1.png", dpi=(200, 200))
    for path, count in ((tmp_path / "scan.tif", 2), (tmp_path / "pages", 1)):
        document = cleaner(FakeEngine(*SENTENCES)).clean_file(path)
        assert [page.number for page in document.pages] == list(range(1, count + 1))
        assert all(page.lines[0].raw == SENTENCES[0] for page in document.pages)
    refused = cleaner(source="layer").clean_file(tmp_path / "scan.tif").pages[0]
    assert "no text layer" in str(refused.error)


def test_a_broken_page_of_a_folder_is_marked(tmp_path: Path) -> None:
    as_image(PICTURE).save(tmp_path / "1.png")
    data = (tmp_path / "1.png").read_bytes()
    (tmp_path / "2.png").write_bytes(data[: len(data) // 2])
    first, second = cleaner(FakeEngine(*SENTENCES)).clean_file(tmp_path).pages
    assert first.error is None
    assert second.error_class == "DamagedImageError"


def test_repair_reaches_lines_and_cells(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES)(canvas)
        canvas.grid([30, 130, 330], [60, 90, 120])
        for row, (left, right) in enumerate([("Đơn vị", "Kết quả đạt được"), ("Sở Tài chính", "Đã hoàn thành")]):
            canvas.drawString(36, 100 - 30 * row, left)
            canvas.drawString(136, 100 - 30 * row, right)

    page = Pipeline().clean_page(make_pdf(draw), 1)
    assert [line.text for line in page.lines] == list(SENTENCES)
    assert page.tables[0].rows() == [["Đơn vị", "Kết quả đạt được"], ["Sở Tài chính", "Đã hoàn thành"]]


def test_a_page_of_blank_lines_is_empty_and_needs_no_repair(tmp_path: Path) -> None:
    class Never:
        def repair(self, lines: Sequence[Line]) -> NoReturn:
            raise AssertionError(f"{len(lines)} lines were repaired")

    path = tmp_path / "a.txt"
    path.write_text("\n \t\r\n\n\f", encoding="utf-8", newline="")
    page = Pipeline(repairer=Never()).clean_page(path, 1)
    assert (page.text, page.damage, page.quality) == ("\n \t\r\n\n\f", Damage.EMPTY, 1.0)
    assert page == Pipeline().clean_page(path, 1)


def test_the_letterhead_comes_with_the_first_page(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for row, (left, right) in enumerate(
            [("TỈNH ỦY AN PHÚ", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("Số 12-BC/TU", "An Phú, ngày 3 tháng 4 năm 2019")]
        ):
            canvas.drawString(30, 560 - 20 * row, left)
            canvas.drawString(200, 560 - 20 * row, right)
        canvas.drawString(170, 500, "BÁO CÁO")
        say(*SENTENCES, top=460)(canvas)

    page = cleaner().clean_page(make_pdf(draw, size=(420, 595)), 1)
    assert page.letterhead is not None
    assert page.letterhead.number is not None
    assert page.letterhead.number.text == "12-BC/TU"
    assert page.lines[0].role is Role.LETTERHEAD


def test_temporary_files_do_not_survive_a_stop(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = make_pdf(*[scan] * 30, size=SIZE)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = f"from vnreport_ocr.pipeline import Pipeline\nfor page in Pipeline().iter_pages({str(path)!r}): pass"
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.PIPE)
    until = time.monotonic() + 30
    while not any(scratch.glob("*/*")) and time.monotonic() < until:
        time.sleep(0.005)
    assert any(scratch.iterdir())
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert list(scratch.iterdir()) == []
    assert process.returncode != 0
    assert tempfile.gettempdir()
