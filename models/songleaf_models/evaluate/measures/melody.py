"""Melody in 50-ms frames and in notes."""

from collections import defaultdict
from collections.abc import Sequence

import mir_eval
import numpy as np

from songleaf_models.truth import TimedNote

FRAME = 0.05
"""Seconds."""
WINDOW = 0.06
"""Seconds, ±: onsets within it match."""


def measure_melody(true: Sequence[TimedNote], heard: Sequence[TimedNote]) -> dict[str, float]:
    """Figures 0 to 1. A frame with melody in which nothing was heard is wrong for `raw pitch` and `raw chroma`."""
    if not true:
        return {}
    end = max(note.end for note in [*true, *heard])
    times = np.arange(0, end, FRAME) + FRAME / 2
    reference, found = pitch_at(times, true), pitch_at(times, heard)
    voiced, called = reference > 0, found > 0
    return {
        "raw pitch": float((reference == found)[voiced].mean()),
        "raw chroma": float((called & (reference % 12 == found % 12))[voiced].mean()),
        "voicing recall": float(called[voiced].mean()),
        "false alarm": float(called[~voiced].mean()) if (~voiced).any() else 0.0,
        "melody note F": note_f(true, heard),
    }


def pitch_at(times: np.ndarray, notes: Sequence[TimedNote]) -> np.ndarray:
    """[T] the highest sounding note, 0 for none."""
    found = np.zeros(len(times), int)
    for note in notes:
        sounding = slice(*np.searchsorted(times, [note.start, note.end]))
        found[sounding] = np.maximum(found[sounding], note.pitch)
    return found


def note_f(true: Sequence[TimedNote], heard: Sequence[TimedNote]) -> float:
    """F-measure of one-to-one matches: pitch equal, onsets within `WINDOW`, duration ignored."""
    return 2 * count_matches(true, heard) / (len(true) + len(heard)) if true or heard else 0.0


def count_matches(true: Sequence[TimedNote], heard: Sequence[TimedNote], window: float = WINDOW) -> int:
    """One-to-one matches: pitch equal, onsets within `window` seconds, duration ignored."""
    onsets: dict[int, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for side, notes in enumerate((true, heard)):
        for note in notes:
            onsets[note.pitch][side].append(note.start)
    return sum(
        len(mir_eval.util.match_events(np.sort(reference), np.sort(found), window))
        for reference, found in onsets.values()
        if reference and found
    )
