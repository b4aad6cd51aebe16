import io
from pathlib import Path

import pytest

from vnreport_ocr.errors import OptionError, OversizedFileError, UnreadableFileError
from vnreport_ocr.sources import incoming as module
from vnreport_ocr.sources.incoming import incoming


def test_a_path_stays_where_it_is(tmp_path: Path) -> None:
    for source in (tmp_path / "a.txt", str(tmp_path / "a.txt")):
        with incoming(source) as given:
            assert given == (tmp_path / "a.txt", str(tmp_path / "a.txt"), "a.txt")


def test_bytes_lie_in_a_file_that_goes(tmp_path: Path) -> None:
    (tmp_path / "quyen.pdf").write_bytes(b"%PDF-")
    with (tmp_path / "quyen.pdf").open("rb") as opened:
        for source, name in (
            (b"%PDF-", ""),
            (bytearray(b"%PDF-"), ""),
            (io.BytesIO(b"%PDF-"), ""),
            (opened, "quyen.pdf"),
        ):
            with incoming(source) as given:
                assert given.path.read_bytes() == b"%PDF-"
                assert given.name == name
            assert not given.path.exists()


def test_a_stream_is_read_from_where_it_stands() -> None:
    stream = io.BytesIO(b"0123456789")
    stream.seek(4)
    with incoming(stream) as given:
        assert given.path.read_bytes() == b"456789"


@pytest.mark.parametrize(("source", "said"), [(io.StringIO("chữ"), "opened? with 'rb'|Open it with 'rb'"), (7, "int")])
def test_what_is_no_document_is_told(source: object, said: str) -> None:
    with pytest.raises(OptionError, match=said), incoming(source):  # type: ignore[arg-type]
        pass


def test_too_much_is_refused_before_it_fills_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    for source in (b"x" * 1001, io.BytesIO(b"x" * 1001)):
        with pytest.raises(OversizedFileError), incoming(source):
            pass


def test_a_closed_file_is_told() -> None:
    stream = io.BytesIO(b"a")
    stream.close()
    with pytest.raises(UnreadableFileError), incoming(stream):
        pass
