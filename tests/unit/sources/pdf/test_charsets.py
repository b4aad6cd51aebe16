import pytest

from vnreport_ocr.model import Box
from vnreport_ocr.sources.pdf.charsets import decoded, decoders, settled
from vnreport_ocr.sources.pdf.fragments import LayerPiece
from vnreport_ocr.sources.pdf.glyphs import Font, Glyph
from vnreport_ocr.vietnamese.charsets import encode

FIRST = "Các xã đã hoàn thành việc gieo cấy lúa vụ xuân đúng thời vụ"
SECOND = "Ủy ban nhân dân huyện đôn đốc việc nạo vét kênh mương"
THIRD = "Trạm khuyến nông hướng dẫn bón phân cho lúa đẻ nhánh"


def row(text: str, font: str) -> list[LayerPiece]:
    """A line of words in one font."""
    found = []
    for number, word in enumerate(text.split(" ")):
        glyphs = tuple(Glyph(c, 0, 0, 0, 0, 12, Font(font), unmapped=False) for c in word)
        left = number * 30.0
        found.append(
            LayerPiece(word, glyphs, raised=False, left=left, right=left + 20, box=Box(left, 0, left + 20, 12))
        )
    return found


def read(*rows: list[LayerPiece]) -> list[str]:
    by_font, _ = decoders(rows)
    return [" ".join(decoded(piece, settled(line, by_font)) for piece in line) for line in rows]


@pytest.mark.parametrize("font", ["Arial", ".VnTime", "VNI-Times", "VNtimes"])
def test_a_font_may_hold_runs_of_several_charsets(font: str) -> None:
    rows = [row(FIRST, font), row(encode(SECOND, "tcvn3"), font), row(encode(THIRD, "vni"), font)]
    assert read(*rows) == [FIRST, "ủy" + SECOND[2:], THIRD]


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times", "VNtimes", "VPS Times", "Arial"])
def test_a_name_alone_never_decides(font: str) -> None:
    assert read(row(FIRST, font), row(SECOND, font)) == [FIRST, SECOND]
    assert read(row(encode(FIRST, "vni"), font), row(encode(SECOND, "vni"), font)) == [FIRST, SECOND]


def test_foreign_words_stay_what_they_are() -> None:
    lines = [row("Société générale crée à Genève", "Arial"), row(FIRST, "Arial"), row(SECOND, "Arial")]
    assert read(*lines)[0] == "Société générale crée à Genève"
