"""What lies in a folder, told before anything is done."""

import json
import shutil
from pathlib import Path

import pytest

from vnreport_ocr.archive.survey import is_of_pictures, survey
from vnreport_ocr.cli.inspect import NEEDS_REPAIR
from vnreport_ocr.cli.main import run
from vnreport_ocr.options import Options

SAMPLES = Path(__file__).parents[3] / "samples"
CLEAN = "Ủy ban nhân dân xã báo cáo kết quả công tác quý một.\nCác thôn đã rà soát hộ nghèo đúng thời hạn.\n"


def test_files_and_pages_are_counted_by_their_condition(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    shutil.copy(SAMPLES / "good-layer.pdf", tmp_path / "2019" / "a.pdf")
    (tmp_path / "b.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "c.pdf").write_text("no PDF", encoding="utf-8")
    (tmp_path / "d.doc").write_text("x", encoding="utf-8")
    (tmp_path / "long.txt").write_text("\f".join([CLEAN] * 40), encoding="utf-8")

    found = survey(tmp_path, Options())

    assert found.files == {"pdf": 2, "text": 2}
    assert found.pages["text: clean"] == 41
    assert found.pages["good layer"] >= 1
    assert found.failures == {"NotAPdfError": 1}
    assert found.examples["NotAPdfError"] == ["c.pdf"]
    assert found.sampled == 1
    assert [kind.kind for kind in found.passed_over] == ["doc"]
    assert found.seconds > 0


def test_the_exit_code_says_whether_anything_needs_repair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    assert run(["inspect", str(tmp_path)]) == 0
    assert "Nothing in it needs repair." in capsys.readouterr().out

    shutil.copy(SAMPLES / "text-stripped.txt", tmp_path / "b.txt")
    assert run(["inspect", str(tmp_path), "--json"]) == NEEDS_REPAIR
    told = json.loads(capsys.readouterr().out)
    assert told["needs_repair"]
    assert told["pages"]["text: stripped of its marks"] == 1
    assert run(["inspect", str(tmp_path / "a.txt"), "--json"]) == 2


def test_a_folder_of_page_images_is_one_document(tmp_path: Path) -> None:
    assert not is_of_pictures(tmp_path)
    (tmp_path / "1.png").touch()
    (tmp_path / ".hidden").touch()
    assert is_of_pictures(tmp_path)
    (tmp_path / "2.txt").touch()
    assert not is_of_pictures(tmp_path)
