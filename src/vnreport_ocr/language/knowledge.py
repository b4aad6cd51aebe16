"""Everything that is known of the language, opened once and shared."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.confusions import Confusions, ConfusionTables, Engine, check_confusions, open_confusions
from vnreport_ocr.language.files import FAST_CONFUSIONS, find_dictionaries
from vnreport_ocr.language.lexicon import Lexicon, open_lexicon
from vnreport_ocr.language.ngrams import NgramModel, open_model
from vnreport_ocr.language.symbols import Symbols, open_symbols
from vnreport_ocr.vietnamese.letters import strip_marks
from vnreport_ocr.vietnamese.syllables import is_legal

_RARE, _RARER = 400, 1000
_opening = RLock()
"""What is opened or reckoned once for all is so by one thread; the others wait for it."""


@dataclass(frozen=True, eq=False)
class Language:
    """Lexicon, n-grams, confusions and symbols of one folder of dictionaries."""

    folder: Path
    lexicon: Lexicon
    ngrams: NgramModel
    symbols: Symbols

    @cached_property
    def confusion_tables(self) -> dict[Engine, ConfusionTables]:
        """The counts of Tesseract's languages; read when damaged text is first met."""
        return open_confusions(self.folder / "confusions.tsv")

    @cached_property
    def _fast_tables(self) -> ConfusionTables:
        """The counts of the engine trueocr; those of Tesseract's Vietnamese where the folder has none."""
        path = self.folder / FAST_CONFUSIONS
        fast: Engine = "trueocr"
        return open_confusions(path, [fast])[fast] if path.is_file() else self.confusion_tables["vie"]

    def tables(self, engine: Engine) -> ConfusionTables:
        """Return the counts of an engine."""
        return self._fast_tables if engine == "trueocr" else self.confusion_tables[engine]

    def confusions(self, engine: Engine) -> Confusions:
        """Return the channel of an engine, not yet adapted to any document."""
        with _opening:
            known = self._channels.get(engine)
            if known is None:
                known = self._channels[engine] = Confusions(self.tables(engine), self.lexicon.inventory)
            return known

    @cached_property
    def _channels(self) -> dict[Engine, Confusions]:
        return {}

    @cached_property
    def skeletons(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the syllables that look alike without their marks."""
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self.lexicon.entries):
            if is_legal(entry.text):
                found.setdefault(strip_marks(entry.text), []).append(number)
        return {skeleton: tuple(numbers) for skeleton, numbers in found.items()}

    @cached_property
    def doubtful(self) -> NDArray[np.bool_]:
        """Of each word whether it is hardly ever written, and another with the same letters so often that most of its
        counts are slips of those who wrote the texts that were counted (``đân`` beside ``dân``).
        """
        counts = self.lexicon.counts
        found = np.zeros(counts.size, dtype=np.bool_)
        for numbers in self.skeletons.values():
            alike = np.array(numbers)
            rare = (counts[alike] < _RARE) & (counts[alike] * _RARER < counts[alike].max())
            found[alike[rare]] = True
        return found


@lru_cache(maxsize=4)
def _open(folder: Path) -> Language:
    lexicon, ngrams = open_lexicon(folder / "words.tsv"), open_model(folder / "ngrams.bin")
    if [entry.text for entry in lexicon.entries] != ngrams.words:
        raise DictionaryError("words.tsv and ngrams.bin do not belong together, or one is cut off.", file=str(folder))
    check_confusions(folder / "confusions.tsv")
    if (folder / FAST_CONFUSIONS).is_file():
        check_confusions(folder / FAST_CONFUSIONS)
    return Language(
        folder,
        lexicon,
        ngrams,
        open_symbols(folder / "symbols.tsv"),
    )


def open_language(override: str | None = None) -> Language:
    """Return what the dictionaries hold; the same object for the same folder."""
    folder = find_dictionaries(override)
    with _opening:
        return _open(folder)
