"""Where a font lies, and which signs it can draw."""

import subprocess
from functools import cache

from PIL import Image, ImageDraw, ImageFont


@cache
def font_path(name: str) -> str:
    """Where the system keeps a font file."""
    done = subprocess.run(["fc-list", "--format", "%{file}\\n"], capture_output=True, text=True, check=True)
    return next(path for path in sorted(done.stdout.splitlines()) if path.endswith("/" + name))


@cache
def has_glyph(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    """Whether a font draws a sign, and not the box that stands for what it lacks."""
    return _drawn(font, sign) != _drawn(font, "\U000f0000")


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    image = Image.new("L", (80, 80), 255)
    ImageDraw.Draw(image).text((10, 10), sign, font=font, fill=0)
    return image.tobytes()
