"""What the melody network is trained on: planes and labels of each song, memory-mapped."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from songleaf_models.data.pop909 import find_split
from songleaf_models.evidence import FRAME_RATE, VOICE_RATE, Evidence, read_evidence
from songleaf_models.melody.network import FRAME_VALUES, LOWEST, PITCHES, POOL, REST
from songleaf_models.truth import TimedNote, Truth, read_truth

WIDTHS = {"contour": 264, "note": 88, "onset": 88, "frame": FRAME_VALUES}
ROW = sum(WIDTHS.values()) + 3
"""Bytes a frame: the planes, then melody pitch (0 rest, 255 not known), begins (1), sung (0, 1, 255 not known)."""
UNKNOWN = 255


def align_frames(evidence: Evidence) -> np.ndarray:
    """Loudness and the voice frame nearest to each frame, `[T, 4]` uint8: as the engine's `alignFrames`."""
    count = len(evidence.note)
    aligned = np.zeros((count, FRAME_VALUES), np.uint8)
    aligned[:, 0] = evidence.loudness[:, 0]
    if len(evidence.voice) > 0:
        nearest = np.floor(np.arange(count) * (VOICE_RATE / FRAME_RATE) + 0.5).astype(int)
        aligned[:, 1:4] = evidence.voice[np.minimum(nearest, len(evidence.voice) - 1)]
    return aligned


def join_lines(truth: Truth) -> list[TimedNote]:
    """The one line that leads: the melody."""
    return sorted(truth.melody)


def label_frames(truth: Truth, count: int) -> np.ndarray:
    """`[count, 3]` uint8: pitch, begins, sung, as `ROW` says."""
    labels = np.zeros((count, 3), np.uint8)
    labels[:, 2] = UNKNOWN
    for note in join_lines(truth):
        first = max(0, round(note.start * FRAME_RATE))
        last = min(count, max(first + 1, round(note.end * FRAME_RATE)))
        labels[first:last, 0] = note.pitch
        if first < count:
            labels[first, 1] = 1
    sounding = labels[:, 0] > 0
    labels[sounding, 2] = 0
    for span in truth.sung:
        inside = slice(max(0, round(span.start * FRAME_RATE)), max(0, round(span.end * FRAME_RATE)))
        labels[inside, 2] = np.where(sounding[inside], 1, UNKNOWN)
    return labels


def stack_song(evidence: Evidence, truth: Truth) -> np.ndarray:
    """`[T, ROW]` uint8 of one song."""
    planes = [evidence.contour, evidence.note, evidence.onset, align_frames(evidence)]
    return np.concatenate([*planes, label_frames(truth, len(evidence.note))], 1)


@dataclass
class SongRows:
    """One song's rows, memory-mapped."""

    name: str
    rows: np.ndarray


def song_number(name: str) -> int:
    """POP909's number in SONG.VARIANT; -1 where the song is not POP909's."""
    digits = name.split(".")[0].removeprefix("pop909-")
    return int(digits) if digits.isdigit() else -1


def prepare_songs(source: Path, cache: Path) -> list[SongRows]:
    """Stacks every song of `source` that has truth and evidence, once; returns all, in order of name.

    Raises ValueError if a song that must not be seen (of a split that measures) lies there.
    """
    cache.mkdir(parents=True, exist_ok=True)
    songs = []
    for path in sorted(source.glob("*.evidence")):
        name = path.name.removesuffix(".evidence")
        truth_path = path.with_suffix(".json")
        if find_split(song_number(name)) not in ("train", "tune"):
            raise ValueError(f"{name} must not be trained on")
        if not truth_path.exists():
            continue
        target = cache / f"{name}.npy"
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            try:
                truth = read_truth(truth_path)
                if not truth.melody:
                    continue
                rows = stack_song(read_evidence(path), truth)
            except (ValueError, json.JSONDecodeError):
                # Still being written.
                continue
            temporary = target.with_suffix(".tmp.npy")
            np.save(temporary, rows)
            temporary.replace(target)
        songs.append(SongRows(name, np.load(target, mmap_mode="r")))
    return songs


@dataclass
class Batch:
    """Crops as float32 arrays `[B, N, width]`, labels at the network's rates."""

    planes: dict[str, np.ndarray]
    pitch: np.ndarray  # [B, T] class, -1 where not known
    onset: np.ndarray  # [B, 2 T, 46] 0-1
    sung: np.ndarray  # [B, T] 0, 1, -1 where not known


def split_rows(rows: np.ndarray) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """`[N, ROW]` -> planes by name, labels `[N, 3]`."""
    planes, position = {}, 0
    for name, width in WIDTHS.items():
        planes[name] = rows[:, position : position + width]
        position += width
    return planes, rows[:, position:]


def pool_labels(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`[N, 3]` at the evidence's rate -> pitch `[T]`, onset `[2 T, 46]`, sung `[T]`.

    A frame's pitch is what sounds at its middle. An onset counts fully in its half frame, half in the neighbours,
    because no hand or voice is exact to 23 ms.
    """
    half = POOL // 2
    middle = labels[half::POOL]
    midi = middle[:, 0].astype(np.int64)
    pitch = np.where(midi == 0, REST, midi - LOWEST)
    pitch[(midi == UNKNOWN) | ((midi > 0) & ((midi < LOWEST) | (midi >= LOWEST + PITCHES)))] = -1
    onset = np.zeros((len(labels) // half, PITCHES), np.float32)
    for at in np.flatnonzero(labels[:, 1]):
        key = int(labels[at, 0]) - LOWEST
        if not 0 <= key < PITCHES:
            continue
        frame = at // half
        for near in (frame - 1, frame + 1):
            if 0 <= near < len(onset):
                onset[near, key] = max(onset[near, key], 0.5)
        onset[frame, key] = 1
    sung = middle[:, 2].astype(np.int64)
    sung[sung == UNKNOWN] = -1
    return pitch, onset, sung
