"""What the site says, in English and in Vietnamese."""

import re
from typing import Final

from vnreport_ocr.archive.phrases import Phrases as ReportPhrases
from vnreport_ocr.reasons import change_in_vietnamese, in_vietnamese
from vnreport_ocr.review.marks import ReviewMark

LANGUAGES: Final = (("en", "English"), ("vi", "Tiếng Việt"))

_PHRASES: Final[dict[str, tuple[str, str]]] = {
    "archive": ("Archive", "Kho tài liệu"),
    "skip": ("Skip to the content", "Đến nội dung chính"),
    "search": ("Search", "Tìm"),
    "search for": ("Words, \"a phrase\", a number", "Từ, \"một cụm từ\", số hiệu"),
    "search the archive": ("Search the archive", "Tìm trong kho tài liệu"),
    "documents": ("Documents", "Tài liệu"),
    "indicators": ("Indicators", "Chỉ tiêu"),
    "language": ("Language", "Ngôn ngữ"),
    "how to search": ("How to search", "Cách tìm"),
    "help bare": ("hoi dong finds every mark; hội đồng finds only itself",
                  "hoi dong tìm mọi cách bỏ dấu; hội đồng chỉ tìm đúng chữ có dấu ấy"),
    "help phrase": ("words in this order", "các từ theo đúng thứ tự"),
    "help number": ("a document by its number, in any spelling", "một văn bản theo số hiệu, viết cách nào cũng được"),
    "help years": ("the years", "các năm"),
    "help either": ("either of the two; NOT excludes", "một trong hai; NOT để loại ra"),
    "help star": ("words that begin like this", "các từ bắt đầu như vậy"),
    "narrow": ("Narrow down", "Thu hẹp"),
    "year": ("Year", "Năm"), "issuer": ("Issuer", "Cơ quan ban hành"), "kind": ("Kind", "Loại văn bản"),
    "signer": ("Signer", "Người ký"), "quality": ("Quality of reading", "Chất lượng đọc"),
    "number": ("Number", "Số hiệu"), "symbol": ("Symbol", "Ký hiệu"), "date": ("Date", "Ngày"),
    "title": ("Subject", "Trích yếu"), "place": ("Place", "Địa danh"),
    "superior": ("Superior body", "Cơ quan chủ quản"),
    "authority": ("Authority", "Thẩm quyền ký"), "post": ("Post", "Chức vụ"), "rank": ("Rank", "Học hàm, cấp bậc"),
    "remove": ("Remove: {name}", "Bỏ: {name}"),
    "all results": ("Clear all", "Bỏ tất cả"),
    "pages found": ("{count} pages found", "Tìm thấy {count} trang"),
    "one page found": ("One page found", "Tìm thấy 1 trang"),
    "at least": ("At least {count} pages found", "Tìm thấy ít nhất {count} trang"),
    "loosened parted": ("No page has these words as typed; words that hide two syllables were taken as two.",
                        "Không trang nào có các từ như đã gõ; từ dính liền được tách làm hai."),
    "loosened marks": ("No page has these words with these marks; marks were left aside.",
                       "Không trang nào có các từ đúng dấu như đã gõ; đã tìm không phân biệt dấu."),
    "loosened words": ("No page has all these words; those that no page has were left out.",
                       "Không trang nào có đủ các từ; từ không có ở đâu đã được bỏ qua."),
    "loosened most": ("No page has all these words; these pages have all but one.",
                      "Không trang nào có đủ các từ; các trang này chỉ thiếu một từ."),
    "nothing": ("Nothing found.", "Không tìm thấy gì."),
    "nothing cure": ("Try fewer words, type without marks, or remove some filters.",
                     "Hãy dùng ít từ hơn, gõ không dấu, hoặc bỏ bớt điều kiện thu hẹp."),
    "documents count": ("{count} documents", "{count} tài liệu"),
    "one document": ("One document", "1 tài liệu"),
    "no documents": ("There are no documents here.", "Không có tài liệu nào ở đây."),
    "read it": ("Read it", "Đọc"), "one page": ("one page", "1 trang"),
    "pages count": ("{count} pages", "{count} trang"),
    "page": ("Page", "Trang"), "pages": ("pages", "trang"), "page n": ("Page {n}", "Trang {n}"),
    "page of": ("Page {n} of {all}", "Trang {n} trên {all}"),
    "results pages": ("Pages of results", "Các trang kết quả"),
    "previous": ("Previous", "Trước"), "next": ("Next", "Sau"),
    "previous page": ("Previous page", "Trang trước"), "next page": ("Next page", "Trang sau"),
    "go": ("Go", "Đến"), "go to page": ("Go to page", "Đến trang"),
    "document": ("Document", "Tài liệu"), "about": ("About this document", "Về tài liệu này"),
    "file": ("File", "Tệp"), "downloads": ("Downloads", "Tải về"), "relations": ("Relations", "Quan hệ"),
    "names": ("Documents it cites", "Văn bản được nhắc đến"),
    "named by": ("Documents that cite it", "Văn bản nhắc đến nó"),
    "no relations": ("It cites no other document.", "Không nhắc đến văn bản nào khác."),
    "and more": ("and {count} more in the lists below", "và {count} văn bản nữa trong danh sách bên dưới"),
    "drawing": ("Relations of this document as a drawing; the lists below say the same",
                "Sơ đồ quan hệ của tài liệu; danh sách bên dưới ghi cùng nội dung"),
    "read on page": ("page {n}", "trang {n}"),
    "review": ("Review page", "Trang xem lại"),
    "review how": ("Every doubt and change, ready to be decided", "Mọi chỗ nghi ngờ và chỗ sửa, để quyết định"),
    "decisions kept": ("{count} decisions kept", "Đã giữ {count} quyết định"),
    "picture": ("Picture", "Ảnh trang"), "picture of page": ("Picture of page {n}", "Ảnh trang {n}"),
    "no picture": ("There is no picture of this page: the file was a text, is no longer where it was read, or has "
                   "changed since.",
                   "Không có ảnh của trang này: tệp là văn bản, không còn ở chỗ cũ, hoặc đã thay đổi."),
    "text": ("Text", "Văn bản"), "text of page": ("Text of page {n}", "Văn bản trang {n}"),
    "empty page": ("Nothing was read on this page.", "Không đọc được gì trên trang này."),
    "show changes": ("Show what was read", "Hiện chữ đã đọc"),
    "show frames": ("Mark on the picture", "Đánh dấu trên ảnh"),
    "hits": ("{count} found on this page", "{count} chỗ tìm thấy trên trang"),
    "places": ("Changed and doubtful places", "Các chỗ đã sửa và còn ngờ"),
    "no places": ("Nothing on this page was changed or is in doubt.", "Trang này không có chỗ nào sửa hay còn ngờ."),
    "as read": ("As it was read", "Như đã đọc"), "as written": ("As it is written", "Như đã ghi"),
    "why": ("Why", "Vì sao"), "sure": ("How sure", "Độ chắc"),
    "in doubt": ("in doubt", "còn ngờ"), "was read": ("was read: {read}", "đã đọc là: {read}"),
    "look": ("A person should look at it: {why}", "Cần người xem lại: {why}"),
    "unread": ("This page was not read: {why}", "Trang này chưa đọc được: {why}"),
    "keys": ("Keys: / search, ← → pages, N next hit", "Phím: / tìm, ← → lật trang, N chỗ tìm thấy tiếp theo"),
    "text only": ("Only the text of this page is known; with -f json its boxes, changes and doubts are kept too.",
                  "Trang này chỉ có văn bản; dùng -f json thì có cả vị trí, chỗ sửa và chỗ ngờ."),
    "indicator": ("Indicator", "Chỉ tiêu"), "value": ("Value", "Giá trị"), "unit": ("Unit", "Đơn vị"),
    "area": ("Area", "Lĩnh vực"), "source": ("Source", "Nguồn"), "values": ("values", "giá trị"),
    "filter indicators": ("Find an indicator", "Tìm chỉ tiêu"),
    "no indicators": ("No indicators are known in this archive; 'vnocr batch' writes indicators.csv where tables hold "
                      "them.",
                      "Chưa có chỉ tiêu nào; 'vnocr batch' ghi indicators.csv khi bảng biểu có chỉ tiêu."),
    "plot of": ("{name} over the years", "{name} qua các năm"),
    "all indicators": ("All indicators", "Mọi chỉ tiêu"), "years": ("years", "năm"),
    "any area": ("all areas", "mọi lĩnh vực"),
    "first of": ("The first {shown} of {count}", "{shown} trên {count} đầu tiên"),
    "measure": ("Measure", "Loại số liệu"), "result": ("result", "thực hiện"), "plan": ("plan", "kế hoạch"),
    "estimate": ("estimate", "ước tính"), "comparison": ("comparison", "so sánh"),
    "no unit": ("no unit", "không đơn vị"),
    "tables": ("Tables of the whole archive", "Bảng của cả kho"),
    "error 400": ("This request cannot be understood.", "Không thể thực hiện yêu cầu này."),
    "error 403": ("This site accepts decisions only from its own pages.",
                  "Trang này chỉ nhận quyết định từ chính các trang của nó."),
    "error 404": ("There is no such page here.", "Không có trang như vậy ở đây."),
    "error 405": ("This cannot be done here.", "Không làm được việc này ở đây."),
    "error 413": ("That is too much at once.", "Quá nhiều trong một lần."),
    "error 414": ("The address is too long.", "Địa chỉ quá dài."),
    "error 421": ("This site does not answer to that name.", "Trang này không mang tên ấy."),
    "error 500": ("Something went wrong on this site.", "Trang này gặp lỗi."),
    "error 503": ("The archive cannot be read at the moment.", "Hiện không đọc được kho tài liệu."),
    "home": ("To the search", "Về trang tìm"),
    "query too long": ("The search is too long; at most {most} letters are allowed.",
                       "Câu tìm quá dài; tối đa {most} chữ."),
    "query broken": ("This search cannot be understood: {why}", "Không hiểu câu tìm này: {why}"),
    "query not followed": ("It cannot be followed.", "Không thực hiện được."),
    "incomplete": ("Not all of this page could be read: {why}", "Chưa đọc được trọn trang này: {why}"),
    "other version": ("This review page was made by another version of vnocr; run 'vnocr batch' with -f html again to "
                      "open it here, or download it.",
                      "Trang xem lại này do phiên bản vnocr khác tạo; hãy chạy lại 'vnocr batch' với -f html, "
                      "hoặc tải về."),
}  # fmt: skip

_ERRORS: Final = (
    (r"The query has nothing to search for\.", "Không có gì để tìm."),
    (r"A quotation mark is missing\.", "Thiếu một dấu ngoặc kép."),
    (r"A bracket is not closed\.", "Có một ngoặc chưa đóng."),
    (r"A closing bracket has no opening bracket\.", "Có một ngoặc đóng mà chưa mở."),
    (r"OR needs something on both sides, and brackets must not be empty\.", "Phải có từ ở hai bên OR, và trong ngoặc."),
    (r"Something is missing (?:before|after) (\S+?)\.", r"Phải có từ đi cùng \1."),
    (r"The query ends too early\.", "Câu tìm còn thiếu ở cuối."),
    (r"NEAR goes between two words or phrases\.", "NEAR đứng giữa các từ hoặc cụm từ."),
    (r"A phrase has no words\.", "Có một cụm từ không có chữ nào."),
    (r"A field has no value\.", "Một trường chưa có giá trị."),
    (r"'(.+)' is not a year or a range of years\.", r"'\1' không phải năm hay khoảng năm."),
    (r"'(.+)' is not a day or a range of days\.", r"'\1' không phải ngày hay khoảng ngày."),
    (r"(\S+) stands where a word is expected\.", r"\1 đứng ở chỗ của một từ."),
    (r"The query has (\d+) words; at most (\d+) are allowed\.", r"Câu tìm có \1 từ; tối đa \2."),
    (
        r"The query has (\d+) beginnings of one or two letters; at most (\d+) are allowed\.",
        r"Câu tìm có \1 phần đầu từ chỉ một hai chữ cái; tối đa \2.",
    ),
    (r"The query has (\d+) parts; at most (\d+) are allowed\.", r"Câu tìm có \1 phần; tối đa \2."),
    (r"The search takes too long\.", "Câu tìm này mất quá nhiều thời gian."),
)
_RELATIONS: Final = {
    "căn cứ": "based on", "sửa đổi, bổ sung": "amends", "thay thế": "replaces", "bãi bỏ": "repeals",
    "ngưng hiệu lực": "suspends", "đính chính": "corrects", "hợp nhất": "consolidates",
    "theo đề nghị": "proposed by", "dẫn chiếu": "cites",
}  # fmt: skip


class Say:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = [code for code, _ in LANGUAGES].index(language)
        self._report = ReportPhrases(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """Say a phrase."""
        said = _PHRASES[phrase][self._index]
        return said.format(**values) if values else said

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number as the language does."""
        return self._report.number(value, digits)

    def figure(self, value: float) -> str:
        """Write a number with the decimals that it has, three at most."""
        digits = next((n for n in range(3) if abs(round(value, n) - value) < 5e-4), 3)
        return self.number(value, digits)

    def attention(self, said: str) -> str:
        """Say why a page needs a person."""
        return self._report.reason(said)

    def problem(self, said: str) -> str:
        """Say what is wrong with a search."""
        if self.language == "vi":
            for english, own in _ERRORS:
                if found := re.fullmatch(english, said):
                    return found.expand(own)
            return self("query not followed")
        return said

    def reason(self, said: str) -> str:
        """Say why something is in doubt or not all there."""
        return (in_vietnamese(said) if self.language == "vi" else None) or said

    def reasons(self, mark: ReviewMark) -> str:
        """Say why a place is in doubt, and why it was changed."""
        changes = map(change_in_vietnamese, mark.reasons) if self.language == "vi" else mark.reasons
        return "; ".join([*map(self.reason, mark.doubts), *changes])

    def relation(self, name: str) -> str:
        """Say what one document is to another."""
        return name if self.language == "vi" else _RELATIONS.get(name, name)

    def trouble(self, said: str, error_class: str | None) -> str:
        """Say why a page or the site could not be read; in Vietnamese by the class of the error and what to do."""
        if self.language != "vi" or not said:
            return said
        if known := in_vietnamese(said):
            return known
        name, cure = self._report.error_name(error_class or ""), self._report.cure(error_class or "")
        return f"{name[:1].upper()}{name[1:]}. {cure}"


def language_of(cookie: str | None, accepted: str) -> str:
    """Choose a language: the one that was chosen before, else the one the browser asks for first."""
    known = [code for code, _ in LANGUAGES]
    if cookie in known:
        return cookie or "en"
    wishes = []
    for place, part in enumerate(accepted[:500].split(",")):
        tag, _, quality = part.strip().lower().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        wishes.append((-weight, place, tag.partition("-")[0]))
    return next((tag for weight, _, tag in sorted(wishes) if tag in known and weight < 0), "en")
