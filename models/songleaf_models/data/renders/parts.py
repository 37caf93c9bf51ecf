"""Bass, chords, riffs and pads: rhythms laid over a song's chords, in beats."""

from itertools import pairwise

import numpy as np

from songleaf_models.data.renders.harmony import Harmony, above, voice_close, voice_power, voice_strum
from songleaf_models.data.renders.rhythms import BASSES, COMPS, RIFFS, Rhythm, Strike, draw_rhythm, strikes
from songleaf_models.song import Bar, Note

# A pushed chord sounds this many beats before the beat that it belongs to.
PUSH = 0.5


def lay_rhythm(
    rhythm: Rhythm, other: Rhythm, bars: list[Bar], pushed: bool, harmony: Harmony
) -> list[tuple[Strike, float]]:
    """Strikes of all bars with the beat whose chord they play; `other` every fourth bar.

    Pushed: a strike on a chord's first beat comes half a beat early and replaces what lay there. A strike that
    would sound on into the next chord ends there, and is struck again where nothing else is.
    """
    placed: list[tuple[Strike, float]] = []
    for index, bar in enumerate(bars):
        for strike in strikes(other if index % 4 == 3 else rhythm, bar.beats):
            start, end = bar.start + strike.start, bar.start + strike.end
            edges = [start, *harmony.changes(start, end - 0.2), end]
            for first, last in pairwise(edges):
                placed.append((Strike(first, last, strike.letter), first))
    if pushed:
        changes = {round(span.start, 3) for span in harmony.spans}
        early: list[tuple[Strike, float]] = []
        for strike, beat in placed:
            if round(beat, 3) in changes and beat >= 2:
                strike = strike._replace(start=beat - PUSH)
                early = [
                    (before._replace(end=min(before.end, strike.start)), at)
                    for before, at in early
                    if before.start < strike.start - 0.01
                ]
            early.append((strike, beat))
        placed = early
    return placed


def write_bass(name: str, bars: list[Bar], harmony: Harmony, pushed: bool, rng: np.random.Generator) -> list[Note]:
    """A bass line from E1 up, at most a tenth above."""
    rhythm, other = (_bass_rhythm(name, rng) for _ in range(2))
    floor = int(rng.integers(28, 34))
    short = float(rng.uniform(0.55, 1.0))
    notes: list[Note] = []
    for strike, beat in lay_rhythm(rhythm, other, bars, pushed, harmony):
        chord = harmony.at(beat)
        if chord is None:
            continue
        root = above(chord.bass, floor)
        third = next((tone for tone in chord.tones if (tone - chord.root) % 12 in (3, 4, 5)), chord.root)
        fifth = next((tone for tone in chord.tones if (tone - chord.root) % 12 in (6, 7, 8)), chord.root)
        pitch = {"R": root, "8": root + 12, "5": above(fifth, floor), "3": above(third, floor)}.get(strike.letter)
        if pitch is None:
            following = harmony.at(beat + 1.0) or chord
            pitch = above(following.bass, floor) + int(rng.choice([-1, 1, 2, -2]))
        loud = int(rng.integers(86, 104)) + (8 if strike.start == int(strike.start) else 0)
        notes.append(Note(strike.start, strike.start + short * (strike.end - strike.start), pitch, loud))
    return notes


def _bass_rhythm(name: str, rng: np.random.Generator) -> Rhythm:
    if name == "riff":
        rhythm = draw_rhythm(RIFFS, str(rng.choice(["chug", "eighths", "stabs", "gallop"])), rng)
        return rhythm._replace(line=rhythm.line.replace("P", "R").replace("m", "R"))
    return draw_rhythm(BASSES, name, rng)


def write_comp(
    name: str,
    guitar: bool,
    bars: list[Bar],
    harmony: Harmony,
    pushed: bool,
    rng: np.random.Generator,
) -> list[Note]:
    """Struck, strummed or broken chords; a guitar strums over its strings, other hands play close positions."""
    rhythm = draw_rhythm(COMPS, name, rng)
    other = draw_rhythm(COMPS, name, rng) if rng.random() < 0.5 else rhythm
    centre = int(rng.integers(57, 68))
    short = float(rng.uniform(0.35, 0.6)) if name.startswith(("skank", "off")) else float(rng.uniform(0.7, 1.0))
    delay = float(rng.uniform(0.008, 0.03)) if guitar else 0.0
    hand: list[int] = []
    notes: list[Note] = []
    for strike, beat in lay_rhythm(rhythm, other, bars, pushed, harmony):
        chord = harmony.at(beat)
        if chord is None:
            continue
        if guitar:
            voicing = voice_strum(chord)
        else:
            hand = voice_close(chord, hand, centre)
            voicing = hand
        length = strike.end - strike.start
        if strike.letter == "B":
            notes.append(Note(strike.start, strike.end, above(chord.bass, 40 if guitar else 43), 84))
            continue
        if strike.letter.isdigit():
            upper = voicing[2:] if guitar and len(voicing) > 4 else voicing
            index = int(strike.letter) - 1
            pitch = upper[index % len(upper)] + 12 * (index // len(upper))
            # Broken chords ring on over the next notes.
            notes.append(Note(strike.start, strike.end + 0.5 * length, pitch, int(rng.integers(68, 90))))
            continue
        muted = strike.letter == "X"
        loud = {"C": 88, "c": 70, "X": 55}[strike.letter] + int(rng.integers(-6, 7))
        # Up-strokes catch the high strings only, from above.
        strings = voicing[::-1][:4] if guitar and strike.letter == "c" else voicing
        for index, pitch in enumerate(strings):
            start = strike.start + index * delay
            end = start + (0.06 if muted else short * length)
            notes.append(Note(start, max(start + 0.05, end), pitch, loud))
    return sorted(notes)


def write_riff(name: str, bars: list[Bar], harmony: Harmony, pushed: bool, rng: np.random.Generator) -> list[Note]:
    """Power chords and palm-muted roots for a distorted guitar, E2 or, tuned down, C2 as lowest string."""
    rhythm = draw_rhythm(RIFFS, name, rng)
    other = draw_rhythm(RIFFS, name, rng) if rng.random() < 0.5 else rhythm
    floor = int(rng.integers(36, 43))
    notes: list[Note] = []
    for strike, beat in lay_rhythm(rhythm, other, bars, pushed, harmony):
        chord = harmony.at(beat)
        if chord is None:
            continue
        voicing = voice_power(chord, floor)
        if strike.letter == "m":
            end = strike.start + 0.55 * (strike.end - strike.start)
            notes += [Note(strike.start, end, pitch, int(rng.integers(84, 100))) for pitch in voicing[:2]]
        else:
            end = strike.start + 0.95 * (strike.end - strike.start)
            notes += [Note(strike.start, end, pitch, int(rng.integers(98, 115))) for pitch in voicing]
    return notes


def write_pad(harmony: Harmony, rng: np.random.Generator) -> list[Note]:
    """Chords held from change to change."""
    centre = int(rng.integers(55, 70))
    hand: list[int] = []
    notes = []
    for span in harmony.spans:
        chord = harmony.at(span.start)
        if chord is not None:
            hand = voice_close(chord, hand, centre)
            notes += [Note(span.start, span.end - 0.02, pitch, 74) for pitch in hand]
    return notes


def reorchestrate(piano: list[Note], rng: np.random.Generator) -> list[Note]:
    """The piano part as another instrument might take it over: one register, an octave elsewhere, notes let ring."""
    split = int(rng.integers(52, 62))
    shift = int(rng.choice([-12, 0, 0, 12]))
    keep = ("all", "above", "below")[int(rng.choice(3, p=[0.4, 0.4, 0.2]))]
    longer = float(rng.uniform(0.7, 1.8))
    return [
        note._replace(
            pitch=int(np.clip(note.pitch + shift, 28, 100)), end=note.start + longer * (note.end - note.start)
        )
        for note in piano
        if keep == "all" or (note.pitch >= split) == (keep == "above")
    ]
