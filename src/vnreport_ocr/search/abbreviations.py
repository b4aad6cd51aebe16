"""Abbreviations of reports: who types ``UBND`` finds ``Ủy ban nhân dân`` too, and the other way round.

The table holds what stands for one thing only wherever Vietnamese offices write it. Short forms that stand for several
are left out, since each would bring up pages about something else: ``TT`` (thông tư, thị trấn, trung tâm), ``KH`` (kế
hoạch, khách hàng), ``CT`` (chỉ thị, chủ tịch), ``DN`` (doanh nghiệp, Đà Nẵng), ``TP``, ``TX``, ``HS``, ``CP``, and
those of kinds of documents, which are parts of numbers. Pages with what was typed come first.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from vnreport_ocr.search.matching import is_marked
from vnreport_ocr.search.query import Both, Either, Field, Instead, Node, Phrase, Term, parse
from vnreport_ocr.search.wholevalues import with_whole_values
from vnreport_ocr.search.words import TOKEN, bare, written

_TABLE: Final = """
UBND: ủy ban nhân dân
HĐND: hội đồng nhân dân
UBMTTQ: ủy ban mặt trận tổ quốc
MTTQ: mặt trận tổ quốc
BCH: ban chấp hành
BTV: ban thường vụ
BCĐ: ban chỉ đạo
ĐBQH: đại biểu quốc hội
LLVT: lực lượng vũ trang
TAND: tòa án nhân dân
VKSND: viện kiểm sát nhân dân
KCN: khu công nghiệp
CCN: cụm công nghiệp
KKT: khu kinh tế
HTX: hợp tác xã
NTM: nông thôn mới
GPMB: giải phóng mặt bằng
XDCB: xây dựng cơ bản
GTNT: giao thông nông thôn
GTVT: giao thông vận tải
NSNN: ngân sách nhà nước
KBNN: kho bạc nhà nước
NHNN: ngân hàng nhà nước
SXKD: sản xuất kinh doanh
VLXD: vật liệu xây dựng
TNHH: trách nhiệm hữu hạn
BĐS: bất động sản
BHXH: bảo hiểm xã hội
BHYT: bảo hiểm y tế
BHTN: bảo hiểm thất nghiệp
TTHC: thủ tục hành chính
CCHC: cải cách hành chính
QLNN: quản lý nhà nước
CNTT: công nghệ thông tin
KHCN: khoa học công nghệ | khoa học và công nghệ
KH&CN: khoa học và công nghệ | khoa học công nghệ
KTXH: kinh tế xã hội
KT-XH: kinh tế xã hội
QPAN: quốc phòng an ninh
QP-AN: quốc phòng an ninh
ANTT: an ninh trật tự
ANQP: an ninh quốc phòng
ATGT: an toàn giao thông
ATTP: an toàn thực phẩm
VSATTP: vệ sinh an toàn thực phẩm
PCCC: phòng cháy chữa cháy
PCTN: phòng chống tham nhũng
TNMT: tài nguyên môi trường | tài nguyên và môi trường
TN&MT: tài nguyên và môi trường
BVMT: bảo vệ môi trường
BĐKH: biến đổi khí hậu
GDĐT: giáo dục đào tạo | giáo dục và đào tạo
GD&ĐT: giáo dục và đào tạo
NN&PTNT: nông nghiệp và phát triển nông thôn
NNPTNT: nông nghiệp phát triển nông thôn | nông nghiệp và phát triển nông thôn
LĐTBXH: lao động thương binh xã hội | lao động thương binh và xã hội
VHTT: văn hóa thông tin
VHTTDL: văn hóa thể thao du lịch | văn hóa thể thao và du lịch
TDTT: thể dục thể thao
THCS: trung học cơ sở
THPT: trung học phổ thông
CBCC: cán bộ công chức
CBCCVC: cán bộ công chức viên chức
ĐVTN: đoàn viên thanh niên
VN: Việt Nam
DTTS: dân tộc thiểu số
XKLĐ: xuất khẩu lao động
ĐBSCL: đồng bằng sông Cửu Long
TPHCM: thành phố Hồ Chí Minh
TP.HCM: thành phố Hồ Chí Minh
CNH-HĐH: công nghiệp hóa hiện đại hóa
CNXH: chủ nghĩa xã hội
GRDP: tổng sản phẩm trên địa bàn
"""


def understood(query: str, has: Callable[[Field], bool] = lambda _: False) -> Node:
    """Read a query as it is meant; raises ``QueryError`` where it cannot be followed.

    ``has`` tells whether a field is true of any document.
    """
    return with_abbreviations(with_whole_values(parse(query), has))


def with_abbreviations(node: Node) -> Node:
    """Return a query that also asks for what its abbreviations stand for, and for the abbreviations of its words.

    What is in quotes is meant as it was typed, and so is what must not be there.
    """
    if isinstance(node, Both):
        return _both(node)
    if isinstance(node, Either):
        return type(node)(tuple(map(with_abbreviations, node.parts)))
    return _spelled_out(node) if isinstance(node, Phrase) else node


def _both(node: Both) -> Node:
    parts: list[Node] = []
    place = 0
    while place < len(node.parts):
        run, others = _run_at(node.parts, place)
        if not run:
            parts.append(with_abbreviations(node.parts[place]))
            place += 1
            continue
        parts.append(Instead((run[0] if len(run) == 1 else Both(run), *others)))
        place += len(run)
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def _spelled_out(phrase: Phrase) -> Node:
    run, others = _run_at((phrase,), 0)
    return Instead((phrase, *others)) if run else phrase


def _run_at(parts: Sequence[Node], place: int) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Return the words from a place on that are abbreviated, or that an abbreviation stands for; and the other form."""
    run: list[Phrase] = []
    terms: list[Term] = []
    longest: tuple[tuple[Phrase, ...], tuple[Phrase, ...]] = (), ()
    for part in parts[place : place + _LONGEST]:
        if not isinstance(part, Phrase) or _is_meant_so(part):
            break
        run.append(part)
        terms += part.terms
        key = " ".join(bare(term.text) for term in terms)
        if key in _short():
            longest = tuple(run), _short()[key]
        elif (found := _long().get(key)) is not None and _is_written_so(terms, found[0]):
            longest = tuple(run), found[1]
    return longest


def _is_meant_so(phrase: Phrase) -> bool:
    return phrase.is_quoted or any(term.prefix or term.is_exact for term in phrase.terms)


def _is_written_so(terms: Sequence[Term], words: str) -> bool:
    """Whether the marks that were typed are those of the words; bare letters may be any."""
    pairs = zip(terms, words.split(), strict=True)
    return all(not is_marked(term.text) or written(term.text) == written(word) for term, word in pairs)


def _phrase(words: str) -> Phrase:
    return Phrase(tuple(map(Term, TOKEN.findall(words))))


def entries() -> Iterator[tuple[str, str]]:
    """Give each abbreviation with what it stands for, several times where it has several spellings."""
    return rows_of(_TABLE)


def rows_of(table: str) -> Iterator[tuple[str, str]]:
    """Give the rows of a table of short names: the short name, and what it stands for."""
    for line in table.split("\n"):
        short, _, told = line.partition(": ")
        for words in told.split(" | "):
            if words:
                yield short, words


@lru_cache(maxsize=1)
def _short() -> dict[str, tuple[Phrase, ...]]:
    """Return what each abbreviation stands for, by its bare letters."""
    made: dict[str, tuple[Phrase, ...]] = {}
    for short, words in entries():
        key = " ".join(bare(part) for part in TOKEN.findall(short))
        # Without marks: so many words in a row are no others, and the index alone can tell where they are.
        made[key] = (*made.get(key, ()), _phrase(" ".join(map(bare, words.split()))))
    return made


@lru_cache(maxsize=1)
def _long() -> dict[str, tuple[str, tuple[Phrase, ...]]]:
    """Return the abbreviations of words, by their bare letters."""
    made: dict[str, tuple[str, tuple[Phrase, ...]]] = {}
    for short, words in entries():
        key = " ".join(map(bare, words.split()))
        made[key] = words, (*made.get(key, ("", ()))[1], _phrase(" ".join(map(bare, TOKEN.findall(short)))))
    return made


_LONGEST: Final = max(len(words.split()) for _, words in entries())
