"""When a singer says what: which frame of which syllable sounds at every moment, and how loud."""

from dataclasses import dataclass

import numpy as np

from songleaf_models.data.voice_samples import FRAME_SECONDS, Syllables
from songleaf_models.data.voice_words import VOCALISES
from songleaf_models.truth import TimedNote

SILENT_DB = -120.0


@dataclass
class Syllable:
    """A sung syllable: its row in the singer's list, the vowel's onset, its end, the loudness of its notes."""

    row: int
    start: float
    end: float
    level: float
    breath: float
    """Seconds of breath before it."""


@dataclass
class Score:
    """5 ms frames [T]: which of the singer's frames sounds (-1: breath), and its gain in dB."""

    source: np.ndarray
    gain: np.ndarray


def put_in_order(notes: list[TimedNote], duration: float) -> list[TimedNote]:
    """By start, without overlap, inside the clip, nothing shorter than 40 ms; pitches moved by octaves to 40-90."""
    ordered: list[TimedNote] = []
    for note in sorted(notes):
        pitch = note.pitch
        while pitch < 40:
            pitch += 12
        while pitch > 90:
            pitch -= 12
        start, end = max(0.0, note.start), min(duration, note.end)
        if end - start < 0.04:
            continue
        if ordered and ordered[-1].end > start:
            if start - ordered[-1].start < 0.04:
                continue
            ordered[-1] = ordered[-1]._replace(end=start)
        ordered.append(TimedNote(start, end, pitch, note.velocity))
    return ordered


def set_words(notes: list[TimedNote], syllables: Syllables, rng: np.random.Generator) -> list[Syllable]:
    """A syllable for every note; now and then one goes on over the next note. Breath before most phrases."""
    rows = np.arange(len(syllables.words))
    if rng.random() < 0.12:
        wordless = [row for row in rows if syllables.words[row] in VOCALISES]
        rows = rng.choice(wordless, min(2, len(wordless)), replace=False) if wordless else rows
    breathing = rng.uniform(0.3, 0.95)
    sung: list[Syllable] = []
    for index, note in enumerate(notes):
        level = 14 * (note.velocity - 90) / 127 + rng.normal(0, 1)
        gap = note.start - sung[-1].end if sung else note.start
        before = notes[index - 1] if index else None
        if before and gap < 0.05 and before.pitch != note.pitch and rng.random() < 0.14:
            sung[-1].end = note.end
            continue
        breath = 0.0
        if gap > 0.4 and rng.random() < breathing:
            breath = min(gap - 0.15, rng.uniform(0.15, 0.5))
        sung.append(Syllable(int(rng.choice(rows)), note.start, note.end, level, breath))
    return sung


def _stretch(first: float, last: float, count: int, bend: float = 1.0) -> np.ndarray:
    """[count] places from `first` to just before `last`."""
    return first + (last - first) * (np.arange(count) / max(1, count)) ** bend


def _frames(seconds: float) -> int:
    return max(0, round(seconds / FRAME_SECONDS))


def time_syllables(sung: list[Syllable], syllables: Syllables, duration: float, rng: np.random.Generator) -> Score:
    """Consonants before the note, the vowel's onset on it, its steady part stretched, the rest at the end."""
    total = _frames(duration)
    source = np.zeros(total, np.int64)
    gain = np.full(total, SILENT_DB)
    release = rng.uniform(0.03, 0.09)
    consonants = rng.uniform(-4, 3)
    onset_lengths = []
    for index, syllable in enumerate(sung):
        start, vowel, *_ = syllables.marks[syllable.row]
        room = syllable.start - sung[index - 1].start if index else syllable.start
        onset_lengths.append(min(int(vowel - start), _frames(0.15), _frames(0.4 * room)))
    for index, syllable in enumerate(sung):
        start, vowel, steady, vowel_end, end = (int(mark) for mark in syllables.marks[syllable.row])
        at, before = _frames(syllable.start), onset_lengths[index]
        stop = _frames(syllable.end + release)
        if index + 1 < len(sung):
            stop = min(stop, _frames(sung[index + 1].start) - onset_lengths[index + 1])
        length = max(4, min(stop, total) - at)
        coda = min(end - vowel_end, _frames(0.15), int(0.35 * length))
        attack = min(steady - vowel, int(0.35 * length))
        hold = length - coda - attack
        places = np.concatenate(
            [
                _stretch(start, vowel, before),
                _stretch(vowel, steady, attack),
                _stretch(steady, vowel_end, hold, 1.4),
                _stretch(vowel_end, end, coda),
            ]
        ).astype(np.int64)
        # A held vowel never stands quite still.
        held = slice(before + attack, before + attack + hold)
        unsteady = np.rint(np.cumsum(rng.choice([-1, 0, 0, 1], hold)) * 0.5).astype(np.int64)
        places[held] = np.clip(places[held] + np.clip(unsteady, -4, 4), steady, vowel_end - 1)
        loud = np.full(len(places), syllable.level)
        loud[:before] += consonants
        loud[before:] -= 2.5 * np.linspace(0, 1, length) ** 2
        fade_in, fade_out = min(len(loud), 3), min(length, _frames(release))
        loud[:fade_in] += 20 * np.log10((np.arange(fade_in) + 1) / (fade_in + 1))
        last_in_phrase = index + 1 == len(sung) or sung[index + 1].start - syllable.end > 0.1
        if fade_out and last_in_phrase:
            loud[-fade_out:] += 20 * np.log10(np.linspace(1, 0.01, fade_out))
        first = at - before
        inside = slice(max(0, -first), max(0, min(len(places), total - first)))
        span = slice(max(0, first), max(0, first) + inside.stop - inside.start)
        source[span], gain[span] = places[inside], loud[inside]
        if syllable.breath > 0:
            count = _frames(syllable.breath)
            ending = max(0, first - _frames(rng.uniform(0.03, 0.1)))
            begin = max(0, ending - count)
            shape = np.sin(np.pi * (np.arange(ending - begin) + 0.5) / max(1, ending - begin)) ** 1.5
            free = gain[begin:ending] <= SILENT_DB
            loudness = rng.uniform(-27, -14) + 20 * np.log10(shape + 1e-3)
            source[begin:ending] = np.where(free, -1, source[begin:ending])
            gain[begin:ending] = np.where(free, loudness, gain[begin:ending])
    return Score(source, gain)
