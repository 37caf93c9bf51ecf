"""The arranger's network: a reader of what was heard, run once a song, and a writer, run a few times for each take.

The reader convolves over pitch and time on the posteriors at the grid (Bittner et al., ICASSP 2022, give them), the
writer looks over the bars around with dilated convolutions (Bai, Kolter & Koltun, 2018), so that the evidence reaches
every step by itself and whatever lies beyond `CONTEXT` steps cannot matter. The writer sees which notes are settled
already and fills in the rest (Huang et al., Coconet, ISMIR 2017).
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.arranger.planes import BEATS, KEYS, PHASES, STEP_VALUES

WIDTH = 32
"""Channels of the reader."""
READER_BLOCKS = 3
WRITER = 24
SQUEEZED = 8
"""Values a pitch that go into, and come out of, the line of steps."""
LINE = 256
DILATIONS = (1, 2, 4, 8, 16, 32, 64)
READER_CONTEXT = 2 + READER_BLOCKS
CONTEXT = READER_CONTEXT + 2 + sum(DILATIONS)
"""Steps on each side that an answer depends on: more than eight bars of 16ths in 4/4."""
SETTINGS = ("density", "register", "drive", "closeness")
LATENT = 16
"""Numbers a passage for whatever else makes a texture."""
STYLE = 2 * len(SETTINGS) + LATENT + 1
"""Settings, whether each is given, the latent, whether it is given."""
PLANES = 3 + 2 + 2 + 1
MOMENTUM = 0.02
"""Share of a batch in the running means of the norms: batches are small."""


class Answer(NamedTuple):
    """Logits `[B, T, 88]`; velocity as it is, 0-1."""

    melody: Tensor
    bridge: Tensor
    piano: Tensor
    hold: Tensor
    velocity: Tensor


def _norm(width: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(width, momentum=MOMENTUM)


class PitchBlock(nn.Module):
    """Residual: neighbours in pitch and time, then octaves. `[B, WIDTH, T, 88]`."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Conv2d(WIDTH, WIDTH, 3, padding=1, bias=False)
        self.near_norm = _norm(WIDTH)
        self.octaves = nn.Conv2d(WIDTH, WIDTH, (1, 3), padding=(0, 12), dilation=(1, 12), bias=False)
        self.octaves_norm = _norm(WIDTH)

    def forward(self, planes: Tensor) -> Tensor:
        planes = planes + torch.relu(self.near_norm(self.near(planes)))
        return planes + torch.relu(self.octaves_norm(self.octaves(planes)))


class Reader(nn.Module):
    """What was heard -> features of each step and pitch."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(PLANES, WIDTH, (5, 5), padding=2, bias=False)
        self.first_norm = _norm(WIDTH)
        self.blocks = nn.Sequential(*(PitchBlock() for _ in range(READER_BLOCKS)))

    def forward(self, heard: Tensor, melody: Tensor, step: Tensor) -> Tensor:
        """`heard [B, T, 264]`, `melody [B, T, 176]`, `step [B, T, STEP_VALUES]`, 0-255 -> `[B, WIDTH, T, 88]`."""
        count = heard.shape[0]
        planes = torch.cat([heard.reshape(count, -1, 3, KEYS), melody.reshape(count, -1, 2, KEYS)], 2) / 255
        # Pitch classes from C over the keys from A0.
        chord, bass = (self._over_keys(part) for part in (step[..., :12], step[..., 12:24]))
        height = torch.linspace(-1, 1, KEYS, device=heard.device) + torch.zeros_like(chord)
        stacked = torch.cat([planes.transpose(1, 2), torch.stack([chord, bass, height], 1)], 1)
        return self.blocks(torch.relu(self.first_norm(self.first(stacked))))

    @staticmethod
    def _over_keys(classes: Tensor) -> Tensor:
        return torch.cat([classes[..., 9:], *([classes] * 7), classes[..., :1]], -1) / 255


class LineBlock(nn.Module):
    """Residual dilated convolution over steps. `[B, LINE, T]`."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.convolution = nn.Conv1d(LINE, LINE, 3, padding=dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(LINE, momentum=MOMENTUM)

    def forward(self, line: Tensor) -> Tensor:
        return line + torch.relu(self.norm(self.convolution(line)))


class Writer(nn.Module):
    """Features, style and what is settled -> notes."""

    def __init__(self) -> None:
        super().__init__()
        self.join = nn.Conv2d(WIDTH + 2, WRITER, 3, padding=1, bias=False)
        self.join_norm = _norm(WRITER)
        self.squeeze = nn.Conv2d(WRITER, SQUEEZED, 1)
        self.embed = nn.Linear(SQUEEZED * KEYS + STEP_VALUES + STYLE, LINE)
        self.line = nn.Sequential(*(LineBlock(dilation) for dilation in DILATIONS))
        self.dropout = nn.Dropout(0.15)
        self.expected = nn.Linear(LINE, SQUEEZED * KEYS)
        self.mood = nn.Linear(LINE, WRITER)
        self.last = nn.Conv2d(WRITER + SQUEEZED, WRITER, 3, padding=1)
        self.heads = nn.Conv2d(WRITER, len(Answer._fields), 1)
        with torch.no_grad():
            # Notes are rare: of the 88 keys one or two begin at a step.
            assert self.heads.bias is not None
            self.heads.weight.mul_(0.3)
            self.heads.bias.copy_(torch.tensor([-5.5, -6.0, -4.5, -4.0, 0.6]))

    def forward(self, seen: Tensor, step: Tensor, style: Tensor, settled: Tensor, visible: Tensor) -> Answer:
        """`seen` of the reader; `style [B, T, STYLE]`; `settled`, `visible [B, T, 88]`: 1 where a note of piano or
        bridge begins, 1 where that is known."""
        count = seen.shape[0]
        stacked = torch.cat([seen, torch.stack([settled * visible, visible], 1)], 1)
        joined = torch.relu(self.join_norm(self.join(stacked)))
        flat = torch.relu(self.squeeze(joined)).permute(0, 2, 1, 3).reshape(count, -1, SQUEEZED * KEYS)
        line = torch.relu(self.embed(torch.cat([self.dropout(flat), step / 255, style], -1)))
        line = self.dropout(self.line(line.transpose(1, 2)).transpose(1, 2))
        expected = self.expected(line).reshape(count, -1, SQUEEZED, KEYS).transpose(1, 2)
        mood = self.mood(line).transpose(1, 2).unsqueeze(-1)
        heads = self.heads(torch.relu(self.last(torch.cat([joined, expected], 1)) + mood))
        return Answer(*heads.unbind(1))


class StyleReader(nn.Module):
    """Tells a passage's texture from its notes: mean and log deviation of the latent (Kingma & Welling, 2014).

    All that it sees is how much begins and sounds at each place of the bar, octave by octave.
    """

    BANDS = 8

    def __init__(self) -> None:
        super().__init__()
        places = len(PHASES) * BEATS
        self.layers = nn.Sequential(nn.Linear(3 * places * self.BANDS, 128), nn.ReLU(), nn.Linear(128, 2 * LATENT))

    def forward(self, rolls: Tensor, place: Tensor) -> tuple[Tensor, Tensor]:
        """`rolls [B, 3, P, 88]`: bridge, piano, hold of P steps; `place [B, P, 14]`: in the beat, and of the beat in
        the bar, both one-hot."""
        bands = functional.avg_pool1d(rolls.flatten(0, 2)[:, None], 11).reshape(*rolls.shape[:3], self.BANDS) * 11
        phase, beat = place[..., : len(PHASES)], place[..., len(PHASES) :]
        places = (phase[..., None] * beat[..., None, :]).flatten(2)
        share = places / (places.sum(1, keepdim=True) + 1)
        table = torch.einsum("brtk,btp->brpk", bands, share).flatten(1)
        mean, spread = self.layers(table).chunk(2, -1)
        return mean, spread.clamp(-6, 2)


class Arranger(nn.Module):
    """2.03 million parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.reader = Reader()
        self.writer = Writer()
        self.style = StyleReader()

    def forward(
        self, heard: Tensor, melody: Tensor, step: Tensor, style: Tensor, settled: Tensor, visible: Tensor
    ) -> Answer:
        return self.writer(self.reader(heard, melody, step), step, style, settled, visible)
