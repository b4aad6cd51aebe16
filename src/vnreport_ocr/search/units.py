"""Units of figures, as tables of targets and results write them."""

from typing import Final

_COUNTED: Final = (
    r"đồng|usd|tấn|tạ|kg|km|k?m[2\u00b2]|m[3\u00b3]|ha|người|hộ|lượt|giường|kwh|tr\.?đ|vnđ|cơ\s+sở|doanh\s+nghiệp|"
    r"điểm|con|cây|huyện|xã|trường|lớp|học\s+sinh|dự\s+án|vụ|ca|đồng\s+chí|đảng\s+viên|tổ\s+chức|bác\s+s[ĩỹ]"
)
_MANY: Final = r"(?:(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ)\s+)*"
_OF: Final = r"(?:\s?/\s?[\w.]+(?:\s(?:dân|người|năm))?)*"
UNIT: Final = rf"(?:%|\N{{PER MILLE SIGN}}|%0|{_MANY}(?:{_COUNTED})|(?:triệu|tỷ|tỉ)\s+lượt){_OF}"
"""A unit, in an expression that ignores case."""
