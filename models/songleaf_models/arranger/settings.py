"""A player's settings, measured on what a pianist wrote, so that the network learns what they do."""

import numpy as np

from songleaf_models.arranger.network import SETTINGS

HEARD = 102
"""Onset posterior (0-255) from which a key counts as heard for the closeness: 0.4."""
# Means and deviations over the training songs bring each setting to about -2 to 2.
_CENTRES = {"density": (1.6, 0.63), "register": (60.0, 4.7), "drive": (0.75, 0.6), "closeness": (0.55, 0.25)}


def measure_settings(notes: np.ndarray, heard: np.ndarray, beats: float) -> np.ndarray | None:
    """What a passage is like, `[4]` in the order of `SETTINGS`; None where nothing is played.

    notes: `[T, 88]` bool, accompaniment that begins. heard: `[T, 88]` onset posterior, 0-255. beats: their number.
    density: logarithm (base 2) of notes a beat; register: mean pitch; drive: logarithm (base 2) of onsets a beat;
    closeness: share of what is played that was heard clearly.
    """
    count = int(notes.sum())
    if count == 0:
        return None
    values = {
        "density": np.log2(count / beats),
        "register": float((notes.sum(0) * np.arange(21, 109)).sum()) / count,
        "drive": np.log2(int(notes.any(1).sum()) / beats),
        "closeness": float((notes & (heard >= HEARD)).sum()) / count,
    }
    scaled = [(values[name] - _CENTRES[name][0]) / _CENTRES[name][1] for name in SETTINGS]
    return np.clip(np.array(scaled, np.float32), -3, 3)
