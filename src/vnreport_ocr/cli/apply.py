"""``vnocr apply``: a person's decisions put into a document, and every output written anew."""

from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.cli.options import FORMATS_HELP, split_formats, writing_options
from vnreport_ocr.cli.saying import say
from vnreport_ocr.cli.targets import Target, refuse_existing
from vnreport_ocr.errors import MissingFileError, PartialResultError, UsageError
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import ending_of
from vnreport_ocr.plurals import many
from vnreport_ocr.sources.kind import WORD_ENDINGS

if TYPE_CHECKING:
    from vnreport_ocr.model import Page
    from vnreport_ocr.review.decisions import Decisions, ReviewDecision
    from vnreport_ocr.review.documents import DocumentHead

_TOLD: Final = 10
"""So many decisions that no longer fit are told one by one, and so many terms that were learned."""
_CURE: Final = "Decide these places again on a new review page."


@click.command("apply", short_help="Apply a person's decisions to a document.")
@click.argument("document", type=FileName(path_type=Path), metavar="DOCUMENT.json")
@click.argument("decisions", type=FileName(path_type=Path), nargs=-1, required=True, metavar="DECISIONS.json...")
@click.option("-o", "--output", "folder", type=FileName(path_type=Path), metavar="DIR",
              help="Write files into this folder, including the decisions.")  # fmt: skip
@click.option("--keep", is_flag=True,
              help="Only save the decisions, beside DOCUMENT.json; the next 'clean' or 'batch' into that folder "
                   "applies them.")  # fmt: skip
@click.option("-f", "--format", "formats", default="txt,json", show_default=True, metavar="LIST",
              callback=split_formats, help=FORMATS_HELP)  # fmt: skip
@click.option("--original", type=FileName(path_type=Path), metavar="FILE",
              help="The file that DOCUMENT.json was read from, needed for pdf, html and Word copies; by default a file "
                   "of its name beside DOCUMENT.json or in the current folder.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace files that already exist; without it they are kept.")
@writing_options
@click.option("--learn/--no-learn", default=True, show_default=True,
              help="Add names and words that were typed or accepted to your own terms, which the next run "
                   "knows.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(document: Path, decisions: tuple[Path, ...], learn: bool, quiet: bool, **values: Any) -> None:  # noqa: ANN401 - options are of every type
    """Apply the decisions in DECISIONS.json, saved from review pages, to DOCUMENT.json ('vnocr clean -f json').

    If two decisions concern the same place, the later one wins. A decision whose place can no longer be found is
    reported. The decisions are kept beside the outputs: 'clean' and 'batch' apply them whenever they write into that
    folder again.
    """
    # Not at the top: --help should not wait for them.
    from vnreport_ocr.cli.heldpages import held_pages
    from vnreport_ocr.review.applying import Applying
    from vnreport_ocr.review.decisions import merged, read_decisions
    from vnreport_ocr.review.documents import DocumentHead, stored_pages
    from vnreport_ocr.review.kept import keep, kept_file, read_kept

    folder, keeping = values.pop("folder"), values.pop("keep")
    formats, original, overwrite = (values.pop(name) for name in ("formats", "original", "overwrite"))
    options = Options(**values)
    if keeping == (folder is not None):
        raise UsageError("Either -o DIR or --keep is needed, and not both.", cure="Give one of them.")
    stem = (folder or document.parent) / document.name.removesuffix(".json")
    if not keeping:
        _refuse_places(Target(document, "", stem), formats, overwrite=overwrite)
    head = DocumentHead()
    with held_pages() as pages:
        # All of them are read before anything is written: what is wrong with one is wrong with the document.
        for page in stored_pages(document, head):
            pages.add(page)
        made = merged(*(read_decisions(path) for path in decisions))
        place = kept_file(stem.parent, Path(head.name).name or document.stem)
        there = read_kept(place)
        if made.document and head.name and made.document != head.name:
            say(f"vnocr: these decisions were made on {made.document:.200}, but this is {head.name:.200}.")
        made = merged(made if there is None else there, made)._replace(document=head.name)
        applying = Applying(made, frozenset(pages.numbers))
        decided = applying.pages(pages)
        written = 0
        if keeping:
            deque(decided, maxlen=0)
        else:
            source = _original(original, document, head.name, formats)
            written = _write(decided, pages.numbers, head, _Place(formats, stem, source, options))
    keep(place, made)
    learned = _learned(made, applying.lost) if learn else []
    if not quiet:
        say(_sentence(applying.held, written + 1, learned))
    if applying.lost:
        _tell_lost(applying.lost, len(made.made))


def _tell_lost(lost: Sequence["ReviewDecision"], made: int) -> NoReturn:
    """Tell the decisions that no longer fit, the first of many one by one, and end with an error."""
    from vnreport_ocr.review.kept import said_of

    for decision in lost[:_TOLD]:
        say(f"vnocr: no longer fits: page {decision.page}, {said_of(decision)}")
    if len(lost) > _TOLD:
        say(f"vnocr: no longer fit: {len(lost) - _TOLD:,} more")
    raise PartialResultError(f"{len(lost)} of {made} decisions no longer fit; everything else was written.", cure=_CURE)


def _refuse_places(target: Target, formats: tuple[str, ...], *, overwrite: bool) -> None:
    """Keep what is there, and the document in any case."""
    written = [Path(f"{target.stem}.{ending_of(wish)}") for wish in formats]
    if target.path is not None and target.path.resolve() in [path.resolve() for path in written]:
        raise UsageError(
            f"{target.path} would be overwritten.", cure="Choose another folder with -o, or --keep the decisions only."
        )
    if not overwrite:
        refuse_existing([target], formats)


def _original(given: Path | None, document: Path, name: str, formats: tuple[str, ...]) -> Path | None:
    """Find the file that the document was read from, where it is needed."""
    of_word = Path(name).suffix.lower() in WORD_ENDINGS and "docx" in formats
    if not of_word and "pdf" not in formats and "html" not in formats:
        return None
    if given is not None:
        if not given.exists():
            raise MissingFileError("There is no such file.", file=str(given))
        return given
    bare = Path(name).name
    found = next((place for folder in (document.parent, Path()) if bare and (place := folder / bare).exists()), None)
    if found is None and "pdf" in formats:
        raise UsageError(
            f"A PDF copy needs the file that was read; {name or 'it'} was not found.", cure="Name it with --original."
        )
    return found


class _Place(NamedTuple):
    """What is written, and where."""

    formats: tuple[str, ...]
    stem: Path
    source: Path | None
    options: Options


def _write(pages: Iterable["Page"], numbers: Sequence[int], head: "DocumentHead", place: _Place) -> int:
    """Write every output; returns how many files."""
    # Not at the top: --help should not wait for them.
    from vnreport_ocr.jobs.crew import Crew, usable_cores
    from vnreport_ocr.jobs.documents import DocumentReader
    from vnreport_ocr.outputs.write import write

    with ExitStack() as stack:
        original = None
        if place.source is not None:
            crew = stack.enter_context(Crew(usable_cores()))
            reader = DocumentReader(lambda: crew, place.options)
            _refuse_another(numbers, place.source, reader.open(place.source).numbers)
            original = reader.original(place.source)
        told = (head.name, place.options, original, head.properties)
        return len(write(pages, place.formats, place.stem, *told))


def _refuse_another(numbers: Sequence[int], source: Path, there: Sequence[int]) -> None:
    """Refuse a file that cannot be what the document was read from."""
    known = frozenset(there)
    beyond = [number for number in numbers if number not in known]
    if beyond:
        raise UsageError(
            f"{source} has no page {beyond[0]}, but the document does.", cure="Name the right file with --original."
        )


def _learned(made: "Decisions", lost: Iterable["ReviewDecision"]) -> list[str]:
    """Add the words of the decisions that fit to the user's own; of the others nobody knows whether they are right."""
    from vnreport_ocr.review.kept import known_by
    from vnreport_ocr.review.terms import add_terms, terms_file

    unfit = set(lost)
    fitting = made._replace(made=tuple(decision for decision in made.made if decision not in unfit))
    return [] if terms_file() is None else add_terms(known_by(fitting))


def _sentence(held: int, files: int, learned: list[str]) -> str:
    counts = (many(number, what) for number, what in ((held, "decision"), (files, "file")))
    line = "{} applied, {} written".format(*counts)
    more = f" and {len(learned) - _TOLD:,} more" if len(learned) > _TOLD else ""
    return line + (f"; learned: {', '.join(learned[:_TOLD])}{more}." if learned else ".")
