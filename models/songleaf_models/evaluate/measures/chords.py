"""Chords: mir_eval's weighted overlap; time in which the truth says "no chord" does not count."""

from collections.abc import Sequence

import mir_eval
import numpy as np

from songleaf_models.truth import Span

COMPARISONS = {
    "root": mir_eval.chord.root,
    "majmin": mir_eval.chord.majmin,
    "sevenths": mir_eval.chord.sevenths,
    "inversions": mir_eval.chord.majmin_inv,
    "mirex": mir_eval.chord.mirex,
}


def measure_chords(true: Sequence[Span], heard: Sequence[Span]) -> dict[str, float]:
    """Share of the time in which chords agree, 0 to 1; each comparison leaves out what it cannot name."""
    if not true:
        return {}
    intervals, labels = as_intervals(true)
    heard_intervals, heard_labels = as_intervals(heard)
    heard_intervals, heard_labels = mir_eval.util.adjust_intervals(
        heard_intervals, heard_labels, intervals.min(), intervals.max(), "N", "N"
    )
    merged, labels, heard_labels = mir_eval.util.merge_labeled_intervals(
        intervals, labels, heard_intervals, heard_labels
    )
    durations = mir_eval.util.intervals_to_durations(merged)
    sounding = np.array([label not in ("N", "X") for label in labels])
    if not sounding.any():
        return {}
    labels = [label for label, counts in zip(labels, sounding, strict=True) if counts]
    heard_labels = [label for label, counts in zip(heard_labels, sounding, strict=True) if counts]
    return {
        name: float(mir_eval.chord.weighted_accuracy(compare(labels, heard_labels), durations[sounding]))
        for name, compare in COMPARISONS.items()
    }


def as_intervals(spans: Sequence[Span]) -> tuple[np.ndarray, list[str]]:
    """intervals[N, 2] that touch, gaps filled with N."""
    intervals, labels = [], []
    end = None
    for span in spans:
        if end is not None and span.start > end + 1e-6:
            intervals.append((end, span.start))
            labels.append("N")
        start = span.start if end is None else max(end, span.start)
        if span.end <= start:
            continue
        intervals.append((start, span.end))
        labels.append(span.label)
        end = span.end
    if not intervals:
        return np.array([(0.0, 1e-3)]), ["N"]
    return np.array(intervals), labels
