"""The reader of trueocr in fewer steps: it tells what its own file tells, and another file is left as it is."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests.unit.sources.conftest import SENTENCES, picture_of
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.sources.engine import linemodels
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.lighter import KNOWN, lighter
from vnreport_ocr.sources.engine.linefinding import find_lines
from vnreport_ocr.sources.engine.linemodels import LineModels
from vnreport_ocr.sources.engine.onnxgraph import FLOAT, Graph, read_graph, value
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.engine.strips import AloneShape, strip_alone
from vnreport_ocr.sources.picture.value import Pixels

installed = pytest.mark.skipif(find_spec("trueocr") is None, reason="the extra fast (trueocr) is not installed")
PAGE = picture_of(*SENTENCES)


@pytest.fixture
def as_its_file_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linemodels, "lighter", lambda model: None)


@installed
def test_the_file_that_is_installed_is_known() -> None:
    import trueocr

    assert lighter((Path(trueocr.__file__).parent / "models" / "rec.onnx").read_bytes()) is not None


def test_another_file_is_left_as_it_is() -> None:
    assert lighter(b"") is None
    assert KNOWN


@installed
def test_every_slice_is_told_as_its_own_file_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    models, own = LineModels(), LineModels()
    grey = PAGE.grey
    boxes = find_lines(grey, PAGE.dpi, models.find)
    strips = [models.strip(grey, box) for box in boxes]
    # Strips of every width by the slices: the last one may hold less than a slice.
    strips += [strips[0][:, :wide] for wide in (1, 7, 8, 9, 130, 131, 132, 133)]
    # Ink in every row that has some as a rule, in rows that have none, and nowhere.
    rng = np.random.default_rng(3)
    for begin, end in ((32, 64), (31, 64), (32, 65), (0, 96), (40, 40)):
        strip = np.zeros((96, 120), dtype=np.float32)
        strip[begin:end] = rng.random((end - begin, 120)) > 0.6
        strips.append(strip)
    quick = dict(models.read(strips))
    monkeypatch.setattr(linemodels, "lighter", lambda model: None)
    plain = dict(own.read(strips))
    assert sorted(quick) == sorted(plain) == list(range(len(strips)))
    for number, scores in quick.items():
        assert scores.shape == plain[number].shape
        assert np.abs(np.exp(scores) - np.exp(plain[number])).max() < 1e-3


@installed
@pytest.mark.usefixtures("as_its_file_has_it")
def test_a_file_that_is_not_known_reads_as_well() -> None:
    lines = TrueOcr().read(PAGE, Request())
    assert len(lines) == len(SENTENCES)
    assert score("\n".join(SENTENCES), "\n".join(line.text for line in lines)).cer < 0.05


def test_what_is_written_of_a_graph_is_read_again() -> None:
    graph, learned = Graph(), np.arange(300, dtype=np.float32).reshape(3, 100)
    graph.node("MatMul", ["x", graph.tensor("learned", learned)], "y", some=[-1, 300], one=-2)
    graph.tensor("places", np.array([-1, 5], dtype=np.int64))
    stored = read_graph(graph.model(17, value("x", FLOAT, (1, "wide")), value("y", FLOAT, (1, "wide"))))
    assert list(stored.tensors) == ["learned"]
    assert np.array_equal(stored.tensors["learned"], learned)
    assert stored.steps[""].inputs == ("x", "learned")
    assert [values.tolist() for values in stored.learned("")] == [learned.tolist()]


@installed
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("high", "wide"), [(9, 60), (22, 300), (40, 1100), (75, 40), (1, 1)])
def test_a_line_is_cut_out_as_the_reader_was_taught_with(high: int, wide: int, dark: bool) -> None:
    from trueocr.preprocess import crop_line

    noise = np.random.default_rng(high).integers(0, 90, (high, wide))
    line: Pixels = np.where(np.arange(wide) % 7 < 3, noise, 255 - noise // 4).astype(np.uint8)
    line = 255 - line if dark else line
    asked = AloneShape(rows=96, above=1.6, beside=0.3, widest=1536)
    expected = crop_line(line, [0, 0, wide, high], 32, 0.2, 0.3, max_width=1536, window=3)
    made = strip_alone(line, asked)
    assert made.shape == expected.shape
    assert np.abs(made - expected).max() < 2 / 255


@installed
@pytest.mark.parametrize("side", [1024, 700, 57])
def test_lines_are_told_as_the_package_tells_them(side: int) -> None:
    from trueocr.page import decode_lines, det_input

    models = LineModels()
    models.find(PAGE.grey, side)
    sketch, scale = linemodels.sketched(PAGE.grey, side)
    expected, expected_scale = det_input(PAGE.grey, side)
    assert scale == expected_scale
    assert np.abs(sketch - expected).max() < 1e-6
    answer = np.random.default_rng(side).normal(-2, 3, (3, *(edge // 2 for edge in sketch.shape))).astype(np.float32)
    answer[1:] = np.abs(answer[1:])
    found = linemodels.told_lines(answer)
    assert found.shape == decode_lines(answer)[:, :4].shape
    assert np.abs(found - decode_lines(answer)[:, :4]).max() < 1e-3
    assert linemodels.told_lines(np.full_like(answer, -9)).size == 0
