"""PDFs that are copied with their notes, outlines, attachments and fonts, which may be many or lead round in a ring."""

from collections.abc import Callable
from pathlib import Path

from tests.hostile.build import SENTENCES, Pdf, between
from tests.hostile.test_hostile import MOST_MEMORY, MOST_SECONDS, run

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
)


def notes_by_thousands(pdf: Pdf) -> None:
    note = pdf.add(b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(x)>>")
    pdf.page(b"q Q", extra=b"/Annots[%s]" % (b"%d 0 R " % note * 300_000))


def outline_ring(pdf: Pdf) -> None:
    outline, item = pdf.room(), pdf.room()
    pdf.objects[outline] = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 2147483647>>" % (item, item)
    pdf.objects[item] = b"<</Title(a)/Parent %d 0 R/Next %d 0 R/First %d 0 R>>" % (outline, item, item)
    pdf.catalog = b"/Outlines %d 0 R" % outline
    pdf.page(b"q Q")


def names_ring(pdf: Pdf) -> None:
    names = pdf.room()
    pdf.objects[names] = b"<</Kids[%d 0 R %d 0 R]>>" % (names, names)
    pdf.catalog = b"/Names<</EmbeddedFiles %d 0 R/Dests %d 0 R>>" % (names, names)
    pdf.page(b"q Q")


def letters_by_thousand_millions(pdf: Pdf) -> None:
    letters = pdf.stream(
        b"begincmap 1 begincodespacerange<00000000><ffffffff>endcodespacerange"
        b" 1 beginbfrange<00000000><ffffffff><0041>endbfrange endcmap"
    )
    pdf.page(b"BT /H 12 Tf 30 200 Td <00410042> Tj ET", b"/Font<</H %d 0 R>>" % pdf.add(_FONT % letters))


MADE: dict[str, Callable[[Pdf], None]] = {
    "notes": notes_by_thousands,
    "outline": outline_ring,
    "names": names_ring,
    "letters": letters_by_thousand_millions,
}


def test_copies_are_made_within_the_limits(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, make in MADE.items():
        between(make)(tmp_path / "in" / f"{name}.pdf")
    ran = run(tmp_path, "-f", "txt,pdf")
    assert ran.code == 0, ran.told
    assert {path.name for path in ran.out.iterdir()} == {f"{name}.{end}" for name in MADE for end in ("txt", "pdf")}
    for name in MADE:
        assert (ran.out / f"{name}.txt").read_text(encoding="utf-8").count(SENTENCES[2]) == 2
    assert ran.peak < MOST_MEMORY
    assert ran.seconds < MOST_SECONDS
