"""What the network is made of, as values: from them PyTorch builds what is trained, and the writer of ONNX what reads.

It is convolutional throughout. A recurrent head would see the whole line, but runs slice after slice on one thread
where convolutions run at the speed of the processor, and its 8-bit weights are worth less; what a letter needs to be
told from its like are its own syllable and the two beside it, and that is what the blocks see: ``sight`` slices to
each side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

ROWS: Final = 48
"""Rows of a strip: they are halved four times, and the three that are left become one."""


class Convolution(NamedTuple):
    """One layer; ``skip`` tells how many layers before it ended what is added to it, 0 that nothing is."""

    inputs: int
    outputs: int
    kernel: tuple[int, int]
    stride: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    groups: int = 1
    relu: bool = True
    normed: bool = True
    skip: int = 0


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """The sizes of a network."""

    name: str
    channels: tuple[int, int, int, int]
    """Of the four layers that halve the rows."""
    width: int
    """Channels of a slice."""
    inner: int
    """Channels within a block."""
    blocks: int
    reach: int
    """Slices that a block looks at, an odd number."""
    letters: int

    def layers(self) -> Iterator[Convolution]:
        """Return the layers in their order."""
        first, second, third, fourth = self.channels
        yield Convolution(1, first, (3, 3), (2, 2), (1, 1))
        yield Convolution(first, second, (3, 3), (2, 2), (1, 1))
        yield Convolution(second, third, (3, 3), (2, 1), (1, 1))
        yield Convolution(third, fourth, (3, 3), (2, 1), (1, 1))
        yield Convolution(fourth, self.width, (ROWS // 16, 1))
        for _ in range(self.blocks):
            yield Convolution(
                self.width, self.width, (1, self.reach), (1, 1), (0, self.reach // 2), self.width, relu=False
            )
            yield Convolution(self.width, self.inner, (1, 1))
            yield Convolution(self.inner, self.width, (1, 1), relu=False, skip=3)
        yield Convolution(self.width, self.letters + 1, (1, 1), relu=False, normed=False)

    @property
    def weights(self) -> int:
        """How many numbers are learned that the reader keeps."""
        return sum(
            layer.outputs * (1 + layer.inputs // layer.groups * layer.kernel[0] * layer.kernel[1])
            for layer in self.layers()
        )

    @property
    def sight(self) -> int:
        """How many slices to each side have a part in what one slice is told to be."""
        return self.blocks * (self.reach // 2) + 3

    def work(self, columns: int) -> int:
        """Return how many products a strip of so many columns takes."""
        rows, wide, total = ROWS, columns, 0
        for layer in self.layers():
            rows = (rows + 2 * layer.padding[0] - layer.kernel[0]) // layer.stride[0] + 1
            wide = (wide + 2 * layer.padding[1] - layer.kernel[1]) // layer.stride[1] + 1
            each = layer.inputs // layer.groups * layer.kernel[0] * layer.kernel[1]
            total += rows * wide * layer.outputs * each
        return total


_SIZES: Final = {
    "tiny": ((8, 16, 24, 48), 64, 64, 2, 7),
    "small": ((16, 32, 64, 96), 160, 160, 6, 9),
    "base": ((24, 40, 80, 128), 224, 288, 8, 9),
    "large": ((32, 64, 128, 256), 384, 640, 9, 9),
}
SIZES: Final = tuple(_SIZES)
"""``tiny`` is for tests, ``small`` is what one core can train to see that all works, ``base`` is meant to be shipped,
and ``large``, at three times its cost, is there to tell what size is worth."""


def plan(name: str, letters: int) -> NetworkPlan:
    """Return the plan of a size, for so many letters."""
    channels, width, inner, blocks, reach = _SIZES[name]
    return NetworkPlan(name, channels, width, inner, blocks, reach, letters)
