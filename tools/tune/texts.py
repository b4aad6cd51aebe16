"""Texts and the cases of the tests, repaired with a number moved."""

import json
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final

from tools.bench.sets import Pair, TextSet, light_sets, odd_sets, text_sets
from tools.tune.numbers import ROOT
from tools.tune.outcome import SetOutcome, digest_of
from vnreport_ocr.document import Document
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

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


def texts(
    folders: Sequence[Path], patterns: Sequence[str], base: dict[str, SetOutcome]
) -> Iterator[tuple[str, SetOutcome]]:
    """Repair the texts of folders, and the cases of the tests."""

    def asked_for(name: str) -> bool:
        return not patterns or any(fnmatch(name, pattern) for pattern in patterns)

    plain = Pipeline(Options())
    for folder in folders:
        damaged = (one for one in text_sets(folder) if one.kind in ("damaged", "clean"))
        odd = (one for one in odd_sets(folder, None) if one.name in WAYS)
        for one in chain(damaged, light_sets(folder), odd):
            if asked_for(one.name):
                documents = [plain.clean_text(pair.raw) for pair in one.pairs]
                yield one.name, _outcome(one, documents, base.get(one.name))
    if asked_for(CASES):
        cases, documents = _cases()
        yield CASES, _outcome(cases, documents, base.get(CASES))


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
    digest = digest_of(repr([(one.text, one.corrections, one.doubts) for one in documents]))
    if before is not None and before.digest == digest:
        return before
    truth = "\n".join(pair.truth for pair in texts.pairs)
    found = score(truth, "\n".join(one.text for one in documents), "\n".join(pair.raw for pair in texts.pairs))
    assert found.repair is not None  # scored with the raw text
    return SetOutcome(round(found.wer * found.words), found.repair.broken, digest)
