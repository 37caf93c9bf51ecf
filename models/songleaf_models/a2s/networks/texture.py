"""Texture encoders: of what the transcriber heard, and of a score."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.a2s.networks.gaussian import Gaussian, GaussianHead, Summary
from songleaf_models.a2s.networks.shape import Shape

_BEAT = 19
"""Frames of a beat, about: eight are 153."""
_HEAD_KEYS = 39
_SCORE_PITCHES = 29
"""Positions along the pitch axis that are left behind convolution and pooling."""
_HEAD_TIMES = 37
_SCORE_TIMES = 8
"""Along the time axis."""


class AudioTexture(nn.Module):
    """heard [B, 3, 153, 88] (onset, note, velocity or loudness) -> Gaussian of z_audio."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(3, shape.head_channels, (4, 12), (2, 1), (0, 1))
        width = shape.head_channels * _HEAD_KEYS
        self.summary = Summary(width, shape.head_hidden, _HEAD_TIMES, shape.head_places)
        self.head = GaussianHead(self.summary.width, shape.z_audio)

    def forward(self, heard: Tensor) -> Gaussian:
        x = functional.max_pool2d(functional.relu(self.convolution(heard)), 2)
        answer: Gaussian = self.head(self.summary(x.transpose(1, 2).flatten(2)))
        return answer


class ScoreTexture(nn.Module):
    """roll [B, 32, 128] (durations in steps at onsets) -> Gaussian of z_score."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(1, shape.score_channels, (4, 12), (4, 1))
        self.wide = nn.Linear(shape.score_channels * _SCORE_PITCHES, shape.score_wide)
        self.embedding = nn.Linear(shape.score_wide, shape.score_embedding)
        self.summary = Summary(shape.score_embedding, shape.score_hidden, _SCORE_TIMES, shape.score_places)
        self.head = GaussianHead(self.summary.width, shape.z_score)

    def forward(self, roll: Tensor) -> Gaussian:
        x = functional.max_pool2d(functional.relu(self.convolution(roll[:, None])), (1, 4))
        x = self.embedding(self.wide(x.transpose(1, 2).flatten(2)))
        answer: Gaussian = self.head(self.summary(x))
        return answer


def keep_some(roll: Tensor, keep: tuple[float, float, float, float]) -> Tensor:
    """roll [B, 32, 128] with each place kept with the probability of its band: pitches to 39, 49, 59, 127."""
    probabilities = torch.empty(roll.shape[-1])
    for low, high, probability in zip((0, 40, 50, 60), (40, 50, 60, 128), keep, strict=True):
        probabilities[low:high] = probability
    return roll * torch.bernoulli(probabilities.expand_as(roll))


def move_keys(roll: Tensor, by: int) -> Tensor:
    """roll [B, 32, 128] moved up by so many semitones; what leaves the range is lost."""
    return functional.pad(roll, (by, -by))


def miss_some(heard: Tensor, probability: float) -> Tensor:
    """heard [B, 3, 153, 88] without what is missed: each key for a beat (19 frames) at a time with this probability."""
    if probability == 0:
        return heard
    batch, _, frames, keys = heard.shape
    beats = -(-frames // _BEAT)
    kept = torch.bernoulli(torch.full((batch, 1, beats, keys), 1 - probability))
    return heard * kept.repeat_interleave(_BEAT, 2)[:, :, :frames]
