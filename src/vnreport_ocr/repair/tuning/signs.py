"""What is told by signs: damage, doubts, acceptance, punctuation."""

from dataclasses import dataclass
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class AcceptanceNumbers:
    """Whether a decision is sure enough to become a correction."""

    shortest_symbol: Annotated[
        int, Tuned("letters", 1, 6, "A shorter word in capitals is never taken for the symbol of a document's number.")
    ] = 3
    many_unknown: Annotated[
        float,
        Tuned(
            "share of words",
            0.075,
            0.3,
            "From this error rate a passage counts as badly read, and strange words in it as misread.",
        ),
    ] = 0.15
    misread: Annotated[
        float,
        Tuned(
            "share of words",
            0.001,
            0.004,
            "From this share of misread words, strange words are the engine's and not the author's.",
        ),
    ] = 0.002
    many_slips: Annotated[
        float,
        Tuned(
            "share of words",
            0.0003,
            0.0012,
            "From this share of slips a text is full of them; printed texts have fewer.",
        ),
    ] = 0.0006
    least_slips: Annotated[
        int, Tuned("words", 1, 4, "A text with fewer slips than this is never full of them, whatever their share.")
    ] = 2
    long: Annotated[
        int, Tuned("letters", 2, 10, "From this length a word that turns into a far one must be known.")
    ] = 5
    shortest_left: Annotated[
        int, Tuned("letters", 1, 4, "A change that leaves fewer letters of a word than this loses it.")
    ] = 2
    far: Annotated[int, Tuned("letters", 1, 6, "One letter in this many may be wrong where a person wrote them.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class AuthorsNumbers:
    """What an author meant."""

    often: Annotated[int, Tuned("times", 2, 8, "A word that a text has so often may be what it is about.")] = 4
    topical: Annotated[
        float, Tuned("times", 10.0, 40.0, "A text about something has its word this much more often than others.")
    ] = 20.0
    near: Annotated[int, Tuned("words", 1, 4, "So close to itself a word was written twice on purpose.")] = 2


@dataclass(frozen=True, eq=False, repr=False)
class ChanceNumbers:
    """What a change may risk."""

    costs_bold: Annotated[float, Tuned("misses", 0.4, 0.85, "A wrong change costs this many missed ones.")] = 0.7
    costs_normal: Annotated[float, Tuned("misses", 1.15, 4.6, "A wrong change costs this many missed ones.")] = 2.3
    costs_careful: Annotated[float, Tuned("misses", 4.5, 18.0, "A wrong change costs this many missed ones.")] = 9.0
    least: Annotated[
        float,
        Tuned(
            "share", 0.25, 1.0, "A change less likely than this is not made, except in text that is wrong as it stands."
        ),
    ] = 0.5
    change_case: Annotated[
        float, Tuned("log-odds", -1.7, -0.425, "How much too sure the decoder is of a change of capitals alone.")
    ] = -0.85
    change_ruined: Annotated[
        float,
        Tuned(
            "log-odds", -3.4, -0.85, "How much too sure the decoder is of a change of text that is wrong as it stands."
        ),
    ] = -1.7
    change_no_word: Annotated[
        float, Tuned("log-odds", -0.5, 0.5, "How much too sure the decoder is of a change of a word in no lexicon.")
    ] = 0.0
    change_slipped: Annotated[
        float,
        Tuned(
            "log-odds",
            -0.8,
            -0.2,
            "How much too sure the decoder is of a change of a word in no lexicon, in a text with many slips.",
        ),
    ] = -0.4
    change_term: Annotated[
        float,
        Tuned("log-odds", 0.25, 1.0, "How much too sure the decoder is of a change of a word that has lost its term."),
    ] = 0.5
    change_word: Annotated[
        float,
        Tuned("log-odds", 0.575, 2.3, "How much too sure the decoder is of a change of a word that may be right."),
    ] = 1.15
    change_usual: Annotated[
        float,
        Tuned(
            "log-odds",
            1.05,
            4.2,
            "How much too sure the decoder is of a change of a word that goes with its neighbours.",
        ),
    ] = 2.1
    change_name: Annotated[
        float, Tuned("log-odds", 2.25, 9.0, "How much too sure the decoder is of a change of what may be a name.")
    ] = 4.5


@dataclass(frozen=True, eq=False, repr=False)
class CodesNumbers:
    """Numbers of documents."""

    confidence: Annotated[float, Tuned("share", 0.9, 0.975, "The confidence told with a mended symbol.")] = 0.95


@dataclass(frozen=True, eq=False, repr=False)
class DiagnoseNumbers:
    """Which damage a passage has taken."""

    passage_words: Annotated[int, Tuned("words", 45, 180, "The length of a passage that is diagnosed by itself.")] = 90
    enough: Annotated[int, Tuned("words", 4, 16, "Fewer words than this tell nothing about their passage.")] = 8
    pure_low: Annotated[
        float,
        Tuned(
            "share of words",
            0.06,
            0.24,
            "From this share of words with marks that only Vietnamese has, a text may be Vietnamese.",
        ),
    ] = 0.12
    pure_good: Annotated[float, Tuned("share of words", 0.125, 0.5, "From this share it surely is.")] = 0.25
    bones_low: Annotated[
        float,
        Tuned(
            "share of words",
            0.25,
            1.0,
            "With a smaller share of words whose letters could be Vietnamese, a text is another language.",
        ),
    ] = 0.5
    stripped_bones: Annotated[
        float, Tuned("share of words", 0.8, 0.95, "From this share of such words, a text without marks has lost them.")
    ] = 0.9
    stripped_marked: Annotated[
        float,
        Tuned("share of words", 0.0075, 0.03, "Up to this share of marked words, a text counts as without marks."),
    ] = 0.015
    light: Annotated[
        float, Tuned("share of words", 0.01, 0.04, "From this share of unknown words, a passage is damaged.")
    ] = 0.02
    least_errors: Annotated[
        float, Tuned("share of words", 0.0005, 0.002, "The error rate assumed where nothing is wrong to be seen.")
    ] = 0.001
    still_wrong: Annotated[
        float, Tuned("weight", 0.5, 2.0, "How many words are wrong for each that is seen to be, after repair.")
    ] = 1.0
    often_together: Annotated[
        float,
        Tuned("log-probability", -8.0, -4.0, "Two words of which the second is likelier than this stand together."),
    ] = -5.5
    longest_fragment: Annotated[int, Tuned("letters", 1, 6, "A longer piece is no fragment of a torn word.")] = 3
    torn_line: Annotated[int, Tuned("fragments", 1, 4, "This many fragments in a line are no accident.")] = 2
    torn_least: Annotated[int, Tuned("fragments", 1, 6, "A passage with fewer fragments is not letter-spaced.")] = 3
    torn_share: Annotated[
        float, Tuned("share of words", 0.01, 0.04, "From this share of fragments, a passage counts as letter-spaced.")
    ] = 0.02
    spelt_least: Annotated[
        int, Tuned("letters", 3, 12, "Fewer single letters in a row are a list, not a spelt word.")
    ] = 6
    many_torn: Annotated[
        float,
        Tuned(
            "share of passages",
            0.05,
            0.2,
            "From this share of torn passages, the document is told to be letter-spaced.",
        ),
    ] = 0.1
    torn_passages: Annotated[
        int, Tuned("passages", 1, 6, "The same, by their number, where most of the damage is of this kind.")
    ] = 3
    least_lacking: Annotated[int, Tuned("words", 1, 6, "Fewer words without their marks are slips.")] = 3
    lacking_share: Annotated[
        float,
        Tuned(
            "share of words",
            0.015,
            0.06,
            "A smaller share of such words is no damage: right text has hardly one in a hundred.",
        ),
    ] = 0.03
    lacking_to_odd: Annotated[
        int, Tuned("ratio", 1, 4, "Such words must be this many times those that are wrong otherwise.")
    ] = 2
    telling_words: Annotated[int, Tuned("words", 50, 200, "A shorter text is too short to tell its language.")] = 100
    few_plain: Annotated[
        int, Tuned("words", 1, 4, "This many words without marks, in a text too short to tell, may have lost theirs.")
    ] = 2
    next: Annotated[
        int,
        Tuned("letters", 1, 4, "How far apart two letters of a list may lie: no Vietnamese list has an F, J, W or Z."),
    ] = 2
    listed: Annotated[
        int, Tuned("letters", 1, 6, "From this many letters in order, they are the labels of a list.")
    ] = 3


@dataclass(frozen=True, eq=False, repr=False)
class FiguresNumbers:
    """Doubts about figures; chosen on made scans, see docs/accuracy.md."""

    unsure: Annotated[
        float, Tuned("share", 0.2, 0.8, "Below this confidence a figure is doubted whatever else was read.")
    ] = 0.6
    rival: Annotated[
        float,
        Tuned("share", 0.4, 0.85, "Another figure is a rival from this weight, divided by that of what was read."),
    ] = 0.7
    sure: Annotated[
        float,
        Tuned("share", 0.8, 0.95, "Above this confidence a rival counts for nothing, except for points and commas."),
    ] = 0.9
    rival_point: Annotated[
        float, Tuned("share", 0.25, 1.0, "The weight from which a reading with other points and commas is a rival.")
    ] = 0.5
    chosen: Annotated[
        float, Tuned("share", 0.6, 0.9, "Below this confidence a choice of the reading between two is doubted.")
    ] = 0.8
    named: Annotated[
        float, Tuned("share", 0.7, 0.925, "From this weight, where the reading was left open, a rival is named.")
    ] = 0.85


@dataclass(frozen=True, eq=False, repr=False)
class FlagsNumbers:
    """What is told beside a line."""

    gap_confidence: Annotated[float, Tuned("share", 0.9, 0.975, "The confidence told with a closed gap.")] = 0.95
    unsure_change: Annotated[
        float, Tuned("share", 0.4, 0.85, "A change less sure than this is told as a doubt too.")
    ] = 0.7
    unread: Annotated[
        float,
        Tuned("share", 0.15, 0.5, "A word the engine was less sure of is told as a doubt; half of them are misread."),
    ] = 0.3


@dataclass(frozen=True, eq=False, repr=False)
class ItemsNumbers:
    """A line cut into items."""

    sentence_limit: Annotated[
        int,
        Tuned("items", 60, 240, "Longer stretches without an end of sentence are cut, so that a batch stays small."),
    ] = 120
    longest_misread: Annotated[
        int, Tuned("letters", 3, 12, "A longer glued word in small letters is no misread word.")
    ] = 6
    listed_labels: Annotated[
        int, Tuned("labels", 1, 6, "From this many labels in order, they are those of a list.")
    ] = 3
    capital_share: Annotated[
        float, Tuned("share of letters", 0.2, 0.8, "From this share of capitals, a line is written in capitals.")
    ] = 0.6


@dataclass(frozen=True, eq=False, repr=False)
class PunctuationNumbers:
    """Full stops and commas."""

    confidence: Annotated[
        float, Tuned("share", 0.2, 0.8, "The share of these changes that were right on the worst pages measured.")
    ] = 0.6
    bad_enough: Annotated[
        float,
        Tuned(
            "share of words",
            0.004,
            0.016,
            "From this error rate an engine's full stops are doubted; clean text keeps its own.",
        ),
    ] = 0.008
    very_bad: Annotated[
        float,
        Tuned(
            "share of words",
            0.015,
            0.06,
            "From this error rate a stop at a line's end is doubted too, and every pause.",
        ),
    ] = 0.03
    no_sign: Annotated[
        float,
        Tuned(
            "nats",
            10.0,
            20.0,
            "A pause is a speck where the words around it are likelier without it by this; writers set some at 12.5.",
        ),
    ] = 12.6
    no_sign_in_term: Annotated[
        float, Tuned("nats", 6.0, 15.0, "The same where the words beside it make a term; writers set some at 9.8.")
    ] = 10.0
    no_comma: Annotated[
        float, Tuned("nats", 1.0, 4.0, "A comma is a stop where an end of a sentence is likelier in its place by this.")
    ] = 2.0
    small: Annotated[
        float,
        Tuned(
            "log-share",
            -4.0,
            -2.0,
            "A word seldomer in capitals than this has one only where a sentence begins (not so offices and agencies).",
        ),
    ] = -2.9
    speck_confidence: Annotated[
        float, Tuned("share", 0.8, 1.0, "The share of removed specks that were right on the worst pages measured.")
    ] = 0.95
    stop_confidence: Annotated[float, Tuned("share", 0.6, 1.0, "The same of commas that became stops.")] = 0.8


@dataclass(frozen=True, eq=False, repr=False)
class QualityNumbers:
    """The quality told of a page."""

    doubt_weight: Annotated[float, Tuned("words", 0.2, 0.8, "How many unsure words a doubt counts as.")] = 0.6
    factor: Annotated[float, Tuned("weight", 1.5, 6.0, "How much an unsure word takes from the quality.")] = 3.0
    ruined_loss: Annotated[float, Tuned("share", 0.15, 0.6, "What a ruined page loses beside.")] = 0.3
