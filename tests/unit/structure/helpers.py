"""Lines as a page has them, for the tests of this room."""

from vnreport_ocr.model import Box, Line, Style, Token

SIZE = (595.0, 842.0)


def line(text: str, left: float, top: float, sure: float | None = None, size: float = 13, bold: bool = False) -> Line:
    tokens, start, x = [], 0, left
    for word in text.split():
        wide = 0.5 * size * len(word)
        start = text.index(word, start)
        tokens.append(Token(word, start, Box(x, top, x + wide, top + size), sure, (), Style(size, bold)))
        start += len(word)
        x += wide + 4
    return Line(text, tuple(tokens))


def letter(
    number: str = "Số: 145/TTr-UBND", dated: str = "An Phú, ngày 3 tháng 4 năm 2019", sure: float = 0.95
) -> list[Line]:
    return [
        line("ỦY BAN NHÂN DÂN", 60, 40, sure),
        line("HUYỆN AN PHÚ", 70, 56, sure),
        line(number, 80, 80, sure),
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 260, 40, sure),
        line("Độc lập - Tự do - Hạnh phúc", 300, 56, sure),
        line(dated, 320, 80, sure),
        line("TỜ TRÌNH", 260, 130, sure),
        line("Về việc phân bổ vốn đầu tư công đợt hai", 170, 150, sure),
        line("Kính gửi: Hội đồng nhân dân huyện", 180, 190, sure),
        line("Ủy ban nhân dân huyện kính trình Hội đồng nhân dân huyện xem xét, quyết định.", 60, 220, sure),
        line("Nơi nhận:", 60, 640, sure),
        line("- Như trên;", 60, 655, sure),
        line("TM. ỦY BAN NHÂN DÂN", 330, 640, sure),
        line("CHỦ TỊCH", 370, 656, sure),
        line("Trần Văn Bình", 365, 740, sure),
        line("2", 295, 810, sure),
    ]
