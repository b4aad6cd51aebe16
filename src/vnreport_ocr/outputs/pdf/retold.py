"""Words of a page told anew: the strings of the same steps in codes that are read as the words of the text."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.shows import Contents, Show, Step
from vnreport_ocr.outputs.pdf.twinfonts import Twin, Twins

_Made = tuple[Collection[pikepdf.Object | pikepdf.PdfInlineImage], pikepdf.Operator]
_DROPPED = ("/Length", "/Filter", "/DecodeParms", "/Resources")


class Retold(NamedTuple):
    """What the codes of a show are to be read as, by their places in it."""

    show: Show
    letters: dict[int, str]


class Told(NamedTuple):
    """Contents and resources as they are to be."""

    data: bytes
    resources: pikepdf.Object


class Writer:
    """Writes the contents of one page anew; ``base`` tells what the codes of fonts are read as besides."""

    def __init__(
        self, pdf: pikepdf.Pdf, twins: Twins, retold: Sequence[Retold], base: Mapping[tuple[int, int], dict[int, str]]
    ) -> None:
        self._pdf, self._twins, self._base = pdf, twins, base
        self._letters = {(id(one.show.stream), one.show.place): one.letters for one in retold}

    def told(self, contents: Contents, between: Mapping[int, bytes]) -> Told:
        """Return contents with their strings in codes of copies of the fonts, and other steps ``between`` them."""
        twins = self._copies(contents)
        forms: dict[str, pikepdf.Object] = {}
        steps: list[Step | _Made | bytes] = []
        unsaid = {at for place, at in contents.said.items() if (id(contents), place) in self._letters}
        for place, step in enumerate(contents.steps):
            if place in between:
                steps.append(between[place])
            show, form = contents.shown.get(place), contents.forms.get(place)
            if place in unsaid:
                steps.append(_unsaid(step, contents.marks(step)))
            elif show is not None and show.use is not None and show.use.name in twins:
                steps.append(self._coded(step, show, twins[show.use.name]))
            elif form is not None and self._touches(form):
                name = f"{step.operands[0]}Vnocr{place}"
                forms[name] = self._form(form)
                steps.append(([pikepdf.Name(name)], pikepdf.Operator("Do")))
            else:
                steps.append(step)
        steps.append(between.get(len(contents.steps), b""))
        resources = pikepdf.Dictionary(dict(contents.resources.items()))
        add_to(resources, "/Font", {name: twin.object for name, twin in twins.items()})
        add_to(resources, "/XObject", forms)
        return Told(_unparsed(steps), resources)

    def _copies(self, contents: Contents) -> dict[str, Twin]:
        """Return the copies of the fonts that words are told anew in, by the names that the contents use."""
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

    def _coded(self, step: Step, show: Show, twin: Twin) -> _Made:
        """Return a step with the codes of the copy of its font."""
        assert show.use is not None
        base = self._base.get(show.use.font.objgen, {})
        letters = self._letters.get((id(show.stream), show.place), {})
        width, at = show.use.width, 0
        items: list[pikepdf.Object] = []
        last = step.operands[-1]
        for item in list(last) if isinstance(last, pikepdf.Array) else [last]:
            if not isinstance(item, pikepdf.String):
                items.append(item)
                continue
            count = -(-len(bytes(item)) // width)
            codes = enumerate(show.codes[at : at + count], at)
            said = (
                twin.coded(code, letters.get(place, base.get(code, "\N{REPLACEMENT CHARACTER}")))
                for place, code in codes
            )
            items.append(pikepdf.String(b"".join(said)))
            at += count
        shown: pikepdf.Object = pikepdf.Array(items) if isinstance(last, pikepdf.Array) else items[0]
        return [*step.operands[:-1], shown], pikepdf.Operator(str(step.operator))


def _unsaid(step: Step, marks: Mapping[str, pikepdf.Object]) -> _Made:
    """Begin marked contents without the words that were said of them: readers would not look at the codes.

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
    """Give resources more of a kind, without touching what others share with them."""
    if added:
        held = resources.get(kind)
        own = dict(held.items()) if isinstance(held, pikepdf.Dictionary) else {}
        resources[kind] = pikepdf.Dictionary({**own, **added})


def _unparsed(steps: Sequence[Step | _Made | bytes]) -> bytes:
    parts = []
    for raw, some in groupby(steps, lambda step: isinstance(step, bytes)):
        held = list(some)
        parts.append(
            b"".join(one for one in held if isinstance(one, bytes))
            if raw
            else pikepdf.unparse_content_stream([one for one in held if not isinstance(one, bytes)])
        )
    return b"\n".join(parts)
