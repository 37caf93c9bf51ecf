"""Songs to train on, memory-mapped: for each render its true beats and chords, and what the engine took for them.

python -m songleaf_models.arranger prepare   # analyses with the engine what is not analysed yet, then keeps the rows
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from songleaf_models.arranger.grid import lay_grid
from songleaf_models.arranger.planes import KEYS, STEP_VALUES, sample_planes
from songleaf_models.arranger.targets import BRIDGE, PIANO, paint_targets
from songleaf_models.data.pop909 import find_split
from songleaf_models.evaluate.analysis_file import read_analysis
from songleaf_models.evidence import read_evidence
from songleaf_models.melody.features import song_number
from songleaf_models.truth import Truth, read_truth

WIDTHS = {"heard": 3 * KEYS, "melody": 2 * KEYS, "step": STEP_VALUES, "target": 2 * KEYS, "bar": 1}
ROW = sum(WIDTHS.values())
"""Bytes a step; `bar` is 1 where a bar begins."""


@dataclass
class SongRows:
    """One song on one grid."""

    name: str
    view: str  # "true" or "heard"
    rows: np.ndarray  # [T, ROW] uint8, memory-mapped
    clear: float  # share of the pianist's notes that are heard clearly: whether the piano sounds at all


def split_rows(rows: np.ndarray) -> dict[str, np.ndarray]:
    """`[T, ROW]` -> arrays by name of `WIDTHS`, planes as `[T, planes, 88]`."""
    parts, position = {}, 0
    for name, width in WIDTHS.items():
        part = rows[:, position : position + width]
        parts[name] = part if width % KEYS else part.reshape(len(rows), -1, KEYS)
        position += width
    return parts


def tell_clear(rows: np.ndarray) -> float:
    """Share of the notes of piano and bridge whose onset posterior is at least Basic Pitch's own threshold, 0.5."""
    parts = split_rows(np.asarray(rows))
    begins = (parts["target"][:, 0] & (BRIDGE | PIANO)) > 0
    return float((parts["heard"][:, 0][begins] >= 128).mean()) if begins.any() else 0.0


def stack_song(evidence_path: Path, truth: Truth, view: Truth) -> np.ndarray:
    """`[T, ROW]`: what was heard on the beats of `view`, and what `truth` writes there."""
    onsets = [note.start for note in (*truth.piano, *truth.bridge, *truth.melody)]
    grid = lay_grid(view, onsets)
    planes = sample_planes(read_evidence(evidence_path), view, grid)
    begins = np.zeros((len(grid.ticks), 1), np.uint8)
    begins[grid.bar_starts] = 1
    parts = (planes.heard, planes.melody, planes.step, paint_targets(truth, grid), begins)
    return np.concatenate([part.reshape(len(grid.ticks), -1) for part in parts], 1)


def list_views(path: Path, analyses: Path) -> Iterator[tuple[str, Path]]:
    """The views of a render that can be had, with the file that each comes from."""
    yield "true", path.with_suffix(".json")
    heard = analyses / f"{path.stem}.analysis.json"
    if heard.exists():
        yield "heard", heard


def prepare_songs(sources: Sequence[Path], analyses: Path, cache: Path) -> list[SongRows]:
    """Rows of every render of the folders `sources` with truth and evidence, in order of name; made once.

    Raises ValueError if a song that must not be seen (of a split that measures) lies there.
    """
    cache.mkdir(parents=True, exist_ok=True)
    songs = []
    for path in sorted(path for source in sources for path in source.glob("*.evidence")):
        if find_split(song_number(path.stem)) not in ("train", "tune"):
            raise ValueError(f"{path.stem} must not be trained on")
        if not path.with_suffix(".json").exists():
            continue
        for view, file in list_views(path, analyses):
            target = cache / f"{path.stem}.{view}.npy"
            newest = max(path.stat().st_mtime, file.stat().st_mtime)
            if not target.exists() or target.stat().st_mtime < newest:
                truth = read_truth(path.with_suffix(".json"))
                seen = truth if view == "true" else read_analysis(file)
                if len(seen.beats) < 8:
                    continue
                temporary = target.with_suffix(".tmp.npy")
                np.save(temporary, stack_song(path, truth, seen))
                temporary.replace(target)
            rows = np.load(target, mmap_mode="r")
            songs.append(SongRows(path.stem, view, rows, tell_clear(rows)))
    return songs
