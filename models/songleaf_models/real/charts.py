"""Beats of a Frets on Fire chart and where its recording sounds."""

from pathlib import Path

import mido
import numpy as np

from songleaf_models.real.songs import BEATS_A_BAR
from songleaf_models.truth import Beat

SILENCE_DB = 45.0
"""Below the loudest tenth of a second by this much, nothing sounds: a reverb's tail, a fade's end."""
LOUDNESS_SECONDS = 0.1


def read_chart(path: Path, duration: float, early: float) -> list[Beat]:
    """One beat each quarter note along the tempo map of a MIDI file, from tick 0 to `duration` seconds.

    `early`: seconds by which the chart lies before the recording; they are added.
    """
    file = mido.MidiFile(str(path))
    tempi: dict[int, int] = {}
    for track in file.tracks:
        tick = 0
        for event in track:
            tick += event.time
            if event.type == "set_tempo":
                tempi[tick] = event.tempo
    changes = sorted({0: 500_000, **tempi}.items())
    ticks = np.array([tick for tick, _ in changes], float)
    # Microseconds a quarter to seconds a tick.
    speeds = np.array([tempo for _, tempo in changes], float) / 1e6 / file.ticks_per_beat
    starts = np.concatenate([[0.0], np.cumsum(np.diff(ticks) * speeds[:-1])])
    count = int(duration / (speeds.min() * file.ticks_per_beat)) + 1
    beats = np.arange(count) * float(file.ticks_per_beat)
    at = np.searchsorted(ticks, beats, side="right") - 1
    times = starts[at] + (beats - ticks[at]) * speeds[at] + early
    return [Beat(float(time), n % BEATS_A_BAR + 1) for n, time in enumerate(times) if time <= duration]


def find_music(audio: np.ndarray, rate: int) -> tuple[float, float]:
    """audio[N, channels] -> seconds at which the first sound begins and the last one ends."""
    window = int(LOUDNESS_SECONDS * rate)
    count = max(1, len(audio) // window)
    power = (audio[: count * window] ** 2).mean(axis=1).reshape(count, -1).mean(axis=1)
    sounding = np.flatnonzero(power > power.max() * 10 ** (-SILENCE_DB / 10))
    if len(sounding) == 0:
        return 0.0, 0.0
    return sounding[0] * window / rate, (sounding[-1] + 1) * window / rate
