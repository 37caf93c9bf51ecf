"""Sections: borders after Turnbull et al. (2007), labels by pairs of frames after Levy & Sandler (2008)."""

from collections.abc import Sequence

import mir_eval
import numpy as np

from songleaf_models.truth import Span


def measure_sections(true: Sequence[Span], heard: Sequence[Span]) -> dict[str, float]:
    """Figures 0 to 1. The song's start and end are no borders: they are found for nothing."""
    if not true:
        return {}
    intervals, labels = _as_intervals(true)
    found, found_labels = _as_intervals(heard)
    start, end = intervals.min(), intervals.max()
    found, found_labels = mir_eval.util.adjust_intervals(found, found_labels, start, end, "-", "-")
    figures: dict[str, float] = {}
    for window in (3.0, 0.5):
        precision, recall, f = detect_borders(intervals, found, window)
        name = f"border {window:g} s"
        figures |= {f"{name} P": precision, f"{name} R": recall, f"{name} F": f}
    # mir_eval wants time to start at 0.
    *_, pairwise = mir_eval.segment.pairwise(intervals - start, labels, found - start, found_labels)
    figures["label F"] = float(pairwise)
    return figures


def detect_borders(true: np.ndarray, heard: np.ndarray, window: float) -> tuple[float, float, float]:
    """true[N, 2], heard[M, 2] intervals of one span -> precision, recall and F of the borders inside it."""
    reference, found = true[1:, 0], heard[1:, 0]
    if len(reference) == 0 or len(found) == 0:
        value = float(len(reference) == len(found))
        return value, value, value
    matches = len(mir_eval.util.match_events(reference, found, window))
    precision, recall = matches / len(found), matches / len(reference)
    return precision, recall, 2 * matches / (len(found) + len(reference))


def _as_intervals(spans: Sequence[Span]) -> tuple[np.ndarray, list[str]]:
    """intervals[N, 2] that touch: each section lasts until the next; those without length drop."""
    if not spans:
        return np.array([(0.0, 1e-3)]), ["-"]
    ends = [*(span.start for span in spans[1:]), spans[-1].end]
    lasting = [(span, end) for span, end in zip(spans, ends, strict=True) if end - span.start > 1e-3]
    return np.array([(span.start, end) for span, end in lasting]), [span.label for span, _ in lasting]
