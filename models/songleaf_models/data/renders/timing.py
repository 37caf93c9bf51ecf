"""When a beat comes: tempo with its drift, rubato and ritardando, swing, and how far players stray from it."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

Tempo = Literal["click", "drift", "rubato"]
# Whole beats before the first bar and behind the last that notes may still use.
_MARGIN = 8


@dataclass(frozen=True)
class Clock:
    """Seconds of beats; straight between whole beats, swing aside."""

    beats: np.ndarray
    seconds: np.ndarray
    # Where the second of two equal notes falls, as a share of both: 0.5 is straight, 2/3 triplets.
    swing: float
    # Beats that such a pair lasts: 1 for swung eighths, 0.5 for swung sixteenths.
    pair: float

    def at(self, beat: float, swung: bool = True) -> float:
        """Seconds of a beat; parts that are written with their swing, or played with it, are not swung again."""
        if swung and self.swing != 0.5:
            number, share = divmod(beat / self.pair, 1.0)
            share = share * 2 * self.swing if share < 0.5 else self.swing + (share - 0.5) * 2 * (1 - self.swing)
            beat = (number + share) * self.pair
        return float(np.interp(beat, self.beats, self.seconds))


def make_clock(
    bpm: float,
    beats: float,
    tempo: Tempo,
    bar: int,
    ritardando: bool,
    swing: float,
    pair: float,
    rng: np.random.Generator,
) -> Clock:
    """Clock of a song of `beats` beats; beat 0 comes at 0 s.

    click: even. drift: a slow random walk within some percent, as bands without a click do. rubato: phrases of four
    bars push on and hold back by up to 12 %, single beats by some percent.
    """
    count = int(np.ceil(beats)) + 2 * _MARGIN
    grid = np.arange(-_MARGIN, count - _MARGIN + 1, dtype=float)
    lengths = np.ones(count)
    if tempo != "click":
        knots = np.cumsum(rng.normal(0, 0.012, count // 8 + 3))
        walk = np.interp(np.arange(count) / 8, np.arange(len(knots)), knots - knots.mean())
        lengths *= np.exp(np.clip(walk, -0.06, 0.06))
        lengths *= np.exp(rng.normal(0, 0.003, count))
    if tempo == "rubato":
        phrase = 4 * bar
        place = (np.arange(count) - _MARGIN) % phrase / phrase
        depth = rng.uniform(0.03, 0.12)
        lengths *= 1 + depth * (2 * place - 1) ** 3 + rng.normal(0, 0.015, count)
    if ritardando:
        length = int(rng.integers(3, 9))
        end = round(beats) + _MARGIN
        slowing = np.clip((np.arange(count) - (end - length)) / length, 0, 1)
        lengths *= 1 + rng.uniform(0.3, 0.9) * slowing**1.5
    seconds = np.concatenate([[0.0], np.cumsum(lengths * 60 / bpm)])
    return Clock(grid, seconds - seconds[_MARGIN], swing, pair)
