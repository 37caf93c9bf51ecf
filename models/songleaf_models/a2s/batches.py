"""Batches for training: they depend on seed, stage and step only, so that training goes on exactly after a stop."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from songleaf_models.a2s.chord_rows import expand_rows, shift_rows
from songleaf_models.a2s.piano_tree import Order, encode_tree
from songleaf_models.a2s.posteriors import shift_keys, stack_planes
from songleaf_models.a2s.score_features import measure_features
from songleaf_models.a2s.store import Store

SHIFTS = np.arange(-6, 6)
SHIFT_WEIGHTS = np.array([2, 2, 5, 5, 3, 7, 7, 5, 7, 3, 5, 1]) / 52
"""Semitones that a batch is moved by, and how often: the published ones."""


@dataclass
class Batch:
    """audio [B, 3, 153, 88] or [B, 229, 153], chords [B, 8, 36], tree [B, 32, 16, 6] long, features [B, 32, 3], rolls
    [B, 32, 128]."""

    audio: Tensor
    chords: Tensor
    tree: Tensor
    features: Tensor
    piano: Tensor
    previous: Tensor

    def __len__(self) -> int:
        return len(self.audio)

    def to(self, device: torch.device) -> "Batch":
        """The same on a device."""
        return Batch(*(getattr(self, field.name).to(device) for field in fields(self)))


def choose_segments(count: int, batch: int, seed: list[int], step: int) -> np.ndarray:
    """[B] numbers of the segments of a step: each pass over all takes them in an order of its own."""
    positions = np.arange(step * batch, (step + 1) * batch)
    chosen = np.empty(batch, int)
    for epoch in np.unique(positions // count):
        order = np.random.default_rng([*seed, int(epoch)]).permutation(count)
        here = positions // count == epoch
        chosen[here] = order[positions[here] % count]
    return chosen


def draw_shift(rng: np.random.Generator) -> int:
    """Semitones, by the published weights."""
    return int(rng.choice(SHIFTS, p=SHIFT_WEIGHTS))


Listen = Callable[[Store, np.ndarray, int], Tensor]
"""Store, chosen segments, semitones -> audio that is no posteriors."""


def make_batch(
    store: Store,
    chosen: np.ndarray,
    order: Order,
    shift: int = 0,
    previous: bool = False,
    listen: Listen | None = None,
) -> Batch:
    """The chosen segments, all moved by `shift` semitones; `previous`: with the segments one bar earlier.

    Score, chords, onsets and notes move; loudness and the score's features stay: they tell of the original.
    """
    segments = store.read(chosen)
    piano, bridge = np.array(segments["piano"]), np.array(segments["bridge"])
    before = store.read_previous(chosen) if previous else np.zeros_like(piano)
    features = measure_features(piano, bridge)
    planes = np.zeros(0) if listen else stack_planes(segments["onset"], segments["note"], segments["loudness"])
    rows = np.array(segments["chords"])
    if shift:
        piano, bridge, before = (shift_keys(x, shift) for x in (piano, bridge, before))
        planes = planes if listen else shift_keys(planes, shift)
        rows = shift_rows(rows, shift)
    return Batch(
        listen(store, chosen, shift) if listen else torch.from_numpy(planes),
        torch.from_numpy(expand_rows(rows)),
        torch.from_numpy(encode_tree(piano, bridge, order).astype(np.int64)),
        torch.from_numpy(features),
        torch.from_numpy(piano.astype(np.float32)),
        torch.from_numpy(before.astype(np.float32)),
    )
