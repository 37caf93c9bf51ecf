"""A sung line from harmonics under formants (Klatt, JASA 1980): portamento, scoops, vibrato, drift, breath, consonants."""

import numpy as np
from scipy import signal

from songleaf_models.truth import TimedNote

RATE = 22_050
HARMONICS = 36

# Formants of vowels, Hz (Peterson & Barney, JASA 1952, men): a, e, i, o, u, schwa.
_VOWELS = np.array(
    [
        [730, 1090, 2440, 3400],
        [530, 1840, 2480, 3500],
        [300, 2200, 3000, 3650],
        [570, 840, 2410, 3300],
        [320, 870, 2240, 3300],
        [500, 1400, 2400, 3400],
    ],
    float,
)
_WIDTHS = np.array([90.0, 110.0, 170.0, 250.0])
_LEVELS = np.array([1.0, 0.55, 0.3, 0.2])


def sing(notes: list[TimedNote], duration: float, rng: np.random.Generator) -> np.ndarray:
    """audio[duration * RATE], float32, peak 0.5; the notes must not overlap."""
    count = int(duration * RATE)
    control = 200  # control points a second
    points = int(duration * control) + 2
    pitch = np.zeros(points)
    level = np.zeros(points)
    formants = np.tile(_VOWELS[5], (points, 1))
    hiss = np.zeros(points)
    size = rng.uniform(1.0, 1.22)  # women's and children's vocal tracts are shorter
    depth, rate = rng.uniform(0.1, 0.7), rng.uniform(4.6, 6.4)
    scoop_share, tune, breath = rng.uniform(0.1, 0.5), rng.uniform(0.03, 0.15), rng.uniform(0.01, 0.08)
    previous = notes[0].pitch if notes else 60
    time = np.arange(points) / control
    for i, note in enumerate(notes):
        a, b = int(note.start * control), min(int(note.end * control), points - 1)
        if b <= a:
            continue
        local = time[a:b] - note.start
        line = np.full(b - a, float(note.pitch)) + rng.normal(0, tune)
        joined = i > 0 and note.start - notes[i - 1].end < 0.06
        if joined:
            glide = rng.uniform(0.03, 0.11)
            line += (previous - note.pitch) * np.exp(-local / (glide / 2.2))
        elif rng.random() < scoop_share:
            line -= rng.uniform(0.5, 2.5) * np.exp(-local / rng.uniform(0.03, 0.09))
        onset = np.clip((local - 0.22) / 0.3, 0, 1)
        line += depth * onset * np.sin(2 * np.pi * rate * local + rng.uniform(0, 6))
        if rng.random() < 0.1:
            line -= np.clip((local - (b - a) / control + 0.12) / 0.12, 0, 1) * rng.uniform(1, 4)
        pitch[a:b] = line
        envelope = np.minimum(1, local / rng.uniform(0.015, 0.06)) * np.minimum(
            1, (note.end - note.start - local) / 0.05
        )
        level[a:b] = np.clip(envelope, 0, 1) * (0.55 + 0.45 * note.velocity / 127) * rng.uniform(0.8, 1.0)
        vowel = _VOWELS[int(rng.integers(len(_VOWELS)))] * size
        target = _VOWELS[int(rng.integers(len(_VOWELS)))] * size if rng.random() < 0.2 else vowel
        way = np.linspace(0, 1, b - a)[:, None]
        formants[a:b] = vowel * (1 - way) + target * way
        if rng.random() < 0.6:  # a consonant before the vowel
            first = max(0, a - int(rng.uniform(0.02, 0.07) * control))
            hiss[first : a + 2] = rng.uniform(0.1, 0.5)
            if joined:
                level[max(0, a - 4) : a + 3] *= rng.uniform(0.1, 0.7)
        previous = note.pitch
    kernel = np.hanning(9)
    formants = signal.lfilter([0.25], [1, -0.75], formants, axis=0)
    level = np.convolve(level, kernel / kernel.sum(), "same")
    pitch = pitch + 0.06 * np.convolve(rng.normal(0, 1, points), np.hanning(40) / 6, "same")
    sung = pitch > 20
    filled = np.interp(np.arange(points), np.flatnonzero(sung), pitch[sung]) if sung.any() else np.full(points, 60.0)
    hertz = 440 * 2 ** ((filled - 69) / 12)
    at = np.arange(count) * (control / RATE)
    phase = 2 * np.pi * np.cumsum(np.interp(at, np.arange(points), hertz)) / RATE
    tilt = rng.uniform(1.0, 1.7)
    voice = np.zeros(count, np.float32)
    for k in range(1, HARMONICS + 1):
        frequency = k * hertz
        gain = np.zeros(points)
        for f in range(4):
            gain += _LEVELS[f] / (1 + ((frequency - formants[:, f]) / _WIDTHS[f]) ** 2)
        gain *= level / k ** (tilt - 0.5) * (frequency < RATE * 0.45)
        if gain.max() < 1e-4:
            continue
        voice += (np.interp(at, np.arange(points), gain) * np.sin(k * phase)).astype(np.float32)
    noise = rng.normal(0, 1, count)
    high = signal.sosfilt(signal.butter(2, [1500, 7500], "band", fs=RATE, output="sos"), noise)
    shape = np.interp(at, np.arange(points), breath * level + 0.5 * hiss)
    audio = voice / max(1e-6, float(np.abs(voice).max())) + (0.4 * shape * high)
    return (0.5 * audio / max(1e-6, float(np.abs(audio).max()))).astype(np.float32)
