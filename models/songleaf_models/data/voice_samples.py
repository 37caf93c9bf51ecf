"""A singer's syllables, spoken by espeak-ng and analysed with WORLD once, then kept in the cache.

espeak-ng is a program under GPL-3. It is run, not linked, and neither it nor its data ships: only sound that it makes
enters training data, and a program's licence does not reach its output.

WORLD: M. Morise, F. Yokomori, K. Ozawa, "WORLD: a vocoder-based high-quality speech synthesis system for real-time
applications", IEICE Trans. E99-D, 2016.
"""

import os
import subprocess
import tempfile
import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile
from scipy.ndimage import uniform_filter1d

from songleaf_models.data.voice_words import WORDS, Singer
from songleaf_models.places import CACHE_DIR

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # pyworld asks for its version through the outdated pkg_resources.
    import pyworld

VOICE_RATE = 22_050
"""Sample rate of espeak-ng and of all that is sung."""
FRAME_SECONDS = 0.005
BANDS = 96
"""Points on the mel scale from 0 Hz to half the sample rate at which envelopes are kept."""

_FORMAT = 1
_WORDS_PER_MINUTE = 125
_VOWEL_BAND_HZ = (400.0, 3500.0)
"""Where vowels are loud and nasals, voiced stops and the buzz of fricatives are not."""


@dataclass(frozen=True)
class Syllables:
    """Frames of all syllables one after the other, 5 ms each, and where each syllable has what."""

    words: list[str]
    envelope: np.ndarray
    """[F, 96] natural logarithm of the power envelope; the mean vowel has 0 at its loudest point."""
    aperiodicity: np.ndarray
    """[F, 96] share of noise in the amplitude, 0 to 1."""
    voiced: np.ndarray
    """[F] bool."""
    marks: np.ndarray
    """[S, 5] frames: start, vowel's onset, steady part's start, vowel's end, end (exclusive)."""


def mel_points(count: int = BANDS) -> np.ndarray:
    """Hz[count], evenly spaced on the mel scale (O'Shaughnessy) from 0 to half the sample rate."""
    top = 2595 * np.log10(1 + VOICE_RATE / 2 / 700)
    return 700 * (10 ** (np.linspace(0, top, count) / 2595) - 1)


def speak(singer: Singer, word: str) -> np.ndarray:
    """audio[N] float64 at 22,050 Hz. Raises FileNotFoundError without espeak-ng, ValueError if it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "word.wav"
        command = ["espeak-ng", "-v", singer.name, "-s", str(_WORDS_PER_MINUTE), "-z", "-w", str(path), word]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except FileNotFoundError as error:
            raise FileNotFoundError("espeak-ng is not installed: the sung lead takes its syllables from it") from error
        audio, rate = soundfile.read(path)
    if rate != VOICE_RATE or len(audio) < VOICE_RATE // 20 or np.abs(audio).max() < 1e-3:
        raise ValueError(f"espeak-ng does not say {word!r} as {singer.name} at {VOICE_RATE} Hz")
    return np.asarray(audio, np.float64)


def _analyse(audio: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """audio[N] -> log power envelope[F, 513], aperiodicity[F, 513], voiced[F]."""
    pitch, times = pyworld.harvest(audio, VOICE_RATE, frame_period=FRAME_SECONDS * 1000)
    envelope = pyworld.cheaptrick(audio, pitch, times, VOICE_RATE)
    aperiodicity = pyworld.d4c(audio, pitch, times, VOICE_RATE)
    voiced = (pitch > 0) & (aperiodicity[:, :100].mean(axis=1) < 0.9)
    return np.log(np.maximum(envelope, 1e-12)), aperiodicity, voiced


def _find_vowel(loudness: np.ndarray, voiced: np.ndarray) -> tuple[int, int]:
    """Frames around the loudest voiced one that stay near it (7 dB before, 14 dB behind): onset, end (exclusive)."""
    level = np.where(voiced, loudness, -np.inf)
    peak = int(np.argmax(level))
    first = last = peak
    while first > 0 and level[first - 1] > level[peak] - 7:
        first -= 1
    while last + 1 < len(level) and level[last + 1] > level[peak] - 14:
        last += 1
    return first, last + 1


def _flatten_vowel(envelope: np.ndarray, loudness: np.ndarray, first: int, last: int) -> np.ndarray:
    """Takes most of the fading out of the vowel, as a singer holds it; what follows moves with its end."""
    smooth = uniform_filter1d(loudness[first:last], 9, mode="nearest")
    correction = np.zeros(len(envelope))
    correction[first:last] = np.clip(0.8 * (smooth.mean() - smooth), -9, 9)
    correction[:first] = correction[first]
    correction[last:] = correction[last - 1]
    return envelope + (correction - smooth.mean())[:, None] * np.log(10) / 10


def _cut_syllable(audio: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]] | None:
    """Envelope[F, 96], aperiodicity[F, 96], voiced[F] and marks of one word; None if it holds no vowel of 60 ms."""
    envelope, aperiodicity, voiced = _analyse(audio)
    bins = np.linspace(0, VOICE_RATE / 2, envelope.shape[1])
    power = np.exp(envelope)
    vowel_band = (bins > _VOWEL_BAND_HZ[0]) & (bins < _VOWEL_BAND_HZ[1])
    loudness = 10 * np.log10(power[:, vowel_band].mean(axis=1) + 1e-12)
    everything = 10 * np.log10(power.mean(axis=1) + 1e-12)
    sounding = np.flatnonzero(everything > everything.max() - 45)
    begin, end = int(sounding[0]), int(sounding[-1]) + 1
    onset, vowel_end = _find_vowel(loudness, voiced)
    if vowel_end - onset < 12:
        return None
    begin, end = min(begin, onset), max(end, vowel_end)
    steady = onset + min(10, (vowel_end - onset) // 3)
    envelope = _flatten_vowel(envelope, loudness, onset, vowel_end)
    points = mel_points()
    kept = np.array([np.interp(points, bins, row) for row in envelope[begin:end]])
    noise = np.array([np.interp(points, bins, row) for row in aperiodicity[begin:end]])
    return kept, noise, voiced[begin:end], [0, onset - begin, steady - begin, vowel_end - begin, end - begin]


def record(singer: Singer) -> Syllables:
    """Has the singer speak all words of the language; words without a clear vowel are left out."""
    words: list[str] = []
    envelopes, noises, voicings, marks = [], [], [], []
    first = 0
    for word in dict.fromkeys(WORDS[singer.language].split()):
        cut = _cut_syllable(speak(singer, word))
        if cut is None:
            continue
        envelope, noise, voiced, places = cut
        words.append(word)
        envelopes.append(envelope)
        noises.append(noise)
        voicings.append(voiced)
        marks.append([first + place for place in places])
        first += len(envelope)
    return Syllables(
        words, np.concatenate(envelopes), np.concatenate(noises), np.concatenate(voicings), np.array(marks, np.int32)
    )


def _write(syllables: Syllables, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        np.savez_compressed(
            file,
            words=np.array(syllables.words),
            envelope=syllables.envelope.astype(np.float16),
            aperiodicity=syllables.aperiodicity.astype(np.float16),
            voiced=syllables.voiced,
            marks=syllables.marks,
        )
    temporary.replace(path)


@lru_cache(maxsize=32)
def load_syllables(singer: Singer) -> Syllables:
    """The singer's syllables from the cache's folder `voices`; recorded when they are not there (some seconds)."""
    path = CACHE_DIR / "voices" / f"{singer.name}.{_FORMAT}.npz"
    if not path.exists():
        _write(record(singer), path)
    with np.load(path) as content:
        return Syllables(
            [str(word) for word in content["words"]],
            content["envelope"].astype(np.float32),
            content["aperiodicity"].astype(np.float32),
            content["voiced"],
            content["marks"],
        )
