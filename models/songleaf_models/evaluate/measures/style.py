"""What a piano part is like, without any reference: the style statistics that arrangers are compared by."""

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.cluster.vq import kmeans2

from songleaf_models.truth import TimedNote

STYLE_COLUMNS = (
    *("notes/s", "onsets/s", "notes/onset", "sounding", "silent share", "median length", "wide span"),
    *("mean pitch", "PCE song", "PCE 8 s", "PCE 2 s", "RGC", "IPE"),
)
GROUP = 0.03
"""Seconds: onsets closer than this to a group's first belong to it."""
HAND = 14
"""Semitones: a greater span on one side of C4 is wide."""
_MIDDLE_C = 60
_SHORTEST, _LONGEST = 0.0625, 4.0
_CLUSTERS = _GRAM = 8


def measure_style(notes: Sequence[TimedNote]) -> dict[str, float]:
    """Figures of STYLE_COLUMNS, pedal ignored; seconds, entropies in bits. Nothing for fewer than 16 notes."""
    if len(notes) < 16:
        return {}
    notes = sorted(notes)
    starts, ends = (np.array([getattr(note, side) for note in notes]) for side in ("start", "end"))
    pitches = np.array([note.pitch for note in notes])
    groups = group_onsets(starts)
    first = starts[np.unique(groups, return_index=True)[1]]
    length = float(ends.max() - starts.min())
    return {
        "notes/s": len(notes) / length,
        "onsets/s": len(first) / length,
        "notes/onset": len(notes) / len(first),
        "sounding": float((ends - starts).sum() / length),
        "silent share": _silent_share(starts, ends) / length,
        "median length": float(np.median(ends - starts)),
        "wide span": float(np.mean([_is_wide(pitches[groups == group]) for group in range(len(first))])),
        "mean pitch": float(pitches.mean()),
        "PCE song": class_entropy(pitches),
        "PCE 8 s": _windowed_entropy(starts, pitches, 8.0),
        "PCE 2 s": _windowed_entropy(starts, pitches, 2.0),
        "RGC": grid_coherence(first),
        "IPE": pattern_entropy(first),
    }


def group_onsets(starts: np.ndarray) -> np.ndarray:
    """Number of its onset group of each of rising starts."""
    groups = np.zeros(len(starts), int)
    first, number = starts[0], 0
    for index, start in enumerate(starts):
        if start - first >= GROUP:
            first, number = start, number + 1
        groups[index] = number
    return groups


def _silent_share(starts: np.ndarray, ends: np.ndarray) -> float:
    """Seconds in which no note sounds."""
    heard = np.maximum.accumulate(ends)[:-1]
    return float(np.clip(starts[1:] - heard, 0, None).sum())


def _is_wide(pitches: np.ndarray) -> bool:
    sides = pitches[pitches < _MIDDLE_C], pitches[pitches >= _MIDDLE_C]
    return any(len(side) > 1 and side.max() - side.min() > HAND for side in sides)


def entropy(counts: np.ndarray) -> float:
    """Bits."""
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def class_entropy(pitches: np.ndarray) -> float:
    """Bits of the histogram of pitch classes."""
    return entropy(np.bincount(pitches % 12, minlength=12))


def _windowed_entropy(starts: np.ndarray, pitches: np.ndarray, seconds: float) -> float:
    windows = ((starts - starts[0]) // seconds).astype(int)
    return float(np.mean([class_entropy(pitches[windows == window]) for window in np.unique(windows)]))


def grid_coherence(onsets: np.ndarray) -> float:
    """RGC (Etude, 2025): how far the eight commonest intervals are from multiples of the best of them, 0 to 0.5."""
    intervals = np.round(np.diff(onsets), 4)
    common = np.array([interval for interval, _ in Counter(intervals.tolist()).most_common(8)])
    units = common[common >= 0.01]
    if not len(units):
        return float("nan")
    ratios = common[None] / units[:, None]
    return float(np.abs(ratios - np.round(ratios)).mean(1).min())


def pattern_entropy(onsets: np.ndarray) -> float:
    """IPE (Etude, 2025): bits of sequences of eight intervals, of eight classes by the logarithm of their length."""
    intervals = np.log(np.clip(np.diff(onsets), _SHORTEST, _LONGEST))
    distinct = np.unique(np.round(intervals, 6))
    if len(intervals) < _GRAM or len(distinct) < 2:
        return 0.0
    centres = np.quantile(distinct, np.linspace(0, 1, min(_CLUSTERS, len(distinct))))
    with warnings.catch_warnings():
        # A class may stay empty.
        warnings.simplefilter("ignore")
        _, classes = kmeans2(intervals, centres, minit="matrix", missing="warn")
    grams = Counter(tuple(classes[i : i + _GRAM].tolist()) for i in range(len(classes) - _GRAM + 1))
    return entropy(np.array(list(grams.values())))
