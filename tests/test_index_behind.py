"""An archive whose index could not be kept up to date: the outputs are there, and it is told everywhere."""

import json
from pathlib import Path

from tests.test_bad_input import Run, vnocr

__all__ = ["vnocr"]


def test_an_index_that_cannot_be_written_is_told_by_the_run_status_and_report(vnocr: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Xã đã sửa xong hai cây cầu qua suối.\n", encoding="utf-8")
    (tmp_path / "out" / "search.db").mkdir(parents=True)
    for _ in range(2):  # also where there is nothing else to do
        code, _, told = vnocr("batch", "in", "-o", "out", "-j", "1")
        assert (code, len(told)) == (5, 1)
        assert "The index is not up to date: " in told[0]
        assert "run again" in told[0]
    assert (tmp_path / "out" / "a.txt.txt").exists()
    assert "The index is not up to date. The outputs are there" in vnocr("status", "out").out.decode()
    assert json.loads(vnocr("status", "out", "--json").out)["index_behind"] is True
    assert "a search misses files" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")

    (tmp_path / "out" / "search.db").rmdir()
    assert vnocr("batch", "in", "-o", "out", "-j", "1").code == 0
    assert "not up to date" not in vnocr("status", "out").out.decode()
    assert json.loads(vnocr("status", "out", "--json").out)["index_behind"] is False
    assert "a search misses files" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
