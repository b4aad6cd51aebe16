"""Run by ``make reader-test``, with PyTorch: a tiny network learns its own lines, goes on, is exported, and reads.

Not found by ``make test``: nothing that users have needs PyTorch.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from tools.reader.alphabet import alphabet
from tools.reader.facts import facts_of
from tools.reader.fonts import FONTS, font_of, installed
from tools.reader.network import folded
from tools.reader.onnxfile import KeptAs, write_model
from tools.reader.shards import Shard, padded, shard
from tools.reader.spelling import characters_wrong, spelled
from tools.reader.training import Course, Trainer, resume
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.linemodels import OwnReader
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.picture.value import Picture

TEXTS: Final = (
    "Kế hoạch năm", "Số 12/QĐ-UBND", "đạt 95,5%", "Ủy ban nhân dân", "BÁO CÁO", "diện tích 1.250 m²", "ngày 5/9",
)  # fmt: skip
ROUNDS: Final = 30
LINES: Final = 600
COURSE: Final = Course(size="tiny", seed=3, lines=ROUNDS * LINES, shard_lines=LINES, batch_columns=6_000, rate=4e-3)


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def lines() -> Shard:
    """A few hundred lines, of few texts: what a tiny network can learn in a minute."""
    return shard(0, COURSE.seed, COURSE.shard_lines, TEXTS)


@pytest.fixture(scope="module")
def learned(lines: Shard) -> tuple[Trainer, list[float]]:
    """Learn the same lines over and over."""
    trainer = Trainer(COURSE, TEXTS)
    return trainer, [trainer.learn(lines) for _ in range(ROUNDS)]


def write(trainer: Trainer, folder: Path, kept: KeptAs) -> Path:
    file = folder / f"{kept}.onnx"
    file.write_bytes(write_model(trainer.network.plan, folded(trainer.average), facts_of("reader-check", "1"), kept))
    return file


def test_the_loss_falls_and_it_reads_its_own_lines(lines: Shard, learned: tuple[Trainer, list[float]]) -> None:
    trainer, losses = learned
    print(f"loss {losses[0]:.2f} to {losses[-1]:.3f}")
    assert losses[-1] < 0.1 * losses[0]
    wrong = characters_wrong(zip(lines.texts, trainer.read(lines), strict=True))
    print(f"characters wrong: {wrong:.2%}")
    assert wrong < 0.15


@pytest.mark.parametrize(("kept", "most"), [("float32", 0.01), ("float16", 0.05), ("int8", 0.8)])
def test_the_file_reads_as_the_network_does(
    tmp_path: Path, lines: Shard, learned: tuple[Trainer, list[float]], kept: KeptAs, most: float
) -> None:
    trainer, _ = learned
    reader = OwnReader(write(trainer, tmp_path, kept))
    strips = lines.strips()[:40]
    read: list[str] = []
    for (_, scores), strip in zip(reader.read(strips), strips, strict=True):
        with torch.no_grad():
            told = trainer.average(torch.from_numpy(padded([strip], 8)))[0].numpy()
        # Of whole numbers of 8 bits a slice at the edge of a letter may be told otherwise.
        assert np.abs(np.exp(scores) - np.exp(told)).max() < most
        read.append(spelled(scores, reader.alphabet))
    assert characters_wrong(zip(lines.texts, read, strict=False)) < 0.2


def test_the_engine_reads_a_page_with_it(tmp_path: Path, learned: tuple[Trainer, list[float]]) -> None:
    engine = TrueOcr(write(learned[0], tmp_path, "int8"))
    page = Image.new("L", (900, 700), 255)
    pen = ImageDraw.Draw(page)
    font = font_of(installed(tuple(name for name, _ in FONTS))[0], 36)
    for number, text in enumerate(TEXTS):
        pen.text((100, 80 + 80 * number), text, font=font, fill=0)
    read = [line.text for line in engine.read(Picture(np.asarray(page), 200), Request())]
    print(read)
    assert len(read) == len(TEXTS)
    assert characters_wrong(zip(TEXTS, read, strict=True)) < 0.3


def test_a_run_goes_on_from_a_checkpoint_to_the_same_state(tmp_path: Path) -> None:
    course = Course(size="tiny", seed=5, lines=120, shard_lines=24, batch_columns=6_000)
    whole, begun = Trainer(course, TEXTS), Trainer(course, TEXTS)
    whole.run(60, 0, tmp_path / "whole.jsonl")
    begun.run(0, 2)  # one shard, printed by another process, and the time is up
    assert begun.lines == course.shard_lines
    begun.save(tmp_path / "checkpoint.pt")
    later = resume(tmp_path / "checkpoint.pt", TEXTS)
    later.run(60, 1)
    assert later.lines == whole.lines == course.lines
    assert len((tmp_path / "whole.jsonl").read_text().splitlines()) == 5
    for mine, other in ((later.network, whole.network), (later.average, whole.average)):
        for name, values in mine.state_dict().items():
            assert torch.equal(values, other.state_dict()[name]), name


def test_a_checkpoint_of_another_alphabet_is_refused(tmp_path: Path) -> None:
    trainer = Trainer(Course(size="tiny"), TEXTS)
    trainer.save(tmp_path / "checkpoint.pt")
    state = torch.load(tmp_path / "checkpoint.pt")
    state["letters"] = "".join(reversed(alphabet().letters))
    torch.save(state, tmp_path / "other.pt")
    with pytest.raises(ValueError, match="another alphabet"):
        resume(tmp_path / "other.pt", TEXTS)
