"""Fits `main/engine/analysis/section-weights.ts`: what each sign of a section's border is worth.

python -m songleaf_models.sections

Learns from training renders that have been heard, which are excerpts, and from whole songs of POP909 described without
audio, whose lead and harmony are plainer than what is heard. The features come from the engine's own code.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from songleaf_models.data.harte import list_tones
from songleaf_models.data.pop909 import find_split, list_songs, load_song
from songleaf_models.engine import ROOT, find_node
from songleaf_models.places import TRAIN_DIR
from songleaf_models.song import Note, Song
from songleaf_models.truth import read_truth

SYMBOLIC_WEIGHT = 0.3
"""Of a bar line without audio, against one that was heard."""
RIDGE = 60.0
LONGEST = 24
"""Bars."""
RENDERS = 90
"""About so many of the renders, evenly spread."""
TICKS = 48
QUALITIES = {"maj9": "maj7", "min9": "min7", "min11": "min7"}
"""Qualities that the engine calls otherwise."""


class Labelled(NamedTuple):
    """A song's bar lines but the first: features[N, F], borders[N] 0 or 1; the lengths of its sections in bars."""

    features: np.ndarray
    borders: np.ndarray
    lengths: list[int]


def main() -> None:
    """Prints the weights as TypeScript; five minutes."""
    with tempfile.TemporaryDirectory() as work:
        heard = [path for path in sorted(TRAIN_DIR.glob("*.evidence")) if find_split(int(path.name[:3])) == "train"]
        heard = heard[:: max(1, len(heard) // RENDERS)]
        names, rows = measure_borders(heard, Path(work) / "heard.json")
        recorded = []
        for path, (times, features) in rows.items():
            sections = read_truth(path.with_suffix(".json")).sections
            if sections:
                borders = [section.start for section in sections] + [sections[-1].end]
                recorded.append(label(times, features, borders))
        described = describe_songs(Path(work))
        _, rows = measure_borders(list(described), Path(work) / "described.json")
        symbolic = [label(times, features, described[path]) for path, (times, features) in rows.items()]
    weights = fit(recorded, symbolic)
    print(f"// {len(recorded)} renders, {len(symbolic)} songs without audio")
    for i, name in enumerate(names):
        print(f"  {name}: [{weights[i]:.2f}, {weights[len(names) + i]:.2f}],")
    print(f"export const BORDER_BIAS = {weights[-1]:.2f};")
    counts = np.bincount([n for song in symbolic for n in song.lengths if n <= LONGEST], minlength=LONGEST + 1) + 0.5
    logs = np.log(counts / counts.sum()).round(1)
    print("export const phraseLengths: readonly number[] = " + json.dumps([-99.0, *logs[1:].tolist()]) + ";")


def measure_borders(files: Sequence[Path], out: Path) -> tuple[list[str], dict[Path, tuple[np.ndarray, np.ndarray]]]:
    """Runs the engine's own measuring; times[N] and features[N, 2 F] of the bar lines of each file."""
    script = ROOT / "tests" / "bench" / "evidence" / "section-features.ts"
    subprocess.run([find_node(), str(script), str(out), *map(str, files)], check=True)
    content: dict[str, Any] = json.loads(out.read_text())
    rows = {Path(s["file"]): (np.array(s["times"]), np.array(s["rows"])) for s in content["songs"]}
    return content["names"], rows


def label(times: np.ndarray, features: np.ndarray, borders: Sequence[float]) -> Labelled:
    """times[N], features[N, F] of bar lines; borders in seconds, the last one the end. Each marks the nearest bar line
    less than about half a bar away."""
    marked = np.zeros(len(times))
    bar = float(np.median(np.diff(times)))
    for border in borders[1:-1]:
        nearest = int(np.abs(times - border).argmin())
        marked[nearest] = abs(times[nearest] - border) < 0.55 * bar
    return Labelled(features[1:], marked[1:], [round(length / bar) for length in np.diff(borders)[1:-1]])


def fit(recorded: Sequence[Labelled], symbolic: Sequence[Labelled]) -> np.ndarray:
    """Ridge logistic regression by Newton's method -> weights[F], the last one the bias."""
    songs = [*recorded, *symbolic]
    x = np.vstack([song.features for song in songs])
    x = np.hstack([x, np.ones((len(x), 1))])
    y = np.concatenate([song.borders for song in songs])
    shares = [1.0] * len(recorded) + [SYMBOLIC_WEIGHT] * len(symbolic)
    share = np.concatenate([np.full(len(song.borders), s) for song, s in zip(songs, shares, strict=True)])
    ridge = np.diag([RIDGE] * (x.shape[1] - 1) + [0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(15):
        p = 1 / (1 + np.exp(-x @ weights))
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + ridge
        weights -= np.linalg.solve(curve, x.T @ (share * (p - y)) + ridge @ weights)
    return weights


def describe_songs(folder: Path) -> dict[Path, list[float]]:
    """Writes NAME.beats.json of POP909's training songs that have section labels; borders in seconds by file."""
    described = {}
    for number in list_songs("train"):
        song = load_song(number)
        if len(song.sections) < 2:
            continue
        path = folder / f"{song.name}.beats.json"
        path.write_text(json.dumps(describe_song(song)))
        first, beat = song.bars[0].start, 60 / song.bpm
        described[path] = [(s.start - first) * beat for s in song.sections] + [(song.sections[-1].end - first) * beat]
    return described


def describe_song(song: Song) -> dict[str, Any]:
    """What the engine would know of each beat if it heard every note: no flux, constant loudness, no drums."""
    first = song.bars[0].start
    beats = int(song.bars[-1].start + song.bars[-1].beats - first)
    piano, melody, bridge = (sound(part, first, beats) for part in (song.piano, song.melody, song.bridge))
    every = piano + melody + bridge  # [beats, 128]
    pitches = np.arange(128)
    # Register weights as in `chroma.ts`, roughly.
    weights = np.where((pitches >= 48) & (pitches <= 79), 1.0, 0.4)
    treble = np.zeros((beats, 12))
    for pitch in pitches:
        treble[:, pitch % 12] += every[:, pitch] * weights[pitch]
    lead = np.minimum(1, melody + 0.8 * bridge + 0.6 * piano)[:, 57:86]
    registers = np.stack([part.sum(axis=1) for part in np.split(every, [48, 60, 72], axis=1)], axis=1)
    sung = np.minimum(1, melody.sum(axis=1))
    onsets = (every > 0).sum(axis=1)
    downbeats = [int(bar.start - first) for bar in song.bars]
    return {
        "treble": treble.round(3).ravel().tolist(),
        "chords": [
            name_chord(label, round((start - first) * TICKS), round((end - first) * TICKS))
            for start, end, label in song.chords
        ],
        "sounds": [
            {
                "lead": lead[i].round(3).tolist(),
                "registers": registers[i].round(3).tolist(),
                "flux": [0] * 8,
                "onsets": int(onsets[i]),
                "loudness": 0,
                "sung": round(float(sung[i]), 3),
            }
            for i in range(beats)
        ],
        "downbeats": downbeats,
        "times": [i * 60 / song.bpm for i in range(beats + 1)],
    }


def sound(notes: Sequence[Note], first: float, beats: int) -> np.ndarray:
    """[beats, 128]: share of each beat in which a pitch sounds; notes longer than four beats have faded by then."""
    found = np.zeros((beats, 128))
    for note in notes:
        start, end = note.start - first, min(note.end - first, note.start - first + 4)
        for beat in range(max(0, int(start)), min(beats, int(np.ceil(end)))):
            found[beat, note.pitch] += max(0.0, min(end, beat + 1) - max(start, beat))
    return found


def name_chord(label: str, start: int, end: int) -> dict[str, Any]:
    """A chord of the engine's contract from a Harte label."""
    chord: dict[str, Any] = {"start": start, "duration": end - start, "confidence": 1}
    if label == "N":
        return chord | {"root": None, "quality": None, "bass": None}
    root, _, bass = list_tones(label)
    quality = re.split(r"[(/]", label.split(":")[1])[0]
    return chord | {"root": root, "quality": QUALITIES.get(quality, quality), "bass": bass}


if __name__ == "__main__":
    main()
