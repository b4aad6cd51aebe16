"""The command line, a batch, a cluster and the library give the same bytes for every file, in every format."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.brothers import differing
from vnreport_ocr import Cleaner, Options
from vnreport_ocr.archive.names import RESERVED
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.cli.main import run
from vnreport_ocr.outputs.original import OriginalHere
from vnreport_ocr.outputs.write import FORMATS, write

SAMPLES = Path(__file__).parent.parent / "samples"
SCANS = ("clean-scan", "fax", "stamped-scan", "table-scan", "wrong-language")
OTHERS = tuple(
    path.name
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in (".pdf", ".txt", ".md") and path.stem not in (*SCANS, "README") and ".truth" not in path.name
)
PASSWORD = "hoaigiang"
"""Of the sample that asks for one."""
SENTENCE = "Ủy ban nhân dân xã bao cao ket qua thực hiện nhiệm vụ năm {}, dong thời kien nghi cấp trên xem xét.\n"
LINES = 5000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("road") / "in"
    made.mkdir()
    for name in (*OTHERS, "table-scan.pdf"):
        shutil.copy(SAMPLES / name, made / name)
    (made / "ba-trang.txt").write_text("\f".join(SENTENCE.format(year) for year in (2019, 2020, 2021)), "utf-8")
    (made / "trang-ngan.txt").write_text("\f".join(_short_pages()), "utf-8")
    lines = (
        SENTENCE.format(number) if number % 40 == 0 else f"Dòng thứ {number} của bản kê.\n" for number in range(LINES)
    )
    (made / "dai.txt").write_text("".join(lines), "utf-8")
    return made


def _short_pages() -> Iterator[str]:
    """So short that several are read with one order; some of them blank."""
    for number in range(300):
        yield SENTENCE.format(number) * (number % 3) if number % 10 == 0 else ""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=":0",
        local_directory=str(tmp_path_factory.mktemp("dask")),
    ) as made:  # fmt: skip
        yield made.scheduler_address


def outputs(out: Path) -> dict[str, bytes]:
    """Every output by its name; a batch keeps the ending of the original in it."""
    found = {}
    for path in out.iterdir():
        stem, _, ending = path.name.partition(".")
        if path.name in RESERVED or path.is_dir():
            continue  # the ledger and the report of a batch
        if ending.partition(".")[0] in ("pdf", "txt", "md") and "." in ending:
            ending = ending.partition(".")[2]
        if (stem, ending) == ("encrypted", "pdf"):
            continue  # what is encrypted is never the same twice
        found[f"{stem}.{ending}"] = path.read_bytes()
    return found


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def by_batch(folder: Path, out: Path, options: Options, cluster: str | None = None) -> dict[str, bytes]:
    settings = Settings(formats=FORMATS, jobs=2, cluster=cluster, split_after=0.2)
    told = list(ArchiveRun(folder, out, options, settings).outcomes())
    assert {outcome.name for outcome in told if outcome.state != "done"} <= {"truncated.pdf"}
    return outputs(out)


def by_library(folder: Path, out: Path, options: Options) -> dict[str, bytes]:
    out.mkdir()
    with Cleaner(options) as cleaner:
        for path in sorted(folder.iterdir()):
            formats = tuple(wish for wish in FORMATS if wish != "pdf" or path.suffix == ".pdf")
            original = OriginalHere(path, options)
            write(cleaner.clean_file(path), formats, out / path.stem, path.name, options, original)
    return outputs(out)


def by_command(files: list[Path], out: Path, *more: str) -> dict[str, bytes]:
    of_pages = [str(path) for path in files if path.suffix == ".pdf"]
    of_lines = [str(path) for path in files if path.suffix != ".pdf"]
    for some, formats in ((of_pages, FORMATS), (of_lines, [wish for wish in FORMATS if wish != "pdf"])):
        arguments = ["-f", ",".join(formats), "-q", "-j", "2", "--password", PASSWORD, *more]
        assert not some or run(["clean", *some, "-o", str(out), *arguments]) in (0, 6)
    return outputs(out)


FEW = ("ba-trang.txt", "dai.txt", "table-vector.pdf", "encrypted.pdf")
"""Enough to show that pages are chosen alike."""


@pytest.mark.parametrize("pages", [None, "1"])
def test_all_roads_lead_to_the_same_bytes(folder: Path, tmp_path: Path, cluster: str, pages: str | None) -> None:
    options = Options(pages=pages, password=PASSWORD)
    if pages is not None:
        some = tmp_path / "in"
        some.mkdir()
        for name in FEW:
            shutil.copy(folder / name, some)
        folder = some
    cleaned = by_command(sorted(folder.iterdir()), tmp_path / "clean", *(() if pages is None else ("--pages", pages)))

    assert {"dai.txt", "ba-trang.json", "table-vector.table-01.csv"} <= set(cleaned)
    lines = cleaned["dai.txt"].count(b"\n")
    assert lines == (LINES if pages is None else 2000)
    assert {name.partition(".")[2] for name in cleaned} >= {"txt", "md", "json", "docx", "pdf", "html", "hocr"}
    assert differing(cleaned) == []
    assert differences(by_batch(folder, tmp_path / "batch", options), cleaned) == []
    assert differences(by_batch(folder, tmp_path / "cluster", options, cluster), cleaned) == []
    assert differences(by_library(folder, tmp_path / "library", options), cleaned) == []


def test_scans_give_the_same_bytes_alone_and_in_a_batch(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in SCANS:
        shutil.copy(SAMPLES / f"{name}.pdf", folder)
    cleaned = by_command(sorted(folder.iterdir()), tmp_path / "clean", "--pages", "1")
    assert differing(cleaned) == []
    assert differences(by_batch(folder, tmp_path / "batch", Options(password=PASSWORD, pages="1")), cleaned) == []
