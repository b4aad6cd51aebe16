"""The words of official documents: names of the state and the party, kinds, numbers, dates, posts."""

import re
from datetime import date
from typing import Final

KINDS: Final = (
    "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "BÁO CÁO", "THÔNG BÁO", "KẾ HOẠCH", "TỜ TRÌNH", "CHỈ THỊ", "CHƯƠNG TRÌNH", "HƯỚNG DẪN",
    "THƯ MỜI", "GIẤY MỜI", "QUY ĐỊNH", "QUY CHẾ", "QUI CHẾ", "KẾT LUẬN", "THÔNG TƯ", "THÔNG TRI", "NGHỊ ĐỊNH", "LUẬT",
    "PHÁP LỆNH", "ĐỀ ÁN", "PHƯƠNG ÁN", "BIÊN BẢN", "CÔNG ĐIỆN", "ĐIỀU LỆ", "GIẤY GIỚI THIỆU", "DIỄN VĂN",
    "LỜI KÊU GỌI", "CÔNG BỐ", "LỆNH", "SẮC LỆNH", "BỘ LUẬT", "HIẾN PHÁP", "THÔNG TƯ LIÊN TỊCH", "NGHỊ QUYẾT LIÊN TỊCH",
    "THÔNG CÁO", "DỰ ÁN", "BẢN GHI NHỚ", "BẢN THỎA THUẬN", "BẢN CAM KẾT", "HỢP ĐỒNG", "GIẤY ỦY QUYỀN", "GIẤY NGHỈ PHÉP",
    "PHIẾU GỬI", "PHIẾU CHUYỂN", "PHIẾU BÁO", "PHIẾU TRÌNH", "THƯ CÔNG", "TUYÊN BỐ", "LỜI CHÚC", "CHIẾN LƯỢC",
    "QUY HOẠCH", "NỘI QUY", "THỂ LỆ", "CÔNG HÀM", "TUYÊN NGÔN", "BÁO CÁO TÓM TẮT", "QUY TRÌNH", "CÔNG VĂN",
)  # fmt: skip
"""The kinds of documents that are named on a line of their own above the subject."""

_DASH = r"[-\N{EN DASH}\N{EM DASH}]"
STATE = re.compile(
    r"(?<!NƯỚC )C[ỘÔO]NG\s+H[ÒOÓ][AÀ]?\S*\s+X[ÃA]\s+H[ỘÔO]I|Đ[ẢÁA]NG\s+C[ỘÔO]NG\s+S[ẢÁA]N\s+VI|"
    r"Đ[OO]ÀN\s+TNCS\s+HỒ\s+CHÍ\s+MINH$"
)
"""What the right half of a letterhead begins with."""
MOTTO = re.compile(rf"Độc\s*lập\s*{_DASH}+\s*Tự\s*do")
NUMBER = re.compile(
    r"\W*(?:(?:(?:Bộ\s+)?[Ll]uật|Pháp\s+lệnh|Nghị\s+quyết|Lệnh|Sắc\s+lệnh)\s+số\s*:\s*|"
    r"(?:[Ss][ốóôòồổỗ]|ố|SỐ)\s*(?:[:.]\s*|\s(?=[\d/])))(?P<number>.*)$"
)
"""A line with a number; the first letter of ``Số`` is sometimes lost at the edge of the page."""
SYMBOL: Final = r"[A-ZĐƯ][A-ZĐƯa-zđ\d&.]*(?:\s?[-/\N{EN DASH}.]\s?[A-ZĐƯ\d][\w.]*)*"
WELL_FORMED = re.compile(
    rf"(?P<figures>\d{{1,6}}[a-zA-Z]?)\s*(?:/\s*(?P<year>\d{{4}})\s*)?[-/\N{{EN DASH}}]\s*(?P<symbol>{SYMBOL})"
)
ANY_SYMBOL = re.compile(rf"[-/\N{{FRACTION SLASH}}]\s*(?P<symbol>{SYMBOL})$")
DATED = re.compile(r"ngày.{0,16}tháng.{0,12}năm", re.IGNORECASE)
DATE = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})(?!\d)", re.IGNORECASE)
SUBJECT_BESIDE = re.compile(r"\W*(?:V\s?/\s?[vV]?(?=\s)|Về(?:\s+việc\b|(?=\s)))\s*[:.]?\s*")
"""The subject of a letter without a kind, below its number."""
TO = re.compile(r"Kính\s+(?:gửi|trình|chuyển)\b\s*:?\s*", re.IGNORECASE)
BODY_BEGINS = re.compile(
    r"(?:Kính\s+gửi|Căn\s+cứ|Thực hiện\s|Xét\s|Theo đề nghị|Thi hành\s|Để\s|Điều\s\d|(?:Phần|Chương)\s|"
    r"I\s?[.\-]|1\s?[.\-])"
)
URGENCY = re.compile(r"\W*(?P<said>H[ỎOÓ][AẢ]\s+TỐC(?:\s+HẸN\s+GIỜ.*)?|HOẢ\s+TỐC|THƯỢNG\s+KHẨN|KHẨN)\W*")
PART_OF_URGENCY = re.compile(r"\W*\w{0,3}\s*(?P<said>TỐC|KHẨN)\W*")
SECRECY = re.compile(r"\W*(?P<said>(?:TUYỆT\s+|TỐI\s+)?MẬT)\W*")
ARRIVAL = re.compile(r"\W*(?:CÔNG\s+VĂN\s+|VĂN\s+BẢN\s+)?ĐẾN\b(?!\s+\w+\s+\w)")
ARRIVAL_PART = re.compile(
    r"\W*(?:Số(?:\s+đến)?\s*[:.…]|S[ốô]\s+v[àa]\s+k[ýy]\s+hi[ệe]u|Ngày(?:\s+đến)?\s*[:.…\d]|Giờ\s*[:.…]|"
    r"Chuyển\s*[:.…]|Lưu\s+hồ\s+sơ|Kính\s+chuyển|CÔNG\s+VĂN\s+ĐẾN|ĐẾN\b)"
)
SIGNED_BY_MACHINE = re.compile(
    r"\W*(?:\w{1,3}\s+)?(?:Ký\s+(?:bởi|số\s+bởi|điện\s+tử)|Người\s+ký|Ngày\s+ký|Thời\s+gian\s+ký|Cơ\s+quan|Email|Signature\s+Valid|"
    r"Digitally\s+signed)\s*(?::|bởi|by)",
    re.IGNORECASE,
)
RECIPIENTS = re.compile(r"[\W_]*N[ơo]i\s*(?:nh[ậâạa][nm]|gửi)\b\s*:?", re.IGNORECASE)
AUTHORITY = re.compile(r"\W{0,3}(?P<sign>T/?M|K/?T|T/?L|T/?UQ|TƯQ|Q(?=\.))(?:\s*[.,:/]\s*|\s+)(?=[A-ZĐÀ-Ỹ])")
POSTS: Final = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "BÍ THƯ", "CHÁNH VĂN PHÒNG", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "TRƯỞNG BAN", "CHỦ NHIỆM",
    "CỤC TRƯỞNG", "VỤ TRƯỞNG", "HIỆU TRƯỞNG", "THỦ TƯỚNG", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG", "CHÁNH THANH TRA",
    "TỔNG BÍ THƯ",
    "VIỆN TRƯỞNG", "CHÁNH ÁN", "TỔNG CỤC TRƯỞNG", "CHI CỤC TRƯỞNG", "THỐNG ĐỐC", "TỔNG THANH TRA", "TƯ LỆNH",
    "CHỈ HUY TRƯỞNG", "TRƯỞNG ĐOÀN", "CHỦ TỌA", "THƯ KÝ", "TỔNG THƯ KÝ", "NGƯỜI LẬP", "KẾ TOÁN", "THỦ TRƯỞNG",
    "TRƯỞNG KHOA", "TỔ TRƯỞNG", "VIỆN PHÓ", "CHỦ TRÌ", "ỦY VIÊN", "TRƯỞNG CÔNG AN", "CHÍNH ỦY", "TRƯỞNG TIỂU BAN",
    "NGƯỜI VIẾT", "ĐẠI DIỆN", "BÍ THƯ ĐOÀN", "THẨM PHÁN", "KIỂM SÁT VIÊN", "CHẤP HÀNH VIÊN", "CÔNG CHỨNG VIÊN",
    "ĐỘI TRƯỞNG", "TRƯỞNG TRẠM", "TRẠM TRƯỞNG", "HẠT TRƯỞNG", "TỔNG BIÊN TẬP", "HIỆU PHÓ", "TRƯỞNG THÔN",
    "TRƯỞNG BỘ MÔN", "CHÁNH TÒA", "CHÁNH TOÀ",
)  # fmt: skip
POST = re.compile(r"(?:(?:Q|QUYỀN|PHÓ|TỔNG|ỦY VIÊN|THƯỜNG TRỰC)\.?\s+)*(?:" + "|".join(POSTS) + r")\b.*")
SIGNATURE_BESIDE = re.compile(
    r"(?<=\s)(?:(?:T/?M|K/?T|T/?L|T/?UQ)[.,:]?\s*|(?:PHÓ\s+)?(?=" + "|".join(POSTS) + r"))[A-ZĐÀ-Ỹ]{2}"
)
"""A signature that begins beside the recipients, where both were read as one line."""
_TICK: Final = r"['\N{RIGHT SINGLE QUOTATION MARK}]"
_NAME_WORD = (
    rf"(?:[A-ZĐÀ-ỸẠ-Ỵ](?:[a-zà-ỹđ]+|[a-zà-ỹđ]*{_TICK}[A-ZĐÀ-ỸẠ-Ỵ]?[a-zà-ỹđ]+)|H[A-ZĐ][a-zà-ỹđ]+"
    rf"|[A-ZĐ]{_TICK}(?=\s)|[YKA](?=\s))"
)
"""A word of a name; in the highlands, names begin with ``Y``, ``A``, ``K'`` and ``H'``, or have ``'`` within."""
NAME = re.compile(rf"(?:{_NAME_WORD}\s+){{1,5}}{_NAME_WORD}|[KH]{_TICK}[A-ZĐ][a-zà-ỹđ]+")
CAPITAL_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ]{2,7}\s+){1,4}[A-ZĐÀ-Ỹ]{1,7}")

_QUOTES: Final = frozenset("'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")
_MARKS: Final = "|.,_~*^" + "".join(sorted(_QUOTES))
"""What specks before a word are read as; a quotation has such a mark at its end as well."""


def is_kind(text: str) -> bool:
    """Whether a line names a kind of document and nothing else."""
    return bare_kind(text) in KINDS


def opens_with_kind(text: str) -> bool:
    """Whether a line begins with a kind of document and names its subject as well (``HỢP ĐỒNG THUÊ NHÀ``)."""
    bare = bare_kind(text)
    return any(bare == kind or bare.startswith(f"{kind} ") for kind in KINDS)


def bare_kind(text: str) -> str:
    """Return a line without the signs and specks around it, with single spaces."""
    return " ".join(text.split()).strip(" .:;,*-_|'`\"\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}")


def without_specks(text: str) -> str:
    """Return a line without isolated signs at its ends; a dash, a stroke or the edge of a seal is not a word.

    Nor is a mark that touches its first word and encloses nothing.
    """
    words = text.split()
    while words and not any(c.isalnum() for c in words[0]):
        words.pop(0)
    while words and not any(c.isalnum() for c in words[-1]):
        words.pop()
    said = " ".join(words)
    bare = said.lstrip(_MARKS)
    return said if _QUOTES & set(bare) else bare


def real_date(text: str) -> date | None:
    """Find the date given by ``ngày D tháng M năm Y``, if it exists and is within the time of such documents."""
    match = DATE.search(text)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return day if 1930 <= day.year <= 2100 else None


def capital_share(text: str) -> float:
    """Return the share of capitals among the letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0
