"""Words of a page rewritten: the same steps with strings in codes that are read as the words of the text."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.shows import Contents, FontUse, Show, Step
from vnreport_ocr.outputs.pdf.twinfonts import Twin, Twins

_Made = tuple[Collection[pikepdf.Object | pikepdf.PdfInlineImage], pikepdf.Operator]
_DROPPED = ("/Length", "/Filter", "/DecodeParms", "/Resources")


class Retold(NamedTuple):
    """What the codes of a show should be read as, by their places in it."""

    show: Show
    letters: dict[int, str]


class Told(NamedTuple):
    """The new contents and resources."""

    data: bytes
    resources: pikepdf.Object


class Writer:
    """Rewrites the contents of one page; ``base`` says what the codes of other fonts are read as."""

    def __init__(
        self, pdf: pikepdf.Pdf, twins: Twins, retold: Sequence[Retold], base: Mapping[tuple[int, int], dict[int, str]]
    ) -> None:
        self._pdf, self._twins, self._base = pdf, twins, base
        self._letters = {(id(one.show.stream), one.show.place): one.letters for one in retold}

    def told(self, contents: Contents, between: Mapping[int, bytes]) -> Told:
        """Return contents with their strings in codes of copies of the fonts, and other steps ``between`` them."""
        twins = self._copies(contents)
        fonts: dict[str, pikepdf.Object] = {name: twin.objects[0] for name, twin in twins.items()}
        forms: dict[str, pikepdf.Object] = {}
        written = _Contents()
        unsaid = {at for place, at in contents.said.items() if (id(contents), place) in self._letters}
        for place, step in enumerate(contents.steps):
            if place in between:
                written.add_raw(between[place])
            show, form = contents.shown.get(place), contents.forms.get(place)
            if place in unsaid:
                written.steps.append(_unsaid(step, contents.marks(step)))
            elif show is not None and show.use is not None and show.use.name in twins:
                written.steps += self._coded(step, show, twins[show.use.name], fonts)
            elif form is not None and self._touches(form):
                name = f"{step.operands[0]}Vnocr{place}"
                forms[name] = self._form(form)
                written.steps.append(([pikepdf.Name(name)], pikepdf.Operator("Do")))
            else:
                written.steps.append(step)
        written.add_raw(between.get(len(contents.steps), b""))
        resources = pikepdf.Dictionary(dict(contents.resources.items()))
        add_to(resources, "/Font", fonts)
        add_to(resources, "/XObject", forms)
        return Told(written.data(), resources)

    def _copies(self, contents: Contents) -> dict[str, Twin]:
        """Return the copies of the fonts that words are rewritten in, by the names that the contents use."""
        touched = {
            show.use.name
            for place, show in contents.shown.items()
            if show.use is not None and (id(contents), place) in self._letters
        }
        found = {name: twin for name, twin in self._twins.copies(contents).items() if name in touched}
        used = {show.use.name: show.use.font.objgen for show in contents.shown.values() if show.use is not None}
        for name, twin in found.items():
            twin.tell(self._base.get(used[name], {}))
        return found

    def _touches(self, contents: Contents) -> bool:
        own = any(stream == id(contents) for stream, _ in self._letters)
        return own or any(map(self._touches, contents.forms.values()))

    def _form(self, contents: Contents) -> pikepdf.Object:
        """Copy a form: others may draw the same one."""
        told = self.told(contents, {})
        owner = contents.owner
        assert isinstance(owner, pikepdf.Stream)
        entries = {key: value for key, value in owner.items() if key not in _DROPPED}
        made = self._pdf.make_stream(told.data, pikepdf.Dictionary(entries))
        made["/Resources"] = told.resources
        return made

    def _coded(self, step: Step, show: Show, twin: Twin, fonts: dict[str, pikepdf.Object]) -> Sequence[Step | _Made]:
        """Return the steps that show the same in the codes of a twin; ``fonts`` takes what else they show it in."""
        assert show.use is not None
        base = self._base.get(show.use.font.objgen, {})
        letters = self._letters.get((id(show.stream), show.place))
        if letters is None:
            if twin.keeps(show.codes, base):
                return [step]
            letters = {}
        width, at = show.use.width, 0
        last = step.operands[-1]
        pieces = _Pieces(isinstance(last, pikepdf.Array))
        for item in list(last) if isinstance(last, pikepdf.Array) else [last]:
            if not isinstance(item, pikepdf.String):
                pieces.move(item)
                continue
            count = -(-len(bytes(item)) // width)
            for place, code in enumerate(show.codes[at : at + count], at):
                pieces.show(*twin.coded(code, letters.get(place, base.get(code))))
            pieces.end()
            at += count
        made = pieces.made()
        if len(made) == 1 and made[0].font == 0:
            return [([*step.operands[:-1], made[0].shown], pikepdf.Operator(str(step.operator)))]
        steps = _moves(step)
        for piece in made:
            steps += _in_font(show.use, piece, twin, fonts)
        return steps if made[-1].font == 0 else [*steps, _set_font(show.use.name, show.use)]


class _Piece(NamedTuple):
    """What one of the fonts of a twin shows."""

    font: int
    shown: pikepdf.Object


class _Pieces:
    """Takes the codes of a step one by one, and divides them where another font shows them."""

    def __init__(self, is_array: bool) -> None:
        self._is_array = is_array
        self._made: list[tuple[int, list[pikepdf.Object | bytes]]] = []
        self._open = False

    def show(self, font: int, data: bytes) -> None:
        """Take a code."""
        if not self._made or self._made[-1][0] != font:
            self._made.append((font, []))
            self._open = False
        items = self._made[-1][1]
        if self._open and isinstance(last := items[-1], bytes):
            items[-1] = last + data
        else:
            items.append(data)
        self._open = True

    def move(self, by: pikepdf.Object) -> None:
        """Take a number between strings."""
        if not self._made:
            self._made.append((0, []))
        self._made[-1][1].append(by)
        self._open = False

    def end(self) -> None:
        """Take the end of a string."""
        self._open = False

    def made(self) -> list[_Piece]:
        """Return what each font shows, in order."""
        found = []
        for font, items in self._made:
            listed = [pikepdf.String(item) if isinstance(item, bytes) else item for item in items]
            found.append(_Piece(font, pikepdf.Array(listed) if self._is_array or len(listed) > 1 else listed[0]))
        return found


def _moves(step: Step) -> list[_Made]:
    """Return what a step does before it shows anything."""
    name = str(step.operator)
    made: list[_Made] = []
    if name == '"':
        made += [([step.operands[0]], pikepdf.Operator("Tw")), ([step.operands[1]], pikepdf.Operator("Tc"))]
    return [*made, ([], pikepdf.Operator("T*"))] if name in ("'", '"') else made


def _in_font(use: FontUse, piece: _Piece, twin: Twin, fonts: dict[str, pikepdf.Object]) -> list[_Made]:
    name = use.name if piece.font == 0 else f"{use.name}Vnocr{piece.font}"
    fonts[name] = twin.objects[piece.font]
    return [_set_font(name, use), ([piece.shown], pikepdf.Operator("TJ" if _is_array(piece.shown) else "Tj"))]


def _set_font(name: str, use: FontUse) -> _Made:
    return [pikepdf.Name(name), use.size], pikepdf.Operator("Tf")


def _is_array(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Array)


def _unsaid(step: Step, marks: Mapping[str, pikepdf.Object]) -> _Made:
    """Begin marked contents without their ``/ActualText``: readers would ignore the codes.

    What may stand in the steps is kept: numbers (``/MCID``), names and strings.
    """
    kept = {key: value for key, value in marks.items() if key != "/ActualText" and not _is_held(value)}
    if not kept:
        return [step.operands[0]], pikepdf.Operator("BMC")
    return [step.operands[0], pikepdf.Dictionary(kept)], pikepdf.Operator("BDC")


def _is_held(value: object) -> bool:
    return isinstance(value, pikepdf.Object) and (
        value.is_indirect or isinstance(value, pikepdf.Dictionary | pikepdf.Array)
    )


def add_to(resources: pikepdf.Object, kind: str, added: Mapping[str, pikepdf.Object]) -> None:
    """Add resources of a kind without changing what other pages share."""
    if added:
        held = resources.get(kind)
        own = dict(held.items()) if isinstance(held, pikepdf.Dictionary) else {}
        resources[kind] = pikepdf.Dictionary({**own, **added})


class _Contents:
    """Takes contents in pieces: steps, and bytes between them."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.steps: list[Step | _Made] = []

    def add_raw(self, data: bytes) -> None:
        """Take bytes that stand behind the steps so far."""
        if data:
            self._parts += [self._taken(), data]

    def _taken(self) -> bytes:
        steps, self.steps = self.steps, []
        return pikepdf.unparse_content_stream(steps)

    def data(self) -> bytes:
        """Return all of it."""
        return b"\n".join([*self._parts, self._taken()])
