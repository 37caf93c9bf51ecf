"""Puts stems together as a record does: levels, room, drive, band limits, noise, loss."""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from scipy import signal

from songleaf_models.data.renders.plan import Plan
from songleaf_models.data.renders.synth import SAMPLE_RATE


def distort(stem: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """stem[2, N] through an overdriven amplifier and a loudspeaker's band."""
    drive = rng.uniform(4, 18)
    level = float(np.sqrt((stem**2).mean()) + 1e-9)
    shaped = np.tanh(drive * stem / (4 * level))
    band = signal.butter(2, [90, float(rng.uniform(3500, 6000))], "band", fs=SAMPLE_RATE, output="sos")
    return signal.sosfilt(band, shaped, axis=1).astype(np.float32)


def level_to(stem: np.ndarray, decibels: float) -> np.ndarray:
    """Scales a stem so that its louder half has this root mean square."""
    power = (stem**2).mean(axis=0)
    frames = power[: len(power) // 4410 * 4410].reshape(-1, 4410).mean(axis=1)
    loud = frames[frames > np.median(frames) * 0.5] if frames.size else frames
    rms = float(np.sqrt(loud.mean())) if loud.size else 0.0
    return stem * (10 ** (decibels / 20) / rms) if rms > 1e-6 else stem


def add_room(mix: np.ndarray, amount: float, rng: np.random.Generator) -> np.ndarray:
    """Exponentially decaying noise as a room's response, different left and right."""
    if amount < 0.02:
        return mix
    length = int(rng.uniform(0.4, 1.6) * SAMPLE_RATE)
    decay = np.exp(-np.arange(length) / (length / 6.9))
    response = rng.normal(0, 1, (2, length)) * decay
    response /= np.sqrt((response**2).sum(axis=1, keepdims=True))
    wet = signal.oaconvolve(mix, response, axes=1)[:, : mix.shape[1]]
    return mix + amount * wet


def finish(mix: np.ndarray, plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """mix[2, N] -> the record[2, N], peak below 0.99."""
    mix = add_room(mix, plan.room, rng)
    if plan.drive:
        peak = float(np.quantile(np.abs(mix), 0.999) + 1e-9)
        mix = np.tanh(plan.drive * mix / peak)
    if plan.low_cut > 25:
        mix = signal.sosfilt(signal.butter(2, plan.low_cut, "high", fs=SAMPLE_RATE, output="sos"), mix, axis=1)
    if plan.high_cut < 19_000:
        mix = signal.sosfilt(signal.butter(3, plan.high_cut, "low", fs=SAMPLE_RATE, output="sos"), mix, axis=1)
    mix = mix / max(1e-9, float(np.abs(mix).max())) * 10 ** (-rng.uniform(0.3, 6) / 20)
    if plan.noise:
        mix = mix + rng.normal(0, plan.noise, mix.shape)
    if plan.fade:
        length = min(int(6 * SAMPLE_RATE), mix.shape[1])
        mix[:, -length:] *= np.linspace(1, 0, length) ** 2
    mix = np.clip(mix, -0.99, 0.99).astype(np.float32)
    return _lose(mix, plan.mp3) if plan.mp3 else mix


def _lose(mix: np.ndarray, kilobits: int) -> np.ndarray:
    """What an mp3 of this rate leaves, in time with the original."""
    with tempfile.TemporaryDirectory() as folder:
        wav, mp3 = Path(folder) / "a.wav", Path(folder) / "a.mp3"
        soundfile.write(wav, mix.T, SAMPLE_RATE)
        quiet = ["ffmpeg", "-v", "error", "-y", "-i"]
        subprocess.run([*quiet, str(wav), "-b:a", f"{kilobits}k", str(mp3)], check=True)
        # Decoders take the encoder's delay out by the file's own header.
        subprocess.run([*quiet, str(mp3), str(wav)], check=True)
        lost, _ = soundfile.read(wav, dtype="float32", always_2d=True)
    out = np.zeros_like(mix)
    count = min(mix.shape[1], len(lost))
    out[:, :count] = lost[:count].T
    return out
