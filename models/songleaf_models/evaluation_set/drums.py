"""Drum parts out of Groove MIDI takes (Gillick et al., ICML 2019; CC BY 4.0), laid on the bars of a song."""

import csv
import functools
from collections import defaultdict
from typing import NamedTuple

import mido
import numpy as np

from songleaf_models.evaluation_set.form import Form
from songleaf_models.places import DATA_DIR

GROOVE_DIR = DATA_DIR / "groove"

# Pads of the recorded Roland kit to General MIDI, from the data set's own table; the AVL kits have two toms.
_GENERAL = {22: 42, 26: 46, 40: 38, 50: 50, 58: 43, 47: 47, 55: 49, 52: 49, 59: 51}
_AVL = {50: 45, 48: 45, 47: 45, 45: 45, 43: 41, 58: 41, 26: 46, 22: 42, 55: 49, 52: 49, 59: 51, 35: 36}
CRASH = 49


class Hit(NamedTuple):
    """A stroke in beats; pitch by the kit, velocity 1 to 127."""

    beat: float
    pitch: int
    velocity: int


class Take(NamedTuple):
    """A played take: hits in beats from its first bar line, number of whole bars."""

    hits: list[Hit]
    bars: int


def choose_takes(style: str, bpm: float, beats: int, rng: np.random.Generator, count: int = 2) -> list[Take]:
    """Takes of at least 8 bars whose style begins with `style`, from those nearest in tempo. Raises ValueError."""
    metre = f"{beats}-4"
    fitting = [
        row
        for row in _read_takes()
        if row["style"].startswith(style) and row["time_signature"] == metre and _count_bars(row, beats) >= 8
    ]
    if not fitting:
        raise ValueError(f"no takes of {style} in {metre}")
    fitting.sort(key=lambda row: (abs(np.log(float(row["bpm"]) / bpm)), row["midi_filename"]))
    nearest = fitting[: max(count, 5)]
    chosen = rng.choice(len(nearest), min(count, len(nearest)), replace=False)
    return [_read_take(nearest[index]["midi_filename"], beats) for index in chosen]


def play_drums(form: Form, takes: list[Take], avl: bool, enter: float, rng: np.random.Generator) -> list[Hit]:
    """A section takes four bars of a take and repeats them, the same for the same letter; no drums below `enter`.

    The last bar of a section comes from elsewhere in the take, as fills do; full sections begin with a crash.
    """
    table = _AVL if avl else _GENERAL
    cells: dict[str, tuple[Take, int]] = {}
    hits: list[Hit] = []
    inside = 0
    for index, start in enumerate(form.starts):
        inside = 0 if form.opens[index] else inside + 1
        if form.intensity[index] < enter:
            continue
        letter = form.label[index]
        if letter not in cells:
            take = takes[len(cells) % len(takes)]
            cells[letter] = (take, int(rng.integers(1, max(2, take.bars - 4))))
        take, cell = cells[letter]
        bar = cell + inside % 4
        if form.closes[index]:
            bar = int(rng.integers(1, take.bars))
        scale = 0.7 + 0.3 * form.intensity[index]
        for hit in _cut_bar(take, bar % take.bars, form.beats):
            velocity = int(np.clip(round(hit.velocity * scale), 1, 127))
            hits.append(Hit(start + hit.beat, table.get(hit.pitch, hit.pitch), velocity))
        if form.opens[index] and form.intensity[index] > 0.6:
            hits.append(Hit(start, CRASH, int(70 + 35 * form.intensity[index])))
    return sorted(hits)


def _cut_bar(take: Take, bar: int, beats: int) -> list[Hit]:
    """Hits of a bar from its first beat; a hit just before the bar line belongs to the bar that it begins."""
    early = 0.12
    return [
        Hit(hit.beat - bar * beats, hit.pitch, hit.velocity)
        for hit in take.hits
        if bar * beats - early <= hit.beat < (bar + 1) * beats - early
    ]


@functools.cache
def _read_takes() -> list[dict[str, str]]:
    with (GROOVE_DIR / "info.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["beat_type"] == "beat"]


def _count_bars(row: dict[str, str], beats: int) -> int:
    return int(float(row["duration"]) * float(row["bpm"]) / 60 / beats)


def _read_take(name: str, beats: int) -> Take:
    file = mido.MidiFile(GROOVE_DIR / name)
    hits = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                hits.append(Hit(tick / file.ticks_per_beat, message.note, message.velocity))
    hits = _centre(hits)
    counts: dict[int, int] = defaultdict(int)
    for hit in hits:
        counts[int(hit.beat // beats)] += 1
    return Take(hits, max(2, max(counts)))


def _centre(hits: list[Hit]) -> list[Hit]:
    """Moves a take by its median distance from the quarters: most were played or recorded some 10 to 40 ms early."""
    distances = [hit.beat - round(hit.beat) for hit in hits if abs(hit.beat - round(hit.beat)) < 0.12]
    shift = float(np.median(distances)) if distances else 0.0
    return sorted(hit._replace(beat=_tighten(hit.beat - shift)) for hit in hits)


def _tighten(beat: float) -> float:
    """Halves the way to the nearest 16th or triplet: a take played slower than it was recorded strays too far."""
    nearest = min(round(4 * beat) / 4, round(3 * beat) / 3, key=lambda grid: abs(grid - beat))
    return nearest + 0.5 * (beat - nearest)
