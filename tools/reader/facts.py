"""What the file of a reader says of itself, for the engine that loads it."""

import json
from collections.abc import Mapping

from tools.reader.alphabet import alphabet
from tools.reader.samples import SHAPE


def facts_of(name: str, version: str) -> Mapping[str, str]:
    """Return the facts that are written into the file."""
    return {
        "name": name,
        "version": version,
        "alphabet": json.dumps(alphabet().letters, ensure_ascii=False),
        "shape": json.dumps(SHAPE._asdict()),
        "licence": "Apache-2.0",
    }
