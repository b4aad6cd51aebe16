import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from tests.unit.sources.conftest import SENTENCES, MakePdf, picture_of, say, scanned
from tests.waiting import LONG
from vnreport_ocr.errors import DamagedPdfError, EngineTimeoutError, MissingPopplerError, OversizedPageError
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.render import page_resolution, render
from vnreport_ocr.sources.picture.value import Picture

PASSWORD = "khoa-cua-kho"


def drawn(path: Path, password: str | None = None, timeout: float = LONG) -> Picture:
    with PdfFile(path, password) as file, file.page(1) as page:
        return render(path, page, page_resolution(page.size, page.pictures()), timeout)


def test_a_scanned_page_is_drawn_in_its_own_pixels(make_pdf: MakePdf) -> None:
    picture = picture_of(*SENTENCES, dpi=150, size=(5, 3))
    path = make_pdf(lambda canvas: scanned(canvas, picture), size=(360, 216))
    result = drawn(path)
    assert result.dpi == pytest.approx(150)
    assert not result.coloured
    assert result.pixels.shape == picture.pixels.shape
    assert float(np.abs(result.pixels.astype(int) - picture.pixels).mean()) < 8


def test_other_pages_are_drawn_at_300_dpi(make_pdf: MakePdf) -> None:
    result = drawn(make_pdf(say(*SENTENCES)))
    assert result.dpi == 300
    assert (result.width, result.height) == (1667, 1250)


def test_the_rotation_of_the_page_is_kept(make_pdf: MakePdf) -> None:
    path = make_pdf(say("một"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = 90
        pdf.save(path)
    result = drawn(path)
    assert (result.width, result.height) == (1250, 1667)


def test_a_poster_is_drawn_smaller_and_a_wall_is_refused(make_pdf: MakePdf) -> None:
    poster = drawn(make_pdf(say("to"), size=(2384, 3370)))
    assert 100 < poster.dpi < 300
    wall = make_pdf(say("quá to"), size=(14173, 14173), name="wall.pdf")
    with pytest.raises(OversizedPageError, match=r"5\.0 by 5\.0 metres"):
        drawn(wall)


@pytest.fixture
def locked(make_pdf: MakePdf, tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(make_pdf(say(*SENTENCES))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chu", user=PASSWORD))
    return path


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that poppler's programs write their command lines and their environment into, before they run."""
    told = tmp_path / "told.txt"
    (tmp_path / "programs").mkdir()
    for name in ("pdfinfo", "pdftoppm"):
        real = shutil.which(name)
        program = tmp_path / "programs" / name
        program.write_text(
            f'#!/bin/sh\necho "{name} $@" >> {told}\nenv >> {told}\nexec {real} "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}{os.pathsep}{os.environ['PATH']}")
    return told


def test_an_encrypted_page_is_drawn_as_it_is_without_its_password(make_pdf: MakePdf, locked: Path) -> None:
    plain, unlocked = drawn(make_pdf(say(*SENTENCES))), drawn(locked, PASSWORD)
    assert np.array_equal(plain.pixels, unlocked.pixels)
    assert int(plain.grey.min()) < 100


def test_no_program_is_told_the_password(locked: Path, commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(commands.parent))
    drawn(locked, PASSWORD)
    told = commands.read_text(encoding="utf-8")
    assert "pdftoppm " in told
    assert PASSWORD not in told
    assert not list(commands.parent.glob("vnocr-*"))


def test_a_page_that_cannot_be_unlocked_for_poppler_is_drawn_all_the_same(
    locked: Path, commands: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> pikepdf.Pdf:
        raise pikepdf.PdfError("unable to find trailer dictionary")

    by_poppler = drawn(locked, PASSWORD)
    commands.unlink()
    monkeypatch.setattr("vnreport_ocr.sources.pdf.unlocked.open_pdf", broken)
    by_pdfium = drawn(locked, PASSWORD)
    assert not commands.exists()
    assert by_pdfium.pixels.shape == by_poppler.pixels.shape
    assert float(np.abs(by_pdfium.grey.astype(int) - by_poppler.grey).mean()) < 3


def test_a_page_that_takes_too_long_is_given_up(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pdf(say("một"))
    for name, script in {"pdfinfo": "echo Pages: 1", "pdftoppm": '[ "$1" = -v ] || exec sleep 60'}.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
        program.chmod(0o755)
    (tmp_path / "pdftoppm").write_text(
        '#!/bin/sh\nif [ "$1" = -v ]; then echo "pdftoppm version 22.12.0" >&2; else exec sleep 60; fi\n',
        encoding="ascii",
    )
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(EngineTimeoutError, match="Drawing"):
        drawn(path, timeout=1)


def test_missing_programs_name_the_cure(make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_pdf(say("một"))
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(MissingPopplerError, match="poppler-utils"):
        drawn(path)


def test_a_page_that_cannot_be_drawn_says_so(
    make_pdf: MakePdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_pdf(say("một"))
    for name in ("pdfinfo", "pdftoppm"):
        program = tmp_path / name
        program.write_text('#!/bin/sh\necho "pdftoppm version 22.12.0" >&2\nexit 1\n', encoding="ascii")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(DamagedPdfError, match="cannot be drawn"):
        drawn(path)
