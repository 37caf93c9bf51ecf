"""Takes of real drummers: the Groove MIDI data set (Gillick and others, ICML 2019; CC BY 4.0)."""

import csv
from functools import cache
from typing import NamedTuple

import mido
import numpy as np

from songleaf_models.places import DATA_DIR
from songleaf_models.song import Note

# Roland TD-11's own pitches to General MIDI's.
_GENERAL_MIDI = {22: 42, 26: 46, 40: 38, 58: 43, 48: 50, 45: 47}
_SHORTEST_BEATS = 24

FAMILIES = {
    "rock": ("rock", "rock/indie", "rock/folk", "rock/groove8", "rock/prog", "pop", "pop/groove7"),
    "punk": ("punk", "rock", "rock/rockabilly"),
    "heavy": ("rock", "punk", "rock/halftime", "rock/prog"),
    "soft": ("pop/soft", "soul", "soul/groove3", "soul/groove4", "country", "gospel", "rock/folk"),
    "funk": ("funk", "funk/groove1", "funk/groove2", "funk/groove5", "funk/rock", "neworleans/funk", "jazz/funk"),
    "soul": ("soul", "soul/groove9", "soul/groove10", "soul/motown", "gospel"),
    "hiphop": ("hiphop", "hiphop/groove6"),
    "dance": ("dance/disco", "dance/breakbeat"),
    "latin": ("latin", "latin/brazilian-samba", "latin/brazilian-songo", "latin/brazilian-bossa", "latin/samba",
              "afrocuban", "afrobeat", "highlife", "latin/brazilian-baiao", "latin/reggaeton"),
    "reggae": ("reggae", "reggae/slow", "afrobeat"),
    "shuffle": ("rock/shuffle", "blues/shuffle", "funk/purdieshuffle", "neworleans/shuffle"),
    "swing": ("jazz/swing", "jazz", "jazz/mediumfast", "blues/shuffle"),
}  # fmt: skip


class Take(NamedTuple):
    """A take's file and tempo."""

    file: str
    style: str
    bpm: float
    seconds: float
    metre: str


@cache
def list_takes() -> tuple[Take, ...]:
    """Whole grooves (no single fills), in the order of the data set's own list. Raises FileNotFoundError without it."""
    path = DATA_DIR / "groove" / "info.csv"
    with path.open() as file:
        return tuple(
            Take(row["midi_filename"], row["style"], float(row["bpm"]), float(row["duration"]), row["time_signature"])
            for row in csv.DictReader(file)
            if row["beat_type"] == "beat" and float(row["duration"]) * float(row["bpm"]) / 60 > _SHORTEST_BEATS
        )


def choose_take(family: str, bpm: float, rng: np.random.Generator) -> Take | None:
    """A take of the family whose tempo is within 0.75 to 1.35 of bpm; None where there is none."""
    fitting = [
        take
        for take in list_takes()
        if take.style in FAMILIES[family] and take.metre == "4-4" and 0.75 < bpm / take.bpm < 1.35
    ]
    return fitting[int(rng.integers(len(fitting)))] if fitting else None


@cache
def read_take(take: Take) -> tuple[list[Note], float]:
    """The take's strokes in beats, General MIDI pitches, and its length in whole bars' beats.

    Drummers and their interface stand up to 45 ms before or behind the click; the take's median distance from the
    nearest sixteenth (triplet, where that fits better) is taken out, so that the truth's beats are where one taps.
    """
    midi = mido.MidiFile(DATA_DIR / "groove" / take.file)
    tick, strokes = 0, []
    for message in mido.merge_tracks(midi.tracks):
        tick += message.time
        if message.type == "note_on" and message.velocity > 0:
            pitch = _GENERAL_MIDI.get(message.note, message.note)
            strokes.append((tick / midi.ticks_per_beat, pitch, message.velocity))
    beats = np.array([beat for beat, _, _ in strokes])
    loud = np.array([velocity > 40 for _, _, velocity in strokes])
    candidates = []
    for steps in (4, 3):
        distance = beats[loud] * steps - np.round(beats[loud] * steps)
        offset = float(np.median(distance))
        candidates.append((float(np.mean(np.abs(distance - offset))), offset / steps))
    offset = min(candidates)[1]
    length = max(4.0, float(np.floor((beats.max() + 0.25) / 4) * 4))
    notes = [Note(beat - offset, beat - offset + 0.1, pitch, velocity) for beat, pitch, velocity in strokes]
    return [note for note in notes if note.start < length - 0.1], length
