"""What was heard, step by step: inputs of the network. `main/engine/arranger/own/planes.ts` does the same."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from songleaf_models.arranger.grid import TERNARY, TICKS, Grid, place_notes
from songleaf_models.data.harte import list_tones
from songleaf_models.evidence import FRAME_RATE, Evidence
from songleaf_models.truth import Truth

KEYS = 88
LOWEST = 21
PHASES = (0, 8, 12, 16, 24, 32, 36, 40)
"""Ticks in a beat at which a step may begin."""
BEATS = 6
"""Beats from the bar's start, and to its end, that are told apart."""
PLACE_VALUES = len(PHASES) + BEATS
"""Place in the beat and beats from the bar's start."""
STEP_VALUES = 12 + 12 + 8 + 1 + PLACE_VALUES + BEATS + 3
"""Chord tones, bass, flux, loudness, place in the beat, beat in the bar, beats left, compound, ternary, length."""


@dataclass
class Planes:
    """uint8, 0-255."""

    heard: np.ndarray  # [T, 3, 88] onset, note, contour
    melody: np.ndarray  # [T, 2, 88] begins, sounds
    step: np.ndarray  # [T, STEP_VALUES]


def sample_planes(evidence: Evidence, song: Truth, grid: Grid) -> Planes:
    """`song` gives chords and melody: the truth, or what the engine says."""
    heard, step = sample_evidence(evidence, grid.times)
    return Planes(
        heard, paint_melody(song, grid), np.concatenate([paint_chords(song, grid), step, paint_place(grid)], 1)
    )


def _to_frames(seconds: np.ndarray) -> np.ndarray:
    return np.floor(seconds * FRAME_RATE + 0.5).astype(int)


def sample_evidence(evidence: Evidence, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[T, 3, 88]` and flux with loudness `[T, 9]`.

    Onsets and flux are the strongest from half a step before to half a step behind a step's begin; notes, contour and
    loudness are means over the step. Frames beyond the evidence are silent.
    """
    middles = (times[:-1] + times[1:]) / 2
    around = _to_frames(np.concatenate([[times[0] - (middles[0] - times[0])], middles]))
    bounds = _to_frames(times)
    contour = evidence.contour.reshape(-1, KEYS, 3).max(2)
    onset, flux = (_pool(plane, around, "strongest") for plane in (evidence.onset, evidence.flux))
    note, salience, loudness = (_pool(plane, bounds, "mean") for plane in (evidence.note, contour, evidence.loudness))
    return np.stack([onset, note, salience], 1), np.concatenate([flux, loudness], 1)


def _pool(plane: np.ndarray, bounds: np.ndarray, how: Literal["strongest", "mean"]) -> np.ndarray:
    """Rows from bounds[t] to bounds[t + 1], at least one, made one."""
    out = np.zeros((len(bounds) - 1, plane.shape[1]), np.uint8)
    for t, (first, last) in enumerate(pairwise(bounds.tolist())):
        rows = plane[max(0, first) : max(first + 1, last, 0)]
        if len(rows) > 0:
            out[t] = rows.max(0) if how == "strongest" else np.floor(rows.mean(0) + 0.5)
    return out


def paint_melody(song: Truth, grid: Grid) -> np.ndarray:
    """`[T, 2, 88]`: 255 where a melody note begins, and where one sounds."""
    out = np.zeros((len(grid.ticks), 2, KEYS), np.uint8)
    notes = place_notes(grid, song.melody)
    for start, end, pitch in zip(notes.start, notes.end, notes.pitch, strict=True):
        out[start, 0, pitch - LOWEST] = 255
        out[start:end, 1, pitch - LOWEST] = 255
    return out


def paint_chords(song: Truth, grid: Grid) -> np.ndarray:
    """`[T, 24]`: pitch classes of the chord that sounds in the middle of each step, and its bass; 255 or 0."""
    out = np.zeros((len(grid.ticks), 24), np.uint8)
    middles = (grid.times[:-1] + grid.times[1:]) / 2
    for span in song.chords:
        try:
            root, tones, bass = list_tones(span.label)
        except ValueError:
            continue
        inside = (middles >= span.start) & (middles < span.end)
        for tone in tones:
            out[inside, (root + tone) % 12] = 255
        out[inside, 12 + bass] = 255
    return out


def paint_place(grid: Grid) -> np.ndarray:
    """`[T, 23]`: where in beat and bar each step lies."""
    count = len(grid.ticks)
    rows = np.arange(count)
    phase, from_start, to_end = (np.zeros((count, width), np.uint8) for width in (len(PHASES), BEATS, BEATS))
    phase[rows, np.searchsorted(PHASES, grid.ticks % TICKS)] = 255
    from_start[rows, np.minimum(grid.beat_in_bar, BEATS - 1)] = 255
    to_end[rows, np.minimum(grid.beats_in_bar - 1 - grid.beat_in_bar, BEATS - 1)] = 255
    # A quarter of a second fills the scale's half.
    length = np.minimum(255, np.floor(np.diff(grid.times) * 510 + 0.5)).astype(np.uint8)
    flags = np.stack([grid.compound * 255, (grid.division == TERNARY) * 255, length], 1).astype(np.uint8)
    return np.concatenate([phase, from_start, to_end, flags], 1)
