"""Symbols counted over texts: codes, abbreviations, and no slips of a frequent one."""

from collections import Counter
from pathlib import Path

from tools.dictionaries.symbols import count_symbols, without_slips


def test_codes_and_abbreviations_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Nghị quyết số 12/NQ-HĐND và 15-KH/TU của HĐND xã.\n"
        "Kế hoạch số 3/2020/KH-UBND do UBND huyện và MTTQ ban hành.\n"
        "KẾ HOẠCH CÔNG TÁC CỦA ĐOÀN KIỂM TRA\n",
        encoding="utf-8",
    )
    codes, abbreviations = count_symbols([path])
    assert codes == Counter({"NQ-HĐND": 1, "KH/TU": 1, "KH-UBND": 1})
    assert abbreviations == Counter({"HĐND": 1, "UBND": 1, "MTTQ": 1})


def test_a_rare_variant_of_a_frequent_symbol_is_a_slip() -> None:
    kept = without_slips(Counter({"NQ-HĐND": 100, "NQ-HDND": 4, "NQ-HPND": 6, "KH-BCĐ": 3}))
    assert kept == Counter({"NQ-HĐND": 100, "NQ-HPND": 6, "KH-BCĐ": 3})
