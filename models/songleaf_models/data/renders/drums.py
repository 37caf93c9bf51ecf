"""Drum parts in beats: takes of the Groove MIDI data set (CC BY 4.0) and written patterns."""

import csv
from functools import cache

import mido
import numpy as np

from songleaf_models.data.renders.piece import Piece
from songleaf_models.data.renders.plan import Plan
from songleaf_models.places import DATA_DIR
from songleaf_models.song import Note

KICK, SNARE, CLAP, RIM, CLOSED, PEDAL, OPEN, CRASH, RIDE, LOW, MID, HIGH, SHAKER, COWBELL = (
    *(36, 38, 39, 37, 42, 44, 46, 49, 51),
    *(45, 47, 50, 70, 56),
)
# Roland's extra zones of the data set, as General MIDI has them.
_ZONES = {22: 42, 26: 46, 40: 38, 58: 43, 55: 49, 52: 49, 59: 51, 53: 51, 57: 49, 54: 42}

_GROOVES = {
    "pop": ("pop", "rock", "soul"),
    "rock": ("rock",),
    "punk": ("punk", "rock"),
    "metal": ("rock", "punk"),
    "dance": ("dance", "hiphop", "pop"),
    "funk": ("funk", "hiphop", "soul"),
    "latin": ("latin", "afrocuban"),
    "reggae": ("reggae", "afrobeat"),
    "ballad": ("soul", "pop", "rock"),
    "swing": ("jazz", "blues"),
    "country": ("country", "gospel"),
    "march": ("neworleans", "rock"),
}

# Sixteenths of a bar of four beats, by drum.
_PATTERNS: dict[str, list[dict[int, list[int]]]] = {
    "pop": [
        {KICK: [0, 8, 10], SNARE: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 6, 8], SNARE: [4, 12], CLOSED: list(range(16))},
        {KICK: [0, 7, 10], RIM: [4, 12], SHAKER: list(range(16))},
    ],
    "rock": [
        {KICK: [0, 8], SNARE: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 2, 8, 10], SNARE: [4, 12], OPEN: [0, 4, 8, 12]},
        {KICK: [0, 6, 10], SNARE: [4, 12], RIDE: [0, 2, 4, 6, 8, 10, 12, 14]},
    ],
    "punk": [
        {KICK: [0, 8], SNARE: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 4, 8, 12], SNARE: [2, 6, 10, 14], OPEN: [0, 4, 8, 12]},
        {KICK: [0, 6, 8], SNARE: [4, 12, 15], CRASH: [0, 4, 8, 12]},
    ],
    "metal": [
        {KICK: list(range(16)), SNARE: [4, 12], RIDE: [0, 4, 8, 12]},
        {KICK: [0, 2, 3, 6, 8, 10, 11, 14], SNARE: [4, 12], CLOSED: [0, 4, 8, 12]},
        {KICK: [0, 2, 4, 6, 8, 10, 12, 14], SNARE: [1, 3, 5, 7, 9, 11, 13, 15], RIDE: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: list(range(0, 16, 2)), SNARE: [8], CRASH: [0, 4, 8, 12]},
        {KICK: [0, 3, 6, 10, 12], SNARE: [4, 12], CRASH: [0, 4, 8, 12]},
    ],
    "off-beat": [
        {KICK: [0, 4, 8, 12], SNARE: [2, 6, 10, 14], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 8], SNARE: [2, 6, 10, 14], RIDE: [0, 4, 8, 12]},
        {KICK: [0, 4, 7, 8, 12], SNARE: [2, 6, 10, 14], OPEN: [2, 6, 10, 14]},
        {KICK: [0, 3, 8, 11], SNARE: [6, 14], CRASH: [2, 6, 10, 14]},
        {KICK: [2, 6, 10, 14], SNARE: [4, 12], OPEN: [2, 6, 10, 14]},
    ],
    "half-time": [
        {KICK: [0, 10], SNARE: [8], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 3, 6, 11], SNARE: [8], CLOSED: list(range(16))},
        {KICK: [0, 6], SNARE: [8], RIDE: [0, 4, 8, 12]},
    ],
    "dance": [
        {KICK: [0, 4, 8, 12], CLAP: [4, 12], OPEN: [2, 6, 10, 14]},
        {KICK: [0, 4, 8, 12], SNARE: [4, 12], CLOSED: list(range(16)), OPEN: [2, 10]},
    ],
    "funk": [
        {KICK: [0, 3, 10], SNARE: [4, 7, 12], CLOSED: list(range(16))},
        {KICK: [0, 6, 9], SNARE: [4, 12, 15], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
    ],
    "latin": [
        {KICK: [0, 6, 8, 14], RIM: [0, 6, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 3, 8, 11], COWBELL: [0, 4, 8, 12], SHAKER: list(range(16))},
    ],
    "reggae": [
        {KICK: [8], RIM: [8], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 4, 8, 12], SNARE: [8], CLOSED: [2, 6, 10, 14]},
    ],
    "ballad": [
        {KICK: [0, 8], SNARE: [12], CLOSED: [0, 4, 8, 12]},
        {KICK: [0, 10], RIM: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
    ],
    "swing": [
        {RIDE: [0, 4, 6, 8, 12, 14], PEDAL: [4, 12], KICK: [0, 8]},
        {KICK: [0, 8], SNARE: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
    ],
    "country": [
        {KICK: [0, 8], SNARE: [4, 12], CLOSED: [0, 2, 4, 6, 8, 10, 12, 14]},
        {KICK: [0, 4, 8, 12], SNARE: [2, 6, 10, 14]},
    ],
    "march": [{KICK: [0, 8], SNARE: [0, 3, 4, 6, 8, 11, 12, 14]}, {KICK: [0, 8], SNARE: [4, 6, 7, 12, 14, 15]}],
}
# Eighths of a bar of three beats, and of a bar of two dotted quarters.
_THREE: list[dict[int, list[int]]] = [
    {KICK: [0], SNARE: [2, 4], CLOSED: [0, 1, 2, 3, 4, 5]},
    {KICK: [0, 3], SNARE: [4], CLOSED: [0, 2, 4]},
    {KICK: [0], RIM: [4], RIDE: [0, 2, 3, 4]},
]
_SIX: list[dict[int, list[int]]] = [
    {KICK: [0], SNARE: [3], CLOSED: [0, 1, 2, 3, 4, 5]},
    {KICK: [0, 5], SNARE: [3], RIDE: [0, 2, 3, 5]},
    {KICK: [0, 2], RIM: [3], CLOSED: [0, 1, 2, 3, 4, 5]},
]


def write_drums(piece: Piece, plan: Plan, rng: np.random.Generator) -> list[Note]:
    """The drum part; no notes where the plan has none."""
    if plan.drums == "none":
        return []
    if plan.drums == "groove":
        notes = _play_groove(piece, plan, rng)
        if notes:
            return notes
    if plan.metre == "3/4":
        patterns, unit = _THREE, 0.5
    elif plan.metre == "6/8":
        patterns, unit = _SIX, 1 / 3
    else:
        patterns, unit = _PATTERNS[plan.style], 0.25
    # Half of the off-beat songs turn the pattern on and off with the section.
    chosen = [patterns[int(rng.integers(len(patterns)))] for _ in range(3)]
    if plan.style == "off-beat" and rng.random() < 0.5:
        chosen[1] = _PATTERNS["rock"][int(rng.integers(3))]
    labels: dict[str, int] = {}
    crash_heads = rng.random() < 0.7
    fill_rate = rng.uniform(0.2, 1.0)
    notes = []
    for number, bar in enumerate(piece.bars):
        section = next((s for s in piece.sections if s.start <= bar.start < s.end), None)
        label = section.label if section else "x"
        pattern = chosen[labels.setdefault(label, int(rng.integers(3)))]
        head = section is not None and abs(section.start - bar.start) < 0.1
        last = section is not None and abs(section.end - bar.start - bar.beats) < 0.1 or number % 8 == 7
        fill_from = bar.beats - 1 if last and rng.random() < fill_rate else bar.beats
        for drum, steps in pattern.items():
            for step in steps:
                at = step * unit
                if at >= fill_from or at >= bar.beats:
                    continue
                accent = 12 if step == 0 else 0
                soft = drum in (CLOSED, RIDE, SHAKER) and step % 2 == 1
                velocity = int(np.clip(rng.normal(96 + accent - (28 if soft else 0), 8), 25, 127))
                notes.append(Note(bar.start + at, bar.start + at + 0.2, drum, velocity))
        if head and crash_heads:
            notes.append(Note(bar.start, bar.start + 1, CRASH, 110))
        if fill_from < bar.beats:
            toms = sorted(rng.choice([SNARE, HIGH, MID, LOW], 4), reverse=True)
            count = 3 if plan.metre == "6/8" else 4
            for i in range(count):
                at = fill_from + i / count
                notes.append(Note(bar.start + at, bar.start + at + 0.2, int(toms[i]), int(rng.integers(80, 120))))
    return notes


@cache
def _list_takes() -> list[tuple[str, str, float]]:
    takes = []
    with (DATA_DIR / "groove" / "info.csv").open() as file:
        for row in csv.DictReader(file):
            if row["beat_type"] == "beat" and row["time_signature"] == "4-4" and float(row["duration"]) > 12:
                takes.append((row["midi_filename"], row["style"].split("/")[0], float(row["bpm"])))
    return takes


@cache
def _read_take(name: str) -> tuple[tuple[float, int, int], ...]:
    file = mido.MidiFile(DATA_DIR / "groove" / name)
    hits = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity > 0:
                pitch = _ZONES.get(message.note, message.note)
                hits.append((tick / file.ticks_per_beat, pitch, message.velocity))
    return tuple(sorted(hits))


def _play_groove(piece: Piece, plan: Plan, rng: np.random.Generator) -> list[Note]:
    styles = _GROOVES.get(plan.style, ("rock",))
    takes = [take for take in _list_takes() if take[1] in styles and 0.66 < take[2] / plan.bpm < 1.5]
    if not takes:
        return []
    hits = _read_take(takes[int(rng.integers(len(takes)))][0])
    whole = int(hits[-1][0] // 4)
    if whole < 4:
        return []
    notes = []
    for number, bar in enumerate(piece.bars):
        origin = 4.0 * (number % whole)
        for beat, pitch, velocity in hits:
            if origin - 0.06 <= beat < origin + bar.beats - 0.06:
                at = bar.start + beat - origin
                notes.append(Note(max(0.0, at), at + 0.2, pitch, velocity))
    return notes
