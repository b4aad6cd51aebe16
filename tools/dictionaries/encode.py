"""Corpus text to arrays of token numbers, the raw material of every count.

Each corpus file becomes two files in the work folder: ``NAME.forms`` (the distinct surface
forms, a line each) and ``NAME.ids.npy`` (the running text as numbers of those forms).
Paragraphs that recur word for word are counted once, since law texts quote themselves.
"""

import hashlib
import lzma
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tools.dictionaries.inputs import name_of, note

BOUNDARY = "\n"
PAUSE = ","
NUMBER = "0"

_TOKEN = re.compile(
    r"[0-9][0-9.,]*[0-9]|[0-9]"  # a number with its separators
    r"|[^\W\d_]+"  # a run of letters
    r"|[.!?\u2026]+(?=\s|$)"  # the end of a sentence
    r"|[,;:]"  # a pause inside it
)
_DUPLICATE_FLOOR = 60


def surface_tokens(paragraph: str) -> Iterator[str]:
    """Return the tokens that the language model sees, in the case they were written."""
    for token in _TOKEN.findall(paragraph):
        first = token[0]
        if first.isdigit():
            yield NUMBER
        elif first in ".!?\u2026":
            yield BOUNDARY
        elif first in ",;:":
            yield PAUSE
        else:
            yield token


def paragraphs(path: Path) -> Iterator[str]:
    """Read the distinct paragraphs of a corpus file, plain or xz, in NFC."""
    seen: set[bytes] = set()
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            text = unicodedata.normalize("NFC", line.strip())
            if len(text) >= _DUPLICATE_FLOOR:
                mark = hashlib.blake2b(text.encode("utf-8"), digest_size=12).digest()
                if mark in seen:
                    continue
                seen.add(mark)
            if text:
                yield text


def encode(source: Path, work: Path, noted: Path | None = None) -> int:
    """Write the forms and numbers of one corpus file; return the count of tokens.

    ``noted`` is the text whose bytes are noted as the input, where ``source`` was made from it.
    """
    numbers: dict[str, int] = {BOUNDARY: 0}
    chunks: list[np.ndarray] = []
    buffer: list[int] = [0]
    for paragraph in paragraphs(source):
        buffer += [numbers.setdefault(token, len(numbers)) for token in surface_tokens(paragraph)]
        if buffer[-1] != 0:
            buffer.append(0)
        if len(buffer) > 4_000_000:
            chunks.append(np.array(buffer, dtype=np.uint32))
            buffer = []
    chunks.append(np.array(buffer, dtype=np.uint32))
    ids = np.concatenate(chunks)
    name = name_of(source)
    work.mkdir(parents=True, exist_ok=True)
    np.save(work / f"{name}.ids.npy", ids)
    note(noted or source, work)
    forms = ["<s>", *list(numbers)[1:]]
    (work / f"{name}.forms").write_text("\n".join(forms) + "\n", encoding="utf-8")
    return int(ids.size)


if __name__ == "__main__":
    for argument in sys.argv[2:]:
        count = encode(Path(argument), Path(sys.argv[1]))
        sys.stdout.write(f"{argument}: {count:,} tokens\n")
        sys.stdout.flush()
