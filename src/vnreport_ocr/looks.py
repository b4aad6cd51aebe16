"""What is said of a page that was looked at and not read."""

from typing import NamedTuple


class TextLook(NamedTuple):
    """A page of a text: what is wrong with it and what repair would do."""

    number: int
    damage: str
    quality: float
    words: int
    corrections: int
    doubts: int


class PageLook(NamedTuple):
    """A page of a PDF or a page image: what it holds and what would be done with it."""

    number: int
    width: float
    height: float
    turned: int
    dpi: float
    fonts: tuple[str, ...]
    charset: str
    words: int
    legal: float
    quality: float
    plan: str
    reasons: tuple[str, ...]
