"""Chords as pitches: what sounds at a beat, and how instruments voice it."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

import mir_eval
import numpy as np

from songleaf_models.song import BeatSpan


class Chord(NamedTuple):
    """Pitch classes, 0 = C; tones count up from the root."""

    root: int
    tones: tuple[int, ...]
    bass: int


@cache
def read_chord(label: str) -> Chord | None:
    """None for no chord, and for labels that mir_eval cannot read."""
    try:
        root, bitmap, bass = mir_eval.chord.encode(label, reduce_extended_chords=True)
    except mir_eval.chord.InvalidChordException:
        return None
    if root < 0:
        return None
    return Chord(int(root), tuple(int((root + step) % 12) for step in np.flatnonzero(bitmap)), int((root + bass) % 12))


class Harmony:
    """The chords of a song by beat."""

    def __init__(self, spans: list[BeatSpan]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def at(self, beat: float) -> Chord | None:
        """The chord that sounds at a beat."""
        index = bisect_right(self._starts, beat + 1e-6) - 1
        if index < 0 or beat >= self.spans[index].end:
            return None
        return read_chord(self.spans[index].label)

    def changes(self, start: float, end: float) -> list[float]:
        """Beats within start < beat < end at which a chord begins."""
        first = bisect_right(self._starts, start + 1e-6)
        return [beat for beat in self._starts[first:] if beat < end - 1e-6]

    def end_at(self, beat: float) -> float:
        """Where the chord of a beat ends; infinity where there is none."""
        index = bisect_right(self._starts, beat + 1e-6) - 1
        return self.spans[index].end if index >= 0 else float("inf")


def above(pitch_class: int, floor: int) -> int:
    """The lowest MIDI pitch of a pitch class from `floor` up."""
    return floor + (pitch_class - floor) % 12


def voice_close(chord: Chord, previous: list[int], centre: int) -> list[int]:
    """Three or four tones as near as can be to the hand's last position, or around `centre`."""
    tones = chord.tones[:4]
    target = sum(previous) / len(previous) if previous else float(centre)
    target = 0.7 * target + 0.3 * centre
    best: list[int] = []
    for inversion in range(len(tones)):
        order = tones[inversion:] + tones[:inversion]
        for floor in (centre - 12, centre - 6, centre):
            voicing = [above(order[0], floor)]
            for tone in order[1:]:
                voicing.append(above(tone, voicing[-1] + 1))
            if not best or abs(np.mean(voicing) - target) < abs(np.mean(best) - target):
                best = voicing
    return best


def voice_strum(chord: Chord, floor: int = 40, strings: int = 6) -> list[int]:
    """As a guitar: bass, fifth or octave, then the tones upwards; 40 is the low E."""
    voicing = [above(chord.bass, floor)]
    order = sorted(chord.tones, key=lambda tone: (tone - chord.bass) % 12)
    fifth = (chord.root + 7) % 12
    if fifth in chord.tones:
        voicing.append(above(fifth, voicing[0] + 5))
    while len(voicing) < strings:
        voicing.append(min(above(tone, voicing[-1] + 3) for tone in order))
    return [pitch for pitch in voicing if pitch <= 79]


def voice_power(chord: Chord, floor: int) -> list[int]:
    """Root, fifth and octave; the chord's own fifth, if it is altered."""
    root = above(chord.root, floor)
    fifths = [step for step in (7, 6, 8) if (chord.root + step) % 12 in chord.tones]
    return [root, root + (fifths[0] if fifths else 7), root + 12]
