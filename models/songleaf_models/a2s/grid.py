"""The grid of a two-bar segment: eight beats, 32 steps, 153 frames of audio. Everything else counts in these."""

import numpy as np

BEATS = 8
STEPS_A_BEAT = 4
STEPS = BEATS * STEPS_A_BEAT
BAR_BEATS = 4
"""Beats of the bars that segments for training are cut from."""
PITCHES = 128
KEYS = 88
LOWEST_KEY = 21

STRETCHED_RATE = 22_050
STRETCHED_BEAT = 13_312
"""Samples of a beat after the beat-synchronous stretch: 26 hops of 512, 99.384 beats a minute."""
PRE_ROLL = 1000
"""Samples before the downbeat that a segment's audio begins with."""
FRAME_SECONDS = 512 / 16_000
FRAMES = 153


def frame_beats() -> np.ndarray:
    """[153] beats from the downbeat at which the segment's frames are centred: -0.075 to 7.98."""
    seconds = np.arange(FRAMES) * FRAME_SECONDS - PRE_ROLL / STRETCHED_RATE
    return seconds / (STRETCHED_BEAT / STRETCHED_RATE)


def beats_to_seconds(beats: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Seconds of beat numbers; `times[i]` are the seconds of beat i, their outermost intervals go on outside."""
    return _interpolate(beats, np.arange(len(times), dtype=float), times)


def seconds_to_beats(seconds: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Inverse of `beats_to_seconds`."""
    return _interpolate(seconds, times, np.arange(len(times), dtype=float))


def _interpolate(x: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    inner = np.interp(x, xs, ys)
    low = ys[0] + (x - xs[0]) * (ys[1] - ys[0]) / (xs[1] - xs[0])
    high = ys[-1] + (x - xs[-1]) * (ys[-1] - ys[-2]) / (xs[-1] - xs[-2])
    return np.where(x < xs[0], low, np.where(x > xs[-1], high, inner))
