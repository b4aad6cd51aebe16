"""A small archive to be shown by the tests of ``vnocr serve``: true papers, and names and texts that mean harm."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
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
LETTER = (
    "Căn cứ Báo cáo số 214-BC/TU ngày 18 tháng 12 năm 2015 của Tỉnh ủy Hoài Giang;\n"
    "Đề nghị báo cáo việc thu phí bến bãi trong quý hai.\fTrang sau nói về kho bạc.\n"
)
BARE = "Hoi dong nhan dan tinh bao cao ket qua phat trien kinh te.\n"
HARM = (
    "bến bãi <script>window.harmed = 1</script> <img src=x onerror=window.harmed=1> \"'><svg onload=window.harmed=1>\n"
)
HARMFUL = "\"><img src=x onerror=window.harmed=1>'&amp;{{7*7}}.txt"
LAYER = "2015/báo cáo.pdf"
STRIPPED = "2020/mất dấu.txt"
TABLE = "2015/phụ lục.pdf"
TARGETS = "2015/chi-tieu.docx"
LETTER_NAME = "2022/công văn #1?.txt"


def make_archive(place: Path) -> Path:
    """Make it, with what ``batch`` makes of it in ``place / "out"``."""
    folder, out = place / "in", place / "out"
    for name, text in (
        ("2021/nghi-quyet.txt", RESOLUTION), (LETTER_NAME, LETTER), (HARMFUL, HARM), (STRIPPED, BARE),
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "2015").mkdir()
    shutil.copy(SAMPLES / "good-layer.pdf", folder / LAYER)
    shutil.copy(SAMPLES / "table-vector.pdf", folder / TABLE)
    _write_targets(folder / TARGETS)
    (place / "secret.txt").write_text("TOP SECRET", encoding="utf-8")
    assert run(["batch", str(folder), "-o", str(out), "-j", "1", "-q", "-f", "txt,json,html"]) == 0
    return out


def _write_targets(path: Path) -> None:
    """Write a table of three years, one of its names meaning harm."""
    rows = (
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2013", "Thực hiện năm 2014", "Thực hiện năm 2015"),
        ("1", "Tỷ lệ hộ nghèo", "%", "13,1", "12,4", "11,2"),
        ("2", "Bến bãi <script>window.harmed=1</script>", "<b onclick=window.harmed=1>", "1", "2", "3"),
    )
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(str(path))


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
