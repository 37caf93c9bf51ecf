"""A song in beats, before anybody plays it: what the renderers orchestrate."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Note(NamedTuple):
    """A note in beats from the first bar line (negative: pickup); MIDI pitch and velocity."""

    start: float
    end: float
    pitch: int
    velocity: int


class BeatSpan(NamedTuple):
    """A chord (Harte syntax, 'N' for none) or a section's label, in beats from the first bar line."""

    start: float
    end: float
    label: str


class Bar(NamedTuple):
    """A bar: its first beat and its number of beats."""

    start: float
    beats: int


@dataclass(frozen=True)
class Song:
    """A song with its melody, piano and lead parts; every list in order of time."""

    name: str
    # Beats a minute, of the beat that everything is counted in.
    bpm: float
    bars: list[Bar]
    # dotted-quarter: 6/8 and 12/8, counted in dotted quarters.
    unit: Literal["quarter", "dotted-quarter"] = "quarter"
    chords: list[BeatSpan] = field(default_factory=list)
    sections: list[BeatSpan] = field(default_factory=list)
    melody: list[Note] = field(default_factory=list)
    bridge: list[Note] = field(default_factory=list)
    piano: list[Note] = field(default_factory=list)
    # 0 = C; None where nobody said.
    tonic: int | None = None
    mode: Literal["major", "minor"] = "major"
    # Where the key changes: spans labelled like 'Db:major'. Empty: `tonic` and `mode` hold throughout.
    keys: list[BeatSpan] = field(default_factory=list)
