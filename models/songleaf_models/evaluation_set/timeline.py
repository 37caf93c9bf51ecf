"""When the beats of a rendered song sound: the beats as played in POP909, with silence before and some rubato."""

import numpy as np

from songleaf_models.data.pop909 import BeatGrid
from songleaf_models.song import Song

# The last beats slow down to this times their length.
_SLOWING_BEATS = 8
_SLOWEST = 1.6


def cut_intro(song: Song) -> float:
    """First beat that is rendered: the song's first note, but no more than a bar before people's first bar line."""
    starts = [note.start for part in (song.melody, song.bridge, song.piano) for note in part]
    bar = song.bars[0].beats
    return float(np.floor(max(min(starts) + 0.1, -bar)))


def lay_timeline(song: Song, grid: BeatGrid, silence: float, rubato: float, slowing: bool, seed: int) -> BeatGrid:
    """Beats in seconds of the recording, whole beats from `cut_intro` to the last note's end.

    Silence: seconds before that first beat. Rubato: how far beats stretch and shrink (0.02 = 2 %, waves of about four
    bars, on top of what the players did). Slowing: the last two bars slow down.
    """
    rng = np.random.default_rng([seed, 1])
    first = int(cut_intro(song))
    ends = [note.end for part in (song.melody, song.bridge, song.piano) for note in part]
    last = int(np.ceil(max(*ends, song.chords[-1].end))) + 1
    lengths = np.diff(grid.to_seconds(np.arange(first, last + 1, dtype=float)))
    if rubato:
        phase = rng.uniform(0, 2 * np.pi, 3)
        beats = np.arange(len(lengths))
        waves = sum(
            np.sin(2 * np.pi * beats / period + shift) for period, shift in zip((11, 17, 29), phase, strict=True)
        )
        lengths = lengths * (1 + rubato * waves / 1.7)
    if slowing:
        end = int(song.chords[-1].end) - first
        begin = max(0, end - _SLOWING_BEATS)
        lengths[begin:end] *= np.linspace(1, _SLOWEST, end - begin)
        lengths[end:] *= _SLOWEST
    return BeatGrid(silence + np.concatenate([[0.0], np.cumsum(lengths)]), -first)
