from pathlib import Path

import pikepdf

from tests.unit.vietnamese.test_glyph_codes import TEXT, as_glyphs
from vnreport_ocr.reading.choose import judge_layer
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import read_layer

MORE = "Kế hoạch được các xã thực hiện ngay từ đầu vụ, kết quả bước đầu rất đáng khích lệ."
HEADING = "KẾT QUẢ"


def written(path: Path, pages: list[list[str]], *, mapped: bool = True) -> Path:
    """A PDF in a font that tells glyph numbers and nothing of what they stand for."""
    pdf = pikepdf.new()
    name = pikepdf.Name
    descriptor = pikepdf.Dictionary(
        Type=name.FontDescriptor, FontName=name("/ABCDEF+VNarial"), Flags=4, FontBBox=[0, -200, 1000, 900],
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
    inner = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.CIDFontType2, BaseFont=name("/ABCDEF+VNarial"), CIDSystemInfo=system,
        FontDescriptor=pdf.make_indirect(descriptor), DW=500,
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type0, BaseFont=name("/ABCDEF+VNarial"), Encoding=name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
    )  # fmt: skip
    for lines in pages:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        text = "BT /F 12 Tf 14 TL 40 780 Td "
        for line in lines:
            numbers = (
                as_glyphs(line, "vietware-x", "\xd0\xf0") if mapped else "".join(chr(98 + ord(c) % 90) for c in line)
            )
            text += f"<{''.join(f'{ord(c):04x}' for c in numbers)}> Tj T* "
        page.Contents = pdf.make_stream((text + "ET").encode())
    pdf.save(path)
    return path


def lines_of(text: str, words: int = 9) -> list[str]:
    said = text.split(" ")
    return [" ".join(said[n : n + words]) for n in range(0, len(said), words)]


def test_glyph_numbers_without_names_are_read_exactly(tmp_path: Path) -> None:
    lines = [*lines_of(TEXT), MORE]
    with PdfFile(written(tmp_path / "a.pdf", [lines, [HEADING, MORE]])) as file:
        with file.page(1) as page:
            layer = read_layer(page)
            assert [line.raw for line in layer.lines] == lines
            assert judge_layer(layer, page).use_layer
        with file.page(2) as page:
            # A page with few words is read by what the whole file says in its font.
            assert [line.raw for line in read_layer(page).lines][1] == MORE


def test_glyph_numbers_that_make_no_words_stay_what_they_are(tmp_path: Path) -> None:
    with PdfFile(written(tmp_path / "a.pdf", [lines_of(TEXT)], mapped=False)) as file, file.page(1) as page:
        layer = read_layer(page)
        assert (layer.learned, layer.unmapped > 0.5 * layer.letters) == (0, True)
        assert not judge_layer(layer, page).use_layer
