"""Backends that stand in for the real one: what a "PDF" does when it is read is written in it.

A file is JSON such as ``{"pages": 3, "do": {"2": "kill"}}``. What a page may do: ``crash``
(a fault of ours), ``kill`` (the worker dies), ``kill once``, ``hang``, ``hang once``, ``slow``,
``bad`` (comes back unread), ``garbage`` (control characters, marks, half a surrogate pair).
"""

import errno
import json
import os
import signal
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from uuid import uuid4

from vnreport_ocr.errors import CopyError, DamagedPdfError, EncryptedPdfError, MissingEngineError
from vnreport_ocr.model import Box, Correction, Damage, Letterhead, Line, Page, Reading, Token
from vnreport_ocr.options import Options

_held: list[bytearray] = []


class FakeBackend:
    """Does with a file what the file says."""

    def __init__(self, options: Options, formats: tuple[str, ...]) -> None:
        self._options = options
        self._formats = formats

    def page_numbers(self, path: Path) -> Sequence[int]:
        if path.suffix == ".txt":
            return (1,)
        orders = _orders(path)
        self._act(path, str(orders.get("open", "")), "open")
        return tuple(range(1, int(str(orders.get("pages", 1))) + 1))

    def together(self, path: Path, numbers: Sequence[int]) -> Sequence[int]:
        orders = {} if path.suffix == ".txt" else _orders(path)
        return [int(str(orders["together"]))] * len(numbers) if "together" in orders else ()

    def clean_pages(self, path: Path, numbers: Sequence[int], terms: tuple[str, ...] = ()) -> Iterable[Page]:
        return (self._clean_page(path, number) for number in numbers)

    def _clean_page(self, path: Path, number: int) -> Page:
        if path.suffix == ".txt":
            return Page(1, (Line(path.read_text(encoding="utf-8")),))
        orders = _orders(path)
        todo = orders.get("do", {})
        act = str(todo.get(str(number), "")) if isinstance(todo, dict) else ""
        self._act(path, act, str(number))
        if log := orders.get("log"):
            with Path(str(log)).open("a", encoding="utf-8") as file:
                file.write(f"{path.name} {number}\n")
        time.sleep(float(str(orders.get("seconds", 0))))
        if act == "bad":
            return Page(number, error="The picture on it is broken.", error_class="DamagedImageError", quality=0.0)
        return _page(path, number, "\u0000\u200b\u0303 \t ỡ" if act == "garbage" else "Báo cáo")

    def write(
        self, pages: Iterable[Page], name: str, stem: Path, source: Path, *, copies: bool = True
    ) -> Sequence[Path]:
        texts = [page.text if page.error is None else f"[unread: {page.error}]\n" for page in pages]
        if "disk full" in name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if "too long" in name:
            raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG))
        if "dies writing" in name:
            stem.with_name(f".{uuid4().hex}.part").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        formats = [ending for ending in self._formats if copies or ending != "pdf"]
        if "deadly copy" in name and "pdf" in formats:
            os.kill(os.getpid(), signal.SIGKILL)
        if "large copy" in name and "pdf" in formats:
            while True:
                _held.append(bytearray(b"x") * 150_000_000)
        if not formats:
            raise CopyError("A copy cannot be made within the limits.")
        stem.parent.mkdir(parents=True, exist_ok=True)
        made = []
        for ending in formats:
            aside = stem.with_name(f".{uuid4().hex}.part")
            aside.write_text(f"{name} as {ending}\n" + "".join(texts), encoding="utf-8")
            made.append(aside.replace(stem.with_name(f"{stem.name}.{ending}")))
        return made

    def _act(self, path: Path, act: str, place: str) -> None:
        first = path.with_name(f".{path.name}.{place}.seen")
        again = first.exists()
        if act.endswith("once"):
            first.touch()
        path.with_name(f".{path.name}.process").write_text(str(os.getpid()), encoding="ascii")
        if act == "grow":
            _held.append(bytearray(b"x") * 150_000_000)
        if act == "change":
            path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
        if act == "crash":
            raise RuntimeError("a fault in the program")
        if act == "encrypted":
            raise EncryptedPdfError("It asks for a password.", file=str(path))
        if act == "damaged":
            raise DamagedPdfError("It is truncated.", file=str(path))
        if act == "no engine":
            raise MissingEngineError("Tesseract was not found.")
        if act == "memory":
            raise MemoryError
        if act == "kill" or (act == "kill once" and not again):
            os.kill(os.getpid(), signal.SIGKILL)
        if act == "hang" or (act == "hang once" and not again):
            time.sleep(600)
        if act == "slow":
            time.sleep(0.2)


def open_fake(options: Options, formats: tuple[str, ...]) -> FakeBackend:
    """What the settings of a test name as the backend."""
    return FakeBackend(options, formats)


def open_broken(options: Options, formats: tuple[str, ...]) -> FakeBackend:
    """A machine that lacks the engine."""
    raise MissingEngineError("Tesseract was not found.")


def open_dying(options: Options, formats: tuple[str, ...]) -> FakeBackend:
    """A worker that dies before it can say a word."""
    os._exit(9)


def _orders(path: Path) -> dict[str, object]:
    orders: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return orders


def _page(path: Path, number: int, text: str) -> Page:
    raw = f"{text} số {number} cua {path.name}"
    token = Token(text, 0, Box(1.5, 2.25, 30.125, 40.1), 0.93, ((text.lower(), 0.07),))
    line = Line(raw, (token,), (Correction(raw.index("cua"), "cua", "của", "lexicon", 0.97, "a mark was lost"),))
    head = Letterhead(date=Reading("ngày 3 tháng 2 năm 2021", 0.9)) if number == 1 else None
    return Page(number, (line,), damage=Damage.LIGHT, quality=0.5 + 0.01 * (number % 7), letterhead=head)
