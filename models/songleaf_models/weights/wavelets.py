"""librosa's constant-Q filters, computed inside the graph because they follow the song's tuning.

After `librosa.filters.wavelet` and `librosa.util.sparsify_rows` (librosa 0.11, ISC licence): Hann-windowed complex
exponentials of fractional length Q * rate / frequency, sum of magnitudes one, of which the weakest Fourier bins
that hold 1 % of a filter's summed magnitudes are dropped.
"""

import math

import torch
from torch import Tensor, nn

BINS_PER_OCTAVE = 36
LOWEST = 440.0 * 2.0 ** ((18 - 69) / 12)
"""Hz: F#0 (MIDI 18), centre of bin 0 at tuning 0."""
SPARSITY = 0.01

_STEP = 2.0 ** (2 / BINS_PER_OCTAVE)
QUALITY = (_STEP + 1) / (_STEP - 1)


class Wavelets(nn.Module):
    """Fourier coefficients of the filters `first` to `last` (bins above F#0) at one sample rate.

    `size` is the length of the transform; filters are centred at `centre` of it.
    """

    frequencies: Tensor
    times: Tensor
    cosines: Tensor
    sines: Tensor
    bins: Tensor
    samples: Tensor

    def __init__(self, first: int, last: int, rate: float, size: int, centre: int) -> None:
        super().__init__()
        self.rate = rate
        self.size = size
        octaves = torch.arange(first, last + 1, dtype=torch.float64) / BINS_PER_OCTAVE
        self.register_buffer("frequencies", LOWEST * 2.0**octaves)
        self.register_buffer("times", torch.arange(size, dtype=torch.float64) - centre)
        table = torch.arange(size, dtype=torch.float64) * (2 * math.pi / size)
        self.register_buffer("cosines", torch.cos(table).float())
        self.register_buffer("sines", torch.sin(table).float())
        self.register_buffer("bins", torch.arange(size // 2 + 1))
        self.register_buffer("samples", torch.arange(size))

    def tuned(self, tuning: Tensor) -> Tensor:
        """tuning[1] in bins -> frequencies[K] in Hz."""
        exponent = tuning.double() * (math.log(2) / BINS_PER_OCTAVE)
        return self.frequencies * torch.exp(exponent)

    def transform(self) -> tuple[Tensor, Tensor]:
        """cosines and sines [size, size / 2 + 1] of the discrete Fourier transform."""
        turns = torch.remainder(self.samples.unsqueeze(1) * self.bins.unsqueeze(0), self.size)
        return self.cosines[turns], self.sines[turns]

    def forward(self, tuning: Tensor) -> tuple[Tensor, Tensor]:
        """tuning[1] -> real and imaginary coefficients [K, size / 2 + 1], sparse."""
        frequencies = self.tuned(tuning).unsqueeze(1)
        lengths = QUALITY * self.rate / frequencies
        middle = torch.floor(lengths / 2) + 1  # the filter starts so many samples before its centre
        samples = 2 * middle - 1
        place = self.times.unsqueeze(0) + middle
        inside = ((place >= 0) & (place < samples)).double()
        window = inside * (0.5 - 0.5 * torch.cos(2 * math.pi * place / samples))
        # The window sums to samples / 2; librosa then scales by the fractional length over the transform's.
        window = window * (2 * lengths / (samples * self.size))
        phase = 2 * math.pi * frequencies * self.times.unsqueeze(0) / self.rate
        real, imaginary = (window * torch.cos(phase)).float(), (window * torch.sin(phase)).float()
        cosines, sines = self.transform()
        spectrum_real = torch.matmul(real, cosines) + torch.matmul(imaginary, sines)
        spectrum_imaginary = torch.matmul(imaginary, cosines) - torch.matmul(real, sines)
        keep = self._strongest(torch.sqrt(spectrum_real**2 + spectrum_imaginary**2))
        return spectrum_real * keep, spectrum_imaginary * keep

    @staticmethod
    def _strongest(magnitudes: Tensor) -> Tensor:
        """magnitudes[K, F] -> 1 where a coefficient stays, else 0."""
        rising = torch.flip(torch.topk(magnitudes, magnitudes.shape[1], dim=1).values, [1])
        share = torch.cumsum(rising, dim=1) / torch.sum(magnitudes, dim=1, keepdim=True)
        kept = torch.where(share < SPARSITY, torch.full_like(rising, 1e30), rising)
        threshold = torch.amin(kept, dim=1, keepdim=True)
        return (magnitudes >= threshold).float()

    def kernels(self, tuning: Tensor) -> tuple[Tensor, Tensor]:
        """tuning[1] -> kernels[K, size], real and imaginary: their dot product with samples is the response."""
        real, imaginary = self.forward(tuning)
        cosines, sines = (matrix.transpose(0, 1) for matrix in self.transform())
        return (
            torch.matmul(real, cosines) + torch.matmul(imaginary, sines),
            torch.matmul(imaginary, cosines) - torch.matmul(real, sines),
        )
