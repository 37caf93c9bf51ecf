"""A mix to a record: bus compression, loudness, peaks, fade, what a lossy codec leaves."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pyloudnorm
import soundfile
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from songleaf_models.evaluation_set.sampler import SAMPLE_RATE

LOUDNESS = -14.0
"""LUFS, as streaming services play."""

PEAK = 10 ** (-1 / 20)
_BLOCK = 64


def master(audio: np.ndarray, loudness: float = LOUDNESS) -> np.ndarray:
    """Stereo [2, N], compressed, at `loudness` LUFS (within a decibel), peaks below -1 dBFS."""
    audio = _set_loudness(_compress(_set_loudness(audio, -16.0)), loudness)
    limited = _limit(audio)
    # Limiting takes loudness away; once more is enough.
    return _limit(_set_loudness(limited, loudness))


def fade_out(audio: np.ndarray, start: float, end: float) -> np.ndarray:
    """Falls from `start` seconds on to silence at `end`."""
    return audio * fade_gain(np.arange(audio.shape[1]) / SAMPLE_RATE, start, end)


def fade_gain(seconds: np.ndarray, start: float, end: float) -> np.ndarray:
    """The fade's gain at times in seconds."""
    return np.cos(np.clip((seconds - start) / (end - start), 0, 1) * np.pi / 2) ** 2


def pass_codec(audio: np.ndarray, kilobits: int) -> np.ndarray:
    """What an mp3 of `kilobits` a second leaves, sample for sample in place. Raises RuntimeError without ffmpeg."""
    with tempfile.TemporaryDirectory() as folder:
        wav, mp3, back = (Path(folder) / name for name in ("in.wav", "lossy.mp3", "out.wav"))
        soundfile.write(wav, audio.T, SAMPLE_RATE, subtype="PCM_16")
        quiet = ["ffmpeg", "-v", "error", "-y", "-threads", "1"]
        for command in (
            [*quiet, "-i", str(wav), "-map_metadata", "-1", "-c:a", "libmp3lame", "-b:a", f"{kilobits}k", str(mp3)],
            [*quiet, "-i", str(mp3), "-c:a", "pcm_f32le", str(back)],
        ):
            try:
                subprocess.run(command, check=True, capture_output=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise RuntimeError(f"ffmpeg failed: {error}") from error
        decoded, _ = soundfile.read(back, dtype="float64", always_2d=True)
    out = np.zeros_like(audio)
    shared = min(out.shape[1], len(decoded))
    out[:, :shared] = decoded[:shared].T
    return out * min(1.0, 0.99 / max(1e-9, float(np.abs(out).max())))


def _set_loudness(audio: np.ndarray, loudness: float) -> np.ndarray:
    meter = pyloudnorm.Meter(SAMPLE_RATE)
    return audio * 10 ** ((loudness - meter.integrated_loudness(audio.T)) / 20)


def _compress(audio: np.ndarray) -> np.ndarray:
    """2:1 above -20 dBFS (root mean square), attack 15 ms, release 180 ms."""
    levels = np.sqrt(_blocks(audio**2).mean(axis=(0, 2)))
    over = np.maximum(0.0, 20 * np.log10(np.maximum(levels, 1e-6)) + 20)
    reduction = np.zeros(len(over))
    attack, release = (float(np.exp(-_BLOCK / SAMPLE_RATE / seconds)) for seconds in (0.015, 0.18))
    held = 0.0
    for index, value in enumerate(over.tolist()):
        pace = attack if value > held else release
        held = pace * held + (1 - pace) * value
        reduction[index] = held
    return audio * _spread(10 ** (-0.5 * reduction / 20), audio.shape[1])


def _limit(audio: np.ndarray) -> np.ndarray:
    """Turns down ahead of every peak; the gain at any sample is at most what its block and its neighbours need."""
    needed = np.minimum(1.0, PEAK / np.maximum(np.abs(_blocks(audio)).max(axis=(0, 2)), 1e-9))
    width = 13
    return audio * _spread(uniform_filter1d(minimum_filter1d(needed, width + 2), width), audio.shape[1])


def _blocks(audio: np.ndarray) -> np.ndarray:
    """[2, blocks, _BLOCK], the last one filled with zeros."""
    rest = -audio.shape[1] % _BLOCK
    return np.pad(audio, ((0, 0), (0, rest))).reshape(2, -1, _BLOCK)


def _spread(gains: np.ndarray, samples: int) -> np.ndarray:
    centres = np.arange(len(gains)) * _BLOCK + _BLOCK / 2
    return np.interp(np.arange(samples), centres, gains)
