"""The log-mel spectrogram that the published transcriber reads, and its pitch shift."""

import functools

import librosa
import numpy as np
import soxr
from librosa.filters import mel as lay_filters

from songleaf_models.a2s.grid import FRAMES, STRETCHED_RATE
from songleaf_models.a2s.networks.transcriber import MELS

_RATE = 16_000
_FFT, _HOP = 2048, 512
_LEAST = 1e-5
NOMINAL_RATES = (
    15_582, 16_520, 17_500, 18_550, 19_650, 20_825, 22_050, 23_373, 24_750, 26_215, 27_783, 29_430,
)  # fmt: skip
"""Rates that audio at 22,050 Hz is taken for, to sound -6 to 5 semitones higher: near 22,050 x 2^(s/12), chosen for
greatest common divisors with 16,000."""
_LOWEST_SHIFT = -6


@functools.cache
def _filters() -> np.ndarray:
    """[229, 1025] triangles of peak 1 from 30 to 8000 Hz, evenly spaced on the HTK mel scale."""
    return np.asarray(
        lay_filters(sr=_RATE, n_fft=_FFT, n_mels=MELS, fmin=30, fmax=8000, htk=True, norm=None), np.float32
    )


def measure_log_mel(segment: np.ndarray, shift: int = 0) -> np.ndarray:
    """[229, 153] float32 of a segment [107,496] at 22,050 Hz, moved by -6 to 5 semitones.

    Moved audio is read at another rate, and its frames are interpolated back to 153: only magnitudes are kept, so that
    a phase vocoder comes to that.
    """
    rate = NOMINAL_RATES[shift - _LOWEST_SHIFT] if shift else STRETCHED_RATE
    audio = soxr.resample(segment, rate, _RATE).astype(np.float32)
    magnitudes = np.abs(librosa.stft(audio, n_fft=_FFT, hop_length=_HOP, pad_mode="reflect")) / np.sqrt(_FFT)
    if shift:
        positions = np.minimum(np.arange(FRAMES) * STRETCHED_RATE / rate, magnitudes.shape[1] - 1.001)
        left = positions.astype(int)
        share = (positions - left).astype(np.float32)
        magnitudes = (1 - share) * magnitudes[:, left] + share * magnitudes[:, left + 1]
    mel = _filters() @ magnitudes[:, :FRAMES]
    return np.log(np.maximum(mel, _LEAST)).astype(np.float32)
