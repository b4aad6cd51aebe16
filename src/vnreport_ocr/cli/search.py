"""``vnocr search``: what an archive says, found as people ask for it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.saying import say

if TYPE_CHECKING:
    from vnreport_ocr.search.finding import Answer
    from vnreport_ocr.search.leaf import FoundPage

RENEWED = "The index was of an older version and was rebuilt."
LOOSENED = {
    "parted": "No page has these words as typed; words that hide two syllables were taken as two.",
    "marks": "No page has these words with these marks; marks were left aside.",
    "words": "No page has all these words; those that no page has were left out.",
    "most": "No page has all these words; these pages have all but one.",
}
_FACETS = {"year": "nam", "issuer": "co-quan", "kind": "loai", "signer": "nguoi-ky", "quality": "quality"}


def _as_typed(part: str) -> str:
    """Return an argument with the quotes that a shell has taken from it."""
    if '"' in part or not any(map(str.isspace, part)):
        return part
    from vnreport_ocr.search.fieldvalues import field_of

    name, colon, value = part.partition(":")
    is_field = colon and value and field_of(name.removeprefix("-")) is not None
    return f'{name}:"{value}"' if is_field else f'"{part}"'


@click.command("search", short_help="Search an archive by words, phrases, numbers, years.")
@click.argument("out", type=FileName(path_type=Path))
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N",
              help="Show at most N pages.")  # fmt: skip
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
              help="Which page of results to show, with --limit results each.")  # fmt: skip
@click.option("--facets", is_flag=True, help="Count the documents found by year, issuer, kind, signer and quality.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(out: Path, query: tuple[str, ...], limit: int, page: int, facets: bool, as_json: bool) -> None:
    """Find pages in the archive in OUT, best matches first.

    All words must be found. Words without marks match any marks, and d matches đ; a word typed with marks matches only
    those. Also: "a phrase" in quotes, a OR b, NOT c (or -c), a beginning*, a NEAR/5 b, and parentheses. so:18/NQ-HĐND
    finds a document by its number in any spelling, nam:2020..2023 by year, ngay:14/9/2023 by day, and co-quan:, loai:,
    nguoi-ky:, trich-yeu: and tep: by issuer, kind, signer, subject and file.
    """
    from vnreport_ocr.archive.opened import open_archive

    said = " ".join(map(_as_typed, query)) if len(query) > 1 else query[0]
    with open_archive(out) as archive:
        if archive.renewed:
            say(RENEWED)
        answer = archive.search(said, limit=limit, offset=(page - 1) * limit)
        counted = archive.facets(said) if facets else {}
        if as_json:
            click.echo(json.dumps(_as_dict(said, answer, counted), ensure_ascii=False, indent=1))
            return
        for found in answer.found:
            for line in _lines(found, colour=sys.stdout.isatty()):
                click.echo(line)
    for name, values in counted.items():
        if values:
            click.echo(f"{_FACETS[name]}: " + ", ".join(f"{value} ({number:,})" for value, number in values))
    say(_closing(answer, limit, page))


def _lines(found: "FoundPage", *, colour: bool) -> list[str]:
    head = f"{found.path}, page {found.page}"
    facts = [fact for fact in (found.kind, found.number, found.date) if fact]
    if colour:
        head = click.style(head, bold=True)
    return [head + (f"  [{', '.join(facts)}]" if facts else ""), "    " + marked(found, colour=colour)]


def marked(found: "FoundPage", *, colour: bool) -> str:
    """Return the snippet with its hits marked: in colour on a terminal, else between guillemets."""
    pieces, place = [], 0
    for start, end in found.hits:
        word = found.snippet[start:end]
        hit = click.style(word, fg="yellow", bold=True) if colour else f"«{word}»"
        pieces += [found.snippet[place:start], hit]
        place = end
    return "".join(pieces) + found.snippet[place:]


def _closing(answer: "Answer", limit: int, page: int) -> str:
    if not answer.total:
        return "Nothing found."
    first = (page - 1) * limit + 1
    if answer.loosened:
        say(LOOSENED[answer.loosened])
    if not answer.found:
        return f"Only {answer.total:,} pages were found."
    said = "at least " if answer.more else ""
    return f"{first:,} to {first + len(answer.found) - 1:,} of {said}{answer.total:,} pages found."


def _as_dict(query: str, answer: "Answer", counted: dict[str, list[tuple[str, int]]]) -> dict[str, object]:
    found = [
        hit._asdict() | {"score": round(hit.score, 4), "hits": [list(span) for span in hit.hits]}
        for hit in answer.found
    ]
    facets = {name: dict(values) for name, values in counted.items()}
    return {
        "query": query,
        "total": answer.total,
        "more": answer.more,
        "loosened": answer.loosened,
        "found": found,
        "facets": facets,
    }
