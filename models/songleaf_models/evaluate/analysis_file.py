"""Reads what `songleaf analyse` wrote, on the recording's time axis."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from songleaf_models.data.harte import NAMES
from songleaf_models.truth import Beat, Key, Metre, Span, TimedNote, Truth

TICKS_PER_BEAT = 48
DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "#5", "6", "b7", "7")
"""Scale degree of the major scale by semitones above the root."""
QUALITIES = {"add9": "maj(9)"}
"""Qualities that Harte's syntax writes otherwise."""


def read_analysis(path: Path) -> Truth:
    """NAME.analysis.json as a `Truth`. Raises ValueError naming the file."""
    try:
        content = json.loads(path.read_text())
        return _read(content)
    except (KeyError, TypeError, IndexError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no analysis of Songleaf: {error}") from error


def _read(content: dict[str, Any]) -> Truth:
    duration = content["song"]["duration"]
    beats = [Beat(beat["time"], beat["position"]) for beat in content["beats"]]
    times = np.array([beat.time for beat in beats])

    def second(tick: float) -> float:
        return second_of(times, tick)

    def spans(items: Sequence[dict[str, Any]], labels: list[str]) -> list[Span]:
        return [
            Span(second(item["start"]), second(item["start"] + item["duration"]), label)
            for item, label in zip(items, labels, strict=True)
        ]

    keys = content["keys"]
    # The first key holds from the start of the recording, the last one to its end.
    bounds = [0.0, *(second(key["start"]) for key in keys[1:]), max(duration, times[-1])]
    return Truth(
        song=content["song"]["title"],
        variant="heard",
        seed=0,
        duration=duration,
        beats=beats,
        metres=[Metre(second(metre["start"]), metre["beats"], metre["unit"]) for metre in content["metres"]],
        chords=spans(content["chords"], [name_chord(chord) for chord in content["chords"]]),
        keys=[Key(bounds[i], bounds[i + 1], key["tonic"], key["mode"]) for i, key in enumerate(keys)],
        sections=spans(content["sections"], [section["label"] for section in content["sections"]]),
        melody=[
            TimedNote(second(note["start"]), second(note["start"] + note["duration"]), note["pitch"], 80)
            for note in content["melody"]
        ],
    )


def second_of(beats: np.ndarray, tick: float) -> float:
    """beats[N] seconds, N >= 2; behind the last beat time goes on at the last beat's pace."""
    beat = tick / TICKS_PER_BEAT
    at = min(max(int(beat), 0), len(beats) - 2)
    return float(beats[at] + (beat - at) * (beats[at + 1] - beats[at]))


def name_chord(chord: dict[str, Any]) -> str:
    """Harte's syntax (ISMIR 2005)."""
    if chord["root"] is None:
        return "N"
    name = f"{NAMES[chord['root']]}:{QUALITIES.get(chord['quality'], chord['quality'])}"
    interval = ((chord["bass"] if chord["bass"] is not None else chord["root"]) - chord["root"]) % 12
    return name if interval == 0 else f"{name}/{DEGREES[interval]}"
