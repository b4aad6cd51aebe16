"""The repairer: what was decided before stays, evidence is never changed, one repairer serves many documents."""

import re
import unicodedata

import pytest

from tests.unit.repair.helpers import mended, repair, repairer
from vnreport_ocr.model import Correction, Damage, Line, Role, Token
from vnreport_ocr.options import Options
from vnreport_ocr.repair import repairer as repairer_module
from vnreport_ocr.repair.repairer import Repairer
from vnreport_ocr.vietnamese import charsets
from vnreport_ocr.vietnamese.letters import strip_marks

TEXT = "Hội đồng nhân dân huyện thông qua 12 nghị quyết về phát triển kinh tế, xã hội."


def test_earlier_corrections_stay_and_come_first() -> None:
    earlier = Correction(0, "Hoi", "Hội", "engine", 0.9)
    line = Line("Hoi đồng nhân dân huyện thưc hiện nghị quyết.", corrections=(earlier,), role=Role.HEADING, end="\r\n")
    (after,) = repairer().repair([line]).lines
    assert after.corrections[0] == earlier
    assert after.text == "Hội đồng nhân dân huyện thực hiện nghị quyết."
    assert (after.raw, after.role, after.end) == (line.raw, Role.HEADING, "\r\n")


def test_one_repairer_serves_many_documents() -> None:
    worker = Repairer(options=Options())
    first = [worker.repair([Line(strip_marks(TEXT))]) for _ in range(2)]
    worker.repair([Line("Uy ban nhan dan tinh"), Line("T ỷ l ệ h ộ")])
    assert worker.repair([Line(strip_marks(TEXT))]) == first[0] == first[1]


def test_what_a_charset_hid_is_told() -> None:
    result = repair("\n".join([charsets.encode(TEXT, "tcvn3")] * 3))
    assert result.damage is Damage.LEGACY
    assert [line.text for line in result.lines] == [TEXT] * 3


def test_text_of_two_damages() -> None:
    broken = charsets.encode(TEXT, "vni") + "\n" + TEXT
    assert mended(broken) == f"{TEXT}\n{TEXT}"


def test_decomposed_letters_are_composed() -> None:
    result = repair(unicodedata.normalize("NFD", TEXT))
    assert result.lines[0].text == TEXT
    assert result.lines[0].raw == unicodedata.normalize("NFD", TEXT)


def test_the_damage_of_most_lines_prevails() -> None:
    assert repair("").damage is Damage.EMPTY
    assert repair(TEXT).damage is Damage.CLEAN
    assert repair("\n".join([strip_marks(TEXT)] * 12)).damage is Damage.STRIPPED


def test_corrections_of_a_stripped_text_are_sure_and_explained() -> None:
    (line,) = repair(strip_marks(TEXT)).lines
    assert line.text == TEXT
    assert all(correction.confidence > 0.9 for correction in line.corrections)
    assert all(correction.reason and correction.step for correction in line.corrections)


def test_what_a_bound_has_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairer_module, "_MOST_PASSES", 0)
    mended_line, still = repair("Hội đồng nhân dân huyện thưc hiện nghị quyết.\nTỉnh uỷ họp.").lines
    assert "thực hiện" in mended_line.text
    assert [doubt.text for doubt in mended_line.doubts if "passes" in doubt.reason] == [mended_line.text]
    assert not still.doubts
    monkeypatch.undo()
    assert not repair("Hội đồng nhân dân huyện thưc hiện nghị quyết.").lines[0].doubts


def test_what_the_fast_engine_read_is_repaired_by_its_own_misreadings() -> None:
    text = "Hội đõng nhân dãn tỉnh giao các sở, ngành tố chức thực hiện Nghị quyết này vẽ phát triến kinh tế."
    tokens = tuple(Token(m[0], m.start(), None, 0.6) for m in re.finditer(r"\S+", text))
    by = {engine: Repairer(options=Options(engine=engine)) for engine in ("tesseract", "trueocr")}
    fast = by["trueocr"].repair([Line(text, tokens)])
    assert fast.lines[0].text == text.replace("đõng", "đồng").replace(
        "dãn", "dân").replace("tố chức", "tổ chức").replace("vẽ", "về").replace("triến", "triển")  # fmt: skip
    assert fast.damage is Damage.LIGHT
    # What no engine of ours has read is Tesseract's, whatever was asked for.
    bare = [Line(text)]
    assert by["trueocr"].repair(bare).lines == by["tesseract"].repair(bare).lines
