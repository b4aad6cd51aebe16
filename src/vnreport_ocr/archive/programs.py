"""Programs, models and fonts that decide what is read, under one short name for each kind of file.

Whatever the pages of a kind pass through is asked for its version: the engine and its model, what draws pages, the
libraries that decode pictures, and the fonts that stand in for those a PDF does not bring along.
"""

import hashlib
import os
import re
import shutil
import subprocess
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from vnreport_ocr.options import Options

_FOR_TEXTS = ("ftfy",)
_FOR_WORD = ("lxml", *_FOR_TEXTS)
_FOR_IMAGES = ("numpy", "opencv-python-headless", "pillow", *_FOR_TEXTS)
_FOR_PDFS = ("pikepdf", "pypdfium2", *_FOR_IMAGES)
_USUAL_FONTS = ("Times New Roman", "Arial", "Courier New", "Symbol")
_SECONDS = 10


def programs_version(kind: str, options: Options) -> str:
    """Return a short name of everything outside this program that decides what is read from such a file."""
    parts = described(kind, options)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:12]


def described(kind: str, options: Options) -> list[str]:
    """Return the programs, models and fonts, a line for each."""
    if kind in ("text", "docx"):
        return [_package(name) for name in (_FOR_TEXTS if kind == "text" else _FOR_WORD)]
    parts = [_package(name) for name in (_FOR_PDFS if kind == "pdf" else _FOR_IMAGES)]
    if options.source != "layer":
        parts += _engine(options)
        if kind == "pdf":
            parts += [_says("pdftoppm", "-v"), *map(_font, _USUAL_FONTS)]
    return parts


@lru_cache
def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name}: not installed"


def _engine(options: Options) -> list[str]:
    # The models of trueocr lie in the package.
    small = [_package("trueocr"), _package("onnxruntime")]
    if options.engine == "trueocr":
        return small
    program = _package("tesserocr") if options.engine == "tesserocr" else _says("tesseract", "--version")
    folder = options.tessdata or os.environ.get("TESSDATA_PREFIX") or _model_folder(shutil.which("tesseract"))
    models = [_model(folder, part) for part in (*options.language.split("+"), "osd")]
    return [program, *models, *(small if options.quality == "best" else ())]


def _says(program: str, option: str) -> str:
    """Ask a program for its version; a program that is not there says so (the run will say it louder)."""
    lines = _answer(shutil.which(program), option).splitlines()
    return f"{program}: {lines[0].strip() if lines else 'not installed'}"


@lru_cache
def _answer(program: str | None, *arguments: str) -> str:
    """Return what a program prints; nothing where it is not there or does not answer."""
    if program is None:
        return ""
    try:
        answer = subprocess.run([program, *arguments], capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(answer.stdout or answer.stderr)


def _model_folder(tesseract: str | None) -> str:
    found = re.search(r'"(.+?)/?"', _answer(tesseract, "--list-langs"))
    return found[1] if found else ""


def _model(folder: str, language: str) -> str:
    """Identify a language model of Tesseract by its bytes."""
    path = Path(folder) / f"{language}.traineddata"
    try:
        stat = path.stat()
        return f"{path.name} {_digest(path, stat.st_size, stat.st_mtime_ns)}"
    except OSError:
        return f"{path.name}: not found"


@lru_cache
def _digest(path: Path, _size: int, _mtime_ns: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:16]


def _font(name: str) -> str:
    """Find the font file that stands in for a font of this name, and its size."""
    path = Path(_answer(shutil.which("fc-match"), "-f", "%{file}", name).strip())
    try:
        return f"{name}: {path.name} {path.stat().st_size}"
    except OSError:
        return f"{name}: unknown"
