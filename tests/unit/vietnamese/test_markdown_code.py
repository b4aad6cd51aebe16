"""What Markdown sets as code."""

import pytest

from vnreport_ocr.vietnamese.markdown_code import fenced, spans


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["a", "```", "b", "```", "c"], {1, 2, 3}),
        (["~~~ html", "b", "```", "~~~"], {0, 1, 2, 3}),
        (["````", "```", "b", "````"], {0, 1, 2, 3}),
        (["```", "b", "c"], set()),
        (["```", "b", "``` c", "d"], set()),
        (["không có mã"], set()),
    ],
)
def test_fences(lines: list[str], code: set[int]) -> None:
    assert fenced(lines) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("mở `a` và `b c`", ["`a`", "`b c`"]),
        ("dùng ``a`b`` ở đây", ["``a`b``"]),
        ("một ` lẻ", []),
        ("không có gì", []),
    ],
)
def test_spans(line: str, code: list[str]) -> None:
    assert [line[start:end] for start, end in spans(line)] == code
