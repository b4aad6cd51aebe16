"""What was packed comes back equal, and whatever else arrives is refused."""

import pickle
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.errors import EncryptedPdfError, VnocrError
from vnreport_ocr.jobs.codec import MalformedError, packed, unpacked
from vnreport_ocr.model import (
    Box,
    Cell,
    Correction,
    Damage,
    Doubt,
    Letterhead,
    Line,
    Page,
    Reading,
    Role,
    Style,
    Table,
    Token,
)

PLAIN = Page(1)

FULL = Page(
    number=7,
    lines=(
        Line(
            raw="Bao cáo\u2028 số 12/BC-UBND \ud800",
            tokens=(
                Token("Bao", 0, Box(0.1, 1 / 3, 10.0, 2e-9), 0.5, (("Báo", 0.25), ("Bào", 0.1)), Style(11.5, True)),
                Token("cáo", 4),
            ),
            corrections=(Correction(0, "Bao", "Báo", "lexicon", 0.97, "a mark was lost"),),
            doubts=(Doubt(8, "12", "the engine doubts it"),),
            role=Role.HEADING,
            end="",
        ),
    ),
    tables=(Table((Cell(0, 0, (Line("1,5 %"),), 2, 3, Box(1, 2, 3, 4)),), 1, None),),
    source="ocr",
    damage=Damage.LETTER_SPACED,
    quality=0.1 + 0.2,
    size=(595.3, 841.9),
    notes=("turned by 90 degrees", "read twice"),
    error=None,
    letterhead=Letterhead(number=Reading("12/BC-UBND", 0.9)),
    error_class="EngineTimeoutError",
)


class Small(NamedTuple):
    """A value of the tests."""

    name: str
    sizes: tuple[float, ...] = ()
    data: bytes = b""
    error: VnocrError | None = None


def again(page: Page) -> Page:
    return unpacked(packed(page), Page)


def test_an_empty_page_comes_back() -> None:
    assert again(PLAIN) == PLAIN


def test_every_kind_of_value_comes_back() -> None:
    assert again(FULL) == FULL
    assert repr(again(FULL)) == repr(FULL)


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_categories=())),
    st.floats(allow_nan=False),
    st.one_of(st.none(), st.floats(allow_nan=False)),
)
def test_any_text_and_number_comes_back(text: str, quality: float, confidence: float | None) -> None:
    page = Page(1, (Line(text, (Token(text, 0, None, confidence),)),), quality=quality)

    assert again(page) == page


@pytest.mark.parametrize("name", ["b\u00e1o c\u00e1o", "half a sign \udcff"])
def test_bytes_and_errors_come_back_within_others(name: str) -> None:
    error = EncryptedPdfError("It asks for a password.", file=name, page=3, cure="Give it.")
    error.add_note("where it happened")
    back = unpacked(packed(Small(name, (0.5, float("inf")), b"\x00\xff", error)), Small)

    assert back[:3] == (name, (0.5, float("inf")), b"\x00\xff")
    assert type(back.error) is EncryptedPdfError
    assert (str(back.error), back.error.advice, back.error.__notes__) == (str(error), "Give it.", error.__notes__)


def test_a_number_out_of_an_array_is_a_number() -> None:
    import numpy as np

    sizes: Any = (np.float64(0.1), np.int64(3))
    assert repr(unpacked(packed(Small("a", sizes)), Small).sizes) == "(0.1, 3.0)"


class Touch:
    """Does harm where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return (pytest.fail, ("a pickle was opened",))


MSGPACK = msgspec.msgpack.encode
GARBLED = {
    "nothing": b"",
    "a letter": b"m",
    "noise": bytes(range(256)),
    "a pickle": pickle.dumps(Touch()),
    "a pickle in the guise of a value": b"m" + pickle.dumps(Touch()),
    "cut off": packed(FULL)[:-9],
    "something behind it": packed(FULL) + b"\x00",
    "more cells than there are bytes": b"m\x82\xa6number\x01\xa5lines\xdd\xff\xff\xff\xff",
    "a text of four gigabytes": b"m\x81\xa6number\xdb\xff\xff\xff\xff",
    "another type": b"m" + MSGPACK({"number": "7"}),
    "a field that is missing": b"m" + MSGPACK({"lines": []}),
    "a role that there is not": b"m" + MSGPACK({"number": 1, "lines": [{"raw": "", "role": "root"}]}),
    "deeper than anything": b"m" + b"\x91" * 100_000,
    "deeper than anything, escaped": b"j" + b"[" * 100_000,
    "a number of a million digits": b'j{"number":' + b"9" * 1_000_000 + b"}",
    "an extension": b"m\xc7\x04\x01abcd",
}


@pytest.mark.parametrize("data", GARBLED.values(), ids=GARBLED)
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError) as caught:
        unpacked(data, Page)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["SystemExit", "ReplayError", "Path", "__builtins__", "VnocrErro"])
def test_only_errors_on_purpose_are_made(kind: str) -> None:
    data = b"m" + MSGPACK(["a", [], b"", [kind, "problem", None, None, "cure", []]])
    with pytest.raises(MalformedError):
        unpacked(data, Small)


def test_what_nobody_knows_is_not_packed() -> None:
    with pytest.raises(TypeError):
        packed(Touch())
