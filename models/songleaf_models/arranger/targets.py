"""What a pianist wrote, step by step: targets of the network."""

import numpy as np

from songleaf_models.arranger.grid import Grid, place_notes
from songleaf_models.arranger.planes import KEYS, LOWEST
from songleaf_models.truth import Truth

MELODY, BRIDGE, PIANO, HOLD = 1, 2, 4, 8
"""Bits of the target plane: a note of the role begins; a note of piano or bridge that began earlier sounds on."""


def paint_targets(truth: Truth, grid: Grid) -> np.ndarray:
    """`[T, 2, 88]` uint8: bits, and the velocity (0-127) of what begins."""
    out = np.zeros((len(grid.ticks), 2, KEYS), np.uint8)
    for role, notes in ((MELODY, truth.melody), (BRIDGE, truth.bridge), (PIANO, truth.piano)):
        placed = place_notes(grid, notes)
        for start, end, pitch, velocity in zip(placed.start, placed.end, placed.pitch, placed.velocity, strict=True):
            key = pitch - LOWEST
            out[start, 0, key] |= role
            out[start, 1, key] = max(out[start, 1, key], velocity)
            if role != MELODY:
                out[start + 1 : end, 0, key] |= HOLD
    return out
