"""The documentation is true: what it shows is run, what it lists is all there is, and its links lead somewhere."""

import doctest
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import vnreport_ocr
from scripts.make_docs import cli_page, errors_page
from vnreport_ocr.cli.main import COMMANDS
from vnreport_ocr.language.files import FILES
from vnreport_ocr.options import Options

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("dictionaries/*.md"), *ROOT.glob("samples/*.md")]
)
LINK = re.compile(r"\[[^\]\n]+\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language]


@pytest.mark.parametrize("page", [p for p in PAGES if ">>> " in p.read_text(encoding="utf-8")], ids=name_of)
def test_examples_do_what_they_say(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted > 0
    assert result.failed == 0


def test_the_library_is_shown_in_three_lines() -> None:
    (example,) = blocks(ROOT / "README.md", "pycon")
    assert example.count(">>> ") == 3


def test_before_and_after_of_the_readme_are_real() -> None:
    before, after = blocks(ROOT / "README.md", "text")[:2]
    assert vnreport_ocr.clean_text(before).text == after
    assert blocks(ROOT / "README.vi.md", "text")[:2] == [before, after]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## vnocr {command}\n" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert f"vnocr {command}" in "".join(page.read_text(encoding="utf-8") for page in PAGES if page.name != "cli.md")


@pytest.mark.parametrize(("name", "made"), [("cli.md", cli_page), ("errors.md", errors_page)])
def test_made_pages_are_what_the_code_makes(name: str, made: Callable[[], str]) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made(), "run 'make docs'"


def test_every_option_of_the_library_is_documented() -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \| `[^|]+` \| ", page, re.MULTILINE))
    assert documented == set(Options.__dataclass_fields__)


def test_every_public_name_is_documented() -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    assert [name for name in vnreport_ocr.__all__ if f"`{name}" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_samples_that_are_named_are_there(page: Path) -> None:
    named = set(re.findall(r"\bsamples/[\w./-]*\w\.(?:pdf|txt|py|md|csv)\b", page.read_text(encoding="utf-8")))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_is_asked_for_what_it_can(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))
    assert [target for target in wanted if f"\n{target}:" not in makefile] == []


def test_every_dictionary_is_documented() -> None:
    page = (ROOT / "docs" / "dictionaries.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"| `{name}` |" not in page] == []


def test_what_changed_is_written_down() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changes
