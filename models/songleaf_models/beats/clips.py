"""Training clips: features once computed and kept, targets from the truth, and what is done to them in training."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from songleaf_models.beats.features import COUNT, RATE, PulseFeatures, align, group_slice
from songleaf_models.evidence import read_evidence
from songleaf_models.truth import Truth, read_truth

FEATURES_VERSION = 2
"""Part of the names of kept features: raise it when `features.py` changes."""


@dataclass
class Clip:
    """Features [COUNT, T] float16 and what is true, times in frames (fractions)."""

    name: str
    features: np.ndarray
    beats: np.ndarray  # [N]
    positions: np.ndarray  # [N] 1 = downbeat
    three: np.ndarray  # [N] whether the beat's bar has three beats
    ternary: np.ndarray  # [N] whether the beat is a dotted quarter


def _read_features(path: Path) -> np.ndarray:
    kept = path.with_suffix(f".pulse{FEATURES_VERSION}.npy")
    if kept.exists() and kept.stat().st_mtime >= path.stat().st_mtime:
        return np.load(kept)
    evidence = read_evidence(path)
    with torch.no_grad():
        features = PulseFeatures()(*align(evidence))[0].numpy().astype(np.float16)
    # Of songs that the transcriber alone heard, nothing is known of these.
    for group, plane in (("beatnet", evidence.beats), ("chords", evidence.chords)):
        if len(plane) == 0:
            features[group_slice(group)] = 0
    temporary = kept.with_suffix(".part.npy")
    np.save(temporary, features)
    temporary.replace(kept)
    return features


def _describe_metres(truth: Truth) -> tuple[np.ndarray, np.ndarray]:
    times = np.array([beat.time for beat in truth.beats])
    three, ternary = np.zeros(len(times)), np.zeros(len(times))
    for metre in truth.metres:
        later = times >= metre.time - 0.05
        three[later] = metre.beats == 3
        ternary[later] = metre.unit == "dotted-quarter"
    return three, ternary


def read_clip(evidence: Path) -> Clip:
    """Reads NAME.evidence and NAME.json. Raises ValueError if either is not what it should be."""
    truth = read_truth(evidence.with_suffix(".json"))
    if len(truth.beats) < 8:
        raise ValueError(f"{evidence}: {len(truth.beats)} beats")
    three, ternary = _describe_metres(truth)
    return Clip(
        evidence.stem,
        _read_features(evidence),
        np.array([beat.time * RATE for beat in truth.beats]),
        np.array([beat.position for beat in truth.beats]),
        three,
        ternary,
    )


def read_clips(folder: Path) -> list[Clip]:
    """Every song of a folder that has been heard, by name."""
    return [read_clip(path) for path in sorted(folder.glob("*.evidence")) if path.with_suffix(".json").exists()]


@dataclass(frozen=True)
class Augmentation:
    """How clips are changed in training; probabilities unless said otherwise."""

    slowest: float = 0.8  # factor of time
    fastest: float = 1.25
    drop_beatnet: float = 0.35
    mislead_beatnet: float = 0.25
    drop_chords: float = 0.2
    drop_notes: float = 0.2
    drop_onset: float = 0.15
    drop_flux: float = 0.1
    mask_bands: float = 0.4
    gain: float = 0.35  # standard deviation of the logarithm


@dataclass
class Example:
    """features [COUNT, L], targets [4, L] and weights [4, L], float32."""

    features: np.ndarray
    targets: np.ndarray
    weights: np.ndarray


def _stretch(features: np.ndarray, factor: float) -> np.ndarray:
    count = int(features.shape[1] * factor)
    at = np.arange(count) / factor
    left = np.minimum(at.astype(int), features.shape[1] - 1)
    right = np.minimum(left + 1, features.shape[1] - 1)
    way = (at - left).astype(np.float32)
    if factor < 1:
        # Attacks last one frame: thinning them out must not lose any.
        return np.maximum(features[:, left] * (1 - way), features[:, right] * way)
    return features[:, left] * (1 - way) + features[:, right] * way


def _mislead(features: np.ndarray, beats: np.ndarray, rng: np.random.Generator) -> None:
    """Moves BeatNet's activations by half a beat over a stretch of 4 to 40 beats, as it errs on real rock songs."""
    part = group_slice("beatnet")
    length = int(rng.integers(4, 40))
    first = int(rng.integers(0, max(1, len(beats) - length)))
    last = min(first + length, len(beats) - 1)
    start, end = int(beats[first]), min(int(beats[last]), features.shape[1])
    shift = round((beats[first + 1] - beats[first]) / 2) if first + 1 < len(beats) else 0
    if 0 <= start < end and shift > 0:
        features[part, start:end] = np.roll(features[part, start:end], shift, 1)


def augment(clip: Clip, change: Augmentation, length: int, rng: np.random.Generator) -> Example:
    """A clip stretched, cut or filled to `length` frames, with groups of features missing, masked or misleading."""
    factor = float(np.exp(rng.uniform(np.log(change.slowest), np.log(change.fastest))))
    features = _stretch(clip.features.astype(np.float32), factor)
    beats = clip.beats * factor
    if rng.random() < change.mislead_beatnet:
        _mislead(features, beats, rng)
    drops = {
        "beatnet": change.drop_beatnet,
        "chords": change.drop_chords,
        "notes": change.drop_notes,
        "onset": change.drop_onset,
        "flux": change.drop_flux,
    }
    for group, probability in drops.items():
        if rng.random() < probability:
            features[group_slice(group)] = 0
    for group in ("flux", "onset"):
        features[group_slice(group)] *= np.exp(rng.normal(0, change.gain))
    if rng.random() < change.mask_bands:
        features[group_slice("flux")][rng.integers(0, 8, rng.integers(1, 4))] = 0
    offset = int(rng.integers(0, max(1, features.shape[1] - length + 1)))
    cut = np.zeros((COUNT, length), np.float32)
    part = features[:, offset : offset + length]
    cut[:, : part.shape[1]] = part
    return Example(cut, *_make_targets(clip, beats - offset, length))


def whole(clip: Clip) -> Example:
    """A clip as it is."""
    length = clip.features.shape[1]
    return Example(clip.features.astype(np.float32), *_make_targets(clip, clip.beats, length))


def _make_targets(clip: Clip, beats: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    targets, weights = np.zeros((4, length), np.float32), np.zeros((4, length), np.float32)
    low, high = max(0, int(beats[0]) - 10), min(length, int(beats[-1]) + 10)
    weights[:2, low:high] = 1
    for beat, position, three, ternary in zip(beats, clip.positions, clip.three, clip.ternary, strict=True):
        centre = round(float(beat))
        for frame in range(max(0, centre - 2), min(length, centre + 3)):
            # A triangle of two frames to either side, its top where the beat is between frames.
            height = max(0.0, 1 - abs(frame - float(beat)) / 2)
            targets[0, frame] = max(targets[0, frame], height)
            if position == 1:
                targets[1, frame] = max(targets[1, frame], height)
            weights[2:, frame] = 1
            targets[2, frame], targets[3, frame] = ternary, three
    return targets, weights
