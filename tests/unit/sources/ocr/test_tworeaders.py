"""Two readings of a line weighed against each other, whoever the second reader is."""

import pytest

from vnreport_ocr.sources.engine.protocol import Mended, ReadLine, ReadWord
from vnreport_ocr.sources.ocr.lines import line_of
from vnreport_ocr.sources.ocr.tworeaders import Heard, by_place, weigh_readings
from vnreport_ocr.sources.picture.value import PixelBox

OPEN, CHOSEN = 0.6, 0.8


def line(text: str, sure: float = 0.85, **alternatives: tuple[tuple[str, float], ...]) -> ReadLine:
    words = []
    for number, word in enumerate(text.split()):
        box = PixelBox(100.0 * number, 10.0, 100.0 * number + 90, 40.0)
        words.append(ReadWord(word, box, sure, alternatives.get(f"at{number}", ())))
    return ReadLine(tuple(words))


def heard(text: str, sure: float = 0.95) -> list[Heard]:
    return [Heard(word, sure) for word in text.split()]


def weighed(first: ReadLine, second: list[Heard]) -> ReadLine:
    return weigh_readings([first], [second], "the other reader")[0][0]


def test_what_both_say_is_believed() -> None:
    found = weighed(line("gồm 1.250 hộ", 0.5, at1=(("1.260", 0.9),)), heard("gồm 1.250 hộ"))
    assert all(word.confidence >= CHOSEN for word in found.words)
    assert found.words[1].alternatives[0][1] < 0.5


def test_of_two_words_the_surer_one_stands_and_is_doubted() -> None:
    found = weighed(line("cán hộ xã"), heard("cán bộ xã"))
    assert found.text == "cán bộ xã"
    assert found.words[1].confidence < CHOSEN
    assert found.words[1].alternatives[0][0] == "hộ"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("có 96 hộ", "có 98 hộ"),
        ("đạt > 95 số", "đạt ≥ 95 số"),
        ("quý II năm", "quý III năm"),
        ("số 13/CT này", "số 18/CT này"),
    ],
)
def test_a_figure_is_never_another_because_one_reader_says_so(first: str, second: str) -> None:
    found = weighed(line(first, 0.9), heard(second, 1.0))
    assert line_of(found.words, 0.36).text == first
    assert found.words[1].confidence < OPEN
    assert found.words[1].alternatives[0][0] == second.split()[1]


def test_a_figure_that_the_first_reader_thought_of_too_is_chosen_with_a_doubt() -> None:
    found = weighed(line("năm 2096 này", at1=(("2026", 0.8),)), heard("năm 2026 này"))
    chosen = line_of(found.words, 0.36)
    assert (chosen.raw, chosen.text) == ("năm 2096 này", "năm 2026 này")
    assert chosen.corrections[0].confidence < CHOSEN
    assert "the other reader" in chosen.corrections[0].reason


def test_a_figure_never_loses_digits() -> None:
    found = weighed(line("có 1.846 hộ", at1=(("46", 0.9),)), heard("có 46 hộ"))
    assert found.words[1].mended is None


def test_a_choice_of_the_picture_is_settled_or_opened_by_the_other_reader() -> None:
    first = line("rộng 12 mỸ đất")
    word = first.words[2]._replace(mended=Mended("m²", "picture:signs", 0.7, "told by its shape"))
    first = ReadLine((*first.words[:2], word, first.words[3]))
    settled = weighed(first, heard("rộng 12 m² đất")).words[2].mended
    opened = weighed(first, heard("rộng 12 m³ đất")).words[2].mended
    assert settled is not None
    assert opened is not None
    assert (settled.text, settled.confidence >= CHOSEN) == ("m²", True)
    assert (opened.text, opened.confidence < CHOSEN) == ("m²", True)
    assert "m³" in opened.reason


def test_words_that_were_joined_or_split_are_left_alone() -> None:
    first = line("cán bộ xã 12 hộ")
    assert weighed(first, heard("cánbộ xã 12 hộ")).words[0] is first.words[0]


def test_a_line_that_the_other_did_not_read_stays() -> None:
    first = line("cán bộ xã")
    assert weigh_readings([first], [[]], "other") == ((first,), 0)


def test_words_of_another_reading_are_found_by_their_place() -> None:
    first = [line("một hai"), ReadLine((ReadWord("ba", PixelBox(0, 200, 90, 230), 0.9),))]
    half = [
        ReadWord(word.text.upper(), PixelBox(*(edge / 2 for edge in word.box)), 0.8)
        for own in first
        for word in own.words
    ]
    assert [[word.text for word in there] for there in by_place(first, [ReadLine(tuple(half))], 2.0)] == [
        ["MỘT", "HAI"],
        ["BA"],
    ]
