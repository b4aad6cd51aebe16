from pathlib import Path

import pytest

from tools.bench.tables import markdown_table, percent, write_between


def test_a_table_is_markdown() -> None:
    assert markdown_table(["set", "wrong"], [["a", "1"], ["b", "2"]]).splitlines() == [
        "| set | wrong |", "|---|---:|", "| a | 1 |", "| b | 2 |",
    ]  # fmt: skip


def test_only_what_stands_between_the_markers_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A\n<!-- bench x -->\nold\n<!-- end x -->\nB\n<!-- bench y -->\n<!-- end y -->\n", encoding="utf-8"
    )
    write_between(page, "x", "new \\1")
    write_between(page, "x", "newer \\1")
    assert page.read_text(encoding="utf-8") == (
        "# A\n<!-- bench x -->\n\nnewer \\1\n\n<!-- end x -->\nB\n<!-- bench y -->\n<!-- end y -->\n"
    )


def test_a_page_without_markers_is_told(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"page\.md has no place for x"):
        write_between(page, "x", "new")


def test_shares_are_per_cent() -> None:
    assert percent(0.01234) == "1.23%"
    assert percent(1.0, 1) == "100.0%"
