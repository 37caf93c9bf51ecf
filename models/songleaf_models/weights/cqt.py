"""Constant-Q magnitudes as the chord networks know them: librosa's `hybrid_cqt` inside one graph.

`librosa.hybrid_cqt(audio, sr=22050, hop_length=512, fmin=F#0, n_bins=288, bins_per_octave=36)[18:270]`:
bins 238 and up come from the magnitudes of a 1024-point transform ("pseudo"), those below from complex filters
on audio halved in rate octave by octave, the first halving before the highest of them.
"""

import torch
from scipy.signal import get_window
from torch import Tensor, nn

from songleaf_models.weights.decimate import HalveRate
from songleaf_models.weights.fourier import FoldedSpectrum, cut_frames
from songleaf_models.weights.wavelets import BINS_PER_OCTAVE, QUALITY, Wavelets

SAMPLE_RATE = 22_050
HOP = 512
FIRST_BIN, LAST_BIN = 18, 269
"""Of librosa's 288 bins, the 252 that the networks take."""
BORDER_BIN = 237
"""Filters above it are at most 512 samples long at every tuning from -0.5 to 0.5 and count as "pseudo"; this one
does at tunings from 0.456 up, and then the octaves below start one bin lower."""
OCTAVES = 7
CONTEXT_FRAMES = 112
"""Frames that a chunk needs on each side: half the longest filter and the halvings before it, 57,152 samples."""

_FILTER_SIZE = 512
_PSEUDO_SIZE = 1024
_PSEUDO_FOURIER_BINS = (88, 208)
"""Fourier bins in which a pseudo filter can have anything, at every tuning (checked by a test)."""


class HybridCqt(nn.Module):
    """audio[1, N] at 22,050 Hz, tuning[1] -> magnitudes[1, T, 252], T = 1 + N // 512."""

    def __init__(self) -> None:
        super().__init__()
        self.halve = HalveRate()
        # The same filters serve every octave: half the frequency at half the rate. There are 37 of them, because
        # the border bin, or the one an octave below it, may belong to the octave.
        lowest, rate = BORDER_BIN - BINS_PER_OCTAVE, SAMPLE_RATE / 2
        self.wavelets = Wavelets(lowest, BORDER_BIN, rate, _FILTER_SIZE, _FILTER_SIZE // 2)
        # The pseudo filters' phase is dropped, so their place in the transform does not matter.
        self.pseudo = Wavelets(BORDER_BIN, LAST_BIN, SAMPLE_RATE, _PSEUDO_SIZE, _PSEUDO_SIZE // 2)
        self.spectrum = FoldedSpectrum(get_window("hann", _PSEUDO_SIZE), *_PSEUDO_FOURIER_BINS)

    def _pseudo_part(self, audio: Tensor, tuning: Tensor) -> Tensor:
        """audio[N] -> magnitudes[T, 33] of the border bin and those above it."""
        real, imaginary = self.pseudo(tuning)
        low, high = _PSEUDO_FOURIER_BINS
        filters = torch.sqrt(real**2 + imaginary**2)[:, low : high + 1]
        frames = cut_frames(nn.functional.pad(audio, (HOP, HOP)), _PSEUDO_SIZE, HOP)
        return torch.matmul(self.spectrum(frames), filters.transpose(0, 1)) / _PSEUDO_SIZE**0.5

    def _octaves(self, audio: Tensor, tuning: Tensor, lengths: Tensor) -> list[Tensor]:
        """audio[N], lengths[37] -> magnitudes[T, 37] of each octave from the highest down; of the lowest, the last."""
        frames = torch.div(audio.shape[0], HOP, rounding_mode="floor") + 1
        real, imaginary = self.wavelets.kernels(tuning)
        parts = []
        for octave in range(OCTAVES):
            audio = self.halve(audio)
            first = max(0, FIRST_BIN - (BORDER_BIN - BINS_PER_OCTAVE * (octave + 1)))
            kernels = torch.cat([real[first:], imaginary[first:]]).unsqueeze(1)
            padded = nn.functional.pad(audio, (_FILTER_SIZE // 2, _FILTER_SIZE // 2)).reshape(1, 1, -1)
            response = nn.functional.conv1d(padded, kernels, stride=HOP >> (octave + 1))[0, :, :frames]
            wanted = BINS_PER_OCTAVE + 1 - first
            magnitude = torch.sqrt(response[:wanted] ** 2 + response[wanted:] ** 2)
            # librosa scales the filters of octave i by sqrt(2^i) and divides by the root of their length at the
            # first halved rate, which is 2^i times the length here: the powers of two cancel.
            parts.append(magnitude.transpose(0, 1) * torch.rsqrt(lengths[first:].float()))
        return parts

    def forward(self, audio: Tensor, tuning: Tensor) -> Tensor:
        """See the class. Zeros are taken to lie outside the audio."""
        lengths = (QUALITY * SAMPLE_RATE / 2) / self.wavelets.tuned(tuning)
        is_pseudo = (lengths[-1:] <= _FILTER_SIZE / 2).float()
        pseudo = self._pseudo_part(audio[0], tuning)
        columns = [pseudo[:, 1:]]
        above = pseudo[:, :1]
        for number, octave in enumerate(self._octaves(audio[0], tuning, lengths), 1):
            columns.append(is_pseudo * above + (1 - is_pseudo) * octave[:, -1:])
            # The first of an octave's 37 is the last of the octave below, which takes it up; the lowest has none.
            above = octave[:, :1]
            columns.append(octave[:, 1:-1] if number < OCTAVES else octave[:, :-1])
        return torch.cat(columns[::-1], dim=1).unsqueeze(0)
