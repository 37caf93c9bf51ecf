"""A temporal convolutional network over the whole song (Davies & Böck, EUSIPCO 2019; Böck & Davies, ISMIR 2020)."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from songleaf_models.beats.features import COUNT, PulseFeatures

HEADS = ("beat", "downbeat", "ternary", "three")
"""Log-odds a frame: a beat of any kind; a downbeat; the beat divides in three; a bar has three beats."""


@dataclass(frozen=True)
class Shape:
    """Size of the network: `blocks` blocks with dilations 1, 2, 4 … see 2 (2^blocks - 1) frames to either side."""

    channels: int = 48
    blocks: int = 10
    dropout: float = 0.1


class Block(nn.Module):
    """A dilated convolution over five frames and a mix of channels, added to what comes in."""

    def __init__(self, channels: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(channels)
        self.dilated = nn.Conv1d(channels, channels, 5, padding=2 * dilation, dilation=dilation)
        self.mix = nn.Conv1d(channels, channels, 1)
        self.activation = nn.ELU()
        self.dropout = nn.Dropout1d(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """[B, C, T] -> the same."""
        return x + self.mix(self.dropout(self.activation(self.dilated(self.norm(x)))))


class PulseNet(nn.Module):
    """Features [B, COUNT, T] -> log-odds [B, len(HEADS), T]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.enter = nn.Sequential(
            nn.BatchNorm1d(COUNT),
            nn.Conv1d(COUNT, shape.channels, 5, padding=2),
            nn.ELU(),
            nn.Conv1d(shape.channels, shape.channels, 3, padding=1),
            nn.ELU(),
        )
        self.blocks = nn.Sequential(*(Block(shape.channels, 2**n, shape.dropout) for n in range(shape.blocks)))
        self.leave = nn.Sequential(nn.BatchNorm1d(shape.channels), nn.ELU(), nn.Conv1d(shape.channels, len(HEADS), 1))

    def forward(self, features: Tensor) -> Tensor:
        """See the class."""
        return self.leave(self.blocks(self.enter(features)))


class Pulse(nn.Module):
    """Planes of the evidence -> probabilities [B, len(HEADS), T]: what is exported."""

    def __init__(self, network: PulseNet) -> None:
        super().__init__()
        self.features = PulseFeatures()
        self.network = network

    def forward(
        self, onset: Tensor, note: Tensor, flux: Tensor, loudness: Tensor, beats: Tensor, chords: Tensor
    ) -> Tensor:
        """Takes `features.Planes`."""
        return torch.sigmoid(self.network(self.features(onset, note, flux, loudness, beats, chords)))
