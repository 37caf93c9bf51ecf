"""The plainest arrangement of given chords, as a yardstick: all notes of the chord and its bass on every beat."""

import numpy as np

from songleaf_models.a2s.arrange import VELOCITY, Piece
from songleaf_models.a2s.chord_rows import lay_rows
from songleaf_models.a2s.grid import beats_to_seconds
from songleaf_models.truth import TimedNote

_BASS, _MIDDLE = 36, 55
"""Lowest MIDI pitches of the octaves that hold the bass and the other notes."""


def arrange_blocks(piece: Piece) -> list[TimedNote]:
    """A chord a beat, each as long as the beat; nothing where there is no chord."""
    times = piece.times
    notes = []
    for beat, row in enumerate(lay_rows(piece.chords, times)):
        if row[0] < 0:
            continue
        start, end = beats_to_seconds(np.array([beat, beat + 1], float), times)
        classes = np.flatnonzero(row[1:13])
        pitches = [_BASS + (int(row[13]) - _BASS) % 12, *(_MIDDLE + (classes - _MIDDLE) % 12).tolist()]
        notes += [TimedNote(float(start), float(end), pitch, VELOCITY) for pitch in sorted(pitches)]
    return notes
