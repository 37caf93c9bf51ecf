"""The lead: one voice, in whose octave, sung or played, and which stretches are sung."""

import numpy as np

from songleaf_models.data.renders.timing import Clock
from songleaf_models.song import BeatSpan, Note
from songleaf_models.truth import Span, TimedNote

_SHORTEST = 0.05
# Rests up to this long do not end a sung stretch, seconds.
_BREATH = 1.0


def make_monophonic(notes: list[Note]) -> list[Note]:
    """A note ends where the next begins; of two that begin together the higher one stays."""
    line: list[Note] = []
    for note in sorted(notes, key=lambda item: (item.start, -item.pitch)):
        if line and note.start - line[-1].start < 0.06:
            continue
        if line and line[-1].end > note.start:
            line[-1] = line[-1]._replace(end=note.start)
        line.append(note)
    return line


def place_octave(notes: list[Note], sung: bool, rng: np.random.Generator) -> list[Note]:
    """Moves the line by octaves into a voice's range (women and men) or an instrument's."""
    if not notes:
        return notes
    middle = float(np.median([note.pitch for note in notes]))
    target = float(rng.choice([55.0, 65.0])) if sung else float(rng.uniform(60, 76))
    shift = 12 * round((target - middle) / 12)
    lowest, highest = min(note.pitch for note in notes) + shift, max(note.pitch for note in notes) + shift
    # Voices sing from E2 to F#6.
    shift += 12 * (lowest < 40) - 12 * (highest > 88)
    return [note._replace(pitch=note.pitch + shift) for note in notes]


def time_line(notes: list[Note], clock: Clock) -> list[TimedNote]:
    """In seconds; what is too short to be sung is left out."""
    timed = [TimedNote(clock.at(note.start), clock.at(note.end), note.pitch, note.velocity) for note in notes]
    return [note for note in timed if note.end - note.start >= _SHORTEST]


def split_sung(
    notes: list[Note], sections: list[BeatSpan], share: float, rng: np.random.Generator
) -> tuple[list[Note], list[Note]]:
    """Sung and played notes: sections with one letter go to the same one; `share` of the letters is played."""
    labels = sorted({span.label for span in sections})
    played = {label for label in labels if rng.random() < share}

    def is_played(note: Note) -> bool:
        return any(span.start - 0.6 <= note.start < span.end - 0.6 and span.label in played for span in sections)

    return [note for note in notes if not is_played(note)], [note for note in notes if is_played(note)]


def list_stretches(notes: list[TimedNote]) -> list[Span]:
    """Where somebody sings, breaths included."""
    stretches: list[Span] = []
    for note in notes:
        if stretches and note.start - stretches[-1].end < _BREATH:
            stretches[-1] = stretches[-1]._replace(end=max(stretches[-1].end, note.end))
        else:
            stretches.append(Span(note.start, note.end, "sung"))
    return stretches
