"""BeatNet: beats and downbeats, 50 frames a second.

Heydari, Cwitkowitz, Duan: BeatNet: CRNN and Particle Filtering for Online Joint Beat, Downbeat and Meter Tracking,
ISMIR 2021. Architecture after `BeatNet/model.py`, features after `BeatNet/log_spect.py` of PyPI BeatNet 1.1.3.
"""

import numpy as np
import torch
from torch import Tensor, nn

from songleaf_models.weights.beat_features import BANDS, BINS, FRAME, HOP, make_filterbank
from songleaf_models.weights.checkpoints import State
from songleaf_models.weights.fourier import FoldedSpectrum, cut_frames

UNITS = 150
"""Cells of each of the two recurrent layers."""


class BeatCrnn(nn.Module):
    """One of the three networks: features to logits of beat, downbeat, neither."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(1, 2, 10)
        self.linear0 = nn.Linear(2 * ((2 * BANDS - 9) // 2), UNITS)
        self.lstm = nn.LSTM(UNITS, UNITS, 2, batch_first=True)
        self.linear = nn.Linear(UNITS, 3)
        self.load_state_dict(state)

    def forward(self, features: Tensor, hidden: Tensor, cell: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """features[T, 272], hidden and cell [2, 1, 150] -> logits[T, 3], hidden and cell after the last frame."""
        x = torch.relu(self.conv1(features.unsqueeze(1)))
        x = nn.functional.max_pool1d(x, 2).flatten(1)
        x, (hidden, cell) = self.lstm(self.linear0(x).unsqueeze(0), (hidden, cell))
        return self.linear(x)[0], hidden, cell


class BeatNet(nn.Module):
    """Audio to activations of several networks that share the features and hear the song chunk by chunk."""

    filters: Tensor

    def __init__(self, states: list[State]) -> None:
        super().__init__()
        self.spectrum = FoldedSpectrum(np.hanning(FRAME), 0, BINS - 1)
        self.register_buffer("filters", torch.from_numpy(make_filterbank()))
        self.networks = nn.ModuleList(BeatCrnn(state) for state in states)

    @property
    def state_size(self) -> int:
        """Numbers carried from chunk to chunk: cells of every network, last bands, "a frame went before"."""
        return len(self.networks) * 4 * UNITS + BANDS + 1

    def features(self, audio: Tensor, bands_before: Tensor, is_later: Tensor) -> tuple[Tensor, Tensor]:
        """audio[N] -> log10(1 + bands)[T, 136] and their rise over the frame before[T, 136], not below zero."""
        spectrum = self.spectrum(cut_frames(audio, FRAME, HOP))
        bands = torch.log10(1 + torch.matmul(spectrum, self.filters))
        before = torch.cat([bands_before, bands[:-1]])
        rise = torch.relu(bands - before)
        return bands, torch.cat([rise[:1] * is_later, rise[1:]])

    def forward(self, audio: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """audio[1, N], state[1, S] -> activations[networks, T, 3], state_next[1, S].

        Frame t covers audio[t * 441 : t * 441 + 1411], T = 1 + (N - 1411) // 441. Activations are the
        probabilities of beat (but no downbeat), downbeat, neither. All zeros is the state at a song's start.
        """
        cells = state[0, : len(self.networks) * 4 * UNITS].reshape(len(self.networks), 2, 2, 1, UNITS)
        bands_before = state[:, -BANDS - 1 : -1]
        bands, rise = self.features(audio[0], bands_before, state[:, -1:])
        features = torch.cat([bands, rise], dim=1)
        outputs, memories = [], []
        for number, network in enumerate(self.networks):
            logits, hidden, cell = network(features, cells[number, 0], cells[number, 1])
            outputs.append(torch.softmax(logits, dim=1))
            memories += [hidden.reshape(1, -1), cell.reshape(1, -1)]
        state_next = torch.cat([*memories, bands[-1:], torch.ones_like(state[:, -1:])], dim=1)
        return torch.stack(outputs), state_next
