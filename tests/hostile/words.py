"""Word files and texts that unpack to anything, lead round in a ring, or never come to a stop."""

import codecs
import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.hostile.build import SENTENCES, Hostile

_MEGABYTE = 1 << 20
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_GOOD = "".join(f"<w:p><w:r><w:t>{sentence}</w:t></w:r></w:p>" for sentence in SENTENCES)


def _document(body: str, before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'


def _package(path: Path, body: str = _GOOD, before: str = "", parts: Mapping[str, str] | None = None) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", _TYPES)
        made.writestr("_rels/.rels", _RELS)
        made.writestr("word/document.xml", _document(body, before))
        for name, part in (parts or {}).items():
            made.writestr(name, part)


def _bomb(path: Path, said: int | None) -> None:
    """A document that unpacks to two gigabytes of blanks, and says so or says less."""
    packer = zlib.compressobj(9, wbits=-15)
    piece = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    data = piece * 2000 + packer.flush()
    size, name = said or 2000 * _MEGABYTE, b"word/document.xml"
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(data), size, len(name), 0)
    _package(path)
    with zipfile.ZipFile(path) as old:
        others = [(entry, old.read(entry)) for entry in old.namelist() if entry != name.decode()]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for entry, content in others:
            made.writestr(entry, content)
    whole = out.getvalue()
    end = whole.rindex(b"PK\5\6")
    (count, length, start) = struct.unpack_from("<HII", whole, end + 10)
    local = b"PK\3\4" + head + name + data
    record = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, start) + name
    listed = whole[start : start + length] + record
    tail = struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(listed), start + len(local), 0)
    path.write_bytes(whole[:start] + local + listed + b"PK\5\6" + tail)


_LAUGHS = "<!DOCTYPE d [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)
_LONG_ENTITY = f"<!DOCTYPE d [<!ENTITY a '{'ha' * 50_000}'>]>"
_OUTSIDE = "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


def _said(what: str) -> str:
    return f"<w:p><w:r><w:t>{what}</w:t></w:r></w:p>"


def _tables(depth: int) -> str:
    cell = "<w:tbl><w:tr><w:tc>"
    return cell * depth + _said("x") + "</w:tc></w:tr></w:tbl>" * depth + _GOOD


def _row(properties: str) -> str:
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{_said('x')}</w:tc></w:tr></w:tbl>{_GOOD}"


def many_runs(path: Path, count: int) -> None:
    """A paper of which each word is a run of its own."""
    paragraph = "<w:p>" + "<w:r><w:t>th\u00f4n </w:t></w:r>" * 100 + "</w:p>"
    _package(path, paragraph * (count // 100))


def _ring_of_styles(path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 3}"/></w:style>' for n in range(3)
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>{_GOOD}'
    _package(path, body, parts={"word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>"})


def _numbers(path: Path) -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="999999999999999999"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1%9%9"/>'
        "</w:lvl>"
    )
    kinds = ("lowerRoman", "upperLetter", "decimal")
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{level.format(kind)}</w:abstractNum>' for n, kind in enumerate(kinds)
    )
    nums = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(kinds)))
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{n}"/></w:numPr></w:pPr>'
        "<w:r><w:t>x</w:t></w:r></w:p>"
        for n in (1, 2, 3, 4, -1)
        for depth in (0, 8, 999_999_999)
    )
    _package(path, body + _GOOD, parts={"word/numbering.xml": f"<w:numbering {_W}>{abstract}{nums}</w:numbering>"})


def _many_parts(path: Path) -> None:
    _package(path, parts={f"word/media/{n}.xml": "" for n in range(20_000)})


def _paths(path: Path) -> None:
    names = ("../../../../tmp/evil.xml", "/etc/evil.xml", "word/../../evil.xml", "C:\\evil.xml", "word/\u202eevil.xml")
    _package(path, parts=dict.fromkeys(names, "<evil/>"))


def _twice(path: Path) -> None:
    """The same part under one name again and again; the last one is meant."""
    _package(path)
    with zipfile.ZipFile(path, "a") as made:
        made.comment = b"PK\5\6" + bytes(18)


def _locked(path: Path) -> None:
    _package(path)
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(bytes(data))


def _text(make: Callable[[], str], path: Path) -> None:
    path.write_text(f"{SENTENCES[2]}\n{make()}\n{SENTENCES[2]}\n", encoding="utf-8")


def _docx(name: str, code: int, said: str = "", good: int = 1, body: str = _GOOD, before: str = "") -> Hostile:
    return Hostile(name, partial(_package, body=body, before=before), code, said, good, ending=".docx")


def _of_text(name: str, make: Callable[[], str], good: int = 2) -> Hostile:
    return Hostile(name, partial(_text, make), 0, "", good, ending=".txt")


def _put(make: Callable[[], bytes], path: Path) -> None:
    path.write_bytes(make())


def _bytes(name: str, make: Callable[[], bytes], good: int = 0, said: str = "") -> Hostile:
    return Hostile(name, partial(_put, make), 3 if said else 0, said, good, ending=".txt")


FILES = (
    Hostile("document-to-gigabytes", partial(_bomb, said=None), 3, "", 0, ending=".docx"),
    Hostile("document-of-a-thousand-bytes", partial(_bomb, said=1000), 3, "", 0, ending=".docx"),
    _docx("entities-of-entities", 3, good=0, before=_LAUGHS, body=_said("&a11;")),
    _docx("entity-again-and-again", 3, good=0, before=_LONG_ENTITY, body=_said("&a;" * 20_000)),
    _docx(
        "entity-from-outside",
        3,
        "declarations that are not allowed",
        good=0,
        before=_OUTSIDE,
        body=_said("&a;") + _GOOD,
    ),
    _docx("tables-in-tables", 3, good=0, body=_tables(3000)),
    _docx("cell-over-millions", 0, body=_row('<w:gridSpan w:val="2000000000"/>')),
    _docx("cell-over-less-than-none", 0, body=_row('<w:gridSpan w:val="-9"/><w:vMerge/>')),
    Hostile("styles-ring", _ring_of_styles, 0, "", 1, ending=".docx"),
    Hostile("numbers-without-end", _numbers, 0, "", 1, ending=".docx"),
    Hostile("parts-by-thousands", _many_parts, 0, "", 1, ending=".docx"),
    Hostile("paths-out-of-it", _paths, 0, "", 1, ending=".docx"),
    Hostile("end-in-the-comment", _twice, 3, "", 0, ending=".docx"),
    Hostile("locked", _locked, 3, "", 0, ending=".docx"),
    _of_text("a-million-marks", lambda: "a" + "\u0301" * 1_000_000),
    _of_text("a-million-letters", lambda: "kh\u00f4ng" * 200_000),
    _of_text("spaced-letters", lambda: "C \u1ed9 n g h \u00f2 a " * 2_000),
    _of_text("brackets", lambda: "([{" * 300_000),
    _of_text("joined-without-end", lambda: "\u200d".join("\u1ea1" * 300_000)),
    _of_text("turned-about", lambda: "\u202e\u2066" * 300_000 + "abc"),
    _of_text("figures-and-dots", lambda: "1." * 500_000),
    _of_text("dashes", lambda: "b\u00e1o-" * 200_000),
    _of_text("blank-lines", lambda: "\n" * 3_000_000),
    _of_text("forms-fed", lambda: "\f" * 5_000),
    _of_text("lines-torn-at-hyphens", lambda: "t\u1ed5ng k\u1ebft-\n" * 30_000),
    _of_text("marks-upon-marks", lambda: ("u" + "\u0301\u0323\u0302" * 8 + " ") * 10_000),
    _of_text("marks-in-no-order", lambda: "a" + "\u0301\u0323\u0302" * 100_000),
    _of_text("figures-alone", lambda: "0123456789" * 300_000),
    _of_text("figures-in-lines", lambda: "12 345 678,90\n" * 50_000),
    _of_text("signs-alone", lambda: '.,;:!?()-"' * 200_000),
    _of_text("one-word", lambda: "kh\u00f4ng" * 1_000_000),
    _of_text("tabs", lambda: "\t" * 1_000_000),
    _of_text("ends-of-other-systems", lambda: "\u2028\u2029\u0085" * 100_000),
    _of_text("not-even-letters", lambda: "\uffff\ufffe\U0010ffff\ue000" * 50_000),
    _of_text("marks-of-order-in-the-middle", lambda: "\ufeff" * 200_000),
    _of_text("letters-at-the-edges-of-pieces", lambda: ("a" * ((1 << 18) - 1) + "\u1ebf") * 3),
    _of_text("letters-by-chance", lambda: "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=1_000_000))),
    _bytes("returns-alone", lambda: f"{SENTENCES[2]}\r".encode() * 1000, good=1000),
    _bytes("four-bytes-a-letter", lambda: codecs.BOM_UTF32_LE + f"{SENTENCES[2]}\n".encode("utf-32-le") * 2, good=2),
    _bytes("half-a-pair", lambda: codecs.BOM_UTF16_LE + b"\x00\xd8" + "\nx".encode("utf-16-le"), said="UTF-16 (line 1"),
    _bytes("an-odd-byte", lambda: codecs.BOM_UTF16_LE + "xy".encode("utf-16-le")[:-1], said="UTF-16"),
    _bytes("no-such-letter", lambda: codecs.BOM_UTF32_LE + b"x\0\0\0" + b"\xff" * 4, said="UTF-32"),
    _bytes("cut-within-a-letter", lambda: "\u1ebf".encode() * 100_000 + b"\xe1", said="UTF-8 (line 1, byte 300000"),
    _bytes("two-encodings", lambda: SENTENCES[2].encode() + SENTENCES[2].encode("utf-16-le"), said="binary"),
    _bytes("noughts", lambda: SENTENCES[2].encode() + bytes(1_000_000), said="binary"),
    _bytes("steering", lambda: b"\x1b[2J\x07" * 100_000, said="binary"),
    _of_text("opened-never-closed", lambda: "“" * 500_000),
    _bytes("packed", lambda: gzip.compress(SENTENCES[2].encode() * 1000), said="an archive"),
)
