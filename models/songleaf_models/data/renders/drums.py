"""What a drummer plays through a song: a take of a real one, or a written groove with fills and crashes."""

import numpy as np

from songleaf_models.data.renders.drum_patterns import (
    CLOSED,
    CRASH,
    HIGH_TOM,
    KICK,
    LEVELS,
    LOW_TOM,
    MID_TOM,
    OPEN,
    PATTERNS,
    PEDAL,
    RIDE,
    SNARE,
    Groove,
)
from songleaf_models.data.renders.groove import Take, read_take
from songleaf_models.song import Bar, Note

_HATS = (CLOSED, OPEN, RIDE, CRASH)


def play_take(take: Take, bars: list[Bar], rng: np.random.Generator) -> list[Note]:
    """Repeats the take from one of its bars on; a bar of fewer beats takes a bar's beginning."""
    strokes, length = read_take(take)
    offset = 4.0 * int(rng.integers(0, max(1, int(length // 4) - 8)))
    starts = np.array([note.start for note in strokes])
    notes = []
    for index, bar in enumerate(bars):
        origin = (offset + 4 * index) % length
        first, last = np.searchsorted(starts, [origin - 0.1, origin + bar.beats - 0.1])
        notes += [
            note._replace(start=note.start - origin + bar.start, end=note.end - origin + bar.start)
            for note in strokes[first:last]
        ]
    return sorted(notes)


def vary_groove(groove: Groove, rng: np.random.Generator) -> Groove:
    """Moves a kick or two, and now and then the cymbal: no two songs have quite the same groove."""
    lanes = dict(groove.lanes)
    if KICK in lanes and rng.random() < 0.6:
        kick = list(lanes[KICK])
        for _ in range(int(rng.integers(1, 3))):
            step = int(rng.integers(1, len(kick)))
            if step % groove.steps or rng.random() < 0.3:
                kick[step] = "." if kick[step] != "." else "o"
        lanes[KICK] = "".join(kick)
    if CLOSED in lanes and rng.random() < 0.35:
        lane = lanes.pop(CLOSED)
        lanes[int(rng.choice(_HATS))] = lane
    return groove._replace(lanes=lanes)


def play_groove(name: str, bars: list[Bar], boundaries: list[float], rng: np.random.Generator) -> list[Note]:
    """A written groove; fills before and crashes after the boundaries (beats), and some every four or eight bars."""
    main = vary_groove(PATTERNS[name], rng)
    other = vary_groove(PATTERNS[name], rng)
    period = int(rng.choice([2, 4, 4, 8]))
    fills = rng.random() < 0.8
    notes: list[Note] = []
    for index, bar in enumerate(bars):
        end = bar.start + bar.beats
        closing = any(abs(boundary - end) < 0.1 for boundary in boundaries) or (index + 1) % 8 == 0
        groove = other if (index + 1) % period == 0 and rng.random() < 0.6 else main
        length = float(rng.choice([0.5, 1, 1, 2])) if fills and closing and rng.random() < 0.8 else 0.0
        length = min(length, float(bar.beats))
        for pitch, lane in groove.lanes.items():
            for step in range(min(len(lane), bar.beats * groove.steps)):
                beat = bar.start + step / groove.steps
                if lane[step] in LEVELS and (beat < end - length or pitch == KICK):
                    notes.append(Note(beat, beat + 0.2, pitch, LEVELS[lane[step]] + int(rng.integers(-8, 9))))
        if length:
            notes += _fill(end - length, end, groove.steps, rng)
        if index and any(abs(boundary - bar.start) < 0.1 for boundary in boundaries):
            notes.append(Note(bar.start, bar.start + 1, CRASH, 105))
    return sorted(notes)


def _fill(start: float, end: float, steps: int, rng: np.random.Generator) -> list[Note]:
    """Down the toms, on the snare, or both."""
    drums = [[SNARE], [SNARE, HIGH_TOM, MID_TOM, LOW_TOM], [HIGH_TOM, LOW_TOM]][int(rng.integers(3))]
    count = round((end - start) * steps)
    notes = []
    for step in range(count):
        if rng.random() < 0.85:
            beat = start + step / steps
            pitch = drums[step * len(drums) // count]
            notes.append(Note(beat, beat + 0.2, pitch, 84 + 20 * step // count + int(rng.integers(-6, 7))))
    return notes


def count_in(bar: Bar) -> list[Note]:
    """Sticks, or the closed hi-hat's foot, on every beat."""
    return [Note(bar.start + beat, bar.start + beat + 0.1, PEDAL, 100) for beat in range(bar.beats)]
