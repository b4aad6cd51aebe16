"""Text in the wrong charset made right: the one door to tables, mojibake, VIQR, look-alikes and loose marks.

``fix_lines`` looks at a whole text, because a single short line is ambiguous; ``decode_run`` reads one
run of a PDF font, with the font's name as a hint that the content may overrule. Both leave
alone whatever does not clearly become Vietnamese.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from vnreport_ocr.model import Correction, replay
from vnreport_ocr.vietnamese import charset_passages as passages
from vnreport_ocr.vietnamese import charset_signs as signs
from vnreport_ocr.vietnamese import lettercase, lookalikes, markdown_code, viqr
from vnreport_ocr.vietnamese.charset_scores import Fits, Scorer
from vnreport_ocr.vietnamese.charset_tables import CHARSETS, TCVN_FULL, WESTERN, WESTERN_OF_LATIN, encode_table
from vnreport_ocr.vietnamese.letters import nfc
from vnreport_ocr.vietnamese.lookalikes import Mend

Weight = Callable[[str], float]

_SPELT = re.compile(r"&(?:amp;)?[#A-Za-z][0-9A-Za-z]{1,9};")
_PURE = re.compile("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]")
_ROUNDS = 4
_PART = 200_000
"""Characters of a text that are searched at once for the charset it is in."""

_MONSTROUS = 1_250_000
"""A line so long is parted, since a search takes a hundred times its length in memory."""

_MANY = 300
"""More replacements than this in one line are gathered into runs of words."""


class Decoded(NamedTuple):
    """A run of text as Unicode, the charset it was in (``unicode`` where it was left), and how sure that is."""

    text: str
    charset: str
    confidence: float


class FontHint(NamedTuple):
    """What a font's name promises: the charset of its codes, and whether it shows capitals only."""

    charset: str | None
    capitals: bool


def encode(text: str, charset: str) -> str:
    """Composed Vietnamese text in a legacy charset, as it looks when its bytes are read as cp1252.

    Charsets: ``tcvn3`` (the ABC fonts, toned capitals written small), ``tcvn-5712`` (with its own capitals),
    ``vni``, ``viscii``, ``vps``, ``cp1258``, ``vietware-x``, ``vietware-f``, ``viqr``, ``mojibake``.
    """
    if charset == "viqr":
        return viqr.encode(text)
    if charset == "mojibake":
        return "".join(WESTERN[byte] for byte in text.encode("utf-8", "surrogatepass"))
    return encode_table(text, TCVN_FULL if charset == TCVN_FULL.name else CHARSETS[charset])


def decode_bytes(data: bytes) -> str:
    """Bytes that are no UTF-8 as cp1252 characters, undefined ones kept: what ``fix_lines`` then makes right."""
    return data.decode("latin-1").translate(WESTERN_OF_LATIN)


def detect(text: str, weight: Weight | None = None) -> str | None:
    """Return the charset that most of a text's broken words are in, or None where nothing points to one."""
    return detect_in((text,), weight)


def detect_in(pieces: Iterable[str], weight: Weight | None = None) -> str | None:
    """Tell the same of a text that comes in pieces.

    A long text is looked at part by part until one tells, so that the memory does not grow with it.
    """
    found = (_detect(part, Scorer(weight)) for part in _parts(pieces))
    return next((charset for charset in found if charset is not None), None)


def _parts(pieces: Iterable[str]) -> Iterator[str]:
    """Parts that end with a line, or within a monstrous one, however the text was cut before."""
    held = ""
    for piece in pieces:
        held += piece
        start = 0
        while len(held) - start > _PART and (end := _part_end(held, start)):
            yield held[start:end]
            start = end
        held = held[start:]
    if held:
        yield held


def _part_end(text: str, start: int) -> int:
    """Where the part that begins here ends; 0 where that is not known yet."""
    most = start + _MONSTROUS
    end = text.find("\n", start + _PART, most) + 1
    if end or len(text) <= most:
        return end
    return text.rfind(" ", start + _PART, most) + 1 or most


def _detect(text: str, scorer: Scorer) -> str | None:
    lines = text.split("\n")
    numbers = signs.suspicious_lines(signs.Text(lines))
    counts: dict[str, int] = {}
    for passage in signs.passages(numbers, len(lines)):
        for stretches in passages.read_passage(lines, passage, numbers, scorer).values():
            for stretch in stretches:
                counts[stretch.charset] = counts.get(stretch.charset, 0) + 1
    return max(counts, key=lambda name: (counts[name], name)) if counts else None


def fix_lines(
    lines: Sequence[str], weight: Weight | None = None, fits: Fits | None = None
) -> list[tuple[Correction, ...]]:
    """Return the corrections that set a text's letters right, line by line; they replay in their order.

    ``weight`` tells how common a word is (a count), ``fits`` how well it goes between two others; they decide
    between legal words where bytes were lost.
    """
    found: list[tuple[Correction, ...]] = [()] * len(lines)
    texts = list(lines)
    for _ in range(_ROUNDS):
        if not _one_round(texts, Scorer(weight, fits), found):
            break
    return found


def fix_text(text: str, weight: Weight | None = None) -> str:
    """Set the letters of a whole text right; its lines stay its lines."""
    parts = re.split(r"(\r\n|\n|\r)", text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    fixed = (replay(line, corrections) for line, corrections in zip(lines, fix_lines(lines, weight), strict=True))
    return "".join(line + end for line, end in zip(fixed, ends, strict=True))


def _one_round(texts: list[str], scorer: Scorer, found: list[tuple[Correction, ...]]) -> bool:
    """Apply every step once; tell whether anything changed."""
    changed = False

    def apply(number: int, mends: Sequence[Mend]) -> None:
        nonlocal changed
        mends = [mend for mend in mends if texts[number][mend.start : mend.end] != mend.after]
        if mends:
            changed = True
            found[number] += as_corrections(texts[number], mends)
            texts[number] = _mended(texts[number], mends)

    for number, text in enumerate(texts):
        if nfc(text) != text:
            apply(number, lookalikes.compose_marks(text))
    whole = signs.Text(texts)
    spelt = whole.lines_with(_SPELT) if "&" in whole.joined else []
    code = markdown_code.fenced(texts) if spelt else frozenset()
    spelt = [number for number in spelt if number not in code]
    if any(lookalikes.spells_vietnamese(texts[number]) for number in spelt):
        for number in spelt:
            apply(number, lookalikes.mend_entities(texts[number]))
    for number, mends in _charset_mends(whole := whole.now(texts), scorer).items():
        apply(number, mends)
    whole = whole.now(texts)
    vietnamese = _PURE.search(whole.joined) is not None
    odd = whole.lines_with(signs.ODD)
    disguised = not any(lookalikes.has_foreign_words(texts[number]) for number in odd)
    for number in odd:
        apply(number, lookalikes.mend_letters(texts[number], vietnamese=vietnamese, disguised=disguised))
    for number in whole.now(texts).lines_with(lettercase.DAMAGED):
        places = lettercase.mend_line(texts[number])
        apply(number, [Mend(start, end, after, "normalise:capitals", 0.98) for start, end, after in places])
    return changed


def _charset_mends(text: signs.Text, scorer: Scorer) -> dict[int, list[Mend]]:
    """Return what is to be read in another charset, line by line."""
    numbers = signs.suspicious_lines(text)
    return {
        number: [Mend(s.start, s.end, s.after, f"charset:{s.charset}", s.confidence) for s in stretches]
        for passage in signs.passages(numbers, len(text.lines))
        for number, stretches in passages.read_passage(text.lines, passage, numbers, scorer).items()
    }


def _mended(text: str, mends: Sequence[Mend]) -> str:
    """Replace places of a text, from left to right."""
    parts: list[str] = []
    position = 0
    for mend in mends:
        parts += (text[position : mend.start], mend.after)
        position = mend.end
    return "".join(parts) + text[position:]


def as_corrections(text: str, mends: Sequence[Mend]) -> tuple[Correction, ...]:
    """Turn replacements from left to right into corrections, each counting in the text as it then stands."""
    if len(mends) > _MANY:  # one for a run of words: a line of a million letters must not cost its square
        mends = _joined(text, mends)
    result: list[Correction] = []
    shift = 0
    for mend in mends:
        result.append(
            Correction(mend.start + shift, text[mend.start : mend.end], mend.after, mend.step, mend.confidence)
        )
        shift += len(mend.after) - (mend.end - mend.start)
    return tuple(result)


def _joined(text: str, mends: Sequence[Mend]) -> list[Mend]:
    """Neighbouring replacements of one step as one."""
    size = -(-len(mends) // _MANY)
    result: list[Mend] = []
    for first in range(0, len(mends), size):
        group = mends[first : first + size]
        start, end = group[0].start, group[-1].end
        inside = [mend._replace(start=mend.start - start, end=mend.end - start) for mend in group]
        weakest = min(group, key=lambda mend: mend.confidence)
        result.append(weakest._replace(start=start, end=end, after=_mended(text[start:end], inside)))
    return result


_FONTS = (
    (re.compile(r"^\.?Vn[A-Z0-9 ]|^\.Vn|^ABC[A-Z ]|TCVN"), "tcvn3"),
    (re.compile(r"^VNI[-_ A-Z]", re.IGNORECASE), "vni"),
    (re.compile(r"^VPS", re.IGNORECASE), "vps"),
    (re.compile(r"VISCII|^VI (?:Times|Arial|Helv)|^HoangYen|^MinhQu|^PhuongThao|^UHoai", re.IGNORECASE), "viscii"),
    (re.compile(r"^VN[a-z]|^VN (?:times|swiss|helv)"), "vietware-x"),
    (re.compile(r"^SVN|^VietWare", re.IGNORECASE), "vietware-f"),
)


def font_hint(name: str | None) -> FontHint:
    """Return what a font's name says of its charset; a charset's own name is taken as it is."""
    if not name:
        return FontHint(None, capitals=False)
    if name in CHARSETS or name == "viqr":
        return FontHint(name, capitals=False)
    bare = re.sub(r"^[A-Z]{6}\+", "", name)
    for pattern, charset in _FONTS:
        if pattern.search(bare):
            stem = re.split(
                r"[,\-]|(?<=[a-zH])(?=Bold|Italic|Medium|Normal|Regular|Light)", bare.replace("VNI-", "VNI")
            )[0].strip()
            return FontHint(charset, capitals=charset == "tcvn3" and stem.endswith("H"))
    return FontHint(None, capitals=False)


def decode_run(text: str, hint: str | None = None, weight: Weight | None = None) -> Decoded:
    """One run of a font as Unicode. ``hint`` is the font's name, or the charset already found for that font.

    The hint is followed only where it makes the run no less Vietnamese than it was: fonts are renamed.
    """
    promise = font_hint(hint)
    if text.isascii() and text.isprintable():
        shown = text.upper() if promise.capitals else text
        return Decoded(shown, "unicode", 0.99)
    scorer = Scorer(weight)
    if promise.charset is not None:
        decoded = " ".join(scorer.read(promise.charset, chunk) for chunk in text.split(" "))
        before, after = _total(scorer, text), _total(scorer, decoded)
        if decoded != text and after >= before and (after > before or not _PURE.search(text)):
            shown = decoded.upper() if promise.capitals else decoded
            return Decoded(shown, promise.charset, 0.99 if after > before else 0.8)
    charset = detect(text, weight)
    if charset is None:
        return Decoded(text, "unicode", 0.9)
    fixed = fix_text(text, weight)
    return Decoded(fixed.upper() if promise.capitals else fixed, charset, 0.95)


def _total(scorer: Scorer, text: str) -> float:
    return sum(scorer.score(chunk) for chunk in text.split())
