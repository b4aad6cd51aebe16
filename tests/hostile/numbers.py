"""Sizes, counts and numbers that no page has, and loops where values are looked up."""

from functools import partial

from tests.hostile.build import Hostile, Pdf, between, good_text


def _content(pdf: Pdf, content: bytes, resources: bytes = b"") -> None:
    pdf.page(content, resources)


def _box(pdf: Pdf, box: bytes = b"0 0 400 300", extra: bytes = b"") -> None:
    pdf.page(good_text(), box=box, extra=extra)


def _dashes(pdf: Pdf) -> None:
    pdf.page(b"[0.00001 0.00001] 0 d 0 0 m 100000000 100000000 l S\n" * 200)


def _letters(pdf: Pdf) -> None:
    pdf.page(b"BT /G 12 Tf 9 9 Td (" + b"aaaaaaaa" * 400_000 + b") Tj ET")


def _words(pdf: Pdf) -> None:
    pdf.page(b"BT /G 9 Tf " + b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (i % 397, i % 293) for i in range(90_000)) + b"ET")


def _states(pdf: Pdf) -> None:
    pdf.page(b"q " * 2_000_000 + good_text())


def _clips(pdf: Pdf) -> None:
    pdf.page(b"".join(b"%d %d 90 90 re W n " % (i % 99, i % 97) for i in range(150_000)) + good_text())


def _nested_arrays(pdf: Pdf) -> None:
    pdf.page(b"[" * 500_000 + b"]" * 500_000 + b" TJ " + good_text())


def _rules(pdf: Pdf) -> None:
    lines = b"".join(
        b"%d 0 m %d 300 l S 0 %d m 400 %d l S " % (i % 400, i % 400, i % 300, i % 300) for i in range(60_000)
    )
    pdf.page(lines + good_text())


_STITCHED = b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"


def _function(pdf: Pdf, how: str) -> None:
    function = pdf.room()
    if how == "itself":
        pdf.objects[function] = (
            b"<</FunctionType 3/Domain[0 1]/Bounds[.5]/Encode[0 1 0 1]/Functions[%d 0 R %d 0 R]>>"
            % (function, function)
        )
    elif how == "doublings":
        last = pdf.add(b"<</FunctionType 2/Domain[0 1]/N 1>>")
        for _ in range(30):
            last = pdf.add(_STITCHED % (last, last))
        pdf.objects[function] = pdf.objects[last]
    elif how == "samples":
        entries = b"/FunctionType 0/Domain[0 1 0 1 0 1 0 1]/Range[0 1]/Size[65535 65535 65535 65535]/BitsPerSample 32"
        pdf.stream(b"\0" * 99, entries, function)
    elif how == "program":
        pdf.stream(b"{" * 100_000 + b"}" * 100_000, b"/FunctionType 4/Domain[0 1]/Range[0 1]", function)
    shading = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 400 0]/Function %d 0 R>>" % function
    pdf.page(good_text() + b" /S sh", b"/Shading<</S %s>>" % shading)


def _mesh(pdf: Pdf) -> None:
    entries = (
        b"/ShadingType 5/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8/VerticesPerRow 2147483647"
        b"/Decode[-1e38 1e38 -1e38 1e38 0 1]"
    )
    shading = pdf.stream(bytes(range(256)) * 300, entries)
    pdf.page(good_text() + b" /S sh", b"/Shading<</S %d 0 R>>" % shading)


def _colours(pdf: Pdf, how: str) -> None:
    space = pdf.room()
    if how == "itself":
        pdf.objects[space] = b"[/Indexed %d 0 R 255 <00>]" % space
    elif how == "ring":
        other = pdf.add(b"[/Separation/A %d 0 R<</FunctionType 2/Domain[0 1]/N 1>>]" % space)
        pdf.objects[space] = b"[/Separation/B %d 0 R<</FunctionType 2/Domain[0 1]/N 1>>]" % other
    elif how == "devices":
        names = b"/A" * 100_000
        pdf.objects[space] = b"[/DeviceN[%s]/DeviceGray<</FunctionType 2/Domain[0 1]/N 1>>]" % names
    elif how == "profile":
        profile = pdf.room()
        pdf.stream(b"\0" * 128, b"/N 2147483647/Alternate %d 0 R" % space, profile)
        pdf.objects[space] = b"[/ICCBased %d 0 R]" % profile
    pdf.page(b"/C cs 0 sc 0 0 9 9 re f " + good_text(), b"/ColorSpace<</C %d 0 R>>" % space)


def _layers(pdf: Pdf) -> None:
    layer = pdf.room()
    pdf.objects[layer] = b"<</Type/OCMD/OCGs[%d 0 R %d 0 R]/VE[/And %d 0 R]>>" % (layer, layer, layer)
    pdf.page(b"/OC /L BDC " + good_text() + b" EMC", b"/Properties<</L %d 0 R>>" % layer)


def _font_of_itself(pdf: Pdf) -> None:
    font = pdf.room()
    pdf.objects[font] = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[%d 0 R]>>" % font
    pdf.page(b"BT /X 12 Tf 9 9 Td <00410042> Tj ET")
    pdf.objects[pdf.kids[-1]] = pdf.objects[pdf.kids[-1]].replace(b"/G 3 0 R", b"/G 3 0 R/X %d 0 R" % font)


FILES = (
    Hostile("page-of-a-kilometre", between(partial(_box, box=b"0 0 9999999 9999999")), 0, good=3),
    Hostile("page-without-end", between(partial(_box, box=b"0 0 1e38 1e38")), 0, good=3),
    Hostile("page-inside-out", between(partial(_box, box=b"400 300 0 0")), 0, good=3),
    Hostile("page-without-size", between(partial(_box, box=b"0 0 0 0")), 0, good=3),
    Hostile("page-of-no-numbers", between(partial(_box, box=b"/A (b) null <<>>")), 0, good=3),
    Hostile("page-turned-by-millions", between(partial(_box, extra=b"/Rotate 2147483647")), 0, good=3),
    Hostile("page-of-huge-units", between(partial(_box, extra=b"/UserUnit 1e30")), 0, good=3),
    Hostile("three-million-letters", between(_letters), 0),
    Hostile("ninety-thousand-words", between(_words), 0),
    Hostile("two-million-states", between(_states), 0, good=3),
    Hostile("clip-upon-clip", between(_clips), 0, good=3),
    Hostile("arrays-in-contents", between(_nested_arrays), 0, good=3),
    Hostile("rules-upon-rules", between(_rules), 0, good=3),
    *(Hostile(f"function-{how}", between(partial(_function, how=how)), 0, good=3)
      for how in ("itself", "samples", "program")),
    Hostile("function-doublings", between(partial(_function, how="doublings")), 6, "computed by more than"),
    Hostile("mesh-without-end", between(_mesh), 0, good=3),
    *(Hostile(f"colours-{how}", between(partial(_colours, how=how)), 0, good=3)
      for how in ("itself", "ring", "devices", "profile")),
    Hostile("layers-of-themselves", between(_layers), 0, good=3),
    Hostile("font-of-itself", between(_font_of_itself), 0),
    Hostile("huge-matrix", between(partial(_content, content=b"1e38 0 0 1e38 1e38 1e38 cm " + good_text())), 0),
    Hostile("huge-letters", between(partial(_content, content=good_text().replace(b"12 Tf", b"1e30 Tf"))), 0),
    Hostile("huge-lines", between(partial(_content, content=b"1e38 w 0 0 m 1e38 -1e38 l S " + good_text())), 0, good=3),
)  # fmt: skip

SLOW = Hostile("dashes-without-end", between(_dashes), 6, arguments=("--page-timeout", "3"))
"""What no count sees: it is given up when its time is over."""
