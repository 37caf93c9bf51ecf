"""Bass lines and accompaniment written from the chords, in beats."""

from bisect import bisect_right
from typing import NamedTuple

import numpy as np

from songleaf_models.data.harte import list_tones
from songleaf_models.evaluation_set.form import Form
from songleaf_models.song import BeatSpan, Note, Song

# Beat in the bar, length in beats, degree: root (or the chord's bass), fifth, octave, 'step' towards the next chord.
_BASS: dict[str, list[tuple[float, float, str]]] = {
    "halves": [(0, 1.9, "root"), (2, 1.8, "root")],
    "ballad": [(0, 1.4, "root"), (1.5, 0.45, "root"), (2, 1.3, "fifth"), (3.5, 0.45, "step")],
    "eighths": [(step / 2, 0.42, "root") for step in range(7)] + [(3.5, 0.42, "step")],
    "pushed": [(0, 1.3, "root"), (1.5, 0.9, "root"), (2.5, 0.9, "fifth"), (3.5, 0.4, "step")],
    "octaves": [(0, 0.7, "root"), (0.75, 0.2, "octave"), (1.5, 0.4, "root"), (2, 0.7, "root"), (3, 0.4, "octave")],
    "walking": [(0, 0.95, "root"), (1, 0.95, "fifth"), (2, 0.95, "octave"), (3, 0.9, "step")],
    "sixteenths": [
        (0, 0.4, "root"),
        (0.75, 0.2, "root"),
        (1.5, 0.4, "octave"),
        (2.25, 0.4, "root"),
        (2.75, 0.2, "fifth"),
    ],
    "waltz": [(0, 1.9, "root"), (2, 0.8, "fifth")],
    "long": [(0, 2.9, "root")],
}

# Beat, stroke: 'd' down, 'u' up, 'x' damped.
_STRUMS: dict[str, list[tuple[float, str]]] = {
    "folk": [(0, "d"), (1, "d"), (1.5, "u"), (2.5, "u"), (3, "d"), (3.5, "u")],
    "pop": [(0, "d"), (0.75, "u"), (1, "d"), (1.75, "u"), (2.25, "u"), (2.5, "u"), (3, "d"), (3.75, "u")],
    "eighths": [(step / 2, "du"[step % 2]) for step in range(8)],
    "backbeat": [(1, "d"), (3, "d")],
    "offbeat": [(0.5, "u"), (1.5, "u"), (2.5, "u"), (3.5, "u")],
    "sixteenths": [(step / 4, "du"[step % 2]) for step in range(16) if step not in (1, 5, 9, 12)],
    "waltz": [(0, "d"), (1, "d"), (1.5, "u"), (2, "d")],
}

# Beat, length.
_BLOCKS: dict[str, list[tuple[float, float]]] = {
    "whole": [(0, 4.0)],
    "halves": [(0, 1.9), (2, 1.9)],
    "quarters": [(0, 0.9), (1, 0.9), (2, 0.9), (3, 0.9)],
    "charleston": [(0, 1.2), (1.5, 0.5), (3, 0.6)],
    "offbeat": [(0.5, 0.3), (1.5, 0.3), (2.5, 0.3), (3.5, 0.3)],
    "stabs": [(0, 0.3), (0.75, 0.3), (1.5, 0.3), (2.5, 0.3), (3.25, 0.3)],
    "waltz": [(1, 0.7), (2, 0.7)],
}

# Steps of half beats ('/4': quarter beats) through a chord's notes from the bottom.
_ARPEGGIOS: dict[str, tuple[float, list[int]]] = {
    "up": (0.5, [0, 1, 2, 3, 2, 1, 2, 1]),
    "wide": (0.5, [0, 2, 1, 3, 4, 3, 1, 2]),
    "sixteenths": (0.25, [0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1]),
    "broken": (0.5, [0, 3, 2, 3, 1, 3, 2, 3]),
    "waltz": (0.5, [0, 1, 2, 3, 2, 1]),
}


class Sounding(NamedTuple):
    """What sounds at a beat: root, semitones above it, bass; when it began and when it ends."""

    root: int
    tones: tuple[int, ...]
    bass: int
    start: float
    end: float


class Harmony:
    """The song's chords by beat."""

    def __init__(self, chords: list[BeatSpan]) -> None:
        self._chords = chords
        self._starts = [chord.start for chord in chords]

    def at(self, beat: float) -> Sounding | None:
        """None where no chord is."""
        index = bisect_right(self._starts, beat + 1e-6) - 1
        if index < 0 or beat >= self._chords[index].end or self._chords[index].label == "N":
            return None
        span = self._chords[index]
        return Sounding(*list_tones(span.label), span.start, span.end)


def write_bass(song: Song, form: Form, patterns: tuple[str, str], enter: float, rng: np.random.Generator) -> list[Note]:
    """A line in patterns for verse and chorus; every chord change gets its bass note. Silent below `enter`."""
    harmony = Harmony(song.chords)
    notes: list[Note] = []
    for index, start in enumerate(form.starts):
        if form.intensity[index] < enter:
            continue
        pattern = _BASS[patterns[form.intensity[index] > 0.8]]
        hits = {beat: (length, degree) for beat, length, degree in pattern if beat < form.beats}
        for chord in song.chords:
            offset = chord.start - start
            if 0 < offset < form.beats and offset not in hits:
                hits[offset] = (0.9, "root")
        for beat in sorted(hits):
            length, degree = hits[beat]
            sounding = harmony.at(start + beat)
            if sounding is None:
                continue
            following = harmony.at(sounding.end)
            pitch = _choose_bass(sounding, "root" if sounding.start == start + beat else degree, following)
            later = min([other for other in hits if other > beat], default=float(form.beats))
            end = min(start + beat + length, start + later, sounding.end) - 0.03
            notes.append(Note(start + beat, end, pitch, int(rng.integers(84, 104))))
    return notes


def _choose_bass(sounding: Sounding, degree: str, following: Sounding | None) -> int:
    low = 28 + (sounding.bass - 28) % 12  # E1 up to D#2
    if degree == "octave":
        return low + 12
    if degree == "fifth":
        fifth = 6 if 6 in sounding.tones and 7 not in sounding.tones else 8 if 8 in sounding.tones else 7
        pitch = 28 + (sounding.root + fifth - 28) % 12
        return pitch if pitch >= low - 5 else pitch + 12
    if degree == "step" and following is not None and following.bass != sounding.bass:
        goal = 28 + (following.bass - 28) % 12
        return goal + (2 if goal < low else -2) if abs(goal - low) > 2 else low
    return low


def write_strums(song: Song, form: Form, pattern: str, enter: float, rng: np.random.Generator) -> list[Note]:
    """Strummed guitar: strings follow each other by about a hundredth of a beat; each stroke ends the one before."""
    harmony = Harmony(song.chords)
    notes: list[Note] = []
    for index, start in enumerate(form.starts):
        if form.intensity[index] < enter:
            continue
        strokes = [stroke for stroke in _STRUMS[pattern] if stroke[0] < form.beats]
        for which, (beat, stroke) in enumerate(strokes):
            sounding = harmony.at(start + beat)
            if sounding is None:
                continue
            later = strokes[which + 1][0] if which + 1 < len(strokes) else form.beats
            strings = _fret(sounding)
            if stroke == "u":
                strings = strings[::-1][:4]
            accent = 84 if beat == int(beat) else 66
            end = min(start + later, max(sounding.end, start + beat + 0.25)) - 0.02
            for order, pitch in enumerate(strings):
                velocity = int(np.clip(accent + rng.normal(0, 6) - 2 * order, 20, 120))
                notes.append(Note(start + beat + 0.012 * order, end, pitch, velocity))
    return notes


def write_blocks(song: Song, form: Form, pattern: str, enter: float, rng: np.random.Generator) -> list[Note]:
    """Chords in close position that move as little as they can; 'whole' holds each chord as long as it lasts."""
    harmony = Harmony(song.chords)
    notes: list[Note] = []
    hand: list[int] = [60, 64, 67]
    for index, start in enumerate(form.starts):
        if form.intensity[index] < enter:
            continue
        hits = [hit for hit in _BLOCKS[pattern] if hit[0] < form.beats]
        if pattern in ("whole", "halves"):
            changes = {chord.start - start for chord in song.chords if 0 < chord.start - start < form.beats}
            hits = sorted({**{beat: 4.0 for beat in changes}, **dict(hits)}.items())
        for beat, length in hits:
            sounding = harmony.at(start + beat)
            if sounding is None:
                continue
            hand = _move_hand(hand, sounding)
            end = min(start + beat + length, sounding.end, start + form.beats) - 0.03
            level = 64 + 18 * form.intensity[index]
            for pitch in hand:
                velocity = int(np.clip(level + rng.normal(0, 5), 20, 120))
                notes.append(Note(start + beat, max(end, start + beat + 0.1), pitch, velocity))
    return notes


def write_arpeggios(song: Song, form: Form, pattern: str, enter: float, rng: np.random.Generator) -> list[Note]:
    """Chords one note at a time; a change of chord begins the figure again."""
    harmony = Harmony(song.chords)
    step, order = _ARPEGGIOS[pattern]
    notes: list[Note] = []
    for index, start in enumerate(form.starts):
        if form.intensity[index] < enter:
            continue
        for count in range(round(form.beats / step)):
            beat = start + count * step
            sounding = harmony.at(beat)
            if sounding is None:
                continue
            strings = _fret(sounding)
            since = round((beat - max(sounding.start, start)) / step)
            pitch = strings[min(order[since % len(order)], len(strings) - 1)]
            end = min(beat + 3 * step, sounding.end)
            velocity = int(np.clip((78 if since == 0 else 64) + rng.normal(0, 6), 20, 120))
            notes.append(Note(beat, end, pitch, velocity))
    return notes


def _fret(sounding: Sounding) -> list[int]:
    """Five strings from the bass (E2 to D#3) up, alternating through the chord's tones."""
    bass = 40 + (sounding.bass - 40) % 12
    classes = {(sounding.root + tone) % 12 for tone in sounding.tones}
    above = [pitch for pitch in range(bass + 5, bass + 29) if pitch % 12 in classes]
    return [bass, *above[:4]]


def _move_hand(hand: list[int], sounding: Sounding) -> list[int]:
    """Three or four notes between F3 and A5, near to where the hand lay."""
    tones = sounding.tones if len(sounding.tones) <= 4 else (sounding.tones[0], *sounding.tones[-3:])
    classes = sorted({(sounding.root + tone) % 12 for tone in tones})
    centre = 0.7 * float(np.mean(hand)) + 0.3 * 64
    options = []
    for turn in range(len(classes)):
        rotated = classes[turn:] + classes[:turn]
        for lowest in range(53, 70):
            if lowest % 12 == rotated[0]:
                pitches = [lowest]
                for pitch_class in rotated[1:]:
                    pitches.append(pitches[-1] + (pitch_class - pitches[-1]) % 12)
                options.append(pitches)
    return min(options, key=lambda pitches: (abs(float(np.mean(pitches)) - centre), pitches))
