"""The names of the facts of a letterhead in output files, in English and Vietnamese (docs/letterhead.md)."""

from collections.abc import Iterator
from typing import Final

from vnreport_ocr.model import Letterhead, Reading

FIELDS: Final = {
    "superior": "co_quan_chu_quan",
    "issuer": "co_quan_ban_hanh",
    "number": "so_ky_hieu",
    "symbol": "ky_hieu",
    "place": "dia_danh",
    "date": "ngay_ban_hanh",
    "kind": "loai_van_ban",
    "title": "trich_yeu",
    "urgency": "do_khan",
    "secrecy": "do_mat",
    "arrival": "dau_den",
    "addressees": "kinh_gui",
    "recipients": "noi_nhan",
    "authority": "tham_quyen_ky",
    "post": "chuc_vu",
    "rank": "cap_bac",
    "signer": "nguoi_ky",
}
"""English to Vietnamese, in the order in which they are written."""


def facts(letterhead: Letterhead) -> Iterator[tuple[str, str, Reading]]:
    """Yield each known fact with both of its names, and each item of a list by itself."""
    for name, vietnamese in FIELDS.items():
        value: Reading | tuple[Reading, ...] | None = getattr(letterhead, name)
        if isinstance(value, Reading):
            yield name, vietnamese, value
        else:
            for reading in value or ():
                yield name, vietnamese, reading
