"""Segments of every song that was heard, kept as one file a song and read through memory maps.

python -m songleaf_models.a2s.store   # cuts what is missing of the training renders
"""

import argparse
import hashlib
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from songleaf_models.a2s.segments import SEGMENT, cut_segments
from songleaf_models.data.pop909 import find_split
from songleaf_models.evidence import read_evidence
from songleaf_models.places import CACHE_DIR, TRAIN_DIR
from songleaf_models.truth import read_truth

VERSION = 1
"""Part of the files' names: raise it when what is kept in them changes."""

SEGMENTS_DIR = CACHE_DIR / "a2s" / "segments"
MOST_STRAY = 0.2
"""Mean distance of a segment's onsets from the grid, in steps, above which it is swung or its beats are wrong."""


def number_of(name: str) -> int:
    """The POP909 number in a file's name. Raises ValueError where there is none."""
    number = re.match(r"\d+", name)
    if number is None:
        raise ValueError(f"{name} names no song of POP909")
    return int(number[0])


def may_enter(name: str) -> bool:
    """Whether the song may be trained or validated on at all: songs of the sets that measure may not."""
    return find_split(number_of(name)) in ("train", "tune")


def is_held_out(name: str) -> bool:
    """Songs of the split `tune` are validated on and never trained on."""
    return find_split(number_of(name)) == "tune"


def keep_segments(segments: np.ndarray, name: str, folder: Path = SEGMENTS_DIR) -> Path:
    """Writes a song's segments whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.v{VERSION}.npy"
    temporary = folder / f"{name}.v{VERSION}.part"
    with temporary.open("wb") as file:
        np.save(file, segments)
    temporary.replace(target)
    return target


def cut_missing(evidences: Iterable[Path], folder: Path = SEGMENTS_DIR) -> int:
    """Cuts every NAME.evidence with its NAME.json that is not kept yet; returns how many were."""
    done = 0
    for evidence in evidences:
        name = evidence.stem
        if not may_enter(name) or (folder / f"{name}.v{VERSION}.npy").exists():
            continue
        keep_segments(cut_segments(read_truth(evidence.with_suffix(".json")), read_evidence(evidence)), name, folder)
        done += 1
    return done


@dataclass
class Store:
    """Segments of many songs: `where[i]` are the file and the place in it of segment i."""

    names: list[str]
    files: list[np.ndarray]
    where: np.ndarray  # [N, 2]

    def __len__(self) -> int:
        return len(self.where)

    def read(self, chosen: Sequence[int] | np.ndarray) -> np.ndarray:
        """[B] SEGMENT of the chosen numbers."""
        segments = np.empty(len(chosen), SEGMENT)
        for row, (file, place) in enumerate(self.where[np.asarray(chosen)]):
            segments[row] = self.files[file][place]
        return segments

    def read_previous(self, chosen: Sequence[int] | np.ndarray) -> np.ndarray:
        """[B, 32, 128] uint8: piano and bridge of the segments one bar earlier, zeros where there is none."""
        rolls = np.zeros((len(chosen), *SEGMENT["piano"].shape), np.uint8)
        for row, (file, place) in enumerate(self.where[np.asarray(chosen)]):
            previous = int(self.files[file][place]["previous"])
            if previous >= 0:
                before = self.files[file][previous]
                rolls[row] = np.maximum(before["piano"], before["bridge"])
        return rolls

    def fingerprint(self) -> str:
        """Tells stores with other songs or segments apart."""
        told = f"{VERSION} {list(zip(self.names, map(len, self.files), strict=True))} {len(self)}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def open_store(
    held_out: bool, hop_bars: int = 1, folder: Path = SEGMENTS_DIR, only: Container[str] | None = None
) -> Store:
    """The songs for training, or those held out, by name; segments every `hop_bars` bars, with notes on the grid.

    `only`: names that may be among them; None: all.
    """
    paths = [path for path in sorted(folder.glob(f"*.v{VERSION}.npy")) if may_enter(path.name)]
    paths = [path for path in paths if is_held_out(path.name) == held_out]
    files, names, where = list[np.ndarray](), list[str](), list[np.ndarray]()
    for path in paths:
        if only is not None and path.name.removesuffix(f".v{VERSION}.npy") not in only:
            continue
        segments = np.load(path, mmap_mode="r")
        if len(segments) == 0:
            continue
        notes = np.array([(one["piano"].any() or one["bridge"].any()) for one in segments])
        good = notes & (segments["stray"] <= MOST_STRAY) & (segments["bar"] % hop_bars == 0)
        places = np.flatnonzero(good)
        where.append(np.stack([np.full(len(places), len(files)), places], 1))
        names.append(path.name.removesuffix(f".v{VERSION}.npy"))
        files.append(segments)
    return Store(names, files, np.concatenate(where) if where else np.zeros((0, 2), int))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=TRAIN_DIR)
    options = parser.parse_args()
    done = cut_missing(sorted(options.data.glob("*.evidence")))
    for held_out in (False, True):
        store = open_store(held_out)
        print(f"{'held out' if held_out else 'training'}: {len(store.files)} songs, {len(store)} segments")
    print(f"{done} songs cut now")


if __name__ == "__main__":
    main()
