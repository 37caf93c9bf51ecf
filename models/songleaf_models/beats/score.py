"""F-measures of a network's peaks, to watch training by."""

import mir_eval
import numpy as np

from songleaf_models.beats.clips import Clip
from songleaf_models.beats.features import RATE

THRESHOLD = 0.4


def find_peaks(activation: np.ndarray) -> np.ndarray:
    """Seconds of the local maxima of activation [T] above `THRESHOLD`."""
    padded = np.pad(activation, 2)
    around = np.max([padded[n : n + len(activation)] for n in (0, 1, 3, 4)], axis=0)
    return np.flatnonzero((activation > THRESHOLD) & (activation >= around)) / RATE


def score_frames(probabilities: np.ndarray, clip: Clip) -> tuple[float, float]:
    """Beat F and downbeat F at 70 ms of probabilities [heads, T]."""
    beats = clip.beats / RATE
    downbeats = beats[clip.positions == 1]
    return (
        mir_eval.beat.f_measure(beats, find_peaks(probabilities[0])),
        mir_eval.beat.f_measure(downbeats, find_peaks(probabilities[1])),
    )
