from pathlib import Path

import click
import pytest

from vnreport_ocr.cli.options import options_from, read_terms, reading_options, split_formats
from vnreport_ocr.errors import MissingFileError, NotTextError, UsageError
from vnreport_ocr.options import Options


@click.command()
@reading_options
def probe(**values: object) -> Options:
    return options_from(dict(values))


def parsed(*arguments: str) -> Options:
    result = probe.main(list(arguments), standalone_mode=False)
    assert isinstance(result, Options)
    return result


def test_nothing_asked_is_the_library_s_own_default() -> None:
    assert parsed() == Options()


def test_every_option_of_the_library_can_be_asked_for(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("hồ Phước Hòa\n", encoding="utf-8")
    found = parsed(
        "--source", "layer", "--engine", "tesserocr", "--pages", "2-3", "--password", "p",
        "--strictness", "bold", "--tone-style", "old",
        "--terms", str(terms), "--reflow", "--no-furniture", "--no-repair", "--page-timeout", "7",
        "--dictionaries", "dict", "--docx-doubts", "marks", "--docx-page-breaks", "--csv-bom", "--pdfa",
    )  # fmt: skip
    assert found == Options(
        source="layer", engine="tesserocr", pages="2-3", password="p",
        strictness="bold", tone_style="old", terms=("hồ Phước Hòa",),
        reflow=True, furniture=False, repair=False, page_timeout=7.0, dictionaries="dict",
        docx_doubts="marks", docx_page_breaks=True, csv_bom=True, pdfa=True,
    )  # fmt: skip


def test_a_password_may_stay_out_of_the_list_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNOCR_PASSWORD", "mat-khau")
    assert parsed().password == "mat-khau"


def test_terms_are_lines_without_remarks(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_text("\ufeff# tên riêng\n\n  Đạ Tẻh  \r\n#nữa\nhồ Phước Hòa", encoding="utf-8")
    assert read_terms(path) == ("Đạ Tẻh", "hồ Phước Hòa")


def test_terms_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_terms(tmp_path / "none.txt")
    (tmp_path / "bytes").write_bytes(b"\xff\xfa\x00")
    with pytest.raises(NotTextError):
        read_terms(tmp_path / "bytes")


def test_formats_are_a_list_each_once() -> None:
    context, parameter = click.Context(probe), probe.params[0]
    assert split_formats(context, parameter, "txt, MD,txt") == ("txt", "md")
    for wrong in ("odt", "txt,odt", "", ","):
        with pytest.raises(UsageError):
            split_formats(context, parameter, wrong)
