"""Fonts of a page that show nothing: an old layer leaves them behind, and some programs list them on every page."""

from collections.abc import Collection
from typing import Final

import pikepdf

SHOWS: Final = frozenset({"Tj", "TJ"})
Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_Made = tuple[Collection[pikepdf.Object | pikepdf.PdfInlineImage], pikepdf.Operator]
Steps = list[Step | _Made]


def without_unused_fonts(page: pikepdf.Page, steps: Steps) -> Steps:
    """Remove fonts that only the old layer used; forms without fonts of their own may use those of the page."""
    own, forms = page.resources.get("/Font"), page.resources.get("/XObject", pikepdf.Dictionary())
    borrowed = any(
        form.get("/Subtype") == "/Form" and "/Font" not in form.get("/Resources", pikepdf.Dictionary())
        for _, form in forms.items()
    )
    if not isinstance(own, pikepdf.Dictionary) or borrowed:
        return steps
    used = _showing(steps)
    if used.issuperset(own.keys()):
        return steps
    resources = pikepdf.Dictionary(dict(page.resources.items()))
    resources["/Font"] = pikepdf.Dictionary({name: font for name, font in own.items() if name in used})
    page.obj["/Resources"] = resources
    return [step for step in steps if str(step[1]) != "Tf" or _font(step) in used]


def _showing(steps: Steps) -> set[str]:
    """The fonts, by their names, that something is still shown in."""
    used, above, current = set(), [], ""
    for step in steps:
        name = str(step[1])
        if name == "q":
            above.append(current)
        elif name == "Q" and above:
            current = above.pop()
        elif name == "Tf":
            current = _font(step)
        elif name in (*SHOWS, "'", '"'):
            used.add(current)
    return used


def _font(step: Step | _Made) -> str:
    return str(next(iter(step[0]), ""))
