"""Cuts a song into two-bar segments on 16ths, as they are learned."""

import numpy as np

from songleaf_models.a2s.chord_rows import ROW, lay_rows
from songleaf_models.a2s.grid import BAR_BEATS, BEATS, FRAMES, KEYS, PITCHES, STEPS, STEPS_A_BEAT, seconds_to_beats
from songleaf_models.a2s.piano_tree import LONGEST
from songleaf_models.a2s.posteriors import measure_loudness, resample
from songleaf_models.evidence import Evidence
from songleaf_models.truth import TimedNote, Truth

SEGMENT = np.dtype(
    [
        ("onset", np.uint8, (FRAMES, KEYS)),
        ("note", np.uint8, (FRAMES, KEYS)),
        ("loudness", np.uint8, (FRAMES,)),
        ("piano", np.uint8, (STEPS, PITCHES)),
        ("bridge", np.uint8, (STEPS, PITCHES)),
        ("chords", np.int8, (BEATS, ROW)),
        ("beat", np.int32),
        ("bar", np.int32),
        ("previous", np.int32),
        ("stray", np.float32),
    ]
)
"""One segment: posteriors x 255, durations in steps at (step, pitch), chord rows; the number of its first beat and bar,
the place in the file of the segment one bar earlier (-1: none), mean distance of its onsets from the grid in steps."""


def list_downbeats(truth: Truth) -> list[int]:
    """Numbers of the beats at which two complete bars of four quarters begin."""
    if any(metre.unit != "quarter" for metre in truth.metres):
        return []
    positions = [beat.position for beat in truth.beats]
    pattern = [1, 2, 3, 4] * (BEATS // BAR_BEATS)
    found = []
    for first in range(len(positions) - BEATS + 1):
        complete = first + BEATS == len(positions) or positions[first + BEATS] == 1
        if complete and positions[first : first + BEATS] == pattern:
            found.append(first)
    return found


def lay_roll(notes: list[TimedNote], times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """uint8 [4 B, 128] durations in steps of a whole song, and float [4 B] the sum of its onsets' distances from it.

    Steps count from beat 0; notes before it are left out. Of notes at one place the longest stays.
    """
    roll = np.zeros((STEPS_A_BEAT * len(times), PITCHES), np.uint8)
    stray = np.zeros(len(roll), np.float32)
    if not notes:
        return roll, stray
    starts = STEPS_A_BEAT * seconds_to_beats(np.array([note.start for note in notes]), times)
    ends = STEPS_A_BEAT * seconds_to_beats(np.array([note.end for note in notes]), times)
    steps = np.round(starts).astype(int)
    lengths = np.clip(np.round(ends).astype(int) - steps, 1, LONGEST)
    inside = (steps >= 0) & (steps < len(roll))
    pitches = np.array([note.pitch for note in notes])
    np.maximum.at(roll, (steps[inside], pitches[inside]), lengths[inside].astype(np.uint8))
    np.add.at(stray, steps[inside], np.abs(starts - steps)[inside].astype(np.float32))
    return roll, stray


def cut_segments(truth: Truth, evidence: Evidence) -> np.ndarray:
    """[N] SEGMENT, one a bar that begins two complete bars of four quarters; without any where the song has none."""
    downbeats = list_downbeats(truth)
    segments = np.zeros(len(downbeats), SEGMENT)
    if not downbeats:
        return segments
    times = np.array([beat.time for beat in truth.beats])
    bars = np.cumsum([beat.position == 1 for beat in truth.beats]) - 1
    rows = lay_rows(truth.chords, times)
    (piano, stray), (bridge, lead_stray) = lay_roll(truth.piano, times), lay_roll(truth.bridge, times)
    loudness = measure_loudness(evidence.loudness[:, 0])
    places = {first: place for place, first in enumerate(downbeats)}
    for place, first in enumerate(downbeats):
        segment = segments[place]
        steps = slice(STEPS_A_BEAT * first, STEPS_A_BEAT * (first + BEATS))
        segment["onset"], segment["note"], segment["loudness"] = resample(
            evidence.onset, evidence.note, loudness, first, times
        )
        segment["piano"], segment["bridge"] = piano[steps], bridge[steps]
        segment["chords"] = rows[first : first + BEATS]
        segment["beat"], segment["bar"] = first, bars[first]
        segment["previous"] = places.get(first - BAR_BEATS, -1)
        onsets = (piano[steps] > 0).sum() + (bridge[steps] > 0).sum()
        segment["stray"] = (stray[steps].sum() + lead_stray[steps].sum()) / max(1, onsets)
    return segments
