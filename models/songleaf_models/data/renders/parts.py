"""Bass, guitars, keys and pads written from the chords, in beats, with rhythms of their own."""

import mir_eval
import numpy as np

from songleaf_models.data.renders.piece import Piece
from songleaf_models.data.renders.plan import Plan
from songleaf_models.song import Note


def read_chord(label: str) -> tuple[int, list[int], int] | None:
    """Root, pitch classes and bass of a Harte label; None for no chord."""
    root, bits, bass = mir_eval.chord.encode(label, reduce_extended_chords=True)
    if root < 0:
        return None
    return int(root), [(int(root) + i) % 12 for i in np.flatnonzero(bits)], (int(root) + int(bass)) % 12


class Harmony:
    """The chord at each beat, moved by `transpose` semitones."""

    def __init__(self, piece: Piece, plan: Plan) -> None:
        self._spans = [(span.start, span.end, read_chord(span.label)) for span in piece.chords]
        self._early = 0.5 if plan.pushed and plan.metre == "4/4" else 0.0

    def changes(self) -> list[tuple[float, float, tuple[int, list[int], int] | None]]:
        """(from, to, chord) in beats; pushed an eighth early where the plan says so."""
        early = self._early
        return [(max(0.0, a - early) if a else a, b - early, chord) for a, b, chord in self._spans]

    def at(self, beat: float) -> tuple[int, list[int], int] | None:
        """The chord that sounds at a beat."""
        for start, end, chord in self.changes():
            if start - 1e-6 <= beat < end - 1e-6:
                return chord
        return None


def _place(pitch_class: int, low: int) -> int:
    return low + (pitch_class - low) % 12


# Attacks within a bar of four beats, in eighths: (eighth, length in eighths, accent, note) with note R, 5, 8, or W (walk).
_BASS = {
    "whole": [(0, 4, "R"), (4, 4, "R")],
    "quarters": [(0, 2, "R"), (2, 2, "R"), (4, 2, "R"), (6, 2, "5")],
    "eighths": [(i, 1, "R") for i in range(8)],
    "octaves": [(i, 1, "R" if i % 2 == 0 else "8") for i in range(8)],
    "two": [(0, 3, "R"), (4, 3, "5")],
    "syncopated": [(0, 3, "R"), (3, 1, "R"), (4, 2, "8"), (6, 1, "R"), (7, 1, "5")],
    "tresillo": [(0, 3, "R"), (3, 3, "R"), (6, 2, "5")],
    "off": [(1, 1, "R"), (3, 1, "R"), (5, 1, "R"), (7, 1, "R")],
    "walk": [(0, 2, "R"), (2, 2, "W"), (4, 2, "5"), (6, 2, "W")],
}
_BASS_OF = {
    "pop": ("whole", "quarters", "syncopated", "eighths", "tresillo"),
    "rock": ("eighths", "quarters", "syncopated"),
    "punk": ("eighths",),
    "metal": ("eighths", "quarters"),
    "off-beat": ("eighths", "quarters", "off", "two"),
    "half-time": ("whole", "syncopated", "quarters"),
    "dance": ("off", "octaves", "eighths"),
    "funk": ("syncopated", "octaves"),
    "latin": ("tresillo", "syncopated"),
    "reggae": ("syncopated", "tresillo"),
    "ballad": ("whole", "two"),
    "swing": ("walk", "two"),
    "country": ("two", "quarters"),
    "march": ("two", "quarters"),
}


def write_bass(piece: Piece, plan: Plan, harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """A bass line in one of the style's patterns; its inversions are those of the chords."""
    pattern = _BASS[str(rng.choice(_BASS_OF[plan.style]))]
    eighth = 1 / 3 if plan.metre == "6/8" else 0.5
    if plan.metre == "6/8":
        pattern = [[(0, 3, "R"), (3, 3, "R")], [(0, 2, "R"), (2, 1, "R"), (3, 2, "5"), (5, 1, "R")]][
            int(rng.integers(2))
        ]
    low = int(rng.integers(26, 34))
    gate = rng.uniform(0.7, 1.0)
    notes = []
    for bar in piece.bars:
        attacks = {i * eighth: (length * eighth, what) for i, length, what in pattern if i * eighth < bar.beats}
        # A chord that changes elsewhere is struck where it changes.
        for start, _, _ in harmony.changes():
            if bar.start <= start < bar.start + bar.beats - 0.2 and plan.style not in ("off-beat",):
                attacks.setdefault(round(start - bar.start, 4), (eighth, "R"))
        times = sorted(attacks)
        for i, at in enumerate(times):
            chord = harmony.at(bar.start + at)
            if chord is None:
                continue
            length, what = attacks[at]
            root, classes, bass = chord
            pitch = _place(bass, low)
            if what == "8":
                pitch += 12
            elif what == "5" and bass == root and (root + 7) % 12 in classes:
                pitch = _place((root + 7) % 12, low)
            elif what == "W":
                pitch = _place(int(rng.choice(classes)), low)
            following = times[i + 1] if i + 1 < len(times) else bar.beats
            end = at + min(length, following - at) * gate
            velocity = int(np.clip(rng.normal(92 + (8 if at == 0 else 0), 7), 40, 127))
            notes.append(Note(bar.start + at, bar.start + end, pitch, velocity))
    return notes


_COMP = {
    "half": [(0, 4), (4, 4)],
    "quarters": [(0, 2), (2, 2), (4, 2), (6, 2)],
    "eighths": [(i, 1) for i in range(8)],
    "strum": [(0, 2), (2, 1), (3, 2), (5, 1), (6, 1), (7, 1)],
    "charleston": [(0, 3), (3, 5)],
    "off": [(1, 1), (3, 1), (5, 1), (7, 1)],
    "back": [(2, 1), (6, 1)],
    "push": [(0, 3), (3, 4), (7, 1)],
}
_COMP_OF = {
    "pop": ("half", "strum", "quarters", "push", "eighths"),
    "rock": ("eighths", "strum", "quarters"),
    "punk": ("eighths",),
    "metal": ("half", "quarters"),
    "off-beat": ("off", "eighths", "quarters"),
    "half-time": ("half", "push", "strum"),
    "dance": ("off", "push", "charleston"),
    "funk": ("charleston", "push", "off"),
    "latin": ("push", "charleston"),
    "reggae": ("off", "back"),
    "ballad": ("half",),
    "swing": ("charleston", "back", "quarters"),
    "country": ("back", "strum"),
    "march": ("off", "quarters"),
}


def _voice(classes: list[int], centre: int) -> list[int]:
    return sorted(_place(pitch_class, centre - 6) for pitch_class in classes)


def write_comp(piece: Piece, plan: Plan, harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """Block or strummed chords."""
    pattern = _COMP[str(rng.choice(_COMP_OF[plan.style]))]
    eighth = 1 / 3 if plan.metre == "6/8" else 0.5
    if plan.metre == "6/8":
        pattern = [[(0, 3), (3, 3)], [(0, 1), (2, 1), (3, 1), (5, 1)], [(i, 1) for i in range(6)]][int(rng.integers(3))]
    centre, gate = int(rng.integers(55, 70)), rng.uniform(0.4, 0.95)
    spread = rng.uniform(0.0, 0.04)
    notes = []
    for bar in piece.bars:
        for step, length in pattern:
            at = step * eighth
            if at >= bar.beats:
                continue
            chord = harmony.at(bar.start + at)
            if chord is None:
                continue
            end = min(at + length * eighth, bar.beats) - (1 - gate) * eighth
            velocity = int(np.clip(rng.normal(78, 8), 30, 120))
            for i, pitch in enumerate(_voice(chord[1], centre)):
                notes.append(Note(bar.start + at + i * spread, bar.start + max(end, at + 0.1), pitch, velocity))
    return notes


def write_arpeggio(piece: Piece, plan: Plan, harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """Broken chords in eighths or sixteenths."""
    step = 1 / 3 if plan.metre == "6/8" else float(rng.choice([0.5, 0.25], p=[0.7, 0.3]))
    centre = int(rng.integers(55, 72))
    order = str(rng.choice(["up", "updown", "random"]))
    notes = []
    for bar in piece.bars:
        for i in range(round(bar.beats / step)):
            chord = harmony.at(bar.start + i * step)
            if chord is None:
                continue
            tones = _voice(chord[1], centre)
            if order == "updown":
                tones = tones + tones[-2:0:-1]
            tone = int(rng.choice(tones)) if order == "random" else tones[i % len(tones)]
            at = bar.start + i * step
            notes.append(Note(at, at + step * 1.1, tone, int(np.clip(rng.normal(74, 9), 30, 115))))
    return notes


def write_pad(harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """Held chords."""
    centre = int(rng.integers(58, 70))
    return [
        Note(start, max(end, start + 0.1), pitch, 70)
        for start, end, chord in harmony.changes()
        if chord is not None
        for pitch in _voice(chord[1], centre)
    ]


# Sixteenths of a bar: (step, length).
_RIFFS = {
    "held": [(0, 8), (8, 8)],
    "eighths": [(i, 1.6) for i in range(0, 16, 2)],
    "sixteenths": [(i, 0.8) for i in range(16)],
    "gallop": [(i + j, 0.8) for i in range(0, 16, 4) for j in (0, 2, 3)],
    "stabs": [(0, 2), (3, 2), (6, 2), (10, 2), (12, 3)],
    "off": [(2, 1.5), (6, 1.5), (10, 1.5), (14, 1.5)],
}


def write_power_chords(piece: Piece, plan: Plan, harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """Root, fifth and octave in riffs, for distorted guitars."""
    names = {"metal": ("gallop", "sixteenths", "stabs", "eighths"), "off-beat": ("off", "eighths", "stabs")}
    pattern = _RIFFS[str(rng.choice(names.get(plan.style, ("eighths", "held", "stabs"))))]
    unit = 1 / 6 if plan.metre == "6/8" else 0.25
    low = int(rng.integers(38, 45))
    notes = []
    for bar in piece.bars:
        for step, length in pattern:
            at = step * unit
            if at >= bar.beats:
                continue
            chord = harmony.at(bar.start + at)
            if chord is None:
                continue
            root = _place(chord[0], low)
            end = bar.start + min(at + length * unit, bar.beats)
            for pitch in (root, root + 7, root + 12):
                notes.append(Note(bar.start + at, end, pitch, int(np.clip(rng.normal(100, 6), 60, 127))))
    return notes
