"""What is measured with a number moved: texts and the cases of the tests, text layers, pages.

Imported after the number has moved, by ``moved.py``: whatever is imported before keeps the number it had.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from tools.bench import pages
from tools.bench.letterheads import wrong_fields
from tools.bench.letters import LETTERS
from tools.bench.sets import Pair, TextSet, light_sets, odd_sets, page_sets, text_sets
from tools.tune.numbers import LAYERS, LETTERS_FOLDER, PAGES, ROOT
from tools.tune.outcome import SetOutcome
from vnreport_ocr.document import Document
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.inspection import Inspection
from vnreport_ocr.model import Letterhead
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.structure.letterhead import merged

WAYS: Final = (
    "tones lost",
    "half of each line stripped",
    "telex, half",
    "torn here and there",
    "spaced out",
    "one blank in ten lost",
    "hyphens at line ends",
)
"""The odd kinds of damage that are measured: each goes another way through the repair."""

CASES: Final = "cases of the tests"
_FIRST_PAGES: Final = "1-3"
"""As much of a file with a text layer is read."""


def measured(
    sets: str, folders: Iterable[Path], patterns: Sequence[str] = (), base: dict[str, SetOutcome] | None = None
) -> dict[str, SetOutcome]:
    """Measure the sets whose names fit a pattern; what came out as it did in ``base`` is not scored again."""
    folders = list(folders)
    found: dict[str, SetOutcome] = {}
    if sets == PAGES:
        given: Iterable[tuple[str, SetOutcome]] = chain.from_iterable(_pages(folder) for folder in folders)
    elif sets == LAYERS:
        given = map(_layers, folders)
    else:
        given = _texts(folders, patterns, base or {})
    for name, outcome in given:
        if name in found:
            raise ValueError(f"Two sets are called {name}.")
        found[name] = outcome
    return found


def _texts(
    folders: Sequence[Path], patterns: Sequence[str], base: dict[str, SetOutcome]
) -> Iterator[tuple[str, SetOutcome]]:
    def asked_for(name: str) -> bool:
        return not patterns or any(fnmatch(name, pattern) for pattern in patterns)

    plain = Pipeline(Options())
    for folder in folders:
        damaged = (one for one in text_sets(folder) if one.kind in ("damaged", "clean"))
        odd = (one for one in odd_sets(folder, None) if one.name in WAYS)
        for texts in chain(damaged, light_sets(folder), odd):
            if asked_for(texts.name):
                documents = [plain.clean_text(pair.raw) for pair in texts.pairs]
                yield texts.name, _outcome(texts, documents, base.get(texts.name))
    if asked_for(CASES):
        texts, documents = _cases()
        yield CASES, _outcome(texts, documents, base.get(CASES))


def _cases() -> tuple[TextSet, list[Document]]:
    """Repair the cases of the tests, each with its options, and what is right in them once more."""
    kinds = json.loads((ROOT / "tests" / "cases" / "repair.json").read_text(encoding="utf-8"))
    pairs, documents = [], []
    for case in chain.from_iterable(kinds.values()):
        cleaner = _cleaner(json.dumps(case.get("options", {})))
        for raw in dict.fromkeys((case["before"], case["after"])):
            pairs.append(Pair(raw, case["after"]))
            documents.append(cleaner.clean_text(raw))
    return TextSet(CASES, "damaged", tuple(pairs)), documents


@cache
def _cleaner(options: str) -> Pipeline:
    wished: dict[str, Any] = {k: tuple(v) if k == "terms" else v for k, v in json.loads(options).items()}
    return Pipeline(Options(**wished))


def _outcome(texts: TextSet, documents: Sequence[Document], before: SetOutcome | None) -> SetOutcome:
    digest = _digest(repr([(one.text, one.corrections, one.doubts) for one in documents]))
    if before is not None and before.digest == digest:
        return before
    truth = "\n".join(pair.truth for pair in texts.pairs)
    found = score(truth, "\n".join(one.text for one in documents), "\n".join(pair.raw for pair in texts.pairs))
    assert found.repair is not None  # scored with the raw text
    return SetOutcome(round(found.wer * found.words), found.repair.broken, digest)


def _layers(folder: Path) -> tuple[str, SetOutcome]:
    """Read the text layers of a folder, which takes no engine: those of letters that ``moved.py`` drew, or of PDFs."""
    cleaner, inspection = Pipeline(Options(source="layer", pages=_FIRST_PAGES)), Inspection(Options())
    wrong, said = 0, hashlib.sha256()
    for path in sorted(folder.rglob("*.pdf")):
        try:
            document = cleaner.clean_file(path)
            looks = [inspection.look_at(path, page.number) for page in document.pages]
        except VnocrError:
            continue  # encrypted or damaged: there is no layer to measure
        wrong += _wrong(path, document)
        said.update(_digest(f"{document.to_json()}{document.to_markdown(reflow=True)}{looks}").encode())
    return f"layers of {folder.name}", SetOutcome(wrong, 0, said.hexdigest()[:16])


def _wrong(path: Path, document: Document) -> int:
    """Count the wrong fields of a drawn letter, or the wrong words of prose that has its truth beside it."""
    if path.parent.name == LETTERS_FOLDER:
        found = merged(page.letterhead for page in document.pages) or Letterhead()
        return len(wrong_fields(found, LETTERS[int(path.stem)]))
    truth = path.with_suffix(".truth.txt")
    if not (document.text.strip() and truth.exists()) or path.with_suffix(".truth.csv").exists():
        return 0
    words = score(truth.read_text(encoding="utf-8"), document.text)
    return round(words.wer * words.words)


def _pages(folder: Path) -> Iterator[tuple[str, SetOutcome]]:
    cleaner = Pipeline(Options())
    for level in (pages.measure(cleaner, one) for one in page_sets(folder)):
        shares = {level.name: level.words_wrong if level.sources else None, f"{level.name} tables": level.table_wrong}
        for name, share in shares.items():
            if share is not None:
                yield name, SetOutcome(round(share * 10_000), 0, f"{share:.9f}")


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
