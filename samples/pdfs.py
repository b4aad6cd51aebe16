"""PDFs of the samples: pages of type, pages of pictures, layers of text whose characters are not what they show."""

import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import layout
import pikepdf
import pypdfium2
from layout import HEIGHT, WIDTH, Cell, Set
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

INVISIBLE = 3


def typeset(lines: Iterable[Set], cells: Iterable[Cell] = (), *, hidden: bool = False) -> pikepdf.Pdf:
    """Lines of type, and ruled cells on the first page, as a PDF."""
    layout.register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    page = 0
    for cell in cells:
        canvas.rect(cell.left, HEIGHT - cell.bottom, cell.right - cell.left, cell.bottom - cell.top)
        room = cell.right - cell.left - 8
        texts = layout_cell(cell, room)
        foot = (cell.top + cell.bottom) / 2 + 4 - 6.5 * (len(texts) - 1)
        for text in texts:
            wide = layout.width(text, cell.face, 11)
            numeric = not any(character.isalpha() for character in text) or cell.face == "bold"
            x = cell.left + 4 + ((room - wide) / 2 if numeric else 0)
            _draw(canvas, Set(0, x, foot, text, cell.face, 11), hidden=hidden)
            foot += 13
    for line in lines:
        while page < line.page:
            canvas.showPage()
            page += 1
        _draw(canvas, line, hidden=hidden)
    canvas.showPage()
    canvas.save()
    return pikepdf.open(buffer)


def layout_cell(cell: Cell, room: float) -> list[str]:
    """Break the text of a cell into two lines where it is too wide for one."""
    if layout.width(cell.text, cell.face, 11) <= room:
        return [cell.text]
    words = cell.text.split()
    return [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]


def _draw(canvas: Canvas, line: Set, *, hidden: bool) -> None:
    text = canvas.beginText(line.x, HEIGHT - line.y)
    text.setFont(line.face, line.size)
    if hidden:
        text.setTextRenderMode(INVISIBLE)
    text.textOut(line.text)
    canvas.drawText(text)


def render(pdf: pikepdf.Pdf, page: int, dpi: int) -> Image.Image:
    """Draw a page as a grey picture."""
    buffer = io.BytesIO()
    pdf.save(buffer)
    document = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def with_pictures(pictures: Iterable[Image.Image], text: pikepdf.Pdf | None = None) -> pikepdf.Pdf:
    """Pages of pictures, under the text of a PDF where one is given. Black and white is packed as fax, else as JPEG."""
    pdf = text if text is not None else pikepdf.new()
    for number, picture in enumerate(pictures):
        if text is None:
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page = pdf.pages[number]
        name = page.add_resource(_image(pdf, picture), pikepdf.Name.XObject, pikepdf.Name.Picture)
        page.contents_add(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm {name} Do Q\n".encode(), prepend=True)
    return pdf


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    buffer = io.BytesIO()
    common = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": picture.width,
        "Height": picture.height,
    }
    if picture.mode == "1":
        picture.save(buffer, "TIFF", compression="group4", tiffinfo={278: picture.height})
        with Image.open(io.BytesIO(buffer.getvalue())) as tiff:
            start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
        settings = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True)
        return pikepdf.Stream(
            pdf,
            buffer.getvalue()[start : start + length],
            **common,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=1,
            Filter=pikepdf.Name.CCITTFaxDecode,
            DecodeParms=settings,
        )
    picture.save(buffer, "JPEG", quality=45, optimize=True)
    return pikepdf.Stream(
        pdf,
        buffer.getvalue(),
        **common,
        ColorSpace=pikepdf.Name.DeviceRGB if picture.mode == "RGB" else pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )


def recode(pdf: pikepdf.Pdf, fonts: dict[str, str], encode: Callable[[str, str], str]) -> None:
    """Let fonts tell another text than they show: ``fonts`` names each face anew, ``encode`` its characters."""
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            face = str(font.BaseFont).rpartition("+")[2]
            if "/ToUnicode" not in font or face not in fonts:
                continue
            name = pikepdf.Name(f"/AAAAAA+{fonts[face]}")
            font.BaseFont = name
            font.FontDescriptor.FontName = name
            font.ToUnicode = pdf.make_stream(_recoded(font.ToUnicode.read_bytes(), fonts[face], encode))


def _recoded(cmap: bytes, name: str, encode: Callable[[str, str], str]) -> bytes:
    def entry(match: re.Match[bytes]) -> bytes:
        shown = bytes.fromhex(match[2].decode()).decode("utf-16-be")
        told = encode(shown, name).encode("utf-16-be").hex().upper()
        return b"<" + match[1] + b"> <" + told.encode() + b">"

    return re.sub(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>", entry, cmap)


def save(pdf: pikepdf.Pdf, path: Path, password: str | None = None) -> None:
    """Write a PDF that comes out the same every time."""
    del pdf.docinfo
    if password is None:
        pdf.save(path, deterministic_id=True, compress_streams=True, linearize=False)
    else:  # the old cipher has no salt, so that the file stays the same
        lock = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
        pdf.save(path, static_id=True, encryption=lock)
