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
    """Bidirectional GRU whose two last states, side by side, tell of a sequence: [B, T, width] -> [B, 2 hidden]."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.gru = nn.GRU(width, hidden, batch_first=True, bidirectional=True)

    def forward(self, x: Tensor) -> Tensor:
        _, last = run_gru(self.gru, x)
        return torch.cat([last[0], last[1]], -1)
