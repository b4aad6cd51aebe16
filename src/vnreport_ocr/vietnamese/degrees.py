"""Ranks and degrees that stand before the name of a person."""

import re
from typing import Final

_TITLES: Final = (
    r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)|Bác sĩ|Tiến sĩ|Thạc sĩ|Luật sư|Dược sĩ|Kỹ sư|Cử nhân|Nhà giáo"
)
_ABBREVIATED: Final = (
    r"PGS|GS|TSKH|TS|Th\.?S|BS|CK\s?[I1l2]{1,2}|KTS|NGƯT|NGND|TTƯT|TTND|NSƯT|NSND"
)  # fmt: skip
_WITH_STOP: Final = r"CN|KS|LS|DS|ĐD"
"""Short enough to be the beginning of something else: only a stop shows that they are abbreviations."""
_DEGREE: Final = rf"(?:(?:{_ABBREVIATED})[.,:]?|(?:{_WITH_STOP})[.,:])"
RANK: Final = re.compile(
    rf"(?P<rank>(?:(?:{_TITLES})(?:,\s?(?={_DEGREE})|(?=\s)))?(?:{_DEGREE}(?:\s?,?\s?{_DEGREE})*)?(?<=\S))(?:\s|(?<=[.,:]))\s*(?=[^\W\d_])"
)
"""A rank or a row of degrees before a name; an engine reads some of their stops as commas or colons."""


def without_rank(text: str) -> str:
    """Return a name without what stands before it."""
    return text[match.end() :] if (match := RANK.match(text)) is not None else text


def as_written(rank: str) -> str:
    """Return a rank with the stops of its abbreviations, which an engine may have read as other signs."""
    return re.sub(r"[,:](?=\S|$)", ".", rank.strip())
