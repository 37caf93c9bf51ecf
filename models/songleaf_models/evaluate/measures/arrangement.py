"""An arrangement against the one that a pianist made; times in seconds, places on the 16ths of the reference beats."""

from collections.abc import Sequence

import mir_eval
import numpy as np

from songleaf_models.evaluate.measures.melody import WINDOW, note_f
from songleaf_models.truth import Beat, Span, TimedNote

COLUMNS = ("note F", "grid note F", "onset F", "chroma", "chord agreement", "groove", "density ratio")
CELL = 0.03
"""Seconds: onsets in one cell are one."""
STEPS_A_BEAT = 4

_TRIADS = np.array(
    [np.roll(np.isin(np.arange(12), tones), root) for tones in ((0, 4, 7), (0, 3, 7)) for root in range(12)]
)


def measure_arrangement(
    true: Sequence[TimedNote], written: Sequence[TimedNote], beats: Sequence[Beat], chords: Sequence[Span]
) -> dict[str, float]:
    """Figures of COLUMNS; what begins before the first beat or behind the last does not count."""
    times = np.array([beat.time for beat in beats])
    true, written = ([note for note in notes if _inside(note, times)] for notes in (true, written))
    if not true:
        return {}
    grids = [_place(notes, times) for notes in (true, written)]
    chromas = [_spread(notes, times) for notes in (true, written)]
    return {
        "note F": note_f(true, written),
        "grid note F": _f_measure(len(grids[0] & grids[1]), len(grids[0]), len(grids[1])),
        "onset F": onset_f(true, written),
        "chroma": _mean_cosine(chromas[0], chromas[1]),
        "chord agreement": chord_agreement(written, chords),
        "groove": groove_similarity(true, written, beats),
        "density ratio": len(written) / len(true),
    }


def _inside(note: TimedNote, times: np.ndarray) -> bool:
    return bool(times[0] - WINDOW <= note.start < times[-1] + times[-1] - times[-2])


def _f_measure(matches: int, one: int, other: int) -> float:
    return 2 * matches / max(1, one + other)


def _to_beats(seconds: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Beat numbers; the last interval goes on behind the last beat."""
    ends = np.append(times, 2 * times[-1] - times[-2])
    return np.interp(seconds, ends, np.arange(len(ends)))


def _place(notes: Sequence[TimedNote], times: np.ndarray) -> set[tuple[int, int]]:
    """(step, pitch) of each note."""
    steps = np.round(STEPS_A_BEAT * _to_beats(np.array([note.start for note in notes]), times)).astype(int)
    return {(int(step), note.pitch) for step, note in zip(steps, notes, strict=True)}


def onset_f(true: Sequence[TimedNote], written: Sequence[TimedNote]) -> float:
    """F-measure of distinct onset times (cells of 30 ms), ±60 ms, whatever the pitch."""
    sides = []
    for notes in (true, written):
        onsets = np.sort([note.start for note in notes])
        cells = np.floor(onsets / CELL)
        sides.append(onsets[np.append(True, np.diff(cells) > 0)] if len(onsets) else onsets)
    matches = len(mir_eval.util.match_events(sides[0], sides[1], WINDOW)) if len(sides[0]) and len(sides[1]) else 0
    return _f_measure(matches, len(sides[0]), len(sides[1]))


def _spread(notes: Sequence[TimedNote], times: np.ndarray) -> np.ndarray:
    """[B, 12] how long each pitch class sounds in each beat, in beats."""
    chroma = np.zeros((len(times), 12))
    for note in notes:
        start, end = _to_beats(np.array([note.start, note.end]), times)
        for beat in range(int(start), min(len(times), int(np.ceil(end)))):
            chroma[beat, note.pitch % 12] += min(end, beat + 1) - max(start, beat)
    return chroma


def _mean_cosine(true: np.ndarray, written: np.ndarray) -> float:
    """Over the rows in which the reference is not empty; 0 where only it sounds."""
    norms = np.linalg.norm(true, axis=1), np.linalg.norm(written, axis=1)
    known = norms[0] > 0
    cosines = (true * written).sum(1) / np.maximum(norms[0] * norms[1], 1e-12)
    return float(cosines[known].mean()) if known.any() else np.nan


def groove_similarity(true: Sequence[TimedNote], written: Sequence[TimedNote], beats: Sequence[Beat]) -> float:
    """Mean over the reference's bars of the cosine between histograms of onsets, a bin a 16th."""
    times = np.array([beat.time for beat in beats])
    first = [index for index, beat in enumerate(beats) if beat.position == 1]
    counts = []
    for notes in (true, written):
        steps = np.round(STEPS_A_BEAT * _to_beats(np.array([note.start for note in notes]), times)).astype(int)
        counts.append(np.bincount(steps, minlength=STEPS_A_BEAT * (len(times) + 1)).astype(float))
    cosines = []
    for start, end in zip(first, [*first[1:], len(times)], strict=True):
        one, other = (count[STEPS_A_BEAT * start : STEPS_A_BEAT * end] for count in counts)
        if one.any():
            cosines.append(float(one @ other / max(1e-12, float(np.linalg.norm(one) * np.linalg.norm(other)))))
    return float(np.mean(cosines)) if cosines else np.nan


def chord_agreement(written: Sequence[TimedNote], chords: Sequence[Span]) -> float:
    """Share of the time with a major or minor chord in which that is the triad nearest to what sounds while it lasts.

    Nearest by the cosine between a triad's three pitch classes and the durations of all; sevenths count as their triad,
    other chords and none do not count; where nothing sounds it does not agree.
    """
    agreed, total = 0.0, 0.0
    starts, ends = (np.array([getattr(note, side) for note in written]) for side in ("start", "end"))
    classes = np.array([note.pitch % 12 for note in written], int)
    for chord in chords:
        root, bits, _ = mir_eval.chord.encode(chord.label)
        if root < 0 or not bits[7] or bits[3] == bits[4]:
            continue
        total += chord.end - chord.start
        if not len(written):
            continue
        lengths = np.clip(np.minimum(ends, chord.end) - np.maximum(starts, chord.start), 0, None)
        sounding = np.bincount(classes, lengths, 12)
        found = int((_TRIADS @ sounding).argmax())
        if sounding.any() and found == root + 12 * bool(bits[3]):
            agreed += chord.end - chord.start
    return agreed / total if total else np.nan
