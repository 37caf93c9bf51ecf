"""The steps that the network writes on: quarters of a beat, or sixths where a bar's beats divide in three."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from songleaf_models.truth import TimedNote, Truth

TICKS = 48
"""Ticks in a beat, as in the contract."""
STRAIGHT, TERNARY = 4, 6
"""Steps in a beat: 16ths, or sixths of a beat in 6/8 and in bars of triplets."""
TERNARY_GAIN = 1.0
"""How much nearer, in ticks on the mean, a bar's onsets must lie to thirds than to quarters of a beat."""


@dataclass
class Grid:
    """T steps of B beats. Step t lasts from `times[t]` to `times[t + 1]`."""

    times: np.ndarray  # [T + 1] seconds
    ticks: np.ndarray  # [T] from the first beat
    bars: np.ndarray  # [T] index of the bar
    bar_starts: np.ndarray  # [N] first step of each bar
    beat_in_bar: np.ndarray  # [T] from 0
    beats_in_bar: np.ndarray  # [T]
    division: np.ndarray  # [T] steps in the beat: 4 or 6
    compound: np.ndarray  # [T] whether a beat is a dotted quarter
    beat_times: np.ndarray  # [B + 1] seconds, the last one ends the last beat


def lay_grid(song: Truth, onsets: Sequence[float]) -> Grid:
    """Steps of a song with beats; `onsets` (seconds) decide which bars divide their beats in three.

    Raises ValueError where there are fewer than two beats.
    """
    if len(song.beats) < 2:
        raise ValueError(f"{song.song} has {len(song.beats)} beats")
    beat_times = np.array([beat.time for beat in song.beats])
    beat_times = np.append(beat_times, 2 * beat_times[-1] - beat_times[-2])
    starts = cut_bars([beat.position for beat in song.beats])
    counts = np.diff([*starts, len(song.beats)])
    compound = [_is_compound(song, beat_times[first]) for first in starts]
    places = to_beats(beat_times, np.asarray(onsets, float))
    divisions = [
        TERNARY if is_compound or _prefers_thirds(places, first, first + count) else STRAIGHT
        for first, count, is_compound in zip(starts, counts, compound, strict=True)
    ]
    rows: list[tuple[float, int, int, int, int, bool]] = []
    bar_starts = []
    for bar, (first, count, division) in enumerate(zip(starts, counts, divisions, strict=True)):
        bar_starts.append(len(rows))
        for beat in range(count):
            for part in range(division):
                rows.append((first + beat + part / division, bar, beat, count, division, compound[bar]))
    beats, bars, in_bar, in_all, division_of, compound_of = (np.array(column) for column in zip(*rows, strict=True))
    times = np.interp([*beats, len(song.beats)], np.arange(len(beat_times)), beat_times)
    ticks = np.floor(beats * TICKS + 0.5).astype(int)
    return Grid(times, ticks, bars, np.array(bar_starts), in_bar, in_all, division_of, compound_of, beat_times)


def cut_bars(positions: Sequence[int]) -> list[int]:
    """Beats at which bars begin: the first, every downbeat, and wherever the count falls back."""
    return [i for i, place in enumerate(positions) if i == 0 or place == 1 or place <= positions[i - 1]]


def _is_compound(song: Truth, time: float) -> bool:
    unit = "quarter"
    for metre in song.metres:
        if metre.time <= time + 0.05:
            unit = metre.unit
    return unit == "dotted-quarter"


def to_beats(beat_times: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Beats (fractions) of times; NaN before the first beat and behind the last one's end."""
    return np.interp(seconds, beat_times, np.arange(len(beat_times)), left=np.nan, right=np.nan)


def _prefers_thirds(places: np.ndarray, first: int, last: int) -> bool:
    inside = places[(places >= first) & (places < last)] % 1
    if len(inside) < 3:
        return False

    def distance(parts: int) -> np.ndarray:
        return np.abs(inside * parts - np.round(inside * parts)) * (TICKS / parts)

    # Onsets on the beat fit both.
    return bool(distance(STRAIGHT).mean() - distance(3).mean() > TERNARY_GAIN)


@dataclass
class StepNotes:
    """Notes on the steps, in order of start."""

    start: np.ndarray  # [N] step
    end: np.ndarray  # [N] step after its last one, beyond start
    pitch: np.ndarray  # [N] MIDI
    velocity: np.ndarray  # [N]


def place_notes(grid: Grid, notes: Sequence[TimedNote]) -> StepNotes:
    """Moves notes to the nearest steps; those outside the grid are left out."""
    middles = (grid.times[:-1] + grid.times[1:]) / 2
    rows = []
    for note in notes:
        if note.start < grid.times[0] - 0.06 or note.start >= middles[-1] or not 21 <= note.pitch <= 108:
            continue
        start = int(np.searchsorted(middles, note.start, side="right"))
        end = max(start + 1, int(np.searchsorted(middles, note.end, side="right")))
        rows.append((start, end, note.pitch, note.velocity))
    columns = np.array(sorted(rows), int).reshape(-1, 4)
    return StepNotes(*(columns[:, i] for i in range(4)))
