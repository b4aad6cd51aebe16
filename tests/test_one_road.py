"""The command line, a batch, a cluster and the library give the same bytes for every file, in every format."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from vnreport_ocr import Cleaner, Options
from vnreport_ocr.archive.run import ArchiveRun
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.cli.main import run
from vnreport_ocr.outputs.write import write

SAMPLES = Path(__file__).parent.parent / "samples"
CHOSEN = ("good-layer.pdf", "table-vector.pdf", "table-scan.pdf", "tcvn3-layer.pdf", "text-tcvn3.txt")
FORMATS = ("txt", "md", "json", "csv")
SENTENCE = "Ủy ban nhân dân xã bao cao ket qua thực hiện nhiệm vụ năm {}, dong thời kien nghi cấp trên xem xét.\n"
LINES = 5000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("road") / "in"
    made.mkdir()
    for name in CHOSEN:
        shutil.copy(SAMPLES / name, made / name)
    (made / "ba-trang.txt").write_text("\f".join(SENTENCE.format(year) for year in (2019, 2020, 2021)), "utf-8")
    lines = (
        SENTENCE.format(number) if number % 40 == 0 else f"Dòng thứ {number} của bản kê.\n" for number in range(LINES)
    )
    (made / "dai.txt").write_text("".join(lines), "utf-8")
    return made


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
        if path.suffix[1:] not in FORMATS:
            continue  # the ledger and the report of a batch
        if ending.partition(".")[0] in ("pdf", "txt") and "." in ending:
            ending = ending.partition(".")[2]
        found[f"{stem}.{ending}"] = path.read_bytes()
    return found


def by_batch(folder: Path, out: Path, options: Options, cluster: str | None = None) -> dict[str, bytes]:
    settings = Settings(formats=FORMATS, jobs=2, cluster=cluster, split_after=0.2)
    told = list(ArchiveRun(folder, out, options, settings).outcomes())
    assert {outcome.state for outcome in told} == {"done"}
    return outputs(out)


def by_library(folder: Path, out: Path, options: Options) -> dict[str, bytes]:
    out.mkdir()
    with Cleaner(options) as cleaner:
        for path in sorted(folder.iterdir()):
            write(cleaner.clean_file(path), FORMATS, out / path.stem, options=options)
    return outputs(out)


@pytest.mark.parametrize("pages", [None, "1"])
def test_all_roads_lead_to_the_same_bytes(folder: Path, tmp_path: Path, cluster: str, pages: str | None) -> None:
    options = Options(pages=pages)
    chosen = () if pages is None else ("--pages", pages)
    files = [str(path) for path in sorted(folder.iterdir())]
    assert run(["clean", *files, "-o", str(tmp_path / "clean"), "-f", ",".join(FORMATS), "-q", "-j", "2", *chosen]) == 0

    cleaned = outputs(tmp_path / "clean")

    assert {"dai.txt", "ba-trang.json", "table-vector.table-01.csv"} <= set(cleaned)
    lines = cleaned["dai.txt"].count(b"\n")
    assert lines == (LINES if pages is None else 2000)
    assert by_batch(folder, tmp_path / "batch", options) == cleaned
    assert by_batch(folder, tmp_path / "cluster", options, cluster) == cleaned
    assert by_library(folder, tmp_path / "library", options) == cleaned
