"""Discrete Fourier transforms as matrices, built inside the graph from short tables.

A matrix of a 1411-point transform takes 8 MB in a file. Its entries are values of one table of
cosines, so the file holds the table and the graph looks the entries up (onnxruntime does it once, when it loads).
"""

import numpy as np
import torch
from torch import Tensor, nn


class FoldedSpectrum(nn.Module):
    """Magnitudes of chosen Fourier bins of windowed frames.

    A symmetric window lets the samples on both sides of the frame's centre be added (cosines) and subtracted
    (sines) first, which halves the work. Magnitudes do not depend on where a frame's phase is counted from.

    The frame's centre is sample `length // 2`; `window[length]` is symmetric around it. For an even length
    (periodic windows) sample 0 has no partner and must have weight zero.
    """

    cosines: Tensor
    sines: Tensor
    weight: Tensor
    bins: Tensor
    offsets: Tensor

    def __init__(self, window: np.ndarray, first_bin: int, last_bin: int) -> None:
        super().__init__()
        length = len(window)
        self.length = length
        self.reach = (length + 1) // 2
        """Samples from the centre to the frame's end, the centre included."""
        centre = length // 2
        right = window[centre : centre + self.reach]
        left = window[centre - self.reach + 1 : centre + 1][::-1]
        if not np.allclose(right, left, atol=1e-12) or (length % 2 == 0 and abs(window[0]) > 1e-12):
            raise ValueError("the window is not symmetric around its centre")
        angles = 2 * np.pi * np.arange(length) / length
        weight = right.copy()
        weight[0] /= 2  # the centre is its own partner and is added twice
        self.register_buffer("cosines", torch.tensor(np.cos(angles), dtype=torch.float32))
        self.register_buffer("sines", torch.tensor(np.sin(angles), dtype=torch.float32))
        self.register_buffer("weight", torch.tensor(weight, dtype=torch.float32))
        self.register_buffer("bins", torch.arange(first_bin, last_bin + 1))
        self.register_buffer("offsets", torch.arange(self.reach))

    def forward(self, frames: Tensor) -> Tensor:
        """frames[T, length] -> magnitudes[T, last_bin - first_bin + 1]."""
        turns = torch.remainder(self.offsets.unsqueeze(1) * self.bins.unsqueeze(0), self.length)
        weight = self.weight.unsqueeze(1)
        right = frames[:, self.length // 2 :]
        left = frames[:, self.length // 2 - self.reach + 1 : self.length // 2 + 1].flip(1)
        real = torch.matmul(right + left, self.cosines[turns] * weight)
        imaginary = torch.matmul(right - left, self.sines[turns] * weight)
        return torch.sqrt(real * real + imaginary * imaginary)


def cut_frames(signal: Tensor, length: int, hop: int) -> Tensor:
    """signal[N] -> frames[T, length], T = 1 + (N - length) // hop; N >= length.

    Rows of `hop` samples are laid side by side, so nothing but memory is copied.
    """
    rows_per_frame = -(-length // hop)
    count = torch.div(signal.shape[0] - length, hop, rounding_mode="floor") + 1
    padded = nn.functional.pad(signal, (0, rows_per_frame * hop))
    rows = padded[: (count + rows_per_frame - 1) * hop].reshape(-1, hop)
    shifted = [rows[row : row + count] for row in range(rows_per_frame)]
    return torch.cat(shifted, dim=1)[:, :length]
