import os
from pathlib import Path

import pytest

from vnreport_ocr.cli.targets import Destination, place_of, plan_targets
from vnreport_ocr.errors import UsageError


def test_without_a_folder_everything_goes_to_standard_output() -> None:
    (target,) = plan_targets(["bao-cao.txt"], Destination(None, ("txt",)))
    assert (target.path, target.name, target.stem) == (Path("bao-cao.txt"), "bao-cao.txt", None)


def test_standard_input_has_no_path() -> None:
    (target,) = plan_targets(["-"], Destination(None, ("md",)))
    assert (target.path, target.label) == (None, "standard input")
    (target,) = plan_targets(["-"], Destination(Path("out"), ("md",)))
    assert target.stem == Path("out/standard-input")


def test_a_file_keeps_its_stem() -> None:
    (target,) = plan_targets(["nam/2019/bao-cao.so-7.pdf"], Destination(Path("out"), ("txt", "json")))
    assert target.stem == Path("out/bao-cao.so-7")


def test_two_inputs_of_one_stem_keep_their_endings() -> None:
    targets = plan_targets(["bao-cao.pdf", "bao-cao.txt"], Destination(Path("out"), ("txt",)))
    assert [target.stem for target in targets] == [Path("out/bao-cao.pdf"), Path("out/bao-cao.txt")]


def test_a_folder_of_page_images_keeps_its_whole_name(tmp_path: Path) -> None:
    folder = tmp_path / "quyen.1"
    folder.mkdir()
    (target,) = plan_targets([f"{folder}/"], Destination(Path("out"), ("txt",)))
    assert target.stem == Path("out/quyen.1")


@pytest.mark.parametrize(
    ("files", "folder", "formats", "said"),
    [
        (["-", "-"], None, ("txt",), "Standard input can only be read once."),
        (["a.pdf"], None, ("txt", "md"), "-o DIR"),
        (["a.pdf"], None, ("csv",), "-o DIR"),
        (["a.pdf", "b.pdf"], None, ("json",), "-o DIR"),
        (["1/a.pdf", "2/a.pdf"], "out", ("txt",), "1/a.pdf and 2/a.pdf would both be written to out/a.pdf"),
        (["a.pdf", "a.pdf"], "out", ("txt",), "would both be written"),
    ],
)
def test_what_cannot_be_is_said(files: list[str], folder: str | None, formats: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        plan_targets(files, Destination(None if folder is None else Path(folder), formats))
    assert said in str(caught.value)


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    text = tmp_path / "bao-cao.txt"
    text.write_text("Báo cáo\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is an input and would be overwritten"):
        plan_targets([str(text)], Destination(tmp_path, ("txt",)))
    assert plan_targets([str(text)], Destination(tmp_path, ("md",)))


def test_a_name_that_ends_like_a_file_means_that_file(tmp_path: Path) -> None:
    place = place_of(tmp_path / "ra" / "ten.md", ("txt",), asked=False)
    (target,) = plan_targets(["bao-cao.pdf"], place)
    assert (target.stem, place.formats) == (tmp_path / "ra" / "ten", ("md",))
    assert place_of(tmp_path / "ten.json", ("json",), asked=True).stem == tmp_path / "ten"


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    (tmp_path / "ten.txt").mkdir()
    assert place_of(tmp_path / "ten.txt", ("txt",), asked=False) == Destination(tmp_path / "ten.txt", ("txt",))
    assert place_of(tmp_path / "2019.xyz", ("txt",), asked=False).stem is None


@pytest.mark.parametrize(
    ("output", "formats", "files", "said"),
    [
        ("a.txt", ("md",), ["x.pdf"], "is a single txt file, but -f asks for md"),
        ("a.txt", ("txt", "json"), ["x.pdf"], "-f asks for txt, json"),
        ("a.txt", ("txt",), ["x.pdf", "y.pdf"], "2 inputs cannot be written to the single file"),
        ("a.csv", ("csv",), ["x.pdf"], "Each table becomes a CSV file"),
    ],
)
def test_one_file_holds_one_document_in_one_format(
    output: str, formats: tuple[str, ...], files: list[str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        plan_targets(files, place_of(tmp_path / output, formats, asked=True))


@pytest.mark.parametrize("there", ["a.txt", "a.table-02.csv"])
def test_what_is_there_is_kept_unless_asked(there: str, tmp_path: Path) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"already exists.*--overwrite"):
        plan_targets(["x/a.pdf"], Destination(tmp_path, ("txt", "csv")))
    assert plan_targets(["x/a.pdf"], Destination(tmp_path, ("txt", "csv"), overwrite=True))
    assert plan_targets(["x/b.pdf"], Destination(tmp_path, ("txt", "csv")))


@pytest.mark.parametrize("output", ["-", "/dev/stdout"])
def test_standard_output_may_be_named(output: str) -> None:
    assert place_of(Path(output), ("md",), asked=True) == Destination(None, ("md",))


def test_a_device_or_a_pipe_is_no_place_for_files(tmp_path: Path) -> None:
    for name in ("ong", "ong.txt"):
        os.mkfifo(tmp_path / name)
        with pytest.raises(UsageError, match=rf"{name} is a pipe.*vnocr clean FILE > "):
            place_of(tmp_path / name, ("txt",), asked=False)
    with pytest.raises(UsageError, match=r"-o /dev/null is a device.*> /dev/null"):
        place_of(Path("/dev/null"), ("txt",), asked=False)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ghi-chep").write_text("Ghi chép\n", encoding="utf-8")
    with pytest.raises(UsageError, match="ghi-chep is a file, not a folder"):
        place_of(tmp_path / "ghi-chep", ("txt",), asked=False)
