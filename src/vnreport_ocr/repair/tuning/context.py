"""What context decides: the lattice, its decoding, collocations, recurrence."""

from dataclasses import dataclass
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class CollocationNumbers:
    """How a word goes with its neighbours."""

    usual: Annotated[
        float,
        Tuned("log-chance", -8.0, -2.0, "From this log-chance after a neighbour, two words are a usual collocation."),
    ] = -4.0
    unrelated: Annotated[
        float,
        Tuned(
            "log-chance",
            -14.0,
            -3.5,
            "Up to this log-chance beside a neighbour, two words are hardly ever written together.",
        ),
    ] = -7.0
    firm: Annotated[
        float,
        Tuned(
            "log-chance",
            -2.4,
            -0.6,
            "From this log-chance, another word in its place makes a term of both (``xung đột`` for ``xung độ``).",
        ),
    ] = -1.2
    bound: Annotated[
        float, Tuned("nats", 1.55, 6.2, "Two words of a term are likelier beside each other than apart by this much.")
    ] = 3.1
    as_well: Annotated[
        float,
        Tuned(
            "nats",
            0.75,
            3.0,
            "Another word fits as well beside the other neighbour if it is less likely there by no more than this.",
        ),
    ] = 1.5


@dataclass(frozen=True, eq=False, repr=False)
class DecodeNumbers:
    """The best path through the lattice."""

    beam: Annotated[int, Tuned("hypotheses", 16, 64, "How many hypotheses are kept at each place.")] = 32
    reach: Annotated[
        float,
        Tuned(
            "nats",
            4.0,
            16.0,
            "A hypothesis so far behind the best is dropped. The first syllable of a rare word of two (``dồi dào``) is"
            " far behind until the second is seen.",
        ),
    ] = 8.0
    hopeless: Annotated[
        float,
        Tuned(
            "nats",
            6.0,
            24.0,
            "An edge so much worse than another after the best hypothesis is not tried after the rest.",
        ),
    ] = 12.0


@dataclass(frozen=True, eq=False, repr=False)
class LatticeNumbers:
    """The candidates of a sentence as edges."""

    doubtful_cost: Annotated[
        float,
        Tuned("nats", 1.0, 4.0, "The cost of a word that is hardly ever written; with a capital it may be a name."),
    ] = 2.0
    case_weight: Annotated[float, Tuned("weight", 0.4, 0.85, "The weight of how usual a word's capitals are.")] = 0.7
    wrong_case_cost: Annotated[float, Tuned("nats", 1.5, 6.0, "The cost of a small word in a line of capitals.")] = 3.0
    opening_title_cost: Annotated[float, Tuned("nats", 0.1, 0.4, "The cost of a capital where a sentence opens.")] = 0.2
    opening_small_cost: Annotated[
        float, Tuned("nats", 0.75, 3.0, "The cost of a small letter where a sentence opens.")
    ] = 1.5
    mark_bonus: Annotated[float, Tuned("nats", 0.25, 1.0, "The bonus of a punctuation mark that stays.")] = 0.5
    asked_bonus: Annotated[float, Tuned("nats", 1.0, 4.0, "The same, where the mark itself is in question.")] = 2.0
    raised_cost: Annotated[
        float, Tuned("nats", 2.0, 8.0, "The cost of taking what clings to a word for a raised footnote mark.")
    ] = 4.0
    shortest_raised: Annotated[int, Tuned("letters", 1, 4, "A shorter word carries no footnote mark.")] = 2
    shortest_split: Annotated[int, Tuned("letters", 1, 6, "A shorter word is not split.")] = 3
    longest_split: Annotated[int, Tuned("letters", 8, 32, "A longer word is not split in two.")] = 16
    split_worth: Annotated[
        float,
        Tuned("log-chance", -10.0, -2.5, "A word that can be read as one syllable as likely as this is not split."),
    ] = -5.0
    rare_slips: Annotated[
        float,
        Tuned(
            "nats",
            -4.0,
            -1.0,
            "Where a change costs more than this, two slips side by side are likelier one slip on a term.",
        ),
    ] = -2.0
    alternative_cost: Annotated[
        float, Tuned("nats", 0.5, 2.0, "The cost of an engine's second reading beside its share.")
    ] = 1.0


@dataclass(frozen=True, eq=False, repr=False)
class PoliciesNumbers:
    """How the words of a line are treated."""

    other_letter_cost: Annotated[
        float, Tuned("nats", 2.0, 8.0, "The cost of each letter of an unknown word, read in another language.")
    ] = 4.0
    other_most_cost: Annotated[
        float,
        Tuned(
            "nats",
            9.5,
            38.0,
            "The most that a word costs as it stands: what is less likely than this is not what was meant.",
        ),
    ] = 19.0
    other_unlikely: Annotated[
        float,
        Tuned(
            "log-chance", -16.0, -4.0, "A piece of a word that no group is read as with more chance is not looked into."
        ),
    ] = -8.0
    vie_letter_cost: Annotated[
        float, Tuned("nats", 1.4, 5.6, "The cost of each letter of an unknown word, read in Vietnamese.")
    ] = 2.8
    vie_most_cost: Annotated[float, Tuned("nats", 7.5, 30.0, "The most that such a word costs as it stands.")] = 15.0
    vie_slip_score: Annotated[
        float, Tuned("log-chance", -10.0, -2.5, "The least log-chance of a reading that differs in its marks alone.")
    ] = -5.0
    vie_unlikely: Annotated[
        float, Tuned("log-chance", -24.0, -6.0, "A piece that no group is read as with more chance is not looked into.")
    ] = -12.0
    torn: Annotated[float, Tuned("nats", 0.6, 2.4, "The cost of a join in a torn line.")] = 1.2
    spaced_document: Annotated[
        float, Tuned("nats", 2.0, 8.0, "The cost of a join in a document with letter-spaced lines.")
    ] = 4.0
    rarely_torn: Annotated[float, Tuned("nats", 4.0, 16.0, "The cost of a join in any other document.")] = 8.0
    split_cost: Annotated[float, Tuned("nats", 2.5, 10.0, "The cost of a split.")] = 5.0
    fragments_of_spaced: Annotated[
        int, Tuned("fragments", 1, 4, "From this many fragments, a line counts as letter-spaced.")
    ] = 2
    fragments_of_torn: Annotated[int, Tuned("fragments", 2, 8, "From this many fragments, a line counts as torn.")] = 4
    spaced_lines: Annotated[
        int, Tuned("lines", 1, 6, "From this many such lines, a document counts as letter-spaced.")
    ] = 3
    cost_step: Annotated[
        float,
        Tuned(
            "nats",
            0.1,
            0.4,
            "Error rates that are nearly alike are treated alike, so that little need be decided again.",
        ),
    ] = 0.2
    taught_errors: Annotated[
        float,
        Tuned(
            "share of words",
            0.03,
            0.12,
            "What the Vietnamese engine had wrong on the pages its confusions were counted on.",
        ),
    ] = 0.06
    taught_errors_fast: Annotated[
        float,
        Tuned(
            "share of words",
            0.08,
            0.3,
            "The share of words that the engine trueocr had wrong on the pages that its confusions were counted on.",
        ),
    ] = 0.15


@dataclass(frozen=True, eq=False, repr=False)
class PosteriorNumbers:
    """How sure a decision is."""

    outdone: Annotated[
        float, Tuned("share", 0.2, 0.8, "A choice with a smaller share may have a better alternative.")
    ] = 0.4
    serious: Annotated[
        float, Tuned("nats", 3.5, 14.0, "Alternatives so much less likely by themselves are left out of the count.")
    ] = 7.0


@dataclass(frozen=True, eq=False, repr=False)
class RecurrenceNumbers:
    """What recurs in a document."""

    often: Annotated[int, Tuned("times", 2, 8, "A term of the document stands in it at least this often.")] = 4
    ratio: Annotated[int, Tuned("ratio", 4, 16, "And this many times as often as what may be a slip.")] = 8
    copied: Annotated[int, Tuned("times", 1, 6, "A word that stands this often as it was read is no slip.")] = 3
    sure: Annotated[float, Tuned("share", 0.98, 0.995, "Recurrence makes no change surer than this.")] = 0.99
    recurs: Annotated[
        float, Tuned("nats", 1.0, 4.0, "What speaks for a term, by the logarithm of how often the document has it.")
    ] = 2.0
    most_bonus: Annotated[float, Tuned("nats", 2.5, 10.0, "Recurrence speaks for a term by no more than this.")] = 5.0
    named: Annotated[
        int,
        Tuned(
            "ratio", 1, 6, "A name stands in the document this many times as often as what may be a misreading of it."
        ),
    ] = 3
    again: Annotated[
        float,
        Tuned(
            "nats", 0.5, 2.0, "What speaks for a change made elsewhere in the document, by the logarithm of how often."
        ),
    ] = 1.0
    most_again: Annotated[float, Tuned("nats", 1.0, 4.0, "The same speaks for a change by no more than this.")] = 2.0


@dataclass(frozen=True, eq=False, repr=False)
class RepairerNumbers:
    """Passes over a document."""

    most_rounds: Annotated[
        int, Tuned("rounds", 2, 8, "Decoding is settled after this many rounds, or the rest is told.")
    ] = 4
    most_passes: Annotated[
        int,
        Tuned(
            "passes",
            2,
            10,
            "Steps and rounds are settled after this many passes, or the page is told to be still changing.",
        ),
    ] = 5
    fast_misreads: Annotated[
        float,
        Tuned(
            "share of words",
            0.015,
            0.06,
            "The engine trueocr misreads at least so many words, mostly for other syllables; on clean scans 6 %.",
        ),
    ] = 0.03


@dataclass(frozen=True, eq=False, repr=False)
class TemperingNumbers:
    """What unsure proposals say of the sure ones."""

    usual_share: Annotated[
        float,
        Tuned(
            "share of words",
            0.0,
            0.01,
            "So many unsure proposals are usual: reports and news have .0002 to .001, texts about rare things .01.",
        ),
    ] = 0.001
    false_ones: Annotated[
        float,
        Tuned(
            "ratio",
            0.2,
            0.8,
            "So many sure proposals are wrong for each unsure one: in 3,500 typed words about rare things 12 for 33.",
        ),
    ] = 0.4
    usual: Annotated[
        float,
        Tuned(
            "log-odds",
            0.75,
            3.0,
            "From these odds of sure proposals, right against wrong, nothing is lost: documents with slips have more.",
        ),
    ] = 1.5
    weight: Annotated[float, Tuned("weight", 0.75, 3.0, "How much is lost for each log-odds below that.")] = 1.5


@dataclass(frozen=True, eq=False, repr=False)
class RoundsNumbers:
    """Decoding of all lines."""

    weight: Annotated[float, Tuned("weight", 0.55, 2.2, "The weight of the language model against the channel.")] = 1.1
    heat: Annotated[
        float,
        Tuned("weight", 0.625, 2.5, "What makes the shares of alternatives as sure as they turn out to be right."),
    ] = 1.25
    batch_items: Annotated[int, Tuned("items", 2500, 10000, "Sentences are decoded in batches of about this size.")] = (
        5000
    )
    adapt_from: Annotated[int, Tuned("words", 750, 3000, "Documents shorter than this teach the channel nothing.")] = (
        1500
    )
    sample_words: Annotated[
        int, Tuned("words", 1500, 6000, "The sample that a channel is adapted by is no longer than this.")
    ] = 3000
    sample_share: Annotated[float, Tuned("share", 0.25, 1.0, "And no greater part of the text than this.")] = 0.5
    learn_from: Annotated[float, Tuned("share", 0.8, 0.95, "A decision surer than this is learnt from.")] = 0.9
    learn_weight: Annotated[
        float, Tuned("sightings", 2.0, 8.0, "What one such decision counts against one sighting on the training pages.")
    ] = 4.0
    most_second_thoughts: Annotated[
        int, Tuned("rounds", 1, 6, "How often lines are decided again because their neighbours changed.")
    ] = 3
    recurring_share: Annotated[
        float, Tuned("share", 0.075, 0.3, "A slip that makes up this share of a word's places is the engine's habit.")
    ] = 0.15
    most_adaptations: Annotated[int, Tuned("rounds", 1, 4, "How often a channel is adapted to one document.")] = 2
    least_sure: Annotated[int, Tuned("decisions", 1, 6, "With fewer sure decisions a channel is not adapted.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class SuspicionNumbers:
    """Words that do not fit their neighbours."""

    surprise: Annotated[
        float, Tuned("log-chance", -10.0, -2.5, "A word less likely than this may be a surprise.")
    ] = -5.0
    two_surprises: Annotated[
        float,
        Tuned(
            "log-chance",
            -29.0,
            -7.25,
            "It is one where its log-chance and that of what follows add up to less than this.",
        ),
    ] = -14.5
