"""Tables of figures, written between markers into pages that people wrote."""

import re
from collections.abc import Sequence
from pathlib import Path


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Format a Markdown table; the first column to the left, figures to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def write_between(page: Path, name: str, text: str) -> None:
    """Put ``text`` between the markers ``name`` of a page; raises ``ValueError`` where the page has none."""
    old = page.read_text(encoding="utf-8")
    pattern = re.compile(rf"(<!-- bench {re.escape(name)} -->\n).*?(<!-- end {re.escape(name)} -->)", re.DOTALL)
    new, found = pattern.subn(lambda match: f"{match[1]}\n{text}\n\n{match[2]}", old)
    if not found:
        raise ValueError(f"{page.name} has no place for {name}")
    page.write_text(new, encoding="utf-8")


def percent(share: float, places: int = 2) -> str:
    """Format a share as per cent."""
    return f"{share:.{places}%}"
