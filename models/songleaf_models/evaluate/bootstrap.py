"""Means over songs with their uncertainty."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

RESAMPLES = 5000
SEED = 909


class Estimate(NamedTuple):
    """A mean over n songs with equal weight and its 95 % interval; NaN where no song has the figure."""

    mean: float
    low: float
    high: float
    n: int


def estimate(values: Sequence[float]) -> Estimate:
    """Percentile bootstrap over songs (Efron, 1979); the same values give the same interval."""
    known = np.array([value for value in values if not np.isnan(value)])
    if len(known) == 0:
        return Estimate(np.nan, np.nan, np.nan, 0)
    draws = np.random.default_rng(SEED).integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.percentile(known[draws].mean(axis=1), [2.5, 97.5])
    return Estimate(float(known.mean()), float(low), float(high), len(known))
