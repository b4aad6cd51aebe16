"""What a page draws that draws itself, or draws twice what draws twice: forms, patterns, masks, glyphs, stamps."""

from tests.hostile.build import Hostile, Pdf, between, good_text


def xobjects(**names: int) -> bytes:
    """Resources that name forms."""
    return b"/XObject<<%s>>" % b"".join(b"/%s %d 0 R" % (name.encode(), number) for name, number in names.items())


def _draws_itself(pdf: Pdf, times: int) -> None:
    form = pdf.room()
    pdf.form(b"/F Do " * times, xobjects(F=form), form)
    pdf.page(b"/F Do", xobjects(F=form))


def _ring(pdf: Pdf, length: int, times: int) -> None:
    forms = [pdf.room() for _ in range(length)]
    for index, form in enumerate(forms):
        pdf.form(b"q /F Do Q " * times, xobjects(F=forms[(index + 1) % length]), form)
    pdf.page(b"/F Do", xobjects(F=forms[0]))


def _levels(pdf: Pdf, levels: int, times: int, last: bytes = b"0 0 m 9 9 l S") -> None:
    form = pdf.form(last)
    for _ in range(levels):
        form = pdf.form(b"/F Do " * times, xobjects(F=form))
    pdf.page(b"/F Do", xobjects(F=form))


def _often(pdf: Pdf) -> None:
    form = pdf.form(b"0 0 m 9 9 l S\n" * 20_000)
    pdf.page(b"/F Do\n" * 50_000, xobjects(F=form))


def _deep(pdf: Pdf) -> None:
    _levels(pdf, 5000, 1)


def _names_only(pdf: Pdf) -> None:
    # A form that names itself, and is named all around, but is never drawn by itself: many programs write that.
    form = pdf.room()
    pdf.form(b"0 0 m 9 9 l S", xobjects(F=form), form)
    pdf.page(good_text() + b"/F Do", xobjects(F=form))


def _pattern(pdf: Pdf, content: bytes, resources: bytes, number: int | None = None, step: bytes = b"9") -> int:
    entries = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep %s/YStep %s/Resources<<%s>>"
    return pdf.stream(content, entries % (step, step, resources), number)


_FILL = b"/Pattern cs /P scn 0 0 400 300 re f "


def _pattern_of_itself(pdf: Pdf) -> None:
    pattern = pdf.room()
    _pattern(pdf, _FILL * 2, b"/Pattern<</P %d 0 R>>" % pattern, pattern)
    pdf.page(_FILL, b"/Pattern<</P %d 0 R>>" % pattern)


def _patterns(pdf: Pdf) -> None:
    pattern = _pattern(pdf, b"0 0 4 4 re f", b"")
    for _ in range(30):
        pattern = _pattern(pdf, _FILL * 2, b"/Pattern<</P %d 0 R>>" % pattern)
    pdf.page(_FILL, b"/Pattern<</P %d 0 R>>" % pattern)


def _tiny_tiles(pdf: Pdf) -> None:
    pattern = _pattern(pdf, b"0 0 4 4 re f", b"", step=b"0.0001")
    pdf.page(_FILL, b"/Pattern<</P %d 0 R>>" % pattern)


_GROUP = b"/Group<</S/Transparency/CS/DeviceGray>>"


def _mask(form: int) -> bytes:
    return b"/ExtGState<</M<</SMask<</S/Luminosity/G %d 0 R>>>>>>" % form


def _mask_of_itself(pdf: Pdf) -> None:
    form = pdf.room()
    pdf.form(b"/M gs 0 0 400 300 re f " * 2, _mask(form), form, _GROUP)
    pdf.page(b"/M gs 0 0 400 300 re f", _mask(form))


def _masks(pdf: Pdf) -> None:
    form = pdf.form(b"0 0 400 300 re f", b"", extra=_GROUP)
    for _ in range(30):
        form = pdf.form(b"/M gs 0 0 300 300 re f 9 9 300 300 re f", _mask(form), extra=_GROUP)
    pdf.page(b"/M gs 0 0 400 300 re f", _mask(form))


def _type3(pdf: Pdf, glyph: bytes, resources: bytes, number: int | None = None) -> int:
    drawn = pdf.stream(b"1000 0 d0 " + glyph)
    body = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a %d 0 R>>/Resources<<%s>>>>" % (drawn, resources)
    )
    if number is None:
        return pdf.add(body)
    pdf.objects[number] = body
    return number


_SAY = b"BT /T 12 Tf 9 9 Td (aa) Tj ET "


def _glyph_of_itself(pdf: Pdf) -> None:
    font = pdf.room()
    _type3(pdf, _SAY, b"/Font<</T %d 0 R>>" % font, font)
    pdf.page(_SAY.replace(b"/T", b"/G", 0), b"/Dummy<<>>/XObject<<>>")
    pdf.objects[pdf.kids[-1]] = pdf.objects[pdf.kids[-1]].replace(b"/G 3 0 R", b"/G 3 0 R/T %d 0 R" % font)


def _glyphs(pdf: Pdf) -> None:
    font = _type3(pdf, b"0 0 500 500 re f", b"")
    for _ in range(30):
        font = _type3(pdf, _SAY, b"/Font<</T %d 0 R>>" % font)
    pdf.page(_SAY)
    pdf.objects[pdf.kids[-1]] = pdf.objects[pdf.kids[-1]].replace(b"/G 3 0 R", b"/G 3 0 R/T %d 0 R" % font)


def _stamps(pdf: Pdf, form: int, times: int = 1) -> None:
    stamp = b"<</Type/Annot/Subtype/Stamp/F 4/Rect[0 0 400 300]/AP<</N %d 0 R>>>>" % form
    pdf.page(good_text(), extra=b"/Annots[%s]" % (stamp * times))


def _stamp_of_itself(pdf: Pdf) -> None:
    form = pdf.room()
    pdf.form(b"/F Do /F Do", xobjects(F=form), form)
    _stamps(pdf, form)


def _many_stamps(pdf: Pdf) -> None:
    _stamps(pdf, pdf.form(b"0 0 m 9 9 l S\n" * 20_000), 20_000)


FILES = (
    Hostile("form-of-itself", between(lambda pdf: _draws_itself(pdf, 1)), 0),
    Hostile("form-of-itself-twice", between(lambda pdf: _draws_itself(pdf, 2)), 6),
    Hostile("forms-of-each-other", between(lambda pdf: _ring(pdf, 2, 2)), 6),
    Hostile("ring-of-forms", between(lambda pdf: _ring(pdf, 7, 3)), 6),
    Hostile("thirty-doublings", between(lambda pdf: _levels(pdf, 30, 2)), 6),
    Hostile("ten-levels-of-ten", between(lambda pdf: _levels(pdf, 10, 10)), 6),
    Hostile("form-drawn-often", between(_often), 6),
    Hostile("deep-forms", between(_deep), 6),
    Hostile("form-that-only-names-itself", between(_names_only), 0, good=3),
    Hostile("pattern-of-itself", between(_pattern_of_itself), 6),
    Hostile("pattern-doublings", between(_patterns), 6),
    Hostile("tiny-tiles", between(_tiny_tiles), 6),
    Hostile("mask-of-itself", between(_mask_of_itself), 6),
    Hostile("mask-doublings", between(_masks), 6),
    Hostile("glyph-of-itself", between(_glyph_of_itself), 6),
    Hostile("glyph-doublings", between(_glyphs), 6),
    Hostile("stamp-of-itself", between(_stamp_of_itself), 6),
    Hostile("many-stamps", between(_many_stamps), 6),
)
