"""What the network sees of the evidence: part of the exported graph, so that there is one implementation."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.evidence import BEAT_RATE, CHORD_RATE, CHORD_STEPS, Evidence

RATE = CHORD_RATE
"""Frames a second: frame t is centred on sample 512 t, on frame 2 t of the evidence."""

ONSET_EDGES = (0, 20, 32, 44, 56, 68, 88)
"""Piano keys (A0 = 0) between which onsets are summed."""

BASS_KEYS = 32
TRIADS, BASSES = 73, 13
REACHES = (10, 22)
"""Frames before and after that are compared for a change of chord: 0.23 and 0.51 s."""

GROUPS = {"flux": 8, "onset": 6, "loudness": 1, "beatnet": 6, "chords": 4, "notes": 2}
"""Features by what they come from, in order."""

COUNT = sum(GROUPS.values())


def group_slice(name: str) -> slice:
    """Where a group's features lie."""
    names = list(GROUPS)
    first = sum(GROUPS[before] for before in names[: names.index(name)])
    return slice(first, first + GROUPS[name])


class Planes(NamedTuple):
    """Planes of the evidence laid on one another, 0-255 as float32; 2 T frames of the transcriber, T of the rest."""

    onset: Tensor  # [B, 2 T, 88]
    note: Tensor  # [B, 2 T, 88]
    flux: Tensor  # [B, 2 T, 8]
    loudness: Tensor  # [B, 2 T, 1]
    beats: Tensor  # [B, T, 6]
    chords: Tensor  # [B, T, 86] triad and bass


def align(evidence: Evidence) -> Planes:
    """Lays the planes on T = ceil(frames / 2) frames, B = 1; as `main/engine/analysis/hear-pulse.ts` does.

    BeatNet's frames are interpolated linearly; frames that a plane does not have are silent.
    """
    count = -(-len(evidence.flux) // 2)
    at = np.arange(count) * (BEAT_RATE / RATE)
    left = np.floor(at).astype(int)
    padded = np.zeros((max(len(evidence.beats), count * 2) + 2, 6), np.float32)
    padded[: len(evidence.beats)] = evidence.beats
    way = (at - left).astype(np.float32)[:, None]
    beats = padded[left] * (1 - way) + padded[left + 1] * way
    chords = np.full((count, TRIADS + BASSES), 255, np.float32)
    heard = min(count, len(evidence.chords))
    chords[:heard] = evidence.chords[:heard, : TRIADS + BASSES]

    def whole(plane: np.ndarray) -> Tensor:
        out = np.zeros((2 * count, plane.shape[1]), np.float32)
        out[: len(plane)] = plane
        return torch.from_numpy(out)[None]

    return Planes(
        whole(evidence.onset),
        whole(evidence.note),
        whole(evidence.flux),
        whole(evidence.loudness),
        torch.from_numpy(beats)[None],
        torch.from_numpy(chords)[None],
    )


def _measure_change(values: Tensor, reach: int) -> Tensor:
    """1 - Bhattacharyya coefficient of the means of `values` [B, C, T] over `reach` frames before and from t on.

    Returns [B, 1, T] in 0-1.
    """
    sums = functional.avg_pool1d(functional.pad(values, (reach, reach)), reach, 1)
    before, after = sums[:, :, : values.shape[2]], sums[:, :, reach : reach + values.shape[2]]
    overlap = (before * after + 1e-9).sqrt().sum(1, keepdim=True)
    norm = (before.sum(1, keepdim=True) * after.sum(1, keepdim=True) + 1e-6).sqrt()
    return (1 - overlap / norm).clamp(0, 1)


class PulseFeatures(nn.Module):
    """Planes -> features [B, COUNT, T], each of the order of 0 to 1."""

    def forward(
        self, onset: Tensor, note: Tensor, flux: Tensor, loudness: Tensor, beats: Tensor, chords: Tensor
    ) -> Tensor:
        """Takes `Planes`."""

        def pool(values: Tensor) -> Tensor:
            return functional.max_pool1d(values.transpose(1, 2), 3, 2, 1)

        # Under a tenth is the transcriber's noise floor.
        clear = functional.relu(onset / 255 - 0.1)
        bands = [clear[:, :, low:high].sum(2, keepdim=True) for low, high in pairwise(ONSET_EDGES)]
        probability = torch.exp(chords.transpose(1, 2) / -CHORD_STEPS)
        triad, bass = probability[:, :TRIADS], probability[:, TRIADS:]
        notes = pool(functional.relu(note / 255 - 0.15))
        change = [_measure_change(part, reach) for reach in REACHES for part in (triad, bass)]
        change += [_measure_change(part, REACHES[0]) for part in (notes[:, :BASS_KEYS], notes[:, BASS_KEYS:])]
        return torch.cat(
            [
                (pool(flux) / 255).sqrt(),
                torch.log1p(pool(torch.cat(bands, 2))),
                pool(loudness) / 255,
                beats.transpose(1, 2) / 255,
                *change,
            ],
            1,
        )
