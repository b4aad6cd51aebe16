"""The network as PyTorch trains it, built from its plan; and its layers as they are kept, their norms folded in."""

from collections import OrderedDict
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from tools.reader.onnxfile import Layer
from tools.reader.plan import Convolution, NetworkPlan


class Network(nn.Module):
    """Reads strips (ink as 0 to 255): the log-chances of no letter and of each letter, slice by slice."""

    def __init__(self, plan: NetworkPlan) -> None:
        super().__init__()
        self.plan = plan
        self.shapes = tuple(plan.layers())
        self.layers = nn.ModuleList(_layer(shape) for shape in self.shapes)

    def forward(self, strips: Tensor) -> Tensor:
        """Return what each slice may be: lines, slices, letters."""
        out = strips.float() / 255
        before = [out]
        for shape, layer in zip(self.shapes, self.layers, strict=True):
            out = layer(out)
            if shape.skip:
                out = out + before[-shape.skip]
            elif shape.relu:
                out = torch.relu(out)
            before = [*before[-2:], out]
        return torch.log_softmax(out.squeeze(2).transpose(1, 2).float(), dim=-1)


def _layer(shape: Convolution) -> nn.Sequential:
    parts: OrderedDict[str, nn.Module] = OrderedDict()
    parts["taps"] = nn.Conv2d(
        shape.inputs,
        shape.outputs,
        shape.kernel,
        shape.stride,
        shape.padding,
        groups=shape.groups,
        bias=not shape.normed,
    )
    if shape.normed:
        parts["norm"] = nn.BatchNorm2d(shape.outputs)
        if shape.skip:
            # A block begins as nothing: what goes past it is learned from first.
            nn.init.constant_(cast(nn.BatchNorm2d, parts["norm"]).weight, 0.1)
    return nn.Sequential(parts)


def folded(network: Network) -> list[Layer]:
    """Return the layers as they are when they read: each norm is a factor and a sum, and goes into its weights."""
    found = []
    for layer in network.layers:
        parts = cast(nn.Sequential, layer)
        taps = cast(nn.Conv2d, parts[0])
        weight = taps.weight.detach().cpu().numpy().astype(np.float32)
        if len(parts) == 1:
            assert taps.bias is not None
            found.append(Layer(weight, taps.bias.detach().cpu().numpy().astype(np.float32)))
            continue
        norm = cast(nn.BatchNorm2d, parts[1])
        assert norm.running_mean is not None
        assert norm.running_var is not None
        factor = (norm.weight / torch.sqrt(norm.running_var + norm.eps)).detach().cpu().numpy()
        bias = norm.bias.detach().cpu().numpy() - norm.running_mean.cpu().numpy() * factor
        found.append(Layer((weight * factor[:, None, None, None]).astype(np.float32), bias.astype(np.float32)))
    return found
