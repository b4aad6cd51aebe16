"""What workers answer: names that would lead out of the output folder are no answers."""

import pytest

from vnreport_ocr.archive.messages import Beat, FileDone, FileSplit
from vnreport_ocr.jobs.codec import MalformedError, packed, unpacked

HASH = "0f" * 32


@pytest.mark.parametrize("name", ["bao-cao.pdf.txt", "năm 2015/xã A/..quyết định...pdf.txt", "a/b..c", "\udcff.txt"])
def test_outputs_below_the_folder_are_taken(name: str) -> None:
    done = FileDone(HASH, (), ((name, 7),), ())
    assert unpacked(packed(done), FileDone) == done


@pytest.mark.parametrize("name", ["/etc/passwd", "..", "../a.txt", "a/../../b.txt", "a\n/../b", "a/.."])
def test_outputs_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(MalformedError):
        unpacked(packed(FileDone(HASH, (), ((name, 7),), ())), FileDone)


@pytest.mark.parametrize("spool", ["..", "../x", "a/b", ".", "a\n", "/tmp"])
def test_a_spool_is_a_plain_name(spool: str) -> None:
    for kind, answer in ((FileSplit, FileSplit(HASH, spool, (1,), (), ())), (Beat, Beat((1,), (1,), spool, HASH))):
        with pytest.raises(MalformedError):
            unpacked(packed(answer), kind)
    assert unpacked(packed(Beat((1,), (1,), "0f0f-r1", HASH)), Beat).spool == "0f0f-r1"
