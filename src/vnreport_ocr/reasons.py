"""Reasons in Vietnamese: why a word was changed, left out or is in doubt, why a page needs a person, names of steps.

The rooms tell their reasons in English, as data that the outputs keep; here is the one place that says the same in
Vietnamese, for pages that a person reads. What is read in a reason (a word, a number) stands in both as it is.
"""

import re
from functools import lru_cache
from typing import Final

_TOLD: Final[tuple[tuple[str, str], ...]] = (
    # what the repair decided
    ("no such word", "không có từ này"),
    ("does not fit the words around it", "không hợp với các từ xung quanh"),
    ("its case does not fit the line", "chữ hoa, chữ thường không hợp với dòng"),
    ("run together", "bị dính liền"),
    ("torn apart", "bị tách rời"),
    ("torn apart and misread", "bị tách rời và đọc sai"),
    ("may be {other}", "có thể là {other}"),
    ("changed from {before}, {sure} sure", "đã sửa từ {before}, chắc {sure}"),
    ("kept as it was read, {sure} sure", "giữ nguyên như đã đọc, chắc {sure}"),
    ("still changing after {count} passes", "vẫn còn thay đổi sau {count} lượt"),
    ("no abbreviation of an office is written like this", "không có chữ viết tắt tên cơ quan nào viết như vậy"),
    ("no document symbol has such a letter", "không có ký hiệu văn bản nào chứa chữ cái này"),
    ("its last figures are not thousands", "các chữ số cuối không phải hàng nghìn"),
    ("it may form one number with the word beside it", "có thể cùng với từ bên cạnh làm thành một con số"),
    ("a number that is joined to a word", "con số dính liền với từ"),
    ("no word or number is written like this", "không có từ hay con số nào viết như vậy"),
    ("no figure can stand here", "ở đây không thể là con số"),
    ("it is a Roman numeral", "đây là số La Mã"),
    ("a known symbol", "ký hiệu đã biết"),
    ("a small letter follows", "sau đó là chữ thường"),
    ("a sentence begins after it", "sau đó bắt đầu một câu"),
    ("the clause after b)", "điểm đứng sau b)"),
    ("the words around it belong together", "các từ hai bên đi liền nhau"),
    ("the style asked for", "theo cách bỏ dấu đã chọn"),
    ("a sign that may stand for a footnote mark", "dấu này có thể là số chú thích"),
    ("a figure within a word", "có chữ số trong từ"),
    ("a letter among figures", "có chữ cái giữa các chữ số"),
    ("its first sign may be a figure", "ký tự đầu có thể là chữ số"),
    ("no number of degrees is written like this", "không số độ nào viết như vậy"),
    ("the points of this page group thousands", "trang này dùng dấu chấm để tách hàng nghìn"),
    ("the other figures of its row are in groups of three", "các số khác cùng dòng tách nhóm ba chữ số"),
    ("the rows are counted one by one", "các dòng được đánh số lần lượt"),
    ("it may be a Roman numeral", "có thể là số La Mã"),
    ("a unit whose superscript was misread", "đơn vị có số mũ bị đọc sai"),
    ("rejected", "người xem không chấp nhận"),
    ("typed", "người xem gõ lại"),
    # figures
    ("the engine is only {sure} sure of these figures", "máy chỉ chắc {sure} về con số này"),
    ("the engine is only {sure} sure of this; it may be {other}", "máy chỉ chắc {sure} ở chỗ này; có thể là {other}"),
    ("the engine is only {sure} sure of this word", "máy chỉ chắc {sure} về từ này"),
    ("the engine is only {sure} sure of it", "máy chỉ chắc {sure} ở chỗ này"),
    ("the engine is only {sure} sure of a word in it", "máy chỉ chắc {sure} về một từ trong đó"),
    ("the engine read {before}", "máy đã đọc là {before}"),
    ("the sign {sign} does not belong among figures", "dấu {sign} không thể nằm giữa các chữ số"),
    ("these figures may also be read as {other}", "con số này cũng có thể đọc là {other}"),
    ("it follows {number}", "đứng sau {number}"),
    ("the heading before it is {number} as well", "đề mục trước đó cũng là {number}"),
    ("the headings are numbered in sequence", "các đề mục được đánh số liên tiếp"),
    ("a date is written in figures", "ngày tháng viết bằng chữ số"),
    ("a number belongs in this place", "ở chỗ này phải là con số"),
    ("that month has no such day", "tháng ấy không có ngày này"),
    ("there is no such date", "không có ngày tháng như vậy"),
    ("there is no such month", "không có tháng như vậy"),
    ("there is no such day", "không có ngày như vậy"),
    ("a year far from all others on the page", "năm cách xa mọi năm khác trên trang"),
    ("the page has the same number with another figure", "trên trang có số này với một chữ số khác"),
    ("its figures may be thousands or decimals", "có thể là hàng nghìn hoặc phần thập phân"),
    ("no percentage is written like this", "không có tỷ lệ phần trăm nào viết như thế"),
    ("no number ends with such a sign", "không có số nào kết thúc bằng dấu này"),
    ("read as {before}; {name} is no family name", "máy đọc là {before}; {name} không phải họ"),
    ("{name} was read as {before}", "máy đọc {name} là {before}"),
    ("what it is a part of is uncertain", "không chắc đây là một phần của mục nào"),
    ("no point stands before a unit", "trước đơn vị không có dấu chấm"),
    ("its last sign may be a figure", "dấu cuối có thể là chữ số"),
    ("TU and TƯ differ in a horn alone", "TU và TƯ chỉ khác nhau ở dấu móc"),
    ("the page writes its decimals with a comma", "trang này viết phần thập phân bằng dấu phẩy"),
    ("a number that is torn or has a strange sign", "con số bị tách rời hoặc có dấu lạ"),
    ("its column adds up this way", "cộng cả cột ra đúng số này"),
    ("its column does not add up", "cộng cột không khớp"),
    ("most figures of this table are doubtful", "phần lớn con số của bảng này đáng ngờ"),
    ("this column has figures", "cột này là cột số"),
    ("the other figures of its row have decimals", "các số khác trong hàng có phần thập phân"),
    # what was seen on the picture
    ("its shapes are these figures", "hình chữ đúng là các chữ số này"),
    ("the second reader read it so", "bộ đọc thứ hai đọc như vậy"),
    ("a number is written so", "con số được viết như vậy"),
    ("a Roman numeral by its shape", "theo hình chữ là số La Mã"),
    ("its strokes were counted", "đếm theo nét"),
    ("recognised by its shape", "nhận ra theo hình chữ"),
    ("the sign is a speck by its shape", "theo hình thì dấu này là vết bẩn"),
    ("a speck between two words, read as a sign", "vết bẩn giữa hai từ, bị đọc thành dấu"),
    ("not a letter or figure, and no surer than {sure}", "không phải chữ hay số, độ chắc không quá {sure}"),
    ("a line without a letter or figure: a ruling, a seal, specks",
     "dòng không có chữ hay số: đường kẻ, con dấu, vết bẩn"),
    ("no word of its line is surer than {sure}: a picture, a seal, handwriting",
     "không từ nào của dòng chắc hơn {sure}: hình vẽ, con dấu, chữ viết tay"),
    ("a mark more than {times} times the height of the page's words: a seal or a stroke of a pen",
     "vết cao hơn {times} lần chữ của trang: con dấu hoặc nét bút"),
    ("a mark less than {times} times the height of the page's words: a speck",
     "vết thấp hơn {times} lần chữ của trang: vết bẩn"),
    ("signs apart from all words", "dấu đứng tách khỏi mọi từ"),
    ("read differently, and more surely, through red ink", "đọc xuyên qua mực đỏ thì khác và chắc hơn"),
    ("a running head or page number, removed by --no-furniture",
     "tiêu đề đầu trang, chân trang hoặc số trang, đã bỏ theo --no-furniture"),
    # the letterhead
    ("it may be handwritten", "có thể viết tay"),
    ("the number may be handwritten", "số có thể viết tay"),
    ("the date may be handwritten", "ngày có thể viết tay"),
    ("the code may be handwritten", "ký hiệu có thể viết tay"),
    ("the {what} may be handwritten", "phần này có thể viết tay"),
    ("it may be a post: hardly any name begins like this", "có thể là chức vụ: hầu như không tên nào bắt đầu như vậy"),
    ("a document number has no space at its dash", "số văn bản không có khoảng trắng ở dấu gạch"),
    ("its beginning may be missing: no office begins like this",
     "có thể thiếu phần đầu: không tên cơ quan nào bắt đầu như vậy"),
    ("its beginning may be missing: no name begins like this", "có thể thiếu phần đầu: không tên nào bắt đầu như vậy"),
    ("the list may be incomplete: it does not end with where the document is filed",
     "danh sách có thể chưa đủ: không kết thúc bằng nơi lưu"),
    ("a word in it is doubtful", "có một từ đáng ngờ"),
    ("a sign between two of its words is not spaced as in print",
     "khoảng cách quanh dấu giữa hai từ không giống chữ in"),
    ("the line could not be read completely", "không đọc được hết dòng"),
    ("the stamp could not be read with certainty", "đọc con dấu chưa chắc chắn"),
    ("its figures differ in height from the print beside them", "chữ số cao thấp khác với chữ in bên cạnh"),
    ("space was left for its figures", "có chừa chỗ trống để điền số"),
    ("its figures may also be read differently", "chữ số có thể đọc khác"),
    # figures of tables
    ("its unit is not that of its row", "đơn vị khác với đơn vị của hàng"),
    ("its unit is not given", "không ghi đơn vị"),
    ("its year is not given", "không ghi năm"),
    ("its year is that of the document", "năm lấy theo văn bản"),
    ("its head names several years", "đầu cột ghi nhiều năm"),
    ("its head does not say what is compared", "đầu cột không ghi so sánh với gì"),
    ("it is a range, not a single number", "là một khoảng, không phải một số"),
    ("it lacks a bracket", "thiếu một dấu ngoặc"),
    ("it is in brackets", "nằm trong ngoặc"),
    ("it is given as an estimate", "ghi là ước tính"),
    ("its first figures may be lost", "có thể mất chữ số đầu"),
    ("it may be a number in thousands", "có thể là số hàng nghìn"),
    ("a point stands where a comma is usual", "dấu chấm ở chỗ thường là dấu phẩy"),
    ("commas stand where points are usual", "dấu phẩy ở chỗ thường là dấu chấm"),
    ("it is not written like a number", "không viết như một con số"),
    # pages
    ("it was not read", "trang chưa đọc được"),
    ("it could not be read completely", "chưa đọc được trọn trang"),
    ("low quality ({quality})", "chất lượng thấp ({quality})"),
    ("a decision that no longer fits: {places}", "một quyết định không còn khớp: {places}"),
    ("{count} decisions that no longer fit: {places}", "{count} quyết định không còn khớp: {places}"),
    ("a doubtful figure: {places}", "một con số đáng ngờ: {places}"),
    ("{count} doubtful figures: {places}", "{count} con số đáng ngờ: {places}"),
    ("a doubt in the letterhead or signature: {places}", "một chỗ đáng ngờ ở phần đầu văn bản hoặc chữ ký: {places}"),
    ("{count} doubts in the letterhead or signature: {places}",
     "{count} chỗ đáng ngờ ở phần đầu văn bản hoặc chữ ký: {places}"),
    ("a word left out: {places}", "một từ bị bỏ ra: {places}"),
    ("{count} words left out: {places}", "{count} từ bị bỏ ra: {places}"),
    ("an attached file that was not read: {places}", "một tệp đính kèm chưa đọc: {places}"),
    ("{count} attached files that were not read: {places}", "{count} tệp đính kèm chưa đọc: {places}"),
    ("It is a form (XFA) that only Adobe's programs show; what it says was not read. "
     "Open it in Adobe Reader, print it to a PDF, and use that.",
     "Đây là biểu mẫu (XFA) chỉ hiện trong chương trình của Adobe; chưa đọc được nội dung. "
     "Hãy mở bằng Adobe Reader, in ra PDF rồi dùng tệp đó."),
    ("The PDF is cut off or broken inside: pages may be missing. Fetch or scan the file again.",
     "PDF bị cắt cụt hoặc hỏng bên trong: có thể thiếu trang. Hãy tải hoặc quét lại tệp."),
    ("Some contents of the page are damaged: words may be missing or wrong. Fetch or scan the file again.",
     "Một phần nội dung trang bị hỏng: có thể thiếu hoặc sai chữ. Hãy tải hoặc quét lại tệp."),
    ("The PDF was changed on its way as only a text may be: words may be missing or wrong. "
     "Fetch it again as a binary file.",
     "PDF đã bị thay đổi trên đường truyền như một tệp văn bản: có thể thiếu hoặc sai chữ. "
     "Hãy tải lại tệp ở chế độ nhị phân."),
    ("The file holds several PDFs one behind the other, and not all of their pages were read. "
     "Fetch them again one by one, or join them with a program for PDFs.",
     "Tệp chứa nhiều PDF nối tiếp nhau và chưa đọc hết các trang. "
     "Hãy tải lại từng tệp, hoặc ghép chúng bằng chương trình PDF."),
    ("The page has more letters than are read from one page; only the first {count} were read. Split the page.",
     "Trang có nhiều chữ hơn mức đọc được; chỉ đọc {count} chữ đầu. Hãy tách trang."),
    ("Its picture is cut off; only what can be seen was read. Scan the page again.",
     "Ảnh trang bị cắt cụt; đã đọc phần nhìn thấy. Hãy quét lại trang."),
    ("Its picture is broken inside; only what can be seen was read. Scan the page again.",
     "Ảnh trang hỏng bên trong; đã đọc phần nhìn thấy. Hãy quét lại trang."),
)  # fmt: skip
_STEPS: Final = {
    "decode": "theo ngữ cảnh", "charset": "bảng mã", "normalise": "chuẩn hóa", "punctuation": "dấu câu",
    "spacing": "khoảng trắng", "symbol": "ký hiệu", "tone-style": "cách bỏ dấu", "person": "người xem",
    "figures": "con số", "picture": "hình chữ", "typed": "kiểu gõ",
}  # fmt: skip
"""Steps by their family, the part before the colon."""

_BEHIND: Final = "; it may be "
_NEXT: Final = re.compile(r"; (?=(?:an?|[\d,]+) (?:attached|decisions?|doubtful|doubts?|words?)\b)")
"""Between reasons of one page that stand in one line."""
MOST_TOLD: Final = 5
"""Places of one kind that are told of a page; their number is told of all."""
_MORE: Final = re.compile(r" and ([\d,]+) more$")
_QUOTED: Final = re.compile(r"""(['"])(?P<said>.*)\1""", re.DOTALL)


def in_vietnamese(reason: str) -> str | None:
    """Return a reason in Vietnamese, None where there is no Vietnamese for it."""
    if not reason:
        return ""
    for english, told in _patterns():
        found = english.fullmatch(reason)
        if found is not None:
            values = found.groupdict()
            said = {name: _value(value) for name, value in values.items()}
            if "places" in values:
                said["places"] = _places(values["places"], values.get("count", "1"))
            return told.format(**said)
    first, behind, other = reason.rpartition(_BEHIND)
    known = in_vietnamese(first) if behind else None
    return None if known is None else f"{known}; có thể là {_value(other)}"


def attention_in_vietnamese(told: str) -> str:
    """Return in Vietnamese why a page needs a person; several reasons in one line stay in one."""
    return "; ".join(in_vietnamese(reason) or reason for reason in _NEXT.split(told))


def step_in_vietnamese(step: str) -> str | None:
    """Return the name of a step, None where there is no Vietnamese for it."""
    return _STEPS.get(step.partition(":")[0])


def change_in_vietnamese(told: str) -> str:
    """Return in Vietnamese by which step a word was changed and why (``step: reason``), as far as there is any."""
    step, colon, why = told.partition(": ")
    return f"{step_in_vietnamese(step) or step}{colon}{in_vietnamese(why) or why}"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for english, told in _TOLD:
        parts = re.split(r"\{(\w+)\}", english)
        body = "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
        made.append((re.compile(body, re.DOTALL), told))
    return tuple(made)


def _value(said: str) -> str:
    """Write what was read in Vietnamese quotes, a number of ours with a comma."""
    if quoted := _QUOTED.fullmatch(said):
        return f"“{quoted['said']}”"
    if re.fullmatch(r"\d+\.\d+|[\d,]+", said):
        return said.translate(str.maketrans(",.", ".,"))
    return said


def _places(said: str, count: str) -> str:
    """Write places as they were read; that there are more of them is ours where it comes out so."""
    if said == "(nothing)":
        return "(không có gì)"
    more = _MORE.search(said)
    if more is None or int(count.replace(",", "")) - MOST_TOLD != int(more[1].replace(",", "")):
        return said
    return f"{said[: more.start()]} và {more[1].replace(',', '.')} chỗ nữa"
