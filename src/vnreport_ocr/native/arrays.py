"""Arrays as the compiled part takes them: of one type, in one piece, by their address."""

import ctypes
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

Address = ctypes.c_void_p
_STRANGEST = 0xFFFF


def packed(values: Any, dtype: DTypeLike) -> NDArray[Any]:  # noqa: ANN401 - whatever numpy makes an array of
    """Return the values in one piece, with the type that the compiled part reads."""
    return np.ascontiguousarray(values, dtype=dtype)


def signs(text: str) -> bytes:
    """Return a text as the code points of its signs."""
    return text.encode("utf-32-le", "surrogatepass")


def key_of(read: str) -> int:
    """Return the number that stands for a reading of up to four signs; channel.c reckons the same."""
    key = 0
    for sign in read:
        code = ord(sign)
        key = key << 16 | (code if 0 < code <= _STRANGEST else _STRANGEST)
    return key
