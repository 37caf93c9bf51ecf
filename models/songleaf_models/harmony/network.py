"""From half beats to chords: convolutions around the circle of pitch classes and along the song.

A chord moved up by a semitone gives the same answer a semitone up: convolutions over pitch classes wrap around, so that
nothing has to be learnt twelve times.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from songleaf_models.chords.harte import QUALITIES

HEADS = 100
"""Classes of the chord network's heads: triad 1 + 6 x 12, bass 1 + 12, seventh 4, ninth 4, eleventh 3, thirteenth 3."""
KEYS = 88
VALUES = HEADS + 2 * KEYS + 3
"""What a half beat is told by: `HARMONY_VALUES` of `main/engine/analysis/chords/harmony-rows.ts`."""
STATES = 12 * len(QUALITIES) + 1
"""12 x quality + root, then no chord: `states.ts` beside it."""
BASSES = 13
"""Twelve pitch classes, then none."""

TRIADS = 6
OCTAVES = 9
LOG_FLOOR = 1e-4
PLANES = TRIADS + 1 + 2 * OCTAVES + 1
LONELY = 2 + 14 + 1 + 4 + 3
"""Values that belong to no pitch class: no triad, no bass; extensions; half; place in the bar; beats of the bar."""


@dataclass(frozen=True)
class Shape:
    """Size: `len(dilations)` blocks of `width` channels; dilations in half beats."""

    width: int = 32
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16)
    dropout: float = 0.1


class Planes(nn.Module):
    """Rows [B, N, VALUES] -> [B, PLANES + LONELY, N, 12]; holds no weights."""

    def forward(self, rows: Tensor) -> Tensor:
        """See the class."""
        count, length = rows.shape[0], rows.shape[1]
        # 0 for impossible, 1 for certain.
        heads = 1 - (rows[..., :HEADS] + LOG_FLOOR).log() / torch.log(torch.tensor(LOG_FLOOR))
        triads = heads[..., 1 : 1 + 12 * TRIADS].reshape(count, length, TRIADS, 12)
        bass = heads[..., 74:86].unsqueeze(2)
        keys = rows[..., HEADS : HEADS + 2 * KEYS].reshape(count, length, 2, KEYS)
        # A0 is pitch class 9 of the first octave.
        octaves = F.pad(keys, (9, 12 * OCTAVES - KEYS - 9)).reshape(count, length, 2 * OCTAVES, 12)
        octaves = (octaves + 1e-4).sqrt()
        every = octaves[..., :OCTAVES, :].mean(2, keepdim=True)
        half, position, beats = (rows[..., VALUES - 3 + n : VALUES - 2 + n] for n in range(3))
        places = torch.cat([(position == n).to(rows.dtype) for n in (1, 2, 3, 4)], -1)
        sizes = torch.cat([(beats == n).to(rows.dtype) for n in (2, 3, 4)], -1)
        lonely = torch.cat([heads[..., :1], heads[..., 73:74], heads[..., 86:HEADS], half, places, sizes], -1)
        around = lonely.unsqueeze(-1) + torch.zeros(12)
        return torch.cat([triads, bass, octaves, every, around], 2).transpose(1, 2)


class Around(nn.Module):
    """A convolution around the circle of pitch classes: every class sees all others by their distance."""

    def __init__(self, into: int, out: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(into, out, (1, 12))

    def forward(self, x: Tensor) -> Tensor:
        """[B, C, N, 12] -> [B, out, N, 12]."""
        return self.convolution(torch.cat([x, x[..., :11]], -1))


class Block(nn.Module):
    """Along the song, then around the circle; added to what comes in, [B, width, N, 12]."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(width)
        self.along = nn.Conv2d(width, width, (3, 1), padding=(dilation, 0), dilation=(dilation, 1))
        self.dropout = nn.Dropout2d(dropout)
        self.around = Around(width, width)

    def forward(self, x: Tensor) -> Tensor:
        """See the class."""
        return x + self.around(self.dropout(torch.relu(self.along(self.norm(x)))))


class HarmonyNetwork(nn.Module):
    """Rows [B, N, VALUES] -> logits: chord [B, N, STATES], bass [B, N, BASSES]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.planes = Planes()
        self.enter = nn.Sequential(nn.BatchNorm2d(PLANES + LONELY), Around(PLANES + LONELY, shape.width), nn.ReLU())
        self.blocks = nn.Sequential(*(Block(shape.width, dilation, shape.dropout) for dilation in shape.dilations))
        self.leave = nn.Sequential(nn.BatchNorm2d(shape.width), nn.ReLU())
        self.each = nn.Conv2d(shape.width, len(QUALITIES) + 1, 1)
        self.none = nn.Linear(shape.width, 2)

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """See the class."""
        x = self.leave(self.blocks(self.enter(self.planes(rows))))
        each = self.each(x).transpose(1, 2)
        none = self.none(x.mean(3).transpose(1, 2))
        chords = torch.cat([each[:, :, :-1].flatten(2), none[..., :1]], -1)
        return chords, torch.cat([each[:, :, -1], none[..., 1:]], -1)


class Harmony(nn.Module):
    """What `harmony.onnx` holds: the network with logarithms of probabilities."""

    def __init__(self, network: HarmonyNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """As `HarmonyNetwork.forward`, natural logarithms of probabilities."""
        chords, bass = self.network(rows)
        return torch.log_softmax(chords, -1), torch.log_softmax(bass, -1)
