"""Writes the pages of docs/ that are made from the code: `make docs`. A test compares them with what is committed."""

import inspect
from pathlib import Path

import click
from click.testing import CliRunner

from vnreport_ocr import errors
from vnreport_ocr.cli.main import COMMANDS, group
from vnreport_ocr.errors import VnocrError

DOCS = Path(__file__).parent.parent / "docs"
WIDTH = 100

CLI_HEAD = """\
# The command line

This page is generated from `--help` by `make docs`. Every command prints its results on standard output and
everything else on standard error, so output can be piped. An error is a single line that says which file and page it
concerns, what is wrong and what to do ([all errors](errors.md)); `vnocr --debug COMMAND ...` adds the traceback.

To complete commands, options and file names, add one line to the start-up file of your shell:

| shell | line |
|---|---|
| bash | `eval "$(_VNOCR_COMPLETE=bash_source vnocr)"` in `~/.bashrc` |
| zsh | `eval "$(_VNOCR_COMPLETE=zsh_source vnocr)"` in `~/.zshrc` |
| fish | `_VNOCR_COMPLETE=fish_source vnocr \\| source` in `~/.config/fish/completions/vnocr.fish` |
"""

ERRORS_HEAD = """\
# What can go wrong, and what to do

Every expected error is a single line: which file and page, what is wrong, what to do. The exit code tells a script
which branch of the tree below the error belongs to. No error leaves a half-written output file, and whatever could be
delivered has been. This page is generated from `src/vnreport_ocr/errors.py` by `make docs`.

The library raises the same classes: `except vnreport_ocr.VnocrError` catches them all, and `error.exit_code`,
`error.problem`, `error.file`, `error.page` and `error.advice` hold the parts.

| error | exit code | what it means | what to do |
|---|---|---|---|
"""


def cli_page() -> str:
    """Show the help of every command, as it is printed."""
    parts = [CLI_HEAD, _section("vnocr", [])]
    parts += [_section(f"vnocr {name}", [name]) for name in COMMANDS]
    return "\n".join(parts)


def errors_page() -> str:
    """Print the tree of errors as a table, branch by branch."""
    rows = [
        f"| `{kind.__name__}` | {kind.exit_code} | {_meaning(kind)} | {_cell(kind.cure)} |\n"
        for kind in _tree(VnocrError)
    ]
    return ERRORS_HEAD + "".join(rows)


def _section(title: str, arguments: list[str]) -> str:
    answer = CliRunner().invoke(group, [*arguments, "--help"], prog_name="vnocr", terminal_width=WIDTH)
    if answer.exit_code != 0:
        raise click.ClickException(f"{title} --help ended with {answer.exit_code}: {answer.output}")
    return f"## {title}\n\n```text\n{answer.output.rstrip()}\n```\n"


def _tree(kind: type[VnocrError]) -> list[type[VnocrError]]:
    children = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    return [kind, *(deeper for child in children for deeper in _tree(child))]


def _meaning(kind: type[VnocrError]) -> str:
    return _cell((inspect.getdoc(kind) or "").split("\n\n")[0])


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    for name, text in (("cli.md", cli_page()), ("errors.md", errors_page())):
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
