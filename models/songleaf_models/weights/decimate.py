"""Halving a sample rate exactly as librosa does it (`soxr_hq`), as one convolution."""

import functools

import numpy as np
import soxr
import torch
from torch import Tensor, nn

REACH = 192
"""Samples of the filter's response on each side; what lies beyond is below -140 dB."""

_BLOCK = 32
"""Outputs computed at once: fewer, larger matrix rows suit a convolution of one channel better."""


@functools.cache
def measure_response() -> np.ndarray:
    """response[2 * REACH + 1]: soxr's linear-phase filter before it drops every other sample.

    Measured with an impulse on an even and one on an odd sample, made symmetric, and rounded to 2^-30 so that
    the last bit of a processor's arithmetic does not reach the file.
    """
    size = 16 * REACH
    response = np.zeros(2 * REACH + 2)
    for parity in (0, 1):
        impulse = np.zeros(2 * size)
        impulse[size + parity] = 1
        output = soxr.resample(impulse, 2, 1, "HQ")
        # Output m hears the impulse through the tap 2 m - (size + parity).
        taps = 2 * np.arange(len(output)) - size - parity
        near = np.abs(taps) <= REACH
        response[taps[near] + REACH] = output[near]
    response = response[: 2 * REACH + 1]
    symmetric = (response + response[::-1]) / 2
    return np.round(symmetric * 2**30) / 2**30


class HalveRate(nn.Module):
    """signal[N] -> signal[ceil(N / 2)] at half the rate, times sqrt(2) as librosa's `scale=True` keeps energy.

    Zeros are taken to lie outside the signal.
    """

    rows: Tensor

    def __init__(self) -> None:
        super().__init__()
        taps = 2 * REACH + 1
        rows = np.zeros((_BLOCK, 1, taps + 2 * (_BLOCK - 1)), np.float32)
        for row in range(_BLOCK):
            rows[row, 0, 2 * row : 2 * row + taps] = measure_response() * np.sqrt(2)
        self.register_buffer("rows", torch.from_numpy(rows))

    def forward(self, signal: Tensor) -> Tensor:
        """See the class."""
        count = torch.div(signal.shape[0] + 1, 2, rounding_mode="floor")
        padded = nn.functional.pad(signal, (REACH, REACH + 2 * _BLOCK)).reshape(1, 1, -1)
        blocks = nn.functional.conv1d(padded, self.rows, stride=2 * _BLOCK)
        return blocks[0].transpose(0, 1).reshape(-1)[:count]
