"""How the arrangement follows the song's form: where it is quiet, where it is full."""

from dataclasses import dataclass

import numpy as np

from songleaf_models.song import Song


@dataclass(frozen=True)
class Form:
    """Intensity 0 to 1 of every bar; `chorus[i]` whether bar i belongs to the chorus; `label[i]` its section's letter.

    Bars are those of the song from `first` on.
    """

    starts: list[float]  # first beat of every bar
    beats: int
    intensity: list[float]
    chorus: list[bool]
    label: list[str]
    opens: list[bool]  # whether a section begins with the bar
    closes: list[bool]  # whether a section ends with the bar


def plan_form(song: Song) -> Form:
    """Reads the sections; a song without any is of one piece."""
    beats = song.bars[0].beats
    bars = [bar.start for bar in song.bars if 0 <= bar.start < song.chords[-1].end]
    refrain = _find_refrain(song)
    intensity, chorus, label, opens, closes = [], [], [], [], []
    seen: dict[str, int] = {}
    previous: int | None = None
    for start in bars:
        at = next((i for i, span in enumerate(song.sections) if span.start <= start < span.end), -1)
        letter = song.sections[at].label if at >= 0 else "A"
        if at != previous:
            seen[letter] = seen.get(letter, 0) + 1
        opens.append(at != previous or start == 0)
        closes.append(at >= 0 and start + beats >= song.sections[at].end)
        previous = at
        label.append(letter)
        chorus.append(letter == refrain)
        intensity.append(_weigh(letter, refrain, seen[letter], start / song.chords[-1].end))
    return Form(bars, beats, intensity, chorus, label, opens, closes)


def _find_refrain(song: Song) -> str:
    """The sung section that lies highest among those that come back; verses mostly stand lower."""
    pitches: dict[str, list[int]] = {}
    for span in song.sections:
        if span.label.isupper() and span.label != "X":
            inside = [note.pitch for note in song.melody if span.start <= note.start < span.end]
            pitches.setdefault(span.label, []).extend(inside)
    counts = {letter: sum(span.label == letter for span in song.sections) for letter in pitches}
    returning = [letter for letter in pitches if counts[letter] > 1 and pitches[letter]]
    return max(returning, key=lambda letter: (float(np.mean(pitches[letter])), letter), default="")


def _weigh(letter: str, refrain: str, visit: int, progress: float) -> float:
    if letter == "i":
        return 0.3
    if letter == "o":
        return 0.25
    if letter == refrain:
        return 0.85 if visit == 1 else 1.0
    if letter in "xX" or letter.islower():
        return 0.7 if progress < 0.75 else 0.8
    return 0.45 if visit == 1 else 0.65
