"""Arranges a whole song: windows of two bars, joined."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from songleaf_models.a2s.chord_rows import ROW, expand_rows, lay_rows
from songleaf_models.a2s.grid import BAR_BEATS, BEATS, KEYS, LOWEST_KEY, PITCHES, STEPS, STEPS_A_BEAT, beats_to_seconds
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.piano_tree import Order, decode_tree
from songleaf_models.a2s.posteriors import measure_loudness, resample, stack_planes
from songleaf_models.a2s.smooth_joins import smooth_joins
from songleaf_models.a2s.windows import Assembly, Window, list_bars, plan_windows
from songleaf_models.evidence import Evidence
from songleaf_models.truth import Beat, Span, TimedNote

VELOCITY = 80
_BATCH = 64


def lay_inputs(
    windows: Sequence[Window], beats: Sequence[Beat], chords: list[Span], evidence: Evidence
) -> tuple[np.ndarray, np.ndarray]:
    """chords [W, 8, 36] and posteriors [W, 3, 153, 88] of every window; around the song is no chord and silence."""
    times = np.array([beat.time for beat in beats])
    rows = np.full((len(times) + 2 * BEATS, ROW), 0, np.int8)
    rows[:, [0, -1]] = -1
    rows[BEATS : BEATS + len(times)] = lay_rows(chords, times)
    loudness = measure_loudness(evidence.loudness[:, 0])
    planes = [resample(evidence.onset, evidence.note, loudness, window.first, times) for window in windows]
    onset, note, level = (np.stack(parts) for parts in zip(*planes, strict=True))
    told = np.stack([rows[BEATS + window.first : 2 * BEATS + window.first] for window in windows])
    return expand_rows(told), stack_planes(onset, note, level)


def join_windows(windows: Sequence[Window], rolls: np.ndarray, times: np.ndarray) -> list[TimedNote]:
    """Notes in seconds of rolls [W, 32, 128] (durations in steps); sorted.

    A note may last beyond its window, until its key is struck again or the song ends.
    """
    found: list[tuple[int, int, int]] = []
    for window, roll in zip(windows, rolls, strict=True):
        first = STEPS_A_BEAT * window.first
        for step, pitch in zip(*np.nonzero(roll), strict=True):
            if STEPS_A_BEAT * window.keep_from <= first + step < STEPS_A_BEAT * window.keep_to:
                found.append((first + int(step), int(pitch), int(roll[step, pitch])))
    last = STEPS_A_BEAT * len(times)
    ends: dict[int, int] = {}
    notes = []
    for step, pitch, length in sorted(found, reverse=True):
        end = min(step + length, ends.get(pitch, last), last)
        ends[pitch] = step
        start, stop = beats_to_seconds(np.array([step, end]) / STEPS_A_BEAT, times)
        notes.append(TimedNote(float(start), float(stop), pitch, VELOCITY))
    return sorted(notes)


@dataclass(frozen=True)
class Piece:
    """A song as the arranger reads it; `chords` and `evidence` lie on the recording's own time."""

    beats: Sequence[Beat]
    chords: list[Span]
    evidence: Evidence

    @property
    def positions(self) -> list[int]:
        """Places of the beats in their bars, from 1."""
        return [beat.position for beat in self.beats]

    @property
    def times(self) -> np.ndarray:
        """[B] seconds."""
        return np.array([beat.time for beat in self.beats])


def arrange_song(network: Arranger, order: Order, piece: Piece, assembly: Assembly = "two-bar") -> list[TimedNote]:
    """The whole song from the means of the posteriors and z_score = 0, all windows on their own (stage 3a)."""
    windows = plan_windows(piece.positions, assembly)
    told, heard = lay_inputs(windows, piece.beats, piece.chords, piece.evidence)
    rolls = np.concatenate(
        [
            write_rolls(network, order, told[first : first + _BATCH], heard[first : first + _BATCH])
            for first in range(0, len(windows), _BATCH)
        ]
    )
    if assembly == "smooth":
        windows = smooth_joins(windows, rolls, list_bars(piece.positions))
    return join_windows(windows, rolls, piece.times)


def arrange_following(alone: Arranger, following: Arranger, order: Order, piece: Piece) -> list[TimedNote]:
    """The whole song bar by bar, each window's score texture that of the window one bar earlier (stage 3b).

    Of every window the first bar is kept.
    """
    windows = plan_windows(piece.positions, "first-bar")
    told, heard = lay_inputs(windows, piece.beats, piece.chords, piece.evidence)
    return join_windows(windows, write_following(alone, following, order, windows, told, heard), piece.times)


def write_following(
    alone: Arranger,
    following: Arranger,
    order: Order,
    windows: Sequence[Window],
    told: np.ndarray,
    heard: np.ndarray,
) -> np.ndarray:
    """[W, 32, 128] durations of windows that begin with each bar, chords and posteriors as in `write_rolls`.

    `alone` (stage 3a) writes the first window and those behind a bar of other than four beats. What a piano has no key
    for is left out.
    """
    rolls = np.zeros((len(windows), STEPS, PITCHES), np.uint8)
    for index, window in enumerate(windows):
        one = slice(index, index + 1)
        before = windows[index - 1]
        follows = index > 0 and before.keep_to - before.keep_from == window.first - before.first == BAR_BEATS
        prompt = rolls[index - 1 : index] if follows else None
        rolls[one] = write_rolls(following if follows else alone, order, told[one], heard[one], prompt)
        rolls[index, :, :LOWEST_KEY] = rolls[index, :, LOWEST_KEY + KEYS :] = 0
    return rolls


def write_rolls(
    network: Arranger, order: Order, chords: np.ndarray, heard: np.ndarray, score: np.ndarray | None = None
) -> np.ndarray:
    """[W, 32, 128] durations of windows with chords [W, 8, 36], posteriors [W, 3, 153, 88] and scores [W, 32, 128]."""
    given = None if score is None else torch.from_numpy(score.astype(np.float32))
    tree = network.arrange(torch.from_numpy(chords), torch.from_numpy(heard), given, ascending=order == "pitch")
    return decode_tree(tree.numpy())
