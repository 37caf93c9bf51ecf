"""Onsets and Frames (Hawthorne et al., ISMIR 2018; velocities 2019) in the published model's size."""

import torch
from torch import Tensor, nn

from songleaf_models.a2s.grid import KEYS

MELS = 229


class ConvStack(nn.Module):
    """mel [B, T, 229] -> [B, T, width]."""

    def __init__(self, width: int) -> None:
        super().__init__()
        channels = width // 16
        self.convolutions = nn.Sequential(
            nn.Conv2d(1, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.MaxPool2d((1, 2)),
            nn.Dropout(0.25),
            nn.Conv2d(channels, 2 * channels, 3, padding=1),
            nn.BatchNorm2d(2 * channels),
            nn.ReLU(),
            nn.MaxPool2d((1, 2)),
            nn.Dropout(0.25),
        )
        self.linear = nn.Sequential(nn.Linear(2 * channels * (MELS // 4), width), nn.Dropout(0.5))

    def forward(self, mel: Tensor) -> Tensor:
        x = self.convolutions(mel[:, None])
        answer: Tensor = self.linear(x.transpose(1, 2).flatten(2))
        return answer


class Sequence(nn.Module):
    """[B, T, width] -> [B, T, 88] probabilities, through a bidirectional LSTM."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.lstm = nn.LSTM(width, hidden // 2, batch_first=True, bidirectional=True)
        self.linear = nn.Linear(hidden, KEYS)

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(self.linear(self.lstm(x)[0]))


class Transcriber(nn.Module):
    """mel [B, 229, 153] -> [B, 3, 153, 88]: onset and frame probabilities, velocity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.onset_stack, self.offset_stack = ConvStack(width), ConvStack(width)
        self.frame_stack, self.velocity_stack = ConvStack(width), ConvStack(width)
        self.onset, self.offset = Sequence(width, width), Sequence(width, width)
        self.activation, self.velocity = nn.Linear(width, KEYS), nn.Linear(width, KEYS)
        self.combined = Sequence(3 * KEYS, width)

    def forward(self, mel: Tensor) -> Tensor:
        mel = mel.transpose(1, 2)
        onset, offset = self.onset(self.onset_stack(mel)), self.offset(self.offset_stack(mel))
        activation = torch.sigmoid(self.activation(self.frame_stack(mel)))
        frame = self.combined(torch.cat([onset.detach(), offset.detach(), activation], -1))
        velocity = self.velocity(self.velocity_stack(mel))
        return torch.stack([onset, frame, velocity], 1)
