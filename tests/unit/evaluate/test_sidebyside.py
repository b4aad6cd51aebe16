from vnreport_ocr.evaluate.score import score
from vnreport_ocr.evaluate.sidebyside import Aligned, align, page


def test_every_word_of_the_truth_has_its_place() -> None:
    places = align("một hai ba bốn năm", "mốt hai bốn năm thêm")
    assert places == [
        Aligned(("mốt",), False), Aligned(("hai",), True), Aligned((), False), Aligned(("bốn",), True),
        Aligned(("năm", "thêm"), False),
    ]  # fmt: skip


def test_words_before_the_first_are_not_lost() -> None:
    assert align("một hai", "không một hai")[0] == Aligned(("không", "một"), False)
    assert align("", "không") == []


def test_the_page_colours_what_changed_and_escapes_the_rest() -> None:
    truth, raw, text = "một hai <b> bốn\nnăm", "một hại <b> bốn\nnam", "một hai <b> bôn\nnam"
    html = page(truth, text, raw, score(truth, text, raw), "a & b")
    assert '<span class="mended">hai</span>' in html
    assert '<span class="broken">bôn</span>' in html
    assert '<span class="wrong">nam</span>' in html
    assert "<title>a &amp; b</title>" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert html.count("<tr>") == 3


def test_without_a_text_before_there_are_two_columns() -> None:
    html = page("một\n\nhai", "một", None, score("một\n\nhai", "một"), "t")
    assert "<th>before</th>" not in html
    assert 'class="lost"' in html
    assert html.count('<td class="number">') == 2
