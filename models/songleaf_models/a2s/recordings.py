"""Stretched recordings of the training renders, for the configuration that hears for itself.

python -m songleaf_models.a2s.recordings   # stretches what is missing: half a megabyte a minute and second of work
"""

import argparse
import functools
from pathlib import Path

import numpy as np
import soundfile
import soxr
import torch
from torch import Tensor

from songleaf_models.a2s.grid import STRETCHED_RATE
from songleaf_models.a2s.log_mel import measure_log_mel
from songleaf_models.a2s.store import Store, may_enter
from songleaf_models.a2s.stretch import cut_audio, stretch
from songleaf_models.places import CACHE_DIR, TRAIN_DIR
from songleaf_models.truth import read_truth

STRETCHED_DIR = CACHE_DIR / "a2s" / "stretched"


def stretch_recording(recording: Path, folder: Path = STRETCHED_DIR) -> Path:
    """Writes NAME.npy, int16 at 22,050 Hz, of NAME.flac and the beats in NAME.json, whole or not at all."""
    audio, rate = soundfile.read(recording, dtype="float32", always_2d=True)
    mono = soxr.resample(audio.mean(1), rate, STRETCHED_RATE)
    times = np.array([beat.time for beat in read_truth(recording.with_suffix(".json")).beats])
    samples = np.clip(np.round(32767 * stretch(mono, times)), -32768, 32767).astype(np.int16)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{recording.stem}.npy"
    temporary = target.with_suffix(".part")
    with temporary.open("wb") as file:
        np.save(file, samples)
    temporary.replace(target)
    return target


def list_stretched(folder: Path = STRETCHED_DIR) -> set[str]:
    """Names of the songs that have been stretched: whole songs keep no sound."""
    return {path.stem for path in folder.glob("*.npy")}


class Listener:
    """Log-mel spectrograms of a store's segments, from recordings that `stretch_recording` wrote."""

    def __init__(self, folder: Path = STRETCHED_DIR) -> None:
        self.folder = folder
        self._open = functools.cache(lambda name: np.load(self.folder / f"{name}.npy", mmap_mode="r"))

    def __call__(self, store: Store, chosen: np.ndarray, shift: int) -> Tensor:
        """[B, 229, 153]. Raises FileNotFoundError for a song that has not been stretched."""
        mels = []
        for file, place in store.where[chosen]:
            beat = int(store.files[file][place]["beat"])
            samples = cut_audio(self._open(store.names[file]), beat) / np.float32(32768)
            mels.append(measure_log_mel(samples, shift))
        return torch.from_numpy(np.stack(mels))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=TRAIN_DIR)
    options = parser.parse_args()
    for recording in sorted(options.data.glob("*.flac")):
        if may_enter(recording.name) and not (STRETCHED_DIR / f"{recording.stem}.npy").exists():
            print(stretch_recording(recording), flush=True)


if __name__ == "__main__":
    main()
