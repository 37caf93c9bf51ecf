"""Names the chords of music of which only the notes are known, as far as an arranger has to know them."""

from collections.abc import Sequence

import numpy as np

from songleaf_models.data.harte import NAMES, clean_label
from songleaf_models.song import BeatSpan, Note

_QUALITIES = {
    "maj": ((0, 4, 7), 0.0),
    "min": ((0, 3, 7), 0.0),
    "7": ((0, 4, 7, 10), -0.12),
    "min7": ((0, 3, 7, 10), -0.2),
    "maj7": ((0, 4, 7, 11), -0.25),
    "dim": ((0, 3, 6), -0.08),
    "dim7": ((0, 3, 6, 9), -0.15),
    "hdim7": ((0, 3, 6, 10), -0.2),
    "aug": ((0, 4, 8), -0.2),
    "sus4": ((0, 5, 7), -0.2),
}
"""Semitones above the root, and what a beat of it costs: the rarer, the better it has to fit."""
_FOREIGN = 1.3
"""How much a share of the sound that lies outside of the chord counts against it; a share inside counts 1 for it."""
_ROOT, _BASS_ROOT = 0.15, 0.2
"""What it is worth that the root sounds at all, and that it is the bass."""
_CHANGE, _OFF_BAR = 0.25, 0.2
"""What a change of chord costs, and one more where no bar begins."""
_MELODY = 0.5
"""Weight of a note of the melody, which has more notes that belong to no chord."""


def name_chords(
    melody: Sequence[Note], piano: Sequence[Note], bar_starts: Sequence[float], last: float
) -> list[BeatSpan]:
    """Chords from beat 0 to `last`, each from a beat to a beat: the best path through what sounds in each beat.

    Beats in which nothing sounds go on with the chord before; a chord's bass is named where the lowest note that sounds
    as it begins is another of its tones. Labels as `clean_label` writes them. Raises ValueError for less than a beat.
    """
    count = int(last)
    if count < 1:
        raise ValueError("there is no beat to name a chord of")
    sounding = _add_up(melody, count, _MELODY) + _add_up(piano, count, 1.0)
    basses = [_find_bass(piano, beat) for beat in range(count)]
    labels = [(root, quality) for quality in _QUALITIES for root in range(12)]
    scores = np.array([[_score(*label, sounding[beat], basses[beat]) for label in labels] for beat in range(count)])
    bars = {round(start, 3) for start in bar_starts}
    path = _find_path(scores, [_CHANGE + _OFF_BAR * (beat not in bars) for beat in range(count)])
    spans: list[BeatSpan] = []
    for beat, state in enumerate(path):
        root, quality = labels[state]
        if beat > 0 and path[beat - 1] == state:
            spans[-1] = spans[-1]._replace(end=float(beat + 1))
            continue
        bass = basses[beat]
        inside = bass is not None and (bass - root) % 12 in _QUALITIES[quality][0]
        label = clean_label(f"{NAMES[root]}:{quality}", bass if inside else None)
        spans.append(BeatSpan(float(beat), float(beat + 1), label))
    return spans


def _add_up(notes: Sequence[Note], count: int, weight: float) -> np.ndarray:
    """[count, 12] beats that each pitch class sounds in each beat."""
    table = np.zeros((count, 12))
    for note in notes:
        for beat in range(max(0, int(note.start)), min(count, int(np.ceil(note.end)))):
            table[beat, note.pitch % 12] += weight * max(0.0, min(note.end, beat + 1) - max(note.start, beat))
    return table


def _find_bass(notes: Sequence[Note], beat: float) -> int | None:
    """Pitch class of the lowest note that sounds a little after the beat."""
    pitches = [note.pitch for note in notes if note.start < beat + 0.1 and note.end > beat + 0.05]
    return min(pitches) % 12 if pitches else None


def _score(root: int, quality: str, sounding: np.ndarray, bass: int | None) -> float:
    total = float(sounding.sum())
    if total == 0:
        return 0.0
    tones, rarity = _QUALITIES[quality]
    inside = float(sounding[[(root + tone) % 12 for tone in tones]].sum()) / total
    score = inside - _FOREIGN * (1 - inside) + rarity + _ROOT * (sounding[root] > 0)
    return score + _BASS_ROOT * (bass == root)


def _find_path(scores: np.ndarray, change: Sequence[float]) -> list[int]:
    """The states with the highest sum of scores [beats, states], less the cost of each change."""
    best, came = scores[0].copy(), np.zeros(scores.shape, int)
    for beat in range(1, len(scores)):
        moved = int(best.argmax())
        stay = best >= best[moved] - change[beat]
        came[beat] = np.where(stay, np.arange(scores.shape[1]), moved)
        best = np.where(stay, best, best[moved] - change[beat]) + scores[beat]
    path = [int(best.argmax())]
    for beat in range(len(scores) - 1, 0, -1):
        path.append(int(came[beat, path[-1]]))
    return path[::-1]
