"""The file of a reader: written without PyTorch, reckoned as it should be, loaded by the engine, told of by a card."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tools.reader.alphabet import GROUPS, alphabet
from tools.reader.card import Taught, card, write_whole
from tools.reader.damage import KINDS
from tools.reader.evaluation import PageFigures, lines_wrong
from tools.reader.facts import facts_of
from tools.reader.onnxfile import KeptAs, Layer, write_model
from tools.reader.plan import SIZES, Convolution, NetworkPlan, plan
from tools.reader.samples import SHAPE
from tools.reader.spelling import characters_wrong, spelled
from vnreport_ocr.errors import EngineError
from vnreport_ocr.sources.engine.ctc import Alphabet
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.linemodels import OwnReader
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.engine.strips import StripShape, strip_of
from vnreport_ocr.sources.picture.value import Picture, PixelBox

pytest.importorskip("onnxruntime", reason="the extra fast is not installed")

PLAN = plan("tiny", len(alphabet().letters))


def learned(of: NetworkPlan) -> list[Layer]:
    """Weights that were not learned, but have the sizes of such."""
    chance = np.random.default_rng(4)
    return [
        Layer(
            chance.normal(0, 0.2, (shape.outputs, shape.inputs // shape.groups, *shape.kernel)).astype(np.float32),
            chance.normal(0, 0.1, shape.outputs).astype(np.float32),
        )
        for shape in of.layers()
    ]


def written(folder: Path, kept: KeptAs = "float32") -> Path:
    file = folder / f"{kept}.onnx"
    file.write_bytes(write_model(PLAN, learned(PLAN), facts_of("reader-tiny", "0"), kept))
    return file


def convolved(values: NDArray[np.float64], shape: Convolution, layer: Layer) -> NDArray[np.float64]:
    """A convolution, product by product."""
    high, wide = shape.kernel
    rows, columns = shape.padding
    values = np.pad(values, ((0, 0), (rows, rows), (columns, columns)))
    windows = np.lib.stride_tricks.sliding_window_view(values, (high, wide), axis=(1, 2))
    windows = windows[:, :: shape.stride[0], :: shape.stride[1]]
    groups = zip(np.split(windows, shape.groups), np.split(layer.weight, shape.groups), strict=True)
    parts = [np.einsum("crshw,ochw->ors", seen, weight) for seen, weight in groups]
    return np.asarray(np.concatenate(parts) + layer.bias[:, None, None])


def reckoned(strip: NDArray[np.uint8]) -> NDArray[np.float64]:
    """What the network of the plan makes of a strip, reckoned without any runtime."""
    outs = [strip[None].astype(np.float64) / 255]
    for shape, layer in zip(PLAN.layers(), learned(PLAN), strict=True):
        out = convolved(outs[-1], shape, layer)
        if shape.skip:
            out = out + outs[-shape.skip]
        elif shape.relu:
            out = np.maximum(out, 0)
        outs.append(out)
    last = outs[-1][:, 0].T
    last = last - last.max(axis=1, keepdims=True)
    return np.asarray(last - np.log(np.exp(last).sum(axis=1, keepdims=True)))


STRIP = np.random.default_rng(9).integers(0, 256, (SHAPE.rows, 64)).astype(np.uint8)


def test_the_file_reckons_what_the_plan_says(tmp_path: Path) -> None:
    ((_, scores),) = OwnReader(written(tmp_path)).read([STRIP])
    assert scores.shape == (64 // SHAPE.slice_columns, PLAN.letters + 1)
    np.testing.assert_allclose(scores, reckoned(STRIP), atol=2e-4)


@pytest.mark.parametrize(("kept", "share", "most"), [("float16", 0.55, 0.02), ("int8", 0.35, 0.4)])
def test_weights_in_fewer_bits_make_the_file_smaller_and_hardly_another(
    tmp_path: Path, kept: KeptAs, share: float, most: float
) -> None:
    whole, small = written(tmp_path), written(tmp_path, kept)
    assert small.stat().st_size < share * whole.stat().st_size
    ((_, scores),) = OwnReader(small).read([STRIP])
    likely = reckoned(STRIP) > -4
    assert np.abs(scores - reckoned(STRIP))[likely].max() < most


@pytest.mark.parametrize("size", SIZES)
def test_every_size_fits_and_sees_a_syllable_with_its_neighbours(size: str) -> None:
    one = plan(size, len(alphabet().letters))
    assert one.weights <= 6_000_000, "6 MB at 8 bits"
    assert one.work(1_200) == pytest.approx(2 * one.work(600), rel=0.01)
    if size != "tiny":
        # A syllable is about 15 slices wide.
        assert one.sight >= 22


def test_the_engine_reads_with_the_file_and_names_it(tmp_path: Path) -> None:
    pytest.importorskip("trueocr", reason="the extra fast is not installed")
    engine = TrueOcr(written(tmp_path, "int8"))
    assert "with reader-tiny " in engine.name
    grey = np.full((60, 400), 255, dtype=np.uint8)
    grey[20:44, 30:370:9] = 0
    lines = engine.read(Picture(grey, 200), Request("line", alternatives=True))
    known = set(alphabet().letters)
    for word in (word for line in lines for word in line.words):
        assert set(word.text) <= known
        assert -1 <= word.box.left < word.box.right <= 401
        assert 0 <= word.confidence <= 1
    digits = engine.read(Picture(grey, 200), Request("line", letters="0123456789"))
    assert all(word.text.isdigit() for line in digits for word in line.words)


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x08"])
def test_a_file_that_is_no_reader_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.onnx"
    bad.write_bytes(content)
    with pytest.raises(EngineError, match="no reader of lines"):
        OwnReader(bad)
    with pytest.raises(EngineError, match="no reader of lines"):
        OwnReader(tmp_path / "missing.onnx")


def test_a_model_without_its_facts_is_refused(tmp_path: Path) -> None:
    bare = tmp_path / "bare.onnx"
    bare.write_bytes(write_model(PLAN, learned(PLAN), {}))
    with pytest.raises(EngineError, match="no reader of lines"):
        OwnReader(bare)


def test_strips_show_ink_on_paper_whichever_is_the_darker() -> None:
    shape = StripShape()
    grey = np.full((80, 300), 210, dtype=np.uint8)
    grey[30:50, 40:260:10] = 60
    box = PixelBox(40, 30, 260, 50)
    light, dark = strip_of(grey, box, shape), strip_of(255 - grey, box, shape)
    assert light.shape == (48, 368)
    assert light.max() > 190
    assert light[:, :2].max() == 0
    assert np.abs(light.astype(int) - dark).max() <= 3
    assert not strip_of(np.full((80, 300), 210, dtype=np.uint8), box, shape).any()


@pytest.mark.parametrize("box", [PixelBox(-50, -20, -10, -5), PixelBox(290, 70, 420, 95), PixelBox(10, 10, 10, 10)])
def test_strips_beyond_the_page_are_paper(box: PixelBox) -> None:
    strip = strip_of(np.full((80, 300), 230, dtype=np.uint8), box, StripShape())
    assert strip.shape[0] == 48
    assert strip.shape[1] % 8 == 0
    assert not strip.any()


def test_spelling_takes_repeated_slices_once_and_letters_parted_by_none_twice() -> None:
    letters = Alphabet((" ", "a", "b"))
    scores = np.log(np.eye(4, dtype=np.float32)[[2, 2, 0, 2, 1, 1, 3, 0, 0]] + 1e-6)
    assert spelled(scores, letters) == "aa b"
    assert characters_wrong([("aa b", "aa b"), ("abcd", "abd")]) == pytest.approx(1 / 8)


def test_printed_lines_are_measured_kind_by_kind(tmp_path: Path) -> None:
    reader = OwnReader(written(tmp_path))
    wrong = lines_wrong(reader, ("Ban Chỉ đạo họp định kỳ hằng quý.",), 1)
    assert list(wrong) == list(KINDS)
    assert all(share > 0.3 for share in wrong.values()), "weights that were not learned read nothing"
    assert wrong == lines_wrong(reader, ("Ban Chỉ đạo họp định kỳ hằng quý.",), 1)


def test_the_card_tells_texts_fonts_damage_alphabet_figures_and_limits(tmp_path: Path) -> None:
    taught = Taught("reader-tiny", "tiny", 60_000, 70_000, 1_500, 3_000, 7, "own=0123456789ab")
    figures = PageFigures("L2", 0.05, 0.2, 0.1, 0.08, None, 0.5)
    text = card(taught, dict.fromkeys(KINDS, 0.1), dict.fromkeys(KINDS, 0.2), [(figures, figures)])
    assert "1,500 printed lines (50% of its course), seed 7" in text
    assert "own=0123456789ab" in text
    assert all(group.reason in text for group in GROUPS)
    assert all(kind in text for kind in KINDS)
    assert "Tinos-Regular.ttf" in text
    assert "| L2, trueocr | 5.00% | 20.00% | 10.00% | 8.00% |  | 0.50 |" in text
    assert "## Limits" in text
    write_whole(tmp_path / "card.md", text)
    assert [path.name for path in tmp_path.iterdir()] == ["card.md"]
