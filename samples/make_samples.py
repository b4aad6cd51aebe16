"""Make every file of this folder anew: ``python samples/make_samples.py [FOLDER]``.

The files come out the same each time; those whose text was read by Tesseract depend on its version (5.3).
Fonts: Debian packages fonts-freefont-ttf and fonts-dejavu-extra.
"""

import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import damage
import layout
import pdfs
import slips
import wording
from layout import Set
from PIL import Image

from vnreport_ocr.vietnamese.charsets import encode
from vnreport_ocr.vietnamese.letters import strip_marks

PASSWORD = "hoaigiang"
SAMPLES = Path(__file__).parent
SLIP_RATES = (5, 20, 80)
"""Slips in a thousand words."""


def _legacy(charset: str, capitals: str) -> Callable[[str, str], str]:
    """Characters of a legacy charset; a font of capitals shows small letters as capitals."""

    def told(shown: str, font: str) -> str:
        return encode(shown.lower() if capitals and font == capitals else shown, charset)

    return told


TCVN3_FONTS = {
    "FreeSerif": ".VnTime",
    "FreeSerifBold": ".VnTime-Bold",
    "FreeSerifItalic": ".VnTime-Italic",
    "DejaVuSerifCondensed-Bold": ".VnTimeH",
}
VNI_FONTS = {
    "FreeSerif": "VNI-Times",
    "FreeSerifBold": "VNI-Times-Bold",
    "FreeSerifItalic": "VNI-Times-Italic",
    "DejaVuSerifCondensed-Bold": "VNI-Helve-Bold",
}


def truth_of(lines: list[Set], page: int) -> str:
    """Build what stands on one page, in reading order, a paragraph a line."""
    on_page = (line for line in lines if line.page == page)
    paragraphs = groupby(on_page, key=lambda line: line.paragraph)
    return "".join(" ".join(line.text for line in parts) + "\n" for _, parts in paragraphs)


def make_layers(folder: Path, lines: list[Set]) -> None:
    """Documents with a text layer: good, of a legacy charset, letter-spaced, read in a wrong language."""
    truth = wording.report()
    good = folder / "good-layer.pdf"
    pdfs.save(pdfs.typeset(lines), good)
    for name, fonts, told in (
        ("tcvn3-layer", TCVN3_FONTS, _legacy("tcvn3", ".VnTimeH")),
        ("vni-layer", VNI_FONTS, _legacy("vni", "")),
    ):
        pdf = pdfs.typeset(lines)
        pdfs.recode(pdf, fonts, told)
        pdfs.save(pdf, folder / f"{name}.pdf")
    spread = [_spread(line) for line in lines]
    fallen = [_fallen_apart(line, number) for number, line in enumerate(spread)]
    layer = pdfs.typeset(fallen, hidden=True)
    pdfs.save(pdfs.with_pictures(_scans(spread), layer), folder / "letter-spaced.pdf")
    scans = _scans(lines)
    read = [damage.read_wrongly(scan, 200) for scan in scans]
    misread = [line for page, words in enumerate(read) for line in damage.hidden(words, page)]
    pdfs.save(pdfs.with_pictures(scans, pdfs.typeset(misread, hidden=True)), folder / "wrong-language.pdf")
    pdfs.save(pdfs.typeset(lines), folder / "encrypted.pdf", PASSWORD)
    whole = good.read_bytes()
    (folder / "truncated.pdf").write_bytes(whole[: len(whole) * 6 // 10])
    for name in ("good-layer", "tcvn3-layer", "vni-layer", "letter-spaced", "wrong-language", "encrypted", "truncated"):
        write(folder / f"{name}.truth.txt", truth)
    write(folder / "text-wrong-language.txt", damage.text_of(read[1]))
    write(folder / "text-wrong-language.truth.txt", truth_of(lines, 1))


def _scans(lines: list[Set]) -> list[Image.Image]:
    pdf = pdfs.typeset(lines)
    return [damage.bitonal(pdfs.render(pdf, page, 200)) for page in (0, 1)]


def _spread(line: Set) -> Set:
    """Set a heading letter by letter, as typists did for stress."""
    if line.text != wording.TITLE[0] and line.text not in wording.HEADINGS:
        return line
    text = damage.spread(line.text)
    wider = layout.width(text, line.face, line.size) - layout.width(line.text, line.face, line.size)
    return line._replace(text=text, x=line.x - wider / 2 if line.text == wording.TITLE[0] else line.x)


def _fallen_apart(line: Set, seed: int) -> Set:
    """Lay a line of a hidden layer whose words fell apart, still as wide as its picture."""
    if "  " in line.text:
        return line
    text = damage.fall_apart(line.text, seed)
    size = line.size * layout.width(line.text, line.face, 10) / layout.width(text, line.face, 10)
    return line._replace(text=text, size=size)


def make_scans(folder: Path, lines: list[Set]) -> None:
    """Documents that are pictures only."""
    pdf = pdfs.typeset(lines)
    write_scan(
        folder / "clean-scan", [damage.bitonal(pdfs.render(pdf, page, 300)) for page in (0, 1)], wording.report()
    )
    grey = [pdfs.render(pdf, page, 150) for page in (0, 1)]
    name = next(line for line in lines if line.text == wording.CLOSING.signature[-1])
    stamped = [
        damage.stamped(grey[0], 3, seal=None, arrival=True),
        damage.stamped(grey[1], 4, seal=(name.x - 4, name.y - 42), arrival=False),
    ]
    write_scan(folder / "stamped-scan", stamped, wording.report())
    write_scan(folder / "fax", [damage.fax(pdfs.render(pdf, 0, 140), 5)], truth_of(lines, 0))


def write_scan(stem: Path, pictures: list[Image.Image], truth: str) -> None:
    """Build a document of pictures, and its truth."""
    pdfs.save(pdfs.with_pictures(pictures), stem.with_suffix(".pdf"))
    write(stem.with_suffix(".truth.txt"), truth)


def make_tables(folder: Path) -> None:
    """Build the ruled table, as type and as a scan."""
    title, cells = layout.table()
    pdf = pdfs.typeset(title, cells)
    scan = damage.office(pdfs.render(pdf, 0, 200), 6)
    pdfs.save(pdf, folder / "table-vector.pdf")
    pdfs.save(pdfs.with_pictures([scan]), folder / "table-scan.pdf")
    for name in ("table-vector", "table-scan"):
        write(folder / f"{name}.truth.csv", wording.table_csv())
        write(folder / f"{name}.truth.txt", "\n".join(wording.TABLE_TITLE) + "\n")


def make_texts(folder: Path) -> None:
    """Damaged texts, and a Markdown note with a few slips."""
    truth = wording.report()
    broken = {
        "text-stripped": strip_marks(truth),
        "text-mojibake": encode(truth, "mojibake"),
        "text-tcvn3": encode(truth, "tcvn3"),
        "text-letter-spaced": "".join(
            (damage.spread(line) if line.isupper() else damage.fall_apart(line, number)) + "\n"
            for number, line in enumerate(truth.splitlines())
        ),
    }
    for name, text in broken.items():
        write(folder / f"{name}.txt", text)
        write(folder / f"{name}.truth.txt", truth)
    note = wording.NOTE
    for right, wrong in wording.NOTE_SLIPS:
        note = note.replace(right, wrong, 1)
    write(folder / "note.md", note)
    write(folder / "note.truth.txt", wording.NOTE)


def make_development(folder: Path) -> None:
    """Damage the texts of ``clean/``: slips of a Vietnamese engine, pages misread by two engines, and their truths."""
    clean = sorted((SAMPLES / "clean").glob("*.txt"))
    for part in ("light", "ocr", "scans/gt"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for path in clean:
        for rate in SLIP_RATES:
            text = slips.slips(path.read_text(encoding="utf-8"), rate, path.stem)
            write(folder / "light" / f"{path.stem}-{rate:03}.txt", text)
    lines = layout.prose(path.read_text(encoding="utf-8") for path in clean)
    pdf = pdfs.typeset(lines)
    for page in range(len(pdf.pages)):
        sharp, worn = damage.bitonal(pdfs.render(pdf, page, 200)), damage.fax(pdfs.render(pdf, page, 200), page)
        name = f"p{page + 1:02}.txt"
        write(folder / "ocr" / f"eng-{name}", damage.text_of(damage.read_wrongly(sharp, 200)))
        write(folder / "ocr" / f"vie-{name}", damage.text_of(damage.read_wrongly(worn, 200, "vie")))
        write(folder / "scans" / "gt" / name, truth_of(lines, page))


def write(path: Path, text: str) -> None:
    """Build a text file with plain line ends."""
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Make all samples."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    folder.mkdir(parents=True, exist_ok=True)
    lines = layout.report()
    make_layers(folder, lines)
    make_scans(folder, lines)
    make_tables(folder)
    make_texts(folder)
    make_development(folder)
    made = sorted(path for path in folder.rglob("*") if path.suffix in (".pdf", ".txt", ".csv", ".md"))
    print(f"{len(made)} files, {sum(path.stat().st_size for path in made) / 1e6:.1f} MB in {folder}")


if __name__ == "__main__":
    main()
