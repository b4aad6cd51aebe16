import sys
from pathlib import Path

import numpy as np
import pytest

from vnreport_ocr.sources.memory import give_back_memory


def held() -> int:
    """Megabytes of memory of this process that no file stands behind."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="it can be measured on Linux only")
def test_what_small_things_left_behind_is_given_back() -> None:
    many = [np.ones(12_000, dtype=np.uint8) for _ in range(5_000)]
    kept = many[::500]
    full = held()
    del many
    give_back_memory()
    assert held() < full - 40
    assert len(kept) == 10
