"""The squares of a form as signs: empty, crossed, ticked."""

from typing import Final

EMPTY: Final = "\N{BALLOT BOX}"
CROSSED: Final = "\N{BALLOT BOX WITH X}"
TICKED: Final = "\N{BALLOT BOX WITH CHECK}"
"""A square with a mark as wide and as high as itself that is no plain cross: on a picture, a doubt."""

SQUARES: Final = frozenset((EMPTY, CROSSED, TICKED))
"""Each says as much as a word."""
