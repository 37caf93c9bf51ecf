"""What an arrangement is like, without anything to compare it with: model.md's style figures."""

from collections.abc import Sequence

import numpy as np

from songleaf_models.truth import TimedNote

STYLE = (
    "notes/s",
    "onsets/s",
    "notes per onset",
    "silent share",
    "median note",
    "wide span",
    "widest hand",
    "entropy 8 s",
)
GROUP = 0.03
"""Seconds: notes that begin within it are one onset."""
SPLIT, SPAN = 60, 14
WINDOW = 8.0
"""Seconds of the pitch-class entropy."""


def measure_style(notes: Sequence[TimedNote]) -> dict[str, float]:
    """Whole-file averages, pedal ignored; {} without notes."""
    if not notes:
        return {}
    ordered = sorted(notes)
    starts, ends = (np.array([getattr(note, side) for note in ordered]) for side in ("start", "end"))
    pitches = np.array([note.pitch for note in ordered])
    length = float(ends.max() - starts[0])
    groups = group_onsets(starts)
    sounding = np.maximum.accumulate(ends)
    silent = float(np.maximum(0, starts[1:] - sounding[:-1]).sum())
    wide, widest = 0, 0
    for first, last in groups:
        for hand in (pitches[first:last] < SPLIT, pitches[first:last] >= SPLIT):
            own = pitches[first:last][hand]
            span = int(own.max() - own.min()) if len(own) > 0 else 0
            wide += span > SPAN
            widest = max(widest, span)
    return {
        "notes/s": len(ordered) / length,
        "onsets/s": len(groups) / length,
        "notes per onset": len(ordered) / len(groups),
        "silent share": silent / length,
        "median note": float(np.median(ends - starts)),
        "wide span": wide / len(groups),
        "widest hand": float(widest),
        "entropy 8 s": windowed_entropy(starts, pitches),
    }


def group_onsets(starts: np.ndarray) -> list[tuple[int, int]]:
    """[first, last) of the notes of each onset; `starts` rising."""
    bounds = [0]
    for i in range(1, len(starts)):
        if starts[i] - starts[bounds[-1]] >= GROUP:
            bounds.append(i)
    return list(zip(bounds, [*bounds[1:], len(starts)], strict=True))


def windowed_entropy(starts: np.ndarray, pitches: np.ndarray) -> float:
    """Mean entropy (bits) of the pitch classes that begin in windows of 8 s."""
    values = []
    for first in np.arange(starts[0], starts[-1], WINDOW):
        classes = pitches[(starts >= first) & (starts < first + WINDOW)] % 12
        if len(classes) > 0:
            share = np.bincount(classes, minlength=12) / len(classes)
            values.append(float(-(share[share > 0] * np.log2(share[share > 0])).sum()))
    return float(np.mean(values)) if values else np.nan
