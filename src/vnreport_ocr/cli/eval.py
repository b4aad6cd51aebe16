"""``vnocr eval``: how far a text is from the truth."""

import json
from pathlib import Path

import click

from vnreport_ocr.cli.names import FileName
from vnreport_ocr.errors import OutputError
from vnreport_ocr.sources.text.files import read_text

_SHARES = frozenset({"cer", "wer", "missing", "marks_wrong", "tones_wrong", "raw_cer", "raw_wer", "harm"})
_MEANING = {
    "words": "words of the truth",
    "cer": "characters wrong",
    "wer": "words wrong",
    "missing": "words that are nowhere in the text",
    "marks_wrong": "words with the right letters and wrong marks",
    "tones_wrong": "of these, with only the tone wrong",
    "numbers": "numbers of the truth",
    "numbers_missing": "numbers missing or out of place",
    "raw_cer": "characters wrong before",
    "raw_wer": "words wrong before",
    "broken": "words that were right and are wrong",
    "mended": "words that were wrong and are right",
    "harm": "broken words, as a share of those that were right",
    "left_wrong": "words that are not right",
}


@click.command("eval", short_help="Score a text against the truth.")
@click.argument("truth", type=FileName(path_type=Path))
@click.argument("hypothesis", type=FileName(path_type=Path))
@click.option(
    "--raw", type=FileName(path_type=Path), help="The text before the repair; also shows what the repair did."
)
@click.option("--html", type=FileName(path_type=Path), metavar="PAGE",
              help="Write a page that shows the texts side by side, with every difference in colour.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(truth: Path, hypothesis: Path, raw: Path | None, html: Path | None, as_json: bool) -> None:
    """Compare the text HYPOTHESIS with the text TRUTH: characters, words, marks, tones and numbers wrong."""
    from vnreport_ocr.evaluate.score import score  # rapidfuzz, which no other command needs at once
    from vnreport_ocr.evaluate.sidebyside import page

    texts = read_text(truth), read_text(hypothesis), None if raw is None else read_text(raw)
    scored = score(*texts)
    if html is not None:
        _write(html, page(*texts, scored, f"{hypothesis.name} against {truth.name}"))
    result = scored.flat()
    if as_json:
        click.echo(json.dumps(result, indent=2))
        return
    for name, value in result.items():
        shown = f"{value:.2%}" if name in _SHARES else f"{value:,}"
        click.echo(f"{name:16} {shown:>9}  {_MEANING[name]}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"The page cannot be written ({error.strerror}).", file=str(path)) from error
