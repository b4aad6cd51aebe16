from pathlib import Path

import pytest

from vnreport_ocr.cli.targets import plan_targets
from vnreport_ocr.errors import UsageError


def test_without_a_folder_everything_goes_to_standard_output() -> None:
    (target,) = plan_targets(["bao-cao.txt"], None, ("txt",))
    assert (target.path, target.name, target.stem) == (Path("bao-cao.txt"), "bao-cao.txt", None)


def test_standard_input_has_no_path() -> None:
    (target,) = plan_targets(["-"], None, ("md",))
    assert (target.path, target.label) == (None, "standard input")
    (target,) = plan_targets(["-"], Path("out"), ("md",))
    assert target.stem == Path("out/standard-input")


def test_a_file_keeps_its_stem() -> None:
    (target,) = plan_targets(["nam/2019/bao-cao.so-7.pdf"], Path("out"), ("txt", "json"))
    assert target.stem == Path("out/bao-cao.so-7")


def test_two_inputs_of_one_stem_keep_their_endings() -> None:
    targets = plan_targets(["bao-cao.pdf", "bao-cao.txt"], Path("out"), ("txt",))
    assert [target.stem for target in targets] == [Path("out/bao-cao.pdf"), Path("out/bao-cao.txt")]


def test_a_folder_of_page_images_keeps_its_whole_name(tmp_path: Path) -> None:
    folder = tmp_path / "quyen.1"
    folder.mkdir()
    (target,) = plan_targets([f"{folder}/"], Path("out"), ("txt",))
    assert target.stem == Path("out/quyen.1")


@pytest.mark.parametrize(
    ("files", "folder", "formats", "said"),
    [
        (["-", "-"], None, ("txt",), "Standard input can be read once."),
        (["a.pdf"], None, ("txt", "md"), "-o DIR"),
        (["a.pdf"], None, ("csv",), "-o DIR"),
        (["a.pdf", "b.pdf"], None, ("json",), "-o DIR"),
        (["1/a.pdf", "2/a.pdf"], "out", ("txt",), "1/a.pdf and 2/a.pdf would both be written to out/a.pdf"),
        (["a.pdf", "a.pdf"], "out", ("txt",), "would both be written"),
    ],
)
def test_what_cannot_be_is_said(files: list[str], folder: str | None, formats: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan_targets(files, None if folder is None else Path(folder), formats)
    assert said in str(caught.value)


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    text = tmp_path / "bao-cao.txt"
    text.write_text("Báo cáo\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is an input and would be written over"):
        plan_targets([str(text)], tmp_path, ("txt",))
    assert plan_targets([str(text)], tmp_path, ("md",))
