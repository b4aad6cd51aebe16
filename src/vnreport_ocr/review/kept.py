"""Decisions kept beside the outputs of a document: every run that writes there applies them."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from vnreport_ocr.delivery import whole_text
from vnreport_ocr.model import Page
from vnreport_ocr.review.applying import apply
from vnreport_ocr.review.decisions import Decisions, ReviewDecision, by_page, learned_terms, read_decisions, to_json

ENDING: Final = ".decisions.json"
"""Of a file of decisions, after the whole name of the document (``bao-cao.pdf.decisions.json``)."""
_LETTERS_TOLD: Final = 40


def kept_file(folder: Path, name: str) -> Path:
    """Say where the decisions about a document lie whose outputs lie in this folder."""
    return folder / f"{name}{ENDING}"


def read_kept(path: Path) -> Decisions | None:
    """Read the decisions that are kept; None where there are none."""
    return read_decisions(path) if _is_there(path) else None


def known_by(decisions: Decisions | None) -> tuple[str, ...]:
    """Return the names and words that decisions tell of: the rest of their document is read with them."""
    if decisions is None or not decisions.made:
        return ()
    # Not at the top: hardly any document has decisions, and the language takes a while to open.
    from vnreport_ocr.language.knowledge import open_language

    lexicon = open_language(None).lexicon
    return tuple(learned_terms(decisions.made, lambda word: lexicon.number(word) is not None))


def mark_of(path: Path) -> str:
    """Return a short name for the decisions that are kept, another one for others; empty where there are none.

    What cannot be read has a name too: whoever reads the decisions of that document says what is wrong with them.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:12]
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError:
        return "" if not _is_there(path) else "unreadable"


def keep(path: Path, decisions: Decisions) -> None:
    """Write decisions to where the next run finds them."""
    with whole_text(path) as file:
        file.write(to_json(decisions))


def decided(pages: Iterable[Page], decisions: Decisions | None, *, whole: bool = True) -> Iterator[Page]:
    """Give pages on with the decisions in them; those that no longer fit are told on their page.

    Where the ``whole`` document comes, decisions about pages that it does not have are told on its last one.
    """
    if decisions is None:
        yield from pages
        return
    parted = by_page(decisions.made)
    left = dict.fromkeys(parted)
    held_back: Page | None = None
    for page in pages:
        if held_back is not None:
            yield held_back
        left.pop(page.number, None)
        applied = apply(page, parted.get(page.number, ()))
        held_back = with_unfitting(applied.page, applied.lost)
    if held_back is not None:
        beyond = [decision for decision in decisions.made if whole and decision.page in left]
        yield with_unfitting(held_back, beyond)


def with_unfitting(page: Page, lost: Iterable[ReviewDecision]) -> Page:
    """Note on a page the decisions whose place was not found."""
    told = tuple(said_of(decision) for decision in lost)
    return replace(page, unfitting=(*page.unfitting, *told)) if told else page


def said_of(decision: ReviewDecision) -> str:
    """Tell a decision in a few words."""
    put, chosen = (_short(text) for text in (decision.put, decision.chosen))
    return f"{put!r} -> {chosen!r}"


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS_TOLD else text[:_LETTERS_TOLD] + "…"


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # A name that is too long for a file holds nothing.
        return False
