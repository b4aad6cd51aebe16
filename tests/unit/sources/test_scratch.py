import os
import tempfile
from pathlib import Path

import pytest

from vnreport_ocr.sources import scratch


def test_the_folder_goes_whatever_happens() -> None:
    def fail() -> None:
        with scratch.scratch_folder() as folder:
            (folder / "a").touch()
            left.append(folder)
            raise KeyboardInterrupt

    left: list[Path] = []
    with pytest.raises(KeyboardInterrupt):
        fail()
    assert not left[0].exists()


def test_what_a_killed_process_left_is_swept_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scratch._sweep_once.cache_clear()
    dead = tmp_path / "vnocr-4194305-abc"
    alive = tmp_path / f"vnocr-{os.getppid()}-abc"
    other = tmp_path / "vnocr-notes"
    for folder in (dead, alive, other):
        folder.mkdir()
    with scratch.scratch_folder():
        assert not dead.exists()
        assert alive.exists()
        assert other.exists()
