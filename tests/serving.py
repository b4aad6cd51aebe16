"""A small archive to be shown by the tests of ``vnocr serve``: true papers, and names and texts that mean harm."""

import csv
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from tests.waiting import eventually
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.cli.main import run
from vnreport_ocr.serve.app import application
from vnreport_ocr.serve.running import listen
from vnreport_ocr.serve.site import Site

SAMPLES = Path(__file__).parent.parent / "samples"
RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH ĐÔNG SƠN
Số: 18/2021/NQ-HĐND
NGHỊ QUYẾT
Về việc quy định mức thu phí sử dụng bến bãi
Căn cứ Nghị định số 120/2016/NĐ-CP ngày 23 tháng 8 năm 2016 của Chính phủ quy định chi tiết về phí;
Điều 2. Nghị quyết này thay thế Nghị quyết số 07/2010/NQ-HĐND ngày 5 tháng 7 năm 2010 của Hội đồng nhân dân tỉnh.
"""
LETTER = "Đề nghị báo cáo việc thu phí bến bãi trong quý hai.\fTrang sau nói về kho bạc.\n"
HARM = (
    "bến bãi <script>window.harmed = 1</script> <img src=x onerror=window.harmed=1> \"'><svg onload=window.harmed=1>\n"
)
HARMFUL = "\"><img src=x onerror=window.harmed=1>'&amp;{{7*7}}.txt"
LAYER = "2015/báo cáo.pdf"
LETTER_NAME = "2022/công văn #1?.txt"


def make_archive(place: Path) -> Path:
    """Make it, with what ``batch`` makes of it in ``place / "out"``."""
    folder, out = place / "in", place / "out"
    for name, text in (
        ("2021/nghi-quyet.txt", RESOLUTION), (LETTER_NAME, LETTER), (HARMFUL, HARM),
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "2015").mkdir()
    shutil.copy(SAMPLES / "good-layer.pdf", folder / LAYER)
    (place / "secret.txt").write_text("TOP SECRET", encoding="utf-8")
    assert run(["batch", str(folder), "-o", str(out), "-j", "1", "-q", "-f", "txt,json,html"]) == 0
    with (out / "indicators.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\n")
        table.writerow(("file", "year", "area", "indicator", "key", "measure", "value", "unit", "text", "page",
                        "confidence", "doubt"))  # fmt: skip
        for year, value in ((2013, 13.1), (2014, 12.4), (2015, 11.2)):
            said = str(value).replace(".", ",")
            table.writerow((LAYER, year, "Hoài Giang", "Tỷ lệ hộ nghèo", "ty le ho ngheo", "result", value, "%", said,
                            1, 0.9, ""))  # fmt: skip
        table.writerow((LAYER, 2015, "<b onclick=window.harmed=1>", "<script>window.harmed=1</script>", "x", "", 1, "",
                        "1", 1, 0.5, "<i>"))  # fmt: skip
    return out


@contextmanager
def served(out: Path, *, review: bool = False) -> Iterator[str]:
    """Show an archive on a free port of this machine; gives the address."""
    with Archive(out) as archive, listen("127.0.0.1", 0) as taken:
        site = Site(archive, review=review)
        config = uvicorn.Config(
            application(site), http="h11", ws="none", lifespan="off", log_config=None, timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        address = "http://{}:{}".format(*taken.getsockname())
        thread.start()
        try:
            eventually(lambda: server.started, "the site answers")
            yield address
        finally:
            server.should_exit = True
            thread.join(60)
            site.close()


def free_socket() -> socket.socket:
    """Take a port of this machine that nobody else has."""
    return listen("127.0.0.1", 0)
