"""``make reader``: trains for some minutes, going on where it stood, writes the file of the reader, and its card.

Every run needs no more than its folder: the checkpoint says what is being trained and how far it is.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tools.dictionaries.inputs import of_texts
from tools.reader.card import Taught, card, write_whole
from tools.reader.evaluation import lines_wrong, pages_wrong, reader_of
from tools.reader.facts import facts_of
from tools.reader.onnxfile import write_model
from tools.reader.plan import SIZES
from tools.reader.texts import gather
from vnreport_ocr.sources.engine.linemodels import LineModels

TEXTS = ("official-documents-2025", "essays-and-directives", "law-decrees-2025", "law-answers-and-plans",
         "law-codified", "economy-and-policy", "news-provincial-2017", "encyclopedia-2025")  # fmt: skip
_EACH = 20_000
_NAMES = ("float32", "float16", "int8")


@click.command()
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--minutes", type=click.FloatRange(0, 1440), default=9.0, show_default=True, help="Train so long; 0: only measure."
)
@click.option("--device", default="cpu", show_default=True, help="Where PyTorch trains: cpu, cuda.")
@click.option("--workers", type=click.IntRange(0, 256), default=1, show_default=True, help="Processes that print.")
@click.option("--size", type=click.Choice(SIZES), default="base", show_default=True, help="Of a course that begins.")
@click.option("--lines", type=click.IntRange(1), default=6_000_000, show_default=True, help="Of a course that begins.")
@click.option("--seed", type=int, default=7, show_default=True, help="Of a course that begins.")
@click.option("--each", type=click.IntRange(1), default=_EACH, show_default=True, help="Paragraphs of each text.")
@click.option("--batch", type=click.IntRange(2_048), default=96_000, show_default=True, help="Columns of a batch.")
@click.option(
    "--kept", type=click.Choice(_NAMES), default="int8", show_default=True, help="How the file keeps weights."
)
@click.option("--measure", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Sets of pages to measure; without, no card is written.")  # fmt: skip
def main(
    source: Path, out: Path, minutes: float, device: str, workers: int, size: str, lines: int, seed: int, each: int,
    batch: int, kept: str, measure: Path | None,
) -> None:  # fmt: skip
    """Train a reader of lines on the texts in FROM, in the folder OUT."""
    try:
        # Not at the top: PyTorch is there only where somebody trains.
        from tools.reader import training
        from tools.reader.network import folded
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing: training needs PyTorch (docs/reader.md).") from error
    files = _texts(source)
    out.mkdir(parents=True, exist_ok=True)
    checkpoint, told = out / "checkpoint.pt", of_texts(files)
    paragraphs = gather(files, each, seed)
    _note_texts(out / "texts.txt", f"{told} {each}", begun=checkpoint.exists())
    if checkpoint.exists():
        trainer = training.resume(checkpoint, paragraphs, device)
    else:
        course = training.Course(size=size, seed=seed, lines=lines, batch_columns=batch)
        trainer = training.Trainer(course, paragraphs, device)
    if minutes:
        trainer.run(minutes, workers, out / "log.jsonl")
        trainer.save(checkpoint)
        wrong = trainer.held_out(200)
        click.echo(
            f"{trainer.lines:,} of {trainer.course.lines:,} lines; {wrong:.2%} of the characters of others wrong"
        )
    plan = trainer.network.plan
    model = write_model(plan, folded(trainer.average), facts_of(f"reader-{plan.name}", str(trainer.lines)), kept)  # type: ignore[arg-type]
    file = out / "reader.onnx"
    file.write_bytes(model)
    click.echo(f"{file}: {len(model) / 1e6:.2f} MB")
    if measure is not None:
        course = trainer.course
        taught = Taught(
            f"reader-{plan.name}", plan.name, plan.weights, len(model), trainer.lines, course.lines, course.seed, told
        )
        write_whole(out / "card.md", _measured(taught, file, paragraphs, measure))
        click.echo((out / "card.md").read_text(encoding="utf-8"))


def _texts(source: Path) -> list[Path]:
    """Find the texts to train on: the corpora by their names, or else every text of the folder."""
    found = [path for name in TEXTS if (path := _text(source, name)) is not None]
    found = found or sorted(source.glob("*.txt"))
    if not found:
        raise click.ClickException(f"{source} holds no text: lay corpora there (docs/dictionaries.md) or .txt files.")
    return found


def _text(source: Path, name: str) -> Path | None:
    found = [path for ending in (".txt.xz", ".txt") if (path := source / f"{name}{ending}").exists()]
    return found[0] if found else None


def _note_texts(noted: Path, texts: str, *, begun: bool) -> None:
    """Note which texts a course is trained on; refuse other texts for a course that has begun."""
    if not begun:
        write_whole(noted, texts)
    elif noted.read_text(encoding="utf-8") != texts:
        raise click.ClickException(
            f"{noted.parent} was begun with other texts: go on with those, or name another folder."
        )


def _measured(taught: Taught, file: Path, paragraphs: Sequence[str], sets: Path) -> str:
    """Measure the reader beside the one that is used today; returns its card."""
    by_kind = lines_wrong(reader_of(file), paragraphs, 100)
    beside = lines_wrong(LineModels(), paragraphs, 100)
    return card(taught, by_kind, beside, zip(pages_wrong(file, sets), pages_wrong(None, sets), strict=True))


if __name__ == "__main__":
    main()
    sys.exit(0)
