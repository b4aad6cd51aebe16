"""``vnocr doctor``: what this machine has, what it lacks, and how to mend it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.errors import DictionaryError, MissingExtraError, UnfitMachineError, VnocrError

_INSTALL = {
    "apt-get": ("sudo apt-get install", {"engine": "tesseract-ocr tesseract-ocr-vie", "vie": "tesseract-ocr-vie",
                                         "osd": "tesseract-ocr-osd", "poppler": "poppler-utils"}),
    "dnf": ("sudo dnf install", {"engine": "tesseract tesseract-langpack-vie", "vie": "tesseract-langpack-vie",
                                 "osd": "tesseract-osd", "poppler": "poppler-utils"}),
    "pacman": ("sudo pacman -S", {"engine": "tesseract tesseract-data-vie", "vie": "tesseract-data-vie",
                                  "osd": "tesseract-data-osd", "poppler": "poppler"}),
    "brew": ("brew install", {"engine": "tesseract tesseract-lang", "vie": "tesseract-lang",
                              "osd": "tesseract-lang", "poppler": "poppler"}),
}  # fmt: skip
_COMPILER = "Install a C compiler (gcc or clang), then install vnocr again."
_ENOUGH_MEMORY_MB = 1000
_ENOUGH_SPACE_MB = 500


class CheckResult(NamedTuple):
    """What one check found; a cure where something is to be done."""

    name: str
    found: str
    cure: str = ""
    needed: bool = True

    @property
    def well(self) -> bool:
        """Whether there is nothing to be done."""
        return not self.cure


@click.command("doctor", short_help="Check this machine and say how to fix what is missing.")
@click.option(
    "-o",
    "--output",
    type=FileName(path_type=Path),
    default=Path(),
    help="The folder that results will be written to.  [default: the current one]",
)
@click.option("--dictionaries", type=click.Path(), help="Use the dictionaries in this folder.")
@click.option("--tessdata", type=click.Path(), metavar="DIR", help="Use the Tesseract models in this folder.")
def command(output: Path, dictionaries: str | None, tessdata: str | None) -> None:
    """Check that this machine has what vnocr needs, and say how to fix what is missing; exit code 0 if all is well."""
    lacking = 0
    for finding in examine(output, dictionaries, tessdata):
        sign = "ok  " if finding.well else "LACK" if finding.needed else "note"
        click.echo(f"{sign}  {finding.name:12}  {finding.found}" + (f"  -> {finding.cure}" if finding.cure else ""))
        lacking += not finding.well and finding.needed
    if lacking:
        raise UnfitMachineError(f"{lacking} of the things that vnocr needs {'is' if lacking == 1 else 'are'} missing.")


def examine(output: Path, dictionaries: str | None = None, tessdata: str | None = None) -> Iterator[CheckResult]:
    """Every check in turn."""
    yield from _engine()
    if tessdata is not None:
        yield _models(tessdata)
    yield _poppler()
    yield _dictionaries(dictionaries)
    yield _compiled_part()
    yield _writable("output", output, "Choose another folder with -o, or change its permissions.")
    yield _writable("scratch", Path(tempfile.gettempdir()), "Free some space there, or set TMPDIR to another folder.")
    yield _memory()


def install_line(what: str, which: Callable[[str], str | None] = shutil.which) -> str:
    """How this system installs something; Debian's line where the system is unknown."""
    manager = next((name for name in _INSTALL if which(name)), "apt-get")
    verb, packages = _INSTALL[manager]
    return f"{verb} {packages[what]}"


def _engine() -> Iterator[CheckResult]:
    from vnreport_ocr.sources.engine import tesseract  # pytesseract takes a while to load

    try:
        version = tesseract.installed_version()
        languages = tesseract.installed_languages()
    except VnocrError as error:
        yield CheckResult("engine", error.problem, install_line("engine"))
        return
    yield CheckResult("engine", f"Tesseract {version}")
    if "vie" in languages:
        yield CheckResult("Vietnamese", "Tesseract's model vie")
    else:
        yield CheckResult("Vietnamese", "Tesseract has no model vie", install_line("vie"))
    if "osd" in languages:
        yield CheckResult("orientation", "Tesseract's model osd")
    else:
        yield CheckResult(
            "orientation", "no model osd: sideways pages may be missed", install_line("osd"), needed=False
        )
    if find_spec("tesserocr") is not None:
        yield CheckResult("tesserocr", "installed: --engine tesserocr is faster")
    yield _fast()


def _fast() -> CheckResult:
    """Whether the small models can be used: a picture is read, since a package may be there and not fit the machine."""
    import numpy as np

    from vnreport_ocr.sources.engine.fast import TrueOcr
    from vnreport_ocr.sources.engine.protocol import Request
    from vnreport_ocr.sources.picture.value import Picture

    try:
        engine = TrueOcr()
        engine.read(Picture(np.full((60, 200), 255, dtype=np.uint8), 100), Request(timeout=30))
    except MissingExtraError:
        return CheckResult(
            "fast reader", "not installed; --engine trueocr and --quality best need it: pip install vnreport-ocr[fast]"
        )
    except VnocrError as error:
        return CheckResult("fast reader", error.problem, error.advice, needed=False)
    return CheckResult(
        "fast reader", f"{engine.name}: --engine trueocr reads in about half the time, --quality best reads with both"
    )


def _models(tessdata: str) -> CheckResult:
    """Whether a folder of other models can be read with: a page is tried, since a model may be cut off."""
    import numpy as np

    from vnreport_ocr.sources.engine.protocol import Request
    from vnreport_ocr.sources.engine.tesseract import Tesseract
    from vnreport_ocr.sources.picture.value import Picture

    try:
        Tesseract("vie", tessdata).read(Picture(np.full((60, 200), 255, dtype=np.uint8), 100), Request(timeout=30))
    except VnocrError as error:
        return CheckResult("models", f"{tessdata}: {error.problem}", error.advice)
    return CheckResult("models", f"{tessdata} works")


def _poppler() -> CheckResult:
    if shutil.which("pdftoppm") is None:
        return CheckResult("poppler", "pdftoppm is not installed", install_line("poppler"))
    answer = subprocess.run(["pdftoppm", "-v"], capture_output=True, text=True, check=False)
    lines = (answer.stderr or answer.stdout).splitlines()
    return CheckResult("poppler", lines[0] if lines else "pdftoppm")


def _dictionaries(override: str | None) -> CheckResult:
    from vnreport_ocr.cli.versions import dictionaries  # opens the files

    try:
        return CheckResult("dictionaries", dictionaries(override))
    except DictionaryError as error:
        return CheckResult("dictionaries", error.problem, error.advice)


def _compiled_part() -> CheckResult:
    from vnreport_ocr.native.library import library

    if library() is not None:
        return CheckResult("compiled", "repair runs at full speed")
    return CheckResult(
        "compiled", "the compiled part is missing: repair takes two to five times as long", _COMPILER, needed=False
    )


def _writable(name: str, folder: Path, cure: str) -> CheckResult:
    """Whether a file can be made there; nothing of it stays."""
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)) as file:
            file.write(b"vnocr")
        free = shutil.disk_usage(_nearest(folder)).free // 1_000_000
    except OSError as error:
        return CheckResult(name, f"{folder} cannot be written to ({error.strerror})", cure)
    if free < _ENOUGH_SPACE_MB:
        return CheckResult(name, f"{folder} has {free} MB left", "Free some space.", needed=False)
    return CheckResult(name, f"{folder.absolute()} is writable, {free:,} MB free")


def _nearest(folder: Path) -> Path:
    """Return the folder, or where it would be made, the nearest one that exists."""
    folder = folder.absolute()
    return folder if folder.exists() or folder.parent == folder else _nearest(folder.parent)


def _memory() -> CheckResult:
    try:
        pages = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    except (ValueError, OSError):
        return CheckResult("memory", "unknown on this system")
    if pages < _ENOUGH_MEMORY_MB:
        return CheckResult("memory", f"{pages} MB free, less than {_ENOUGH_MEMORY_MB}", "Use --jobs 1.", needed=False)
    return CheckResult("memory", f"{pages:,} MB free")
