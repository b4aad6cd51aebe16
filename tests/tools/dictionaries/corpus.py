"""A tiny corpus of our own for the tests of the build: sentences put together by a seeded die."""

import random
from pathlib import Path

from tools.dictionaries.vocabulary import SOURCES

_WHO = ["Tỉnh uỷ", "Huyện ủy", "Hội đồng nhân dân", "Uỷ ban nhân dân", "Ban Thường vụ", "Ban Tổ chức", "các chi bộ"]
_WHAT = ["ban hành", "thông qua", "thực hiện", "tổng kết", "triển khai", "kiểm tra", "báo cáo", "đánh giá"]
_WHICH = ["nghị quyết", "kế hoạch", "chương trình", "kết quả", "chỉ thị số 12-CT/TU", "quyết định số 45/QĐ-UBND"]
_WHEN = ["năm 2020", "quý I", "trong tháng 6", "trước ngày 30/9", "đầu nhiệm kỳ", "giai đoạn 2021 - 2025"]


def sentences(seed: int, size: int) -> list[str]:
    """So many sentences, some of them more than once."""
    dice = random.Random(seed)
    made = []
    for _ in range(size):
        parts = [dice.choice(_WHO), dice.choice(_WHAT), dice.choice(_WHICH), "về công tác cán bộ", dice.choice(_WHEN)]
        joined = " ".join(parts if dice.random() < 0.7 else [*parts, "và", dice.choice(_WHAT), dice.choice(_WHICH)])
        made.append(joined[0].upper() + joined[1:] + dice.choice([".", ";", "."]))
    return made


def write(folder: Path, size: int = 40) -> list[Path]:
    """A text for every source that the build knows."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, source in enumerate(SOURCES):
        path = folder / f"{source.name}.txt"
        path.write_text("\n".join(sentences(number, size)) + "\n", encoding="utf-8")
        paths.append(path)
    return paths
