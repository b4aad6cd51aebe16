"""Measures repair: every set of texts before and after, and whether confidences keep their word."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tools.bench import goals
from tools.bench.calibration import BOUNDS, Bin, Judged, curve, judge
from tools.bench.checks import Check
from tools.bench.sets import TextSet
from tools.bench.tables import markdown_table, percent
from vnreport_ocr.evaluate.score import Score, digits_changed, score, word_keys
from vnreport_ocr.pipeline import Pipeline

RELIABILITY_BOUNDS = (0.0, 0.5, 0.7, 0.9, 0.95, 0.99, 1.0000001)
_SURE = 0.9
_SURE_RIGHT = 0.97
"""The least share of the corrections that say ``_SURE`` or more which must be right."""


class Measured(NamedTuple):
    """A set, cleaned and scored."""

    texts: TextSet
    score: Score
    digits_changed: int
    judged: tuple[Judged, ...]


def measure(cleaner: Pipeline, sets: Iterable[TextSet]) -> Iterator[Measured]:
    """Clean every text of every set and score the set as a whole."""
    for texts in sets:
        cleaned, judged, changed = [], [], 0
        for pair in texts.pairs:
            document = cleaner.clean_text(pair.raw)
            cleaned.append(document.text)
            if texts.kind in ("damaged", "light"):
                judged += judge(document, pair.truth)
            changed += digits_changed(pair.truth, pair.raw, document.text)
        truth = "\n".join(pair.truth for pair in texts.pairs)
        raw = "\n".join(pair.raw for pair in texts.pairs)
        yield Measured(texts, score(truth, "\n".join(cleaned), raw), changed, tuple(judged))


def checks(measured: Sequence[Measured]) -> Iterator[Check]:
    """Hold every set against its must: wrong words, digits changed, and how many sure corrections are right."""
    for item in measured:
        yield Check(f"{item.texts.name}: digits changed", item.digits_changed, 0)
        yield Check(f"{item.texts.name}: share of wrong words", item.score.wer, _must(item.texts))
        yield from _light_checks(item)
    sure = curve((one for item in measured for one in item.judged), (_SURE, BOUNDS[-1]))
    yield from (
        Check(f"share right at {_SURE:g} or more", b.right / b.corrections, _SURE_RIGHT, at_least=True) for b in sure
    )


def _light_checks(item: Measured) -> Iterator[Check]:
    goal = goals.LIGHT_MENDED.get(item.texts.name)
    if goal is not None:
        mended, broken = light_shares(item)
        yield Check(f"{item.texts.name}: share of slips mended", mended, goal.must, at_least=True)
        yield Check(f"{item.texts.name}: share of right words broken", broken, goals.LIGHT_BROKEN.must)


def light_shares(item: Measured) -> tuple[float, float]:
    """Return which share of the slips of a set was mended, and which share of its right words was made wrong."""
    repair = item.score.repair
    assert repair is not None  # scored with the raw text
    slips = repair.mended + repair.left_wrong - repair.broken  # what was broken is left wrong, too
    return repair.mended / max(1, slips), repair.broken / max(1, item.score.words - slips)


def light_table(measured: Sequence[Measured]) -> str:
    """Return what became of slips of a Vietnamese engine in text that is right for the most part."""
    head = ["set", "words", "mended", "must", "goal", "right words broken", "must", "digits changed"]
    rows = []
    for item in measured:
        if item.texts.kind == "light":
            mended, broken = light_shares(item)
            goal = goals.LIGHT_MENDED.get(item.texts.name)
            rows.append([
                item.texts.name, f"{item.score.words:,}", percent(mended, 1), *goals.against(goal),
                percent(broken, 3), percent(goals.LIGHT_BROKEN.must), str(item.digits_changed),
            ])  # fmt: skip
    return markdown_table(head, rows)


def _must(texts: TextSet) -> float:
    """Return the most that may be wrong; infinite where nothing is asked for."""
    if texts.kind == "clean":
        return goals.CLEAN_HARM.must
    if texts.kind == "charset":
        return _charset_goal(texts).must
    goal = goals.REPAIR.get(texts.name)
    return math.inf if goal is None else goal.must


def _charset_goal(texts: TextSet) -> goals.Goal:
    return goals.CHARSET_WITH_LOSS_WRONG if "lost" in texts.name else goals.CHARSET_WRONG


def damaged_table(measured: Sequence[Measured]) -> str:
    """Damaged texts: wrong words before and after, beside what is asked for."""
    head = ["set", "words", "wrong before", "wrong after", "must", "goal", "mended", "broken", "digits changed"]
    rows = []
    for item in measured:
        if item.texts.kind == "damaged":
            repair = item.score.repair
            assert repair is not None  # scored with the raw text
            rows.append([
                item.texts.name, f"{item.score.words:,}", percent(repair.raw_wer), percent(item.score.wer),
                *goals.against(goals.REPAIR.get(item.texts.name)), f"{repair.mended:,}", f"{repair.broken:,}",
                str(item.digits_changed),
            ])  # fmt: skip
    return markdown_table(head, rows)


def short_table(cleaner: Pipeline, texts: TextSet) -> tuple[str, float]:
    """Short texts, each cleaned by itself: how many come out as they were meant, whatever the style of tones."""
    right = sum(_same(cleaner.clean_text(pair.raw).text, pair.truth) for pair in texts.pairs)
    before = sum(_same(pair.raw, pair.truth) for pair in texts.pairs)
    count = len(texts.pairs)
    row = [texts.name, f"{count:,}", percent(before / count), percent(right / count), percent(goals.SHORT_RIGHT)]
    return markdown_table(["set", "texts", "right before", "right after", "must"], [row]), right / count


def _same(text: str, truth: str) -> bool:
    return word_keys(text.split()) == word_keys(truth.split())


def clean_table(measured: Sequence[Measured]) -> str:
    """Right texts: what was made wrong."""
    head = ["set", "words", "changed for the worse", "must", "goal", "digits changed"]
    rows = [
        [item.texts.name, f"{item.score.words:,}", percent(item.score.wer, 3), *goals.against(goals.CLEAN_HARM),
         str(item.digits_changed)]
        for item in measured if item.texts.kind == "clean"
    ]  # fmt: skip
    return markdown_table(head, rows)


def charset_table(measured: Sequence[Measured]) -> str:
    """Wrongly coded texts: how many words come right."""
    head = ["written as", "words", "right before", "right after", "must", "digits changed"]
    rows = []
    for item in measured:
        if item.texts.kind == "charset":
            repair = item.score.repair
            assert repair is not None  # scored with the raw text
            rows.append([
                item.texts.name, f"{item.score.words:,}", percent(max(0.0, 1 - repair.raw_wer)),
                percent(1 - item.score.wer, 3), percent(1 - _charset_goal(item.texts).must, 1),
                str(item.digits_changed),
            ])  # fmt: skip
    return markdown_table(head, rows)


def calibration_table(measured: Sequence[Measured]) -> str:
    """How many corrections of each confidence are right, and the same for all that say 0.9 or more."""
    judged = [one for item in measured for one in item.judged]
    rows = [_bin_row(b, f"{b.low:g} to {b.high:g}") for b in curve(judged)]
    sure = curve(judged, (_SURE, BOUNDS[-1]))
    rows += [_bin_row(b, f"**{_SURE:g} or more** (must: {_SURE_RIGHT:.0%})") for b in sure]
    return markdown_table(["confidence", "corrections", "right"], rows)


def reliability_table(measured: Sequence[Measured]) -> str:
    """Return by set and confidence how many corrections are right, with the 95 % interval of that share."""
    head = ["set", *(f"{low:g} to {high:g}" for low, high in pairwise(RELIABILITY_BOUNDS))]
    rows = []
    for item in measured:
        bins = {b.low: b for b in curve(item.judged, RELIABILITY_BOUNDS)}
        if bins:
            cells = [_interval(bins[low]) if low in bins else "" for low in RELIABILITY_BOUNDS[:-1]]
            rows.append([item.texts.name, *cells])
    return markdown_table(head, rows)


def _interval(b: Bin) -> str:
    """Return the share that is right and Wilson's interval around it."""
    n, share, z = b.corrections, b.right / b.corrections, 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{share:.1%} ({max(0.0, middle - half):.0%} to {min(1.0, middle + half):.0%} of {n:,})"


def _bin_row(b: Bin, name: str) -> list[str]:
    return [name, f"{b.corrections:,}", percent(b.right / b.corrections, 1)]
