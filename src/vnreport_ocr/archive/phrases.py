"""What a report says, in English and in Vietnamese."""

from vnreport_ocr import errors
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.reasons import attention_in_vietnamese

LANGUAGES = (("en", "report.html", "English"), ("vi", "report.vi.html", "Tiếng Việt"))

_PHRASES: dict[str, tuple[str, str]] = {
    "title": ("Archive report", "Báo cáo kho tài liệu"),
    "contents": ("Contents", "Mục lục"),
    "filter": ("Filter", "Lọc"),
    "reason": ("Reason", "Lý do"),
    "all": ("all", "tất cả"),
    "none": ("None.", "Không có."),
    "pages in need": ("Pages to check", "Các trang cần người xem lại"),
    "failures": ("Failures and what to do", "Lỗi và cách khắc phục"),
    "failed files": ("Files that could not be read", "Các tệp không đọc được"),
    "passed over": ("Files of unsupported kinds", "Các tệp thuộc loại không hỗ trợ"),
    "passed over note": (
        "If they belong in the archive, convert them to PDF; for a link, add the file that it points to.",
        "Nếu chúng thuộc kho tài liệu, hãy chuyển sang PDF; với liên kết, hãy đưa tệp gốc vào thư mục.",
    ),
    "kind": ("Kind", "Loại"),
    "for example": ("For example", "Ví dụ"),
    "what": ("What", "Lỗi"),
    "cure": ("What to do", "Cách khắc phục"),
    "file": ("File", "Tệp"),
    "page": ("Page", "Trang"),
    "quality": ("Quality", "Chất lượng"),
    "why": ("Why", "Vì sao"),
    "files": ("files", "tệp"),
    "pages": ("pages", "trang"),
    "words": ("words", "từ"),
    "corrections": ("corrections", "chỗ đã sửa"),
    "mean quality": ("mean quality", "chất lượng trung bình"),
    "files failed": ("files failed", "tệp lỗi"),
    "pages unread": ("pages not fully read", "trang chưa đọc trọn"),
    "pages to look at": ("pages to check", "trang cần xem"),
    "files to do": ("files to do", "tệp chưa làm"),
    "plots": ("Plots", "Biểu đồ"),
    "Quality by folder": ("Quality by folder", "Chất lượng theo thư mục"),
    "Quality by year": ("Quality by year", "Chất lượng theo năm"),
    "Pages by quality": ("Pages by quality", "Số trang theo chất lượng"),
    "Kinds of damage": ("Kinds of damage", "Các loại hư hại"),
    "Errors": ("Errors", "Các loại lỗi"),
    "Speed": ("Speed of the last run, pages per minute", "Tốc độ lần chạy gần nhất, trang mỗi phút"),
    "nothing yet": ("Nothing yet.", "Chưa có gì."),
    "too short": ("Too short a run for a curve.", "Lần chạy quá ngắn để vẽ đường."),
    "unread": ("unread", "chưa đọc"),
    "low": ("low quality", "chất lượng thấp"),
    "low quality": ("low quality: {damage}", "chất lượng thấp: {damage}"),
    "doubtful": ("doubts", "có chỗ nghi ngờ"),
    "no run": ("No run yet.", "Chưa có lần chạy nào."),
    "run": (
        "{folder} · last run {state} after {time}, {files} of {todo} files, {speed} pages per minute, "
        "{workers} workers",
        "{folder} · lần chạy gần nhất: {state} sau {time}, {files} trên {todo} tệp, {speed} trang mỗi phút, "
        "{workers} tiến trình",
    ),
    "about": (
        "Written {date} by vnocr {version} · options: {options}",
        "Lập lúc {date} bằng vnocr {version} · tùy chọn: {options}",
    ),
    "index behind": (
        "The index is not up to date: a search misses files until the same 'vnocr batch' is run again.",
        "Chỉ mục chưa cập nhật: tìm kiếm sẽ thiếu tệp cho đến khi chạy lại cùng lệnh 'vnocr batch'.",
    ),
    "usual": ("defaults", "mặc định"),
    "seconds": ("{number} s", "{number} giây"),
    "minutes": ("{number} min", "{number} phút"),
    "finished": ("finished", "đã xong"),
    "stopped": ("stopped", "bị dừng"),
    "failed": ("failed", "hỏng giữa chừng"),
    "running": ("running", "đang chạy"),
    "interrupted": ("interrupted", "bị ngắt"),
    "first of all": (
        "The first {shown} of {count}; {file} has them all.",
        "{shown} trên {count} đầu tiên; {file} có đầy đủ.",
    ),
    "whole list": ("The whole list as a table: {file}.", "Toàn bộ danh sách dạng bảng: {file}."),
    "top": ("(top)", "(gốc)"),
    "unknown": ("unknown", "không rõ"),
    "to": ("{low} to {high}", "{low} đến {high}"),
    "link": ("link", "liên kết"),
    "no ending": ("no ending", "không có đuôi tệp"),
    "others": ("others", "loại khác"),
    "clean": ("clean", "sạch"),
    "lightly damaged": ("lightly damaged", "hư hại nhẹ"),
    "stripped of its marks": ("stripped of its marks", "mất dấu"),
    "read in another language": ("read in another language", "đọc nhầm ngôn ngữ"),
    "letter-spaced": ("letter-spaced", "giãn chữ"),
    "legacy charset": ("legacy charset", "bảng mã cũ"),
    "not Vietnamese": ("not Vietnamese", "không phải tiếng Việt"),
    "empty": ("empty", "trống"),
}

_CLASSES: dict[str, tuple[str, str, str]] = {
    "MissingFileError": ("file not found", "không tìm thấy tệp", "Kiểm tra đường dẫn."),
    "UnreadableFileError": ("no permission", "không được phép đọc", "Kiểm tra quyền truy cập của tệp hoặc thư mục."),
    "ChangedFileError": ("changed while being read", "bị thay đổi khi đang đọc", "Chạy lại khi không ai ghi vào tệp."),
    "NotTextError": ("not a text file", "không phải văn bản", "Hãy đưa tệp văn bản UTF-8, PDF hoặc ảnh trang."),
    "UndrawnFormError": ("form that only Adobe shows", "biểu mẫu chỉ hiện trong Adobe",
                         "Mở bằng Adobe Reader, in ra PDF rồi dùng tệp đó."),
    "NotAPdfError": ("not a PDF", "không phải PDF", "Kiểm tra cách lưu hoặc tải tệp; tệp PDF bắt đầu bằng %PDF."),
    "DamagedPdfError": ("damaged PDF", "PDF hỏng", "Tải hoặc quét lại tệp; 'qpdf TỆP RA' có thể cứu phần còn."),
    "EncryptedPdfError": ("encrypted PDF", "PDF có mật khẩu", "Cho mật khẩu bằng --password."),
    "EmptyDocumentError": ("no pages", "không có trang nào", "Kiểm tra tệp; không có gì để đọc."),
    "OversizedPageError": ("page too large", "trang quá lớn", "Tách hoặc thu nhỏ trang, hoặc dùng --source layer."),
    "DamagedImageError": ("damaged picture", "ảnh hỏng", "Mở ảnh bằng trình xem rồi lưu lại, hoặc quét lại trang."),
    "CopyError": ("no copy of the original", "không tạo được bản sao", "Bỏ định dạng đó khỏi -f, hoặc lưu lại tệp."),
    "OutputError": ("output cannot be written", "không ghi được kết quả", "Xem cách khắc phục ghi cạnh từng tệp."),
    "EngineError": ("engine failed", "máy đọc bị lỗi", "Chạy lại trang với --pages; nếu vẫn lỗi, hãy xem ảnh trang."),
    "EngineTimeoutError": ("took too long", "quá thời gian", "Tăng --page-timeout, hoặc xem ảnh trang."),
    "ProcessorLimitError": ("processor time of the shell used up", "hết thời gian xử lý mà hệ thống cho",
                            "Nới bằng 'ulimit -t unlimited'."),
    "EngineKilledError": ("killed, usually for lack of memory", "bị tắt, thường do thiếu bộ nhớ", "Giảm --jobs."),
    "UsageError": ("cannot be used", "không dùng được", "Chạy lại 'vnocr batch' trên kho này."),
    "InputError": ("cannot be used as it is", "không dùng được nguyên trạng", "Kiểm tra tệp; tệp được để nguyên."),
    "UnsupportedFileError": ("unsupported kind", "loại không hỗ trợ", "Lưu thành PDF rồi đưa PDF ấy vào."),
    "DamagedWordError": ("damaged Word file", "tệp Word hỏng", "Mở bằng trình soạn thảo rồi lưu lại thành docx."),
    "NotADocumentError": ("not a vnocr document", "không phải tài liệu của vnocr", "Đưa tệp của 'vnocr -f json'."),
    "TooManyPagesError": ("too many pages", "quá nhiều trang", "Đọc từng phần, chẳng hạn --pages 1-1000."),
    "OversizedFileError": ("file too large", "tệp quá lớn", "Lưu thành tệp rồi cho đường dẫn."),
    "UnboundedPdfError": ("exceeds the limits", "vượt quá giới hạn", "Nếu tin tệp này, in ra PDF mới rồi đọc."),
    "NotPdfAError": ("cannot be PDF/A", "không lưu được thành PDF/A", "Bỏ --pdfa."),
    "PageMemoryError": ("took too much memory", "cần quá nhiều bộ nhớ", "Tăng --page-memory, hoặc bỏ trang ấy."),
    "PageTimeoutError": ("took too long", "quá thời gian", "Tăng --page-timeout, hoặc bỏ trang ấy."),
    "GarbledAnswerError": ("invalid answer", "tiến trình trả lời sai", "Đừng mở tệp của người lạ."),
    "DecisionsError": ("decisions unreadable", "không đọc được quyết định", "Lưu lại từ trang xem lại."),
    "DictionaryError": ("dictionary unusable", "từ điển không dùng được", "Cài lại gói phần mềm."),
    "SetupError": ("something is missing", "máy thiếu thứ cần dùng", "Chạy 'vnocr doctor'."),
    "MissingEngineError": ("no Tesseract", "thiếu Tesseract", "Cài tesseract-ocr và tesseract-ocr-vie."),
    "MissingLanguageError": ("no Vietnamese model", "thiếu mô hình tiếng Việt", "Cài tesseract-ocr-vie."),
    "OpenFilesError": ("too many open files", "mở quá nhiều tệp", "Nới bằng 'ulimit -n 1024'."),
    "NoRoomError": ("no room for temporary files", "hết chỗ cho tệp tạm", "Dọn chỗ, hoặc đặt TMPDIR."),
    "MissingPopplerError": ("no Poppler", "thiếu Poppler", "Cài: 'apt install poppler-utils'."),
    "MissingExtraError": ("package missing", "thiếu gói", "Cài bằng 'pip install vnreport-ocr[TÊN]'."),
    "UnfitMachineError": ("something is missing", "máy thiếu thứ cần dùng", "Chạy lại 'vnocr doctor'."),
    "ArchiveBusyError": ("another run active", "có lần chạy khác đang làm việc", "Đợi, hoặc xem bằng 'vnocr status'."),
    "BrokenLedgerError": ("damaged ledger", "sổ ghi hỏng", "Chạy lại 'vnocr batch' với --rebuild-ledger."),
    "PartialResultError": ("partly read", "chưa đọc hết", "Xem các tệp và trang được nêu, hoặc chạy lại."),
    "OptionError": ("invalid option", "tùy chọn có giá trị sai", "Xem bảng tùy chọn trong docs/library.md."),
    "QueryError": ("invalid query", "không hiểu câu tìm", "Dùng từ, \"cụm từ\", OR, NOT, nam:2020..2023."),
    "StoppedError": ("stopped", "đã dừng", "Chạy lại lệnh cũ để làm tiếp."),
    "VnocrError": ("internal error", "lỗi của chương trình", "Chạy lại với --debug và báo lỗi."),
}  # fmt: skip


class Phrases:
    """The sentences of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index = [code for code, _, _ in LANGUAGES].index(language)

    def __call__(self, phrase: str, **values: object) -> str:
        """Say a phrase; one that has no translation is said as it is."""
        said = _PHRASES[phrase][self._index] if phrase in _PHRASES else phrase
        return said.format(**values) if values else said

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number as the language does."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "vi" else text

    def reason(self, said: str) -> str:
        """Say why a page needs a person; what was read stands in it as it is."""
        return attention_in_vietnamese(said) if self.language == "vi" else said

    def error_name(self, error_class: str) -> str:
        """Name a class of errors in words."""
        known = _CLASSES.get(error_class)
        return known[self._index] if known else error_class or self("unknown")

    def cure(self, error_class: str, given: str | None = None) -> str:
        """Say what helps against a class of errors; what was said of one file in particular, where that is more."""
        usual = str(getattr(getattr(errors, error_class, VnocrError), "cure", VnocrError.cure))
        if given and given != usual:
            return given
        known = _CLASSES.get(error_class)
        if self.language == "vi":
            return (known or _CLASSES["InputError"])[2]
        return usual
