"""What a page's contents show, operator by operator: the codes of each string, their font, and how they are read."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.outputs.pdf.lettermap import LetterMap, letters_of
from vnreport_ocr.sources.pdf.unpack import unpacked

SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
_DEEPEST: Final = 8
_MOST: Final = 64 << 20
_WITHIN: Final = (0, 0)
"""The number of what is inside something else and has none of its own."""
Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


class FontUse(NamedTuple):
    """A font as it is set: its name in the resources, and itself."""

    name: str
    font: pikepdf.Object
    width: int
    """How many bytes a code has."""
    size: pikepdf.Object
    """The size it is set in, as the step that sets it has it."""


class Show(NamedTuple):
    """A step that shows codes or only moves; the numbers of a ``TJ`` stay where they are."""

    stream: "Contents"
    place: int
    use: FontUse | None
    codes: tuple[int, ...]


class Contents:
    """The steps of a page or of a form on it."""

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        owner: pikepdf.Page | pikepdf.Stream,
        resources: pikepdf.Object,
        depth: int = 0,
        drawn_at: int | None = None,
    ) -> None:
        self.owner, self.resources, self.depth = owner, resources, depth
        self._drawn_at = drawn_at
        """Of a form, the step of the page's own contents that draws it."""
        self._pdf = pdf
        self._fonts = named_fonts(pdf, resources)
        check_contents(owner)
        self.steps: list[Step] = list(pikepdf.parse_content_stream(owner))
        self.names: list[str] = [str(step.operator) for step in self.steps]
        """What each of them does."""
        self.forms: dict[int, Contents] = {}
        """The forms that it draws, by the place of the step that draws each."""
        self.shown: dict[int, Show] = {}
        """What its own steps show, by their places."""
        self.said: dict[int, int] = {}
        """Where the words that a step shows are given (``/ActualText``), by the step's place."""

    def step_of(self, show: Show) -> int:
        """Return the step of the page's own contents that draws what is shown here."""
        return show.place if self._drawn_at is None else self._drawn_at

    def every_show(self) -> "Iterator[Show]":
        """List what was found to be shown, by the contents' own steps and by those of their forms."""
        yield from self.shown.values()
        for form in self.forms.values():
            yield from form.every_show()

    def let_go(self) -> None:
        """Forget what was found: each of it knows these contents, and would hold them."""
        for form in self.forms.values():
            form.let_go()
        self.forms.clear()
        self.shown.clear()

    def shows(self) -> Iterator[Show]:
        """List what is shown, the forms' shows where they are drawn."""
        current: FontUse | None = None
        above: list[FontUse | None] = []
        known: dict[str, int] = {}
        marked: list[int | None] = []
        no_forms: set[str] = set()
        for place, (name, step) in enumerate(zip(self.names, self.steps, strict=True)):
            if name in ("BDC", "BMC"):
                marked.append(place if "/ActualText" in self.marks(step) else None)
            elif name == "EMC" and marked:
                marked.pop()
            elif name == "q":
                above.append(current)
            elif name == "Q" and above:
                current = above.pop()
            elif name == "Tf":
                current = self._use(step, known)
            elif name in SHOWS:
                data = b"".join(strings(step))
                if data:
                    saying = next((one for one in marked if one is not None), None)
                    if saying is not None:
                        self.said[place] = saying
                    self.shown[place] = show = Show(self, place, current, _codes(data, current))
                    yield show
            elif name == "Do" and self.depth < _DEEPEST and (drawn := str(step.operands[0])) not in no_forms:
                form = self._form(place, drawn)
                if form is None:
                    no_forms.add(drawn)
                else:
                    self.forms[place] = form
                    yield from form.shows()

    def marks(self, step: Step) -> dict[str, pikepdf.Object]:
        """Return the words that a step gives to the marked contents it begins."""
        held = step.operands[1] if str(step.operator) == "BDC" and len(step.operands) > 1 else None
        if isinstance(held, pikepdf.Name):
            properties = self.resources.get("/Properties")
            held = properties.get(str(held)) if isinstance(properties, pikepdf.Dictionary) else None
        return dict(held.items()) if isinstance(held, pikepdf.Dictionary) else {}

    def _use(self, step: Step, known: dict[str, int]) -> FontUse | None:
        name = str(step.operands[0])
        font = self._fonts.get(name)
        if font is None:
            return None
        if name not in known:
            known[name] = code_width(font)
        return FontUse(name, font, known[name], step.operands[1]) if known[name] and len(step.operands) > 1 else None

    def _form(self, place: int, name: str) -> "Contents | None":
        forms = self.resources.get("/XObject")
        form = forms.get(name) if isinstance(forms, pikepdf.Dictionary) else None
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            return None
        own = form.get("/Resources")
        resources = own if isinstance(own, pikepdf.Dictionary) else self.resources
        drawn_at = place if self._drawn_at is None else self._drawn_at
        return Contents(self._pdf, form, resources, self.depth + 1, drawn_at)


def named_fonts(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> dict[str, pikepdf.Object]:
    """Return the fonts of resources by their names; one that has no number gets one, as fonts are told apart by it."""
    fonts = resources.get("/Font")
    found: dict[str, pikepdf.Object] = {}
    for name, font in list(fonts.items()) if isinstance(fonts, pikepdf.Dictionary) else ():
        if isinstance(font, pikepdf.Dictionary):
            numbered = font
            if font.objgen == _WITHIN and isinstance(fonts, pikepdf.Dictionary):
                fonts[name] = numbered = pdf.make_indirect(font)
            found[name] = numbered
    return found


def check_contents(owner: pikepdf.Page | pikepdf.Stream) -> None:
    """Raise if contents unpack to more than is parsed."""
    if isinstance(owner, pikepdf.Stream):
        unpacked(owner, _MOST)
        return
    held = owner.obj.get("/Contents")
    for part in list(held) if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(part, pikepdf.Stream):
            unpacked(part, _MOST)


def strings(step: Step) -> list[bytes]:
    """Return the strings that a step shows."""
    last = step.operands[-1]
    if isinstance(last, pikepdf.Array):
        return [bytes(item) for item in last if isinstance(item, pikepdf.String)]
    return [bytes(last)] if isinstance(last, pikepdf.String) else []


def code_width(font: pikepdf.Object) -> int:
    """Return how many bytes a code of a font has; 0 where that is not known."""
    if font.get("/Subtype") != "/Type0":
        return 1
    if font.get("/Encoding") in ("/Identity-H", "/Identity-V"):
        return 2
    return 0


def _codes(data: bytes, use: FontUse | None) -> tuple[int, ...]:
    if use is None:
        return ()
    if use.width == 1:
        return tuple(data)
    return tuple(int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


class Readings:
    """What the codes of fonts are read as: by their maps, or if there is none, by what was seen of them."""

    def __init__(self) -> None:
        self._maps: dict[tuple[int, int], dict[int, str]] = {}
        self._silent: set[tuple[int, int]] = set()

    def of(self, font: pikepdf.Object) -> dict[int, str]:
        """Return the letters of a font by their codes."""
        key = font.objgen
        if key not in self._maps:
            told: LetterMap | None = letters_of(font)
            self._maps[key] = dict(told.letters) if told is not None else {}
            if told is None and font.get("/Subtype") == "/Type0":
                self._silent.add(key)
        return self._maps[key]

    def is_silent(self, font: pikepdf.Object) -> bool:
        """Whether a font's codes are bare numbers without letters."""
        self.of(font)
        return font.objgen in self._silent

    def aligned(self, show: Show, letters: Sequence[str]) -> list[int | None] | None:
        """Return for each code which of the letters that were seen it begins; None where they do not fit.

        Readers drop a blank beside another one: such a code begins no letter.
        """
        if show.use is None:
            return None
        known = self.of(show.use.font)
        if len(letters) == len(show.codes):
            for code, letter in zip(show.codes, letters, strict=True):
                known.setdefault(code, letter)
            return list(range(len(letters)))
        found: list[int | None] = []
        at = 0
        for code in show.codes:
            text = known.get(code)
            if text is None:
                return None
            if not text.strip() and (at >= len(letters) or letters[at].strip()):
                found.append(None)
                continue
            found.append(at)
            at += max(1, len(text))
        return found if at == len(letters) else None
