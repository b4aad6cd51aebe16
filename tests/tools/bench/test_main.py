from pathlib import Path

from click.testing import CliRunner

from tools.bench.main import main


def test_what_is_asked_for_is_measured_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "cu.raw.txt").write_text("Hoi dong nhan dan tinh\n", encoding="utf-8")
    (tmp_path / "cu.ref.txt").write_text("Hội đồng nhân dân tỉnh\n", encoding="utf-8")
    answer = CliRunner().invoke(main, ["--data", str(tmp_path), "--only", "repair", "--no-write"])
    assert answer.exit_code == 0, answer.output
    assert "| cu | 5 | 100.00% | 0.00% |" in answer.output
    assert "calibration" in answer.output
    assert "speed" not in answer.output
