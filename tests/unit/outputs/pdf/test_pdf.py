"""The PDF that is written: its words are those of the text, and not a pixel of it is another."""

import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf.pdfa import validate_written
from PIL import Image

from tests.hostile.build import Pdf
from tests.unit.sources.conftest import SENTENCES, MakePdf, as_image, make_pdf, picture_of, say, scanned
from vnreport_ocr.errors import CopyError, InputError, UsageError
from vnreport_ocr.model import Box, Cell, Correction, Line, Page, Posture, Table, Token
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.original import OriginalHere
from vnreport_ocr.outputs.pdf.file import is_signed
from vnreport_ocr.outputs.pdf.placing import laid_to_page
from vnreport_ocr.outputs.write import write
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import read_layer

__all__ = ["make_pdf"]

SIZE = (5.6 * 72, 4 * 72)
WORDS = "Ủy ban nhân dân tỉnh Sóc Trăng giao 12 m² đất, số 157/2007/QĐ-TTg"


def line_at(text: str, left: float, top: float, size: float = 12.0) -> Line:
    """A line whose words lie one behind the other."""
    tokens, start = [], 0
    for word in text.split():
        wide = 0.5 * size * len(word)
        tokens.append(Token(word, start, Box(left, top, left + wide, top + size), 0.9))
        start, left = start + len(word) + 1, left + wide + 0.3 * size
    return Line(text, tuple(tokens))


def read_page(*lines: Line, number: int = 1, tables: tuple[Table, ...] = (), posture: Posture | None = None) -> Page:
    size = (SIZE[1], SIZE[0]) if posture and posture.turn % 180 else SIZE
    return Page(number, lines, tables, source="ocr", size=size, posture=posture or Posture())


def words_of(path: Path) -> dict[str, list[str]]:
    """The words that each reader takes out of a PDF."""
    poppler = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    with pypdfium2.PdfDocument(path) as file:
        pdfium = "\n".join(page.get_textpage().get_text_range() for page in file)
    assert unicodedata.is_normalized("NFC", poppler + pdfium)
    return {"poppler": poppler.split(), "pdfium": pdfium.split()}


def pixels_of(path: Path, number: int = 0) -> np.ndarray:
    with pypdfium2.PdfDocument(path) as file:
        return np.array(file[number].render(scale=1.4, draw_annots=True).to_numpy())


def with_old_layer(path: Path, *, in_form: bool) -> None:
    """Put an invisible layer of nonsense, and visible words, onto the first page."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        unseen = b"q BT 3 Tr /Old 9 Tf 20 200 Td (CONG HOA XA HOI) Tj 14 TL (dong hai) ' ET Q "
        seen = b"q BT 0 Tr /Old 20 Tf 20 40 Td (LuatVietnam) Tj ET Q"
        page.resources["/Font"] = pikepdf.Dictionary({"/Old": font})
        if in_form:
            form = pdf.make_stream(unseen)
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox = pikepdf.Array([0, 0, 400, 300])
            form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary({"/Old": font}))
            drawn = page.resources.get("/XObject", pikepdf.Dictionary())
            page.resources["/XObject"] = pikepdf.Dictionary({**dict(drawn.items()), "/Layer": form})
            unseen = b"/Layer Do "
        page.contents_add(unseen + seen)
        pdf.save(path)


@pytest.fixture
def scan(make_pdf: MakePdf) -> Path:
    picture = picture_of(*SENTENCES, size=(5.6, 4))
    return make_pdf(lambda canvas: scanned(canvas, picture), say(*SENTENCES), size=SIZE)


def test_the_words_of_the_pdf_are_those_of_the_text(scan: Path, tmp_path: Path) -> None:
    mended = Line(
        "Thực hiên nghị quyêt y tế",
        line_at("Thực hiên nghị quyêt y tế", 30, 90).tokens,
        (Correction(5, "hiên", "hiện", "decode", 0.9), Correction(15, "quyêt", "quyết", "decode", 0.9)),
    )
    table = Table((Cell(0, 0, (line_at("Xã", 30, 130),)), Cell(0, 1, (line_at("An Phú 9", 150, 130),))), 2)
    page = read_page(line_at(WORDS, 30, 40), mended, line_at("𝄞 5", 30, 170), tables=(table,))
    written = write([page], ["pdf", "txt"], tmp_path / "out", original=OriginalHere(scan))
    said = f"{WORDS} {mended.text} Xã An Phú 9 𝄞 5".split()
    assert written[-1].name == "out.pdf"
    with pikepdf.open(written[-1]) as pdf:
        assert not pdf.check_pdf_syntax()
    for reader, found in words_of(written[-1]).items():
        assert found[: len(said)] == said, reader
    for number in (0, 1):
        assert (pixels_of(written[-1], number) == pixels_of(scan, number)).all()


@pytest.mark.parametrize("in_form", [False, True])
def test_an_old_layer_goes_and_nothing_else(in_form: bool, scan: Path, tmp_path: Path) -> None:
    with_old_layer(scan, in_form=in_form)
    before = pixels_of(scan)
    path = write([read_page(line_at(WORDS, 30, 40))], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    assert (pixels_of(path) == before).all()
    for found in words_of(path).values():
        assert not {"HOI", "hai"} & set(found)
        assert "LuatVietnam" in found
        assert found[: len(WORDS.split())] == WORDS.split()


def test_what_is_round_the_pages_stays(scan: Path, tmp_path: Path) -> None:
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Mục lục", 1))
        pdf.attachments["bảng.csv"] = b"a;b"
        pdf.docinfo["/Title"] = "Nghị quyết"
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name("/r"))]))
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]))
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(link)])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3)
        pdf.save(scan)
    assert is_signed(scan)
    path = write([read_page(line_at(WORDS, 30, 40))], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Mục lục"]
        assert pdf.attachments["bảng.csv"].get_file().read_bytes() == b"a;b"
        assert str(pdf.docinfo["/Title"]) == "Nghị quyết"
        assert pdf.Root.PageLabels.Nums[1].S == "/r"
        assert len(pdf.pages[0].Annots) == 1
        assert int(pdf.Root.AcroForm.SigFlags) == 3


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_the_words_are_however_the_page_lies(rotation: int, turn: int) -> None:
    box = (10.0, 20.0, 410.0, 320.0)
    shown = (300.0, 400.0) if rotation % 180 else (400.0, 300.0)
    laid = (shown[1], shown[0]) if turn % 180 else shown
    matrix = laid_to_page(laid, Posture(turn), box, rotation)
    # The laid page's upper left corner, turned back and then turned back again.
    corners = [(box[0], box[3]), (box[2], box[3]), (box[2], box[1]), (box[0], box[1])]
    corner = corners[-(rotation + turn) // 90 % 4]
    assert matrix.transform((0, laid[1])) == pytest.approx(corner)


def test_a_page_that_was_straightened_is_askew_again() -> None:
    matrix = laid_to_page((400, 300), Posture(0, 2.0), (0, 0, 400, 300))
    assert matrix.transform((200, 150)) == pytest.approx((200, 150))
    left, right = matrix.transform((0, 150)), matrix.transform((400, 150))
    assert left[1] > right[1]  # lines that fell by two degrees fall again
    assert left[1] - right[1] == pytest.approx(400 * np.sin(np.radians(2)))


ROWS = ("Ủy ban xã giao số 12/2009/TT-", "BTC cho các thôn", "ở", "và", "tổ")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-4.5, -2.0, 0.0, 3.0])
def test_readers_that_sort_words_by_place_keep_the_order_of_the_text(
    turn: int, skew: float, scan: Path, tmp_path: Path
) -> None:
    rows = [line_at(row, 20, 40 + 14 * number) for number, row in enumerate(ROWS)]
    cells = tuple(
        Cell(0, place, (line_at(f"ô {place} trên", left, 160), line_at(f"ô {place} dưới", left, 174)))
        for place, left in enumerate((20, 120, 220))
    )
    page = read_page(*rows, tables=(Table(cells, 3),), posture=Posture(turn, skew))
    path = write([page], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    said = [word for line in page.all_lines() for word in line.text.split()]
    for reader, found in words_of(path).items():
        assert found[: len(said)] == said, reader


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_no_word_of_a_slanting_line_is_cut_in_pieces(turn: int, scan: Path, tmp_path: Path) -> None:
    page = read_page(*(line_at(row, 20, 40 + 20 * at) for at, row in enumerate(ROWS)), posture=Posture(turn, -3.0))
    path = write([page], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    done = subprocess.run(["pdftotext", "-layout", "-l", "1", str(path), "-"], capture_output=True, check=True)
    assert {word for row in ROWS for word in row.split()} <= set(done.stdout.decode().split())


def test_words_of_lines_that_touch_are_not_joined(scan: Path, tmp_path: Path) -> None:
    # Cells without a ruling between them; pdftotext joins what is level and close, whatever stands between.
    lines = (line_at("Xã", 30, 40), line_at("An", 42.5, 40), line_at("Phú", 53, 42), line_at("Hạ", 70.5, 40))
    page = read_page(*lines)
    written = write(iter([page]), ["pdf"], tmp_path / "out", "a.pdf", original=OriginalHere(scan))
    said = ["Xã", "An", "Phú", "Hạ"]
    for reader, found in words_of(written[0]).items():
        assert found[: len(said)] == said, reader


def test_what_is_said_of_the_file_stays_to_the_byte(scan: Path, tmp_path: Path) -> None:
    said = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\r\n<x:xmpmeta xmlns:x="adobe:ns:meta/"/>   '
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.Root.Metadata = pdf.make_stream(said, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.save(scan, fix_metadata_version=False)
    path = write([read_page(line_at(WORDS, 30, 40))], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    with pikepdf.open(path) as pdf:
        assert pdf.Root.Metadata.read_bytes() == said


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_picture_becomes_a_pdf_without_loss(name: str, tmp_path: Path) -> None:
    as_image(picture_of(*SENTENCES)).save(tmp_path / name, dpi=(200, 200))
    page = Page(1, (line_at(WORDS, 20, 10),), source="ocr", size=(5.6 * 72, 1.8 * 72))
    path = write([page], ["pdf"], tmp_path / "out", original=OriginalHere(tmp_path / name))[0]
    assert all(found == WORDS.split() for found in words_of(path).values())
    with Image.open(tmp_path / name) as image, pikepdf.open(path) as pdf:
        stream = pdf.pages[0].resources.XObject.Picture
        assert isinstance(stream, pikepdf.Stream)
        held = pikepdf.PdfImage(stream).as_pil_image()
        assert (np.asarray(held.convert("L")) == np.asarray(image.convert("L"))).all()
        assert [float(side) for side in pdf.pages[0].mediabox[2:]] == pytest.approx([5.6 * 72, 1.8 * 72], abs=0.1)


def test_an_encrypted_pdf_stays_encrypted(scan: Path, tmp_path: Path) -> None:
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.save(scan, encryption=pikepdf.Encryption(user="mo", owner="chu"))
    options = Options(password="mo")
    path = write(
        [read_page(line_at(WORDS, 30, 40))],
        ["pdf"],
        tmp_path / "out",
        options=options,
        original=OriginalHere(scan, options),
    )[0]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password="mo") as pdf:
        assert len(pdf.pages) == 2


def test_a_text_and_nothing_make_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    with pytest.raises(InputError, match="no pages to make a PDF of"):
        write(
            [Page(1, (Line(WORDS),))],
            ["pdf", "txt"],
            tmp_path / "out",
            original=OriginalHere(tmp_path / "a.txt"),
        )
    with pytest.raises(UsageError, match="needs the file that was read"):
        write([Page(1, (Line(WORDS),))], ["pdf"], tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_pages_with_a_good_layer_stay_as_they_are(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.good_page()
    pdf.save(tmp_path / "a.pdf")
    with PdfFile(tmp_path / "a.pdf") as file, file.page(1) as held:
        page = Page(1, read_layer(held).lines, source="layer", size=(400, 300))
    path = write([page], ["pdf"], tmp_path / "out", original=OriginalHere(tmp_path / "a.pdf"))[0]
    assert words_of(path) == words_of(tmp_path / "a.pdf")


def test_fonts_that_only_the_old_layer_had_go_with_it(scan: Path, tmp_path: Path) -> None:
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        made = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.resources["/Font"] = pikepdf.Dictionary({"/Old": made, "/Seen": made})
        page.contents_add(
            b"q BT 3 Tr /Old 9 Tf 20 200 Td (CONG HOA) Tj ET Q q BT /Seen 20 Tf 20 40 Td (LuatVN) Tj ET Q"
        )
        pdf.save(scan)
    before = pixels_of(scan)
    path = write([read_page(line_at(WORDS, 30, 40))], ["pdf"], tmp_path / "out", original=OriginalHere(scan))[0]
    with pikepdf.open(path) as pdf:
        assert set(pdf.pages[0].resources.Font.keys()) == {"/Seen", "/VnocrUnseen"}
        assert b"/Old" not in b"".join(stream.read_bytes() for stream in pdf.pages[0].Contents)
    assert (pixels_of(path) == before).all()


def test_a_scan_becomes_pdfa_that_is_checked(scan: Path, tmp_path: Path) -> None:
    options = Options(pdfa=True)
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as meta:
            meta["dc:title"] = "Nghị quyết"
        pdf.save(scan)
    path = write([read_page(line_at(WORDS, 30, 40))], ["pdf"], tmp_path / "out", original=OriginalHere(scan, options))[
        0
    ]
    assert validate_written(path, "2b").findings == []
    assert validate_written(scan, "2b").findings
    with pikepdf.open(path) as pdf, pdf.open_metadata() as meta:
        assert meta.pdfa_status == "2B"
        assert meta["dc:title"] == "Nghị quyết"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    for found in words_of(path).values():
        assert found[: len(WORDS.split())] == WORDS.split()
    assert (pixels_of(path) == pixels_of(scan)).all()


def test_what_cannot_be_pdfa_is_told_and_no_pdf_is_written(scan: Path, tmp_path: Path) -> None:
    with_old_layer(scan, in_form=False)
    page = read_page(line_at(WORDS, 30, 40))
    original = OriginalHere(scan, Options(pdfa=True))
    with pytest.raises(CopyError, match=r"It cannot be PDF/A: .*embedded") as caught:
        write([page], ["pdf", "txt"], tmp_path / "out", original=original)
    assert caught.value.made == (tmp_path / "out.txt",)
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.save(scan, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(CopyError, match="encrypted"):
        write([page], ["pdf"], tmp_path / "out", original=original)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "out"))] == ["out.txt"]


def test_the_copy_of_a_file_that_lost_its_end_is_sound(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.good_page()
    pdf.save(tmp_path / "whole.pdf")
    data = (tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[: data.rindex(b"trailer")])
    with PdfFile(tmp_path / "a.pdf") as file, file.page(1) as held:
        page = Page(1, read_layer(held).lines, source="layer", size=(400, 300))
    path = write([page], ["pdf"], tmp_path / "out", original=OriginalHere(tmp_path / "a.pdf"))[0]
    assert words_of(path) == words_of(tmp_path / "whole.pdf")
    with pikepdf.open(path) as copy:
        assert copy.check_pdf_syntax() == []
        assert copy.trailer.Size > 1
