"""The truth as an analysis file, so that the engine can arrange from what is right."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from songleaf_models.data.harte import list_tones
from songleaf_models.evaluate.analysis_file import TICKS_PER_BEAT
from songleaf_models.truth import Span, Truth

QUALITIES = {"maj(9)": "add9", "maj9": "maj7", "min9": "min7", "min11": "min7"}
"""Qualities that the contract writes otherwise; other additions in brackets are left out."""


def write_reference(truth: Truth, path: Path) -> None:
    """Writes beats, metres, chords, keys, sections and melody of the truth as NAME.analysis.json."""
    times = np.array([beat.time for beat in truth.beats])
    ends = np.append(times, 2 * times[-1] - times[-2])
    last = len(times) * TICKS_PER_BEAT

    def tick(second: float) -> int:
        return int(np.round(np.interp(second, ends, np.arange(len(ends))) * TICKS_PER_BEAT))

    def span(item: Span) -> dict[str, int]:
        start = min(tick(item.start), last - 1)
        return {"start": start, "duration": max(1, tick(item.end) - start)}

    content = {
        "format": "songleaf-analysis",
        "version": 1,
        "engine": "reference",
        "song": {"hash": "0" * 64, "title": truth.song, "artist": "", "album": "", "duration": truth.duration},
        "tuning": {"cents": 0, "confidence": 0},
        "tempo": {"bpm": float(np.clip(60 / np.median(np.diff(times)), 10, 400)), "confidence": 1},
        "beats": [{"time": beat.time, "position": beat.position, "confidence": 1} for beat in truth.beats],
        "metres": [
            {"start": 0 if i == 0 else tick(metre.time), "beats": metre.beats, "unit": metre.unit, "confidence": 1}
            for i, metre in enumerate(truth.metres)
        ],
        "chords": [{**span(item), **name_tones(item.label), "confidence": 1} for item in truth.chords],
        "keys": [
            {"start": 0 if i == 0 else tick(key.start), "tonic": key.tonic, "mode": key.mode, "confidence": 1}
            for i, key in enumerate(truth.keys)
        ]
        or [{"start": 0, "tonic": 0, "mode": "major", "confidence": 0}],
        "melody": write_melody(truth, ends),
        "sections": [{**span(item), "label": item.label, "confidence": 1} for item in truth.sections],
    }
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content))
    temporary.replace(path)


def name_tones(label: str) -> dict[str, Any]:
    """Root, quality and bass of a Harte label in the contract's terms."""
    try:
        root, _, bass = list_tones(label)
    except ValueError:
        return {"root": None, "quality": None, "bass": None}
    quality = label.split(":")[1].split("/")[0]
    return {"root": root, "quality": QUALITIES.get(quality, quality.split("(")[0]), "bass": bass}


def write_melody(truth: Truth, ends: np.ndarray) -> list[dict[str, Any]]:
    """Melody notes on 16ths or triplets, whichever are nearer. `ends`: seconds of beats and of the last one's end."""
    starts = snap(np.interp([note.start for note in truth.melody], ends, np.arange(len(ends))))
    stops = snap(np.interp([note.end for note in truth.melody], ends, np.arange(len(ends))))
    notes: list[dict[str, Any]] = []
    for i, note in enumerate(truth.melody):
        if notes and notes[-1]["start"] >= starts[i]:
            continue
        if notes:
            notes[-1]["duration"] = min(notes[-1]["duration"], int(starts[i]) - notes[-1]["start"])
        duration = max(6, int(stops[i]) - int(starts[i]))
        notes.append({"start": int(starts[i]), "duration": duration, "pitch": note.pitch, "confidence": 1})
    return notes


def snap(beats: np.ndarray) -> np.ndarray:
    """Ticks nearest to places in beats that are multiples of a quarter or a third of a beat."""
    straight, thirds = (np.round(beats * parts) * (TICKS_PER_BEAT // parts) for parts in (4, 3))
    nearer = np.abs(straight - beats * TICKS_PER_BEAT) <= np.abs(thirds - beats * TICKS_PER_BEAT)
    return np.asarray(np.where(nearer, straight, thirds).astype(int))
