"""Chord encoder and decoder; what the decoder writes is a loss only, the arrangement does not see it."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.a2s.chord_rows import WIDTH
from songleaf_models.a2s.grid import BEATS
from songleaf_models.a2s.networks.gaussian import Gaussian, GaussianHead, Summary
from songleaf_models.a2s.networks.shape import Shape


class ChordEncoder(nn.Module):
    """chords [B, 8, 36] -> Gaussian of z_chords."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.summary = Summary(WIDTH, shape.chord_encoder)
        self.head = GaussianHead(2 * shape.chord_encoder, shape.z_chords)

    def forward(self, chords: Tensor) -> Gaussian:
        answer: Gaussian = self.head(self.summary(chords))
        return answer


class ChordLogits(NamedTuple):
    """root [B, 8, 12], chroma [B, 8, 12, 2], bass [B, 8, 12]."""

    root: Tensor
    chroma: Tensor
    bass: Tensor


class ChordDecoder(nn.Module):
    """z [B, z_chords] -> ChordLogits."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        hidden = shape.chord_decoder
        self.state = nn.Linear(shape.z_chords, hidden)
        self.side = nn.Linear(shape.z_chords, shape.chord_side)
        self.start = nn.Parameter(torch.rand(WIDTH))
        self.cell = nn.GRUCell(WIDTH + shape.chord_side, hidden)
        self.root = nn.Linear(hidden, 12)
        self.chroma = nn.Linear(hidden, 24)
        self.bass = nn.Linear(hidden, 12)

    def forward(self, z: Tensor, teacher: Tensor, forced: list[bool]) -> ChordLogits:
        """teacher [B, 8, 36]; where `forced[beat]`, the beat before is read from it, otherwise from the answer."""
        state, side = self.state(z), self.side(z)
        token = self.start.expand(len(z), -1)
        answers = []
        for beat in range(BEATS):
            state = self.cell(torch.cat([token, side], -1), state)
            root, chroma, bass = self.root(state), self.chroma(state).unflatten(-1, (12, 2)), self.bass(state)
            answers.append((root, chroma, bass))
            if forced[beat]:
                token = teacher[:, beat]
            else:
                bits = (chroma[..., 1] > chroma[..., 0]).to(z.dtype)
                ones = [functional.one_hot(logits.argmax(-1), 12).to(z.dtype) for logits in (root, bass)]
                token = torch.cat([ones[0], bits, ones[1]], -1)
        root, chroma, bass = (torch.stack(parts, 1) for parts in zip(*answers, strict=True))
        return ChordLogits(root, chroma, bass)
