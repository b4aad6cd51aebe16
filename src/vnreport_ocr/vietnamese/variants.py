"""Words that are written in two ways, both of them right: ``kì`` and ``kỳ``, ``gởi`` and ``gửi``.

The final ``i`` and ``y`` are a matter of style. The others are of the South or of an older time; who wrote them meant
them.
"""

from typing import Final

from vnreport_ocr.vietnamese.letters import nfc, split_tone

_EITHER_ENDING: Final = frozenset(("h", "k", "l", "m", "s", "t", "qu", "v"))
"""The onsets behind which an open ``i`` is also written ``y``."""

_I, _Y = "iìỉĩíịIÌỈĨÍỊ", "yỳỷỹýỵYỲỶỸÝỴ"
_OTHER_ENDING: Final = str.maketrans(_I + _Y, _Y + _I)

_PAIRS: Final = (
    "gởi gửi", "nầy này", "chánh chính", "thày thầy", "xẩy xảy", "nhơn nhân", "đờn đàn", "giời trời", "nhời lời",
    "giăng trăng", "bịnh bệnh", "sanh sinh", "nhứt nhất", "thiệt thật", "nhựt nhật", "bổn bản", "phước phúc",
    "kinh kênh", "huê hoa", "huỳnh hoàng", "võ vũ", "vầy vậy", "mầy mày", "tầu tàu", "mầu màu", "bẩy bảy",
    "giầy giày", "nẩy nảy", "chẩy chảy", "hằng hàng", "nhẩy nhảy", "dầy dày", "dẫy dãy", "chớ chứ", "đàng đường",
    "chưn chân", "tánh tính", "lịnh lệnh", "kiếng kính", "thơ thư", "giòng dòng", "cám cảm", "tui tôi", "ổng ông",
    "bển bên", "hổm hôm", "trển trên", "ngoải ngoài", "trỏng trong", "hột hạt", "rầy rày", "lãnh lĩnh", "nấp núp",
    "nghinh nghênh", "tòng tùng", "cang cương", "oai uy", "trào triều", "thới thái", "hường hồng", "kềm kiềm",
    "mùng mồng", "giầu giàu", "giậu dậu", "giàn dàn", "ngưng ngừng", "sum xum", "giọi rọi", "dập giập", "đơn đan",
    "nhậm nhiệm", "kiểng cảnh", "ơn ân", "tràng trường",
)  # fmt: skip

_VARIANTS: Final = frozenset(frozenset(pair.split()) for pair in _PAIRS)


def are_variants(one: str, other: str) -> bool:
    """Return whether two words are the same one in two spellings that are both right, whatever their case."""
    one, other = one.lower(), other.lower()
    return frozenset((one, other)) in _VARIANTS or _differ_in_ending(one, other)


def with_other_ending(word: str) -> str | None:
    """Return a word that ends in an open ``i`` with ``y`` instead, or the other way round: ``tỉ`` and ``tỷ``."""
    word = nfc(word)
    base = split_tone(word.lower())[0]
    if base[-1:] not in ("i", "y") or base[:-1] not in _EITHER_ENDING:
        return None
    return word[:-1] + word[-1].translate(_OTHER_ENDING)


def _differ_in_ending(one: str, other: str) -> bool:
    """Whether the one ends in ``i`` where the other ends in ``y``, all else being the same."""
    (first, tone), (second, other_tone) = split_tone(one), split_tone(other)
    if tone != other_tone or {first[-1:], second[-1:]} != {"i", "y"} or first[:-1] != second[:-1]:
        return False
    return first[:-1] in _EITHER_ENDING
