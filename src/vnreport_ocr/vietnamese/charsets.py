"""Text in the wrong charset made right: the one door to tables, mojibake, VIQR, look-alikes and loose marks.

``fix_lines`` looks at a whole text, because a single short line is ambiguous; ``decode_run`` reads one
run of a PDF font, with the font's name as a hint that the content may overrule. Both leave
alone whatever does not clearly become Vietnamese.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from vnreport_ocr.model import Correction, replay
from vnreport_ocr.vietnamese import charset_passages as passages
from vnreport_ocr.vietnamese import lettercase, lookalikes, viqr
from vnreport_ocr.vietnamese.charset_scores import Scorer
from vnreport_ocr.vietnamese.charset_tables import CAPITALS, CHARSETS, SMALL, TCVN_FULL, WESTERN, encode_table
from vnreport_ocr.vietnamese.lookalikes import Mend

Weight = Callable[[str], float]

_SPELT = re.compile(r"&(?:amp;)?[#A-Za-z][0-9A-Za-z]{1,9};")
_ODD = re.compile(f"[^\\x09-\\x0d\\x20-\\x7e{SMALL}{CAPITALS}\N{NO-BREAK SPACE}“”‘’–—…•°²³½±§«»×÷€₫©®™→≥≤′″]")
"""A character that ordinary Vietnamese text does not have."""
_PURE = re.compile("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]")
_ROUNDS = 4


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
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(WESTERN[byte] for byte in data)


def detect(text: str, weight: Weight | None = None) -> str | None:
    """The charset that most of a passage's broken words are in, or None where nothing points to one."""
    lines = text.split("\n")
    numbers = sorted({*passages.suspicious_lines(lines), *passages.viqr_lines(lines)})
    if not numbers:
        return None
    scorer = Scorer(weight)
    counts: dict[str, int] = {}
    for passage in passages.passages(numbers, len(lines)):
        for stretches in passages.read_passage(lines, passage, numbers, scorer).values():
            for stretch in stretches:
                counts[stretch.charset] = counts.get(stretch.charset, 0) + 1
    return max(counts, key=lambda name: (counts[name], name)) if counts else None


def fix_lines(lines: Sequence[str], weight: Weight | None = None) -> list[tuple[Correction, ...]]:
    """The corrections that set a text's letters right, line by line; they replay in their order.

    ``weight`` tells how common a word is (a count); it decides between legal words where bytes were lost.
    """
    found: list[tuple[Correction, ...]] = [()] * len(lines)
    joined = "\n".join(lines)
    odd = not joined.isascii() and _ODD.search(joined) is not None
    spelt = "&" in joined and _SPELT.search(joined) is not None
    if not (odd or spelt or lettercase.DAMAGED.search(joined) or viqr.STRONG.search(joined)):
        return found
    texts = list(lines)
    vietnamese = _PURE.search(joined) is not None
    for _ in range(_ROUNDS):
        changed = _one_round(texts, weight, found, vietnamese=vietnamese)
        if not changed:
            break
        vietnamese = True
    return found


def fix_text(text: str, weight: Weight | None = None) -> str:
    """A whole text with its letters set right; its lines stay its lines."""
    parts = re.split(r"(\r\n|\n|\r)", text)
    lines, ends = parts[::2], [*parts[1::2], ""]
    fixed = (replay(line, corrections) for line, corrections in zip(lines, fix_lines(lines, weight), strict=True))
    return "".join(line + end for line, end in zip(fixed, ends, strict=True))


def _one_round(texts: list[str], weight: Weight | None, found: list[tuple[Correction, ...]], *, vietnamese: bool) -> bool:
    """Apply every step once; tell whether anything changed."""
    changed = False

    def apply(number: int, mends: Sequence[Mend]) -> None:
        nonlocal changed
        corrections = _corrections(texts[number], mends)
        if corrections:
            changed = True
            texts[number] = replay(texts[number], corrections)
            found[number] += corrections

    if any(lookalikes.spells_vietnamese(text) for text in texts):
        for number, text in enumerate(texts):
            if "&" in text:
                apply(number, lookalikes.mend_entities(text))
    for number, stretches in _stretches(texts, weight).items():
        apply(
            number,
            [Mend(s.start, s.end, s.after, f"charset:{s.charset}", s.confidence) for s in stretches],
        )
    disguised = not any(lookalikes.has_foreign_words(text) for text in texts if not text.isascii())
    for number, text in enumerate(texts):
        if not text.isascii():
            if _ODD.search(text):
                apply(number, lookalikes.mend_letters(text, vietnamese=vietnamese, disguised=disguised))
            apply(
                number,
                [Mend(start, end, after, "normalise:capitals", 0.98) for start, end, after in lettercase.mend_line(texts[number])],
            )
    return changed


def _stretches(texts: Sequence[str], weight: Weight | None) -> dict[int, list[passages.Stretch]]:
    numbers = sorted({*passages.suspicious_lines(texts), *passages.viqr_lines(texts)})
    if not numbers:
        return {}
    scorer = Scorer(weight)
    result: dict[int, list[passages.Stretch]] = {}
    for passage in passages.passages(numbers, len(texts)):
        result.update(passages.read_passage(texts, passage, numbers, scorer))
    return result


def _corrections(text: str, mends: Sequence[Mend]) -> tuple[Correction, ...]:
    """Replacements from left to right as corrections, each counting in the text as it then stands."""
    result: list[Correction] = []
    shift = 0
    for mend in mends:
        before = text[mend.start : mend.end]
        if before != mend.after:
            result.append(Correction(mend.start + shift, before, mend.after, mend.step, mend.confidence))
            shift += len(mend.after) - len(before)
    return tuple(result)


_FONTS = (
    (re.compile(r"^\.?Vn[A-Z0-9 ]|^\.Vn|^ABC[A-Z ]|TCVN"), "tcvn3"),
    (re.compile(r"^VNI[-_ A-Z]", re.IGNORECASE), "vni"),
    (re.compile(r"^VPS", re.IGNORECASE), "vps"),
    (re.compile(r"VISCII|^VI (?:Times|Arial|Helv)|^HoangYen|^MinhQu|^PhuongThao|^UHoai", re.IGNORECASE), "viscii"),
    (re.compile(r"^VN[a-z]|^VN (?:times|swiss|helv)"), "vietware-x"),
    (re.compile(r"^SVN|^VietWare", re.IGNORECASE), "vietware-f"),
)


def font_hint(name: str | None) -> FontHint:
    """What a font's name says of its charset; a charset's own name is taken as it is."""
    if not name:
        return FontHint(None, capitals=False)
    if name in CHARSETS or name == "viqr":
        return FontHint(name, capitals=False)
    bare = re.sub(r"^[A-Z]{6}\+", "", name)
    for pattern, charset in _FONTS:
        if pattern.search(bare):
            stem = re.split(r"[,\-]|(?<=[a-z])(?:Bold|Italic)", bare.replace("VNI-", "VNI"))[0].strip()
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
