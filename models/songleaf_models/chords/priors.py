"""Learns how long chords last and what follows them, for the chord decoder: `python -m songleaf_models.chords.priors`.

Writes `main/engine/analysis/chords/priors.json`, natural logarithms of probabilities, as integers of -100 ln p.
"""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from songleaf_models.chords.annotations import Harmony, read_billboard, read_pop909
from songleaf_models.chords.harte import MINOR_FAMILY, QUALITIES
from songleaf_models.places import DATA_DIR, MODELS_DIR

LONGEST = 16
"""Beats; a longer chord counts as one of this length that is struck again."""

TARGET = MODELS_DIR.parent / "main" / "engine" / "analysis" / "chords" / "priors.json"

NONE = 24
"""Number of "no chord"; chords are 12 x family + degree, family 0 major, 1 minor."""


def count_durations(songs: list[Harmony]) -> dict[str, np.ndarray]:
    """By beats of the bar: [position, beats - 1] how often a chord that begins there lasts so many beats."""
    counts = {str(bar): np.full((bar, LONGEST), 0.1) for bar in (2, 3, 4)}
    for song in songs:
        for passage in song.passages:
            # The last chord of a passage is cut off.
            for held in passage[:-1]:
                if held.bar not in (2, 3, 4) or held.chord is None:
                    continue
                left, position = held.beats, held.position
                while left > 0:
                    beats = min(LONGEST, left)
                    counts[str(held.bar)][position - 1, beats - 1] += 1
                    left -= beats
                    position = (position - 1 + beats) % held.bar + 1
    return counts


def count_progressions(songs: list[Harmony]) -> np.ndarray:
    """[mode, 25, 25] how often a chord follows another, by degree and family, NONE last."""
    counts = np.zeros((2, 25, 25))
    for song in songs:
        for passage in song.passages:
            states = [NONE if h.chord is None else _state(h.chord.root, h.chord.quality, song.tonic) for h in passage]
            for before, after in pairwise(states):
                counts[int(song.minor), before, after] += before != after
    return counts


def count_qualities(songs: list[Harmony]) -> np.ndarray:
    """[mode, 24, 16] how many beats a quality sounds on a degree and family."""
    counts = np.zeros((2, 24, len(QUALITIES)))
    for song in songs:
        for held in (held for passage in song.passages for held in passage):
            if held.chord is not None:
                state = _state(held.chord.root, held.chord.quality, song.tonic)
                counts[int(song.minor), state, QUALITIES.index(held.chord.quality)] += held.beats
    return counts


def _state(root: int, quality: str, tonic: int) -> int:
    return (root - tonic) % 12 + (12 if quality in MINOR_FAMILY else 0)


def smooth_progressions(counts: np.ndarray) -> np.ndarray:
    """[mode, 25, 25] probability of the next chord; rows with few counts lean on how often each chord comes at all."""
    smoothed = np.zeros_like(counts)
    for mode in range(2):
        common = counts[mode].sum(0) + 5
        common /= common.sum()
        for before in range(25):
            row = counts[mode, before] + 20 * common
            row[before] = 0
            smoothed[mode, before] = row / row.sum()
    return smoothed


def smooth_qualities(counts: np.ndarray) -> np.ndarray:
    """[mode, 24, 16] probability of a quality within its family, leaning on the family's mean over degrees."""
    smoothed = np.zeros_like(counts)
    for family in range(2):
        member = np.array([(quality in MINOR_FAMILY) == bool(family) for quality in QUALITIES])
        degrees = slice(12 * family, 12 * family + 12)
        common = (counts[:, degrees].sum((0, 1)) + 50) * member
        common /= common.sum()
        rows = counts[:, degrees] + 400 * common
        smoothed[:, degrees] = rows / rows.sum(-1, keepdims=True)
    return smoothed


def measure_occupancy(songs: list[Harmony]) -> np.ndarray:
    """[mode, 25] share of beats on each chord."""
    counts = np.full((2, 25), 20.0)
    for song in songs:
        for held in (held for passage in song.passages for held in passage):
            state = NONE if held.chord is None else _state(held.chord.root, held.chord.quality, song.tonic)
            counts[int(song.minor), state] += held.beats
    return counts / counts.sum(-1, keepdims=True)


def _pack(probability: np.ndarray) -> Any:  # noqa: ANN401  (nested lists of any depth)
    with np.errstate(divide="ignore"):
        return np.minimum(999, np.round(-100 * np.log(probability))).astype(int).tolist()


def build(data: Path, target: Path) -> int:
    """Writes the priors; returns the number of songs they were learned from."""
    songs = [*read_billboard(data / "billboard"), *read_pop909(data / "pop909-structure")]
    durations = count_durations(songs)
    content = {
        "source": "McGill Billboard 2.0 (CC0); POP909 structure labels (MIT), songs 3, 7, 8 and 13 modulo 20 left out",
        "unit": "-100 ln(probability)",
        "songs": len(songs),
        "durations": {bar: _pack(table / table.sum(-1, keepdims=True)) for bar, table in durations.items()},
        "progressions": _pack(smooth_progressions(count_progressions(songs))),
        "qualities": _pack(smooth_qualities(count_qualities(songs))),
        "occupancy": _pack(measure_occupancy(songs)),
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    temporary.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    temporary.replace(target)
    return len(songs)


if __name__ == "__main__":
    print(f"Chord priors from {build(DATA_DIR, TARGET)} songs: {TARGET}")
