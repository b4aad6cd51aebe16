from pathlib import Path

import pytest

from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import NotTextError, UnreadableFileError, UsageError
from vnreport_ocr.review.terms import PLACE, add_terms, own_terms, remove_terms, terms_file


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "của tôi" / "terms.txt"
    monkeypatch.setenv(PLACE, str(path))
    return path


def test_terms_are_added_once_and_removed(place: Path) -> None:
    assert own_terms() == ()
    assert add_terms(["Đạ  Tẻh", "Ea Súp", "Đạ Tẻh"]) == ["Đạ Tẻh", "Ea Súp"]
    assert add_terms(["Ea Súp", "bôtum"]) == ["bôtum"]
    assert own_terms() == ("Đạ Tẻh", "Ea Súp", "bôtum")
    assert remove_terms(["Ea Súp", "không có"]) == ["Ea Súp"]
    assert own_terms() == ("Đạ Tẻh", "bôtum")
    assert [path.name for path in place.parent.iterdir()] == ["terms.txt"]


@pytest.mark.parametrize("term", ["x" * 101, "a\nb\x00"])
def test_what_is_no_term_is_refused(term: str) -> None:
    with pytest.raises(UsageError):
        add_terms([term])
    assert own_terms() == ()


def test_a_user_may_want_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE, "")
    assert terms_file() is None
    assert own_terms() == ()
    with pytest.raises(UsageError):
        add_terms(["Đạ Tẻh"])


def test_a_broken_file_is_told(place: Path) -> None:
    place.parent.mkdir()
    place.write_bytes(b"\xff\xfe")
    with pytest.raises(NotTextError, match=r"terms\.txt"):
        own_terms()


def test_a_place_that_cannot_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(PLACE, str(tmp_path / "file" / "terms.txt"))
    with pytest.raises(UnreadableFileError):
        add_terms(["Đạ Tẻh"])


def test_a_service_without_a_home_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PLACE, raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", "/dev/null")
    assert own_terms() == ()


def test_the_command_line_keeps_them_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given.txt"
    given.write_text("# tên xã\nĐạ Tẻh\n\nEa Súp\n", encoding="utf-8")
    assert run(["terms", "import", str(given)]) == 0
    assert run(["terms", "add", "bôtum"]) == 0
    assert run(["terms", "remove", "Ea Súp"]) == 0
    capsys.readouterr()
    assert run(["terms", "list"]) == 0
    assert capsys.readouterr().out == "Đạ Tẻh\nbôtum\n"
    assert run(["terms", "export", str(tmp_path / "out.txt")]) == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "Đạ Tẻh\nbôtum\n"
    assert run(["terms", "export", str(given)]) == 2
    assert run(["terms", "remove", "không có"]) == 2
