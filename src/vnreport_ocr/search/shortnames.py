"""Short names of offices, kinds of documents and posts, which mean one thing only where such a thing is named.

``TU`` in the name of an issuer is a party committee and ``BC`` a kind a report; in a text they could be many things, so
the search for words knows less (``abbreviations``).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from vnreport_ocr.search.abbreviations import entries, rows_of
from vnreport_ocr.search.fieldvalues import day_number
from vnreport_ocr.search.matching import has_stroke, is_marked
from vnreport_ocr.search.words import TOKEN, bare, bare_text, written_text
from vnreport_ocr.structure.wording import POSTS

_OFFICES: Final = """
TW: trung ương
TƯ: trung ương
TU: tỉnh ủy | thành ủy
HU: huyện ủy
ĐU: đảng ủy
TTg: thủ tướng
CP: chính phủ
QH: quốc hội
UBTVQH: ủy ban thường vụ quốc hội
VPCP: văn phòng chính phủ
VPTW: văn phòng trung ương
BCT: bộ chính trị | bộ công thương
BTC: bộ tài chính | ban tổ chức
BNV: bộ nội vụ
BYT: bộ y tế
BXD: bộ xây dựng
BTP: bộ tư pháp
BCA: bộ công an
BQP: bộ quốc phòng
BNG: bộ ngoại giao
BGDĐT: bộ giáo dục đào tạo
BKHĐT: bộ kế hoạch đầu tư
BTNMT: bộ tài nguyên môi trường
BNNMT: bộ nông nghiệp môi trường
BGTVT: bộ giao thông vận tải
BTTTT: bộ thông tin truyền thông
BVHTTDL: bộ văn hóa thể thao du lịch
BLĐTBXH: bộ lao động thương binh xã hội
BNNPTNT: bộ nông nghiệp phát triển nông thôn
BKHCN: bộ khoa học công nghệ
STC: sở tài chính
SNV: sở nội vụ
SYT: sở y tế
SXD: sở xây dựng
SCT: sở công thương
STP: sở tư pháp
SGDĐT: sở giáo dục đào tạo
SKHĐT: sở kế hoạch đầu tư
STNMT: sở tài nguyên môi trường
SNNMT: sở nông nghiệp môi trường
SGTVT: sở giao thông vận tải
STTTT: sở thông tin truyền thông
SVHTTDL: sở văn hóa thể thao du lịch
SLĐTBXH: sở lao động thương binh xã hội
SNNPTNT: sở nông nghiệp phát triển nông thôn
SKHCN: sở khoa học công nghệ
KHĐT: kế hoạch đầu tư
KH&ĐT: kế hoạch đầu tư
TTTT: thông tin truyền thông
TT&TT: thông tin truyền thông
NNMT: nông nghiệp môi trường
VP: văn phòng
BQL: ban quản lý
TP: thành phố
TX: thị xã
TT: thị trấn | trung tâm
CAND: công an nhân dân
CA: công an
"""
"""Of the issuers of documents, besides those that stand for one thing anywhere."""

_KINDS: Final = """
NQ: nghị quyết
QĐ: quyết định
QyĐ: quy định
QĐi: quy định
CT: chỉ thị
QC: quy chế
TC: thông cáo
TB: thông báo
HD: hướng dẫn
CTr: chương trình
KH: kế hoạch
PA: phương án
ĐA: đề án
DA: dự án
BC: báo cáo
BB: biên bản
TTr: tờ trình
HĐ: hợp đồng
CĐ: công điện
NĐ: nghị định
TT: thông tư
TTLT: thông tư liên tịch
NQLT: nghị quyết liên tịch
CV: công văn
GM: giấy mời
KL: kết luận
PL: pháp lệnh
L: lệnh | luật
SL: sắc lệnh
VBHN: văn bản hợp nhất
"""
"""Of kinds of documents, as numbers have them (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW)."""

_SIGNERS: Final = """
CT: chủ tịch
PCT: phó chủ tịch
BT: bí thư
PBT: phó bí thư
GĐ: giám đốc
PGĐ: phó giám đốc
CVP: chánh văn phòng
PCVP: phó chánh văn phòng
TTg: thủ tướng
PTTg: phó thủ tướng
"""
"""Of the posts of people who sign."""

_TITLES: Final = frozenset(("ong", "ba", "dong chi", "d c", "dc"))
"""What people write before a name and documents leave out below a signature."""
_LETTER: Final = "công văn"
_NAME: Final = re.compile(r"[^\W_]+(?:[&.-][^\W_]+)*")
_SYMBOL: Final = re.compile(
    r"\d{1,6}[a-zđ]?(?:\s*/\s*(?:19|20)\d\d)?\s*[-/\N{EN DASH}]\s*(?P<kind>[^\W\d_]+)\b(?!\d)", re.IGNORECASE
)
_DAY: Final = re.compile(
    r"(?P<day>\d{1,2})\s*(?:tháng|[-/.])\s*(?P<month>\d{1,2})\s*(?:năm|[-/.])\s*(?P<year>\d{4})(?!\d)", re.IGNORECASE
)


def meanings(name: str, typed: str) -> tuple[str, ...]:
    """Return what a short name stands for in a field; nothing where it is none there.

    Marks and strokes that were typed are meant so: ``TƯ`` is no ``TU``, and ``ĐA`` no ``DA``; ``da`` may be both.
    """
    return tuple(words for _, words in _told(name, typed))


def _told(name: str, typed: str) -> list[tuple[str, str]]:
    found = _tables().get(name, {}).get(_letters(typed), ())
    if is_marked(typed) or has_stroke(typed):
        return [row for row in found if row[0].lower() == typed.lower()]
    return [row for row in found if not is_marked(row[0])]


def forms_of(name: str, typed: str) -> list[list[str]]:
    """Cut the value of a field into its parts, and give for each the forms in which a fact may have it.

    A part is a word, a short name with what it stands for, or words with their short name.
    """
    words = [
        part for found in _NAME.findall(typed) for part in ([found] if meanings(name, found) else TOKEN.findall(found))
    ]
    made: list[list[str]] = []
    place = 0
    while place < len(words):
        rest = words[place:]
        length = next((size for size in range(len(rest), 1, -1) if _short_of(name, rest[:size])), 1)
        said = " ".join(rest[:length])
        made.append(forms_of_word(name, said) if length == 1 else [said, *_short_of(name, rest[:length])])
        place += length
    return made


def forms_of_word(name: str, word: str) -> list[str]:
    """Return a word, or a short name in its spellings and what it stands for."""
    told = _told(name, word)
    return [form for row in told for form in row] or [word]


def _short_of(name: str, words: Sequence[str]) -> tuple[str, ...]:
    return _shorts().get(name, {}).get(_letters(" ".join(words)), ())


def _letters(said: str) -> str:
    """Return the bare letters of a name; ``và`` between its words makes no other name."""
    return " ".join(part for part in bare_text(said).split() if part != "va")


@lru_cache(maxsize=50_000)
def words_of_fact(text: str | None) -> str:
    """Return the words of a name without marks, and without ``và``, which short names leave out."""
    return _letters(text or "")


@lru_cache(maxsize=50_000)
def fact_as_written(text: str | None) -> str:
    """Return the same words as they are written."""
    return " ".join(part for part in written_text(text or "").split() if part != "và")


@lru_cache(maxsize=50_000)
def kind_of(kind: str | None, number: str | None) -> str:
    """Return the kind of a document; one that does not say it is what its number says, or a letter."""
    if kind:
        return kind
    symbol = _SYMBOL.search(number or "")
    if symbol is None:
        return ""
    return " ".join(meanings("kind", symbol["kind"])) or _LETTER


@lru_cache(maxsize=50_000)
def day_of(text: str | None) -> int | None:
    """Return the ordinal of the day that a letterhead gives, in words or in figures."""
    found = _DAY.search(text or "")
    return None if found is None else day_number(int(found["year"]), int(found["month"]), int(found["day"]))


def without_title(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a signer's name without what people put before it (``ông``, ``đồng chí``)."""
    for length in (2, 1):
        if len(words) > length and " ".join(map(bare, words[:length])) in _TITLES:
            return words[length:]
    return words


def post_and_name(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Cut what was typed of a signer into the post and the name (``phó chủ tịch Trần Văn Ẩn``); either may be empty."""
    plain = [bare(word) for word in words]
    for length in range(len(words), 0, -1):
        said = " ".join(plain[:length])
        if said in _post_names():
            return words[:length], words[length:]
        if length == 1 and (told := meanings("signer", words[0])) and len(words) > 1:
            return told[0].split(), words[1:]
    return (), words


@lru_cache(maxsize=1)
def _post_names() -> frozenset[str]:
    return frozenset(f"{before}{bare_text(post)}" for post in POSTS for before in ("", "pho "))


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]:
    """Return for each field what short names stand for, by their bare letters, each with its spelling."""
    everywhere = list(entries())
    told = {
        "issuer": [*everywhere, *rows_of(_OFFICES)],
        "kind": list(rows_of(_KINDS)),
        "signer": list(rows_of(_SIGNERS)),
        "title": everywhere,
    }
    return {name: _by_letters(rows) for name, rows in told.items()}


def _by_letters(rows: Sequence[tuple[str, str]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    made: dict[str, tuple[tuple[str, str], ...]] = {}
    for short, words in rows:
        key = _letters(short)
        made[key] = (*made.get(key, ()), (short, words))
    return made


@lru_cache(maxsize=1)
def _shorts() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return for each field the short names of words, by their bare letters."""
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, table in _tables().items():
        made[name] = {}
        for short, words in (row for rows in table.values() for row in rows):
            key = _letters(words)
            made[name][key] = (*made[name].get(key, ()), short)
    return made
