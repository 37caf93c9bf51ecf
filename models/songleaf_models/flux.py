"""Spectral flux and loudness of audio, as `main/engine/transcription/flux.ts` has them."""

import numpy as np

from songleaf_models.evidence import SAMPLE_RATE

BANDS = 8
HOP = 256
_WINDOW = 1024
_NARROW_PER_BAND = 6
_NARROW = BANDS * _NARROW_PER_BAND
_LOWEST_HZ, _HIGHEST_HZ = 40.0, 10_000.0
_GAIN = 100.0
_LAG = 2
_SCALE = 64.0
_BLOCK = 4096
"""Frames whose spectra are held at a time."""


def measure_level(audio: np.ndarray, frames: int) -> np.ndarray:
    """[T, 1] uint8: level of 512 samples around each frame, 0 = -96 dB, 255 = 0 dBFS."""
    padded = np.zeros((frames + 1) * HOP)
    padded[HOP : HOP + len(audio)] = audio[: frames * HOP]
    hops = np.square(padded).reshape(-1, HOP).sum(1)
    decibels = 10 * np.log10((hops[:-1] + hops[1:]) / (2 * HOP) + 1e-12)
    return _quantise(255 * (1 + decibels / 96))[:, None]


def measure_flux(audio: np.ndarray, frames: int) -> np.ndarray:
    """[T, 8] uint8: mean rise of the logarithmic magnitudes of six narrow bands each, against two frames earlier."""
    bands = _make_bands()
    padded = np.zeros((frames - 1) * HOP + _WINDOW, np.float32)
    end = min(len(audio), len(padded) - _WINDOW // 2)
    padded[_WINDOW // 2 : _WINDOW // 2 + end] = audio[:end]
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP]
    shape = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / _WINDOW)).astype(np.float32)
    narrow = np.zeros((_LAG + frames, _NARROW))
    for first in range(0, frames, _BLOCK):
        magnitudes = np.abs(np.fft.rfft(windows[first : first + _BLOCK] * shape, axis=1))[:, : len(bands)]
        narrow[_LAG + first : _LAG + first + len(magnitudes)] = np.log1p(_GAIN * (magnitudes @ bands) / _WINDOW)
    rise = np.maximum(0, narrow[_LAG:] - narrow[:-_LAG]).reshape(frames, BANDS, _NARROW_PER_BAND).mean(2)
    return _quantise(rise * _SCALE)


def _quantise(values: np.ndarray) -> np.ndarray:
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def _make_bands() -> np.ndarray:
    """[513, 48] triangular filters, evenly spaced in logarithm, each at least one bin wide, unit peak."""
    edges = _LOWEST_HZ * (_HIGHEST_HZ / _LOWEST_HZ) ** (np.arange(_NARROW + 2) / (_NARROW + 1))
    edges /= SAMPLE_RATE / _WINDOW
    bands = np.zeros((_WINDOW // 2 + 1, _NARROW))
    for band, (low, middle, high) in enumerate(zip(edges, edges[1:], edges[2:], strict=False)):
        first = int(low)
        bins = np.arange(first, max(int(np.ceil(high)), first + 1) + 1)
        rise, fall = (bins - low) / max(middle - low, 1e-6), (high - bins) / max(high - middle, 1e-6)
        weights = np.maximum(0, np.minimum(rise, fall))
        # Low down the triangles are narrower than a bin: the nearest bin counts whole.
        if (weights < 0.1).all():
            weights[int(np.floor(middle + 0.5)) - first] = 1
        bands[bins, band] = weights
    return bands
