"""Decoder of bass, intensity and lead onset from the audio texture alone."""

import torch
from torch import Tensor, nn

from songleaf_models.a2s.grid import STEPS
from songleaf_models.a2s.networks.gaussian import Places
from songleaf_models.a2s.networks.shape import Shape

FEATURES = 3


class FeatureDecoder(nn.Module):
    """z [B, z_audio] -> logits of bass and lead onset, intensity as it is: [B, 32, 3]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        hidden = shape.feature_hidden
        self.state = nn.Linear(shape.z_audio, hidden)
        self.side = nn.Linear(shape.z_audio, shape.feature_side)
        self.start = nn.Parameter(torch.rand(FEATURES))
        self.places = Places(shape.z_audio, STEPS, shape.feature_places) if shape.feature_places else None
        self.cell = nn.GRUCell(FEATURES + shape.feature_side + shape.feature_places, hidden)
        self.out = nn.Linear(hidden, FEATURES)

    def forward(self, z: Tensor, teacher: Tensor, forced: list[bool]) -> Tensor:
        """teacher [B, 32, 3]; where `forced[step]`, the step before is read from it, otherwise from the answer."""
        state, beside = self.state(z), self.side(z)[:, None].expand(-1, STEPS, -1)
        if self.places is not None:
            beside = torch.cat([beside, self.places(z)], -1)
        token = self.start.expand(len(z), -1)
        answers = []
        for step in range(STEPS):
            state = self.cell(torch.cat([token, beside[:, step]], -1), state)
            answer = self.out(state)
            answers.append(answer)
            token = teacher[:, step] if forced[step] else read_features(answer, hard=True)
        return torch.stack(answers, 1)


def read_features(answers: Tensor, hard: bool = False) -> Tensor:
    """Probabilities of bass and lead onset, intensity as it is; `hard`: lead onsets that are or are not."""
    probabilities = torch.sigmoid(answers)
    lead = (probabilities[..., 2] > 0.5).to(answers.dtype) if hard else probabilities[..., 2]
    return torch.stack([probabilities[..., 0], answers[..., 1], lead], -1)
