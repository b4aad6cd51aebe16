"""Trains the network on the stream of printed lines, in runs that go on where the one before left off.

What follows from what: a checkpoint and the seed give the next one, bit for bit on one machine, however many processes
print and wherever a run was cut. A run ends with the shard during which its time was up.
"""

import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from tools.reader.alphabet import alphabet
from tools.reader.network import Network
from tools.reader.plan import plan
from tools.reader.shards import Shard, batches, padded, shard, stream
from tools.reader.spelling import characters_wrong, spelled
from vnreport_ocr.sources.engine.likely import NOTHING

HELD_OUT: Final = 1 << 30
"""The number of the shard that is never trained on: no run comes as far."""
_WARM: Final = 0.02
_LAST: Final = 0.01
_DECAY: Final = 0.02
_CLIP: Final = 2.0
_AVERAGED: Final = 0.998


@dataclass(frozen=True, slots=True)
class Course:
    """What decides what is learned; a checkpoint goes on with the course that it began with."""

    size: str = "base"
    seed: int = 7
    lines: int = 6_000_000
    """Lines of the whole training: the rate falls to nothing over them, whatever the number of runs."""
    shard_lines: int = 512
    batch_columns: int = 96_000
    """Columns of strips in a batch: about 160 lines."""
    rate: float = 2e-3


class Trainer:
    """The network, its optimizer, the average of its weights, and how far they are."""

    def __init__(self, course: Course, paragraphs: Sequence[str], device: str = "cpu") -> None:
        self.course = course
        self.device = torch.device(device)
        self._paragraphs = paragraphs
        self._letters = alphabet()
        torch.manual_seed(course.seed)
        self.network = Network(plan(course.size, len(self._letters.letters))).to(self.device)
        self.average = deepcopy(self.network).eval()
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": _DECAY}, {"params": others, "weight_decay": 0.0}]
        self._optimizer = torch.optim.AdamW(groups, lr=course.rate, betas=(0.9, 0.99))
        self._loss = nn.CTCLoss(blank=NOTHING, reduction="sum", zero_infinity=True)
        self.shards = self.lines = self.steps = 0

    def run(self, minutes: float, workers: int, log: Path | None = None) -> None:
        """Learn until the time is up or the course is over, and note each shard's loss."""
        until = time.monotonic() + 60 * minutes
        shards = stream(self.shards, self.course.seed, self.course.shard_lines, self._paragraphs, workers)
        try:
            for one in shards:
                if self.lines >= self.course.lines:
                    return
                loss = self.learn(one)
                if log is not None:
                    with log.open("a", encoding="utf-8") as out:
                        out.write(json.dumps({"lines": self.lines, "loss": round(loss, 4)}) + "\n")
                if time.monotonic() >= until:
                    return
        finally:
            shards.close()

    def learn(self, one: Shard) -> float:
        """Learn one shard; return the mean loss of a character."""
        self.network.train()
        dice = random.Random(f"order {self.course.seed} {one.number}")
        strips, total, letters = one.strips(), 0.0, 0
        for batch in batches(one, self.course.batch_columns, dice):
            targets = [self._letters.spelling(one.texts[number]) or [] for number in batch]
            count = sum(map(len, targets))
            self._set_rate(len(batch))
            loss = self._batch_loss(padded([strips[number] for number in batch]), one.widths[batch].tolist(), targets)
            self._optimizer.zero_grad(set_to_none=True)
            (loss / max(1, count)).backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
            self._optimizer.step()
            self._follow()
            total += float(loss.detach())
            letters += count
        self.shards = one.number + 1
        return total / max(1, letters)

    def _batch_loss(self, strips: Any, widths: list[int], targets: list[list[int]]) -> Tensor:  # noqa: ANN401 - an array
        pixels = torch.from_numpy(strips).to(self.device, non_blocking=True)
        # Half as many bits where that is quicker; the loss is told in full.
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.device.type == "cuda"):
            scores = self.network(pixels)
        lengths = torch.tensor([-(-width // 4) for width in widths])
        flat = torch.tensor([column for target in targets for column in target], dtype=torch.long)
        sizes = torch.tensor([len(target) for target in targets])
        return self._loss(scores.transpose(0, 1), flat.to(self.device), lengths, sizes)

    def _set_rate(self, lines: int) -> None:
        self.lines += lines
        self.steps += 1
        done = min(1.0, self.lines / self.course.lines)
        share = done / _WARM if done < _WARM else _LAST + (1 - _LAST) * (1 + math.cos(math.pi * done)) / 2
        for group in self._optimizer.param_groups:
            group["lr"] = self.course.rate * share

    def _follow(self) -> None:
        """Let the average follow the weights: quickly at first, when they are worth little."""
        kept = min(_AVERAGED, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for old, new in zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True):
                if old.dtype.is_floating_point:
                    old.lerp_(new, 1 - kept)
                else:
                    old.copy_(new)

    def read(self, one: Shard) -> Iterator[str]:
        """Read the strips of a shard, each alone, as the engine does."""
        for strip in one.strips():
            with torch.no_grad():
                scores = self.average(torch.from_numpy(strip[None, None].copy()).to(self.device))[0]
            yield spelled(scores.cpu().numpy(), self._letters)

    def held_out(self, lines: int) -> float:
        """Return the share of characters wrong on lines that are never trained on."""
        one = shard(HELD_OUT, self.course.seed, lines, self._paragraphs)
        return characters_wrong(zip(one.texts, self.read(one), strict=True))

    def save(self, path: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "course": asdict(self.course), "network": self.network.state_dict(), "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(), "shards": self.shards, "lines": self.lines, "steps": self.steps,
            "letters": "".join(self._letters.letters),
        }  # fmt: skip
        beside = path.with_suffix(".part")
        torch.save(state, beside)
        beside.replace(path)


def resume(path: Path, paragraphs: Sequence[str], device: str = "cpu") -> Trainer:
    """Go on from a checkpoint."""
    state = torch.load(path, map_location=device)
    trainer = Trainer(Course(**state["course"]), paragraphs, device)
    if state["letters"] != "".join(alphabet().letters):
        raise ValueError("The checkpoint was trained with another alphabet; begin anew in another folder.")
    trainer.network.load_state_dict(state["network"])
    trainer.average.load_state_dict(state["average"])
    trainer._optimizer.load_state_dict(state["optimizer"])
    trainer.shards, trainer.lines, trainer.steps = state["shards"], state["lines"], state["steps"]
    return trainer
