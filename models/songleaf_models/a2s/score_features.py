"""What is told of the score beside its notes: bass, intensity and lead onset of every step."""

import numpy as np

from songleaf_models.a2s.piano_tree import MOST_NOTES

_LOW, _HIGH = 48, 60
"""MIDI pitches up to which a lowest note counts as bass fully, and from which it does not."""


def measure_features(piano: np.ndarray, bridge: np.ndarray) -> np.ndarray:
    """[..., 32, 3] float32 of two piano rolls [..., 32, 128].

    Bass: 1 if the piano's lowest onset is at or under C3, falling to 0 at C4, 0 without onset. Intensity: number of
    the piano's onsets / 14. Lead onset: 1 where the bridge has one.
    """
    onsets = piano > 0
    sounding = onsets.any(-1)
    lowest = onsets.argmax(-1)
    bass = np.where(sounding, np.clip((_HIGH - lowest) / (_HIGH - _LOW), 0, 1), 0)
    intensity = np.minimum(onsets.sum(-1), MOST_NOTES) / MOST_NOTES
    return np.stack([bass, intensity, (bridge > 0).any(-1)], -1).astype(np.float32)
