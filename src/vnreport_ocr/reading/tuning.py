"""The tuned numbers of reading/: each with its unit, its range and the reason behind it."""

from dataclasses import dataclass, field
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class ChooseNumbers:
    """Which source a page is read from."""

    few_words: Annotated[int, Tuned("words", 4, 16, "With fewer words a text layer tells nothing about itself.")] = 8
    pure: Annotated[
        float,
        Tuned(
            "share of words",
            0.125,
            0.5,
            "From this share of words with marks that only Vietnamese has, a text layer is Vietnamese.",
        ),
    ] = 0.25
    pure_hidden: Annotated[
        float, Tuned("share of words", 0.19, 0.76, "The same for a hidden layer, which an engine has written.")
    ] = 0.38
    pure_learned: Annotated[
        float,
        Tuned("share of words", 0.025, 0.1, "The same for a layer whose codes were solved: the solution was checked."),
    ] = 0.05
    legal: Annotated[
        float, Tuned("share of words", 0.44, 0.86, "From this share of legal syllables, a text layer is good.")
    ] = 0.72
    legal_hidden: Annotated[float, Tuned("share of words", 0.8, 0.95, "The same for a hidden layer.")] = 0.9
    fit: Annotated[
        float, Tuned("nats", -0.5, 0.5, "From this fit of neighbouring words, a text layer makes sense.")
    ] = 0.0
    fit_hidden: Annotated[float, Tuned("nats", 0.2, 0.8, "The same for a hidden layer.")] = 0.6
    senseless: Annotated[
        float,
        Tuned(
            "weight", 0.15, 0.6, "What is left of the quality of words that fit one another no better than by chance."
        ),
    ] = 0.3
    unmapped: Annotated[
        float,
        Tuned("share of letters", 0.05, 0.2, "Above this share of letters without a meaning, the picture is read."),
    ] = 0.1
    picture_share: Annotated[
        float, Tuned("share of the page", 0.05, 0.2, "Above this share, pictures on a page may hold text.")
    ] = 0.1
    missed: Annotated[
        float,
        Tuned(
            "share of letters", 0.175, 0.7, "Above this share of letters seen outside the layer, the picture is read."
        ),
    ] = 0.35
    usual_pure: Annotated[float, Tuned("share of words", 0.225, 0.9, "The share of such words in right text.")] = 0.45
    better: Annotated[float, Tuned("quality", 0.05, 0.2, "How much better a reading must be than the layer.")] = 0.1
    more_words: Annotated[
        float, Tuned("ratio", 0.625, 2.5, "How many more words make a reading better where its quality is no worse.")
    ] = 1.25
    sketch_dpi: Annotated[
        float, Tuned("dpi", 50.0, 200.0, "The resolution of the sketch that the layer is held against.")
    ] = 100.0
    most_points: Annotated[
        float, Tuned("points", 1000.0, 4000.0, "A longer page is no page of text and is not sketched.")
    ] = 2000.0


@dataclass(frozen=True, eq=False, repr=False)
class OverlayNumbers:
    """Where the text of a page stands in for a reading of its picture."""

    alike: Annotated[
        float, Tuned("share of letters", 0.5, 0.95, "A line of the layer this much like the one read is the same line.")
    ] = 0.7
    within: Annotated[
        float, Tuned("share", 0.3, 0.8, "Lines that share this much of their height and width stand in one place.")
    ] = 0.5


@dataclass(frozen=True, eq=False, repr=False)
class ReadingTuning:
    """The tuned numbers of the room, by module."""

    choose: ChooseNumbers = field(default_factory=ChooseNumbers)
    overlay: OverlayNumbers = field(default_factory=OverlayNumbers)


TUNING = ReadingTuning()
