"""The melody network, from planes of the evidence to pitch, onset and who leads.

Harmonic stacking after Bittner et al. (Deep Salience, ISMIR 2017; Basic Pitch, ICASSP 2022): salience at the harmonics
of a pitch is laid over the pitch itself, so that small kernels see a whole tone. A dilated temporal network (Bai et al.
2018) follows the line over seconds; its reach is finite, so chunks with `CONTEXT` frames on each side give the same
answer as the whole song.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LOWEST = 45
"""MIDI pitch of the first class, A2; 46 pitches up to F#6, then rest."""
PITCHES = 46
REST = PITCHES
CLASSES = PITCHES + 1
KEYS = 88
LOWEST_KEY = 21
BINS_PER_KEY = 3
POOL = 4
"""Frames of the evidence in a frame of the network: 86.13 to 21.53 a second."""
ONSETS_PER_FRAME = 2
"""The onset head answers twice a frame, 43.07 a second."""
FRAME_VALUES = 4
"""Loudness; pitch, confidence and share of the separated voice, 0 where nobody separated it."""

VOICE_LOWEST = 36
VOICE_STEPS = 4
BUMP = 0.35
"""Width of the bump that a voice's pitch is painted with, semitones."""
CONTOUR_OFFSETS = (-12, 12, 19, 24, 28)
"""Semitones from a pitch to its lower octave and to its second to fifth harmonic."""
NOTE_OFFSETS = (-12, 0, 12, 19)
VOICE_OFFSETS = (-12, 0, 12)
PLANES = BINS_PER_KEY + len(CONTOUR_OFFSETS) + len(NOTE_OFFSETS) + ONSETS_PER_FRAME + 1 + len(VOICE_OFFSETS) + 3 + 1

WIDTH = 24
TIME_DILATIONS = (1, 2, 4)
LINE = 96
LINE_DILATIONS = (1, 2, 4, 8, 16, 32)
MOMENTUM = 0.02
"""Share of a batch in the running means of the norms: batches are small."""
CONTEXT = 96
"""Frames on each side that an answer may depend on: at least 1 + 7 + 1 of the planes and 63 of the line."""


class Planes(nn.Module):
    """Stacks what the evidence says of each pitch; holds no weights."""

    def forward(self, contour: Tensor, note: Tensor, onset: Tensor, frame: Tensor) -> Tensor:
        """`contour [B, N, 264]`, `note` and `onset [B, N, 88]`, `frame [B, N, 4]`, all 0-255, N a multiple of 4
        -> `[B, PLANES, N / 4, 46]`, 0-1."""
        count = contour.shape[0]
        salience = _pool(contour).reshape(count, -1, KEYS, BINS_PER_KEY)
        strongest = salience.amax(-1)
        notes = _pool(note)
        # [B, T, 2, 88]: the strongest onset of each half.
        begins = (onset / 255).reshape(count, -1, ONSETS_PER_FRAME, POOL // ONSETS_PER_FRAME, KEYS).amax(3)
        planes = [_at(salience[..., i], 0) for i in range(BINS_PER_KEY)]
        planes += [_at(strongest, offset) for offset in CONTOUR_OFFSETS]
        planes += [_at(notes, offset) for offset in NOTE_OFFSETS]
        planes += [_at(begins[:, :, i], 0) for i in range(ONSETS_PER_FRAME)]
        planes.append(_at(begins.amax(2), 12))
        planes += [self._paint(frame, offset) for offset in VOICE_OFFSETS]
        # Loudness, confidence, share: the same for every pitch.
        means = _pool(frame)
        blank = torch.zeros_like(planes[0])
        planes += [means[..., i : i + 1] + blank for i in (0, 2, 3)]
        planes.append(torch.linspace(0, 1, PITCHES, device=blank.device) + blank)
        return torch.stack(planes, 1)

    def _paint(self, frame: Tensor, offset: int) -> Tensor:
        """The sung pitch as a bump as high as its confidence, `[B, T, 46]`."""
        step, confidence = frame[..., 1:2], frame[..., 2:3] / 255
        pitch = VOICE_LOWEST + (step - 1) / VOICE_STEPS
        grid = torch.arange(PITCHES, device=frame.device, dtype=torch.float32) + (LOWEST + offset)
        bump = torch.exp(-0.5 * ((grid - pitch) / BUMP) ** 2) * confidence * torch.clamp(step, 0, 1)
        return _pool(bump * 255)


def _pool(plane: Tensor) -> Tensor:
    """`[B, N, W]`, 0-255 -> `[B, N / 4, W]`, means, 0-1."""
    return plane.reshape(plane.shape[0], -1, POOL, plane.shape[-1]).mean(2) / 255


def _at(keys: Tensor, offset: int) -> Tensor:
    """`[B, T, 88]` -> `[B, T, 46]`: each pitch's value `offset` semitones away; 0 beyond the keyboard."""
    first = LOWEST - LOWEST_KEY + offset
    cut = keys[..., first : first + PITCHES]
    return F.pad(cut, (0, PITCHES - cut.shape[-1]))


class PlaneBlock(nn.Module):
    """Residual convolution over pitch and time, `[B, WIDTH, T, 46]`."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(WIDTH, WIDTH, 3, padding=(dilation, 1), dilation=(dilation, 1), bias=False)
        self.norm = nn.BatchNorm2d(WIDTH, momentum=MOMENTUM)

    def forward(self, planes: Tensor) -> Tensor:
        return planes + torch.relu(self.norm(self.convolution(planes)))


class LineBlock(nn.Module):
    """Residual dilated convolution over time, `[B, LINE, T]`."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.convolution = nn.Conv1d(LINE, LINE, 3, padding=dilation, dilation=dilation, bias=False)
        self.norm = nn.BatchNorm1d(LINE, momentum=MOMENTUM)

    def forward(self, line: Tensor) -> Tensor:
        return line + torch.relu(self.norm(self.convolution(line)))


class MelodyNetwork(nn.Module):
    """0.3 million parameters. Answers are logits: pitch (46 pitches, then rest), onset of each pitch, sung."""

    def __init__(self) -> None:
        super().__init__()
        self.planes = Planes()
        self.first = nn.Sequential(
            nn.Conv2d(PLANES, WIDTH, 3, padding=1, bias=False), nn.BatchNorm2d(WIDTH, momentum=MOMENTUM), nn.ReLU()
        )
        self.blocks = nn.Sequential(*(PlaneBlock(dilation) for dilation in TIME_DILATIONS))
        # Octaves compared with each other.
        self.octaves = nn.Conv2d(WIDTH, WIDTH, (1, 3), padding=(0, 12), dilation=(1, 12))
        self.squeeze = nn.Conv2d(WIDTH, 12, 1)
        self.embed = nn.Linear(12 * PITCHES, LINE)
        self.line = nn.Sequential(*(LineBlock(dilation) for dilation in LINE_DILATIONS))
        self.dropout = nn.Dropout(0.15)
        self.expected = nn.Linear(LINE, 4 * PITCHES)
        self.mood = nn.Linear(LINE, WIDTH)
        self.join = nn.Conv2d(WIDTH + 4, WIDTH, (3, 3), padding=1)
        self.heads = nn.Conv2d(WIDTH, 1 + ONSETS_PER_FRAME, 1)
        self.scene = nn.Linear(LINE, 2)
        with torch.no_grad():
            # Onsets are rare: of a pitch in a half frame one in some thousands.
            self.heads.weight[1:].mul_(0.1)
            self.heads.bias[1:] = -6.0  # type: ignore[index]

    def forward(self, contour: Tensor, note: Tensor, onset: Tensor, frame: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Planes of the evidence as `Planes` takes them -> logits `pitch [B, T, 47]`, `onset [B, 2 T, 46]`,
        `sung [B, T]`, T = N / 4; frame t covers frames 4 t to 4 t + 3 of the evidence."""
        stacked = self.planes(contour, note, onset, frame)
        count = stacked.shape[0]
        seen = self.blocks(self.first(stacked))
        seen = seen + torch.relu(self.octaves(seen))
        # [B, 12, T, 46] -> [B, T, 12 * 46]
        flat = torch.relu(self.squeeze(seen)).permute(0, 2, 1, 3).reshape(count, -1, 12 * PITCHES)
        line = self.line(torch.relu(self.embed(self.dropout(flat))).transpose(1, 2)).transpose(1, 2)
        line = self.dropout(line)
        expected = self.expected(line).reshape(count, -1, 4, PITCHES).transpose(1, 2)
        mood = self.mood(line).transpose(1, 2).unsqueeze(-1)
        joined = torch.relu(self.join(torch.cat([seen, expected], 1)) + mood)
        heads = self.heads(joined)
        scene = self.scene(line)
        pitch = torch.cat([heads[:, 0], scene[..., :1]], -1)
        onsets = heads[:, 1:].permute(0, 2, 1, 3).reshape(count, -1, PITCHES)
        return pitch, onsets, scene[..., 1]


class Listener(nn.Module):
    """What `melody.onnx` holds: the network with probabilities in place of logits."""

    def __init__(self, network: MelodyNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, contour: Tensor, note: Tensor, onset: Tensor, frame: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """As `MelodyNetwork.forward`, probabilities."""
        pitch, begins, sung = self.network(contour, note, onset, frame)
        return torch.softmax(pitch, -1), torch.sigmoid(begins), torch.sigmoid(sung)
