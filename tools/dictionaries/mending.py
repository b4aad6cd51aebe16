"""Corpora mended before they are counted: a slip that a corpus repeats would be learned as right.

Some corpora were themselves read from scans. The model that has counted ``chỉ phí`` a few hundred times finds it
likely, and leaves it where a document has it; so these corpora are mended by a model that was counted without them.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from tools.dictionaries.encode import encode, paragraphs
from tools.dictionaries.ngram_model import build
from tools.dictionaries.ngram_pack import pack_tables, write_model
from tools.dictionaries.vocabulary import SOURCES, map_forms, read_forms
from vnreport_ocr.language.lexicon import open_lexicon
from vnreport_ocr.model import Line
from vnreport_ocr.options import Options
from vnreport_ocr.repair.repairer import Repairer

MISREAD = ("law-codified",)
"""Corpora that were read from scans. The others were typed, and to mend them too only costs: what is rare in them is
what the models counted without them do not know (of clean news .039 % of the words were made wrong, not .020).
"""

_BATCH = 2000
"""Paragraphs that are mended as one document."""

_PROCESSES = 2


def without(encoded: Path, dictionaries: Path, corpora: Sequence[str], folder: Path, buckets: int) -> None:
    """Put dictionaries into a folder whose model was counted without some corpora."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in dictionaries.iterdir():
        if path.is_file() and path.name != "ngrams.bin":
            shutil.copyfile(path, folder / path.name)
    words = [entry.text for entry in open_lexicon(folder / "words.tsv").entries]
    sources = tuple(source for source in SOURCES if source.name not in corpora)
    write_model(folder / "ngrams.bin", pack_tables(build(encoded, len(words), buckets, sources), words, buckets), "")


def batches(corpus: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of a corpus, some thousand at a time."""
    found = paragraphs(corpus)
    while batch := list(islice(found, _BATCH)):
        yield batch


@lru_cache(maxsize=1)
def _repairer(dictionaries: Path) -> Repairer:
    return Repairer(options=Options(dictionaries=str(dictionaries)))


def mended(job: tuple[Path, Sequence[str]]) -> list[str]:
    """Return paragraphs as a repair with some dictionaries makes them."""
    dictionaries, texts = job
    return [line.text for line in _repairer(dictionaries).repair([Line(text) for text in texts]).lines]


def mend(corpus: Path, dictionaries: Path, to: Path) -> None:
    """Write a corpus as it is once mended; the same dictionaries write the same bytes."""
    jobs = ((dictionaries, batch) for batch in batches(corpus))
    with get_context("spawn").Pool(_PROCESSES) as pool, to.open("w", encoding="utf-8") as out:
        for texts in pool.imap(mended, jobs):
            out.writelines(text + "\n" for text in texts)


def number(encoded: Path, name: str, dictionaries: Path) -> None:
    """Turn the forms of a corpus into the numbers of words."""
    numbers = {entry.text: at for at, entry in enumerate(open_lexicon(dictionaries / "words.tsv").entries)}
    (source,) = (source for source in SOURCES if source.name == name)
    table = map_forms(read_forms(encoded, source), numbers)
    np.save(encoded / f"{name}.words.npy", table[np.load(encoded / f"{name}.ids.npy")])


def main(encoded: Path, dictionaries: Path, work: Path, buckets: int, corpora: Path) -> None:
    """Mend the misread corpora, and encode them anew in place of what they were encoded as."""
    folder = work / "without"
    without(encoded, dictionaries, MISREAD, folder, buckets)
    for name in MISREAD:
        original, text = next(corpora.glob(f"{name}.txt*")), work / f"{name}.txt"
        mend(original, folder, text)
        tokens = encode(text, encoded, noted=original)
        number(encoded, name, dictionaries)
        sys.stdout.write(f"{name}: {tokens:,} tokens once mended\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
