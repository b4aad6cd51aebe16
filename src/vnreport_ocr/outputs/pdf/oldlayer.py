"""Removes an old invisible layer from a page and nothing else: every visible pixel stays."""

from collections.abc import Iterable
from typing import Final

import pikepdf

from vnreport_ocr.outputs.pdf.unusedfonts import SHOWS, Step, Steps, without_unused_fonts
from vnreport_ocr.sources.pdf.qpdf import BROKEN
from vnreport_ocr.sources.pdf.unpack import TooMuchError, unpacked

_INVISIBLE: Final = 3
_MODE: Final = b"Tr"
_MOST: Final = 64 << 20
_DEEPEST: Final = 8


def remove_old_layer(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Remove every word that is drawn invisibly; returns whether there was any."""
    try:
        return _Cleaner(pdf).page(page)
    except (TooMuchError, *BROKEN):
        # What cannot be taken apart stays as it is.
        return False


class _Cleaner:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf

    def page(self, page: pikepdf.Page) -> bool:
        changed = self._forms(page.obj, page.resources, 0)
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        if any(_MODE in unpacked(stream, _MOST) for stream in streams):
            steps = _without_unseen(pikepdf.parse_content_stream(page))
            if steps is not None:
                steps = without_unused_fonts(page, steps)
                page.obj["/Contents"] = self._pdf.make_stream(pikepdf.unparse_content_stream(steps))
                changed = True
        return changed

    def _forms(self, owner: pikepdf.Object, resources: pikepdf.Object, depth: int) -> bool:
        """Replace forms that contain invisible words by cleaned copies; other pages may draw the same form."""
        forms = resources.get("/XObject")
        if depth > _DEEPEST or not isinstance(forms, pikepdf.Dictionary):
            return False
        cleaned = {}
        for name, form in forms.items():
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
                copy = self._form(form, depth)
                if copy is not None:
                    cleaned[name] = copy
        if not cleaned:
            return False
        own = pikepdf.Dictionary(dict(resources.items()))
        own["/XObject"] = pikepdf.Dictionary({**dict(forms.items()), **cleaned})
        owner["/Resources"] = own
        return True

    def _form(self, form: pikepdf.Stream, depth: int) -> pikepdf.Stream | None:
        steps = _without_unseen(pikepdf.parse_content_stream(form)) if _MODE in unpacked(form, _MOST) else None
        data = form.read_bytes() if steps is None else pikepdf.unparse_content_stream(steps)
        entries = {key: value for key, value in form.items() if key not in ("/Length", "/Filter", "/DecodeParms")}
        copy = self._pdf.make_stream(data, pikepdf.Dictionary(entries))
        inner = form.get("/Resources")
        below = isinstance(inner, pikepdf.Dictionary) and self._forms(copy, inner, depth + 1)
        return copy if below or steps is not None else None


def _without_unseen(steps: Iterable[Step]) -> Steps | None:
    """Return the steps without those that show words in the invisible mode; None if there are none of these."""
    kept: Steps = []
    modes, mode, removed = [], 0, False
    for step in steps:
        name = str(step.operator)
        if name == "q":
            modes.append(mode)
        elif name == "Q" and modes:
            mode = modes.pop()
        elif name == "Tr" and step.operands:
            mode = int(str(step.operands[0]).partition(".")[0])
        if mode == _INVISIBLE and name in (*SHOWS, "'", '"'):
            removed = True
            kept += _moved_only(step, name)
            continue
        kept.append(step)
    return kept if removed else None


def _moved_only(step: Step, name: str) -> Steps:
    """Return what a step does besides showing words."""
    if name in SHOWS:
        return []
    line = pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))
    if name == "'":
        return [line]
    words = pikepdf.ContentStreamInstruction([step.operands[0]], pikepdf.Operator("Tw"))
    letters = pikepdf.ContentStreamInstruction([step.operands[1]], pikepdf.Operator("Tc"))
    return [words, letters, line]
