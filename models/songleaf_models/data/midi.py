"""Reads notes of a MIDI file in seconds."""

from pathlib import Path
from typing import NamedTuple

import mido
import numpy as np


class Played(NamedTuple):
    """A note in seconds from the file's start."""

    start: float
    end: float
    pitch: int
    velocity: int


def read_tracks(path: Path) -> dict[str, list[Played]]:
    """Notes of every named track, in order of time; those without end or length are left out. Raises ValueError."""
    try:
        file = mido.MidiFile(path)
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise ValueError(f"{path} is no MIDI file: {error}") from error
    to_seconds = _read_tempo_map(file)
    tracks: dict[str, list[Played]] = {}
    for track in file.tracks:
        notes = tracks.setdefault(track.name, [])
        tick = 0
        sounding: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for message in track:
            tick += message.time
            if message.type not in ("note_on", "note_off"):
                continue
            started = sounding.setdefault((message.channel, message.note), [])
            if message.type == "note_on" and message.velocity:
                started.append((tick, message.velocity))
            elif started:
                first, velocity = started.pop(0)
                if tick > first:
                    notes.append(Played(to_seconds(first), to_seconds(tick), message.note, velocity))
        notes.sort()
    return tracks


def _read_tempo_map(file: mido.MidiFile) -> "TempoMap":
    changes = [(0, 500_000)]
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "set_tempo":
                changes.append((tick, message.tempo))
    return TempoMap(changes, file.ticks_per_beat)


class TempoMap:
    """Ticks to seconds; `changes` are (tick, microseconds a quarter), the last one at a tick wins."""

    def __init__(self, changes: list[tuple[int, int]], ticks_per_beat: int) -> None:
        tempos = dict(sorted(changes, key=lambda change: change[0]))
        self._ticks = np.array(list(tempos))
        self._slopes = np.array(list(tempos.values())) / ticks_per_beat / 1e6
        self._seconds = np.concatenate([[0.0], np.cumsum(np.diff(self._ticks) * self._slopes[:-1])])

    def __call__(self, tick: int) -> float:
        at = int(np.searchsorted(self._ticks, tick, side="right")) - 1
        return float(self._seconds[at] + (tick - self._ticks[at]) * self._slopes[at])
