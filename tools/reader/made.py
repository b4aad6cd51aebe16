"""Strings that texts hold too few of: figures, dates, document numbers, units, cells of tables, names, lists, headings.

They are made by rule from a dice, so that no figure of any document is in them and none is likelier than another.
"""

import random
from collections.abc import Callable
from typing import Final

_SYLLABLES: Final = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Xuân", "Thúy", "Hải", "Tuấn", "Hạnh",
    "Phương", "Yến", "Khánh", "Bảo", "Trọng", "Kiều", "Ý", "Ẩn", "Ỷ", "Ự", "Ẵm",
)  # fmt: skip
_KINDS: Final = (
    "QĐ", "NQ", "CV", "TB", "BC", "KH", "CT", "TTr", "NĐ", "TT", "TTLT", "HD", "GM", "BB", "CTr", "KL", "QyĐ", "PL",
)  # fmt: skip
_ISSUERS: Final = (
    "UBND", "HĐND", "TTg", "CP", "BTC", "BNV", "BYT", "TU", "HU", "ĐU", "VP", "SNV", "STNMT", "BGDĐT", "TW", "BCĐ",
    "MTTQ", "ĐĐBQH", "VPCP", "BKHĐT", "BTTTT", "CĐ",
)  # fmt: skip
_UNITS: Final = (
    "%", "‰", "m²", "m³", "km²", "cm²", "mm", "km", "ha", "kg", "tấn", "tạ", "kWh", "kV", "MW", "mg/l", "µg/m³",
    "°C", "đ", "₫", "USD", "tỷ đồng", "triệu đồng", "người", "hộ", "lượt", "m³/s", "kVA", "lít", "cm", "°", "g/l",
    "đồng/m²", "tấn/ha", "t/ha", "CO₂", "ml", "$", "€",
)  # fmt: skip
_NUMERALS: Final = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XIX",
    "XX", "XXI",
)  # fmt: skip
_HEADS: Final = (
    "STT", "TT", "Chỉ tiêu", "Đơn vị tính", "ĐVT", "Năm", "Kế hoạch", "Thực hiện", "Tỷ lệ", "So sánh", "Ghi chú",
    "Tổng cộng", "Cộng", "Số lượng", "Diện tích", "Kinh phí", "Nội dung", "Đạt", "Nam", "Nữ", "Trong đó",
)  # fmt: skip
_SIGNS: Final = "²³¹⁴⁵₂‰%≥≤±×÷°–—“”‘’«»₫µ№§…+=−<>()[]{}/\\|*&@#$€£¥•·†▪►→☐☑_"


def figure(dice: random.Random) -> str:
    """Write a figure as Vietnamese print writes it: a stop for thousands, a comma for parts; now and then otherwise."""
    whole = dice.randrange(10 ** dice.choice((1, 2, 2, 3, 4, 5, 6, 7, 9)))
    stop, comma = (".", ",") if dice.random() < 0.85 else dice.choice(((",", "."), (" ", ","), ("", ",")))
    text = f"{whole:,}".replace(",", stop)
    if dice.random() < 0.35:
        text += comma + "".join(dice.choice("0123456789") for _ in range(dice.choice((1, 2, 2, 3))))
    return text


def date(dice: random.Random) -> str:
    """Write a date or a span of years."""
    day, month, year = dice.randint(1, 31), dice.randint(1, 12), dice.randint(1930, 2035)
    return dice.choice((
        f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}", f"{day:02}-{month:02}-{year}", f"{day}.{month}.{year}",
        f"ngày {day} tháng {month} năm {year}", f"ngày {day:02} tháng {month:02} năm {year}", f"tháng {month}/{year}",
        f"{year}–{year + dice.randint(1, 9)}", f"{year} - {year + 5}", f"quý {dice.choice(_NUMERALS[:4])}/{year}",
        f"{day % 24:02}:{month * 5 % 60:02}", f"{day % 24}h{month * 5 % 60:02}", f"{day % 24} giờ {month * 5 % 60:02}",
        f"{day}/{month}", f"nhiệm kỳ {year}-{year + 5}",
    ))  # fmt: skip


def code(dice: random.Random) -> str:
    """Write a document's number."""
    number, year = dice.randrange(1, 10 ** dice.choice((2, 3, 4))), dice.randint(1945, 2035)
    kind, issuer = dice.choice(_KINDS), dice.choice(_ISSUERS)
    text = dice.choice((
        f"{number}/{kind}-{issuer}", f"{number:02}/{year}/{kind}-{issuer}", f"{number}-{kind}/{issuer}",
        f"{number}/{issuer}-{dice.choice(_ISSUERS)}", f"{number:03}/{kind}-{issuer}", f"{year}/QH{dice.randint(9, 16)}",
        f"{number}/{year}/QH{dice.randint(9, 16)}",
    ))  # fmt: skip
    return dice.choice(("", "", "Số: ", "Số ", "số ")) + text


def measure(dice: random.Random) -> str:
    """Write a figure with its unit, a limit, a deviation, a product, a share."""
    unit, blank = dice.choice(_UNITS), dice.choice(("", " "))
    before = dice.choice(("", "", "", "", "≥ ", "≤ ", "> ", "< ", "±", "± ", "+", "-", "−", "khoảng ", "= ", "≈ "))
    text = before + figure(dice) + blank + unit
    chance = dice.random()
    if chance < 0.08:
        text = f"{figure(dice)} × {figure(dice)}{blank}{unit}"
    elif chance < 0.16:
        text = f"{figure(dice)} ± {figure(dice)} {unit}"
    elif chance < 0.24:
        text = f"{figure(dice)}{dice.choice(('–', ' - ', '-', '÷', ' – '))}{figure(dice)}{blank}{unit}"
    return text


def name(dice: random.Random) -> str:
    """Write a person's name, now and then in capitals or with what stands before it."""
    text = " ".join(dice.choice(_SYLLABLES) for _ in range(dice.randint(2, 4)))
    before = dice.choice(("", "", "", "Ông ", "Bà ", "Đ/c ", "TS. ", "GS.TS. ", "KT. ", "TL. ", "TM. "))
    return (before + text).upper() if dice.random() < 0.25 else before + text


def cell(dice: random.Random) -> str:
    """Write what stands alone in a cell of a table."""
    kind = dice.random()
    if kind < 0.5:
        return figure(dice)
    if kind < 0.6:
        return dice.choice(_HEADS)
    if kind < 0.7:
        return dice.choice(_UNITS)
    if kind < 0.8:
        return str(dice.randint(1, 99)) + dice.choice(("", ".", ")"))
    if kind < 0.9:
        return measure(dice)
    return dice.choice((date(dice), dice.choice(_NUMERALS), "-", "x", "–", "…"))


def row(dice: random.Random) -> str:
    """Write a row of figures, as it reads where a table has no rulings."""
    return " ".join(figure(dice) for _ in range(dice.randint(3, 8)))


def mark(dice: random.Random) -> str:
    """Write what a line of a list begins with, or a reference."""
    n, letter = dice.randint(1, 40), dice.choice("abcdđeghiklmnop")
    return dice.choice((
        f"{n}.", f"{n}.{dice.randint(1, 9)}.", f"{n}.{dice.randint(1, 9)}.{dice.randint(1, 9)}", f"{letter})", f"({n})",
        f"{dice.choice(_NUMERALS)}.", f"{dice.choice(_NUMERALS)}/", "-", "–", "+", "•", "*", f"Điều {n}.", f"Khoản {n}",
        f"Chương {dice.choice(_NUMERALS)}", f"Phần {dice.choice(_NUMERALS)}:", f"§ {n}", f"№ {n}", f"[{n}]", f"{n}/",
        f"Biểu số {n:02}", f"Phụ lục {dice.choice(_NUMERALS)}",
    ))  # fmt: skip


def signs(dice: random.Random) -> str:
    """Write signs as no text has them, so that none is too rare to be learned."""
    return (
        "".join(
            dice.choice(
                (dice.choice(_SIGNS), dice.choice(_SIGNS), dice.choice("0123456789"), dice.choice("aAnđĐxXlI1O0 "))
            )
            for _ in range(dice.randint(3, 12))
        ).strip()
        or "…"
    )


MAKERS: Final[tuple[tuple[Callable[[random.Random], str], int], ...]] = (
    (figure, 3), (date, 3), (code, 4), (measure, 4), (name, 2), (cell, 3), (row, 2), (mark, 1), (signs, 1),
)  # fmt: skip


def made(dice: random.Random) -> str:
    """Make a string of any kind."""
    return dice.choices([maker for maker, _ in MAKERS], [weight for _, weight in MAKERS])[0](dice)
