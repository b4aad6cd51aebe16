"""Where words stand: corrections are followed from the final text to what was read and to the page, and back."""

from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.model import Box, Correction, Line, Token
from vnreport_ocr.spans import changed_stretches, final_span, placed_words, raw_span


@st.composite
def corrected(draw: st.DrawFn) -> Line:
    """Any line with any corrections that fit it."""
    raw = draw(st.text("abđ 1", min_size=1, max_size=12))
    text, corrections = raw, []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        after = draw(st.text("xyê ", max_size=3))
        corrections.append(Correction(start, text[start:end], after, "test", 0.9))
        text = text[:start] + after + text[end:]
    return Line(raw, corrections=tuple(corrections))


@given(corrected())
def test_changed_stretches_hold_every_change(line: Line) -> None:
    rebuilt, at_text, at_raw = "", 0, 0
    for piece in changed_stretches(line):
        same = line.text[at_text : piece.span.start]
        assert line.raw[at_raw : piece.span.raw_start] == same
        rebuilt += same + line.text[piece.span.start : piece.span.end]
        at_text, at_raw = piece.span.end, piece.span.raw_end
    assert line.raw[at_raw:] == line.text[at_text:]


@given(corrected(), st.data())
def test_places_lead_there_and_back(line: Line, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line.text)))
    end = data.draw(st.integers(start, len(line.text)))
    raw_start, raw_end = raw_span(line, start, end)
    assert 0 <= raw_start <= raw_end <= len(line.raw)
    back = final_span(line, raw_start, raw_end)
    assert 0 <= back[0] <= back[1] <= len(line.text)


@given(corrected())
def test_every_word_of_the_final_text_has_a_place_in_its_order(line: Line) -> None:
    words = placed_words(line)
    assert [word.text for word in words] == line.text.split()
    assert all(line.text[word.start : word.end] == word.text for word in words)


def boxed(raw: str) -> Line:
    tokens, start = [], 0
    for word in raw.split(" "):
        tokens.append(Token(word, start, Box(10.0 * start, 0.0, 10.0 * (start + len(word)), 12.0), 0.9))
        start += len(word) + 1
    return Line(raw, tuple(tokens))


def test_unchanged_words_stand_where_they_were_read() -> None:
    words = placed_words(boxed("Hội đồng nhân dân"))
    assert [(word.text, word.read, word.box) for word in words] == [
        ("Hội", "Hội", Box(0, 0, 30, 12)),
        ("đồng", "đồng", Box(40, 0, 80, 12)),
        ("nhân", "nhân", Box(90, 0, 130, 12)),
        ("dân", "dân", Box(140, 0, 170, 12)),
    ]


def test_split_words_share_a_box_and_joined_ones_have_one() -> None:
    line = boxed("nhândân hu yện xã")
    line = Line(
        line.raw,
        line.tokens,
        (Correction(8, "hu yện", "huyện", "j", 0.9), Correction(0, "nhândân", "nhân dân", "s", 1)),
    )
    words = placed_words(line)
    assert [word.text for word in words] == ["nhân", "dân", "huyện", "xã"]
    first, second, joined, last = (word.box for word in words)
    assert first is not None
    assert second is not None
    assert first.left == 0
    assert first.right <= second.left
    assert second.right == 70
    assert joined == Box(80, 0, 140, 12)
    assert last == Box(150, 0, 170, 12)
    assert words[2].read == "hu yện"


def test_a_long_line_with_many_corrections_takes_no_time_to_speak_of() -> None:
    raw = " ".join(["so"] * 20_000)
    corrections = tuple(Correction(3 * n, "so", "số", "t", 0.9) for n in range(20_000))
    assert len(placed_words(Line(raw, corrections=corrections))) == 20_000
