"""Confusions: what was printed is among the likeliest forms of what was read; a document's own counts move them."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.confusions import Confusions, Engine, ReadingCount, check_confusions
from vnreport_ocr.language.files import FAST_CONFUSIONS, FILES, dictionaries_version, find_dictionaries
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.native.channel import Pool, Search

WIDTH = 11.0


def all_forms(channel: Confusions, read: str) -> Pool:
    size = len(channel.inventory.texts)
    return channel.pool(read, Search(WIDTH, size, np.zeros(size, dtype=np.float32), 0.0), ())


def best_forms(channel: Confusions, read: str, most: int) -> list[str]:
    forms, scores, _ = all_forms(channel, read)
    ranked = np.argsort(-scores, kind="stable")[:most]
    return [channel.inventory.texts[int(forms[place])] for place in ranked]


@pytest.fixture(scope="module")
def other() -> Confusions:
    return open_language().confusions("other")


@pytest.mark.parametrize(
    ("printed", "read"),
    [("đồng", "déng"), ("thực", "thuc"), ("hội", "h6i"), ("lần", "1an"), ("xã", "x4"), ("số", "s6"), ("chức", "chtfc"),
     ("được", "duoc"), ("nhiệm", "nhiém"), ("Số", "S6"), ("tế", "té"), ("tổ", "t6")],
)  # fmt: skip
def test_what_was_printed_is_among_the_likeliest(other: Confusions, printed: str, read: str) -> None:
    assert printed in best_forms(other, read, 40)


@pytest.mark.parametrize("word", ["huyện", "nghị", "Đảng", "TỈNH"])
def test_the_vietnamese_engine_mostly_reads_what_is_there(word: str) -> None:
    assert best_forms(open_language().confusions("vie"), word, 1) == [word]


def test_scores_are_log_chances(other: Confusions) -> None:
    forms, scores, _ = all_forms(other, "nhiém")
    assert len(set(forms.tolist())) == forms.size
    assert (scores <= 0).all()
    assert scores.max() - scores.min() <= WIDTH
    assert np.allclose(other.rescore("nhiém", forms), scores, atol=1e-4)


def test_a_reading_without_candidates_has_none(other: Confusions) -> None:
    forms, scores, _ = all_forms(other, "x" * 30)
    assert forms.size == scores.size == 0


def test_what_a_document_teaches_makes_its_readings_likelier(other: Confusions) -> None:
    read, printed = "d@ng", "đồng"
    form = np.array([other.inventory.texts.index(printed)], dtype=np.int32)
    taught = other.adapted([ReadingCount(1, "ồ", "@", 50.0)])
    assert taught.rescore(read, form)[0] > other.rescore(read, form)[0] + 1
    assert other.adapted([]).rescore(read, form)[0] == other.rescore(read, form)[0]
    assert other.adapted([ReadingCount(0, "không có", "x", 1.0)]).rescore(read, form)[0] == other.rescore(read, form)[0]


@pytest.mark.parametrize("engine", get_args(Engine))
def test_words_are_torn_and_joined_now_and_then(engine: Engine) -> None:
    tables = open_language().tables(engine)
    assert 0 < tables.torn < 0.1
    assert 0 < tables.joined < 0.1
    assert all(count > 0 for readings in tables.groups[0].values() for count in readings.values())


def test_a_folder_without_the_fast_engine_s_confusions_has_tesseract_s(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(find_dictionaries() / name)
    bare, whole = open_language(str(tmp_path)), open_language()
    assert bare.tables("trueocr") is bare.tables("vie")
    assert whole.tables("trueocr") is not whole.tables("vie")
    assert dictionaries_version(tmp_path) != dictionaries_version(whole.folder)
    (tmp_path / FAST_CONFUSIONS).write_text("not a confusion table", encoding="utf-8")
    with pytest.raises(DictionaryError):
        check_confusions(tmp_path / FAST_CONFUSIONS)
