"""Diagonal Gaussians, as all encoders answer."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from songleaf_models.a2s.networks.recurrent import run_gru


class Gaussian(NamedTuple):
    """Mean and the logarithm of the standard deviation, [B, Z] each."""

    mean: Tensor
    log_deviation: Tensor

    def sample(self, scale: float = 1.0) -> Tensor:
        """[B, Z], by reparametrisation; `scale` multiplies the deviation."""
        return self.mean + scale * self.log_deviation.exp() * torch.randn_like(self.mean)

    def divergence(self) -> Tensor:
        """KL to N(0, 1) as a mean over batch and dimensions, not a sum."""
        variance = (2 * self.log_deviation).exp()
        return 0.5 * (self.mean.square() + variance - 1 - 2 * self.log_deviation).mean()


class GaussianHead(nn.Module):
    """[B, width] -> Gaussian of `size` dimensions."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.mean = nn.Linear(width, size)
        self.log_deviation = nn.Linear(width, size)

    def forward(self, x: Tensor) -> Gaussian:
        return Gaussian(self.mean(x), self.log_deviation(x))


class Summary(nn.Module):
    """Bidirectional GRU whose two last states, side by side, tell of a sequence: [B, T, width] -> [B, `self.width`].

    With `places`, so many numbers of each of the `length` times stand beside them.
    """

    def __init__(self, width: int, hidden: int, length: int = 0, places: int = 0) -> None:
        super().__init__()
        self.gru = nn.GRU(width, hidden, batch_first=True, bidirectional=True)
        self.places = nn.Linear(2 * hidden, places) if places else None
        self.width = 2 * hidden + length * places

    def forward(self, x: Tensor) -> Tensor:
        output, last = run_gru(self.gru, x)
        ends = torch.cat([last[0], last[1]], -1)
        return ends if self.places is None else torch.cat([ends, self.places(output).flatten(1)], -1)


class Places(nn.Module):
    """z [B, Z] -> [B, length, places]: what each place of a sequence reads of the latents."""

    def __init__(self, z: int, length: int, places: int) -> None:
        super().__init__()
        self.linear, self.length = nn.Linear(z, length * places), length

    def forward(self, z: Tensor) -> Tensor:
        return self.linear(z).unflatten(-1, (self.length, -1))
