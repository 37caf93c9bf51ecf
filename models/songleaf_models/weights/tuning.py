"""Peaks that tell how far a song lies from A4 = 440 Hz.

What `librosa.estimate_tuning` (0.11) collects before it counts: `piptrack` with 2048 samples, hop 512, local maxima
of the magnitude above a tenth of the frame's largest, 150 to 4000 Hz, refined by a parabola.
"""

import math

import torch
from scipy.signal import get_window
from torch import Tensor, nn

from songleaf_models.weights.fourier import FoldedSpectrum, cut_frames
from songleaf_models.weights.wavelets import BINS_PER_OCTAVE

SAMPLE_RATE = 22_050
FRAME = 2048
HOP = 512
CONTEXT_FRAMES = 2
"""Frames that a chunk needs on each side."""
FIRST_BIN, LAST_BIN = 14, 371
"""Fourier bins from 150 Hz up to below 4000 Hz."""
_TENTH = 0.1


class TuningPeaks(nn.Module):
    """audio[1, N] at 22,050 Hz -> deviation[1, T, 358], strength[1, T, 358], T = 1 + N // 512.

    `strength` is a peak's magnitude, 0 where there is none; `deviation` is how far its frequency lies from the
    nearest third of a semitone, in such bins, -0.5 to 0.5. The song's tuning is the fullest of 100 equal classes of
    the deviations of all peaks that are at least as strong as the median peak, named by its lower edge.
    """

    bins: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.spectrum = FoldedSpectrum(get_window("hann", FRAME), 0, FRAME // 2)
        self.register_buffer("bins", torch.arange(FIRST_BIN, LAST_BIN + 1).float())

    def forward(self, audio: Tensor) -> tuple[Tensor, Tensor]:
        """See the class. Zeros are taken to lie outside the audio."""
        frames = cut_frames(nn.functional.pad(audio[0], (FRAME // 2, FRAME // 2)), FRAME, HOP)
        magnitude = self.spectrum(frames)
        floor = _TENTH * torch.amax(magnitude, dim=1, keepdim=True)
        here = magnitude[:, FIRST_BIN : LAST_BIN + 1]
        below = magnitude[:, FIRST_BIN - 1 : LAST_BIN]
        above = magnitude[:, FIRST_BIN + 1 : LAST_BIN + 2]
        # Neighbours under the floor count as zero, so only the bin itself has to be compared with it.
        peak = (here > floor) & (here > below) & (here >= above)
        slope = (above - below) / 2
        curve = above + below - 2 * here
        safe = torch.where(curve == 0, torch.ones_like(curve), curve)
        shift = torch.where(slope.abs() < curve.abs(), -slope / safe, torch.zeros_like(curve))
        frequency = (self.bins + shift) * (SAMPLE_RATE / FRAME)
        bins = torch.log(frequency / 27.5) * (BINS_PER_OCTAVE / math.log(2))
        deviation = bins - torch.floor(bins)
        deviation = torch.where(deviation >= 0.5, deviation - 1, deviation)
        strength = here + 0.5 * slope * shift
        nothing = torch.zeros_like(here)
        return (
            torch.where(peak, deviation, nothing).unsqueeze(0),
            torch.where(peak, strength, nothing).unsqueeze(0),
        )
