"""Tesseract inside this process through tesserocr (the only module that uses it): a fifth less processor time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np

from vnreport_ocr.errors import EngineError, EngineTimeoutError, MissingExtraError
from vnreport_ocr.sources.engine.hocr import parse_hocr
from vnreport_ocr.sources.engine.protocol import ReadLine, Request
from vnreport_ocr.sources.engine.tesseract import CHOICES, MODES, Tesseract, lacking_model, lowest_dpi, model_folder
from vnreport_ocr.sources.picture.value import Picture, Turn

_XHTML: Final = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'


class InProcess:
    """The models are loaded once, pictures are handed over in memory; what brings it down takes the process with it."""

    def __init__(self, language: str = "vie", tessdata: str | None = None) -> None:
        # Before the library is loaded, which asks for it only once.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr  # an optional package
        except ImportError as error:
            problem = "The engine tesserocr is not installed."
            raise MissingExtraError(problem, cure="Install it with 'pip install vnreport-ocr[tesserocr]'.") from error
        self._language = language
        self._version = str(tesserocr.tesseract_version()).split()[1]
        # A page is asked after once in a hundred: not worth a second set of models in memory.
        self._turns = Tesseract(language, tessdata)
        try:
            self._api: Any = tesserocr.PyTessBaseAPI(path=tessdata or model_folder(language), lang=language)
        except RuntimeError as error:
            raise lacking_model([language]) from error

    @property
    def name(self) -> str:
        """What notes and records call it."""
        return f"tesserocr {self._version} -l {self._language}"

    @property
    def one_look(self) -> bool:
        """Tell that it stumbles over clean print in one size that it reads well in another."""
        return False

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture; the time counts for the recognition of its lines, which is nearly all there is."""
        api = self._api
        api.SetPageSegMode(MODES[request.layout])
        api.SetVariable("lstm_choice_mode", "2" if request.alternatives else "0")
        api.SetVariable("lstm_choice_iterations", str(CHOICES))
        api.SetVariable("tessedit_char_whitelist", request.letters)
        with self._shown(picture):
            if not api.Recognize(max(1, round(request.timeout * 1000))):
                raise EngineTimeoutError(f"The engine did not finish within {request.timeout:.3g} seconds.")
            try:
                text = str(api.GetHOCRText(0))
            except RuntimeError as error:
                raise EngineError("The engine ended without a result.") from error
        return parse_hocr(_XHTML.format(text))

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Ask Tesseract's own orientation detector, in a process of its own."""
        return self._turns.orientation(picture, timeout)

    @contextmanager
    def _shown(self, picture: Picture) -> Iterator[None]:
        """Hand a picture over, and let go of it and of what was read."""
        pixels = np.ascontiguousarray(picture.pixels)
        depth = 3 if picture.coloured else 1
        self._api.SetImageBytes(pixels.tobytes(), picture.width, picture.height, depth, depth * picture.width)
        self._api.SetSourceResolution(lowest_dpi(picture))
        try:
            yield
        finally:
            self._api.Clear()
