"""PDFs and pictures with a number moved: their layers, their pages repaired before, their pages read by an engine."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.bench import pages
from tools.bench.letterheads import wrong_fields
from tools.bench.letters import LETTERS
from tools.bench.sets import page_sets
from tools.tune.numbers import LETTERS_FOLDER
from tools.tune.outcome import SetOutcome, digest_of
from tools.tune.repaired import FIRST_PAGES, structured_documents
from vnreport_ocr.document import Document
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.inspection import Inspection
from vnreport_ocr.jobs.codec import packed
from vnreport_ocr.model import Letterhead
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.structure.across import across
from vnreport_ocr.structure.letterhead import merged


def layers(folder: Path) -> tuple[str, SetOutcome]:
    """Read the text layers of a folder, which takes no engine: those of letters that ``moved.py`` drew, or of PDFs."""
    cleaner, inspection = Pipeline(Options(source="layer", pages=FIRST_PAGES)), Inspection(Options())

    def read() -> Iterator[tuple[Path, Document, str]]:
        for path in sorted(folder.rglob("*.pdf")):
            try:
                document = cleaner.clean_file(path)
                looks = [inspection.look_at(path, page.number) for page in document.pages]
            except VnocrError:
                continue  # encrypted or damaged: there is no layer to measure
            yield path, document, repr(looks)

    return f"layers of {folder.name}", _written(read())


def structured(kept: Path) -> tuple[str, SetOutcome]:
    """Tell what the pages are that ``moved.py`` had read and repaired."""
    return f"pages of {kept.stem}", _written((path, document, "") for path, document in structured_documents(kept))


def _written(documents: Iterable[tuple[Path, Document, str]]) -> SetOutcome:
    """Tell what comes out of documents, and of what else is known of them."""
    wrong, said = 0, hashlib.sha256()
    for path, document, more in documents:
        wrong += _wrong(path, document)
        said.update(packed(tuple(across(document.pages))))  # what the JSON holds, in a tenth of its time
        said.update(digest_of(f"{document.to_markdown(reflow=True)}{more}").encode())
    return SetOutcome(wrong, 0, said.hexdigest()[:16])


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


def read_pages(folder: Path) -> Iterator[tuple[str, SetOutcome]]:
    """Read the page pictures of a folder with the engine."""
    cleaner = Pipeline(Options())
    for level in (pages.measure(cleaner, one) for one in page_sets(folder)):
        shares = {level.name: level.words_wrong if level.sources else None, f"{level.name} tables": level.table_wrong}
        for name, share in shares.items():
            if share is not None:
                yield name, SetOutcome(round(share * 10_000), 0, f"{share:.9f}")
