import sys
from pathlib import Path

import pytest

from vnreport_ocr.cli.main import COMMANDS, group, run


def test_run_gives_the_exit_code_and_raises_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert run(["no-such-command"]) == 2
    assert run(["eval", "no-such-file", "no-such-file"]) == 3
    assert capsys.readouterr().err.count("\n") == 2


def test_arguments_of_the_process_are_the_default(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["vnocr", "eval", "--help"])
    assert run() == 0
    assert "HYPOTHESIS" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_and_a_short_one(name: str) -> None:
    command = group.get_command(group.make_context("vnocr", [name]), name)
    assert command is not None
    assert command.name == name
    assert command.help
    assert all(parameter.get_error_hint(group.make_context("vnocr", [name])) for parameter in command.params)


def test_a_name_that_is_no_command_is_none() -> None:
    assert group.get_command(group.make_context("vnocr", ["x"]), "main") is None


def test_completion_knows_the_commands(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_VNOCR_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "vnocr in")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert run([]) == 0
    assert capsys.readouterr().out == "plain,inspect\n"


@pytest.mark.parametrize(
    "arguments",
    [["clean", ""], ["clean", "a.txt", "-o", ""], ["batch", "", "-o", "out"], ["batch", "in", "-o", ""], ["status", ""],
     ["search", "", "thôn"], ["inspect", ""], ["serve", ""], ["apply", "", "b.json", "--keep"]],
)  # fmt: skip
def test_an_empty_name_is_not_the_current_folder(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Thôn Hạ có 12 hộ.", encoding="utf-8")
    assert run(arguments) == 2
    (told,) = capsys.readouterr().err.splitlines()
    assert "The name is empty." in told
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
