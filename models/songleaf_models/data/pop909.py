"""Songs of POP909 with the downbeats, chords and sections that people heard in them.

Melody, bridge, piano and beats: Wang et al., POP909, ISMIR 2020. Chords, sections, keys: Dai, Jiang, Dannenberg, 2020.
Both MIT. `metre.csv` says where people's first bar stands in the beat grid; only songs that it is sure of are loaded.
"""

import csv
import functools
import re
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np

from songleaf_models.data.harte import NAMES, clean_label, parse_pitch_class
from songleaf_models.data.midi import Played, read_tracks
from songleaf_models.places import DATA_DIR
from songleaf_models.song import Bar, BeatSpan, Note, Song

Split = Literal["train", "tune", "evaluation", "fresh"]

POP909_DIR = DATA_DIR / "pop909"
STRUCTURE_DIR = DATA_DIR / "pop909-structure"

LEAST_MATCH = 0.9
"""Share of the labelled melody found in the MIDI from which the labels' bars are the MIDI's."""

_RESIDUES: dict[int, Split] = {13: "evaluation", 8: "fresh", 3: "tune"}
"""By the song's number modulo 20; all others train. `fresh` is for a last measurement, after every choice is made."""

_NEVER = 7
"""This residue never enters anything."""

_DOUBTED = frozenset({108, 120, 148, 171, 326, 351, 363, 368, 429, 635, 651, 714, 717, 754, 892})
"""Songs whose chord labels, against what the piano plays, lie beats off or seldom change on the first beat of a bar.

Found by `label_fit.find_doubts`.
"""

_LETTERS = {"maj": "major", "min": "minor"}


@dataclass(frozen=True)
class BeatGrid:
    """Where beats lie: `times[i]` seconds in the song's MIDI; beat `first` of them is the first bar line."""

    times: np.ndarray  # [B] seconds, rising
    first: int

    def to_beats(self, seconds: np.ndarray) -> np.ndarray:
        """Beats from the first bar line; outside the grid its outermost beats go on."""
        return _interpolate(seconds, self.times, np.arange(len(self.times), dtype=float)) - self.first

    def to_seconds(self, beats: np.ndarray) -> np.ndarray:
        """Inverse of `to_beats`."""
        return _interpolate(beats + self.first, np.arange(len(self.times), dtype=float), self.times)


def list_songs(split: Split) -> list[int]:
    """Numbers of the songs of a split that `load_song` can load, rising. Raises FileNotFoundError without data."""
    return [number for number in sorted(_read_metres()) if _belongs(number, split)]


def find_split(number: int) -> Split | None:
    """What a song is for; None: nothing at all, it is reserved."""
    return None if number % 20 == _NEVER else _RESIDUES.get(number % 20, "train")


def load_song(number: int) -> Song:
    """Reads a song; beats count from the first bar line as people read it, earlier notes have negative ones.

    Chords and sections begin at beat 0 and end where people's labels end; before and behind nothing is known.
    Bars cover every note. Sections and keys are empty where the sources contradict each other.
    Raises ValueError for songs that must not be used or whose bars are not sure, FileNotFoundError without data.
    """
    grid = load_grid(number)
    name = f"{number:03d}"
    tracks = read_tracks(POP909_DIR / name / f"{name}.mid")
    melody, bridge, piano = (_place(tracks.get(part, []), grid) for part in ("MELODY", "BRIDGE", "PIANO"))
    chords = _read_chords(number)
    lengths = _read_sections(number)
    beats = _decide_metre(number, chords, lengths)
    ends = [note.end for part in (melody, bridge, piano) for note in part]
    starts = [note.start for part in (melody, bridge, piano) for note in part]
    sections = _place_sections(lengths, beats, chords[-1].end)
    keys = _read_keys(number, grid, chords[-1].end, sections, beats)
    tonic: int | None = None
    mode: Literal["major", "minor"] = "major"
    if keys:
        tonic, mode = _split_key(max(keys, key=lambda span: span.end - span.start).label)
    return Song(
        name=name,
        bpm=float(60 / np.median(np.diff(grid.times))),
        bars=_lay_bars(min(starts), max(*ends, chords[-1].end), beats),
        chords=chords,
        sections=sections,
        melody=melody,
        bridge=bridge,
        piano=piano,
        tonic=tonic,
        mode=mode,
        keys=keys if len(keys) > 1 else [],
    )


def load_grid(number: int) -> BeatGrid:
    """The beats as they were played, with the first bar line. Raises as `load_song`."""
    if number % 20 == _NEVER:
        raise ValueError(f"song {number} must not be used")
    metres = _read_metres()
    if number not in metres:
        raise ValueError(f"the bars of song {number} are not sure")
    name = f"{number:03d}"
    times = np.loadtxt(POP909_DIR / name / "beat_midi.txt", usecols=0)
    if len(times) < 16 or not (np.diff(times) > 0).all():
        raise ValueError(f"the beats of song {number} do not rise")
    return BeatGrid(times, _find_first_beat(number, times, metres[number]))


def _belongs(number: int, split: Split) -> bool:
    if find_split(number) != split or number in _DOUBTED:
        return False
    try:
        load_grid(number)
        _decide_metre(number, _read_chords(number), _read_sections(number))
    except ValueError:
        return False
    return True


@functools.cache
def _read_metres() -> dict[int, float]:
    """First bar line, in 16ths of the beat grid, of every song that the labels fit."""
    with (STRUCTURE_DIR / "metre.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {
        int(row["song"]): float(row["first"])
        for row in rows
        if float(row["match"]) >= LEAST_MATCH and float(row["scale"]) == 1
    }


def _find_first_beat(number: int, times: np.ndarray, first: float) -> int:
    """The grid's beat at which bar 1 begins.

    Where the labels lie a 16th off the grid, the beat next to them is meant if most notes begin on the grid's beats.
    """
    if first % 4 == 0:
        return int(first // 4)
    name = f"{number:03d}"
    tracks = read_tracks(POP909_DIR / name / f"{name}.mid")
    seconds = np.array([note.start for notes in tracks.values() for note in notes])
    sixteenths = np.round(4 * BeatGrid(times, 0).to_beats(seconds)).astype(int) % 4
    counts = np.bincount(sixteenths, minlength=4)
    if first % 2 == 0 or counts[0] < 1.3 * counts[1:].max():
        raise ValueError(f"the bars of song {number} begin between its beats")
    return round(first / 4)


def _decide_metre(number: int, chords: list[BeatSpan], lengths: list[tuple[str, int]]) -> int:
    """Beats a bar: 3 or 4, where the index and the labels' own lengths say the same. Raises ValueError otherwise."""
    ratio = chords[-1].end / max(1, sum(bars for _, bars in lengths))
    beats = 3 if _read_index()[number] == 3 else 4
    if abs(ratio - beats) > 0.2:
        raise ValueError(f"the sources contradict each other about the metre of song {number}")
    return beats


@functools.cache
def _read_index() -> dict[int, int]:
    """`num_beats_per_measure` (2 or 3) of every song, from POP909's index.xlsx."""
    with ZipFile(POP909_DIR / "index.xlsx") as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{space}c")] for row in sheet.iter(f"{space}row")]
    return {int(row[0]): int(row[4]) for row in rows[1:]}


def _place(notes: list[Played], grid: BeatGrid) -> list[Note]:
    starts = grid.to_beats(np.array([note.start for note in notes]))
    ends = grid.to_beats(np.array([note.end for note in notes]))
    return [
        Note(float(start), float(end), note.pitch, note.velocity)
        for note, start, end in zip(notes, starts, ends, strict=True)
    ]


def _read_chords(number: int) -> list[BeatSpan]:
    """Lines like 'B:maj/3 [3, 6, 11] 3 2 ': label, pitch classes, bass, beats; equal neighbours become one."""
    spans: list[BeatSpan] = []
    beat = 0.0
    for line in (STRUCTURE_DIR / f"{number:03d}" / "finalized_chord.txt").read_text(errors="replace").splitlines():
        if not line.strip():
            continue
        match = re.fullmatch(r"(\S+?)\x01*\s+\[[\d, ]*\]\s+(\d*)\s+(\d+)\s*", line)
        if not match:
            raise ValueError(f"a chord of song {number} cannot be read: {line!r}")
        # A label with '/' names its bass; elsewhere the bass column repeats the root.
        label = clean_label(match[1], int(match[2]) if "/" in match[1] and match[2] else None)
        end = beat + int(match[3])
        if spans and spans[-1].label == label:
            spans[-1] = BeatSpan(spans[-1].start, end, label)
        elif end > beat:
            spans.append(BeatSpan(beat, end, label))
        beat = end
    if not spans:
        raise ValueError(f"song {number} has no chords")
    return spans


def _read_sections(number: int) -> list[tuple[str, int]]:
    """Letters with their bars, like 'i4A4B8': upper case sung, lower case played, i intro, o outro, x and X between."""
    text = (STRUCTURE_DIR / f"{number:03d}" / "human_label1.txt").read_text()
    return [(letter, int(bars)) for letter, bars in re.findall(r"([A-Za-z])(\d+)", text)]


def _place_sections(lengths: list[tuple[str, int]], beats: int, end: float) -> list[BeatSpan]:
    """Sections in beats; the last one ends with the chords. Empty where their sum is more than a bar off."""
    borders = np.cumsum([0, *(bars * beats for _, bars in lengths)])
    if abs(borders[-1] - end) > beats or end <= borders[-2]:
        return []
    borders[-1] = round(end)
    return [
        BeatSpan(float(start), float(stop), letter)
        for (letter, _), start, stop in zip(lengths, borders[:-1], borders[1:], strict=True)
    ]


def _read_keys(number: int, grid: BeatGrid, end: float, sections: list[BeatSpan], bar_beats: int) -> list[BeatSpan]:
    """Keys labelled like 'Db:major' from beat 0 to `end`; empty where the two sources share none.

    `key_audio.txt` says when, in a recording that lies within a second of the MIDI; `analyzed_key.txt` has to know the
    key signature too. A change is moved to the next section's start within two bars, otherwise to the next bar line.
    """
    name = f"{number:03d}"
    known = re.findall(r"([A-G][#b]?):(maj|min)", (STRUCTURE_DIR / name / "analyzed_key.txt").read_text())
    signatures = {_sign(parse_pitch_class(tonic), mode) for tonic, mode in known}
    spans: list[BeatSpan] = []
    for line in (POP909_DIR / name / "key_audio.txt").read_text().splitlines():
        match = re.fullmatch(r"\s*([\d.]+)\s+([\d.]+)\s+([A-G][#b]?):(maj|min)\s*", line)
        if not match:
            continue
        tonic = parse_pitch_class(match[3])
        if _sign(tonic, match[4]) not in signatures:
            continue
        label = f"{NAMES[tonic]}:{_LETTERS[match[4]]}"
        beat = float(grid.to_beats(np.array([float(match[1])]))[0])
        start = _snap(beat, sections, bar_beats) if spans else 0.0
        if spans and (spans[-1].label == label or not spans[-1].start < start < end):
            continue
        if spans:
            spans[-1] = BeatSpan(spans[-1].start, start, spans[-1].label)
        spans.append(BeatSpan(start, end, label))
    return spans


def _snap(beat: float, sections: list[BeatSpan], bar_beats: int) -> float:
    borders = [section.start for section in sections if abs(section.start - beat) <= 2 * bar_beats]
    return min(borders, key=lambda border: abs(border - beat)) if borders else round(beat / bar_beats) * bar_beats


def _sign(tonic: int, mode: str) -> int:
    """Tonic of the major key with the same signature."""
    return (tonic + 3 * (mode == "min")) % 12


def _split_key(label: str) -> tuple[int, Literal["major", "minor"]]:
    tonic, mode = label.split(":")
    return parse_pitch_class(tonic), "minor" if mode == "minor" else "major"


def _lay_bars(first: float, last: float, beats: int) -> list[Bar]:
    """Bars of equal length from the one that holds `first` to the one in which `last` lies; beat 0 is a bar line."""
    # A note played early by less than an eighth belongs to the bar that it leads into.
    before = int(np.ceil(max(0.0, -first - 0.5) / beats))
    behind = int(np.ceil(last / beats))
    return [Bar(float(index * beats), beats) for index in range(-before, behind)]


def _interpolate(x: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Piecewise linear through rising (xs, ys), its outermost slopes going on."""
    inner = np.interp(x, xs, ys)
    low = ys[0] + (x - xs[0]) * (ys[1] - ys[0]) / (xs[1] - xs[0])
    high = ys[-1] + (x - xs[-1]) * (ys[-1] - ys[-2]) / (xs[-1] - xs[-2])
    return np.where(x < xs[0], low, np.where(x > xs[-1], high, inner))
