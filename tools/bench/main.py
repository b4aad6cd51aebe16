"""``make bench``: measures what can be measured on this machine and writes the tables of docs/.

``VNOCR_DEV_DATA`` names a folder of sets (see ``sets.py``); without it the samples of the checkout are measured.
``VNOCR_CORPORA`` names a folder of corpora whose codes and figures may not change (sections ``codes``, ``digits``).
``VNOCR_REAL`` names a folder of PDFs whose words are counted in and out (section ``conservation``).
Section ``pdf`` measures the PDFs that are written of the same folder; ``VNOCR_READ`` names documents (JSON) that were
read of them before, ``VNOCR_BESIDE=1`` measures OCRmyPDF beside.
Section ``index`` makes an archive of 100,000 pages and asks it (minutes; see ``index.py``).
``VNOCR_DOCUMENTS`` names a folder of texts without a truth whose changes are counted, ``VNOCR_READINGS`` one of
``WHAT-pNN.txt``: what engines of other languages read of the pages of the sets.
"""

import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import click

from tools.bench import attention as attention_bench
from tools.bench import best as best_bench
from tools.bench import codes as codes_bench
from tools.bench import conservation as conservation_bench
from tools.bench import copies as copies_bench
from tools.bench import cost as cost_bench
from tools.bench import digits as digits_bench
from tools.bench import documents as documents_bench
from tools.bench import figures as figures_bench
from tools.bench import goals, speed
from tools.bench import index as index_bench
from tools.bench import letterheads as letterheads_bench
from tools.bench import pages as pages_bench
from tools.bench import queries as queries_bench
from tools.bench import repair as repair_bench
from tools.bench.checks import Check, missed, own_musts, with_own
from tools.bench.sets import TextSet, light_sets, odd_sets, page_sets, short_texts, text_sets
from tools.bench.tables import markdown_table, write_between
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

SECTIONS = ("repair", "odd", "speed", "pages", "fast", "figures", "cost", "letterhead")
"""What is measured unless something is asked for by name; ``codes`` and ``conservation`` take minutes."""

Measure = Callable[[Path, Path | None], Iterable[Check]]
"""Measures the sets of a folder and, where a folder of docs is named, writes the tables there."""

_CHECKOUT = Path(__file__).parents[2]
_EVERY_PARAGRAPH = 32
_LOADING_MUST = 0.5
_MEMORY_MUST = 300.0


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of sets.")
@click.option("--documents", type=click.Path(path_type=Path, exists=True, file_okay=False), envvar="VNOCR_DOCUMENTS",
              help="A folder of texts without a truth; their changes are counted.")  # fmt: skip
@click.option("--readings", type=click.Path(path_type=Path, exists=True, file_okay=False), envvar="VNOCR_READINGS",
              help="A folder of what engines of other languages read of the pages of the sets.")  # fmt: skip
@click.option(
    "--only",
    "sections",
    multiple=True,
    type=click.Choice((*SECTIONS, "codes", "digits", "conservation", "attention", "best", "pdf", "queries", "index")),
    help="Measure this alone.",
)
@click.option("--letters", type=click.Path(path_type=Path, exists=True, file_okay=False), envvar="VNOCR_LETTERS",
              help="A folder of letters with their truths, read besides those that are drawn.")  # fmt: skip
@click.option("--long/--no-long", "with_long_file", help="Also measure a file of 300 scanned pages (minutes).")
@click.option("--write/--no-write", default=True, help="Write the tables into docs/ besides printing them.")
@click.option("--check", is_flag=True, help="End with exit code 1 where a must is missed, and name each.")
def main(
    data: Path | None,
    documents: Path | None,
    readings: Path | None,
    sections: tuple[str, ...],
    with_long_file: bool,
    write: bool,
    letters: Path | None,
    check: bool,
) -> None:
    """Measure repair, speed, pages, what pages cost, and how letterheads are read."""
    folder = data or Path(os.environ.get("VNOCR_DEV_DATA") or _CHECKOUT / "samples")
    docs = _CHECKOUT / "docs" if write else None
    measures = _measures(documents, readings, letters, with_long_file=with_long_file)
    held = [one for section in sections or SECTIONS for one in measures[section](folder, docs)]
    if documents is not None:
        _publish(docs, "accuracy.md", "documents", documents_bench.documents_table(Pipeline(Options()), documents))
    if check:
        sys.exit(_held_to(with_own(held, own_musts(folder))))


def _held_to(held: Sequence[Check]) -> int:
    """Name every must that is missed; returns the exit code."""
    short = missed(held)
    for sentence in short:
        click.echo(f"missed: {sentence}", err=True)
    click.echo(f"{len(held) - len(short)} of {len(held)} musts are met.")
    return 1 if short else 0


def _measures(
    documents: Path | None, readings: Path | None, letters: Path | None, *, with_long_file: bool
) -> dict[str, Measure]:
    """Return what measures each section."""
    return {
        "repair": _repair,
        "odd": partial(_odd, readings),
        "speed": partial(_speed, documents),
        "pages": _pages,
        "fast": _fast,
        "best": _best,
        "figures": _figures,
        "cost": partial(_cost, with_long_file),
        "letterhead": partial(_letterhead, letters),
        "codes": _codes,
        "digits": _digits,
        "conservation": _conservation,
        "attention": _attention,
        "pdf": _copies,
        "queries": partial(_queries, documents),
        "index": _index,
    }


def _repair(folder: Path, docs: Path | None) -> Iterable[Check]:
    sets = chain(text_sets(folder), light_sets(folder))
    measured = list(repair_bench.measure(Pipeline(Options()), sets))
    for name, table in (
        ("damaged", repair_bench.damaged_table(measured)),
        ("light", repair_bench.light_table(measured)),
        ("clean", repair_bench.clean_table(measured)),
        ("charsets", repair_bench.charset_table(measured)),
        ("calibration", repair_bench.calibration_table(measured)),
        ("reliability", repair_bench.reliability_table(measured)),
    ):
        _publish(docs, "accuracy.md", name, table)
    return repair_bench.checks(measured)


def _odd(readings: Path | None, folder: Path, docs: Path | None) -> Iterable[Check]:
    cleaner = Pipeline(Options())
    measured = list(repair_bench.measure(cleaner, odd_sets(folder, readings)))
    _publish(docs, "accuracy.md", "odd", repair_bench.damaged_table(measured))
    short, right = repair_bench.short_table(cleaner, short_texts())
    _publish(docs, "accuracy.md", "short", short)
    return (*repair_bench.checks(measured), Check("short texts that come out right", right, goals.SHORT_RIGHT, True))


def _codes(_folder: Path, docs: Path | None) -> Iterable[Check]:
    found = codes_bench.found_in(codes_bench.corpora(_corpora(), _EVERY_PARAGRAPH), Counter())
    swept = codes_bench.sweep(Pipeline(Options()), found, open_language().symbols)
    _publish(docs, "accuracy.md", "codes", codes_bench.codes_table(swept))
    for example in codes_bench.examples(swept):
        click.echo(example)
    return codes_bench.checks(swept)


def _digits(_folder: Path, docs: Path | None) -> Iterable[Check]:
    tallies = list(digits_bench.measure(Pipeline(Options()), digits_bench.sample(_corpora())))
    _publish(docs, "accuracy.md", "digits", digits_bench.digits_table(tallies))
    for example in (text for tally in tallies for text in tally.examples):
        click.echo(example)
    return digits_bench.checks(tallies)


def _corpora() -> Path:
    folder = os.environ.get("VNOCR_CORPORA")
    if not folder:
        raise click.UsageError("Set VNOCR_CORPORA to a folder of corpora (.txt.xz).")
    return Path(folder)


def _attention(folder: Path, docs: Path | None) -> Iterable[Check]:
    measured = list(attention_bench.measure(Pipeline(Options()), page_sets(folder)))
    _publish(docs, "accuracy.md", "attention", attention_bench.attention_table(measured))
    return ()


def _conservation(folder: Path, docs: Path | None) -> Iterable[Check]:
    real = Path(os.environ.get("VNOCR_REAL") or folder)
    measured = list(conservation_bench.measure(sorted(real.rglob("*.pdf"))))
    _publish(docs, "accuracy.md", "conservation", conservation_bench.conservation_table(measured))
    return conservation_bench.checks(measured)


def _copies(folder: Path, docs: Path | None) -> Iterable[Check]:
    real = Path(os.environ.get("VNOCR_REAL") or folder)
    read = os.environ.get("VNOCR_READ")
    files = sorted(real.rglob("*.pdf"))
    beside = bool(os.environ.get("VNOCR_BESIDE"))
    measured = list(copies_bench.measure(Pipeline(Options()), files, Path(read) if read else None, beside=beside))
    _publish(docs, "pdf.md", "pdf", copies_bench.table(measured))
    return copies_bench.checks(measured)


def _queries(documents: Path | None, _folder: Path, docs: Path | None) -> Iterable[Check]:
    if documents is None:
        raise click.UsageError("Set VNOCR_DOCUMENTS to the folder of the documents that the queries are for.")
    measured = queries_bench.measure(documents)
    _publish(docs, "search.md", "queries", queries_bench.table(measured))
    return queries_bench.checks(measured)


def _index(_folder: Path, docs: Path | None) -> Iterable[Check]:
    figures, held = index_bench.measure()
    _publish(docs, "search.md", "index", index_bench.table(figures))
    return held


def _speed(documents: Path | None, folder: Path, docs: Path | None) -> Iterable[Check]:
    sets = list(text_sets(folder))
    texts = {
        "wrong language": _joined(sets, lambda s: s.name == "001" or "eng" in s.name),
        "clean": _joined(sets, lambda s: s.kind == "clean"),
    }
    texts = {name: text for name, text in texts.items() if text}
    for path in sorted(documents.glob("*.txt")) if documents else ():
        texts[f"document {path.stem}"] = path.read_text(encoding="utf-8")
    speeds = speed.measure(texts)
    _publish(docs, "performance.md", "speed", speed.speed_table(speeds))
    longest = texts.get("clean") or max(texts.values(), key=len, default="Báo cáo")
    loading, memory = speed.loading_seconds(), speed.memory_megabytes(longest)
    rows = [
        ["import, load and first words", f"{loading:.2f} s", f"{_LOADING_MUST:g} s"],
        ["memory after cleaning the longest text", f"{memory:.0f} MB", f"{_MEMORY_MUST:g} MB"],
    ]
    rows += [[f"{words:,} words", f"{seconds:.2f} s", "linear"] for words, seconds in speed.growth(longest)]
    _publish(docs, "performance.md", "load", markdown_table(["what", "measured", "must"], rows))
    loaded = (Check("seconds to load", loading, _LOADING_MUST), Check("megabytes of memory", memory, _MEMORY_MUST))
    return (*speed.checks(speeds), *loaded)


def _pages(folder: Path, docs: Path | None) -> Iterable[Check]:
    cleaner = Pipeline(Options())
    cleaner.clean_text("Báo cáo")  # opens the dictionaries, which is no cost of a page
    levels = [pages_bench.measure(cleaner, pages) for pages in page_sets(folder)]
    _publish(docs, "accuracy.md", "pages", pages_bench.pages_table(levels))
    _publish(docs, "accuracy.md", "tables", pages_bench.tables_table(levels))
    return pages_bench.checks(levels)


def _fast(folder: Path, docs: Path | None) -> Iterable[Check]:
    if find_spec("trueocr") is None:
        click.echo("The extra fast (trueocr) is not installed; its engine is not measured.", err=True)
        return ()
    cleaner = Pipeline(Options(engine="trueocr"))
    sets = [pages for pages in page_sets(folder) if pages.name != "vector"]
    for page in [page for pages in sets for page in pages.pages][:1]:
        list(cleaner.iter_pages(page.path))  # opens dictionaries and models, which is no cost of a page
    levels = [pages_bench.measure(cleaner, pages) for pages in sets]
    _publish(docs, "accuracy.md", "fast", pages_bench.fast_table(levels))
    return tuple(pages_bench.fast_checks(levels))


def _best(folder: Path, docs: Path | None) -> Iterable[Check]:
    if find_spec("trueocr") is None:
        click.echo("The extra fast (trueocr) is not installed; the second reader is not measured.", err=True)
        return ()
    normal, best = Pipeline(Options()), Pipeline(Options(quality="best"))
    sets = [pages for pages in page_sets(folder) if pages.name != "vector"]
    for page in [page for pages in sets for page in pages.pages][:1]:
        for cleaner in (normal, best):
            list(cleaner.iter_pages(page.path))  # opens dictionaries and models, which is no cost of a page
    levels = list(best_bench.measure(normal, best, sets))
    _publish(docs, "accuracy.md", "best", best_bench.best_table(levels))
    return tuple(best_bench.checks(levels))


def _figures(folder: Path, docs: Path | None) -> Iterable[Check]:
    cleaner = Pipeline(Options())
    tallies = [(pages.name, figures_bench.of_set(cleaner, pages)) for pages in page_sets(folder)]
    tallies += figures_bench.made_figures(cleaner)
    signs = list(figures_bench.made_signs(cleaner))
    _publish(docs, "accuracy.md", "figures", figures_bench.figures_table(tallies))
    _publish(docs, "accuracy.md", "signs", figures_bench.signs_table(signs))
    return figures_bench.checks(tallies, signs)


def _cost(with_long_file: bool, folder: Path, docs: Path | None) -> Iterable[Check]:
    sets = {pages.name: pages for pages in page_sets(folder) if pages.pages}
    vector = sets.pop("vector", None)
    if sets:
        # The plainest scans there are: no second reading is made of them.
        plain = sets.get("L2", next(iter(sets.values())))
        _publish(docs, "performance.md", "cost", cost_bench.cost_table(plain, vector, with_long_file))
    return ()


def _letterhead(letters: Path | None, _folder: Path, docs: Path | None) -> Iterable[Check]:
    scores = letterheads_bench.measure(Pipeline(Options()), letters)
    _publish(docs, "accuracy.md", "letterhead", letterheads_bench.letterhead_table(scores))
    for name in scores:
        for miss in scores[name].misses:
            click.echo(f"{name}: {miss}", err=True)
    return letterheads_bench.checks(scores)


def _joined(sets: list[TextSet], wanted: Callable[[TextSet], bool]) -> str:
    return "\n".join(pair.raw for texts in sets if wanted(texts) for pair in texts.pairs)


def _publish(docs: Path | None, page: str, name: str, table: str) -> None:
    click.echo(f"\n{name}\n{table}")
    if docs is not None:
        when = f"Measured on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores."
        write_between(docs / page, name, f"{table}\n\n{when}")


if __name__ == "__main__":
    main()
