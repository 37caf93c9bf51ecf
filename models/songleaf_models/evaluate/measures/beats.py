"""Beats and downbeats: one-to-one matches within ±70 ms from the first beat on (mir_eval's habit of leaving out the
first five seconds is not followed), CMLt and AMLt after Davies et al. (2009)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import mir_eval
import numpy as np

from songleaf_models.truth import Beat

WINDOW = 0.07
"""Seconds."""
FLIP_BEATS = 4
"""Beats in a row on the off-beat that make a flip: fewer are a slip."""


def measure_beats(true: Sequence[Beat], heard: Sequence[Beat]) -> dict[str, float]:
    """Figures 0 to 1; `flips` counts."""
    if not true:
        return {}
    reference = _times(true)
    # Reversed beats make mir_eval raise; nothing heard must count as 0.
    variants = [(_times(variant), _downbeats(variant)) for variant in read_otherwise(heard)]
    as_heard, downbeats = _times(heard), _downbeats(heard)
    best = max((times for times, _ in variants), key=lambda times: _f(reference, times))
    continuity, best_continuity = _continuity(reference, as_heard), _continuity(reference, best)
    return {
        "beat F": _f(reference, as_heard),
        "beat F best": _f(reference, best),
        "CMLt": continuity[0],
        "AMLt": continuity[1],
        "CMLt best": best_continuity[0],
        "AMLt best": best_continuity[1],
        "downbeat F": _f(_downbeats(true), downbeats),
        "downbeat F best": max(_f(_downbeats(true), starts) for _, starts in variants),
        "flips": count_flips(reference, as_heard),
    }


def read_otherwise(beats: Sequence[Beat]) -> Iterator[list[Beat]]:
    """As is; bars begun 1, 2 … beats later; every other beat from the first and from the second; twice as many."""
    beats = list(beats)
    yield beats
    longest = max((beat.position for beat in beats), default=1)
    for shift in range(1, longest):
        yield [Beat(beat.time, (beat.position - 1 - shift) % longest + 1) for beat in beats]
    for first in (0, 1):
        halved = beats[first::2]
        for start in range(4):
            yield [Beat(beat.time, (n - start) % 4 + 1) for n, beat in enumerate(halved)]
    doubled = []
    for beat, after in pairwise(beats):
        doubled += [Beat(beat.time, 0), Beat((beat.time + after.time) / 2, 0)]
    doubled += [Beat(beat.time, 0) for beat in beats[-1:]]
    for start in range(4):
        yield [Beat(beat.time, (n - start) % 4 + 1) for n, beat in enumerate(doubled)]


def count_flips(reference: np.ndarray, heard: np.ndarray) -> float:
    """How often the beats heard go over from the beat to the off-beat, or back, for at least `FLIP_BEATS`."""
    if len(reference) < 2 or len(heard) == 0:
        return 0.0
    off = (reference[:-1] + reference[1:]) / 2
    # 1 on the beat, -1 on the off-beat, 0 neither or both.
    sides = _near(reference[:-1], heard).astype(int) - _near(off, heard).astype(int)
    flips, settled, run = 0, 0, 0
    for before, side in zip([0, *sides], sides, strict=False):
        run = run + 1 if side == before else 1
        if side != 0 and run >= FLIP_BEATS:
            flips += settled not in (0, side)
            settled = side
    return float(flips)


def _near(times: np.ndarray, heard: np.ndarray) -> np.ndarray:
    return np.abs(times[:, None] - heard[None, :]).min(axis=1) <= WINDOW


def _times(beats: Sequence[Beat]) -> np.ndarray:
    return np.array([beat.time for beat in beats], float)


def _downbeats(beats: Sequence[Beat]) -> np.ndarray:
    return np.array([beat.time for beat in beats if beat.position == 1], float)


def _f(reference: np.ndarray, heard: np.ndarray) -> float:
    if len(reference) == 0 or len(heard) == 0:
        return 0.0
    return float(mir_eval.beat.f_measure(reference, heard, WINDOW))


def _continuity(reference: np.ndarray, heard: np.ndarray) -> tuple[float, float]:
    """CMLt, AMLt."""
    if len(reference) < 2 or len(heard) < 2:
        return 0.0, 0.0
    _, correct, _, any_level = mir_eval.beat.continuity(reference, heard)
    return float(correct), float(any_level)
