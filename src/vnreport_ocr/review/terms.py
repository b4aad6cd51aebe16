"""The user's own terms: names and words that every run knows, one a line in a file of the user's own."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from vnreport_ocr.delivery import whole_text
from vnreport_ocr.errors import NotTextError, UnreadableFileError, UsageError
from vnreport_ocr.review.decisions import LONGEST_TERM

PLACE = "VNOCR_TERMS"
"""This environment variable names another file, or none where it is empty."""

_HEAD = "# Own terms of vnocr, one a line; see 'vnocr terms --help'.\n"
_CURE = f"Fix the file, or name another with {PLACE}."


def terms_file() -> Path | None:
    """Find the file of the user's own terms; None where the user wants none."""
    named = os.environ.get(PLACE)
    if named is not None:
        return Path(named) if named else None
    return Path(click.get_app_dir("vnocr")) / "terms.txt"


def own_terms() -> tuple[str, ...]:
    """Read the user's own terms; none where there is no file yet."""
    path = terms_file()
    if path is None:
        return ()
    try:
        return parsed(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise NotTextError("Your own terms are not UTF-8.", file=str(path), cure=_CURE) from error
    except OSError as error:
        if isinstance(error, NotADirectoryError) and PLACE not in os.environ:
            return ()  # who has no home (HOME=/dev/null) has no terms
        raise UnreadableFileError(
            f"Your own terms cannot be read: {error.strerror or error}.", file=str(path), cure=_CURE
        ) from error


def parsed(text: str) -> tuple[str, ...]:
    """Read the terms of a text: one a line, empty lines and lines that begin with # left out, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def add_terms(terms: Iterable[str]) -> list[str]:
    """Add terms; return those that are new."""
    known = dict.fromkeys(own_terms())
    new = [term for term in parsed("\n".join(map(_checked, terms))) if term not in known]
    if new:
        _write([*known, *new])
    return new


def remove_terms(terms: Iterable[str]) -> list[str]:
    """Remove terms; return those that were there."""
    known = own_terms()
    wanted = parsed("\n".join(terms))
    gone = [term for term in wanted if term in known]
    if gone:
        _write([term for term in known if term not in gone])
    return gone


def _checked(term: str) -> str:
    if len(term) > LONGEST_TERM or not term.isprintable():
        raise UsageError(f"This is not a term: {term[:40]!r}.", cure=f"A term has at most {LONGEST_TERM} letters.")
    return term


def _write(terms: list[str]) -> None:
    path = terms_file()
    if path is None:
        raise UsageError(
            f"{PLACE} is empty, so there is no file for your own terms.", cure=f"Set {PLACE} to a file, or unset it."
        )
    with whole_text(path) as file:
        file.write(_HEAD + "".join(term + "\n" for term in terms))
