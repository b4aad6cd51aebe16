"""A page on which a person sees truth and text side by side, every difference in colour; it needs no other file."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from vnreport_ocr.evaluate.score import Score, word_keys

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; --left: #9a6700; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; } th:first-child { width: 2.5rem; }
th, td { border-top: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { position: sticky; top: 0; background: Canvas; } td.number { color: GrayText; text-align: right; }
.mended { color: var(--good); } .broken { color: var(--bad); font-weight: bold; text-decoration: underline; }
.wrong { color: var(--left); text-decoration: underline dotted; } .lost { color: var(--bad); opacity: .6; }
dl { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; } dt { color: GrayText; } dd { margin: 0; font-weight: 600; }
@media (max-width: 40rem) { body { font-size: 13px; } td, th { padding: .3rem; } }
"""
_LEGEND = (
    '<p><span class="mended">fixed</span>, <span class="wrong">still wrong</span>, '
    '<span class="broken">was right before</span>, <span class="lost">missing</span></p>'
)


class Aligned(NamedTuple):
    """What a text has for one word of the truth: nothing where it is missing, several where words were added."""

    words: tuple[str, ...]
    right: bool


def page(truth: str, text: str, raw: str | None, score: Score, title: str) -> str:
    """Render the page as HTML."""
    now = align(truth, text)
    was = None if raw is None else align(truth, raw)
    head = ["", "truth", "text"] if was is None else ["", "truth", "before", "text"]
    parts = [
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(title)}</title>',
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>',
        f"<h1>{escape(title)}</h1><dl>{''.join(_figures(score))}</dl>{_LEGEND}",
        f"<table><thead><tr>{''.join(f'<th>{name}</th>' for name in head)}</tr></thead><tbody>",
        *_rows(truth, now, was),
        "</tbody></table></html>\n",
    ]
    return "".join(parts)


def align(truth: str, text: str) -> list[Aligned]:
    """For every word of the truth what stands in the text; words added to it stand with the word before them."""
    truth_words, text_words = truth.split(), text.split()
    places = [Aligned((), False)] * len(truth_words)
    added: list[str] = []
    for step in Levenshtein.opcodes(word_keys(truth_words), word_keys(text_words)):
        found = text_words[step.dest_start : step.dest_end]
        if step.tag == "insert":
            if step.src_start == 0:
                added += found
            else:
                before = places[step.src_start - 1]
                places[step.src_start - 1] = Aligned((*before.words, *found), False)
        elif step.tag != "delete":
            for offset, word in enumerate(found):
                places[step.src_start + offset] = Aligned((word,), step.tag == "equal")
    if added and places:
        places[0] = Aligned((*added, *places[0].words), False)
    return places


def _figures(score: Score) -> Iterator[str]:
    for name, value in score.flat().items():
        shown = f"{value:.2%}" if isinstance(value, float) else f"{value:,}"
        yield f"<div><dt>{name.replace('_', ' ')}</dt><dd>{shown}</dd></div>"


def _rows(truth: str, now: list[Aligned], was: list[Aligned] | None) -> Iterator[str]:
    start = 0
    for number, line in enumerate(truth.splitlines(), start=1):
        end = start + len(line.split())
        if end > start:
            cells = [escape(line)]
            if was is not None:
                cells.append(_cell(was[start:end], None))
            cells.append(_cell(now[start:end], None if was is None else was[start:end]))
            yield f'<tr><td class="number">{number}</td>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'
        start = end


def _cell(places: list[Aligned], before: list[Aligned] | None) -> str:
    words = []
    for number, place in enumerate(places):
        was_right = None if before is None else before[number].right
        words.append(_word(place, was_right))
    return " ".join(words)


def _word(place: Aligned, was_right: bool | None) -> str:
    shown = escape(" ".join(place.words))
    if place.right:
        return f'<span class="mended">{shown}</span>' if was_right is False else shown
    if not place.words:
        return '<span class="lost">\N{WHITE SQUARE}</span>'
    return f'<span class="{"broken" if was_right else "wrong"}">{shown}</span>'
