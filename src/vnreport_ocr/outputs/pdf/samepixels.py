"""Whether pages of two files are drawn the same, to the pixel."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

_SCALE: Final = 1.5
"""Pages are drawn that much larger than their points, or as large as ``_MOST_PIXELS`` lets them be."""
_TRIES: Final = 2
_MOST_PIXELS: Final = 30e6


def differing(before: Path | bytes, after: Path, numbers: Iterable[int], password: str | None) -> list[int]:
    """List the pages that are drawn in another way; where one of the files cannot be drawn, all are."""
    wanted = list(numbers)
    try:
        with (
            pypdfium2.PdfDocument(before, password=password) as one,
            pypdfium2.PdfDocument(after, password=password) as other,
        ):
            return [number for number in wanted if not _same(one, other, number)]
    except pypdfium2.PdfiumError:
        return wanted


def _same(one: Any, other: Any, number: int) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    try:
        # A font that the file lacks is drawn in other shapes when pdfium first stands in for it.
        return any(np.array_equal(_drawn(one[number - 1]), _drawn(other[number - 1])) for _ in range(_TRIES))
    except pypdfium2.PdfiumError:
        return False


def _drawn(page: Any) -> NDArray[np.uint8]:  # noqa: ANN401 - pypdfium2 has no types
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    # What was changed are codes of letters, never a colour: a grey drawing is half the work.
    return np.asarray(page.render(scale=scale, grayscale=True).to_numpy(), dtype=np.uint8)
