"""The tuned numbers of the project: constants of a module that hold a number, with their reason and their range."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "vnreport_ocr"

TEXTS, PAGES = "texts", "pages"
ROOMS = {
    "repair": TEXTS,
    "language": TEXTS,
    "vietnamese": TEXTS,
    "reading": PAGES,
    "structure": PAGES,
    "sources": PAGES,
}
"""The rooms whose numbers are tuned, and which sets tell what they are worth."""

_NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")
_RANGE = re.compile(r"\brange (-?[\d.]+) to (-?[\d.]+)")
_SHARE_STEP = 0.5


class TunedNumber(NamedTuple):
    """A tuned number: where it stands, what it is, how far it may be moved, and why it is what it is."""

    module: str
    name: str
    value: float
    low: float
    high: float
    reason: str

    @property
    def key(self) -> str:
        """Name it as it is asked for."""
        return f"{self.module}:{self.name}"

    def trials(self) -> tuple[float, ...]:
        """List the values that it is moved to: both ends of its range."""
        return tuple(value for value in (self.low, self.high) if value != self.value)


def tuned_numbers(room: str) -> Iterator[TunedNumber]:
    """Find the tuned numbers of a room, in the order of its modules."""
    folder = PACKAGE / room
    for path in sorted(folder.rglob("*.py")):
        module = ".".join(["vnreport_ocr", *path.relative_to(PACKAGE).with_suffix("").parts])
        yield from numbers_of(path.read_text(encoding="utf-8"), module)


def numbers_of(source: str, module: str) -> Iterator[TunedNumber]:
    """Find the tuned numbers of one module; the text that follows a number tells its reason, and may tell its range."""
    body = ast.parse(source).body
    for statement, after in zip(body, [*body[1:], None], strict=True):
        found = _named_number(statement)
        if found is None:
            continue
        name, value = found
        reason = _text(after)
        low, high = _range(value, reason)
        yield TunedNumber(module, name, value, low, high, " ".join(reason.split()))


def _named_number(statement: ast.stmt) -> tuple[str, float] | None:
    target: ast.expr
    value: ast.expr | None
    if isinstance(statement, ast.AnnAssign):
        target, value = statement.target, statement.value
    elif isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    else:
        return None
    if not isinstance(target, ast.Name) or not _NAME.fullmatch(target.id) or value is None:
        return None
    try:
        number = ast.literal_eval(value)
    except ValueError:
        return None
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return target.id, number


def _text(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return str(statement.value.value)
    return ""


def _range(value: float, reason: str) -> tuple[float, float]:
    """Take the range that the reason tells; else half and twice the number, a share staying a share."""
    told = _RANGE.search(reason)
    if told:
        kind = type(value)
        return kind(float(told[1])), kind(float(told[2]))
    if isinstance(value, int):
        return (value // 2, value * 2) if value else (0, 1)
    if 0.5 < value < 1:
        # A share near one is moved by what it lacks.
        return 1 - 2 * (1 - value), 1 - _SHARE_STEP * (1 - value)
    low, high = sorted((value / 2, value * 2))
    return low, high
