"""What amplifiers, rooms, mixing desks and data reduction do to sound; every array is [channels, N] float32."""

import subprocess

import numpy as np
import soxr
from scipy import signal

from songleaf_models.data.renders.synth import SAMPLE_RATE

# Blocks in which loudness is measured, samples.
_BLOCK = 441


def loudness(stem: np.ndarray) -> float:
    """Root mean square of the blocks that are not near silence; 0 for silence."""
    blocks = (stem[:, : stem.shape[1] // _BLOCK * _BLOCK] ** 2).mean(axis=0).reshape(-1, _BLOCK).mean(axis=1)
    loud = blocks[blocks > 0.03 * blocks.max()] if blocks.size else blocks
    return float(np.sqrt(loud.mean())) if loud.size and loud.max() > 1e-12 else 0.0


def set_loudness(stem: np.ndarray, decibels: float) -> np.ndarray:
    """Scales to a loudness in dB of full scale; silence stays."""
    present = loudness(stem)
    return stem * np.float32(10 ** (decibels / 20) / present) if present else stem


def band(stem: np.ndarray, low: float | None, high: float | None, order: int = 2) -> np.ndarray:
    """Butterworth high-pass at `low` Hz and low-pass at `high` Hz."""
    for edge, kind in ((low, "high"), (high, "low")):
        if edge is not None:
            stem = signal.sosfilt(signal.butter(order, edge, kind, fs=SAMPLE_RATE, output="sos"), stem, axis=1)
    return np.asarray(stem, np.float32)


def amplify(stem: np.ndarray, drive: float, cabinet: float) -> np.ndarray:
    """A guitar amplifier: overdriven valves (tanh, at twice the rate against aliasing), its loudspeaker's low-pass."""
    level = loudness(stem)
    if not level:
        return stem
    fast = soxr.resample(stem.T, SAMPLE_RATE, 2 * SAMPLE_RATE, quality="QQ")
    shaped = np.tanh(fast * np.float32(drive / level) + np.float32(0.1))
    slow = soxr.resample(shaped, 2 * SAMPLE_RATE, SAMPLE_RATE, quality="LQ").T
    slow = np.pad(slow, ((0, 0), (0, max(0, stem.shape[1] - slow.shape[1]))))[:, : stem.shape[1]]
    return band(slow, 80, cabinet, 3)


def compress(stem: np.ndarray, threshold_db: float, ratio: float) -> np.ndarray:
    """Feed-forward compressor on 10 ms blocks: takes at once, lets go over some 100 ms."""
    count = stem.shape[1] // _BLOCK
    power = (stem[:, : count * _BLOCK] ** 2).mean(axis=0).reshape(count, _BLOCK).max(axis=1)
    level = 10 * np.log10(power + 1e-10)
    over = np.maximum(0, level - threshold_db) * (1 - 1 / ratio)
    held = signal.lfilter([0.15], [1, -0.85], over)
    gain = 10 ** (-np.maximum(over * 0.6, held) / 20)
    middle = (np.arange(count) + 0.5) * _BLOCK
    return stem * np.interp(np.arange(stem.shape[1]), middle, gain).astype(np.float32)


def reverberate(send: np.ndarray, seconds: float, rng: np.random.Generator) -> np.ndarray:
    """The room's answer alone to both channels' sum: noise that decays by 60 dB in `seconds`, with less treble."""
    length = int(seconds * SAMPLE_RATE)
    decay = np.exp(-6.9 * np.arange(length) / length)
    response = rng.normal(0, 1, (2, length)) * decay
    response[:, : int(0.008 * SAMPLE_RATE)] = 0
    response = band(response, 150, float(rng.uniform(3500, 9000)), 1)
    response /= np.sqrt((response**2).sum(axis=1, keepdims=True))
    mono = send.mean(axis=0, dtype=np.float32)
    wet = [signal.oaconvolve(mono, channel)[: send.shape[1]] for channel in response]
    return np.asarray(wet, np.float32)


def lose(mix: np.ndarray, kilobits: int) -> np.ndarray:
    """What an mp3 of this rate leaves, in time with the original.

    Raises subprocess.CalledProcessError, FileNotFoundError without ffmpeg.
    """
    raw = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2"]
    quiet = ["ffmpeg", "-v", "error", "-threads", "1"]
    interleaved = np.ascontiguousarray(mix.T, np.float32).tobytes()
    encoder = [*quiet, *raw, "-i", "-", "-b:a", f"{kilobits}k", "-f", "mp3", "-write_xing", "0", "-"]
    encoded = subprocess.run(encoder, input=interleaved, capture_output=True, check=True).stdout
    decoder = [*quiet, "-f", "mp3", "-i", "-", *raw, "-"]
    decoded = subprocess.run(decoder, input=encoded, capture_output=True, check=True).stdout
    lost = np.frombuffer(decoded, np.float32).reshape(-1, 2).T[:, MP3_DELAY:]
    return np.pad(lost, ((0, 0), (0, max(0, mix.shape[1] - lost.shape[1]))))[:, : mix.shape[1]]


# Samples by which LAME's stream without header comes late, its decoder's own 529 included.
MP3_DELAY = 1105
