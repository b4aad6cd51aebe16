"""One frozen set of options, used by the command line and the library alike."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

Source = Literal["auto", "layer", "ocr"]
ToneStyle = Literal["auto", "keep", "new", "old"]
Strictness = Literal["careful", "normal", "bold"]
EngineName = Literal["tesseract", "tesserocr"]


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that may change a result; the same options and bytes give the same text."""

    source: Source = "auto"
    pages: str | None = None
    password: str | None = None
    language: str = "vie"
    engine: EngineName = "tesseract"
    strictness: Strictness = "normal"
    tone_style: ToneStyle = "auto"
    terms: tuple[str, ...] = ()
    reflow: bool = False
    repair: bool = True
    furniture: bool = True
    page_timeout: float = 120.0
    dictionaries: str | None = None
    tessdata: str | None = None

    def fingerprint(self) -> str:
        """A short name of these options; equal options have equal names. The password has no part in it."""
        values = asdict(self)
        del values["password"]
        text = json.dumps(values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
