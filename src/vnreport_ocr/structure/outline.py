"""The rank of headings, and how deep each is in the document being read."""

import re
from typing import Final

_RANKS: Final = (
    ("annex", re.compile(r"(?:PHỤ\s+LỤC|Phụ\s+lục|(?:BIỂU|Biểu|MẪU|Mẫu)\s+(?:SỐ|số))\b"
                         r"(?=\s*$|\s+(?:[IVXLC]+|\d+|số|SỐ|[A-Z])\b)")),
    ("part", re.compile(r"(?:PHẦN|Phần)\s+(?:(?:THỨ|thứ)\s|[IVXLC]+\b|\d+|[A-ZĐ]\b)")),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương)\s+(?:[IVXLC]+\b|\d+|(?:THỨ|thứ)\s)")),
    ("section", re.compile(r"(?:MỤC|Mục)\s+(?:[IVXLC]+\b|\d+|[A-ZĐ]\b)")),
    ("subsection", re.compile(r"(?:TIỂU\s+MỤC|Tiểu\s+mục)\s+(?:[IVXLC]+\b|\d+|[A-ZĐ]\b)")),
    ("article", re.compile(r"(?:ĐIỀU|Điều)\s+\d+[a-zđ]?\s*[.:]?")),
    ("roman", re.compile(r"[IVXL]{1,6}\s*[.\-)/\N{EN DASH}]\s*\S")),
    ("capital", re.compile(r"[A-HĐ]\s*[.\-)/]\s+\S")),
    ("decimal", re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})*\.?\s+\S")),
    ("arabic", re.compile(r"\d{1,2}\s*[.)\-/]\s*[^\W\d]")),
    ("letter", re.compile(r"[a-zđ]\s*[.)]\s*\S")),
)  # fmt: skip
_BARE = re.compile(
    r"(?:PHẦN|CHƯƠNG|MỤC|TIỂU\s+MỤC|PHỤ\s+LỤC)\s+(?:(?:SỐ\s+)?(?:[IVXLC]+|\d{1,3}|[A-ZĐ])|THỨ\s+\w{2,5})\s*[.:]?",
    re.IGNORECASE,
)
_ORDER: Final = (
    "annex",
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "capital",
    "roman",
    "arabic",
    "decimal",
    "letter",
)
"""From the highest to the lowest, as documents use them."""
DEEPEST: Final = 6


def rank_of(text: str) -> str | None:
    """Return what kind of number a heading has, or None if it has none."""
    stripped = text.strip()
    return next((name for name, pattern in _RANKS if pattern.match(stripped)), None)


def is_bare_number(text: str) -> bool:
    """Whether a heading is only the number of a part, a chapter or a section: its name is on the lines below."""
    return _BARE.fullmatch(text.strip()) is not None


class Outline:
    """How deep each heading is under those before it; to be asked in document order.

    A rank is one level below the next higher rank in use: ``Điều`` under ``Chương`` is one level higher than ``Điều``
    under ``Mục``, and a law without chapters has its articles directly below its title.
    """

    def __init__(self) -> None:
        self._open: list[int] = []

    def level(self, text: str) -> int:
        """Return the level of the next heading: 1 for the title of the document, 0 for one without a number.

        A heading without a number (``QUYẾT ĐỊNH:``, ``CHÍNH PHỦ``) is outside the hierarchy.
        """
        rank = rank_of(text)
        if rank is None:
            return 0
        place = _ORDER.index(rank) + self._depth_within(rank, text)
        while self._open and self._open[-1] >= place:
            self._open.pop()
        self._open.append(place)
        return min(DEEPEST, 1 + len(self._open))

    @staticmethod
    def _depth_within(rank: str, text: str) -> int:
        """``1.2.3`` lies under ``1.2``; every other rank has one level."""
        return text.split()[0].strip(".").count(".") - 1 if rank == "decimal" and text.split() else 0
