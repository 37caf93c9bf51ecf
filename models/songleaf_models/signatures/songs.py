"""Printed songs as the engraver sees them when it looks for their key signatures."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from songleaf_models.engine import ROOT, find_node
from songleaf_models.places import CACHE_DIR

FOLDER = CACHE_DIR / "signatures"
"""What `tests/bench/fits/song-views.ts` writes."""


@dataclass(frozen=True)
class SignedSong:
    """Views of a song (`main/engine/score/import/key-features.ts`) and what is printed."""

    bars: NDArray[np.float32]  # [bars, views of a bar]
    whole: NDArray[np.float32]  # [views of the song]
    tonics: NDArray[np.int64]  # of the major keys of the printed signatures, a pitch class for each bar


def load_songs(folder: Path = FOLDER) -> list[SignedSong]:
    """Songs in order; lets the engraver look at them where it has not yet. Raises CalledProcessError."""
    if not (folder / "songs.jsonl").exists():
        script = ROOT / "tests" / "bench" / "fits" / "song-views.ts"
        subprocess.run([find_node(), str(script), str(folder)], check=True)
    printed = [json.loads(line)["tonics"] for line in (folder / "songs.jsonl").read_text().splitlines()]
    counts = [len(tonics) for tonics in printed]
    bars = np.fromfile(folder / "bars.f32", np.float32).reshape(sum(counts), -1)
    whole = np.fromfile(folder / "whole.f32", np.float32).reshape(len(counts), -1)
    parts = np.split(bars, np.cumsum(counts)[:-1])
    return [
        SignedSong(part, row, np.array(tonics, np.int64))
        for part, row, tonics in zip(parts, whole, printed, strict=True)
    ]


def turn_views(views: NDArray[np.float32]) -> NDArray[np.float32]:
    """Views [..., 12 n] as degrees above each of the twelve major tonics, [12, ..., 12 n]."""
    classes = views.reshape(*views.shape[:-1], -1, 12)
    return np.stack([np.roll(classes, -tonic, axis=-1).reshape(views.shape) for tonic in range(12)])
