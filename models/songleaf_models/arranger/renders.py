"""More songs to learn from: the pianist's part sounds as it is, amid a band, heard by the transcriber alone.

python -m songleaf_models.arranger render --songs 100   # what is there is kept
"""

import dataclasses
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unittest import mock

import numpy as np
import onnxruntime
import soxr

from songleaf_models.data.pop909 import list_songs
from songleaf_models.data.renders import clip
from songleaf_models.data.renders.plan import Plan, draw_plan
from songleaf_models.data.renders.synth import SAMPLE_RATE as RENDER_RATE
from songleaf_models.evidence import SAMPLE_RATE, Evidence, write_evidence
from songleaf_models.places import CACHE_DIR, WEIGHTS_DIR
from songleaf_models.truth import write_truth
from songleaf_models.weights.listen import open_session

RENDERS_DIR = CACHE_DIR / "arranger" / "renders"
VARIANT = 500
"""Variants below are other renders of the same songs."""
STYLES = ("pop", "pop", "soft pop", "soft pop", "ballad", "ballad", "rock", "funk", "dance", "latin", "hip hop")
"""Those that keep a song's metre and its straight 16ths."""

WINDOW, KEPT, MARGIN, HOP = 43_844, 141, 15, 256
"""Samples of the transcriber's window, frames kept of it, frames left out before them: `basic-pitch.ts`."""
BATCH = 4
FLUX_WINDOW, NARROW_A_BAND, BANDS = 1024, 6, 8


def hear(session: onnxruntime.InferenceSession, audio: np.ndarray) -> Evidence:
    """What the engine's transcriber and flux give of mono audio [N] at 22,050 Hz; beats, chords, voice are empty."""
    frames = -(-len(audio) // HOP)
    windows = -(-frames // KEPT)
    padded = np.zeros((windows - 1) * KEPT * HOP + WINDOW, np.float32)
    lead = MARGIN * HOP
    end = min(len(audio), len(padded) - lead)
    padded[lead : lead + end] = audio[:end]
    planes: tuple[list[np.ndarray], ...] = ([], [], [])
    names = [f"StatefulPartitionedCall:{i}" for i in (2, 1, 0)]
    for first in range(0, windows, BATCH):
        starts = [window * KEPT * HOP for window in range(first, min(first + BATCH, windows))]
        batch = np.stack([padded[start : start + WINDOW] for start in starts])[..., None]
        for plane, values in zip(planes, session.run(names, {"serving_default_input_2:0": batch}), strict=True):
            kept = values[:, MARGIN : MARGIN + KEPT].reshape(-1, values.shape[-1])
            plane.append(np.floor(255 * np.clip(kept, 0, 1) + 0.5).astype(np.uint8))
    onset, note, contour = (np.concatenate(plane)[:frames] for plane in planes)
    flux, loudness = measure_flux(audio, frames)

    def empty(width: int) -> np.ndarray:
        return np.zeros((0, width), np.uint8)

    return Evidence(onset, note, contour, flux, loudness, empty(6), empty(100), empty(3))


def measure_flux(audio: np.ndarray, frames: int) -> tuple[np.ndarray, np.ndarray]:
    """Flux [T, 8] and loudness [T, 1], uint8, as `main/engine/transcription/flux.ts` measures them."""
    half = FLUX_WINDOW // 2
    padded = np.zeros(frames * HOP + FLUX_WINDOW)
    padded[half : half + min(len(audio), frames * HOP)] = audio[: frames * HOP]
    blocks = np.lib.stride_tricks.sliding_window_view(padded, FLUX_WINDOW)[: frames * HOP : HOP]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FLUX_WINDOW) / FLUX_WINDOW)
    magnitudes = np.abs(np.fft.rfft(blocks * window))
    level = np.log1p(100 * (magnitudes @ make_bands()) / FLUX_WINDOW)
    rise = np.maximum(0, level[2:] - level[:-2])
    rise = np.concatenate([np.maximum(0, level[:2]), rise]).reshape(frames, BANDS, NARROW_A_BAND).mean(2)
    energy = np.square(blocks[:, half - HOP : half + HOP]).mean(1)
    decibels = 10 * np.log10(energy + 1e-12)
    loudness = np.clip(np.floor(255 * (1 + decibels / 96) + 0.5), 0, 255)
    return np.minimum(255, np.floor(rise * 64 + 0.5)).astype(np.uint8), loudness.astype(np.uint8)[:, None]


def make_bands() -> np.ndarray:
    """[513, 48] triangles, logarithmically spaced from 40 to 10,000 Hz; a narrow one takes its nearest bin whole."""
    count = BANDS * NARROW_A_BAND
    edges = 40 * (10_000 / 40) ** (np.arange(count + 2) / (count + 1)) / (SAMPLE_RATE / FLUX_WINDOW)
    bins = np.arange(FLUX_WINDOW // 2 + 1)
    bands = np.zeros((len(bins), count))
    for band, ((low, mid), (_, high)) in enumerate(zip(pairwise(edges[:-1]), pairwise(edges[1:]), strict=True)):
        rise, fall = (bins - low) / max(mid - low, 1e-6), (high - bins) / max(high - mid, 1e-6)
        bands[:, band] = np.maximum(0, np.minimum(rise, fall))
        if bands[:, band].max() < 0.1:
            bands[:, band] = bins == np.floor(mid + 0.5)
    return bands


def plan_literal(song_bpm: float, triple: bool, rng: np.random.Generator, style: str | None = None) -> Plan:
    """As `draw_plan`, with the pianist's part and the second voice sounding."""
    plan = draw_plan(song_bpm, triple, rng, style)
    return dataclasses.replace(plan, piano="literal", bridge=bool(rng.random() < 0.8))


def render_song(session: onnxruntime.InferenceSession, number: int, variant: int, folder: Path) -> None:
    """Writes NNN.V.evidence and NNN.V.json. Raises as `render_clip`."""
    rng = np.random.default_rng([number, variant])
    with mock.patch.object(clip, "draw_plan", plan_literal):
        record, truth, _ = clip.render_clip(number, variant, 0, str(rng.choice(STYLES)))
    audio = soxr.resample(record.mean(0), RENDER_RATE, SAMPLE_RATE).astype(np.float32)
    target = folder / f"{number:03d}.{variant}.evidence"
    write_truth(truth, target.with_suffix(".json"))
    write_evidence(hear(session, audio), target)


def render_songs(count: int, folder: Path = RENDERS_DIR) -> Iterator[str]:
    """Renders the first `count` of a shuffled list of training songs; a line each."""
    folder.mkdir(parents=True, exist_ok=True)
    session = open_session(WEIGHTS_DIR / "basic_pitch.onnx")
    for number in np.random.default_rng(VARIANT).permutation(list_songs("train"))[:count].tolist():
        if (folder / f"{number:03d}.{VARIANT}.evidence").exists():
            continue
        began = time.process_time()
        try:
            render_song(session, number, VARIANT, folder)
        except ValueError as error:
            yield f"{number:03d}: {error}"
            continue
        yield f"{number:03d} in {time.process_time() - began:.1f} s"
