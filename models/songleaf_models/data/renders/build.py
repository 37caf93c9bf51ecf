"""Renders clips into the folder of training renders; what is there is kept, so that work can go on after a stop."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import soundfile

from songleaf_models.data.pop909 import Split, list_songs
from songleaf_models.data.renders.clip import render_clip
from songleaf_models.data.renders.synth import SAMPLE_RATE
from songleaf_models.places import TRAIN_DIR
from songleaf_models.pool import work_through
from songleaf_models.truth import write_truth

SEED = 0


def list_clips(split: Split, variants: range, songs: range | None = None) -> list[tuple[int, int]]:
    """Song and variant in the order of work: songs shuffled, so that any prefix is a varied sample.

    Raises ValueError for the sets that measure.
    """
    if split in ("evaluation", "fresh"):
        raise ValueError("the evaluation sets are rendered by their own recipes")
    numbers = [number for number in list_songs(split) if songs is None or number in songs]
    return [
        (int(number), variant)
        for variant in variants
        for number in np.random.default_rng([SEED, variant]).permutation(numbers)
    ]


def write_clip(clip: tuple[int, int], folder: Path = TRAIN_DIR) -> str | None:
    """Renders a song's variant unless it is there; returns what to print, None where it was there."""
    number, variant = clip
    audio = folder / f"{name_clip(clip)}.flac"
    if audio.exists() and audio.with_suffix(".json").exists():
        return None
    began = time.process_time()
    record, truth, plan = render_clip(number, variant, SEED)
    write_truth(truth, audio.with_suffix(".json"))
    temporary = folder / f"{audio.name}.{os.getpid()}.tmp"
    soundfile.write(temporary, record.T, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    temporary.replace(audio)
    cost = time.process_time() - began
    sung = " sung" if truth.sung else ""
    return f"{audio.name} {plan.style} {plan.metre} {plan.bpm:.0f}{sung} {truth.duration:.0f} s in {cost:.1f} s"


def build(clips: list[tuple[int, int]], jobs: int, folder: Path = TRAIN_DIR) -> Iterator[str]:
    """Renders the clips that are missing, a line each; one that fails is named and left out."""
    folder.mkdir(parents=True, exist_ok=True)
    yield from work_through(partial(write_clip, folder=folder), clips, jobs, name_clip)


def name_clip(clip: tuple[int, int]) -> str:
    """SONG.VARIANT."""
    return f"{clip[0]:03d}.{clip[1]}"
