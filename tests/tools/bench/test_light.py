"""Sets with slips: found by their rate, measured by what was mended and what was broken."""

from pathlib import Path

import pytest

from tools.bench.calibration import Judged
from tools.bench.repair import checks, light_shares, light_table, measure, reliability_table
from tools.bench.sets import light_sets
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

TRUTH = "Ủy ban nhân dân huyện báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế, xã hội năm nay."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clean").mkdir()
    (tmp_path / "light").mkdir()
    (tmp_path / "clean" / "a.txt").write_text(TRUTH, encoding="utf-8")
    (tmp_path / "light" / "a-080.txt").write_text(TRUTH.replace("kinh", "kidh"), encoding="utf-8")
    (tmp_path / "light" / "a-005.txt").write_text(TRUTH.replace("xã", "xyz"), encoding="utf-8")
    (tmp_path / "light" / "lost-005.txt").write_text("Không có bản đúng.", encoding="utf-8")
    return tmp_path


def test_sets_are_told_by_their_rate(folder: Path) -> None:
    few, many = light_sets(folder)
    assert (few.name, many.name) == ("light, 5 per thousand", "light, 80 per thousand")
    assert [len(few.pairs), len(many.pairs)] == [1, 1]


def test_what_is_mended_and_broken_is_told(folder: Path) -> None:
    few, many = measure(Pipeline(Options(repair=False)), light_sets(folder))
    assert light_shares(few) == light_shares(many) == (0.0, 0.0)
    assert not all(check.held for check in checks([few, many]))
    few, many = measure(Pipeline(Options()), light_sets(folder))
    assert light_shares(many) == (1.0, 0.0)
    assert all(check.held for check in checks([many]))
    assert "| light, 80 per thousand | 21 | 100.0% |" in light_table([few, many])


def test_reliability_has_an_interval(folder: Path) -> None:
    (_, many) = measure(Pipeline(Options()), light_sets(folder))
    judged = [Judged(many.judged[0].correction._replace(confidence=0.6), right=n < 7) for n in range(10)]
    assert "70.0% (40% to 89% of 10)" in reliability_table([many._replace(judged=tuple(judged))])
