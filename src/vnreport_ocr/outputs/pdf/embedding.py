"""Whether the shapes of a font are in the file."""

import pikepdf


def is_embedded(font: pikepdf.Object) -> bool:
    """Say whether a font's shapes are in the file."""
    below = font.get("/DescendantFonts")
    inner = below[0] if isinstance(below, pikepdf.Array) and len(below) else font
    described = inner.get("/FontDescriptor")
    return isinstance(described, pikepdf.Dictionary) and any(
        name in described for name in ("/FontFile", "/FontFile2", "/FontFile3")
    )
