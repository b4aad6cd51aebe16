import pytest

from vnreport_ocr.errors import EngineError
from vnreport_ocr.sources.engine.hocr import combine, parse_hocr

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body><div class='ocr_page'>
 <div class='ocr_carea' id='b1'><p class='ocr_par'>
  <span class='ocr_line' title="bbox 10 10 90 30">
   <span class='ocrx_word' title='bbox 10 10 40 30; x_wconf 96'>Sở</span>
   <span class='ocrx_word' title='bbox 50 10 90 30; x_wconf 61'><strong>tố</strong>
    <span class='ocrx_cinfo' id='lstm_choices_1_1_1'><span class='ocrx_cinfo' title='x_confs 90'> </span></span>
    <span class='ocrx_cinfo' id='lstm_choices_1_1_2'><span class='ocrx_cinfo' title='x_confs 95'>t</span></span>
    <span class='ocrx_cinfo' id='lstm_choices_1_1_3'>
     <span class='ocrx_cinfo' title='x_confs 80'>ố</span>
     <span class='ocrx_cinfo' title='x_confs 40'>ổ</span>
     <span class='ocrx_cinfo' title='x_confs 1'>ô</span></span>
   </span>
  </span>
  <span class='ocr_line' title="bbox 10 40 90 60">
   <span class='ocrx_word' title='bbox 0 0 1 1; x_wconf 5'> </span></span>
 </p></div>
 <div class='ocr_carea' id='b2'><p class='ocr_par'>
  <span class='ocr_header' title="bbox 10 70 90 90">
   <span class='ocrx_word' title='bbox 10 70 40 90; x_wconf 90'>A&amp;B</span></span>
 </p></div>
</div></body></html>"""


def test_words_lines_and_blocks() -> None:
    first, second = parse_hocr(PAGE)
    assert [word.text for word in first.words] == ["Sở", "tố"]
    assert first.words[0].confidence == 0.96
    assert tuple(first.words[1].box) == (50, 10, 90, 30)
    assert (second.text, second.block) == ("A&B", 1)


def test_doubtful_words_bring_what_else_they_may_be() -> None:
    sure, doubtful = parse_hocr(PAGE)[0].words
    assert sure.alternatives == ()
    assert doubtful.alternatives == (("tổ", 0.5),)


def test_alternatives_are_ranked_and_bounded() -> None:
    letters = [[(c, 0.9) for c in "aăâ"], [(c, 0.9) for c in "nmt"], [("g", 0.9), ("q", 0.01)]]
    words = combine("ang", letters)
    assert len(words) == 8
    assert all(weight <= 1 for _, weight in words)
    assert "ang" not in dict(words)


def test_what_is_no_hocr_is_an_error() -> None:
    with pytest.raises(EngineError):
        parse_hocr("<html><div>")


WORD = "<span class='ocrx_word' title='{title}'>{inner}</span>"
AROUND = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_carea'><p><span class='ocr_line'>{}</span></p>"
    "</div></body></html>"
)
LAUGHS = "<!DOCTYPE html [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "<html",
        PAGE[: len(PAGE) // 2],
        AROUND.format(WORD.format(title="x_wconf 9", inner="<b>" * 50_000 + "a" + "</b>" * 50_000)),
        AROUND.format(WORD.format(title="x_wconf " + "9" * 9999, inner="a")),
        AROUND.format(
            WORD.format(title="", inner="<span id='lstm_choices_1'><span title='x_confs 1.2.3'>a</span></span>")
        ),
        LAUGHS + AROUND.format(WORD.format(title="x_wconf 9", inner="&a11;")),
    ],
    ids=["nothing", "a-beginning", "a-half", "deep", "long-number", "no-number", "entities"],
)
def test_what_a_broken_engine_says_is_an_error_of_the_engine(answer: str) -> None:
    with pytest.raises(EngineError, match="cannot be understood"):
        parse_hocr(answer)


def test_numbers_out_of_range_are_none() -> None:
    titles = ("bbox 99999999999 0 1 1; x_wconf 250", "bbox -5 -5 1 1; x_wconf 96", "bbox a b c d")
    (line,) = parse_hocr(AROUND.format("".join(WORD.format(title=title, inner="a") for title in titles)))
    assert [word.confidence for word in line.words] == [1.0, 0.96, 0.0]
    assert line.words[0].box == (0, 0, 0, 0)
