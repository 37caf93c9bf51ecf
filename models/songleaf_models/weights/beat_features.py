"""The log filterbank that BeatNet listens to.

As in madmom's `FilteredSpectrogramProcessor(num_bands=24, fmin=30, fmax=17000, norm_filters=True)`, which BeatNet's
`log_spect.py` configures: centre frequencies 24 to the octave around 440 Hz, each moved to its nearest Fourier bin,
doubles removed, triangles over three neighbouring bins, each with sum one.
"""

import numpy as np

SAMPLE_RATE = 22_050
FRAME = 1411
"""Samples: int(64 ms)."""
HOP = 441
"""Samples: 20 ms."""
BINS = FRAME // 2
"""Fourier bins 0-704; madmom takes bin k to lie at k * rate / (2 * BINS)."""
BANDS = 136


def make_filterbank() -> np.ndarray:
    """filters[BINS, BANDS] in float32, every column with sum one."""
    bin_frequencies = np.arange(BINS) * SAMPLE_RATE / (2 * BINS)
    left = np.floor(np.log2(30 / 440) * 24)
    right = np.ceil(np.log2(17_000 / 440) * 24)
    frequencies = 440.0 * 2.0 ** (np.arange(left, right) / 24)
    frequencies = frequencies[np.searchsorted(frequencies, 30) :]
    frequencies = frequencies[: np.searchsorted(frequencies, 17_000, "right")]
    nearest = np.clip(bin_frequencies.searchsorted(frequencies), 1, BINS - 1)
    below, above = bin_frequencies[nearest - 1], bin_frequencies[nearest]
    nearest -= frequencies - below < above - frequencies
    centres = np.unique(nearest)
    filters = np.zeros((BINS, len(centres) - 2), np.float32)
    for band, (start, centre, stop) in enumerate(zip(centres, centres[1:], centres[2:], strict=False)):
        if stop - start < 2:
            centre, stop = start, start + 1
        triangle = np.concatenate(
            [
                np.linspace(0, 1, centre - start, endpoint=False),
                np.linspace(1, 0, stop - centre, endpoint=False),
            ]
        )
        filters[start:stop, band] = triangle / triangle.sum()
    if filters.shape[1] != BANDS:
        raise ValueError(f"{filters.shape[1]} bands instead of {BANDS}")
    return filters
