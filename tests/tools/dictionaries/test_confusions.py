"""Printed pages, read by a real engine, to counts of what letters turn into."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.dictionaries import corpus
from tools.dictionaries.confusion_counts import divisions, learn, likeness
from tools.dictionaries.confusion_pairs import bare, collect, match_lines, match_words, page_pairs
from tools.dictionaries.printing import PageSetting, choose_setting, draw_page, make_pages, page_lines, read_page
from vnreport_ocr.language.confusions import open_confusions

SETTING = PageSetting("DejaVuSerif.ttf", 13, 200, 0.0, 0, False, "eng")
"""A font and a language that every machine with the tests' programs has."""


def page(setting: PageSetting = SETTING) -> dict[str, object]:
    lines = corpus.sentences(5, 6)
    read = read_page(draw_page(lines, setting, random.Random(1)), setting)
    return {"setting": setting._asdict(), "printed": lines, "read": read}


def test_a_printed_page_is_read() -> None:
    made = page()
    read = made["read"]
    assert isinstance(read, list)
    assert len(read) == 6
    pairs = list(page_pairs(made))
    assert len(pairs) > 50
    assert any(pair.printed != pair.read for pair in pairs)
    assert sum(pair.printed == pair.read for pair in pairs) > 5


def test_the_same_die_draws_the_same_page() -> None:
    setting = SETTING._replace(noise=10, blur=0.5, bilevel=True)
    lines = corpus.sentences(5, 3)
    first, second = (draw_page(lines, setting, random.Random(3)) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first.tobytes() != draw_page(lines, setting, random.Random(4)).tobytes()
    assert choose_setting(random.Random(8)) == choose_setting(random.Random(8))
    assert page_lines(lines, random.Random(2)) == page_lines(lines, random.Random(2))


def test_a_batch_is_written_a_page_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.dictionaries.printing.choose_setting", lambda dice, fast: SETTING)
    monkeypatch.setattr("tools.dictionaries.printing.LINES_A_PAGE", 3)
    target = tmp_path / "pages-0001.jsonl"
    assert make_pages((1, 2, corpus.sentences(1, 20), str(target), False)) == str(target)
    pages = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert len(pages) == 2
    assert all(len(one["printed"]) == 3 for one in pages)
    assert pages[0]["printed"] != pages[1]["printed"]


def test_lines_find_their_readings() -> None:
    printed = ["Uỷ ban nhân dân huyện", "Hội đồng nhân dân xã", "Ban Thường vụ Tỉnh uỷ"]
    read = ["Uy ban nhan dan huyén", "~~ | ..", "Ban Thuong vu Tinh uy"]
    assert list(match_lines(printed, read)) == [(printed[0], read[0]), (printed[2], read[2])]


def test_words_find_their_readings_torn_and_joined() -> None:
    found = list(match_words(["các", "chi", "bộ", "xã", "Tân", "Lập"], ["cac", "ch", "i", "bo", "xa", "TanLap"]))
    assert found == [
        (["các"], ["cac"]), (["chi"], ["ch", "i"]), (["bộ"], ["bo"]), (["xã"], ["xa"]), (["Tân", "Lập"], ["TanLap"]),
    ]  # fmt: skip


def test_shared_punctuation_is_no_part_of_a_word() -> None:
    assert bare("“tổ,", '"t6.') == ("tổ", "t6")
    assert bare("bộ.", "bo") == ("bộ", "bo")


def test_divisions_are_all_there_are() -> None:
    assert set(divisions("ab", 3, (4, 4, 4))) == {
        ("ab", "", ""), ("a", "b", ""), ("a", "", "b"), ("", "ab", ""), ("", "a", "b"), ("", "", "ab"),
    }  # fmt: skip
    assert not list(divisions("abcdef", 3, (1, 1, 1)))


def test_likeness_is_for_letters_that_look_alike() -> None:
    assert likeness("ồ", "o") > likeness("ồ", "n") > likeness("ồ", "nn")
    assert likeness("", "") == 1


def test_what_is_often_seen_is_learned() -> None:
    pairs = [(("đ", "ồ", "ng"), "déng", 40.0), (("đ", "ồ", "n"), "dén", 10.0), (("b", "ồ", "i"), "bdi", 5.0)]
    onsets, nuclei, codas = learn([(parts, read, count) for parts, read, count in pairs], (4, 4, 4))
    assert max(nuclei["ồ"], key=lambda read: nuclei["ồ"][read]) == "é"
    assert max(onsets["đ"], key=lambda read: onsets["đ"][read]) == "d"
    assert max(codas["ng"], key=lambda read: codas["ng"][read]) == "ng"
    assert sum(nuclei["ồ"].values()) == pytest.approx(55, rel=0.01)


def test_pages_become_a_dictionary_that_opens(tmp_path: Path) -> None:
    pages = [page(), {**page(), "setting": SETTING._replace(language="vie")._asdict()}]
    lines = [json.dumps(one, ensure_ascii=False) for one in pages]
    (tmp_path / "pages-0001.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "texts.txt").write_text("corpus=0123456789ab\n", encoding="utf-8")
    assert collect(tmp_path)["other"].total() > 50
    for module, *arguments in (
        ("confusion_pairs", tmp_path, tmp_path),
        ("confusion_counts", tmp_path, tmp_path / "first.tsv"),
        ("confusion_counts", tmp_path, tmp_path / "second.tsv"),
    ):
        command = [sys.executable, "-m", f"tools.dictionaries.{module}", *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "first.tsv").read_bytes() == (tmp_path / "second.tsv").read_bytes()
    assert "inputs: corpus=0123456789ab" in (tmp_path / "first.tsv").read_text(encoding="utf-8").splitlines()[0]
    tables = open_confusions(tmp_path / "first.tsv")
    assert tables["other"].groups[0]["đ"]
    assert 0 <= tables["other"].torn < 0.5
