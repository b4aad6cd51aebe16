"""From Pillow's pictures to plain pixels: grey where no colour is, RGB elsewhere; transparency on white."""

import cv2
import numpy as np
from PIL import Image

from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Pixels

_COLOUR_STEP = 4
_COLOUR_SPAN = TUNING.pixels.colour_span
_COLOUR_SHARE = TUNING.pixels.colour_share


def pixels_of(image: Image.Image) -> Pixels:
    """Return the picture's pixels."""
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    if image.mode in ("I;16", "I;16B", "I", "F"):
        values = np.asarray(image).astype(np.float32)
        top = float(values.max(initial=1.0)) or 1.0
        return (values * (255.0 / max(top, 255.0))).astype(np.uint8)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(paper, layer)
    return without_empty_colour(np.asarray(image if image.mode == "RGB" else image.convert("RGB")))


def without_empty_colour(pixels: Pixels) -> Pixels:
    """Grey pixels where the three channels hardly differ anywhere."""
    red, green, blue = cv2.split(np.ascontiguousarray(pixels[::_COLOUR_STEP, ::_COLOUR_STEP]))
    span = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    if int(np.count_nonzero(span > _COLOUR_SPAN)) > _COLOUR_SHARE * span.size:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
