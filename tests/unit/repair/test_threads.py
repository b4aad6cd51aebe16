"""Threads share one repairer, and each gets what it would get alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.unit.repair.helpers import language
from vnreport_ocr.model import Line
from vnreport_ocr.repair.repairer import Repaired, Repairer

_MISREAD_BY_ANOTHER = [
    ["Hdi d@ng nhan dan x4 da h9p va thdng qua nghi quyét phat trién kinh té xa hdi"],
    ["Uy ban nh@n d@n huyén giao cac phdng ban th#c hién ké hoach thu ngan s&ch nam nay"],
]
_MISREAD_SYSTEMATICALLY = [
    [
        "Tỉnh uỷ tập ứung lãnh đạo phát ứiển kinh tế - xã hội ứên địa bàn, giữ vững an ninh chính ứị.",
        "Các địa phương ứiển khai kế hoạch, tỷ lệ ứẻ em đến ứường đạt cao.",
        "Năm qua, ngành ừồng ừọt có bước phát ữiển; các sở hỗ ữợ nông dân.",
    ],
    [
        "Ban Thường vụ họp bàn về công tác cản bộ và đào tạo cản bộ nguồn của các cơ quan.",
        "Phòng Tài chính phân đầu thu đủ ngân sách, các xã tiếp tục phấn đấu.",
    ],
]
_TIMES = 4


def documents() -> list[list[Line]]:
    """Long documents that teach different things, some of which would be wrong in another."""
    misread = [[Line(line) for line in lines * 110] for lines in _MISREAD_BY_ANOTHER]
    return misread + [[Line(line) for line in lines * 20] for lines in _MISREAD_SYSTEMATICALLY]


def test_four_threads_give_what_one_gives() -> None:
    texts = documents()
    alone = [Repairer(language()).repair(lines) for lines in texts]
    shared = Repairer(language())
    start = Barrier(len(texts), timeout=60)

    def repaired(lines: list[Line]) -> Repaired:
        start.wait()
        return shared.repair(lines)

    with ThreadPoolExecutor(len(texts)) as threads:
        for _ in range(_TIMES):
            assert list(threads.map(repaired, texts)) == alone
