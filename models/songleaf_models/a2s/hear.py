"""Renders whole songs, hears them with the transcriber alone and keeps their segments, not their sound.

python -m songleaf_models.a2s.hear [--first 100] [--variants 1] [--songs 50]   # what is there is kept
"""

import argparse
import time

import numpy as np
import onnxruntime
import soxr

from songleaf_models.a2s.segments import cut_segments
from songleaf_models.a2s.store import SEGMENTS_DIR, VERSION, keep_segments
from songleaf_models.data.pop909 import list_songs
from songleaf_models.data.renders.clip import render_clip
from songleaf_models.data.renders.plan import PianoUse
from songleaf_models.data.renders.synth import SAMPLE_RATE as RENDER_RATE
from songleaf_models.evidence import SAMPLE_RATE, Evidence
from songleaf_models.places import WEIGHTS_DIR
from songleaf_models.weights.listen import open_session

SEED = 0
FIRST_VARIANT = 100
"""Variants below are the clips of `songleaf_models.data`."""
WHOLE_SONG = 1e4
"""Seconds: longer than any song."""

STYLES = {
    "ballad": 20, "pop": 20, "soft pop": 18, "rock": 10, "hard rock": 4, "funk": 6, "latin": 6, "dance": 8,
    "hip hop": 8,
}  # fmt: skip
"""Those that keep a song's 4/4 and its straight 16ths, with their shares."""
PIANO: dict[PianoUse, int] = {"literal": 60, "reorchestrated": 25, "absent": 15}
"""Whether the part that is to be written sounds: as it is, on other instruments in other figures, not at all."""

_WINDOW, _KEPT, _MARGIN, _HOP = 43_844, 141, 15, 256
"""Samples of the transcriber's window, frames kept of it, frames left out before them: `basic-pitch.ts`."""
_NAMES = ("StatefulPartitionedCall:2", "StatefulPartitionedCall:1")
_INPUT = "serving_default_input_2:0"
_BATCH = 4


def transcribe(session: onnxruntime.InferenceSession, audio: np.ndarray) -> Evidence:
    """Onset, note and loudness planes of mono audio [N] at 22,050 Hz, as the engine has them; the others are empty."""
    frames = -(-len(audio) // _HOP)
    windows = -(-frames // _KEPT)
    padded = np.zeros((windows - 1) * _KEPT * _HOP + _WINDOW, np.float32)
    lead = _MARGIN * _HOP
    end = min(len(audio), len(padded) - lead)
    padded[lead : lead + end] = audio[:end]
    heard: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    for first in range(0, windows, _BATCH):
        starts = [window * _KEPT * _HOP for window in range(first, min(first + _BATCH, windows))]
        batch = np.stack([padded[start : start + _WINDOW] for start in starts])[..., None]
        for plane, values in zip(heard, session.run(_NAMES, {_INPUT: batch}), strict=True):
            kept = values[:, _MARGIN : _MARGIN + _KEPT].reshape(-1, values.shape[-1])
            plane.append(np.floor(255 * np.clip(kept, 0, 1) + 0.5).astype(np.uint8))
    onset, note = (np.concatenate(plane)[:frames] for plane in heard)
    empty = np.zeros((0, 1), np.uint8)
    return Evidence(onset, note, empty, empty, measure_level(audio, frames), empty, empty, empty)


def measure_level(audio: np.ndarray, frames: int) -> np.ndarray:
    """[T, 1] uint8: level of 512 samples around each frame, 0 = -96 dB, 255 = 0 dBFS, as `flux.ts` has it."""
    padded = np.zeros((frames + 1) * _HOP)
    padded[_HOP : _HOP + len(audio)] = audio[: frames * _HOP]
    hops = np.square(padded).reshape(-1, _HOP).sum(1)
    decibels = 10 * np.log10((hops[:-1] + hops[1:]) / (2 * _HOP) + 1e-12)
    return np.clip(np.floor(255 * (1 + decibels / 96) + 0.5), 0, 255).astype(np.uint8)[:, None]


def hear_song(session: onnxruntime.InferenceSession, number: int, variant: int) -> np.ndarray:
    """[N] SEGMENT of a song rendered from its first to its last labelled bar. Raises as `render_clip`."""
    rng = np.random.default_rng([number, variant, SEED])
    style = str(rng.choice(list(STYLES), p=np.array(list(STYLES.values())) / sum(STYLES.values())))
    piano = list(PIANO)[int(rng.choice(len(PIANO), p=np.array(list(PIANO.values())) / 100))]
    record, truth, _ = render_clip(number, variant, SEED, style, WHOLE_SONG, piano)
    audio = soxr.resample(record.mean(0), RENDER_RATE, SAMPLE_RATE).astype(np.float32)
    return cut_segments(truth, transcribe(session, audio))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=FIRST_VARIANT, help="number of the first variant")
    parser.add_argument("--variants", type=int, default=1)
    parser.add_argument("--songs", type=int, help="of each variant, the first so many of a shuffled list")
    options = parser.parse_args()
    session = open_session(WEIGHTS_DIR / "basic_pitch.onnx")
    for variant in range(options.first, options.first + options.variants):
        numbers = np.random.default_rng([SEED, variant]).permutation([*list_songs("train"), *list_songs("tune")])
        for done, number in enumerate(numbers[: options.songs].tolist(), 1):
            name = f"{number:03d}.{variant}"
            if (SEGMENTS_DIR / f"{name}.v{VERSION}.npy").exists():
                continue
            began = time.process_time()
            segments = hear_song(session, number, variant)
            keep_segments(segments, name)
            cost = time.process_time() - began
            print(f"{done}/{len(numbers)} {name}: {len(segments)} segments in {cost:.1f} s", flush=True)


if __name__ == "__main__":
    main()
