from pathlib import Path

import pytest

from vnreport_ocr.cli.doctor import examine, install_line


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install tesseract-ocr-vie"),
        ("dnf", "sudo dnf install tesseract-langpack-vie"),
        ("pacman", "sudo pacman -S tesseract-data-vie"),
        ("brew", "brew install tesseract-lang"),
        ("other", "sudo apt-get install tesseract-ocr-vie"),
    ],
)
def test_the_cure_is_that_of_this_system(manager: str, line: str) -> None:
    assert install_line("vie", lambda name: name if name == manager else None) == line


def test_everything_is_examined_and_well_here(tmp_path: Path) -> None:
    findings = {finding.name: finding for finding in examine(tmp_path / "new" / "folder")}
    assert set(findings) >= {"engine", "Vietnamese", "poppler", "dictionaries", "output", "scratch", "memory"}
    assert [finding for finding in findings.values() if not finding.well and finding.needed] == []
    assert list(tmp_path.iterdir()) == []


def test_missing_dictionaries_are_found(tmp_path: Path) -> None:
    findings = {finding.name: finding for finding in examine(tmp_path, str(tmp_path))}
    assert not findings["dictionaries"].well
    assert findings["dictionaries"].cure


def test_a_folder_of_models_is_tried(tmp_path: Path) -> None:
    (tmp_path / "vie.traineddata").write_bytes(b"cut off")
    findings = {finding.name: finding for finding in examine(tmp_path, None, str(tmp_path))}
    assert not findings["models"].well
    assert "cannot be loaded" in findings["models"].found


def test_a_folder_that_cannot_be_written_is_found() -> None:
    findings = {finding.name: finding for finding in examine(Path("/proc/none"))}
    assert not findings["output"].well
    assert "cannot be written" in findings["output"].found


def test_a_missing_compiled_part_is_told_and_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnreport_ocr.native.library.library", lambda: None)
    findings = {finding.name: finding for finding in examine(tmp_path)}
    assert not findings["compiled"].well
    assert not findings["compiled"].needed
