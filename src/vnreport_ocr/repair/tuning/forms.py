"""The forms that a word may stand for, and what each costs."""

from dataclasses import dataclass
from typing import Annotated

from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True, eq=False, repr=False)
class AdaptNumbers:
    """What a document teaches a channel about its engine."""

    most_sightings: Annotated[
        float, Tuned("sightings", 20.0, 80.0, "More sightings of one misreading than this count no more.")
    ] = 40.0
    again_and_again: Annotated[
        int, Tuned("sightings", 1, 6, "Fewer sightings than this teach nothing: they may be chance.")
    ] = 3
    surprising: Annotated[
        float,
        Tuned(
            "log-chance", -12.0, -3.0, "A reading that the channel already expects more than this need not be taught."
        ),
    ] = -6.0
    least_of_all: Annotated[
        int, Tuned("sightings", 10, 40, "The share of a misreading is counted against at least this many letters.")
    ] = 20


@dataclass(frozen=True, eq=False, repr=False)
class BareFiguresNumbers:
    """Figures that stand alone and may be words."""

    sure: Annotated[
        float,
        Tuned(
            "nats", 7.0, 14.0, "A word that fits so much better than a number was read as one; right figures reach 7."
        ),
    ] = 9.0
    sure_beside: Annotated[
        float, Tuned("nats", 4.0, 10.0, "The same before another number, where a right figure hardly stands.")
    ] = 7.0
    possible: Annotated[
        float, Tuned("nats", -3.0, 3.0, "From this margin a figure may be a word, and a person is told.")
    ] = 0.0
    numeral: Annotated[float, Tuned("share", 0.9, 0.99, "The confidence told with a mended Roman numeral.")] = 0.95
    half: Annotated[float, Tuned("nats", 2.0, 8.0, "At this margin a word is as likely as a figure.")] = 4.0
    common: Annotated[float, Tuned("times", 100.0, 400.0, "A rarer word is not thought of for a figure.")] = 200.0


@dataclass(frozen=True, eq=False, repr=False)
class BlanksNumbers:
    """Words that run together."""

    least_glued: Annotated[int, Tuned("words", 1, 6, "Fewer glued words than this may be the author's slips.")] = 3
    glued_share: Annotated[
        float, Tuned("share of words", 0.005, 0.02, "A smaller share of glued words may be the author's slips.")
    ] = 0.01
    marked_share: Annotated[
        float,
        Tuned("share of words", 0.1, 0.4, "From this share of words with Vietnamese marks, a text has kept its marks."),
    ] = 0.2
    known_weight: Annotated[
        float,
        Tuned("count", 50.0, 200.0, "A word counted more often than this in the lexicon is known and stays whole."),
    ] = 100.0
    longest: Annotated[int, Tuned("letters", 20, 80, "Longer strings are left alone: they are no words.")] = 40
    most_ways: Annotated[int, Tuned("ways", 32, 128, "How many ways to part a string are kept at each place.")] = 64
    shortest: Annotated[int, Tuned("letters", 2, 8, "Shorter words are not parted.")] = 4
    longest_syllable: Annotated[int, Tuned("letters", 3, 14, "The longest Vietnamese syllable, ``nghiêng``.")] = 7
    two_words: Annotated[int, Tuned("tones", 1, 4, "With this many tone marks a string holds two words at least.")] = 2
    plain_likely: Annotated[
        float,
        Tuned(
            "log-chance",
            -17.0,
            -4.25,
            "Mean log-chance of the words that letters without marks may be parted into; foreign words come close.",
        ),
    ] = -8.5
    name_likely: Annotated[
        float, Tuned("log-chance", -13.0, -3.25, "The same for a string with a capital, which may be a name.")
    ] = -6.5
    takes_number: Annotated[
        float,
        Tuned(
            "log-chance",
            -6.0,
            -1.5,
            "From this log-chance of a number after a word, figures that cling to it are no footnote's.",
        ),
    ] = -3.0
    confidence: Annotated[float, Tuned("share", 0.9, 0.975, "The confidence told with a parted word.")] = 0.95


@dataclass(frozen=True, eq=False, repr=False)
class CandidatesNumbers:
    """The forms that a word as it was read may stand for."""

    most: Annotated[int, Tuned("forms", 20, 80, "How many forms of one word are weighed against each other.")] = 40
    margin: Annotated[float, Tuned("nats", 6.0, 24.0, "A form so much less likely than the best is not weighed.")] = (
        12.0
    )
    pool: Annotated[int, Tuned("forms", 60, 240, "How many forms the search keeps before the lexicon is asked.")] = 120
    width: Annotated[
        float, Tuned("nats", 5.5, 22.0, "How far behind the best hypothesis the search still follows one.")
    ] = 11.0
    own_weight: Annotated[
        float,
        Tuned("sightings", 1.0, 4.0, "What one sighting in the document counts against one on the training pages."),
    ] = 2.0
    word_weight: Annotated[
        float,
        Tuned("sightings", 15.0, 60.0, "This many sightings of a whole word weigh as much as what its parts say."),
    ] = 30.0
    least_share: Annotated[
        float, Tuned("share", 0.075, 0.3, "The parts of a word keep at least this share of the say.")
    ] = 0.15
    frequency: Annotated[
        float, Tuned("weight", 0.6, 0.9, "The weight of a word's log-frequency in the choice of what is weighed.")
    ] = 0.8
    odd_cost: Annotated[
        float, Tuned("nats", 1.5, 6.0, "The cost, for each letter out of place, of a word that stays as read.")
    ] = 3.0
    strange_cost: Annotated[float, Tuned("nats", 0.5, 2.0, "The cost of an unknown word that stays as read.")] = 1.0
    impossible_cost: Annotated[
        float,
        Tuned("nats", 0.0, 8.0, "The same, for small letters that only Vietnamese uses and that make no syllable."),
    ] = 4.0
    known_cost: Annotated[
        float, Tuned("nats", 0.4, 0.85, "The cost of a known word that stays as read: confusions cannot rule it out.")
    ] = 0.7
    moved_cost: Annotated[float, Tuned("nats", 0.15, 0.6, "The cost of a tone on the wrong vowel (``mơí``).")] = 0.3
    label_cost: Annotated[
        float,
        Tuned(
            "nats", 3.0, 12.0, "The cost of a word of letters and a digit that stays as read: a label such as ``A4``."
        ),
    ] = 6.0
    abbreviation_bonus: Annotated[float, Tuned("nats", 0.5, 2.0, "The bonus of a known abbreviation.")] = 1.0
    shortest_foreign: Annotated[
        int, Tuned("letters", 2, 8, "A shorter word with foreign marks may be the document's own.")
    ] = 4
    foreign_cost: Annotated[
        float, Tuned("nats", 2.5, 10.0, "The cost of marks that foreign names hardly have (``Indonesìa``).")
    ] = 5.0
    longest: Annotated[int, Tuned("letters", 6, 24, "Longer words are not searched for.")] = 12
    most_slips: Annotated[
        int, Tuned("forms", 6, 24, "How many forms are weighed that only a slip of one letter makes of a word.")
    ] = 12


@dataclass(frozen=True, eq=False, repr=False)
class EvidenceNumbers:
    """What the engine's confidence is worth."""

    doubted: Annotated[float, Tuned("share", 0.5, 0.875, "Below this confidence a word is doubted.")] = 0.75
    sure: Annotated[float, Tuned("share", 0.8, 0.95, "From this confidence the engine is sure.")] = 0.9
    sure_cost: Annotated[
        float, Tuned("nats", -4.0, -1.0, "What a change of a word costs that the engine was sure of.")
    ] = -2.0
    doubted_gain: Annotated[
        float, Tuned("nats", 0.5, 2.0, "What speaks for a change of a word that the engine doubted.")
    ] = 1.0


@dataclass(frozen=True, eq=False, repr=False)
class FigureWordsNumbers:
    """Figures within words."""

    look_cost: Annotated[
        float,
        Tuned(
            "nats",
            0.6,
            2.4,
            "The cost of each figure that is read as another letter than the engine's confusions have it.",
        ),
    ] = 1.2
    beside_cost: Annotated[
        float, Tuned("nats", 1.0, 4.0, "The cost of a figure that is dropped as a scrap beside a word.")
    ] = 2.0
    footnote_cost: Annotated[
        float, Tuned("nats", 2.5, 10.0, "The cost of dropping figures that may be a footnote's.")
    ] = 5.0
    roman_cost: Annotated[float, Tuned("nats", 0.25, 1.0, "The cost of reading ones as a Roman numeral.")] = 0.5
    label_cost: Annotated[
        float,
        Tuned("nats", 5.5, 22.0, "The cost of small letters and figures that stay as read; no label has this form."),
    ] = 11.0
    most_variants: Annotated[int, Tuned("variants", 3, 12, "How many readings of the figures are tried.")] = 6
    most: Annotated[int, Tuned("forms", 30, 120, "How many forms of such a word are weighed.")] = 60
    takes_number: Annotated[
        float,
        Tuned(
            "log-chance",
            -6.0,
            -1.5,
            "From this log-chance of a number after a word, figures that cling to it are a number.",
        ),
    ] = -3.0
    rarer: Annotated[
        int, Tuned("ratio", 25, 100, "A word so many times rarer than the commonest of its form is left out.")
    ] = 50


@dataclass(frozen=True, eq=False, repr=False)
class FigureGuardNumbers:
    """How sure it must be that a figure within a word is a letter that was misread."""

    sure: Annotated[
        float,
        Tuned(
            "chance",
            0.8,
            0.99,
            "From here a figure is a letter: of labels in right text, damaged, the decoder is not so sure in 10,000"
            " sentences with figures, of misread words nearly always.",
        ),
    ] = 0.94
    likely: Annotated[
        float,
        Tuned("chance", 0.6, 0.95, "The same for small letters once the text has shown figures that were letters."),
    ] = 0.75
    shown: Annotated[int, Tuned("words", 1, 10, "So many figures that surely were letters show it.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class JoinsNumbers:
    """Pieces of a torn word."""

    longest_join: Annotated[int, Tuned("letters", 4, 16, "No joined syllable is longer.")] = 8
    longest_piece: Annotated[int, Tuned("letters", 1, 6, "A longer piece is a word by itself.")] = 3
    most_fragments: Annotated[int, Tuned("pieces", 3, 14, "No word is joined from more pieces.")] = 7
    join_floor: Annotated[
        float, Tuned("log-chance", -24.0, -6.0, "A joined form less likely than this is not weighed.")
    ] = -12.0
    join_candidates: Annotated[int, Tuned("forms", 10, 40, "How many joined forms are weighed.")] = 20
    wide_gap_cost: Annotated[
        float, Tuned("nats", 1.0, 4.0, "The cost of each further blank in the gap that a join closes.")
    ] = 2.0


@dataclass(frozen=True, eq=False, repr=False)
class LossNumbers:
    """How many marks a text has lost."""

    unsure: Annotated[
        float, Tuned("words", 15.0, 60.0, "The marks of this many words, kept as expected, are added to those counted.")
    ] = 30.0
    least: Annotated[float, Tuned("share", 0.005, 0.02, "No kind of mark is taken to be lost less often.")] = 0.01
    most: Annotated[float, Tuned("share", 0.96, 0.99, "No kind of mark is taken to be lost more often.")] = 0.98
    little: Annotated[float, Tuned("share", 0.125, 0.5, "Up to this loss, a text has kept most of its marks.")] = 0.25
    step: Annotated[
        float,
        Tuned("share", 0.025, 0.1, "Losses are told in steps of this size, so that texts share what was looked up."),
    ] = 0.05
    strange_cost: Annotated[
        float, Tuned("nats", 6.0, 24.0, "The cost of a word that stays though it is no syllable; it may be a name.")
    ] = 12.0


@dataclass(frozen=True, eq=False, repr=False)
class PairsNumbers:
    """Slips that a pair of words gives away."""

    unrelated: Annotated[
        float, Tuned("log-chance", -14.0, -3.5, "Two words less likely in sequence than this are no term.")
    ] = -7.0
    firm: Annotated[
        float,
        Tuned("log-chance", -4.0, -1.0, "From this log-chance after its first word, the second makes a term of both."),
    ] = -2.0
    slip_score: Annotated[
        float, Tuned("log-chance", -15.0, -3.75, "The chance that a pair is a slip on a term.")
    ] = -7.5
    recurs: Annotated[
        float,
        Tuned(
            "nats", 1.0, 4.0, "What speaks for a term that the document has elsewhere, by the logarithm of how often."
        ),
    ] = 2.0
    most_bonus: Annotated[float, Tuned("nats", 2.5, 10.0, "Recurrence speaks for a term by no more than this.")] = 5.0
    most: Annotated[int, Tuned("terms", 1, 6, "How many terms are weighed for one pair.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class SlipsNumbers:
    """Slips of one letter."""

    marks: Annotated[
        float,
        Tuned(
            "share",
            0.002,
            0.008,
            "The chance of a letter to be read with other marks (on pages where one word in seventeen is wrong).",
        ),
    ] = 0.004
    letter: Annotated[float, Tuned("share", 0.0001, 0.0004, "The chance of a letter to be read as any other.")] = 0.0002
    both: Annotated[
        float,
        Tuned("share", 0.000001, 0.0002, "The chance of a letter to be read as any other, with other marks as well."),
    ] = 0.00001
    shortest: Annotated[int, Tuned("letters", 1, 4, "Shorter words are not looked up for slips.")] = 2
    longest: Annotated[int, Tuned("letters", 4, 16, "Longer words are not looked up for slips.")] = 8
    too_rare: Annotated[
        float,
        Tuned(
            "log-chance",
            -22.0,
            -5.5,
            "A form is no rival if its slip and its rarity are less likely than this.",
        ),
    ] = -11.0


@dataclass(frozen=True, eq=False, repr=False)
class RivalsNumbers:
    """The words that a word may be a slip of."""

    most: Annotated[int, Tuned("forms", 8, 32, "How many forms of a word are weighed against it.")] = 16
    least: Annotated[
        float,
        Tuned(
            "nats",
            -10.0,
            -2.5,
            "How much a rival must outdo a word before it is opened; below zero, to open a word beside a slip too.",
        ),
    ] = -5.0


@dataclass(frozen=True, eq=False, repr=False)
class NamesNumbers:
    """Names that recur in a document."""

    often: Annotated[
        int,
        Tuned("times", 1, 6, "A name must stand this often before a form with another letter is a misreading of it."),
    ] = 3
    ratio: Annotated[int, Tuned("ratio", 1, 6, "And this many times as often as the other form.")] = 3
    shortest: Annotated[int, Tuned("letters", 2, 10, "Shorter names are not compared.")] = 5
    shortest_marked: Annotated[int, Tuned("letters", 1, 6, "The same, where only the marks differ.")] = 3
    marks_score: Annotated[
        float,
        Tuned(
            "log-chance",
            -9.0,
            -2.25,
            "The chance of other marks in a name that the document has elsewhere.",
        ),
    ] = -4.5
    letter_score: Annotated[float, Tuned("log-chance", -14.0, -3.5, "The same for another letter.")] = -7.0


@dataclass(frozen=True, eq=False, repr=False)
class SplitsNumbers:
    """Words in two."""

    split_floor: Annotated[float, Tuned("log-chance", -8.0, -2.0, "Both halves must be at least this likely.")] = -4.0
    most_splits: Annotated[int, Tuned("splits", 1, 6, "How many splits of one word are weighed.")] = 3


@dataclass(frozen=True, eq=False, repr=False)
class TermsNumbers:
    """The user's terms."""

    bonus: Annotated[float, Tuned("nats", 1.25, 5.0, "What speaks for a form that the user has named.")] = 2.5
    new_cost: Annotated[float, Tuned("nats", 0.5, 2.0, "The cost of a named form that the channel does not know.")] = (
        1.0
    )
    far_cost: Annotated[float, Tuned("nats", 1.25, 5.0, "The cost of each letter by which a named form is away.")] = 2.5
    most: Annotated[int, Tuned("forms", 2, 8, "How many named forms are weighed for one word.")] = 4
