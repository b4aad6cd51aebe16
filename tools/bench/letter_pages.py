"""Draws the letters of ``letters.py``: as text layers, and as scans with the damage of paper in archives."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from pikepdf import Pdf
from PIL import Image, ImageDraw

from tools.bench.letters import LETTERS, Letter

sys.path.insert(0, str(Path(__file__).parents[2] / "samples"))
import damage
import layout
import pdfs
from layout import Set

_TOP: Final = 74.0
_STEP: Final = 17.0
_LEFT: Final = 168.0
_RIGHT: Final = 410.0
_BODY: Final = (
    "Qua theo dõi tình hình ở cơ sở trong thời gian vừa qua, đề nghị các đơn vị khẩn trương rà soát, bổ sung số liệu "
    "còn thiếu và gửi về bộ phận tổng hợp trước ngày 15 hằng tháng để kịp tổng hợp chung.",
    "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh kịp thời để được xem xét, giải quyết.",
)


class Hand(NamedTuple):
    """Figures written with a pen: the place of their foot in points, and what they are."""

    x: float
    y: float
    figures: str


class Made(NamedTuple):
    """A drawn letter: its name, the letter, the PDF."""

    name: str
    letter: Letter
    data: bytes


def drawn_letters() -> Iterator[Made]:
    """Draw every letter twice as a scan, and every third one as a text layer."""
    for number, letter in enumerate(LETTERS):
        lines, hand = _set(letter)
        ways = _ways(number, letter)
        if number % 3 == 0 and not hand:
            ways["layer"] = None
        for name, damaged in ways.items():
            typed = pdfs.typeset(lines)
            if damaged is not None:
                page = _with_hand(pdfs.render(typed, 0, 200), hand, number)
                typed = pdfs.with_pictures([damaged(page)])
            yield Made(f"letter-{number:02}-{name}", letter, _pdf(typed))


def layers_of_letters() -> Iterator[Made]:
    """Set every letter that holds nothing written by hand as a text layer."""
    for number, letter in enumerate(LETTERS):
        lines, hand = _set(letter)
        if not hand:
            yield Made(f"letter-{number:02}-layer", letter, _pdf(pdfs.typeset(lines)))


def _ways(number: int, letter: Letter) -> dict[str, Callable[[Image.Image], Image.Image] | None]:
    def stamped(page: Image.Image) -> Image.Image:
        return damage.stamped(page, number, seal=(365.0, 646.0), arrival=letter.arrival)

    def office(page: Image.Image) -> Image.Image:
        return damage.office(page, number)

    def fax(page: Image.Image) -> Image.Image:
        return damage.fax(page, number)

    first = ("bitonal", damage.bitonal) if number % 2 else ("office", office)
    second = ("fax", fax) if number % 4 == 3 and not letter.arrival else ("stamped", stamped)
    return dict((first, second))


def _pdf(typed: Pdf) -> bytes:
    buffer = io.BytesIO()
    typed.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _set(letter: Letter) -> tuple[list[Set], list[Hand]]:
    """Return the lines of a letter, and what is written into them by hand."""
    layout.register()
    lines: list[Set] = []
    hand: list[Hand] = []
    y = _TOP
    for text in letter.superior:
        y = _centre(lines, text, "regular", _LEFT, y, 12)
    for text in letter.issuer:
        y = _centre(lines, text, "bold", _LEFT, y, 12)
    right = _TOP
    if letter.party:
        right = _centre(lines, "ĐẢNG CỘNG SẢN VIỆT NAM", "bold", _RIGHT, right, 13)
    else:
        right = _centre(lines, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "bold", _RIGHT, right, 12)
        right = _centre(lines, "Độc lập - Tự do - Hạnh phúc", "bold", _RIGHT, right, 13)
    y = max(y, right) + 6
    y = _number_and_date(lines, hand, letter, y)
    if not letter.kind:
        for text in letter.title:
            y = _centre(lines, text, "regular", _LEFT, y, 11.5)
    if letter.urgency or letter.secrecy:
        _centre(lines, letter.urgency or letter.secrecy, "bold", _LEFT, y + 12, 14)
    y += 34
    if letter.kind:
        y = _centre(lines, letter.kind, "bold", 319, y, 14)
        for text in letter.title:
            y = _centre(lines, text, "bold", 319, y, 13.5)
        y += 22
    y = _addressees(lines, letter, y)
    for text in _BODY * 2:
        for row, part in enumerate(layout.wrap(text, "regular", 440, 468)):
            lines.append(Set(0, layout.LEFT + (0 if row else 28), y, part, "regular"))
            y += layout.LEADING
        y += 4
    _closing(lines, letter, max(y + 14, 560.0))
    return lines, hand


def _centre(lines: list[Set], text: str, face: str, middle: float, y: float, size: float) -> float:
    lines.append(Set(0, middle - layout.width(text, face, size) / 2, y, text, face, size))
    return y + _STEP


def _number_and_date(lines: list[Set], hand: list[Hand], letter: Letter, y: float) -> float:
    said = f"Số {letter.number}" if letter.party else f"Số: {letter.number}"
    day = f"{letter.place}, {letter.date}"
    if letter.by_hand:
        figures, slash, symbol = letter.number.partition("/")
        gap = " " * 10
        said = f"Số:{gap}{slash}{symbol}"
        x = _LEFT - layout.width(said, "regular", 13) / 2 + layout.width("Số: ", "regular", 13)
        hand.append(Hand(x, y, figures))
        before, _, after = day.partition("ngày ")
        number, _, rest = after.partition(" ")
        day = f"{before}ngày {gap[:7]}{rest}"
        x = _RIGHT - layout.width(day, "italic", 13) / 2 + layout.width(f"{before}ngày ", "italic", 13)
        hand.append(Hand(x, y, number))
    _centre(lines, said, "regular", _LEFT, y, 13)
    return _centre(lines, day, "italic", _RIGHT, y, 13)


def _addressees(lines: list[Set], letter: Letter, y: float) -> float:
    if len(letter.addressees) == 1:
        return _centre(lines, f"Kính gửi: {letter.addressees[0]}", "regular", 319, y, 13.5) + 10
    if letter.addressees:
        lines.append(Set(0, 190, y, "Kính gửi:", "regular"))
        for text in letter.addressees:
            y += _STEP
            lines.append(Set(0, 240, y, f"- {text}", "regular"))
        y += _STEP + 10
    return y


def _closing(lines: list[Set], letter: Letter, y: float) -> None:
    lines.append(Set(0, layout.LEFT, y, "Nơi nhận:", "bold", 12))
    for row, text in enumerate(letter.recipients, 1):
        lines.append(Set(0, layout.LEFT, y + 14.5 * row, f"- {text}", "regular", 11))
    foot = y
    for text in letter.authority:
        foot = _centre(lines, text, "bold", 420, foot, 13)
    _centre(lines, letter.post, "bold", 420, foot, 13)
    _centre(lines, f"{letter.rank} {letter.signer}".strip(), "bold", 420, y + 130, 13.5)


_PEN: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "0": ((0.5, 0.0), (0.1, 0.3), (0.1, 0.8), (0.5, 1.0), (0.9, 0.7), (0.9, 0.2), (0.5, 0.0)),
    "1": ((0.2, 0.3), (0.6, 0.0), (0.5, 1.0)),
    "2": ((0.1, 0.2), (0.5, 0.0), (0.9, 0.3), (0.1, 1.0), (0.95, 0.95)),
    "3": ((0.1, 0.1), (0.8, 0.1), (0.4, 0.45), (0.9, 0.7), (0.5, 1.0), (0.1, 0.9)),
    "4": ((0.6, 1.0), (0.65, 0.0), (0.05, 0.65), (1.0, 0.6)),
    "5": ((0.9, 0.0), (0.25, 0.05), (0.2, 0.45), (0.8, 0.55), (0.7, 1.0), (0.1, 0.95)),
    "6": ((0.8, 0.0), (0.2, 0.5), (0.3, 1.0), (0.8, 0.9), (0.7, 0.55), (0.25, 0.65)),
    "7": ((0.1, 0.05), (0.9, 0.0), (0.4, 1.0)),
    "8": ((0.5, 0.45), (0.2, 0.2), (0.6, 0.0), (0.8, 0.2), (0.2, 0.8), (0.5, 1.0), (0.8, 0.8), (0.5, 0.45)),
    "9": ((0.8, 0.3), (0.4, 0.5), (0.2, 0.2), (0.6, 0.0), (0.8, 0.3), (0.6, 1.0)),
}


def _with_hand(page: Image.Image, hand: list[Hand], seed: int) -> Image.Image:
    """Draw figures of an unsteady pen on the page, larger than the print and not quite on its line."""
    if not hand:
        return page
    chance = np.random.default_rng(seed)
    page = page.copy()
    draw = ImageDraw.Draw(page)
    scale = page.width / layout.WIDTH
    for place in hand:
        x = place.x
        for figure in place.figures:
            tall, wide, rise = (float(chance.uniform(*span)) for span in ((12, 16), (5.5, 8), (-2, 4)))
            points = [
                ((x + (px + 0.25 * (1 - py)) * wide) * scale, (place.y + rise - tall * (1 - py)) * scale)
                for px, py in _PEN[figure]
            ]
            draw.line(points, fill=40, width=round(1.3 * scale), joint="curve")
            x += wide + 1.5
    return page
