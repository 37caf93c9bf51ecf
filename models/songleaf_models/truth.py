"""What is true of a recording, on its own time axis: the one format of rendered, annotated and evaluated songs."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple


class Beat(NamedTuple):
    """A beat; position 1 is the downbeat."""

    time: float
    position: int


class Metre(NamedTuple):
    """From `time` on, bars have `beats` beats; in 6/8 a beat is a dotted quarter and `beats` is 2."""

    time: float
    beats: int
    unit: Literal["quarter", "dotted-quarter"]


class Span(NamedTuple):
    """A chord (Harte syntax, 'N' for none), or a section (a letter; equal letters repeat)."""

    start: float
    end: float
    label: str


class Key(NamedTuple):
    """A key; tonic 0 = C."""

    start: float
    end: float
    tonic: int
    mode: Literal["major", "minor"]


class TimedNote(NamedTuple):
    """A note in seconds; MIDI pitch and velocity."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass
class Truth:
    """All times in seconds from the recording's start, in order. An empty list: not known (never: none there)."""

    song: str
    variant: str
    seed: int
    duration: float
    beats: list[Beat] = field(default_factory=list)
    metres: list[Metre] = field(default_factory=list)
    chords: list[Span] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    sections: list[Span] = field(default_factory=list)
    # What sings or leads, one voice.
    melody: list[TimedNote] = field(default_factory=list)
    # Stretches of the melody that a voice sings; elsewhere an instrument plays it.
    sung: list[Span] = field(default_factory=list)
    # The piano arrangement that a pianist made of this song (target of the arrangers), whether or not it sounds.
    piano: list[TimedNote] = field(default_factory=list)
    bridge: list[TimedNote] = field(default_factory=list)
    # Deviation of the recording's tuning from A4 = 440 Hz.
    tuning_cents: float = 0.0


def write_truth(truth: Truth, path: Path) -> None:
    """Writes it as JSON, times rounded to 0.1 ms."""

    def rounded(value: object) -> object:
        if isinstance(value, float):
            return round(value, 4)
        if isinstance(value, (list, tuple)):
            return [rounded(item) for item in value]
        return value

    content = {name: rounded(value) for name, value in asdict(truth).items()}
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content, separators=(",", ":")))
    temporary.replace(path)


def read_truth(path: Path) -> Truth:
    """Reads what `write_truth` wrote. Raises ValueError naming the file."""
    try:
        content = json.loads(path.read_text())
        kinds = {
            "beats": Beat,
            "metres": Metre,
            "chords": Span,
            "keys": Key,
            "sections": Span,
            "melody": TimedNote,
            "sung": Span,
            "piano": TimedNote,
            "bridge": TimedNote,
        }
        for name, kind in kinds.items():
            content[name] = [kind(*item) for item in content.get(name, [])]
        return Truth(**content)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} does not hold a song's truth: {error}") from error
