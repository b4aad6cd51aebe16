"""What a built model consists of, order by order."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Weights = NDArray[np.float64]


class Level(NamedTuple):
    """The model of one order: probability of each sequence, and how its contexts back off."""

    keys: Keys
    probability: Weights
    weight: Weights
    contexts: Keys
    backoff: Weights
