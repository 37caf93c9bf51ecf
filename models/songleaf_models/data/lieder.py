"""Songs of the OpenScore Lieder corpus (CC0): a sung melody above a two-hand accompaniment that somebody engraved."""

import warnings
import zlib
from pathlib import Path
from typing import Literal

import music21
import numpy as np
from music21 import stream

from songleaf_models.data.name_chords import name_chords
from songleaf_models.places import DATA_DIR
from songleaf_models.song import Bar, Note, Song

LIEDER_DIR = DATA_DIR / "lieder"
_EXACT = 1e-3
"""Beats that a bar may be off a whole number of them."""
_BPM: dict[Literal["quarter", "dotted-quarter"], float] = {"quarter": 88, "dotted-quarter": 60}
"""Beats a minute where the score says none, which is the rule."""
_SPREAD = 0.25
"""Standard deviation of the logarithm of the tempo about that."""
_SLOWEST, _FASTEST = 40, 150


def list_lieder() -> list[str]:
    """Names of all songs, in order. Empty without the corpus."""
    return sorted(path.stem for path in LIEDER_DIR.glob("*.mxl"))


def load_lied(name: str, folder: Path = LIEDER_DIR) -> Song:
    """A song as printed, played straight through: repeats once, no sections, no key, velocities by a simple rule.

    Raises ValueError where it is not one voice above a piano of two staves, or its bars are not all whole numbers of
    quarters, or of dotted quarters; and FileNotFoundError.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        score = music21.converter.parse(folder / f"{name}.mxl", forceSource=True)
    voices, hands = _split_parts(score)
    if len(voices) != 1 or len(hands) != 2:
        raise ValueError(f"{name} is not one voice above two staves")
    unit = _find_unit(voices[0], name)
    beat = 1.0 if unit == "quarter" else 1.5
    bars, origin = _lay_bars(voices[0], beat, name)
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    melody = _read_notes([voices[0]], beat, origin)
    piano = _play(_read_notes(hands, beat, origin), bars, rng)
    if not melody or not piano:
        raise ValueError(f"{name} lacks a voice or a piano")
    last = bars[-1].start + bars[-1].beats
    return Song(
        name=name,
        bpm=float(np.clip(_BPM[unit] * np.exp(rng.normal(0, _SPREAD)), _SLOWEST, _FASTEST)),
        bars=bars,
        unit=unit,
        chords=name_chords(melody, piano, [bar.start for bar in bars], last),
        melody=melody,
        piano=piano,
    )


def _split_parts(score: stream.Score) -> tuple[list[stream.Part], list[stream.Part]]:
    """Voices, and the staves of the piano: parts that share a name which another has as well."""
    parts = list(score.parts)
    names = [part.partName for part in parts]
    hands = [part for part, name in zip(parts, names, strict=True) if names.count(name) == 2]
    return [part for part in parts if part not in hands], hands


def _find_unit(part: stream.Part, name: str) -> Literal["quarter", "dotted-quarter"]:
    """What bars are counted in. Raises ValueError where that changes."""
    units = set()
    for sign in part.recurse().getElementsByClass(music21.meter.TimeSignature):
        compound = sign.denominator == 8 and sign.numerator % 3 == 0
        units.add("dotted-quarter" if compound else "quarter")
    if len(units) != 1:
        raise ValueError(f"{name} has no one beat")
    return "dotted-quarter" if "dotted-quarter" in units else "quarter"


def _lay_bars(part: stream.Part, beat: float, name: str) -> tuple[list[Bar], float]:
    """Bars in beats from the first whole one, and where that begins, in quarters. Raises ValueError for odd lengths."""
    measures = list(part.getElementsByClass(stream.Measure))
    lengths = [float(measure.duration.quarterLength) / beat for measure in measures]
    wanted = measures[0].barDuration.quarterLength / beat
    first = 1 if lengths[0] < wanted - _EXACT and len(measures) > 1 else 0
    bars, position = [], 0.0
    for length in lengths[first:]:
        beats = round(length)
        if abs(length - beats) > _EXACT or beats < 1:
            raise ValueError(f"a bar of {name} has {length} beats")
        bars.append(Bar(position, beats))
        position += beats
    if len(bars) < 8:
        raise ValueError(f"{name} has {len(bars)} bars")
    return bars, float(measures[first].offset)


def _read_notes(parts: list[stream.Part], beat: float, origin: float) -> list[Note]:
    """Sounding notes in beats; tied ones are one, grace notes are left out."""
    notes = set()
    for part in parts:
        for element in part.stripTies().flatten().notes:
            length = float(element.duration.quarterLength)
            if length <= 0 or isinstance(element, music21.harmony.ChordSymbol):
                continue
            start = (float(element.offset) - origin) / beat
            for pitch in element.pitches:
                notes.add(Note(start, start + length / beat, pitch.midi, 80))
    return sorted(notes)


def _play(notes: list[Note], bars: list[Bar], rng: np.random.Generator) -> list[Note]:
    """Velocities: louder where bars and beats begin and in the hand's highest note, swelling over some bars."""
    begins = {round(bar.start, 3) for bar in bars}
    highest: dict[float, int] = {}
    for note in notes:
        highest[note.start] = max(highest.get(note.start, 0), note.pitch)
    swell, phase = rng.uniform(4, 12), rng.uniform(0, 2 * np.pi)
    played = []
    for note in notes:
        accent = 8 if round(note.start, 3) in begins else 4 if abs(note.start - round(note.start)) < _EXACT else 0
        top = 8 if note.pitch == highest[note.start] else 0
        wave = swell * np.sin(phase + note.start / 16 * 2 * np.pi)
        played.append(note._replace(velocity=int(np.clip(58 + accent + top + wave + rng.normal(0, 4), 25, 110))))
    return played
