"""Keys, by the share of time in which they agree."""

from collections.abc import Sequence

import numpy as np

from songleaf_models.truth import Key

STEP = 0.05
"""Seconds."""


def measure_keys(true: Sequence[Key], heard: Sequence[Key]) -> dict[str, float]:
    """`key`: same tonic and mode; `key signature`: relative keys count as one. 0 to 1."""
    if not true:
        return {}
    times = np.arange(true[0].start, true[-1].end, STEP) + STEP / 2
    reference, found = _at(times, true), _at(times, heard)
    counts = reference[:, 0] >= 0
    same = (reference == found).all(axis=1)
    signature = (_signature(reference) == _signature(found)) & (found[:, 0] >= 0)
    return {"key": float(same[counts].mean()), "key signature": float(signature[counts].mean())}


def _at(times: np.ndarray, keys: Sequence[Key]) -> np.ndarray:
    """[T, 2] tonic and 1 for minor at each time; -1 where there is none."""
    found = np.full((len(times), 2), -1)
    for key in keys:
        found[(times >= key.start) & (times < key.end)] = (key.tonic, key.mode == "minor")
    return found


def _signature(keys: np.ndarray) -> np.ndarray:
    """Tonic of the major key of the same signature."""
    return (keys[:, 0] + 3 * keys[:, 1]) % 12
