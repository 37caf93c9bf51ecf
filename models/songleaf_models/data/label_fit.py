"""How well a song's chord labels fit its notes and bars: tells songs whose labels lie elsewhere than their music."""

from typing import NamedTuple

import numpy as np

from songleaf_models.data.harte import list_tones
from songleaf_models.song import Song

SHIFTS = range(-4, 5)
"""Beats by which the labels are moved to see whether they fit better there."""

# A stretch in which to look for the bar's first beat, and the chord changes that it takes to tell.
_STRETCH_BARS = 8
_LEAST_CHANGES = 4


class Fit(NamedTuple):
    """`tones`: share of the piano's sound within the chords; `shift`: beats by which the labels would fit best;
    `elsewhere`: share of the stretches in which chords change on another beat than the bar's first."""

    tones: float
    shift: int
    elsewhere: float


def measure_fit(song: Song) -> Fit:
    """Compares chords with the piano part and with the bars."""
    length = int(song.chords[-1].end * 4)
    margin = 4 * max(SHIFTS)
    sounding = np.zeros((length + 2 * margin, 12))  # [16ths, pitch class]
    for note in song.piano:
        start, end = (round(4 * beat) + margin for beat in (note.start, note.end))
        sounding[max(0, start) : max(0, start + 1, end), note.pitch % 12] += 1
    allowed = np.zeros((length, 12))
    for chord in song.chords:
        if chord.label != "N":
            root, tones, _ = list_tones(chord.label)
            allowed[int(4 * chord.start) : int(4 * chord.end), [(root + tone) % 12 for tone in tones]] = 1
    shares = {}
    for shift in SHIFTS:
        part = sounding[margin + 4 * shift : margin + 4 * shift + length]
        shares[shift] = float((part * allowed).sum() / max(1.0, part.sum()))
    return Fit(shares[0], max(SHIFTS, key=lambda shift: shares[shift]), _measure_elsewhere(song))


def find_doubts(song: Song) -> bool:
    """Whether the labels lie elsewhere than the music, or the bars elsewhere than the chord changes."""
    fit = measure_fit(song)
    return fit.tones < 0.75 or fit.shift != 0 or fit.elsewhere >= 0.3


def _measure_elsewhere(song: Song) -> float:
    beats = song.bars[0].beats
    changes = np.array([chord.start for chord in song.chords])
    stretch = _STRETCH_BARS * beats
    verdicts = []
    for start in range(0, int(song.chords[-1].end), stretch):
        phases = changes[(changes >= start) & (changes < start + stretch)].astype(int) % beats
        if len(phases) >= _LEAST_CHANGES:
            counts = np.bincount(phases, minlength=beats)
            verdicts.append(counts[0] < 0.3 * counts.sum())
    return float(np.mean(verdicts)) if verdicts else 0.0
