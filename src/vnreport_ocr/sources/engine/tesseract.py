"""Tesseract through pytesseract (the only module that uses it)."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from pytesseract import pytesseract

from vnreport_ocr.errors import (
    EngineError,
    EngineKilledError,
    EngineTimeoutError,
    MissingEngineError,
    MissingLanguageError,
)
from vnreport_ocr.sources.engine.hocr import parse_hocr
from vnreport_ocr.sources.engine.protocol import Layout, ReadLine, Request
from vnreport_ocr.sources.killed import killed, seconds_of_children
from vnreport_ocr.sources.memory import give_back_memory
from vnreport_ocr.sources.picture.bmp import write_bmp
from vnreport_ocr.sources.picture.value import Picture, Turn
from vnreport_ocr.sources.scratch import is_full, no_room, work_folder

MODES: Final[dict[Layout, int]] = {"page": 3, "column": 4, "block": 6, "line": 7, "sparse": 11}
CHOICES: Final = 1
"""Rounds of looking for other letters: one costs 3 % of the reading, three cost 9 % and mend hardly a word more."""

_LARGE: Final = 8 << 20


class Tesseract:
    """One Tesseract process a reading, with one thread: the caller runs as many as there are cores."""

    def __init__(self, language: str = "vie", tessdata: str | None = None) -> None:
        self._language = language
        self._tessdata = tessdata
        if tessdata is not None:
            check_models(tessdata, language)
        # Tesseract's own threads made a page twice as slow; a user's own setting is respected.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")

    @property
    def name(self) -> str:
        """What notes and records call it."""
        return f"tesseract -l {self._language}" + (" with other models" if self._tessdata else "")

    @property
    def one_look(self) -> bool:
        """Tell that it stumbles over clean print in one size that it reads well in another."""
        return False

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture."""
        config = f"--psm {MODES[request.layout]} --dpi {lowest_dpi(picture)} -c tessedit_create_hocr=1"
        if request.alternatives:
            config += f" -c lstm_choice_mode=2 -c lstm_choice_iterations={CHOICES}"
        if request.letters:
            config += f" -c tessedit_char_whitelist={shlex.quote(request.letters)}"
        return parse_hocr(self._run(picture, "hocr", config, request.timeout))

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Ask Tesseract's own orientation detector; None where it finds too little text."""
        try:
            answer = self._run(picture, "osd", f"--psm 0 --dpi {lowest_dpi(picture)}", timeout, "osd")
        except (EngineTimeoutError, EngineKilledError):
            raise
        except (EngineError, MissingLanguageError):
            return None
        turn = re.search(r"^Rotate: (\d+)$", answer, re.MULTILINE)
        sure = re.search(r"^Orientation confidence: ([\d.]+)$", answer, re.MULTILINE)
        return Turn(int(turn[1]), float(sure[1])) if turn and sure else None

    def _run(self, picture: Picture, extension: str, config: str, timeout: float, language: str | None = None) -> str:
        if self._tessdata is not None and language is None:
            config += f" --tessdata-dir {shlex.quote(self._tessdata)}"
        language = language or self._language
        with work_folder() as folder:
            source, target = folder / "page.bmp", folder / "page"
            write_bmp(picture, source)
            if picture.pixels.nbytes > _LARGE:
                # The engine needs as much memory as we do, and we need none of ours while it reads.
                give_back_memory()
            before = seconds_of_children()
            try:
                pytesseract.run_tesseract(str(source), str(target), "", language, config, timeout=timeout)
            except pytesseract.TesseractNotFoundError as error:
                raise MissingEngineError("Tesseract is not installed.") from error
            except pytesseract.TesseractError as error:
                if is_full(folder):
                    raise no_room() from error
                if error.status < 0:
                    raise killed("The engine", -int(error.status), seconds_of_children() - before) from error
                raise _explain(error, language, self._tessdata) from error
            except RuntimeError as error:
                raise EngineTimeoutError(f"The engine did not finish within {timeout:.3g} seconds.") from error
            result = target.with_suffix(f".{extension}")
            text = result.read_text(encoding="utf-8", errors="replace") if result.exists() else ""
            if not text:
                raise no_room() if is_full(folder) else EngineError("The engine ended without a result.")
            if extension == "hocr" and not text.rstrip().endswith("</html>") and is_full(folder):
                raise no_room()  # it could not write all of it
            return text


def lowest_dpi(picture: Picture) -> int:
    """Return the resolution as Tesseract is told it, which does not believe in less than 70."""
    return max(70, round(picture.dpi))


def check_installed(language: str, tessdata: str | None = None) -> None:
    """Raise what is missing before any page is read: the engine itself, or a model of it."""
    if shutil.which(pytesseract.tesseract_cmd) is None:
        raise MissingEngineError("Tesseract is not installed.")
    if tessdata is not None:
        check_models(tessdata, language)
        return
    missing = set(language.split("+")) - installed_languages()
    if missing:
        raise lacking_model(missing)


def lacking_model(missing: Iterable[str]) -> MissingLanguageError:
    """Return the error that models are not there; where the user named their folder, that is what to look at."""
    said = os.environ.get("TESSDATA_PREFIX")
    cure = f"TESSDATA_PREFIX is {said}: let it name a folder that has it, or unset it." if said else None
    return MissingLanguageError(f"Tesseract has no model {', '.join(sorted(missing))}.", cure=cure)


def check_models(tessdata: str, language: str) -> None:
    """Raise ``MissingLanguageError`` where a folder lacks one of the models of a language such as ``vie+eng``."""
    missing = [name for name in language.split("+") if not (Path(tessdata) / f"{name}.traineddata").is_file()]
    if missing:
        raise MissingLanguageError(f"There is no {missing[0]}.traineddata in {tessdata}.", cure="Check --tessdata.")


def model_folder(language: str) -> str:
    """Where the installed Tesseract has its models; the engine must be there, or ``TESSDATA_PREFIX`` say it."""
    said = os.environ.get("TESSDATA_PREFIX")
    if said:
        return said
    missing = set(language.split("+")) - installed_languages()
    if missing:
        raise lacking_model(missing)
    answer = subprocess.run([pytesseract.tesseract_cmd, "--list-langs"], capture_output=True, text=True, check=False)
    folder = re.search(r'"(.+?)/?"', answer.stdout + answer.stderr)
    if folder is None:
        raise MissingEngineError("Tesseract does not say where its models are.", cure="Set TESSDATA_PREFIX.")
    return folder[1]


def installed_version() -> str:
    """Return the version of the installed Tesseract; raises ``MissingEngineError`` where there is none."""
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngineError("Tesseract is not installed.") from error


@lru_cache(maxsize=1)
def installed_languages() -> frozenset[str]:
    """Return the models the installed Tesseract has."""
    try:
        return frozenset(pytesseract.get_languages())
    except pytesseract.TesseractNotFoundError as error:
        raise MissingEngineError("Tesseract is not installed.") from error


def _explain(
    error: pytesseract.TesseractError, language: str, tessdata: str | None = None
) -> EngineError | MissingLanguageError:
    status = int(error.status)
    missing = set() if tessdata else set(language.split("+")) - installed_languages()
    if missing:
        return lacking_model(missing)
    if "Failed loading language" in str(error.message):
        where = tessdata or os.environ.get("TESSDATA_PREFIX")
        cure = "Check --tessdata." if tessdata else f"Check TESSDATA_PREFIX, which is {where}." if where else None
        problem = f"The model {language}{f' in {where}' if where else ''} cannot be loaded."
        return MissingLanguageError(problem, cure=cure)
    first_line = str(error.message).strip().splitlines()[-1:] or ["no message"]
    return EngineError(f"The engine failed (status {status}: {first_line[0][:200]}).")
