"""Half beats of training renders with the chords that are true there, and what is done to them in training."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from songleaf_models.chords.harte import QUALITIES, parse_chord
from songleaf_models.data.harte import list_tones
from songleaf_models.data.pop909 import find_split
from songleaf_models.engine import ROOT, find_node
from songleaf_models.harmony.network import BASSES, HEADS, KEYS, STATES, VALUES
from songleaf_models.truth import Span, read_truth

UNKNOWN = -1
"""Label of a half beat whose chord has no name here, or that a chord fills for less than half."""
NONE_STATE, NONE_BASS = STATES - 1, BASSES - 1
GRIDS = ("true", "found")


@dataclass
class Grid:
    """One song on one grid of beats: rows [N, VALUES], chords [N] and basses [N], UNKNOWN where not known."""

    name: str
    rows: np.ndarray
    chords: np.ndarray
    basses: np.ndarray


def is_held_out(name: str) -> bool:
    """Songs of the split `tune` are never trained on. Raises ValueError for songs of the sets that measure."""
    number = re.match(r"\d+", name)
    split = "train" if number is None else find_split(int(number[0]))
    if split not in ("train", "tune"):
        raise ValueError(f"{name} must not be trained on")
    return split == "tune"


def name_span(label: str) -> tuple[int, int]:
    """State and bass of a chord in Harte syntax, UNKNOWN for what has no name here."""
    if label == "N":
        return NONE_STATE, NONE_BASS
    chord = parse_chord(label)
    if chord is None:
        return UNKNOWN, UNKNOWN
    return 12 * QUALITIES.index(chord.quality) + chord.root, list_tones(label)[2]


def label_spans(starts: np.ndarray, ends: np.ndarray, spans: list[Span]) -> tuple[np.ndarray, np.ndarray]:
    """State and bass of each stretch [N], of the chord that fills most of it if that is more than half."""
    chords, basses = np.full(len(starts), UNKNOWN), np.full(len(starts), UNKNOWN)
    most = (ends - starts) / 2
    for span in spans:
        overlap = np.minimum(ends, span.end) - np.maximum(starts, span.start)
        chosen = overlap > most
        chords[chosen], basses[chosen] = name_span(span.label)
    return chords, basses


def lay_out(folder: Path) -> None:
    """Lets the engine write the half beats of the songs of a folder that lack them."""
    songs = sorted(path for path in folder.glob("*.evidence") if path.with_suffix(".json").exists())
    missing = [str(path) for path in songs if not path.with_suffix(".true.halves").exists()]
    script = str(ROOT / "tests" / "bench" / "evidence" / "half-beats.ts")
    for first in range(0, len(missing), 100):
        subprocess.run([find_node(), script, *missing[first : first + 100]], check=True)


def read_grids(folder: Path) -> list[Grid]:
    """Every song of a folder whose half beats are laid out, on each grid, by name."""
    grids = []
    for path in sorted(folder.glob("*.halves")):
        name = path.name.removesuffix(".halves")
        song, _, _ = name.rpartition(".")
        rows = np.fromfile(path, np.float32).reshape(-1, VALUES + 2)
        truth = read_truth(folder / f"{song}.json")
        if len(rows) > 0 and truth.chords:
            chords, basses = label_spans(rows[:, -2], rows[:, -1], truth.chords)
            grids.append(Grid(name, np.ascontiguousarray(rows[:, :VALUES]), chords, basses))
    return grids


@dataclass(frozen=True)
class Augmentation:
    """How half beats are changed in training; probabilities unless said otherwise."""

    drop_heads: float = 0.15
    drop_notes: float = 0.1
    drop_place: float = 0.15
    shift_place: float = 0.2
    mask_octaves: float = 0.25
    fade_class: float = 0.5  # three times
    add_key: float = 0.4  # three times
    gain: float = 0.3  # standard deviation of the logarithm


def _draw_stretch(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The notes and onsets [n, 2, KEYS] of 4 to 64 half beats, to be changed in place."""
    first = int(rng.integers(0, len(rows)))
    return rows[first : first + int(rng.integers(4, 65)), HEADS : HEADS + 2 * KEYS].reshape(-1, 2, KEYS)


def _fade_class(notes: np.ndarray, rng: np.random.Generator) -> None:
    """Silences most of a pitch class that sounds: in recordings a chord's third is often not transcribed."""
    classes = (np.arange(KEYS) + 9) % 12
    energy = np.bincount(classes, notes[:, 0].sum(0), 12) + 1e-6
    pitch_class = rng.choice(12, p=energy / energy.sum())
    notes[..., classes == pitch_class] *= rng.uniform(0, 0.3)


def _add_key(notes: np.ndarray, rng: np.random.Generator) -> None:
    """Lets a key from F2 to E6 sound about as loud as what does: singers and riffs do not keep to chords."""
    key = int(rng.integers(20, 68))
    notes[..., key] = np.maximum(notes[..., key], notes.max(2) * rng.uniform(0.4, 1))


def augment(rows: np.ndarray, change: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Rows [N, VALUES] with groups of values missing, masked or misleading."""
    rows = rows.copy()
    keys = slice(HEADS, HEADS + 2 * KEYS)
    dropped = rng.random()
    if dropped < change.drop_heads:
        rows[:, :HEADS] = 0
    elif dropped < change.drop_heads + change.drop_notes:
        rows[:, keys] = 0
    if rng.random() < change.drop_place:
        rows[:, VALUES - 2 :] = 0
    elif rng.random() < change.shift_place:
        # Bars that begin elsewhere.
        size = np.maximum(rows[:, VALUES - 1], 1)
        rows[:, VALUES - 2] = (rows[:, VALUES - 2] - 1 + rng.integers(1, 4)) % size + 1
    if rng.random() < change.mask_octaves:
        low = int(rng.integers(0, 88))
        rows[:, HEADS + low : HEADS + min(88, low + 12)] = 0
        rows[:, HEADS + KEYS + low : HEADS + KEYS + min(88, low + 12)] = 0
    for _ in range(3):
        if rng.random() < change.fade_class:
            _fade_class(_draw_stretch(rows, rng), rng)
        if rng.random() < change.add_key:
            _add_key(_draw_stretch(rows, rng), rng)
    rows[:, keys] = np.clip(rows[:, keys] * np.exp(rng.normal(0, change.gain)), 0, 1)
    return rows
