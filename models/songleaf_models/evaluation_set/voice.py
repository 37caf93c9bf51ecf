"""A singing voice: glottal pulses through formant resonators, with vibrato, scoops, drift, breath and consonants.

Source after Klatt and Klatt (JASA 1990): the derivative of a polynomial glottal pulse; its jump at closure is made
band-limited (polyBLEP), so that high notes do not alias. Formants of a soprano and a tenor after Csound's manual.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import butter, lfilter, sosfilt

from songleaf_models.evaluation_set.sampler import SAMPLE_RATE

# Samples between two points of the pitch and loudness curves.
_HOP = 100
_CURVE_RATE = SAMPLE_RATE / _HOP
_OPEN = 0.62
"""Share of a period in which the glottis is open."""

# A gap in seconds up to which two notes are one breath.
_BREATH_GAP = 0.35

# Formants: hertz, decibels, bandwidth in hertz.
_Formants = tuple[tuple[float, float, float], ...]
_SOPRANO: dict[str, _Formants] = {
    "a": ((800, 0, 80), (1150, -6, 90), (2900, -24, 120), (3900, -20, 130), (4950, -40, 140)),
    "e": ((400, 0, 60), (2000, -16, 100), (2800, -15, 120), (3600, -32, 150), (4950, -44, 200)),
    "i": ((300, 0, 60), (2140, -12, 90), (2950, -22, 100), (3900, -24, 120), (4950, -40, 120)),
    "o": ((450, 0, 70), (800, -9, 80), (2830, -20, 100), (3800, -22, 130), (4950, -44, 135)),
    "u": ((350, 0, 50), (700, -14, 60), (2700, -28, 170), (3800, -34, 180), (4950, -50, 200)),
}
_TENOR: dict[str, _Formants] = {
    "a": ((650, 0, 80), (1080, -6, 90), (2650, -7, 120), (2900, -8, 130), (3250, -20, 140)),
    "e": ((400, 0, 70), (1700, -12, 80), (2600, -12, 100), (3200, -14, 120), (3580, -20, 120)),
    "i": ((290, 0, 50), (1870, -13, 90), (2800, -16, 100), (3250, -18, 120), (3540, -28, 120)),
    "o": ((400, 0, 70), (800, -9, 80), (2600, -12, 100), (2800, -12, 130), (3000, -24, 135)),
    "u": ((350, 0, 50), (600, -18, 60), (2700, -17, 100), (2900, -14, 120), (3300, -26, 120)),
}
_VOWELS = "aeiou"
_VOWEL_SHARES = (0.34, 0.2, 0.18, 0.18, 0.1)
_CONSONANTS = ("none", "hiss", "stop", "hum", "breath")


class SungNote(NamedTuple):
    """A note in seconds: the vowel begins at `start`, a consonant lies before it; MIDI pitch and velocity."""

    start: float
    end: float
    pitch: int
    velocity: int


def sing(notes: list[SungNote], samples: int, high: bool, cents: float, seed: int) -> np.ndarray:
    """Audio [samples] float32, mono, of notes in order that do not overlap. High: soprano's vowels, else tenor's.

    Cents: how far from A4 = 440 Hz the voice is tuned. Raises ValueError if notes overlap.
    """
    if any(following.start < note.end - 1e-9 for note, following in pairwise(notes)):
        raise ValueError("sung notes overlap")
    rng = np.random.default_rng([seed, 2])
    consonants = _choose_consonants(notes, rng)
    points = samples // _HOP + 2
    pitch = _draw_pitch(notes, points, rng) + cents / 100
    level = _draw_level(notes, consonants, points)
    source, puffs = _vibrate(pitch, level, samples, rng)
    breath = rng.standard_normal(samples).astype(np.float32) * puffs
    out = np.zeros(samples, np.float32)
    vowel = "a"
    for note, consonant in zip(notes, consonants, strict=True):
        if consonant != "none":
            vowel = str(rng.choice(list(_VOWELS), p=_VOWEL_SHARES))
        _shape(out, source + breath, note, (_SOPRANO if high else _TENOR)[vowel])
        _add_noise(out, note, consonant, rng)
    return out / max(1e-9, float(np.abs(out).max()))


def _choose_consonants(notes: list[SungNote], rng: np.random.Generator) -> list[str]:
    """A phrase begins with one; within it every fifth note goes on with the vowel before."""
    chosen = []
    previous = -np.inf
    for note in notes:
        shares = (0.2, 0.2, 0.25, 0.25, 0.1) if note.start - previous < 0.05 else (0.0, 0.25, 0.3, 0.3, 0.15)
        chosen.append(str(rng.choice(_CONSONANTS, p=shares)))
        previous = note.end
    return chosen


def _draw_pitch(notes: list[SungNote], points: int, rng: np.random.Generator) -> np.ndarray:
    """MIDI pitch [points] at the curve's rate."""
    steps = np.full(points, notes[0].pitch if notes else 60, float)
    added = np.zeros(points)
    time = np.arange(points) / _CURVE_RATE
    previous = -np.inf
    for index, note in enumerate(notes):
        first, last = int(note.start * _CURVE_RATE), int(note.end * _CURVE_RATE)
        steps[first:] = note.pitch + rng.normal(0, 0.07)
        inside = slice(first, max(first + 1, last))
        since = time[inside] - note.start
        opening = note.start - previous > _BREATH_GAP
        if (opening and rng.random() < 0.5) or rng.random() < 0.12:
            added[inside] -= rng.uniform(0.5, 1.6) * np.exp(-since / 0.05)
        if note.end - note.start > 0.38:
            swell = np.clip((since - 0.22) / 0.25, 0, 1)
            rate, depth = rng.normal(5.6, 0.3), rng.uniform(0.18, 0.42)
            added[inside] += swell * depth * np.sin(2 * np.pi * rate * since)
        closing = index + 1 == len(notes) or notes[index + 1].start - note.end > _BREATH_GAP
        if closing and rng.random() < 0.25:
            added[inside] -= 1.2 * np.clip((since - (note.end - note.start - 0.1)) / 0.1, 0, 1) ** 2
        previous = note.end
    # The glide between notes takes about 60 ms around the note's start.
    glided = gaussian_filter1d(steps, 0.016 * _CURVE_RATE, mode="nearest")
    drift = gaussian_filter1d(rng.standard_normal(points), 0.5 * _CURVE_RATE)
    tremor = gaussian_filter1d(rng.standard_normal(points), 0.012 * _CURVE_RATE)
    return glided + added + 0.06 * drift / max(1e-9, drift.std()) + 0.04 * tremor / max(1e-9, tremor.std())


def _draw_level(notes: list[SungNote], consonants: list[str], points: int) -> np.ndarray:
    """Loudness [points] 0 to 1: closed before a consonant, falling towards a breath."""
    level = np.zeros(points)
    closure = {"hiss": 0.085, "stop": 0.05, "breath": 0.06}
    for index, note in enumerate(notes):
        begin = note.start - (0.06 if consonants[index] == "hum" else 0.0)
        end = note.end
        if index + 1 < len(notes):
            end = min(end, notes[index + 1].start - closure.get(consonants[index + 1], 0.0))
        end = max(end, note.start + 0.05)
        inside = slice(max(0, int(begin * _CURVE_RATE)), int(end * _CURVE_RATE))
        loud = 0.55 + 0.45 * note.velocity / 127
        level[inside] = np.maximum(level[inside], loud)
        if consonants[index] == "hum":
            level[slice(max(0, int(begin * _CURVE_RATE)), int(note.start * _CURVE_RATE))] = 0.3 * loud
    return gaussian_filter1d(level, 0.009 * _CURVE_RATE)


def _vibrate(
    pitch: np.ndarray, level: np.ndarray, samples: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Glottal source [samples] and how loudly breath passes [samples]."""
    at = np.arange(samples) / _HOP
    grid = np.arange(len(pitch))
    hertz = 440 * 2 ** ((np.interp(at, grid, pitch) - 69) / 12)
    loud = np.interp(at, grid, level)
    step = hertz / SAMPLE_RATE
    phase = (np.cumsum(step) + rng.random()) % 1
    inside = phase / _OPEN
    pulse = np.where(phase < _OPEN, 2 * inside - 3 * inside**2, 0.0)
    pulse += 0.5 * _smooth_jump((phase - _OPEN) % 1, step)
    shimmer = 1 + 0.03 * np.interp(at, grid, rng.standard_normal(len(grid)))
    puffs = 0.012 * loud * (0.3 + (phase < _OPEN))
    # Lips radiate high frequencies better; a sung voice falls by about 6 dB less an octave than the source.
    bright = lfilter([1, -0.8], [1], pulse)
    return (2 * bright * loud * shimmer).astype(np.float32), puffs.astype(np.float32)


def _smooth_jump(phase: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Residual that makes an upward jump of 2 at phase 0 band-limited (Valimaki and Huovilainen, 2007)."""
    after = phase / step
    before = (phase - 1) / step
    return np.where(phase < step, 2 * after - after**2 - 1, np.where(phase > 1 - step, before**2 + 2 * before + 1, 0.0))


def _shape(out: np.ndarray, source: np.ndarray, note: SungNote, formants: _Formants) -> None:
    """Adds the note's part of the source through its vowel; neighbouring notes fade into each other."""
    fade, early = 0.03, 0.07
    first = max(0, int((note.start - early) * SAMPLE_RATE))
    last = min(len(out), int((note.end + fade) * SAMPLE_RATE))
    if last - first < 64:
        return
    time = np.arange(first, last) / SAMPLE_RATE
    # Complementary where notes touch: this one's rise is the end of the one before.
    rise = np.clip((time - note.start + fade) / fade, 0, 1) if first else np.ones(len(time))
    fall = np.clip((note.end - time) / fade, 0, 1)
    excitation = source[first:last] * (rise * fall).astype(np.float32)
    frequency = 440 * 2 ** ((note.pitch - 69) / 12)
    voiced = np.zeros(last - first)
    for index, (hertz, decibels, bandwidth) in enumerate(formants):
        # Singers open their mouth where the note lies above the first formant.
        centre = max(hertz, 1.05 * frequency) if index == 0 else max(hertz, 1.5 * frequency) if index == 1 else hertz
        radius = np.exp(-np.pi * bandwidth / SAMPLE_RATE)
        angle = 2 * np.pi * centre / SAMPLE_RATE
        gain = (1 - radius) * 10 ** (decibels / 20) * np.sqrt(1 - 2 * radius * np.cos(2 * angle) + radius**2)
        voiced += (-1) ** index * lfilter([gain], [1, -2 * radius * np.cos(angle), radius**2], excitation)
    # Vowels carry differently; a singer evens most of that out.
    power = float(np.sqrt(np.mean(voiced**2)))
    out[first:last] += (voiced * (0.1 / max(power, 1e-6)) ** 0.8 * (0.4 + 0.6 * note.velocity / 127)).astype(np.float32)


def _add_noise(out: np.ndarray, note: SungNote, consonant: str, rng: np.random.Generator) -> None:
    """The sound of a hiss, a stop's burst or a breath before the vowel."""
    shapes = {"hiss": (0.09, 5200, 9500, 0.05), "stop": (0.015, 1500, 5000, 0.07), "breath": (0.07, 900, 3500, 0.025)}
    if consonant not in shapes:
        return
    seconds, low, high, loud = shapes[consonant]
    last = int((note.start + 0.008) * SAMPLE_RATE)
    first = max(0, last - int(seconds * SAMPLE_RATE))
    if last > len(out) or last - first < 32:
        return
    band = butter(2, [low, high], "bandpass", fs=SAMPLE_RATE, output="sos")
    noise = sosfilt(band, rng.standard_normal(last - first)) * np.hanning(last - first)
    out[first:last] += (loud * noise).astype(np.float32)
