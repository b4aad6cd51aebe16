"""Numbers that were read in two: a dangling sign, two numbers with no word between them, a divided symbol."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vnreport_ocr.figures.forms import STEP
from vnreport_ocr.figures.words import Finding, PageWord, PageWords

_HEAD = re.compile(r"[^\w\s]?\d{1,3}(?:[.,]\d{3})*[.,;]")
"""A number that ends with a sign after which three more of its figures may follow."""
_REST = re.compile(r"[\d\[{|]\d\d(?:[.,]\d{3})*(?:,\d{1,2})?%?[.,;:)]{0,2}")
_CENTS = re.compile(r"\d{1,2}%?[.,;:)]{0,2}")
_STROKE = re.compile(r"\S*\d[/\-]")
_NUMBER = re.compile(r"[(+]?\d+(?:[.,/\-]\d+)*[.,;:)]{0,2}")
_WHOLE = re.compile(r"[(+]?\d+(?:[.,/\-]\d+)*")
_PHONE = re.compile(r"\(?\+?\d{1,4}[).]?")
_CODE = re.compile(r"(?:\d+/)?\d+[/\-](?:QĐ|TT|TTLT|NĐ|NQ|CT|TB|BC|KH|TTr|CV|BB|CĐ|HD|QC|KL|GM|PL)[\-:.]?|"
                   r"(?:\d+/)+[A-ZĐƯ][\w&]*[\-/]")  # fmt: skip
"""A document number cut off within its symbol, or at a dash of it."""
_TAIL = re.compile(r"[.,]\d{1,3}(?:[.,]\d+)*%?[.,;:)]{0,2}")
_DASHED = re.compile(r"(?:\d+/)+[A-ZĐƯ][\w&]*-[A-ZĐƯ][A-ZĐƯa-zđ]*[.,;:)]?")
_SYMBOL = re.compile(r"-?[A-ZĐƯ]{2,}[\w&.\-]*[.,;:)]?|-[A-ZĐƯ][\w&]*[.,;:)]?")
_LABELS: Final = frozenset(
    ("điều", "khoản", "điểm", "mục", "chương", "phần", "số", "bảng", "biểu", "trang", "hình", "thửa", "lô", "tổ")
)
_PROSE: Final = 0.5
_LEAST_WORDS: Final = 4


def check_torn(sheet: PageWords) -> Iterator[Finding]:
    """Find numbers that stand in two words; each is left for a person to check."""
    for words in sheet.words:
        if not _is_prose(words):
            continue
        for number, (head, rest) in enumerate(pairwise(words)):
            if not _follow(sheet, head, rest):
                continue
            if _is_parted(head.text, rest.text):
                both = head._replace(text=f"{head.text} {rest.text}")
                yield Finding(both, head.text + rest.text, STEP, 0.9, "a document number has no space at its dash")
            elif _is_torn(words, number):
                for word in (head, rest):
                    yield Finding(word, "", STEP, 0.5, "it may form one number with the word beside it")


def _is_parted(head: str, rest: str) -> bool:
    """Whether a symbol was divided at its dash; print sets no space there, and no figure changes."""
    whole = _DASHED.fullmatch(head + rest)
    return whole is not None and (head.endswith("-") or rest.startswith("-"))


def _is_torn(words: Sequence[PageWord], number: int) -> bool:
    head, rest = words[number].text, words[number + 1].text
    if _CODE.fullmatch(head) and _SYMBOL.fullmatch(rest):
        return True
    if not any(c.isdigit() for c in rest[:2]):
        return False
    if _WHOLE.fullmatch(head) and _TAIL.fullmatch(rest):
        return True
    if _STROKE.fullmatch(head):
        return True
    if _WHOLE.fullmatch(head) and _NUMBER.fullmatch(rest):
        return not _is_phone(words, number)
    if not _HEAD.fullmatch(head) or not _may_go_on(words[:number]) or _is_list(words, number):
        return False
    if _REST.fullmatch(rest):
        return True
    return head.endswith(",") and "." in head and _CENTS.fullmatch(rest) is not None


def _is_phone(words: Sequence[PageWord], number: int) -> bool:
    """Whether the numbers up to this one are written like telephone numbers, in groups with spaces between them."""
    first = number
    while first and (_WHOLE.fullmatch(words[first - 1].text) or _PHONE.fullmatch(words[first - 1].text)):
        first -= 1
    head = words[first].text
    open_ended = head.startswith("(") and not head.endswith((")", ")."))
    return _PHONE.fullmatch(head) is not None and head[0] in "0(+" and not open_ended


def _is_list(words: Sequence[PageWord], number: int) -> bool:
    """Whether more numbers stand beside these two, as in a list."""
    beside = [words[place].text for place in (number - 1, number + 2) if 0 <= place < len(words)]
    return any(text.lower() in ("và", "đến", "hoặc") or _NUMBER.fullmatch(text) for text in beside)


def _may_go_on(before: Sequence[PageWord]) -> bool:
    """Whether a number after these words numbers nothing, so that its sign ends nothing."""
    return bool(before) and before[-1].core.lower() not in _LABELS and not before[-1].core.isupper()


def _follow(sheet: PageWords, head: PageWord, rest: PageWord) -> bool:
    """Whether exactly one space stands between two words."""
    end = head.start + len(head.text)
    return sheet.lines[head.line].text[end : rest.start] == " "


def _is_prose(words: Sequence[PageWord]) -> bool:
    """Whether a line is running text; in a row without rulings, numbers stand side by side."""
    letters = sum(word.text[:1].isalpha() for word in words)
    # A short line that begins small is the end of a paragraph; no row of figures begins so.
    least = 1 if words and words[0].text[:1].islower() else _LEAST_WORDS
    return letters >= least and letters >= _PROSE * len(words)
