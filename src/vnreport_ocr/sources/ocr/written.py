"""How a table writes its figures: which sign groups thousands, which one stands before decimals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vnreport_ocr.sources.ocr.figures import is_figure
from vnreport_ocr.vietnamese.letters import digits_of

_LEAST: Final = 3
_GROUPED: Final = {sign: re.compile(rf"[-(]?\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+(?!\d)") for sign in ".,"}
_DECIMAL: Final = {sign: re.compile(rf"{re.escape(sign)}\d{{1,2}}[%)]*$") for sign in ".,"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT: Final = 3
"""Digits that need no grouping."""


@dataclass(frozen=True, slots=True)
class Written:
    """The two signs as a table has them; what stands before decimals is not what groups thousands."""

    groups: str = "."
    decimals: str = ","
    always_grouped: bool = False
    """Whether enough figures are grouped that one with four digits and no sign has lost its own."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Written":
        """Find how most of the readings of a table are written; in doubt as Vietnamese print is."""
        known = list(texts)
        grouped = {sign: sum(_GROUPED[sign].match(text) is not None for text in known) for sign in ".,"}
        decimal = {sign: sum(_DECIMAL[sign].search(text) is not None for text in known) for sign in ".,"}
        foreign = grouped[","] + decimal["."] > 2 * (grouped["."] + decimal[","])
        groups, decimals = (",", ".") if foreign else (".", ",")
        return cls(groups, decimals, grouped[groups] >= _LEAST)

    def is_well_formed(self, text: str) -> bool:
        """Whether a figure has its signs as the table sets them; a year has none."""
        if _YEAR.fullmatch(text):
            return True
        group, point = re.escape(self.groups), re.escape(self.decimals)
        whole = rf"\d{{1,3}}(?:{group}\d{{3}})*" if self.always_grouped else rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)"
        return re.fullmatch(rf"[-(]?{whole}(?:{point}\d{{1,3}})?%?\)?", text) is not None

    def forms(self, readings: Iterable[str]) -> list[str]:
        """Return the readings that are figures, and the same figures with their signs as the table sets them."""
        found: dict[str, None] = {}
        for text in readings:
            if is_figure(text):
                found[text] = None
            for other in self._rewritten(text):
                found[other] = None
        return list(found)

    def _rewritten(self, text: str) -> Iterable[str]:
        """Return a figure with other signs between its digits, which stay what they are."""
        bare = re.fullmatch(r"(?P<lead>[-(]?)(?P<body>\d[\d., ]*)(?P<tail>%?\)?)", text)
        if bare is None:
            return
        digits = digits_of(bare["body"])
        behind = len(digits_of(re.split(r"[., ]", bare["body"])[-1])) if re.search(r"[., ]", bare["body"]) else 0
        for decimals in {0, 1, 2, behind} if self._may_lack_signs(bare["body"]) else {0, behind}:
            if decimals < len(digits) and decimals <= 2:
                other = self._set(digits, decimals)
                if other != bare["body"]:
                    yield bare["lead"] + other + bare["tail"]

    def _may_lack_signs(self, body: str) -> bool:
        """Whether a run of digits is too long for one that the table would set without a sign."""
        return self.always_grouped and any(len(run) > _SHORT for run in re.split("[., ]", body))

    def _set(self, digits: str, decimals: int) -> str:
        whole, rest = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
        parts = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
        return self.groups.join(parts) + (self.decimals + rest if rest else "")
